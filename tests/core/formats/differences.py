"""What an export and import changed, as the reasons that a format would have to give for it."""

from annotator.formats.loss import KNOWN_ANNOTATION, KNOWN_DOCUMENT, KNOWN_READING, Loss, readings_of
from annotator.formats.tokens import Grid, tokens
from annotator.model.records import AnnotationRecord, DocumentRecord
from annotator.model.span import Span, Spans, outer
from tests.core.formats.full_document import State

Pairs = dict[int, AnnotationRecord]  # id() of an annotation before → the one after


def differences(before: State, after: State) -> set[Loss]:
    """The reasons; raises AssertionError for an annotation or relation that came from nowhere."""
    one, other = before.record, after.record
    found = {
        reason
        for reason, changed in (
            (Loss.SPACING, one.text != other.text and "\ufffd" not in other.text),
            (Loss.CHARACTERS, one.text != other.text and "\ufffd" in other.text),
            (Loss.TITLES, one.title != other.title),
            (Loss.OUTLETS, one.outlet != other.outlet),
            (Loss.DATES, one.date != other.date),
            (Loss.ADDRESSES, one.url != other.url),
            (Loss.LANGUAGES, one.language != other.language),
            (Loss.RIGHTS, one.rights != other.rights),
            (Loss.SOURCES, source_of(one) != source_of(other)),
            (Loss.APPEARANCES, one.extra.get("appearances") != other.extra.get("appearances")),
            (Loss.ASSIGNMENTS, one.extra.get("assigned_to") != other.extra.get("assigned_to")),
            (Loss.EARLIER_TEXTS, one.extra.get("earlier_texts") != other.extra.get("earlier_texts")),
            (Loss.CODEBOOK, before.codebook != after.codebook),
            (Loss.ENTITIES, before.entities != after.entities),
            (Loss.DECISIONS, before.decisions != after.decisions),
        )
        if changed
    }  # fmt: skip
    pairs = _paired(one, other)
    return (
        found | _of_readings(one, other) | _of_annotations(before, after, pairs) | _of_relations(before, after, pairs)
    )


def source_of(record: DocumentRecord) -> tuple[object, object]:
    return record.source_name, record.extra.get("encoding")


def _of_readings(one: DocumentRecord, other: DocumentRecord) -> set[Loss]:
    held, kept = readings_of(one), readings_of(other)
    found = set()
    if {key for key, number in held.items() if not number} - kept.keys():
        found.add(Loss.EMPTY_READINGS)
    if {coder for (coder, _), number in held.items() if number} - {coder for coder, _ in kept}:
        found.add(Loss.CODERS)
    if any(kind == "gold" for _, kind in held) and not any(kind == "gold" for _, kind in kept):
        found.add(Loss.GOLD)

    def told(record: DocumentRecord, *names: str) -> set[tuple[object, ...]]:
        return {
            (reading.coder, reading.kind, name, str(getattr(reading, name, reading.extra.get(name))))
            for reading in record.readings
            for name in names
        }

    states = {each for each in told(one, "state") if each[-1] != "in work"}
    if states - told(other, "state"):
        found.add(Loss.STATES)
    if told(one, "codebook_version") - told(other, "codebook_version"):
        found.add(Loss.VERSIONS)
    if {each for each in told(one, "first_done") if each[-1] != "None"} - told(other, "first_done"):
        found.add(Loss.FIRST_DONE)
    if any(reading.extra.keys() - KNOWN_READING for reading in one.readings) or one.extra.keys() - KNOWN_DOCUMENT:
        extra = {name: one.extra[name] for name in one.extra.keys() - KNOWN_DOCUMENT}
        if extra != {name: other.extra.get(name) for name in extra}:
            found.add(Loss.OTHER_FIELDS)
    return found


def _places(record: DocumentRecord, spans: Spans, *, bare: bool) -> Spans:
    """Spans counted in characters that are no blanks, where the blanks of a text may have changed."""
    if not bare:
        return spans
    return tuple(
        Span(*(sum(not character.isspace() for character in record.text[:offset]) for offset in span)) for span in spans
    )


