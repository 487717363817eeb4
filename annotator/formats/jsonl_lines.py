"""From the bytes of one line of JSON Lines to a checked JSON object, in bounded memory."""

import json
import math
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from annotator.errors import AnnotatorError

LINE_LIMIT = 128 * 1024 * 1024  # bytes of a line
_PARTS_LIMIT = 4_000_000  # values of a line: each costs some 70 bytes once parsed
_DEPTH_LIMIT = 50
_CHUNK = 1024 * 1024


class NotOursError(AnnotatorError):
    """The line is no object of this format at all."""


def lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines that hold something, with their numbers; None stands for one that is longer than LINE_LIMIT."""
    number = 0
    while data := file.readline(LINE_LIMIT + 1):
        number += 1
        if len(data) > LINE_LIMIT and not data.endswith(b"\n"):
            while (rest := file.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield number, None
            continue
        data = data.removeprefix(b"\xef\xbb\xbf") if number == 1 else data
        if not data.isspace() and data:
            yield number, data


def parsed(data: bytes | None) -> dict[str, Any]:
    """The object of one line. Raises AnnotatorError, or NotOursError where there is no JSON object."""
    if data is None:
        raise AnnotatorError(f"longer than {LINE_LIMIT // 1024 // 1024} MB")
    if len(data) > _CHUNK and data.count(b",") + data.count(b"[") + data.count(b"{") > _PARTS_LIMIT:
        raise AnnotatorError(f"more than {_PARTS_LIMIT // 1_000_000} million values")
    if data.strip() in (b"{", b"["):
        raise NotOursError("JSON spread over several lines, where a line must hold a whole document")
    value = json_value(data)
    if not isinstance(value, dict):
        raise NotOursError(f"{type_name(value)} instead of an object")
    return value


def json_value(data: bytes) -> Any:
    """The value that bytes hold. Raises NotOursError for what is no JSON, AnnotatorError for what is refused in it."""
    try:
        value = _decoded(data.decode())
    except UnicodeDecodeError as fault:
        raise NotOursError(f"byte {fault.start + 1} is not valid UTF-8") from None
    except RecursionError:
        raise AnnotatorError(f"nested deeper than {_DEPTH_LIMIT} levels") from None
    except json.JSONDecodeError as fault:
        raise NotOursError(f"not valid JSON ({fault.msg[:1].lower()}{fault.msg[1:]}, column {fault.pos + 1})") from None
    if b"\\u" in data:
        _refuse_surrogates(data, value)
    return value


def type_name(value: object) -> str:
    """What a JSON value is, in words."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return "a text"
    if isinstance(value, dict):
        return "an object"
    return "a list" if isinstance(value, list) else "a number"


def refuse_depth(value: object) -> None:
    """Raises AnnotatorError for values nested deeper than what a project stores."""
    level: list[Any] = [value] if isinstance(value, (dict, list)) else []
    for _ in range(_DEPTH_LIMIT):  # one level at a time: a call for each value takes as long as parsing it
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, (dict, list))
        ]
        if not level:
            return
    raise AnnotatorError(f"nested deeper than {_DEPTH_LIMIT} levels")


class _NotFiniteError(AnnotatorError):
    """A number that no project can hold."""


def _decoded(line: str) -> Any:
    """The value of a line. A number that cannot be is let through as an attribute, which is then refused alone."""
    try:
        return _DECODER.decode(line)
    except _NotFiniteError as found:
        fault: AnnotatorError = found
    except json.JSONDecodeError:
        raise
    except ValueError:  # an integer with thousands of digits
        fault = AnnotatorError("a number with too many digits")
    value = _LENIENT.decode(line)
    if not _is_finite(_without_attributes(value)):
        raise fault
    return value


def _without_attributes(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    made = dict(value)
    for key in ("annotations", "relations"):
        if isinstance(value.get(key), list):
            made[key] = [{**each, "attributes": None} if isinstance(each, dict) else each for each in value[key]]
    return made


def _is_finite(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_finite, value.values()))
    if isinstance(value, list):
        return all(map(_is_finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def _no_constant(name: str) -> NoReturn:
    raise _NotFiniteError(f"{name} is no JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise _NotFiniteError(f"the number {digits[:20]} is too large")
    return number


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < 1000 else math.inf


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise AnnotatorError(f"the key {twice!r} stands twice in one object")
    return made


_DECODER = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_no_key_twice)
_LENIENT = json.JSONDecoder(parse_int=_whole, object_pairs_hook=_no_key_twice)


def _refuse_surrogates(data: bytes, value: Any) -> None:
    if b"\\ud" not in data and b"\\uD" not in data:
        return
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as fault:
        code = ord(fault.object[fault.start])
        raise AnnotatorError(f"a text holds a lone surrogate (U+{code:04X}), half of a character") from None
