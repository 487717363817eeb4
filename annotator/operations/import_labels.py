"""The labels of other programs become tags: mapped as a person says, found in the codebook, added to it, or left out.

What a source holds is seen before its first record is stored, so that one new version of the codebook has it all.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.formats.scheme import Scheme
from annotator.model.attributes import NOWHERE, parse
from annotator.model.codebook import Attribute, Codebook, RelationType, Tag
from annotator.model.codebook_diff import next_version
from annotator.model.codebook_edit import id_from, new_relation, new_tag, with_relation, with_tag
from annotator.model.names import key_of
from annotator.model.records import ActorName, AnnotationRecord, DocumentRecord, Json, RelationRecord
from annotator.operations.words import counted

_ID = re.compile(r"\w[\w.-]{0,99}")
_KEPT = 32_000_000  # code points of records that are kept between looking at them and storing them
_LABELS = 1000  # tags that one import may add

LEFT_OUT = "-"  # what a label is mapped to that a person does not want
Values = dict[str, set[str]]  # attribute → kinds of values met


@dataclass
class Labels:
    """What a source is labelled with. `read` gives its records, anew with each call, and fills the report it gets."""

    read: Callable[[Report], Iterator[DocumentRecord]]
    given: Mapping[str, str] = field(default_factory=dict)  # a label of theirs → a tag or relation of ours, or LEFT_OUT
    as_gold: bool = False
    adds: bool = True  # to the codebook what it does not know
    schemes: tuple[Scheme, ...] = ()  # what the source declares, used or not
    tags: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    values: dict[str, Values] = field(default_factory=dict)  # label of a tag or relation → its attributes
    actors: dict[str, ActorName] = field(default_factory=dict)  # what attributes that name an actor say
    ends: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)  # relation → labels at its ends
    left_out: Counter[str] = field(default_factory=Counter)  # of tags and relations alike
    cut: int = 0  # relations of annotations that were left out
    _kept: list[DocumentRecord] | None = field(default_factory=list)
    _told: Report = field(default_factory=Report)
    _codebook: Codebook | None = None
    _actor_fields: dict[tuple[str, str], bool] = field(default_factory=dict)
    _tag_of: dict[str, str] = field(default_factory=dict)
    _relation_of: dict[str, str] = field(default_factory=dict)
    _met: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # of declared attributes, the values
    _attribute_of: dict[tuple[str, str], str] = field(default_factory=dict)

    def survey(self, codebook: Codebook) -> Iterator[None]:
        """Look at every record; yields after each, so that a person can stop it."""
        size, self._codebook = 0, codebook
        for record in self.read(self._told):
            self._count(record)
            if self._kept is not None:
                size += len(record.text) + 400 * len(record.annotations)
                self._kept.append(record)
                if size > _KEPT:
                    self._kept = None
            yield

    def records(self, report: Report) -> Iterator[DocumentRecord]:
        """The records with our tags; what the reader has to say goes to the report."""
        if self._kept is None:
            found: Iterable[DocumentRecord] = self.read(report)
        else:
            found = self._kept
            report.refused += self._told.refused
            report.repaired += self._told.repaired
            report.skipped += self._told.skipped
            report.warnings += self._told.warnings
        for record in found:
            yield self._taken(record)

    # ---- what is there

    def _count(self, record: DocumentRecord) -> None:
        label_of = {}
        for each in record.annotations:
            if self._leaves(each.tag):
                self.left_out[each.tag] += 1
                continue
            self.tags[each.tag] += 1
            if each.attributes:
                _note_values(self.values.setdefault(each.tag, {}), each.attributes)
                self._note_declared(each.tag, each.attributes)
                self._note_actors(each)
            for name in (each.id, each.source_id):
                if name:
                    label_of[name] = each.tag
        gone = self._gone(record)
        for link in record.relations:
            if self._leaves(link.type):
                self.left_out[link.type] += 1
                continue
            if link.source in gone or link.target in gone:
                self.cut += 1
                continue
            self.relations[link.type] += 1
            _note_values(self.values.setdefault(link.type, {}), link.attributes)
            self._note_declared(link.type, link.attributes)
            begins, leads = self.ends.setdefault(link.type, (set(), set()))
            begins.update(filter(None, [label_of.get(link.source)]))
            leads.update(filter(None, [label_of.get(link.target)]))

    def _note_declared(self, label: str, attributes: Json) -> None:
        for name, entry in attributes.items() if self.schemes else ():
            if self._declared(label, name) is not None:
                value = entry.get("value") if isinstance(entry, Mapping) else entry
                self._met.setdefault((label, name), set()).add(value if isinstance(value, str) else "")

    def _declared(self, label: str, name: str) -> tuple[str, ...] | None:
        """The values that an attribute may have; empty: it is there or not; None: nothing is said of it."""
        return next((each.fields[label][name] for each in self.schemes if name in each.fields.get(label, ())), None)

    def _leaves(self, label: str) -> bool:
        return self.given.get(label) == LEFT_OUT

    def _gone(self, record: DocumentRecord) -> set[str | None]:
        """By what relations may name the annotations that are left out."""
        if LEFT_OUT not in self.given.values():
            return set()
        left = [each for each in record.annotations if self._leaves(each.tag)]
        return {name for each in left for name in (each.id, each.source_id) if name}

    def _note_actors(self, record: AnnotationRecord) -> None:
        for name, entry in record.attributes.items():
            value = entry.get("value") if isinstance(entry, Mapping) else entry
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, ActorName):
                    self.actors[each] = each
                elif isinstance(each, str) and each.strip() and self._names_actor(record.tag, name):
                    self.actors.setdefault(each, ActorName(each))

    def _names_actor(self, label: str, name: str) -> bool:
        """Whether an attribute of a tag that the codebook knows already names an actor."""
        if (label, name) not in self._actor_fields:
            wanted = self.given.get(label, label)
            book = self._codebook
            tag = known_tag(book, wanted) if book else None
            about = (tag.attribute(name) or _alike(tag.attributes, name)) if tag else None
            self._actor_fields[label, name] = about is not None and "entity" in (about.type, about.of)
        return self._actor_fields[label, name]

    # ---- what it becomes

    def resolved(self, codebook: Codebook) -> tuple[Codebook, list[str]]:
        """The codebook with all that it lacked (itself, if nothing), and what a person should know.

        Raises AnnotatorError for more labels than any codebook has.
        """
        if len(self.tags) > _LABELS:
            raise AnnotatorError(f"The files hold more than {_LABELS:,} different labels: map them before the import.")
        made, told = codebook, list[str]()
        for label in sorted(self.tags):
            made = self._with_tag(made, label, told)
        for label in self._unused(lambda scheme: scheme.tags, self.tags):
            made = self._with_tag(made, label, told)
        for label in sorted(self.relations):
            made = self._with_relation(made, label, told)
        for label in self._unused(lambda scheme: scheme.relations, self.relations):
            made = self._with_relation(made, label, told)
        told += [
            f"the label “{label}” was left out: {counted(number, 'annotation or link', 'annotations or links')}"
            for label, number in sorted(self.left_out.items())
        ]
        if self.cut:
            told.append(f"{counted(self.cut, 'link')} of annotations that were left out")
        if made != codebook:
            made = replace(made, version=next_version(codebook.version))
        self._codebook = made
        return made, told

    def _unused(self, labels: Callable[[Scheme], Iterable[str]], used: Iterable[str]) -> list[str]:
        """Labels that are declared and that nothing bears, as many as a codebook may get; none of files of our own."""
        found = {label for each in self.schemes for label in labels(each) if not self._leaves(label)} - set(used)
        return sorted(found)[: max(0, _LABELS - len(self.tags))] if self.adds else []

    def _with_tag(self, codebook: Codebook, label: str, told: list[str]) -> Codebook:
        wanted = self.given.get(label, label)
        tag = known_tag(codebook, wanted)
        if tag is None and self._may_add(label):
            tag = new_tag(codebook, wanted)
            tag = replace(tag, id=wanted) if _ID.fullmatch(wanted) else tag
            codebook = replace(codebook, tags=(*codebook.tags, tag))
            told.append(f"the tag “{tag.label}” was added to the codebook")
        if tag is None:
            self._tag_of[label] = wanted
            return codebook
        if tag.id != label and label in self.given:
            told.append(f"the label “{label}” was read as the tag {tag.id}")
        elif tag.id != label:
            told.append(f"the label “{label}” was taken for the tag {tag.id}")
        self._tag_of[label] = tag.id
        attributes = self._with_attributes(label, tag.id, tag.attributes, told)
        return (
            codebook
            if attributes == tag.attributes
            else with_tag(codebook, tag.id, replace(tag, attributes=attributes))
        )

    def _may_add(self, label: str) -> bool:
        """Whether the codebook may get what it lacks; of files of our own, only what a person asked for."""
        return self.adds or label in self.given

    def _with_relation(self, codebook: Codebook, label: str, told: list[str]) -> Codebook:
        wanted = self.given.get(label, label)
        kind = known_relation(codebook, wanted)
        if kind is None and self._may_add(label):
            begins, leads = (
                tuple(tag.id for tag in codebook.tags if tag.id in {self._tag_of.get(end, end) for end in labels})
                for labels in self._ends(label)
            )
            every = tuple(tag.id for tag in codebook.active_tags)
            kind = replace(new_relation(codebook, wanted), from_tags=begins or every, to_tags=leads or every)
            kind = replace(kind, id=wanted) if _ID.fullmatch(wanted) else kind
            codebook = replace(codebook, relations=(*codebook.relations, kind))
            told.append(f"the relation “{kind.label}” was added to the codebook")
        if kind is None:
            self._relation_of[label] = wanted
            return codebook
        self._relation_of[label] = kind.id
        attributes = self._with_attributes(label, kind.id, kind.attributes, told)
        return (
            codebook
            if attributes == kind.attributes
            else with_relation(codebook, kind.id, replace(kind, attributes=attributes))
        )

    def _ends(self, label: str) -> tuple[set[str], set[str]]:
        """The labels that a kind of link leads from and to, met or declared."""
        begins, leads = (set(met) for met in self.ends.get(label, ((), ())))
        for each in self.schemes:
            if label in each.relations:
                begins.update(each.relations[label][0])
                leads.update(each.relations[label][1])
        return begins, leads

    def _with_attributes(
        self, label: str, of: str, known: tuple[Attribute, ...], told: list[str]
    ) -> tuple[Attribute, ...]:
        made = known
        declared = {name: set[str]() for each in self.schemes for name in each.fields.get(label, ())}
        for name, kinds in sorted({**declared, **self.values.get(label, {})}.items()):
            found = next((each for each in made if each.id == name), None) or _alike(made, name)
            kind, values = self._form(label, name, kinds)
            if found is None and self.adds and kind:
                own = name if _ID.fullmatch(name) else id_from(name, [each.id for each in made], "field")
                of = "text" if kind == "list" else ""
                found = Attribute(own, kind, label=name, values=values, of=of, ask="on_request")
                made = (*made, found)
                told.append(f"the attribute “{name}” of {of} was added to the codebook")
            self._attribute_of[label, name] = found.id if found else name
        return made

    def _form(self, label: str, name: str, kinds: set[str]) -> tuple[str, tuple[str, ...]]:
        """Kind and values of an attribute: as declared, if all that was met fits, else as met; empty if it has none."""
        said = self._declared(label, name)
        if said and kinds <= {"text"} and self._met.get((label, name), set()) <= set(said):
            return "enum", said
        if said == () and not kinds:
            return "boolean", ()
        return (next(iter(kinds)), ()) if len(kinds) == 1 and "object" not in kinds else ("", ())

    # ---- the records

    def _taken(self, record: DocumentRecord) -> DocumentRecord:
        gone = self._gone(record)
        return replace(
            record,
            readings=tuple(replace(each, kind="gold") for each in record.readings) if self.as_gold else record.readings,
            annotations=tuple(self._annotation(each) for each in record.annotations if not self._leaves(each.tag)),
            relations=tuple(
                self._relation(each)
                for each in record.relations
                if not (self._leaves(each.type) or each.source in gone or each.target in gone)
            ),
        )

    def _annotation(self, record: AnnotationRecord) -> AnnotationRecord:
        tag_id = self._tag_of.get(record.tag, record.tag)
        tag = self._codebook.tag(tag_id) if self._codebook else None
        attributes = self._attributes(record.tag, tag, record.attributes) if record.attributes else record.attributes
        kind = "gold" if self.as_gold else record.kind
        if tag_id == record.tag and attributes is record.attributes and kind == record.kind:
            return record  # most are: making another takes as long as reading it took
        return replace(record, tag=tag_id, attributes=attributes, kind=kind)

    def _relation(self, record: RelationRecord) -> RelationRecord:
        own = self._relation_of.get(record.type, record.type)
        kind = self._codebook.relation(own) if self._codebook else None
        attributes = self._attributes(record.type, kind, record.attributes) if record.attributes else record.attributes
        return replace(record, type=own, attributes=attributes)

    def _attributes(self, label: str, holder: Tag | RelationType | None, given: Json) -> Json:
        made = {}
        for name, entry in given.items():
            own = self._attribute_of.get((label, name), name)
            attribute = holder.attribute(own) if holder else None
            made[own] = _typed(entry, attribute) if attribute else entry
        return made


def known_tag(codebook: Codebook, label: str) -> Tag | None:
    """The tag that a label is taken for: by its id, else by id or name but for case and accents."""
    found: Tag | None = codebook.tag(label) or _alike(codebook.tags, label)
    return found


def known_relation(codebook: Codebook, label: str) -> RelationType | None:
    """The kind of link that a label is taken for, as `known_tag` has it."""
    found: RelationType | None = codebook.relation(label) or _alike(codebook.relations, label)
    return found


def _typed(entry: Any, attribute: Attribute) -> Any:
    """A value that a file could only write as text, as its kind; what does not fit is left to be refused later."""
    value = entry.get("value") if isinstance(entry, Mapping) else None
    if not isinstance(value, str) or attribute.type in ("text", "entity"):
        return entry
    try:
        return {**entry, "value": parse(value, attribute, NOWHERE)}
    except AnnotatorError:
        return entry


def _note_values(known: Values, attributes: Json) -> None:
    for name, entry in attributes.items():
        value = entry.get("value") if isinstance(entry, Mapping) else entry
        known.setdefault(name, set()).add(_kind_of(value))


def _kind_of(value: Any) -> str:
    if isinstance(value, ActorName):
        return "entity"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, list):
        return "list" if all(isinstance(each, str) for each in value) else "object"
    return "text" if isinstance(value, str) else "object"


def _alike(known: Iterable[Any], name: str) -> Any:
    """What has this name but for case and accents, by id or label."""
    wanted = key_of(name)
    return next((each for each in known if wanted in (key_of(each.id), key_of(each.label))), None)
