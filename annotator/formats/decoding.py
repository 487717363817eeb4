"""Bytes of a text file become text: the encoding is found or obeyed, newlines become `\\n`, nothing else changes."""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from annotator.errors import AnnotatorError
from annotator.formats import newlines
from annotator.formats.encodings import GUESSED, label
from annotator.formats.newlines import OffsetMap
from annotator.formats.report import Reason

LIMIT = 64 * 1024 * 1024  # bytes, of a file and of the UTF-8 form of its text
HEAD = 64 * 1024  # bytes that are enough to show how a file will read

# Control characters that speak against text: neither blanks nor line and page breaks. U+0085 (NEL) is a line break.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_C1_IN_UTF8 = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")

_BOMS = (  # UTF-32 before UTF-16: the mark of the one begins with the mark of the other
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class NotTextError(AnnotatorError):
    """These bytes are no text that can be stored; `reason` says of which sort the trouble is."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class Decoded:
    """A text as it will be stored."""

    text: str
    encoding: str  # name of the Python codec
    sure: bool  # False for a guess that a person should look at
    newlines: OffsetMap  # from offsets in the text before the newline change to offsets in `text`


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a whole file; `encoding` overrides the guess.

    Raises NotTextError, and a plain AnnotatorError when there is no such encoding.
    """
    if len(data) > LIMIT:
        raise too_large()
    raw, found, sure = _chosen(data, encoding, whole=True) if encoding else _guessed(data, whole=True)
    if len(raw) * 4 > LIMIT and len(raw.encode()) > LIMIT:
        raise too_large()
    return Decoded(newlines.unified(raw), found, sure, newlines.offset_map(raw))


def decode_head(head: bytes, encoding: str | None = None) -> Decoded:
    """The same for the first bytes of a longer file, which may end within a character."""
    raw, found, sure = _chosen(head, encoding, whole=False) if encoding else _guessed(head, whole=False)
    return Decoded(newlines.unified(raw), found, sure, newlines.offset_map(raw))


def too_large() -> NotTextError:
    """The refusal of a file past LIMIT."""
    return NotTextError(Reason.TOO_LARGE, f"larger than {LIMIT // 1024 // 1024} MB")


def refuse_surrogates(text: str) -> None:
    """Raises NotTextError if the text holds half of a surrogate pair, which no UTF-8 file can store."""
    found = _SURROGATE.search(text)
    if found:
        raise NotTextError(
            Reason.NOT_DECODABLE,
            f"character {found.start() + 1} is a lone surrogate (U+{ord(found.group()):04X}), half of a character",
        )


def is_binary(characters: int, controls: int) -> bool:
    """Whether so many control characters mean that this is no text: more than 1 %, and not just a single one."""
    return (controls > 1 and controls * 100 > characters) or controls * 2 > characters


def _chosen(data: bytes, encoding: str, *, whole: bool) -> tuple[str, str, bool]:
    try:
        name = codecs.lookup(encoding).name
        bytes(4).decode(name, "replace")  # refuses codecs that make no text, such as rot13
    except (LookupError, ValueError):
        raise AnnotatorError(f"There is no text encoding named {encoding!r}.") from None
    name = name.removesuffix("-sig")
    for mark, codec in _BOMS:
        if data.startswith(mark) and name in (codec, codec.removesuffix("-le").removesuffix("-be")):
            data, name = data[len(mark) :], codec
            break
    text = _strict(data, name, whole=whole)
    if is_binary(len(text), len(_CONTROLS.findall(text))):
        raise _binary()
    return text, name, True


def _guessed(data: bytes, *, whole: bool) -> tuple[str, str, bool]:
    for mark, codec in _BOMS:
        if data.startswith(mark) and not (codec.startswith("utf-32") and not _is_utf32(data, codec)):
            text = _strict(data[len(mark) :], codec, whole=whole)
            if is_binary(len(text), len(_CONTROLS.findall(text))):
                raise _binary()
            return text, codec, True
    controls = _control_bytes(data)
    if data.isascii() and not controls:
        return data.decode("ascii"), "utf-8", True
    utf8 = _utf8(data, whole=whole)
    if utf8 is not None and not is_binary(len(utf8), controls + _c1_controls(data)):
        return _escaped_japanese(data, whole=whole) or (utf8, "utf-8", True)
    utf16 = _utf16_by_pattern(data, whole=whole)
    if utf16:
        return utf16
    escaped = _escaped_japanese(data, whole=whole)
    if escaped:
        return escaped
    if utf8 is not None or is_binary(len(data), controls):
        raise _binary()
    surrogates = _text_or_none(data, "utf-8", whole=whole, errors="surrogatepass")
    if surrogates is not None:
        refuse_surrogates(surrogates)
    return _legacy(data, whole=whole)


def _control_bytes(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROL_BYTES))


def _c1_controls(data: bytes) -> int:
    return len(_C1_IN_UTF8.findall(data)) if b"\xc2" in data else 0


