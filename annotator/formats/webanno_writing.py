"""Writes WebAnno TSV 3: a folder for each reading, in it a file with a line for each word for each document.

One layer holds the annotations, with the tag, the attributes and the note as features, and one the relations.
Annotations that begin or end within a word get lines for the parts of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.formats.file_names import FileNames
from annotator.formats.format import ProjectRecords, WriteOptions, Written
from annotator.formats.loss import Loss, readings_of
from annotator.formats.project_records import Values
from annotator.formats.reading_folders import ReadingFolders
from annotator.formats.tokens import Grid, sentences, tokens
from annotator.formats.uima_layers import LABEL, LINK, SPAN, TAG, features, lost_attributes
from annotator.formats.utf16 import Utf16
from annotator.formats.webanno_cells import EMPTY, NOTHING, escaped, escaped_text, header_lines
from annotator.formats.whole_file import whole_folder
from annotator.model.records import AnnotationRecord, DocumentRecord, RelationRecord
from annotator.model.span import Span, outer

_HEAD = "#FORMAT=WebAnno TSV 3.3"


def write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, _options: WriteOptions, /
) -> Written:
    """A folder with readings.json; whole or not at all. Documents without a reading stand in none of its folders."""
    values, names, folders = Values(project), FileNames(), ReadingFolders()
    documents = annotations = relations = 0
    with whole_folder(destination) as root:
        for record in records:
            name = f"{names.of(record)}.tsv"
            laid = _Text(record.text)
            readings = readings_of(record)
            for coder, kind in readings:
                own = [each for each in record.annotations if (each.coder, each.kind) == (coder, kind)]
                reading = _Reading(laid, own, record.relations, values)
                (folders.folder(root, coder, kind) / name).write_bytes(reading.data())
                annotations += len(reading.placed)
                relations += len(reading.links)
            if not readings:
                (root / name).write_bytes(_Reading(laid, (), (), values).data())
            documents += 1
        folders.write(root)
    return Written(documents, annotations, relations, (destination,))


def loses(record: DocumentRecord, _options: WriteOptions, /) -> Mapping[Loss, int]:
    """Annotations of blanks alone with their relations, blanks at ends of others, attributes, blanks at the start."""
    lost = lost_attributes(record)
    words = tokens(record.text)
    grid = Grid(words)
    gone: set[str] = set()
    for each in record.annotations:
        span = outer(each.spans)
        held = grid.touched(span)
        if not held:
            lost[Loss.OUTSIDE_TOKENS] += 1
            gone.update(name for name in (each.id, each.source_id) if name)
        else:
            lost[Loss.TOKENS] += span.start < words[held[0]].start or span.end > words[held[-1]].end
    for link in record.relations:
        if {link.source, link.target} & gone:
            lost[Loss.RELATIONS] += 1
            lost[Loss.RELATION_ATTRIBUTES] += len(link.attributes)
            lost[Loss.RELATION_NOTES] += bool(link.note)
    before = record.text[: words[0].start] if words else ""
    lost[Loss.SPACING] += bool(before.strip(" "))
    return +lost


class _Text:
    """A document's text as lines of words, the same for all its readings."""

    def __init__(self, text: str) -> None:
        self.text, self.words = text, tokens(text)
        self.grid, self.units = Grid(self.words), Utf16(text)
        self.sentences = sentences(text, self.words)
        self.number = [
            f"{number}-{place}"
            for number, sentence in enumerate(self.sentences, 1)
            for place in range(1, len(sentence) + 1)
        ]
        self.heads = [  # how the line of each word begins
            f"{number}\t{begin}-{end}\t{text[start:stop]}\t"
            for number, (begin, end), (start, stop) in zip(
                self.number, self.units.stretches(self.words), self.words, strict=True
            )
        ]

    def lines_of(self, number: int) -> Iterator[str]:
        """The text of a sentence; with what stands behind it, where a reader would not put that back by itself."""
        held = self.sentences[number]
        start, end = self.words[held[0]].start, self.words[held[-1]].end
        following = number + 1 < len(self.sentences)
        upto = self.words[self.sentences[number + 1][0]].start if following else len(self.text)
        between = self.text[end:upto]
        as_read = "\n" + " " * (len(between) - 1)
        shown = self.text[start:end] if following and between == as_read else self.text[start:upto]
        return (f"#Text={escaped_text(line)}" for line in shown.split("\n"))


@dataclass
class _Placed:
    """An annotation with the units that bear it: a word and, if it bears a part of it alone, which."""

    record: AnnotationRecord
    tag: str  # as it stands in a cell
    units: list[tuple[int, Span | None]]
    values: dict[str, str]
    number: int = 0  # 0: its place alone tells it from others


@dataclass
class _Link:
    label: str
    source: _Placed
    target: _Placed
    values: dict[str, str] = field(default_factory=dict)


