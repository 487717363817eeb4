"""Looks through a whole project for what does not fit together. Finds facts only, and changes nothing."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.codebook import Codebook, Tag
from annotator.model.codebook_json import codebook_from_json
from annotator.model.span import Span, quote
from annotator.operations.progress import Progress, silent
from annotator.operations.words import counted, shown
from annotator.storage import audit, entity_queries, queries, totals
from annotator.storage.ids import text_id
from annotator.storage.project import Project
from annotator.storage.search_index import has_parts


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: of what kind, where, and a sentence."""

    kind: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}."

    def as_json(self) -> dict[str, str]:
        """The keys that `annotator check --json` prints."""
        return {"kind": self.kind, "where": self.where, "message": self.message}


def check_project(project: Project, *, progress: Progress = silent) -> list[Problem]:
    """All problems of a project. If the file itself is damaged, only that is told: the rest could not be trusted."""
    damage = audit.integrity(project)
    name = project.path.name
    if damage:
        return [Problem("file", name, f"the file is damaged ({' '.join(each.split())})") for each in damage]
    found = [*_file(project, name), *_actors(project)]
    version = queries.codebook_version(project)
    if version is None:
        found.append(Problem("codebook", name, "the project has no codebook"))
        return found
    checker = _Checker(project, version[1])
    total = totals.documents(project)
    for done, row in enumerate(audit.documents(project), 1):
        found += checker.document(*row)
        progress(done, max(done, total))
    return found


def _file(project: Project, name: str) -> Iterator[Problem]:
    for table, key, missing in audit.dangling(project):
        yield Problem("reference", f"{table} {key}", f"it refers to a {missing} that is not there")
    for table, column, own in audit.not_json(project):
        yield Problem("json", f"{table} {own}", f"its {column} cannot be read as JSON")
    for index in audit.search_faults(project):
        yield Problem("search", name, f"the full-text index “{index}” is not in step with the texts")
    for table, number in audit.ahead(project):
        dated = "is dated" if number == 1 else "are dated"
        yield Problem("clock", name, f"{counted(number, f'row of {table}', f'rows of {table}')} {dated} a day ahead")
    unfinished = audit.unfinished(project)
    if unfinished:
        yield Problem(
            "unfinished", name, f"{counted(unfinished, 'import or merge', 'imports or merges')} still going on"
        )


def _actors(project: Project) -> Iterator[Problem]:
    known = entity_queries.registry(project)
    for entity in known.by_id.values():
        if entity.same_as is not None and entity.same_as not in known.by_id:
            message = "it was merged into one that is not there; it stands for itself"
            yield Problem("actor", f"actor {shown(entity.name)}", message)


