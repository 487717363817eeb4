"""Reads WebAnno TSV 1 and 2: a line for each word, labels with B- and I-, as WebAnno wrote them before version 3.

TSV 2 names its layers in the first line. TSV 1 has ten columns that always mean the same: number, word, lemma, part of
speech, named entity, nothing, head, dependency, nothing, nothing. Neither has offsets: words are sought in the text of
their sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotator.errors import AnnotatorError
from annotator.formats.decoding import LIMIT
from annotator.formats.guards import text_lines
from annotator.formats.newlines import unified
from annotator.formats.reading_folders import ReadingFile
from annotator.formats.report import Report
from annotator.formats.uima_layers import Choice, told
from annotator.model.records import AnnotationRecord, DocumentRecord, RelationRecord
from annotator.model.span import Span

_LAYERS = re.compile(r"\s*#\s*[A-Za-z_][\w.]*\s*\|")  # of TSV 2: “# layer | feature | feature # layer | …”
_ROW = re.compile(r"\d+-\d+\t")
_FIRST_ROW = re.compile(r"1\t(?:[^\t]*\t){8}[^\t]*$")
_TYPE = "de.tudarmstadt.ukp.dkpro.core.api."
_ATTACHED = "AttachTo="
_FIXED = (
    f"# {_TYPE}segmentation.type.Lemma | value # {_TYPE}lexmorph.type.pos.POS | PosValue "
    f"# {_TYPE}ner.type.NamedEntity | value # {_TYPE}syntax.type.dependency.Dependency | DependencyType "
    f"| {_ATTACHED}{_TYPE}lexmorph.type.pos.POS"
)
"""The columns of TSV 1, as TSV 2 would name them."""
_NOTHING = ("_", "O", "")
_MARKERS = ("B-_", "I-_", "O-_")  # they keep the place of another annotation


def is_older(head: bytes) -> bool:
    """Whether a file begins as TSV 2 does, or as TSV 1, which has the same comments and no layers."""
    lines = [
        line for line in head.removeprefix(b"\xef\xbb\xbf").decode(errors="replace").split("\n")[:50] if line.strip()
    ]
    if not lines:
        return False
    if _LAYERS.match(lines[0]):
        return any(line.startswith(("#id=", "#text=")) for line in lines[1:4])
    comments = lines[0].startswith(("#id=", "#text="))
    return comments and any(_FIRST_ROW.match(line.rstrip("\r")) for line in lines[1:4])


@dataclass
class _Layer:
    """A layer that the first line names, with the columns of its features and, of relations, of their ends."""

    type: str
    columns: list[tuple[int, str]]
    base: str = ""  # of relations, the layer of their ends
    ends: int = -1


@dataclass
class _Found:
    """An annotation while its words come in."""

    layer: _Layer
    number: int
    start: int
    end: int
    line: int
    values: dict[str, str] = field(default_factory=dict)


@dataclass
class _Link:
    layer: _Layer
    source: str  # the number of a word
    target: str
    values: dict[str, str]
    line: int


def document(file: ReadingFile, report: Report, choice: Choice) -> DocumentRecord:
    """The document of a file. Raises AnnotatorError for the file as a whole."""
    return _File(file, report, choice).document()


class _File:
    """One file on its way to being a document."""

    def __init__(self, file: ReadingFile, report: Report, choice: Choice) -> None:
        self.file, self.report, self.choice = file, report, choice
        self.layers: list[_Layer] = []
        self.width = 0
        self.parts: list[str] = []
        self.length = 0
        self.found: list[_Found] = []
        self.links: list[_Link] = []
        self.open: dict[tuple[str, int], _Found] = {}  # layer, place in the stack → what may go on
        self.at: dict[tuple[str, str], list[_Found]] = defaultdict(list)  # layer, word → what begins there

    def document(self) -> DocumentRecord:
        for number, (said, rows) in enumerate(self._sentences(), 1):
            self._add(said, [(line, _as_second(cells, number)) for line, cells in rows])
        kept = [each for each in self.found if self.choice.takes(each.layer.type)]
        self.choice.tell(self.file.name, self.report)
        return DocumentRecord(
            text="".join(self.parts),
            source_name=self.file.name,
            annotations=tuple(map(self._annotation, kept)),
            relations=tuple(self._relations({each.number for each in kept})),
            where=self.file.name,
        )

    # ---- lines

    def _sentences(self) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
        """The text that stands over each sentence, with its lines: their numbers and cells."""
        said: list[str] = []
        rows: list[tuple[int, list[str]]] = []
        for number, line in text_lines(self.file.path):
            if not self.layers:
                named = line if _LAYERS.match(line) else _FIXED
                self._name_layers(named)
                if named is line:
                    continue
            is_row = _ROW.match(line) if self.width else None
            cells = line.split("\t")
            if is_row or (len(cells) >= 10 and cells[0].isdigit()):
                rows.append((number, cells))
            elif line.startswith("#text="):
                if rows:
                    yield "\n".join(said), rows
                said, rows = [line[len("#text=") :]], []
            elif said and not rows and line and not line.startswith("#"):
                said.append(line)  # the text of a sentence with a line end in it
        if rows:
            yield "\n".join(said), rows

    def _name_layers(self, line: str) -> None:
        column = 2
        for part in filter(str.strip, line.split("#")):
            name, *features = (each.strip() for each in part.split("|"))
            layer = _Layer(name, [])
            for each in features:
                if each.startswith(_ATTACHED):
                    layer.base, layer.ends = each[len(_ATTACHED) :], column
                else:
                    layer.columns.append((column, each))
                column += 1
            self.layers.append(layer)
        self.width = column

    # ---- words

    def _add(self, said: str, rows: Sequence[tuple[int, list[str]]]) -> None:
        text = unified(said)
        words = [cells[1] if len(cells) > 1 else "" for _, cells in rows]
        places = _sought(text, words)
        if places is None:
            text = " ".join(words)
            places = _sought(text, words)
            where = f"{self.file.name}, line {rows[0][0]}"
            self.report.repair(
                where, "the text of the sentence was put together from its words, which do not stand in it"
            )
        begin = self.length + bool(self.parts)
        self.parts.append(f"\n{text}" if self.parts else text)
        self.length = begin + len(text)
        if self.length > LIMIT:
            raise AnnotatorError(f"Cannot read {self.file.path.name}: the text is larger than {LIMIT >> 20} MB.")
        for (line, cells), (start, end) in zip(rows, places or (), strict=True):
            if len(cells) < self.width:
                self.report.refuse(f"{self.file.name}, line {line}", "no line of a word with its columns")
            elif start < end:
                self._word(cells, Span(begin + start, begin + end), line)

    def _word(self, cells: list[str], place: Span, line: int) -> None:
        for layer in self.layers:
            stacks = {feature: cells[column].split("|") for column, feature in layer.columns}
            begun: list[_Found] = []
            for depth in range(max(map(len, stacks.values()), default=0)):
                held = {feature: stack[depth] for feature, stack in stacks.items() if depth < len(stack)}
                made = self._labelled(layer, held, depth, place, line)
                if made is not None:
                    begun.append(made)
            if layer.ends < 0:
                for made in begun:
                    self.found.append(made)
                    made.number = len(self.found)
                    self.at[layer.type, cells[0]].append(made)
                continue
            for made, end in zip(begun, cells[layer.ends].split("|"), strict=False):
                self.links.append(_Link(layer, end, cells[0], made.values, line))

    def _labelled(self, layer: _Layer, held: dict[str, str], depth: int, place: Span, line: int) -> _Found | None:
        """The annotation that begins with a word at one place of the stack; one that goes on is made longer."""
        told_here = {feature: cell for feature, cell in held.items() if cell not in (*_NOTHING, *_MARKERS)}
        key = (layer.type, depth)
        if not told_here:
            if not any(cell in _MARKERS for cell in held.values()):
                self.open.pop(key, None)
            return None
        if any(cell.startswith("I-") for cell in told_here.values()) and key in self.open:
            self.open[key].end = place.end
            return None
        values = {feature: cell[2:] if cell[:2] in ("B-", "I-") else cell for feature, cell in told_here.items()}
        values = {feature: value for feature, value in values.items() if not value.startswith(layer.type)}
        made = _Found(layer, 0, place.start, place.end, line, values)
        self.open[key] = made
        return made

    # ---- records

    def _annotation(self, found: _Found) -> AnnotationRecord:
        said = told(found.layer.type, found.values, tag=self.choice.tag)
        span = Span(found.start, found.end)
        own = f"T{found.number}"
        return AnnotationRecord("", said.label, (span,), source_id=own, attributes=said.attributes, note=said.note)

    def _relations(self, kept: set[int]) -> Iterator[RelationRecord]:
        for number, each in enumerate(self.links, 1):
            ends = [next(iter(self.at.get((each.layer.base, word), ())), None) for word in (each.source, each.target)]
            source, target = ends
            if source is None or target is None or not {source.number, target.number} <= kept:
                self.report.refuse(f"{self.file.name}, line {each.line}", "an end of a relation is not there")
                continue
            said = told(each.layer.type, each.values, link=True)
            yield RelationRecord(
                said.label,
                f"T{source.number}",
                f"T{target.number}",
                source_id=f"R{number}",
                attributes=said.attributes,
                note=said.note,
            )


def _as_second(cells: list[str], sentence: int) -> list[str]:
    """The cells of a line as TSV 2 has them; a head of 0 is the word itself."""
    if "-" in cells[0]:
        return cells
    own, word, lemma, pos, entity, _, head, relation, *_ = cells
    entity = "|".join(f"{each[0]}-{each[2:]}" if each[:2] in ("B_", "I_") else each for each in entity.split("|"))
    to = f"{sentence}-{own if head == '0' else head}" if head.isdigit() else "_"
    number = f"{sentence}-{own}"
    return [number, word, lemma, pos, "O" if entity == "-" else entity, relation if head.isdigit() else "_", to]


def _sought(text: str, words: Sequence[str]) -> list[Span] | None:
    """Each word where it stands next; None if one does not."""
    found, at = [], 0
    for word in words:
        start = text.find(word, at)
        if start < 0:
            return None
        at = start + len(word)
        found.append(Span(start, at))
    return found
