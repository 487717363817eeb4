"""What every reader of a stranger's file uses: bounded bytes, lines, JSON, and spans that are checked.

A file that is too large, too deep or of another kind raises AnnotatorError with one sentence; nothing here waits for a
pipe or a device. XML has its own guard (xml_guard), archives too (archives), SQLite files too (sqlite_guard).
"""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from annotator.errors import AnnotatorError
from annotator.formats.anchoring import reanchored
from annotator.formats.decoding import Decoded, NotTextError, decode
from annotator.formats.format import HEAD
from annotator.formats.jsonl_lines import NotOursError, json_value, lines, parsed, refuse_depth
from annotator.formats.report import Report
from annotator.model.span import Span, Spans, normalised, quote

FILE_LIMIT = 512 * 1024 * 1024  # bytes of a file that is read whole
TEXT_LINE_LIMIT = 4 * 1024 * 1024  # bytes of a line of a text format
_OFFSET_LIMIT = 1 << 40

# ---- bytes


def first_bytes(path: Path, limit: int = HEAD) -> bytes:
    """The first bytes of an ordinary file; none if it cannot be read."""
    try:
        with open_file(path) as file:
            return file.read(limit)
    except (OSError, AnnotatorError):
        return b""


def read_bytes(path: Path, limit: int = FILE_LIMIT) -> bytes:
    """A whole file. Raises AnnotatorError if it cannot be read or is larger than `limit` bytes."""
    try:
        with open_file(path) as file:
            data = file.read(limit + 1)
    except OSError as fault:
        raise _unreadable(path, fault) from fault
    if len(data) > limit:
        raise AnnotatorError(f"Cannot read {path.name}: it is larger than {limit // 1024 // 1024} MB.")
    return data


def read_text(path: Path, encoding: str | None = None) -> Decoded:
    """The text of a file of at most 64 MB, newlines as `\\n`, and how its offsets moved. Raises AnnotatorError."""
    try:
        return decode(read_bytes(path), encoding)
    except NotTextError as fault:
        raise AnnotatorError(f"Cannot read {path.name}: {str(fault).rstrip('.')}.") from fault


def text_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a UTF-8 file with their numbers, without newline, one at a time however long the file is.

    Raises AnnotatorError, which names the line, for one longer than TEXT_LINE_LIMIT bytes and for invalid UTF-8.
    """
    try:
        with open_file(path) as file:
            number = 0
            while data := file.readline(TEXT_LINE_LIMIT + 1):
                number += 1
                if len(data) > TEXT_LINE_LIMIT:
                    size = f"{TEXT_LINE_LIMIT // 1024 // 1024} MB"
                    raise AnnotatorError(f"{path.name}, line {number}: it is longer than {size}.")
                data = data.removeprefix(b"\xef\xbb\xbf") if number == 1 else data
                try:
                    yield number, data.decode().rstrip("\r\n")
                except UnicodeDecodeError as fault:
                    raise AnnotatorError(
                        f"{path.name}, line {number}: byte {fault.start + 1} is not valid UTF-8."
                    ) from None
    except OSError as fault:
        raise _unreadable(path, fault) from fault


def open_file(path: Path) -> BinaryIO:
    """An ordinary file, open to read. Raises OSError, and AnnotatorError for a pipe, a device or a folder."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise AnnotatorError(f"Cannot read {path.name}: it is not an ordinary file.")
    return os.fdopen(handle, "rb")


def _unreadable(path: Path, fault: OSError) -> AnnotatorError:
    return AnnotatorError(f"Cannot read {path.name}: {(fault.strerror or str(fault)).lower()}.")


# ---- JSON


def json_file(path: Path, limit: int = FILE_LIMIT) -> Any:
    """The value of a JSON file: no NaN, no key twice in one object, nesting at most 50. Raises AnnotatorError."""
    data = read_bytes(path, limit)
    try:
        value = json_value(data)
        refuse_depth(value)
    except AnnotatorError as fault:
        raise AnnotatorError(f"Cannot read {path.name}: {str(fault).rstrip('.')}.") from fault
    return value


def json_lines(path: Path, report: Report) -> Iterator[tuple[int, dict[str, Any]]]:
    """The object of each line with its number; a line that holds none is refused in the report."""
    try:
        with open_file(path) as file:
            for number, data in lines(file):
                try:
                    value = parsed(data)
                    refuse_depth(value)
                except (AnnotatorError, NotOursError) as fault:
                    report.refuse(f"{path.name}, line {number}", str(fault).rstrip("."))
                else:
                    yield number, value
    except OSError as fault:
        raise _unreadable(path, fault) from fault


# ---- spans


def span_of(start: object, end: object) -> Span:
    """A span of two whole numbers, in code points. Raises AnnotatorError for any other value, NaN among them.

    Digits in text count as a number; a reversed, empty or negative span is refused.
    """
    first, last = _offset(start), _offset(end)
    if not 0 <= first < last:
        raise AnnotatorError(f"the span {first}–{last} is empty, reversed or negative")
    return Span(first, last)


def _offset(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        return int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _OFFSET_LIMIT:
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _OFFSET_LIMIT:
        raise AnnotatorError(f"the offset {str(value)[:20]!r} is not a whole number")
    return value


def placed(text: str, pieces: Sequence[Span], quoted: str | None, repaired: Callable[[str], None]) -> Spans:
    """The pieces as they are stored: where they stand if they fit the text and the quote, else where the quote does.

    `quoted` is what the file says that they cover (None: it does not say); the quote of several pieces may be put
    together with nothing or with blanks between. It is sought nearby, and taken if it stands there once: `repaired` is
    told. Raises AnnotatorError, with a phrase that fits behind the place, when nothing fits.
    """
    inside = bool(pieces) and all(0 <= piece.start < piece.end <= len(text) for piece in pieces)
    if inside and (quoted is None or _same(quoted, text, pieces)):
        return normalised(pieces, len(text))
    place = ", ".join(f"{piece.start}–{piece.end}" for piece in pieces[:3])
    if quoted is None:
        raise AnnotatorError(f"the span {place} does not lie in the text, which has {len(text)} characters")
    parts = sum(piece.end - piece.start for piece in pieces)
    bare = quoted if len(quoted) == parts else _without_blanks_between(quoted, pieces)
    found = reanchored(text, pieces, bare) if pieces and pieces[0].start <= len(text) + len(quoted) else None
    if found is None:
        raise AnnotatorError(f"the text at {place} is not {_cut(quoted)}, which does not stand once nearby either")
    repaired(f"moved from {place} to {found[0].start}–{found[-1].end}, where {_cut(quoted)} stands")
    return normalised(found, len(text))


def _same(quoted: str, text: str, pieces: Sequence[Span]) -> bool:
    if quoted == quote(text, pieces):
        return True
    covered = [text[piece.start : piece.end] for piece in pieces]
    return quoted == " ".join(covered) or _flat(quoted) in (_flat("".join(covered)), _flat(" ".join(covered)))


def _flat(words: str) -> str:
    """What several programs write of a quote: each kind of blank as one blank."""
    return "".join(" " if character.isspace() else character for character in words)


def _without_blanks_between(quoted: str, pieces: Sequence[Span]) -> str:
    """The quote of several pieces without the one blank that stands between each two."""
    made, at = [], 0
    for piece in pieces:
        length = piece.end - piece.start
        made.append(quoted[at : at + length])
        at += length + 1
    return "".join(made) if at == len(quoted) + 1 and len(pieces) > 1 else quoted


def _cut(words: str) -> str:
    return f"“{words[:40]}…”" if len(words) > 40 else f"“{words}”"