class _Checker:
    """Checks documents one by one against one codebook."""

    def __init__(self, project: Project, codebook: Codebook) -> None:
        self.project, self.codebook = project, codebook
        self.versions = audit.codebook_versions(project)
        self.parsed: dict[str, Codebook | None] = {}
        self.in_parts = audit.in_parts(project)
        self.actors = entity_queries.registry(project).by_id
        self.asks_for_actors = entity_queries.entity_attributes(codebook)

    def document(
        self, key: int, own: str, title: str, hashed: str, text: str | None, deleted: int
    ) -> Iterator[Problem]:
        where = shown(title) if title else own[:12]
        if text is None:
            yield Problem("text", where, "its text is missing")
            return
        if text_id(text) != hashed:
            yield Problem("text", where, "its text was changed: the hash does not fit")
        if has_parts(text) != (key in self.in_parts):
            yield Problem("search", where, "the full-text index for parts of words is not in step with its text")
        if not deleted:
            yield from self._annotations(key, where, text)
            yield from self._relations(key, where)

    def _annotations(self, document: int, where: str, text: str) -> Iterator[Problem]:
        twins: Counter[tuple[Any, ...]] = Counter()
        for row in audit.annotations_at(self.project, document):
            reading, coder, kind, tag, spans, start, end, covered, attributes, flags, version = row
            whose = f"gold by {coder}" if kind == "gold" else coder
            here = f"{where}, {whose}, {tag} {shown(covered)}"
            pieces = _pieces(spans)
            if pieces is None:
                yield Problem("span", here, "its spans are no list of [start, end]")
                continue
            yield from _span(here, pieces, (start, end), text, covered)
            yield from _values(here, attributes, flags)
            yield from self._named(here, tag, attributes)
            yield from self._tag(here, tag, version, pieces, text)
            twins[reading, tag, pieces] += 1
            if twins[reading, tag, pieces] == 2:
                yield Problem("duplicate", here, "the same span has the same tag twice")

    def _named(self, here: str, tag: str, attributes: str) -> Iterator[Problem]:
        names = self.asks_for_actors.get(tag, ())
        for name, actor, _ in entity_queries.named_in(_parsed(attributes), names) if names else ():
            if actor not in self.actors:
                yield Problem("actor", here, f"its {name} is an actor that is not there ({shown(actor)})")

    def _tag(self, here: str, name: str, version: str | None, pieces: tuple[Span, ...], text: str) -> Iterator[Problem]:
        tag = self.codebook.tag(name)
        if tag is None:
            yield Problem("tag", here, f"the codebook has no tag “{name}”")
            return
        then = self._tag_then(name, version)
        if tag.retired and (then is None or then.retired):
            yield Problem("tag", here, f"the tag “{name}” was retired before this was tagged")
        if not tag.across_paragraphs and any("\n" in text[start:end] for start, end in pieces):
            yield Problem("paragraph", here, "it crosses a paragraph, which its tag does not allow")
        if tag.pieces == "one" and len(pieces) > 1:
            yield Problem("pieces", here, f"it has {len(pieces)} parts, and its tag allows one")

    def _tag_then(self, name: str, version: str | None) -> Tag | None:
        """The tag as it was in a codebook version."""
        if version not in self.parsed:
            try:
                self.parsed[version or ""] = codebook_from_json(self.versions.get(version or "", ""))
            except AnnotatorError:
                self.parsed[version or ""] = None
        found = self.parsed[version or ""]
        return found.tag(name) if found else None

    def _relations(self, document: int, where: str) -> Iterator[Problem]:
        sent: Counter[tuple[str, int]] = Counter()
        seen: set[tuple[str, int, int]] = set()
        for kind, source, target, deleted, tag, other, reading, of_other, covered in audit.relations_at(
            self.project, document
        ):
            here = f"{where}, relation {kind} of {tag} {shown(covered)}"
            relation = self.codebook.relation(kind)
            if deleted:
                yield Problem("relation", here, "one of its ends was deleted")
                continue
            if relation is None:
                yield Problem("relation", here, f"the codebook has no relation “{kind}”")
                continue
            if not relation.allows(tag, other):
                yield Problem("relation", here, f"the codebook does not let it go from {tag} to {other}")
            if reading != of_other:
                yield Problem("relation", here, "its ends belong to two readings")
            if (kind, source, target) in seen:
                yield Problem("duplicate", here, "the same two annotations are linked twice in the same way")
            seen.add((kind, source, target))
            sent[kind, source] += 1
            if relation.max_per_from is not None and sent[kind, source] == relation.max_per_from + 1:
                yield Problem("relation", here, f"the codebook allows {relation.max_per_from} of this kind")


def _pieces(spans: str) -> tuple[Span, ...] | None:
    try:
        found = json.loads(spans)
        pieces = tuple(Span(*pair) for pair in found)
    except (ValueError, TypeError, RecursionError):
        return None
    return pieces if pieces and all(type(each) is int for piece in pieces for each in piece) else None


def _span(here: str, pieces: tuple[Span, ...], outer: tuple[int, int], text: str, covered: str) -> Iterator[Problem]:
    if any(not 0 <= start < end <= len(text) for start, end in pieces):
        yield Problem("span", here, f"it does not lie in the text, which has {counted(len(text), 'character')}")
        return
    if any(before.end >= after.start for before, after in pairwise(pieces)):
        yield Problem("span", here, "its parts are not in order, or touch")
    if outer != (pieces[0].start, pieces[-1].end):
        yield Problem("span", here, "its stored start and end are not those of its parts")
    if quote(text, pieces) != covered:
        yield Problem("quote", here, f"the text there reads {shown(quote(text, pieces))}")


def _parsed(cell: str) -> Any:
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return None  # told by the search for cells that are no JSON


def _values(here: str, attributes: str, flags: str) -> Iterator[Problem]:
    try:
        values, marks = json.loads(attributes), json.loads(flags)
    except (ValueError, RecursionError):
        return  # told by the search for cells that are no JSON
    if not isinstance(values, dict) or not all(isinstance(each, dict) and "value" in each for each in values.values()):
        yield Problem("json", here, "its attributes are not of the form {id: {value, by}}")
    if not isinstance(marks, list) or not all(isinstance(mark, str) for mark in marks):
        yield Problem("json", here, "its flags are no list of words")