class _Reading:
    """One reading of a document on its way into a file."""

    def __init__(
        self, laid: _Text, own: Sequence[AnnotationRecord], relations: Iterable[RelationRecord], values: Values
    ) -> None:
        self.laid = laid
        self.placed = [made for each in own if (made := self._placed(each, values))]
        self.at: dict[int, dict[Span | None, list[_Placed]]] = defaultdict(lambda: defaultdict(list))
        for placed in self.placed:
            for word, part in placed.units:
                self.at[word][part].append(placed)
        self._number()
        by_id = {name: each for each in self.placed for name in (each.record.id, each.record.source_id) if name}
        self.links = [
            _Link(link.type, by_id[link.source], by_id[link.target], dict(features(link.attributes, link.note, values)))
            for link in relations
            if link.source in by_id and link.target in by_id
        ]
        self.links_at: dict[int, list[_Link]] = defaultdict(list)  # by id() of the annotation that they point to
        for each in self.links:
            self.links_at[id(each.target)].append(each)

    def _placed(self, record: AnnotationRecord, values: Values) -> _Placed | None:
        span = outer(record.spans)
        touched = self.laid.grid.touched(span)
        if not touched:
            return None
        units: list[tuple[int, Span | None]] = [(word, None) for word in touched]
        for place in {0, len(units) - 1}:  # those between lie within it
            whole = self.laid.words[touched[place]]
            part = Span(max(whole.start, span.start), min(whole.end, span.end))
            units[place] = (touched[place], None if part == whole else part)
        return _Placed(record, escaped(record.tag), units, dict(features(record.attributes, record.note, values)))

    def _number(self) -> None:
        """Numbers for those that several units bear, or that share one."""
        for number, each in enumerate(self.placed, 1):
            if len(each.units) > 1 or any(len(self.at[word][part]) > 1 for word, part in each.units):
                each.number = number

    def data(self) -> bytes:
        """The file."""
        return "".join(f"{line}\n" for line in self._lines()).encode()

    def _lines(self) -> Iterator[str]:
        self.names = _names(each.values for each in self.placed)
        self.link_names = _names(each.values for each in self.links)
        yield _HEAD
        layers = [("SP", SPAN, [TAG, *self.names])]
        if self.links:
            layers.append(("RL", LINK, [LABEL, *self.link_names, f"BT_{SPAN}"]))
        yield from header_lines(layers)
        yield ""
        bare = f"{NOTHING}\t" * (1 + len(self.names) + (len(self.link_names) + 2 if self.links else 0))
        if not self.laid.sentences:
            yield ""
            yield from (f"#Text={escaped_text(line)}" for line in self.laid.text.split("\n"))
        for number, sentence in enumerate(self.laid.sentences):
            yield ""
            yield from self.laid.lines_of(number)
            for word in sentence:
                if word in self.at:
                    yield from self._word(word)
                else:
                    yield self.laid.heads[word] + bare

    def _word(self, word: int) -> Iterator[str]:
        held, unit = self.at[word], self.laid.number[word]
        yield self.laid.heads[word] + self._cells(unit, held.get(None, ()))
        for number, part in enumerate(sorted(part for part in held if part is not None), 1):
            begin, end = map(self.laid.units.unit, part)
            place = f"{unit}.{number}"
            yield f"{place}\t{begin}-{end}\t{self.laid.text[slice(*part)]}\t{self._cells(place, held[part])}"

    def _cells(self, unit: str, held: Sequence[_Placed]) -> str:
        """What a line says of the annotations that its unit bears."""
        cells = [_stack(f"{each.tag}{_brackets(each)}" for each in held)]
        cells += [_stack(f"{_value(each.values, name)}{_brackets(each)}" for each in held) for name in self.names]
        if self.links:
            here = [link for each in held if self._first(each) == unit for link in self.links_at.get(id(each), ())]
            cells.append(_stack(escaped(link.label) for link in here))
            cells += [_stack(_value(link.values, name) for link in here) for name in self.link_names]
            cells.append(_stack(map(self._ends, here)))
        return "\t".join([*cells, ""])

    def _first(self, placed: _Placed) -> str:
        """The unit by which an annotation is named."""
        word, part = placed.units[0]
        name = self.laid.number[word]
        if part is None:
            return name
        return f"{name}.{sorted(each for each in self.at[word] if each is not None).index(part) + 1}"

    def _ends(self, link: _Link) -> str:
        """Where a relation comes from; the line in which that stands is where it leads to."""
        numbers = f"[{link.source.number}_{link.target.number}]" if link.source.number or link.target.number else ""
        return f"{self._first(link.source)}{numbers}"


def _names(held: Iterable[Mapping[str, str]]) -> list[str]:
    """The features that are used, in the order in which they are met."""
    return list(Counter(name for values in held for name in values))


def _value(values: Mapping[str, str], name: str) -> str:
    return escaped(values[name]) if name in values else EMPTY


def _brackets(placed: _Placed) -> str:
    return f"[{placed.number}]" if placed.number else ""


def _stack(cells: Iterable[str]) -> str:
    return "|".join(cells) or NOTHING
