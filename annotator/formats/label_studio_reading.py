"""Reads Label Studio tasks: each person's annotation of a text becomes a reading, its labelled regions annotations."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions
from annotator.formats.guards import json_file, placed, span_of
from annotator.formats.label_studio_writing import CODER, FACTS, KEYS
from annotator.formats.newlines import offset_map, unified
from annotator.formats.report import Report
from annotator.formats.utf16 import holds_wide
from annotator.model.records import AnnotationRecord, DocumentRecord, Json, ReadingRecord, RelationRecord
from annotator.model.span import Span

_LABELS = ("labels", "hypertextlabels")
_TASK = ('"data"', '"annotations"')


def detect(_path: Path, head: bytes, /) -> bool:
    """Whether it is a list of tasks with data and annotations."""
    text = head.removeprefix(b"\xef\xbb\xbf").decode(errors="replace").lstrip(" \t\r\n")
    if not text.startswith("["):
        return False
    try:
        first = json.JSONDecoder().raw_decode(text[1:].lstrip(" \t\r\n"))[0]
    except (ValueError, RecursionError):
        return all(key in text for key in _TASK) and '"result"' in text
    return (
        isinstance(first, dict) and isinstance(first.get("data"), dict) and isinstance(first.get("annotations"), list)
    )


def read(path: Path, report: Report, _options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The tasks that hold a text. Pictures, sounds and machine predictions are told and left out."""
    tasks = json_file(path)
    if not isinstance(tasks, list):
        raise AnnotatorError(f"Cannot read {path.name}: it is no list of tasks.")
    for number, task in enumerate(tasks, 1):
        where = f"{path.name}, task {number}"
        data = task.get("data") if isinstance(task, dict) else None
        if not isinstance(data, dict):
            report.refuse(where, "it has no data")
            continue
        raw = _text(data)
        if raw is None:
            report.refuse(where, "it has no text")
            continue
        if task.get("predictions"):
            report.warn(where, "the predictions of a machine are left out")
        yield _document(task, raw, where, report)


def _text(data: Json) -> str | None:
    """The text that was shown: `text`, else the longest that the task has; an address of a file is none."""
    if isinstance(data.get("text"), str):
        return str(data["text"])
    texts = [each for each in data.values() if isinstance(each, str) and not each.startswith(("http", "/data/", "s3:"))]
    return max(texts, key=len) if texts else None


def _document(task: dict[str, Any], raw: str, where: str, report: Report) -> DocumentRecord:
    given = task.get("annotations")
    held = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    readings: list[ReadingRecord] = []
    annotations: list[AnnotationRecord] = []
    relations: list[RelationRecord] = []
    for number, each in enumerate(held, 1):
        here = where if len(held) == 1 else f"{where}, annotation {number}"
        made = _Reading(each, raw, here, report)
        readings.append(
            ReadingRecord(made.coder, made.kind, state="set aside" if each.get("was_cancelled") else "in work")
        )
        annotations += made.annotations(prefix=f"{number}:" if len(held) > 1 else "")
        relations += made.relations()
    data = task["data"]
    facts = {name: data[name] for name in FACTS if isinstance(data.get(name), str)}
    return DocumentRecord(
        text=unified(raw),
        **facts,
        readings=tuple(readings),
        annotations=tuple(annotations),
        relations=tuple(relations),
        extra={key: value for key, value in data.items() if value != raw and key not in facts},
        where=where,
    )


