"""Every document of the corpora goes out in every format and comes back: the same, or the loss report says what not.

Documents are read by whatever reads them, and get what an import would give them: ids, and a coder.
"""

import json
import os
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.format import Format, ReadOptions, WriteOptions, chosen_settings
from annotator.formats.guards import first_bytes
from annotator.formats.loss import Loss, losses, readings_of
from annotator.formats.registry import FORMATS
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.model.span import Span, outer

NO_ID = re.compile(r"[^\w.-]")  # what no tag of a codebook has in its id
READ = [each for each in FORMATS if each.reads and each.installed and not each.texts_only]
BOTH = [
    pytest.param(each, id=each.name, marks=pytest.mark.skipif(not each.installed, reason=f"needs [{each.extra}]"))
    for each in FORMATS
    if each.reads and each.writes
]


# ---- what the corpora hold


def sources(corpora: Path):
    """Files and folders that some format takes, with it; what is taken as a whole folder is not entered."""
    waiting = sorted(corpora.iterdir())
    while waiting:
        path = waiting.pop(0)
        head = b"" if path.is_dir() else first_bytes(path)
        fitting = [each for each in READ if each.folder or not path.is_dir()]
        kind = next((each for each in fitting if each.detect(path, head)), None)
        if kind is not None:
            yield kind, path
        elif path.is_dir():
            waiting += sorted(path.iterdir())


@cache
def documents(corpora: Path) -> tuple[DocumentRecord, ...]:
    """All with annotations, the largest too; a file that is refused as a whole is not among them."""
    found: list[DocumentRecord] = []
    for kind, path in sources(corpora):
        options = ReadOptions(chosen_settings(kind.read_settings, {}, kind.name))
        try:
            records = list(kind.reads(path, Report(), options))
        except AnnotatorError:
            continue
        found += [as_imported(each, f"{path} {number}") for number, each in enumerate(records) if each.annotations]
    return tuple(found)


def as_imported(record: DocumentRecord, name: str) -> DocumentRecord:
    ids = {}
    annotations = []
    for number, each in enumerate(record.annotations):
        own = each.id or str(uuid5(NAMESPACE_URL, f"{name} {number}"))
        ids |= {known: own for known in (each.source_id, each.id) if known}
        coder, tag = each.coder or "Unknown", NO_ID.sub("_", each.tag)
        annotations.append(replace(each, id=own, source_id=None, coder=coder, tag=tag, extra={}, flags=()))
    relations = [
        replace(
            each,
            id=str(uuid5(NAMESPACE_URL, f"{name} link {number}")),
            type=NO_ID.sub("_", each.type),
            source_id=None,
            source=ids[each.source],
            target=ids[each.target],
            extra={},
        )
        for number, each in enumerate(record.relations)
    ]
    return replace(record, readings=(), annotations=tuple(annotations), relations=tuple(relations), extra={})


def by_reading(record: DocumentRecord):
    """A document for each reading, for formats that hold one."""
    for coder, kind in readings_of(record):
        own = tuple(each for each in record.annotations if (each.coder, each.kind) == (coder, kind))
        ids = {each.id for each in own}
        links = tuple(each for each in record.relations if {each.source, each.target} <= ids)
        yield replace(record, annotations=own, relations=links)


def batches(records):
    """In each batch a text stands once, as in a project."""
    number: Counter[str] = Counter()
    made: dict[int, list[DocumentRecord]] = {}
    for record in records:
        key = bare_text(record.text)
        made.setdefault(number[key], []).append(record)
        number[key] += 1
    return made.values()


# ---- what is compared


@dataclass(frozen=True)
class Held:
    """What a document says, as far as a format can say it."""

    annotations: Counter
    relations: Counter


