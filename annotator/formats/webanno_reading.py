"""Reads WebAnno TSV 3: files with a line for each word, one for each reading of a document.

Span layers become annotations, relation layers, chains and slots become relations. For TSV 1 and 2 see webanno_older.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats import webanno_older
from annotator.formats.format import ReadOptions
from annotator.formats.guards import first_bytes, span_of, text_lines
from annotator.formats.newlines import offset_map, unified
from annotator.formats.reading_folders import ReadingFile, documents_in, holds_mostly, joined
from annotator.formats.report import Report
from annotator.formats.uima_layers import Choice, told
from annotator.formats.webanno_cells import (
    EMPTY,
    NOTHING,
    Layer,
    chained,
    layer_of,
    numbered,
    slots,
    stacked,
    unescaped,
    unescaped_text,
)  # fmt: skip
from annotator.formats.webanno_older import is_older
from annotator.formats.webanno_text import Sentence, Text, Unit
from annotator.model.records import AnnotationRecord, DocumentRecord, RelationRecord
from annotator.model.span import Span

SUFFIXES = (".tsv",)
_FORMAT = re.compile(r"#FORMAT=WebAnno TSV 3\.(\d)")
_LAYER = re.compile(r"#T_(?:SP|RL|CH)=.")
_UNIT = re.compile(r"\d+-\d+(?:\.\d+)*")


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a file says that it is WebAnno TSV 3, or looks like an older one; or a folder holds little else."""
    if path.is_dir():
        return holds_mostly(path, lambda name: name.endswith(SUFFIXES), detect)
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"#FORMAT=WebAnno TSV 3.") or is_older(head)


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The documents of a file or a folder, each with all its readings."""
    choice = Choice(options.settings)

    def parsed(file: ReadingFile, told_to: Report) -> DocumentRecord:
        older = is_older(first_bytes(file.path))
        return webanno_older.document(file, told_to, choice) if older else _File(file, told_to, choice).document()

    def text_of(file: ReadingFile) -> str | None:
        try:
            return parsed(file, Report()).text
        except AnnotatorError:
            return None

    for files in documents_in(path, SUFFIXES, text_of, report, lambda _: False):
        parts: list[tuple[ReadingFile, DocumentRecord]] = []
        for file in files:
            try:
                parts.append((file, parsed(file, report)))
            except AnnotatorError as fault:
                if not path.is_dir():
                    raise
                report.refuse(file.name, str(fault).rstrip("."))
        yield from joined(parts)


@dataclass
class _Found:
    """An annotation while its lines come in."""

    layer: Layer
    number: int
    units: list[Unit]
    values: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"T{self.number}"

    @property
    def span(self) -> Span | None:
        places = [each.place for each in self.units if each.place is not None]
        if len(places) < len(self.units):
            return None
        return Span(min(place.start for place in places), max(place.end for place in places))


@dataclass
class _Link:
    """A relation, its ends as the file names them: layer, unit, number."""

    type: str  # of the layer
    source: tuple[str, str, str] | _Found
    target: tuple[str, str, str] | _Found
    values: dict[str, str]
    line: int


class _File:
    """One file on its way to being a document."""

    def __init__(self, file: ReadingFile, report: Report, choice: Choice) -> None:
        self.file, self.report, self.choice = file, report, choice
        self.layers: list[Layer] = []
        self.width = 3
        self.begun = False  # no layer is declared behind the first word
        self.found: list[_Found] = []
        self.links: list[_Link] = []
        self.by_number: dict[tuple[str, str], _Found] = {}
        self.by_any: dict[str, _Found] = {}  # numbers are of the whole file
        self.by_unit: dict[tuple[str, str], list[_Found]] = defaultdict(list)
        self.chains: dict[str, dict[int, _Found]] = defaultdict(dict)
        self.text = Text()

    def document(self) -> DocumentRecord:
        """The document with its annotations and relations. Raises AnnotatorError for the file as a whole."""
        for sentence in self._sentences():
            self._add(sentence)
        raw = self.text.whole()
        moved = offset_map(raw)
        kept = {}
        for each in self.found:
            if not self.choice.takes(each.layer.type):
                continue
            span = each.span
            if span is None:
                self.report.refuse(self._line(each.units[0]), "its words do not stand in the text of the sentence")
            elif span.start == span.end:
                self.report.refuse(self._line(each.units[0]), "the span is empty")
            else:
                kept[each.number] = moved.span(*span)
        self.choice.tell(self.file.name, self.report)
        return DocumentRecord(
            text=unified(raw),
            source_name=self.file.name,
            annotations=tuple(self._annotation(each, kept[each.number]) for each in self.found if each.number in kept),
            relations=tuple(self._relations(frozenset(kept))),
            where=self.file.name,
        )

    def _line(self, unit: Unit) -> str:
        return f"{self.file.name}, line {unit.line}"

    # ---- lines

    def _sentences(self) -> Iterator[Sentence]:
        version, sentence = -1, Sentence()
        for number, line in text_lines(self.file.path):
            if version < 0:
                found = _FORMAT.match(line)
                if found is None:
                    raise AnnotatorError(f"{self.file.path.name}, line {number}: it is not WebAnno TSV.")
                version = int(found[1])
            elif line.startswith("#Text="):
                if sentence.units:
                    yield sentence
                    sentence = Sentence()
                sentence.lines.append(unescaped_text(line[len("#Text=") :], version))
            elif line.startswith("#") and not _UNIT.match(line.partition("\t")[0]):
                self._head(line)
            elif not line:
                if sentence.units:
                    yield sentence
                    sentence = Sentence()
            else:
                self._unit(line, number, sentence)
        if version < 0:
            raise AnnotatorError(f"Cannot read {self.file.path.name}: it is empty.")
        if sentence.units or sentence.lines:
            yield sentence

    def _head(self, line: str) -> None:
        if _LAYER.match(line) and not self.begun:
            layer, self.width = layer_of(line, self.width)
            self.layers.append(layer)

    def _unit(self, line: str, number: int, sentence: Sentence) -> None:
        cells = line.split("\t")
        try:
            if len(cells) < self.width or not _UNIT.fullmatch(cells[0]) or not sentence.lines:
                raise AnnotatorError("no line of a word with its columns")
            start, end = _offsets(cells[1])
        except AnnotatorError as fault:
            self.report.refuse(f"{self.file.name}, line {number}", str(fault).rstrip("."))
            return
        self.begun = True
        sentence.units.append(Unit(cells[0], start, end, cells[2], cells, number))

    # ---- words

    def _add(self, sentence: Sentence) -> None:
        try:
            if self.text.add(sentence):
                where = self._line(sentence.units[0])
                self.report.repair(where, "the words of the sentence were sought, as its offsets do not fit")
        except AnnotatorError as fault:
            line = sentence.units[0].line if sentence.units else 1
            raise AnnotatorError(f"{self.file.path.name}, line {line}: {fault}.") from fault
        for unit in sentence.units:
            for layer in self.layers:
                held = [column for column, _ in (*layer.columns, *layer.slots)] + [layer.ends] * (layer.ends >= 0)
                if any(unit.cells[column] != NOTHING for column in held):
                    {"SP": self._spans, "RL": self._ends, "CH": self._chain}[layer.kind](layer, unit)

    def _spans(self, layer: Layer, unit: Unit) -> None:
        """The annotations of a layer that a unit bears; those with a number go on from the unit before."""
        columns = [*layer.columns, *layer.slots]
        cells = {column: self._stack(unit.cells[column]) for column, _ in columns}
        longest = max(cells.values(), key=len)
        keys = [number or f"@{unit.id}|{place}" for place, (_, number) in enumerate(longest)]
        own = [self._at(layer, unit, key) for key in dict.fromkeys(keys)]
        by_key = dict(zip(dict.fromkeys(keys), own, strict=True))
        for column, feature in layer.columns:
            for place, (value, number) in enumerate(cells[column]):
                key = number or keys[min(place, len(keys) - 1)]
                if value not in (EMPTY, NOTHING) and feature:
                    by_key.get(key, own[0]).values.setdefault(feature, unescaped(value))
        for column, feature in layer.slots:
            ends = stacked(unit.cells[column + 1]) if column + 1 < len(unit.cells) else []
            for place, (value, number) in enumerate(cells[column]):
                mine = by_key.get(number or keys[min(place, len(keys) - 1)], own[0])
                if mine.units[0] is unit and place < len(ends):
                    self._slots(mine, feature, value, ends[place], layer.targets.get(column + 1, ""))

    def _stack(self, cell: str) -> list[tuple[str, str]]:
        return [numbered(each) for each in stacked(cell)] if cell != NOTHING else []

    def _at(self, layer: Layer, unit: Unit, key: str) -> _Found:
        known = self.by_number.get((layer.type, key))
        if known is None:
            known = _Found(layer, len(self.found) + 1, [unit])
            self.found.append(known)
            self.by_number[layer.type, key] = self.by_any[key] = known
        elif known.units[-1] is not unit:
            known.units.append(unit)
        self.by_unit[layer.type, unit.id].append(known)
        return known

    def _slots(self, source: _Found, feature: str, roles: str, ends: str, layer: str) -> None:
        if ends in (NOTHING, EMPTY):
            return
        for role, end in zip(slots(roles), slots(ends), strict=False):
            name, number = numbered(end)
            label = unescaped(role) if role not in (EMPTY, NOTHING) else feature
            line = source.units[0].line
            self.links.append(_Link(feature, source, (layer, name, number), {"label": label}, line))

    def _ends(self, layer: Layer, unit: Unit) -> None:
        """The relations of a layer that point to this unit."""
        for place, end in enumerate(stacked(unit.cells[layer.ends])) if layer.ends >= 0 else ():
            name, numbers = numbered(end)
            if name in (NOTHING, EMPTY):
                continue
            first, _, last = numbers.partition("_")
            values = {}
            for column, feature in layer.columns:
                parts = stacked(unit.cells[column])
                value = numbered(parts[place])[0] if place < len(parts) else EMPTY
                if value not in (EMPTY, NOTHING) and feature:
                    values[feature] = unescaped(value)
            ends = ((layer.base, name, first), (layer.base, unit.id, last))
            self.links.append(_Link(layer.type, *ends, values, unit.line))

    def _chain(self, layer: Layer, unit: Unit) -> None:
        """The members of chains that a unit bears: “type” and “relation->chain-member”."""
        named = {feature: stacked(unit.cells[column]) for column, feature in layer.columns}
        for place, link in enumerate(named.get("referenceRelation", ())):
            value, key = chained(numbered(link)[0])
            if not key:
                continue
            own = self._at(layer, unit, f"->{key}")
            chain, _, member = key.partition("-")
            self.chains[f"{layer.type}|{chain}"][int(member)] = own
            kinds = named.get("referenceType", [])
            for feature, cell in (("label", kinds[place] if place < len(kinds) else EMPTY), ("->", value)):
                if cell not in (EMPTY, NOTHING):
                    own.values.setdefault(feature, unescaped(numbered(cell)[0]))

    # ---- records

    def _annotation(self, found: _Found, span: Span) -> AnnotationRecord:
        values = {name: value for name, value in found.values.items() if name != "->"}
        said = told(found.layer.type, values, tag=self.choice.tag)
        return AnnotationRecord("", said.label, (span,), source_id=found.id, attributes=said.attributes, note=said.note)

    def _relations(self, kept: frozenset[int]) -> Iterator[RelationRecord]:
        for members in self.chains.values():
            for one, other in pairwise(members[place] for place in sorted(members)):
                values = {"label": one.values["->"]} if "->" in one.values else {}
                self.links.append(_Link(one.layer.type, one, other, values, one.units[0].line))
        for number, each in enumerate(self.links, 1):
            ends = [self._end(end) for end in (each.source, each.target)]
            source, target = ends
            if source is None or target is None or not {source.number, target.number} <= kept:
                self.report.refuse(f"{self.file.name}, line {each.line}", "an end of a relation is not there")
                continue
            said = told(each.type, each.values, link=True)
            yield RelationRecord(
                said.label, source.id, target.id, source_id=f"R{number}", attributes=said.attributes, note=said.note
            )

    def _end(self, named: tuple[str, str, str] | _Found) -> _Found | None:
        if isinstance(named, _Found):
            return named
        layer, unit, number = named
        if number and int(number):
            return self.by_number.get((layer, number)) or self.by_any.get(number)
        here = self.by_unit.get((layer, unit), ())
        return next(iter(here), None)


def _offsets(cell: str) -> tuple[int, int]:
    begin, _, end = cell.partition("-")
    if begin != end:
        return span_of(begin, end)
    place = span_of(begin, f"{begin}0") if begin.strip("0") else Span(0, 0)  # an annotation of nothing
    return place.start, place.start
