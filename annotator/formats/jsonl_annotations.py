"""Checks the annotations, relations and readings of one line and makes records of them.

What is wrong with one of them raises AnnotatorError with a phrase that fits behind its place.
"""

import re
from collections.abc import Callable
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.anchoring import reanchored
from annotator.formats.jsonl_fields import ANNOTATION, READING, RELATION
from annotator.formats.jsonl_lines import refuse_depth, type_name
from annotator.formats.newlines import OffsetMap, unified
from annotator.model.records import KINDS, AnnotationRecord, Json, ReadingRecord, RelationRecord
from annotator.model.rows import STATES
from annotator.model.span import Span, Spans, normalised, quote

_OUR_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

_MAY_LACK_READING = frozenset({"state"})
_MAY_LACK_ANNOTATION = frozenset({"attributes", "note", "flags"})
_MAY_LACK_RELATION = frozenset({"attributes", "note"})

Repaired = Callable[[str], None]  # told what was put right


def text_of(value: dict[str, Any], key: str) -> str:
    """A field that holds text; null and absent are empty."""
    found = value.get(key)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise AnnotatorError(f"{key!r} must be a text, not {type_name(found)}")
    return found


def list_of(value: dict[str, Any], key: str) -> list[Any]:
    """A field that holds a list; null and absent are empty."""
    found = value.get(key)
    if found is None:
        return []
    if not isinstance(found, list):
        raise AnnotatorError(f"{key!r} must be a list, not {type_name(found)}")
    return found


def unknown(value: dict[str, Any], known: frozenset[str]) -> Json:
    """The keys that this version does not know, kept as they came."""
    if value.keys() <= known:
        return {}
    extra = {key: kept for key, kept in value.items() if key not in known}
    refuse_depth(extra)
    return extra


def identity(value: dict[str, Any]) -> tuple[str | None, str | None]:
    """(id, source_id): an id of another form than ours is the source's; a number counts as its digits."""
    given = _name(value, "id")
    source = _name(value, "source_id")
    if given is None or _OUR_ID.fullmatch(given):
        return given, source
    return None, source or given


def reading(value: object) -> ReadingRecord:
    """A coder's reading, also one that is empty."""
    fields = _object(value)
    kind = text_of(fields, "kind") or "own"
    state = text_of(fields, "state") or "in work"
    if kind not in KINDS:
        raise AnnotatorError(f"the kind {kind!r} is none of {', '.join(KINDS)}")
    if state not in STATES:
        raise AnnotatorError(f"the state {state!r} is none of {', '.join(STATES)}")
    version = text_of(fields, "codebook_version") or None
    unstated = _MAY_LACK_READING - fields.keys()
    return ReadingRecord(text_of(fields, "coder"), kind, state, version, unknown(fields, READING), unstated)


def annotation(value: object, text: str, moved: OffsetMap, repaired: Repaired) -> AnnotationRecord:
    """An annotation of `text`; `moved` maps its offsets over the newline change that `text` went through."""
    fields = _object(value)
    tag = text_of(fields, "tag")
    if not tag:
        raise AnnotatorError("no tag")
    kind = text_of(fields, "kind") or "own"
    if kind not in KINDS:
        raise AnnotatorError(f"the kind {kind!r} is none of {', '.join(KINDS)}")
    flags = list_of(fields, "flags")
    if not all(isinstance(flag, str) for flag in flags):
        raise AnnotatorError("'flags' must be a list of texts")
    quoted = None if fields.get("text") is None else unified(text_of(fields, "text"))
    spans = _spans(_pieces(fields, moved), text, quoted, repaired)
    own, source = identity(fields)
    return AnnotationRecord(
        coder=text_of(fields, "coder"),
        tag=tag,
        spans=spans,
        text=quote(text, spans),
        id=own,
        source_id=source,
        kind=kind,
        attributes=_attributes(fields),
        note=text_of(fields, "note"),
        flags=tuple(flags),
        extra=unknown(fields, ANNOTATION),
        unstated=_MAY_LACK_ANNOTATION - fields.keys(),
    )


def relation(value: object, ends: set[str]) -> RelationRecord:
    """A link between two annotations, whose ids or source ids are `ends`."""
    fields = _object(value)
    named = text_of(fields, "type")
    if not named:
        raise AnnotatorError("no type")
    source, target = _name(fields, "source"), _name(fields, "target")
    for end, name in (("source", source), ("target", target)):
        if name is None or name not in ends:
            raise AnnotatorError(f"its {end} {name!r} is no annotation of this document" if name else f"no {end}")
    own, foreign = identity(fields)
    return RelationRecord(
        type=named,
        source=str(source),
        target=str(target),
        id=own,
        source_id=foreign,
        attributes=_attributes(fields),
        note=text_of(fields, "note"),
        extra=unknown(fields, RELATION),
        unstated=_MAY_LACK_RELATION - fields.keys(),
    )


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise AnnotatorError(f"{type_name(value)} instead of an object")
    return value


def _name(value: dict[str, Any], key: str) -> str | None:
    found = value.get(key)
    if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 1 << 63:
        return str(found)
    return text_of(value, key) or None


def _attributes(fields: dict[str, Any]) -> Json:
    """Each as {"value": …, "by": …}; a bare value is one that a person typed."""
    found = fields.get("attributes")
    if found is None or found == {}:
        return {}
    if not isinstance(found, dict):
        raise AnnotatorError(f"'attributes' must be an object, not {type_name(found)}")
    refuse_depth(found)
    return {
        key: value if isinstance(value, dict) and "value" in value else {"value": value, "by": "typed"}
        for key, value in found.items()
    }


def _pieces(fields: dict[str, Any], moved: OffsetMap) -> list[Span]:
    found = fields.get("spans")
    if not isinstance(found, list) or not found:
        raise AnnotatorError("'spans' must be a list of [start, end]")
    pieces = []
    for pair in found:
        if not (isinstance(pair, list) and len(pair) == 2 and type(pair[0]) is int and type(pair[1]) is int):
            raise AnnotatorError("'spans' must be a list of [start, end] in whole numbers")
        start, end = pair
        if not 0 <= start < end:
            raise AnnotatorError(f"the span {_short(start)}–{_short(end)} is empty, reversed or negative")
        pieces.append(moved.span(start, end) if moved.pairs else Span(start, end))
    return pieces


def _spans(pieces: list[Span], text: str, quoted: str | None, repaired: Repaired) -> Spans:
    """The pieces as they are stored, if they fit the text and the quote, or the place nearby where the quote stands."""
    inside = all(piece.end <= len(text) for piece in pieces)
    if inside and len(pieces) == 1 and (quoted is None or text[pieces[0].start : pieces[0].end] == quoted):
        return tuple(pieces)
    if inside:
        spans = normalised(pieces, len(text))
        if quoted is None or quoted in (quote(text, spans), quote(text, pieces)):
            return spans
    place = ", ".join(f"{_short(piece.start)}–{_short(piece.end)}" for piece in pieces[:3])
    if quoted is None:
        raise AnnotatorError(f"the span {place} does not lie in the text, which has {len(text)} characters")
    found = reanchored(text, pieces, quoted) if pieces[0].start <= len(text) + len(quoted) else None
    if found is None:
        raise AnnotatorError(f"the text at {place} is not {_cut(quoted)}, which does not stand once nearby either")
    repaired(f"moved from {place} to {found[0].start}–{found[-1].end}, where {_cut(quoted)} stands")
    return normalised(found, len(text))


def _short(number: int) -> str:
    return str(number) if number < 10**15 and number > -(10**15) else "(a number of very many digits)"


def _cut(text: str) -> str:
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
