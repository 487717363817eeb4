"""Makes statements of annotations: a claim or demand with the actor that it is linked to as its source.

The columns are those of the event list that Discourse Network Analyzer writes, in its order and with semicolons
between; where the statement was found stands behind them. A statement with several sources has a row for each, one
without a source a row without person and organisation.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.formats.cells import guarded
from annotator.formats.format import ProjectRecords, Setting, WriteOptions, Written
from annotator.formats.loss import Loss
from annotator.formats.project_records import Values
from annotator.formats.whole_file import whole_file
from annotator.model.records import AnnotationRecord, DocumentRecord
from annotator.model.span import outer, quote

HEADER = (
    "statement ID", "time", "document ID", "document title", "author", "source", "section", "type", "text", "person",
    "organization", "concept", "agreement", "tag", "coder", "reading", "start", "end", "document",
)  # fmt: skip
SETTINGS = (
    Setting("tags", "Tags that are statements", "claim,demand", advice="Several with commas between."),
    Setting("source", "Link to who says it", "source"),
    Setting("concept", "Attribute that is the concept", "issue"),
    Setting("disagree", "Values that mean “does not agree”", "oppose,negative", advice="Of any attribute."),
)
_NEITHER = frozenset({"neutral", "mixed", "unknown", "unclear"})
_NAME, _TYPE, _PERSON = "name", "type", "person"  # attributes of an actor, and the type of one that is a person


def write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, options: WriteOptions, /
) -> Written:
    """One table; whole or not at all. Statements and documents are numbered in their order."""
    values = Values(project)
    documents = annotations = relations = rows = 0
    with whole_file(destination) as file:
        file.write(_line(HEADER))
        for record in records:
            documents += 1
            told = list(statements(record, options.settings))
            annotations += len({id(each) for each, _ in told})
            relations += sum(source is not None for _, source in told)
            for number, (each, source) in enumerate(told, rows + 1):
                file.write(_line((number, *_row(record, each, source, documents, values, options.settings))))
            rows += len(told)
    return Written(documents, annotations, relations, (destination,))


def loses(record: DocumentRecord, options: WriteOptions, /) -> Mapping[Loss, int]:
    """Annotations that are neither statements nor somebody who says one; values and links that are in no column."""
    told = list(statements(record, options.settings))
    said, sources = {id(each) for each, _ in told}, {id(source) for _, source in told if source is not None}
    concept = options.settings.get("concept", "issue")
    held = sum(concept in each.attributes for each in record.annotations if id(each) in said)
    held += sum(
        name in each.attributes for each in record.annotations if id(each) in sources for name in (_NAME, _TYPE)
    )
    lost = Counter(
        {
            Loss.NO_STATEMENTS: sum(id(each) not in said | sources for each in record.annotations),
            Loss.ATTRIBUTES: sum(len(each.attributes) for each in record.annotations) - held,
            Loss.RELATIONS: len(record.relations) - sum(source is not None for _, source in told),
        }
    )
    return +lost


def statements(
    record: DocumentRecord, settings: Mapping[str, str]
) -> Iterator[tuple[AnnotationRecord, AnnotationRecord | None]]:
    """Each statement of a document with each of its sources, None where it has none."""
    tags = _listed(settings.get("tags", "claim,demand"))
    kind = settings.get("source", "source")
    ends = {name: one for one in record.annotations for name in (one.source_id, one.id) if name}
    said_by: dict[int, list[AnnotationRecord]] = {}
    for link in record.relations:
        if link.type == kind:
            said_by.setdefault(id(ends[link.source]), []).append(ends[link.target])
    for each in record.annotations:
        if each.tag in tags:
            for source in said_by.get(id(each), (None,)):
                yield each, source


def _row(
    record: DocumentRecord,
    each: AnnotationRecord,
    source: AnnotationRecord | None,
    number: int,
    values: Values,
    settings: Mapping[str, str],
) -> tuple[Any, ...]:
    place = outer(each.spans)
    person, organisation = _actor(record.text, source, values) if source else ("", "")
    concept = values.plain(each.attributes.get(settings.get("concept", "issue")))
    return (
        _time(record.date), number, record.title, "", record.outlet, "", "", quote(record.text, each.spans),
        person, organisation, str(concept or ""), agreement(each, values, settings),
        each.tag, each.coder, each.kind, place.start, place.end, record.id or "",
    )  # fmt: skip


def _actor(text: str, source: AnnotationRecord, values: Values) -> tuple[str, str]:
    """(person, organisation): by the name of the actor, else by its words; what is no person is an organisation."""
    name = str(values.plain(source.attributes.get(_NAME)) or quote(text, source.spans))
    return (name, "") if values.plain(source.attributes.get(_TYPE)) == _PERSON else ("", name)


def agreement(each: AnnotationRecord, values: Values, settings: Mapping[str, str]) -> int | str:
    """0 where a value of the statement means that its concept is refused, "" where it is neither, else 1."""
    against = _listed(settings.get("disagree", "oppose,negative"))
    told = {value for entry in each.attributes.values() if isinstance(value := values.plain(entry), str)}
    if told & against:
        return 0
    stance = values.plain(each.attributes.get("stance"))
    return "" if stance in _NEITHER else 1


def _time(date: str) -> str:
    """The first moment of a day, a month or a year, as Discourse Network Analyzer writes it."""
    if not date:
        return ""
    day = date[:10]
    return f"{day + '-01-01'[len(day) - 4 :] if len(day) < 10 else day} 00:00:00"


def _listed(words: str) -> frozenset[str]:
    return frozenset(each.strip() for each in words.split(",") if each.strip())


def _line(cells: Iterable[Any]) -> bytes:
    out = io.StringIO(newline="")
    told = [guarded(each) if isinstance(each, str) else each for each in cells]
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerow(told)
    return out.getvalue().encode()