class _Reading:
    """What one person said of a text, on its way to being records."""

    def __init__(self, given: Json, raw: str, where: str, report: Report) -> None:
        self.raw, self.text, self.where, self.report = raw, unified(raw), where, report
        self.coder, self.kind = _coder(given), "gold" if given.get("ground_truth") is True else "own"
        result = given.get("result")
        self.result = [each for each in result if isinstance(each, dict)] if isinstance(result, list) else []
        self.units = _units(raw, self.result)
        self.moved = offset_map(raw)
        self.taken: dict[str, str] = {}  # region in the file → the first annotation made of it

    def annotations(self, prefix: str) -> list[AnnotationRecord]:
        """One for each label of each region; ids of several readings of one text must differ, hence the prefix."""
        said = self._said_of_regions()
        made = []
        for number, each in enumerate(self.result, 1):
            if each.get("type") not in _LABELS:
                continue
            here = f"{self.where}, region {str(each.get('id', number))[:40]}"
            value = each.get("value")
            try:
                spans, labels = self._placed(value, here), _labels(value, str(each["type"]))
            except AnnotatorError as fault:
                self.report.refuse(here, str(fault).rstrip("."))
                continue
            for place, tag in enumerate(labels):
                own = f"{prefix}{each.get('id', number)}" + (f":{tag}" if place else "")
                self.taken.setdefault(str(each.get("id")), own)
                values = said.get(str(each.get("id")), {})
                made.append(
                    AnnotationRecord(
                        self.coder, tag, spans, kind=self.kind, source_id=own, attributes=values, note=_note(each)
                    )
                )
        return made

    def _placed(self, value: Any, here: str) -> tuple[Span, ...]:
        if not isinstance(value, Mapping):
            raise AnnotatorError("it has no place")
        start, end = value.get("start"), value.get("end")
        if isinstance(value.get("globalOffsets"), Mapping) and not isinstance(start, int):
            start, end = value["globalOffsets"].get("start"), value["globalOffsets"].get("end")
        span = span_of(start, end)
        if self.units is not None:
            if span.end >= len(self.units):
                raise AnnotatorError(f"the span {span.start}–{span.end} does not lie in the text")
            span = Span(*(self.units[offset] for offset in span))
        span = self.moved.span(*span) if self.moved.pairs else span
        quoted = value.get("text")
        quoted = unified(quoted) if isinstance(quoted, str) else None
        return placed(self.text, [span], quoted, partial(self.report.repair, here))

    def _said_of_regions(self) -> dict[str, dict[str, Any]]:
        """Region → attributes, from the controls that ask about each region; what is said of the whole text is told."""
        labelled = {str(each.get("id")) for each in self.result if each.get("type") in _LABELS}
        found: dict[str, dict[str, Any]] = defaultdict(dict)
        others: set[str] = set()
        for each in self.result:
            kind, value = str(each.get("type")), each.get("value")
            if kind == "relation" or kind in _LABELS:
                continue
            key = KEYS.get(kind, kind)
            if str(each.get("id")) in labelled and isinstance(value, Mapping) and key in value:
                found[str(each["id"])][str(each.get("from_name", kind))] = _value(value[key])
            else:
                others.add(f"{kind} {each.get('from_name', '')}".strip())
        if others:
            self.report.warn(
                self.where, f"what is said of the whole task is left out: {', '.join(sorted(others))[:100]}"
            )
        return found

    def relations(self) -> Iterator[RelationRecord]:
        """The links between regions; one without a label is called `related`."""
        for number, each in enumerate(self.result, 1):
            if each.get("type") != "relation":
                continue
            ends = [self.taken.get(str(each.get(end))) for end in ("from_id", "to_id")]
            if ends[0] is None or ends[1] is None:
                self.report.refuse(f"{self.where}, relation {number}", "one of its regions is not there")
                continue
            if each.get("direction") == "left":
                ends.reverse()
            labels = each.get("labels")
            names = [label for label in labels if isinstance(label, str) and label] if isinstance(labels, list) else []
            for name in names or ["related"]:
                yield RelationRecord(name, str(ends[0]), str(ends[1]))


def _coder(given: Json) -> str:
    named, by = given.get(CODER), given.get("completed_by")
    if isinstance(named, str):
        return named
    if isinstance(by, Mapping):
        full = " ".join(str(by[key]) for key in ("first_name", "last_name") if isinstance(by.get(key), str) and by[key])
        return full or str(by.get("email") or by.get("username") or by.get("id") or "")
    return f"Person {by}" if isinstance(by, int) and not isinstance(by, bool) else ""


def _units(raw: str, result: Sequence[Json]) -> list[int] | None:
    """How the file counts: None for code points, else UTF-16 unit → code point, as older versions did; quotes tell."""
    if not holds_wide(raw):
        return None
    lengths = accumulate((2 if ord(character) > 0xFFFF else 1 for character in raw), initial=0)
    starts = {unit: number for number, unit in enumerate(lengths)}
    units, last = [], 0
    for unit in range(max(starts) + 1):
        last = starts.get(unit, last)
        units.append(last)
    points = halves = 0
    for each in result:
        value = each.get("value")
        if isinstance(value, Mapping) and isinstance(value.get("text"), str) and isinstance(value.get("start"), int):
            start, quoted = value["start"], value["text"]
            points += raw.startswith(quoted, max(0, start))
            halves += 0 <= start < len(units) and raw.startswith(quoted, units[start])
    return units if halves > points else None


def _labels(value: Any, kind: str) -> list[str]:
    held = value.get(kind)
    names = [each for each in held if isinstance(each, str) and each] if isinstance(held, list) else []
    if not names:
        raise AnnotatorError("it has no label")
    return names


def _value(given: Any) -> dict[str, Any]:
    return {"value": given[0] if isinstance(given, list) and len(given) == 1 else given, "by": "typed"}


def _note(region: Json) -> str:
    meta = region.get("meta")
    held = meta.get("text") if isinstance(meta, Mapping) else None
    lines = held if isinstance(held, list) else [held]
    return "\n".join(each for each in lines if isinstance(each, str))
