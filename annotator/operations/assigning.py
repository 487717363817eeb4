"""Who codes which articles: by hand, evenly, in rotating pairs, and a sample that more than one coder codes, unseen.

What is assigned to nobody is everybody's, so a project without any assignment works as it always did. All dealing out
is drawn by a seed: the same seed, coders and articles give the same answer in every copy of the project.
"""

import json
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from annotator.errors import AnnotatorError
from annotator.model import assignment
from annotator.model.assignment import Plan
from annotator.model.changes import Changes
from annotator.operations.progress import Progress, silent
from annotator.operations.words import counted
from annotator.storage import assignments, lookups, people, queries
from annotator.storage.ids import derived_id
from annotator.storage.project import Project

_SAMPLES = "samples"  # the property of the file that keeps what was drawn; it goes into no package


@dataclass(frozen=True)
class Sample:
    """A reliability sample: the seed, and the keys of the articles drawn that are still assigned to several."""

    seed: int
    documents: tuple[int, ...]


# ---- by hand


def assign(
    project: Project, plan: Sequence[tuple[int, int]], *, coder: int | None = None, progress: Progress = silent
) -> Changes:
    """Assign articles to coders: (document, coder) by their keys. Who has an article already keeps it.

    `coder` is who does it. Raises AnnotatorError for a document or a coder that is not there.
    """
    return _assign(project, plan, "Assigned {} to {}", coder, progress)


def unassign(
    project: Project,
    documents: Sequence[int],
    coders: Sequence[int],
    *,
    coder: int | None = None,
    progress: Progress = silent,
) -> Changes:
    """Take articles back from coders; what they coded there stays."""
    whose = [key for each in coders for key in people.keys_of(project, each)]
    known = assignments.rows_between(project, documents, whose) if whose else {}
    gone = [(pair, key) for pair, (key, deleted) in known.items() if not deleted]
    if not gone:
        return Changes("Nothing of this is assigned", history=False, undoable=False)
    touched = frozenset(document for (document, _), _ in gone)
    label = f"Took {counted(len(touched), 'article')} back from {_named(project, coders)}"
    with project.step(label, coder=coder, documents=len(touched)) as step:
        for done, (_, key) in enumerate(gone, 1):
            step.delete("assignment", key)
            progress(done, len(gone))
    return Changes(label, documents=touched, everything=True)


# ---- dealt out


def plan_evenly(project: Project, coders: Sequence[int], documents: Sequence[int] | None = None, *, seed: int) -> Plan:
    """Each article to one coder, to all equally many; without `documents`, those that are assigned to nobody.

    Raises AnnotatorError without coders.
    """
    _refuse_too_few(coders, 1)
    return assignment.evenly(_ranked(project, documents, seed), list(coders))


def plan_pairs(project: Project, coders: Sequence[int], documents: Sequence[int] | None = None, *, seed: int) -> Plan:
    """Each article to two coders, the pairs in rotation, so that nobody gets used to one partner.

    Raises AnnotatorError for fewer than two coders.
    """
    _refuse_too_few(coders, 2)
    return assignment.in_pairs(_ranked(project, documents, seed), list(coders))


def loads(project: Project) -> dict[int, int]:
    """How many articles are assigned to each coder."""
    return dict(Counter(coder for coders in assignments.assigned(project).values() for coder in coders))


# ---- the sample


def plan_sample(
    project: Project,
    number: int,
    coders: Sequence[int],
    documents: Sequence[int] | None = None,
    *,
    seed: int,
    each: int = 2,
) -> tuple[list[int], Plan]:
    """The articles that `draw_sample` would draw, and what it would assign. Raises AnnotatorError as that does."""
    if each < 2 or number < 1:
        raise AnnotatorError("A sample has at least one article, which at least two coders code.")
    _refuse_too_few(coders, each)
    closed = assignments.closed(project)
    from_these = set(documents) if documents is not None else None
    found = [
        (about.key, about.id, about.date)
        for about in queries.documents(project)
        if about.key not in closed and (from_these is None or about.key in from_these)
    ]
    drawn = assignment.sample(found, number, seed)
    if not drawn:
        raise AnnotatorError("There is no article left that a sample could be drawn from.")
    return drawn, assignment.completed(drawn, list(coders), assignments.assigned(project), each)


