"""Taking a tag out of use: it is retired and stays where it is, or what carries it gets another tag."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.codebook import Tag
from annotator.model.codebook_diff import diff, marked
from annotator.model.codebook_edit import with_retired
from annotator.operations.codebook_versions import current_version, update_codebook
from annotator.operations.codebooks import write_version
from annotator.operations.value_proposals import fits
from annotator.operations.values import as_json
from annotator.operations.words import counted, shown
from annotator.storage import version_queries
from annotator.storage.project import Project


@dataclass(frozen=True)
class Mapped:
    """What giving one tag's annotations another does: how many there are, in how many documents, and what suffers."""

    annotations: int
    documents: int
    values_gone: int  # of attributes that the new tag does not have, or does not allow
    twice: int  # spans that carry the new tag already
    links_odd: int  # links that the codebook does not allow at the new tag

    def warnings(self, new: str) -> tuple[str, ...]:
        """What a person should know afterwards."""
        told = []
        if self.values_gone:
            told.append(f"{counted(self.values_gone, 'value')} of attributes that {new} does not have went")
        if self.twice:
            carry = "carries" if self.twice == 1 else "carry"
            told.append(f"{counted(self.twice, 'span')} now {carry} the tag {new} twice")
        if self.links_odd:
            told.append(f"the codebook does not allow {counted(self.links_odd, 'link')} at {new}")
        return tuple(told)


def what_mapping_does(project: Project, old: str, new: str) -> Mapped:
    """What `map_tag` would do, before it does it. Raises AnnotatorError if the new tag cannot be set."""
    target = _target(project, old, new)
    rows = version_queries.with_tag(project, old)
    gone = sum(len(given) - len(_kept(given, target)) for given in (json.loads(row[3]) for row in rows))
    there = {(reading, spans) for _, reading, spans, *_ in version_queries.with_tag(project, target.id)}
    twice = sum((reading, spans) in there for _, reading, spans, *_ in rows)
    book, odd = current_version(project).codebook, 0
    for kind, *ends in version_queries.relations_with_tag(project, old):
        about = book.relation(kind)
        one, other = (target.id if end == old else end for end in ends)
        odd += about is not None and not about.allows(one, other)
    return Mapped(len(rows), len({row[4] for row in rows}), gone, twice, odd)


def map_tag(project: Project, old: str, new: str, *, coder: int | None = None, retire: bool = True) -> Changes:
    """Give every annotation with one tag another, whoever made it; `retire` retires the old tag in the same step.

    For the lead: the only operation that writes other people's rows. Values of attributes that the new tag does not
    have, or does not allow, go (undo brings them back). Raises AnnotatorError if the new tag cannot be set.
    """
    target, version = _target(project, old, new), current_version(project)
    source = version.codebook.tag(old)
    rows = version_queries.with_tag(project, old)
    retired = source is not None and retire and not source.retired
    if not rows and not retired:
        return Changes(f"Nothing is tagged as {old}", history=False, undoable=False)
    warnings = what_mapping_does(project, old, new).warnings(target.id)
    documents = {row[4] for row in rows}
    label = f"Mapped the tag {old} to {new}: {counted(len(rows), 'annotation')}"
    document = next(iter(documents)) if len(documents) == 1 else None
    with project.step(label, coder=coder, document=document, documents=len(documents), as_lead=True) as step:
        for key, _, _, attributes, *_ in rows:
            values: dict[str, Any] = {"tag": new}
            given = json.loads(attributes)
            kept = _kept(given, target)
            if kept != given:
                values["attributes"] = as_json(kept)
            step.update("annotation", key, values)
        if retired:
            book = with_retired(version.codebook, old)
            write_version(step, marked(book, diff(version.codebook, book)), version.id)
    return Changes(
        label,
        documents=frozenset(documents),
        annotations=frozenset(row[0] for row in rows),
        codebook=retired,
        everything=True,
        warnings=warnings,
    )


def retire_tag(project: Project, tag: str, *, coder: int | None = None) -> Changes:
    """Let a tag be set no more; what carries it keeps it."""
    codebook = current_version(project).codebook
    found = codebook.tag(tag)
    if found is None:
        raise AnnotatorError(f"The codebook of this project has no tag “{tag}”.")
    return update_codebook(project, with_retired(codebook, tag), label=f"Retired the tag {tag}", coder=coder)


def _target(project: Project, old: str, new: str) -> Tag:
    target = current_version(project).codebook.tag(new)
    if target is None or target.retired or old == new:
        raise AnnotatorError(f"{shown(old)} cannot be mapped to {shown(new)}: choose another tag that is in use.")
    return target


def _kept(attributes: Mapping[str, Any], target: Tag) -> dict[str, Any]:
    return {name: given for name, given in attributes.items() if fits(target, name, given)}