def held(record: DocumentRecord, kind: Format, *, bare: bool) -> Held:
    """`bare`: places are counted in characters that are no blanks, where the format makes blanks equal."""
    lost = set(kind.cannot_hold)
    before = [0, *accumulate(not character.isspace() for character in record.text)]
    told = {}
    for each in record.annotations:
        spans = (outer(each.spans),) if Loss.DISCONTINUOUS in lost else each.spans
        said = (
            "" if Loss.CODERS in lost else each.coder,
            "own" if Loss.GOLD in lost else each.kind,
            each.tag,
            tuple(Span(before[start], before[end]) for start, end in spans) if bare else spans,
            () if Loss.ATTRIBUTES in lost else values(each.attributes),
            "" if Loss.NOTES in lost else each.note,
        )
        told[id(each)] = said
        told |= {name: said for name in (each.id, each.source_id) if name}
    links = [
        (
            each.type,
            told[each.source],
            told[each.target],
            () if Loss.RELATION_ATTRIBUTES in lost else values(each.attributes),
            "" if Loss.RELATION_NOTES in lost else each.note,
        )
        for each in record.relations
        if Loss.RELATIONS not in lost
    ]
    return Held(Counter(told[id(each)] for each in record.annotations), Counter(links))


def values(attributes):
    return tuple(sorted((name, plain(entry["value"])) for name, entry in attributes.items()))


def plain(value):
    """A value as the codebook's kinds take it from any format: one of a list of one, JSON of what is no text."""
    if isinstance(value, list):
        return plain(value[0]) if len(value) == 1 else "; ".join(plain(each) for each in value)
    if isinstance(value, str):
        return plain(json.loads(value)) if value.startswith("[") and value.endswith("]") else value
    return json.dumps(value)


MOVED = (Loss.TOKENS, Loss.OUTSIDE_TOKENS, Loss.OVERLAPS, Loss.SPLIT, Loss.ATTRIBUTES)
"""Of these the report may name some of a document's annotations alone."""


@pytest.mark.parametrize("kind", BOTH)
def test_every_document_comes_back_or_the_report_says_what_not(kind, shared, tmp_path):
    corpora = Path(os.environ.get("ANNOTATOR_CORPORA", shared / "corpora"))
    records = documents(corpora)
    if kind.one_reading:
        records = [part for each in records for part in by_reading(each)]
    if not records:
        pytest.skip("the corpora hold no annotated document")
    writing = WriteOptions(chosen_settings(kind.write_settings, {}, kind.name))
    reading = ReadOptions(chosen_settings(kind.read_settings, {}, kind.name))
    for number, batch in enumerate(batches(records)):
        target = tmp_path / (str(number) if kind.folder else f"{number}{kind.patterns[0][1:]}")
        kind.writes(batch, target, {}, writing)
        report = Report()
        back = {bare_text(each.text): each for each in kind.reads(target, report, reading)}
        assert not report.refused, [str(each) for each in report.refused][:5]
        assert not report.repaired, [str(each) for each in report.repaired][:5]
        for record in batch:
            lost = losses(record, kind.cannot_hold) + Counter(kind.loses(record, writing) if kind.loses else {})
            compare(record, back[bare_text(record.text)], kind, lost)


def bare_text(text: str) -> str:
    return "".join(text.split())


def compare(before: DocumentRecord, after: DocumentRecord, kind: Format, lost: Counter) -> None:
    """What differs is no more than the report names."""
    where = f"{before.where or before.source_name}: {dict(lost)}"
    spaced = Loss.SPACING in lost
    assert before.text == after.text or spaced or Loss.CHARACTERS in lost, where
    wanted, found = (held(each, kind, bare=spaced) for each in (before, after))
    named = sum(lost[each] for each in MOVED if each not in kind.cannot_hold)
    gone, new = wanted.annotations - found.annotations, found.annotations - wanted.annotations
    assert gone.total() <= named, (where, list(gone)[:3], list(new)[:3])
    assert new.total() <= gone.total(), (where, list(new)[:3])
    if not gone:
        assert (wanted.relations - found.relations).total() <= lost[Loss.RELATION_ATTRIBUTES], where
    assert found.relations.total() == wanted.relations.total() - lost_links(lost, kind), where


def lost_links(lost: Counter, kind: Format) -> int:
    return 0 if Loss.RELATIONS in kind.cannot_hold else lost[Loss.RELATIONS]