def draw_sample(
    project: Project,
    number: int,
    coders: Sequence[int],
    *,
    seed: int,
    each: int = 2,
    documents: Sequence[int] | None = None,
    coder: int | None = None,
    progress: Progress = silent,
) -> Changes:
    """Draw a reliability sample: `number` articles, spread over the whole period, each to be coded by `each` coders.

    Those an article is assigned to keep it, others are added in turn. Drawn from `documents`, else from all whose
    coding is not closed. Nothing in a coder's queue or package tells these articles from the others. The seed is kept
    in the project. Raises AnnotatorError for fewer coders than `each`, or fewer than one article.
    """
    drawn, plan = plan_sample(project, number, coders, documents, seed=seed, each=each)
    ids = {about.key: about.id for about in queries.documents(project, set(drawn))}
    kept = [*_kept(project), (seed, [ids[key] for key in drawn])]
    project.set_meta(_SAMPLES, json.dumps([{"seed": seed, "documents": listed} for seed, listed in kept]))
    label = f"Drew a sample of {counted(len(drawn), 'article')}"
    changes = _assign(project, plan, label, coder, progress)
    return changes if changes.history else Changes(label, history=False, undoable=False)


def samples(project: Project) -> list[Sample]:
    """The samples that were drawn in this file, the latest last; for the lead, never for a coder."""
    to_code = assignments.assigned(project)
    found = []
    for seed, ids in _kept(project):
        known = lookups.by_ids(project, "document", ids, ())
        keys = (known[own].key for own in ids if own in known and not known[own].deleted)
        found.append(Sample(seed, tuple(key for key in keys if len(to_code.get(key, ())) > 1)))
    return found


def _kept(project: Project) -> list[tuple[int, list[str]]]:
    found = project.meta_json(_SAMPLES) or []
    try:
        return [(int(each["seed"]), [str(own) for own in each["documents"]]) for each in found]
    except (ValueError, TypeError, KeyError):
        return []  # somebody wrote there: who codes what stands in the assignments


# ---- a coder's queue


def has_queue(project: Project, coder: int) -> bool:
    """Whether a coder has articles of the own to code: all in a package, else those that are assigned."""
    return project.is_package or queries.is_assigned_any(project, coder)


def next_in_queue(
    project: Project, coder: int, after: int | None = None, *, among: Container[int] | None = None
) -> int | None:
    """The article a coder goes on with: sent back first, then begun, then the rest; None when all is done.

    With `after`, the next one behind this article in the queue, and from its end back to its start. One of `among`
    goes before all others.
    """
    found = assignments.queue(project, coder)
    if after in found:
        place = found.index(after) + 1
        found = [*found[place:], *found[: place - 1]]
    preferred = found if among is None else [key for key in found if key in among]
    return next(iter([*preferred, *found]), None)


# ---- shared


def _assign(
    project: Project, plan: Sequence[tuple[int, int]], label: str, by: int | None, progress: Progress
) -> Changes:
    wanted = list(dict.fromkeys((document, people.keys_of(project, coder)[0]) for document, coder in plan))
    coders = {each.key: each.id for each in queries.coders(project)}
    documents = {about.key: about.id for about in queries.documents(project, {document for document, _ in wanted})}
    if any(document not in documents for document, _ in wanted):
        raise AnnotatorError("The article is not in the project any more.")
    if any(coder not in coders for _, coder in wanted):
        raise AnnotatorError("The coder is not in the project.")
    known = assignments.rows_between(project, list(documents), list(coders)) if wanted else {}
    new = [pair for pair in wanted if known.get(pair, (0, True))[1]]
    if not new:
        return Changes("All of this is assigned already", history=False, undoable=False)
    touched = frozenset(document for document, _ in new)
    said = label.format(counted(len(touched), "article"), _named(project, list(dict.fromkeys(c for _, c in new))))
    with project.step(said, coder=by, documents=len(touched)) as step:
        for done, (document, coder) in enumerate(new, 1):
            if (document, coder) in known:
                step.update("assignment", known[document, coder][0], {"deleted": 0})
            else:
                own = derived_id("assignment", documents[document], coders[coder])
                step.insert("assignment", {"id": own, "document": document, "coder": coder})
            progress(done, len(new))
    return Changes(said, documents=touched, everything=True)


def _ranked(project: Project, documents: Sequence[int] | None, seed: int) -> list[int]:
    if documents is None:
        to_code = assignments.assigned(project)
        chosen = [about for about in queries.documents(project) if about.key not in to_code]
    else:
        chosen = queries.documents(project, set(documents))
    return assignment.ranked(((about.key, about.id) for about in chosen), seed)


def _refuse_too_few(coders: Sequence[int], least: int) -> None:
    if len(set(coders)) < least or len(set(coders)) != len(coders):
        raise AnnotatorError(f"Choose at least {counted(least, 'coder')}, each of them once.")


def _named(project: Project, coders: Sequence[int]) -> str:
    if len(coders) > 3:
        return counted(len(coders), "coder")
    names = {each.key: each.name for each in queries.coders(project)}
    return ", ".join(names.get(each, "") for each in coders)