def _binary() -> NotTextError:
    return NotTextError(Reason.BINARY, "not a text file (binary data)")


def _strict(data: bytes, codec: str, *, whole: bool) -> str:
    try:
        text = codecs.getincrementaldecoder(codec)("strict").decode(data, whole)
    except (UnicodeError, ValueError) as fault:
        surrogates = _text_or_none(data, codec, whole=whole, errors="surrogatepass")
        if surrogates is not None:
            refuse_surrogates(surrogates)
        place = f"byte {fault.start + 1} " if isinstance(fault, UnicodeDecodeError) else ""
        raise NotTextError(Reason.NOT_DECODABLE, f"{place}cannot be read as {label(codec)}") from None
    refuse_surrogates(text)  # UTF-7 and the escape codecs let them pass
    return text


def _text_or_none(data: bytes, codec: str, *, whole: bool, errors: str = "strict") -> str | None:
    try:
        return codecs.getincrementaldecoder(codec)(errors).decode(data, whole)
    except (UnicodeError, ValueError):
        return None


def _utf8(data: bytes, *, whole: bool) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError as fault:
        if not whole and fault.start > len(data) - 4 and fault.reason == "unexpected end of data":
            return data[: fault.start].decode()
        return None


def _is_utf32(data: bytes, codec: str) -> bool:
    return _text_or_none(data, codec, whole=False) is not None


def _utf16_by_pattern(data: bytes, *, whole: bool) -> tuple[str, str, bool] | None:
    """UTF-16 without its mark: blanks and Latin letters put zeros in every second byte, and in no other."""
    if b"\0" not in data or (whole and len(data) % 2):
        return None
    head = data[:HEAD]
    high_first, low_first = head[0::2].count(0), head[1::2].count(0)
    many, few = max(high_first, low_first), min(high_first, low_first)
    if many * 50 < len(head) // 2 or few * 10 > many:
        return None
    codec = "utf-16-le" if low_first > high_first else "utf-16-be"
    text = _text_or_none(data, codec, whole=whole)
    if text is None:
        surrogates = _text_or_none(data, codec, whole=whole, errors="surrogatepass")
        if surrogates is not None and not is_binary(len(surrogates), len(_CONTROLS.findall(surrogates))):
            refuse_surrogates(surrogates)
        return None
    if is_binary(len(text), len(_CONTROLS.findall(text))):
        return None
    sample = text[:4096]
    strange = sum(unicodedata.category(character) in ("Cn", "Co") for character in sample)
    return (text, codec, True) if strange * 50 <= len(sample) else None


def _escaped_japanese(data: bytes, *, whole: bool) -> tuple[str, str, bool] | None:
    """ISO-2022-JP is ASCII with escape sequences: valid UTF-8 to the eye of a decoder, rubbish to a reader."""
    if b"\x1b$" not in data or not data.isascii():
        return None
    text = _text_or_none(data, "iso2022_jp_2", whole=whole)
    if text is None or is_binary(len(text), len(_CONTROLS.findall(text))):
        return None
    return text, "iso2022_jp_2", False


def _legacy(data: bytes, *, whole: bool) -> tuple[str, str, bool]:
    for codec in _candidates(_telling(data)):
        text = _text_or_none(data, codec, whole=whole)
        if text is not None and not is_binary(len(text), len(_CONTROLS.findall(text))):
            return text, codec, False
    raise _binary()


_SAMPLE = 32 * 1024
_FIRST_HIGH = re.compile(rb"[\x80-\xff]")


def _telling(data: bytes) -> bytes:
    """The part of the file to guess from: it starts with the first line that is not plain ASCII, and ends a line.

    No multi-byte encoding uses the byte of a newline within a character, so the cut breaks none.
    """
    if len(data) <= _SAMPLE:
        return data
    found = _FIRST_HIGH.search(data)
    start = data.rfind(b"\n", 0, found.start()) + 1 if found else 0
    start = max(start, found.start() - _SAMPLE // 2) if found else 0
    sample = data[start : start + _SAMPLE]
    cut = sample.rfind(b"\n")
    return sample[:cut] if cut > _SAMPLE // 2 else sample


def _candidates(sample: bytes) -> list[str]:
    """Encodings in which the sample reads as language, best first.

    Where Windows-1252 reads nearly as well as the best it goes first: on short Western texts the measures of
    charset-normalizer cannot tell it from its neighbours (Windows-1250 above all), and it is far more common.
    """
    import charset_normalizer  # needed for few files, and no window waits for it

    matches = list(charset_normalizer.from_bytes(sample, cp_isolation=GUESSED))
    order: list[str] = []
    for match in matches:
        codecs_alike = [match.encoding, *match.could_be_from_charset]
        near = match.chaos <= matches[0].chaos + 0.01 and match.coherence >= matches[0].coherence - 0.02
        if near and "cp1252" in codecs_alike:
            order.insert(0, "cp1252")
        order.append(match.encoding)
    return list(dict.fromkeys(order))
