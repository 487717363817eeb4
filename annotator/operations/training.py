"""Training: articles whose agreed version (gold) a coder sees, with a score, once the coder has declared them done.

Nothing special hides the gold: no coder sees it before the own reading is done (operations.rounds). What makes an
article one for training is a mark on it, which goes into packages together with the gold.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.agreement import Document, Result, agreement
from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations.agreement import FIRST
from annotator.operations.agreement_forms import Values, form_of_marks
from annotator.operations.agreement_readings import Article, Which, readings_done
from annotator.operations.export_records import people
from annotator.operations.words import counted, shown
from annotator.storage import queries, review_queries, training_queries
from annotator.storage.project import Project

MARK = training_queries.MARK
GOLD = ""  # stands for the agreed version among the names of coders, which are never empty
MEASURES = tuple(each for each in FIRST if each.name.startswith("f1_"))


@dataclass(frozen=True)
class Score:
    """How near a coder's readings came to the agreed version, over these articles (keys): F1 exact and overlapping."""

    coder: str
    documents: tuple[int, ...]
    exact: Result
    overlap: Result


def set_training(project: Project, documents: Sequence[int], wanted: bool, *, coder: int | None = None) -> Changes:
    """Make articles those for training, or take that back.

    Raises AnnotatorError for an article without a closed agreed version: there would be nothing to learn from.
    """
    closed = {row.document for row in review_queries.readings(project) if row.kind == "gold" and row.state == "done"}
    marked = training_queries.documents(project)
    found = [each for each in queries.documents(project, set(documents)) if (each.key in marked) != wanted]
    if not found:
        return Changes("Nothing of this changes", history=False, undoable=False)
    bare = next((each for each in found if wanted and each.key not in closed), None)
    if bare is not None:
        raise AnnotatorError(f"{shown(bare.title)} has no closed agreed version (gold) that a coder could learn from.")
    what = shown(found[0].title) if len(found) == 1 else counted(len(found), "article")
    label = f"{what}: for training" if wanted else f"{what}: not for training"
    with project.step(label, coder=coder, documents=len(found)) as step:
        for each in found:
            extra = training_queries.extra_of(project, each.key)
            extra = {**extra, MARK: True} if wanted else {name: v for name, v in extra.items() if name != MARK}
            step.update("document", each.key, {"extra": json.dumps(extra, ensure_ascii=False)})
    return Changes(label, documents=frozenset(each.key for each in found), everything=True)


def is_training(project: Project, document: int) -> bool:
    """Whether an article is one for training."""
    return document in training_queries.documents(project)


def scores(project: Project, viewer: int | None = None, documents: Sequence[int] | None = None) -> list[Score]:
    """The score of each coder on the articles for training (or these alone) that the coder has declared done.

    A reading counts as it stood when first declared done. A `viewer` who codes sees the own score alone.
    """
    wanted = training_queries.documents(project)
    if documents is not None:
        wanted &= set(documents)
    if not wanted:
        return []
    material = _with_gold(project, frozenset(wanted))
    known = people(project)
    names = sorted(known.names.values())
    if viewer is not None and any(
        row.coder == viewer and row.kind == "own" for row in review_queries.readings(project)
    ):
        names = [known.names[known.main(viewer)]]
    found = []
    for name in names:
        articles = [each for each in material if {name, GOLD} <= each.document.readings.keys()]
        if articles:
            exact, overlap = _against_gold(articles, name)
            found.append(Score(name, tuple(each.key for each in articles), exact, overlap))
    return found


def _with_gold(project: Project, documents: frozenset[int]) -> list[Article]:
    """The articles with the agreed version beside the readings that are done."""
    articles = readings_done(project, Which(documents=documents, least=1)).articles
    rows = [row for row in review_queries.readings(project, sorted(documents)) if row.kind == "gold"]
    gold = {row.document: row.key for row in rows if row.state == "done"}
    marks = review_queries.marks(project, list(gold.values()))
    values = Values(None, str)
    found = []
    for each in articles:
        if each.key in gold:
            readings = {**each.document.readings, GOLD: form_of_marks(marks[gold[each.key]], values)}
            found.append(replace(each, document=replace(each.document, readings=readings)))
    return found


def _against_gold(articles: Sequence[Article], name: str) -> tuple[Result, Result]:
    documents: list[Document] = [each.document for each in articles]
    exact, overlap = agreement(documents, MEASURES, coders=(name, GOLD), by_tag=False)
    return exact, overlap
