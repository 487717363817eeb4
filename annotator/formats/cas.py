"""A UIMA CAS: feature structures with types, over one or several texts; how it becomes documents.

Reading needs no library: one that makes classes of the types in a stranger's file would run names as code
(docs/decisions). Offsets are UTF-16 units of the text as the file has it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from annotator.errors import AnnotatorError
from annotator.formats.guards import span_of
from annotator.formats.newlines import OffsetMap, offset_map, unified
from annotator.formats.report import Report
from annotator.formats.uima_layers import LABEL, SENTENCE, TOKEN, Choice, short, told
from annotator.formats.utf16 import Utf16
from annotator.model.records import AnnotationRecord, DocumentRecord, RelationRecord
from annotator.model.span import Span

_ENDS = (("Governor", "Dependent"), ("source", "target"), ("from", "to"))
_METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type"
_DIVISIONS = frozenset(
    {"uima.tcas.DocumentAnnotation", TOKEN, SENTENCE, f"{_METADATA}.DocumentMetaData", f"{_METADATA}.TagsetDescription"}
)
_LISTS = ("uima.cas.FSArray", "uima.cas.NonEmptyFSList")
_DEPTH = 50  # of types above a type


@dataclass(slots=True)
class Structure:
    """One feature structure: its features with values as text, and those that point to others."""

    id: str
    type: str
    values: dict[str, str] = field(default_factory=dict)
    refs: dict[str, list[str]] = field(default_factory=dict)
    sofa: str = ""
    begin: str | int | float | None = None
    end: str | int | float | None = None


@dataclass
class Sofa:
    """A text of a CAS, and the ids of what is indexed over it; None: all is."""

    name: str
    text: str
    members: frozenset[str] | None = None


@dataclass
class Cas:
    """What a file holds."""

    structures: dict[str, Structure] = field(default_factory=dict)
    sofas: dict[str, Sofa] = field(default_factory=dict)
    above: Mapping[str, str] = field(default_factory=dict)  # type → the type above it

    def is_division(self, type_name: str) -> bool:
        """Whether a type is of words, sentences or the document, which the text has by itself."""
        for _ in range(_DEPTH):
            if type_name in _DIVISIONS:
                return True
            type_name = self.above.get(type_name, "")
            if not type_name:
                return False
        return False

    def pointed(self, ids: Iterable[str]) -> Iterator[Structure]:
        """The structures that a feature points to, through arrays and lists."""
        waiting, met = list(reversed(list(ids))), set[str]()
        while waiting:
            own = waiting.pop()
            found = self.structures.get(own)
            if found is None or (found.type in _LISTS and own in met):
                continue
            met.add(own)
            if found.type in _LISTS or found.type.endswith("[]"):
                inner = [each for name in ("elements", "head", "tail") for each in found.refs.get(name, ())]
                waiting += reversed(inner)
            else:
                yield found


def documents(cas: Cas, name: str, report: Report, choice: Choice) -> Iterator[DocumentRecord]:
    """A document for each text of the CAS."""
    texts = {own: sofa for own, sofa in cas.sofas.items() if sofa.text}
    if not texts:
        raise AnnotatorError("it holds no text")
    whole = PurePosixPath(name)
    for own, sofa in texts.items():
        source = name if len(texts) == 1 else f"{whole.with_suffix('')}-{sofa.name}{whole.suffix}"
        yield _Document(cas, own, sofa, source, report, choice).record()


class _Document:
    """One text of a CAS on its way to being a document."""

    def __init__(self, cas: Cas, own: str, sofa: Sofa, source: str, report: Report, choice: Choice) -> None:
        self.cas, self.own, self.sofa, self.source = cas, own, sofa, source
        self.report, self.choice = report, choice
        self.kept: dict[str, AnnotationRecord] = {}
        self.left = Counter[str]()

    def record(self) -> DocumentRecord:
        """The document with its annotations and relations; what is left out is told."""
        units, moved = Utf16(self.sofa.text), offset_map(self.sofa.text)
        spans: list[Structure] = []
        links: list[tuple[Structure, str, str]] = []
        for each in self.cas.structures.values():
            if not self._is_here(each):
                continue
            ends = _ends(each)
            if ends is not None:
                links.append((each, *ends))
            elif (span := self._span(each, units, moved)) is not None:
                spans.append(each)
                self.kept[each.id] = self._annotation(each, span)
        relations = [*self._relations(links), *(link for each in spans for link in self._pointing(each))]
        for what, number in self.left.items():
            self.report.refuse(self.source, f"{number:,} {what}")
        self.choice.tell(self.source, self.report)
        return DocumentRecord(
            text=unified(self.sofa.text),
            source_name=self.source,
            annotations=tuple(self.kept.values()),
            relations=tuple(relations),
            where=self.source,
        )

    def _is_here(self, each: Structure) -> bool:
        if each.sofa != self.own or each.begin is None or each.end is None:
            return False
        if self.sofa.members is not None and each.id not in self.sofa.members:
            return False
        return not self.cas.is_division(each.type) and self.choice.takes(each.type)

    def _span(self, each: Structure, units: Utf16, moved: OffsetMap) -> Span | None:
        if str(each.begin) == str(each.end):
            self.left["annotations that cover no text"] += 1
            return None
        try:
            return moved.span(*units.span(*span_of(each.begin, each.end)))
        except AnnotatorError as fault:
            self.report.refuse(f"{self.source}, {short(each.type)} {each.id}", str(fault).rstrip("."))
            return None

    def _annotation(self, each: Structure, span: Span) -> AnnotationRecord:
        values = {LABEL if name == "referenceType" else name: value for name, value in each.values.items()}
        values.pop("referenceRelation", None)
        said = told(each.type, values, tag=self.choice.tag)
        return AnnotationRecord("", said.label, (span,), source_id=each.id, attributes=said.attributes, note=said.note)

    def _relations(self, links: Iterable[tuple[Structure, str, str]]) -> Iterator[RelationRecord]:
        for each, source, target in links:
            if source in self.kept and target in self.kept:
                said = told(each.type, each.values, link=True)
                yield RelationRecord(
                    said.label, source, target, source_id=each.id, attributes=said.attributes, note=said.note
                )
            else:
                self.left["relations whose ends are no annotations"] += 1

    def _pointing(self, each: Structure) -> Iterator[RelationRecord]:
        """What an annotation points to itself: members of a chain, the roles of an event."""
        for name, ids in each.refs.items():
            for number, found in enumerate(self.cas.pointed(ids)):
                label = each.values.get("referenceRelation") or short(each.type) if name == "next" else name
                end = found.id
                if end not in self.kept and "target" in found.refs:
                    label = found.values.get("role") or label
                    end = next((each.id for each in self.cas.pointed(found.refs["target"])), "")
                if end in self.kept:
                    yield RelationRecord(label, each.id, end, source_id=f"{each.id}.{name}.{number}")
                elif not self.cas.is_division(found.type):
                    self.left["features that point to no annotation"] += 1


def _ends(each: Structure) -> tuple[str, str] | None:
    """The ends of a relation, if the structure is one."""
    for source, target in _ENDS:
        if len(each.refs.get(source, ())) == len(each.refs.get(target, ())) == 1:
            return each.refs[source][0], each.refs[target][0]
    return None
