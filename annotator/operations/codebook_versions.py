"""Changing the codebook while it is in use: new versions, and what they touch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.codebook import Codebook
from annotator.model.codebook_diff import MARKS, Change, diff, marked, marks_of, touched_tags, unmarked
from annotator.model.codebook_faults import refuse_faults
from annotator.operations.codebooks import refuse_tags_left_out, write_version
from annotator.operations.words import counted, shown
from annotator.storage import queries, version_queries
from annotator.storage.project import Project
from annotator.storage.version_queries import Version

# ---- versions


def update_codebook(
    project: Project,
    new: Codebook,
    marks: Mapping[str, str] | None = None,
    *,
    note: str = "",
    label: str = "",
    coder: int | None = None,
) -> Changes:
    """Make a codebook the current version; `marks` says by path what kind a change is (wording, narrower, wider, new).

    What is marked neither here nor in the codebook itself has the kind that can be read off it. `note` is what a
    person says of the version, `label` the step's name in the history. Raises AnnotatorError for a codebook that
    could not be read again, for a tag in use that is left out, and for a mark of no change.
    """
    current = current_version(project)
    changes = changes_to(project, new, marks)
    if not changes:
        return Changes("The codebook is this one already", history=False, undoable=False)
    refuse_faults(new)
    refuse_tags_left_out(project, new)
    number = sum(each.path != "version" for each in changes)
    label = label or f"Codebook {new.title or new.id} {new.version}: {counted(number, 'change')}"
    with project.step(label, coder=coder) as step:
        write_version(step, marked(new, changes, note), current.id)
    return Changes(label, codebook=True, everything=True)


def changes_to(project: Project, new: Codebook, marks: Mapping[str, str] | None = None) -> list[Change]:
    """What a codebook would change in the current version, by the marks given and those that it brings along."""
    found = diff(current_version(project).codebook, new, {**_news_of(project, new), **(marks or {})})
    paths = {each.path for each in found}
    for path, kind in (marks or {}).items():
        if kind not in MARKS:
            raise AnnotatorError(f"{shown(kind)} is no kind of change; there are: {', '.join(MARKS)}.")
        if path not in paths:
            raise AnnotatorError(f"There is no change at {shown(path, 80)}.")
    return found


def _news_of(project: Project, new: Codebook) -> dict[str, str]:
    """The marks in a codebook, but for those that only tell of the change that made the current version."""
    return {} if marks_of(new) == marks_of(current_version(project).codebook) else marks_of(new)


def compare(project: Project, old: str, new: str) -> list[Change]:
    """What one version (by id) changed in another."""
    known = {each.id: each.codebook for each in version_queries.versions(project)}
    if old not in known or new not in known:
        raise AnnotatorError("This version of the codebook is not in the project.")
    return diff(known[old], unmarked(known[new]), marks_of(known[new]))


def current_version(project: Project) -> Version:
    """The version that holds now. Raises AnnotatorError for a project without a codebook."""
    found = version_queries.versions(project)
    if not found:
        raise AnnotatorError(f"{project.path.name} has no codebook: give it one first.")
    return found[-1]


# ---- what a new version touches


@dataclass(frozen=True)
class Touched:
    """An annotation whose tag has other rules than when it was last confirmed."""

    annotation: int
    document: int


def touched_annotations(project: Project, coder: int) -> list[Touched]:
    """The coder's annotations to look at again, in the order of the documents and of the text."""
    found = version_queries.confirmed_under(project, coder, _touched_pairs(project, coder))
    return [Touched(*each) for each in found]


def _touched_pairs(project: Project, coder: int) -> list[tuple[str, str]]:
    """(tag, version last confirmed under) of the coder's annotations whose tag was touched after that version."""
    if len(version_queries.versions(project)) < 2:
        return []
    return touched_among(project, ((each.tag, each.version) for each in version_queries.confirmed(project, coder)))


def touched_among(project: Project, pairs: Iterable[tuple[str, str | None]]) -> list[tuple[str, str]]:
    """Those of some (tag, version) whose tag was touched after that version."""
    listed = version_queries.versions(project)
    by_id = {each.id: each for each in listed}
    tags: dict[str, set[str]] = {}  # version → the tags touched since
    found = []
    for tag, known in pairs:
        if known is not None and known in by_id:
            if known not in tags:
                later = _since(by_id, known, listed[-1].id)
                tags[known] = {each for version in later for each in _touched(version)}
            if tag in tags[known]:
                found.append((tag, known))
    return found


def _since(by_id: Mapping[str, Version], known: str, current: str) -> list[Version]:
    """The versions that led to the current one and not to the one known, the oldest first."""
    passed = {each.id for each in _line(by_id, known)}
    return [each for each in reversed(_line(by_id, current)) if each.id not in passed]


def _line(by_id: Mapping[str, Version], version: str) -> list[Version]:
    """A version and those it came from, the latest first."""
    found: list[Version] = []
    step = by_id.get(version)
    while step is not None and step not in found:
        found.append(step)
        step = by_id.get(step.parent or "")
    return found


@lru_cache(maxsize=64)
def _touched(version: Version) -> frozenset[str]:
    return touched_tags(version.codebook)


def what_touched(project: Project, annotation: int) -> list[Change]:
    """The changes to an annotation's tag since it was last confirmed, the oldest first."""
    found = queries.annotation(project, annotation)
    listed = version_queries.versions(project)
    by_id = {each.id: each for each in listed}
    if found is None or not listed or found.codebook_confirmed not in by_id:
        return []
    changes = []
    for version in _since(by_id, found.codebook_confirmed, listed[-1].id):
        if version.parent in by_id and found.tag in _touched(version):
            changes += [
                each
                for each in compare(project, version.parent, version.id)
                if (each.tag == found.tag or each.touches_all) and each.kind not in ("wording", "look")
            ]
    return changes


def confirm_still_right(project: Project, annotation: int) -> Changes:
    """Say that an annotation is right by the current codebook too."""
    found, place = queries.annotation(project, annotation), queries.place_of(project, annotation)
    if found is None or place is None:
        raise AnnotatorError("The annotation is not there any more.")
    document, coder = place
    label = f"Still right: {shown(found.quote)}"
    with project.step(label, coder=coder, document=document) as step:
        changed = step.update("annotation", annotation, {"codebook_confirmed": current_version(project).id})
    if not changed:
        return Changes(f"{label} already", current=annotation, history=False, undoable=False)
    touched = frozenset({annotation})
    return Changes(label, documents=frozenset({document}), annotations=touched, current=annotation, document=document)