def _paired(one: DocumentRecord, other: DocumentRecord) -> Pairs:
    """Each annotation before with what became of it: the same place, else the same extent, else an overlap."""
    bare = one.text != other.text
    left = list(other.annotations)
    pairs: Pairs = {}
    for fits in (
        lambda mine, its: mine == its,
        lambda mine, its: outer(mine) == outer(its),
        lambda mine, its: outer(mine).overlaps(outer(its)),
    ):
        for each in one.annotations:
            if id(each) in pairs:
                continue
            mine = _places(one, each.spans, bare=bare)
            for its in left:
                if its.tag == each.tag and fits(mine, _places(other, its.spans, bare=bare)):
                    pairs[id(each)] = its
                    left.remove(its)
                    break
    split = [its for its in left if any(len(each.spans) > 1 and each.tag == its.tag for each in one.annotations)]
    assert left == split, f"annotations from nowhere: {left}"
    return pairs


def _of_annotations(before: State, after: State, pairs: Pairs) -> set[Loss]:
    one, other = before.record, after.record
    bare, grid = one.text != other.text, Grid(tokens(one.text))
    found = set()
    for each in one.annotations:
        its = pairs.get(id(each))
        if its is None:
            found.add(Loss.OVERLAPS if grid.touched(outer(each.spans)) else Loss.OUTSIDE_TOKENS)
            its = AnnotationRecord("", each.tag, each.spans)  # what it carried went with it
        mine, place = _places(one, each.spans, bare=bare), _places(other, its.spans, bare=bare)
        if len(mine) > 1 and mine != place:
            found.add(Loss.DISCONTINUOUS if outer(mine) == outer(place) else Loss.SPLIT)
        elif mine != place:
            found.add(Loss.TOKENS)
        values = {name: before.names(entry["value"]) for name, entry in each.attributes.items()}
        if values != {name: after.names(entry["value"]) for name, entry in its.attributes.items()}:
            found.add(Loss.ATTRIBUTES)
        by = {name: entry["by"] for name, entry in each.attributes.items()}
        if any(its.attributes.get(name, {}).get("by") != said for name, said in by.items() if said != "typed"):
            found.add(Loss.ORIGINS)
        extra = {name: value for name, value in each.extra.items() if name not in KNOWN_ANNOTATION}
        for reason, changed in (
            (Loss.NOTES, each.note != its.note),
            (Loss.FLAGS, each.flags != its.flags),
            (Loss.IDS, each.id != its.id),
            (Loss.QUESTIONS, each.extra.get("question") != its.extra.get("question")),
            (Loss.OTHER_FIELDS, extra != {name: its.extra.get(name) for name in extra}),
        ):
            if changed:
                found.add(reason)
    return found


def _of_relations(before: State, after: State, pairs: Pairs) -> set[Loss]:
    one, other = before.record, after.record
    by_id = {each.id: each for each in one.annotations}
    kept = {(link.type, link.source, link.target): link for link in other.relations}
    found, met = set(), 0
    for link in one.relations:
        ends = [pairs.get(id(by_id[end])) for end in (link.source, link.target)]
        its = kept.get((link.type, *(end.id for end in ends if end)))  # type: ignore[arg-type]
        if its is None:
            found.add(Loss.RELATIONS)
            if link.attributes:
                found.add(Loss.RELATION_ATTRIBUTES)
            if link.note:
                found.add(Loss.RELATION_NOTES)
            continue
        met += 1
        if {name: entry["value"] for name, entry in link.attributes.items()} != {
            name: entry["value"] for name, entry in its.attributes.items()
        }:
            found.add(Loss.RELATION_ATTRIBUTES)
        if link.note != its.note:
            found.add(Loss.RELATION_NOTES)
    assert met == len(other.relations), "relations from nowhere"
    return found
