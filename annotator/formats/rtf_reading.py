"""Reads Rich Text Format (version 1.9.1): control words, groups, and text in the code page of each font.

The libraries at hand lose emoji, ignore the code pages of the Mac, and take seconds for a megabyte of pictures.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats.article_file import article, borne_out
from annotator.formats.format import ReadOptions
from annotator.formats.guards import read_bytes
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord

_SIZE = 256 * 1024 * 1024  # bytes, pictures included
_DEPTH = 1_000  # groups in each other
_TOKENS = 5_000_000  # control words and stretches of text: some ten thousand pages
_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})?[ ]?|((?:\\'[0-9A-Fa-f]{2})+)|\\([^A-Za-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\",
    re.DOTALL,
)
# Groups whose text is none of the body's; so is every group that begins with \* and is not known.
_APART = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable revtbl rsidtbl info pict object objdata "
    b"nonshppict themedata colorschememapping latentstyles datastore xmlnstbl generator header headerl headerr "
    b"headerf footer footerl footerr footerf footnote annotation atnid atnauthor atntime atnref fldinst "
    b"bkmkstart bkmkend filetbl template tc xe pntext pntxta pntxtb listtext mmathPr fchars lchars".split()
)
_KNOWN_APART = frozenset(b"shptxt shpinst shprslt title fldrslt".split())  # known although they begin with \*
_SIGNS = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"column": "\n", b"row": "\n", b"cell": "\t",
    b"nestcell": "\t", b"nestrow": "\n", b"tab": "\t", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": "\u2003", b"enspace": "\u2002",
    b"qmspace": "\u2005", b"zwj": "\u200d", b"zwnj": "\u200c", b"ltrmark": "\u200e", b"rtlmark": "\u200f",
}  # fmt: skip
_ESCAPED = {b"~": "\xa0", b"-": "\xad", b"_": "\u2011", b"\n": "\n", b"\r": "\n", b"\t": "\t"}
_PAGES = {b"ansi": "cp1252", b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 255: "cp850",
}  # fmt: skip
_NUMBERED = {10000: "mac_roman", 10007: "mac_cyrillic", 65001: "utf-8", 936: "gb18030"}


def detect(_path: Path, head: bytes, /) -> bool:
    """Whether a file begins as RTF does."""
    return head.startswith(b"{\\rtf")


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The article of one file."""
    data = read_bytes(path, _SIZE)
    if not data.startswith(b"{\\rtf"):
        raise AnnotatorError(f"Cannot read {path.name}: it is not RTF.")
    body = _Body(path.name)
    body.take(data)
    text = body.text()
    made = article(text, path, options, title=borne_out("".join(body.title), text))
    if body.notes:
        report.warn(made.where, f"footnotes and endnotes left out: {body.notes:,}")
    if body.replaced:
        report.warn(made.where, f"{body.replaced:,} bytes are no letters of its code page; they show as \ufffd")
    yield made


@dataclass(frozen=True)
class _State:
    """What holds within a group and ends with it."""

    apart: bool = False  # not text of the body
    title: bool = False
    hidden: bool = False  # hidden, or deleted while changes were tracked
    fonts: bool = False  # in the table of fonts
    font: int | None = None
    skip: int = 1  # characters that stand behind each \\u for programs that do not know it


@dataclass
class _Body:
    """Collects the text while the file is gone through."""

    name: str
    page: str = "cp1252"
    state: _State = field(default_factory=_State)
    title: list[str] = field(default_factory=list)
    notes: int = 0
    replaced: int = 0
    _out: list[str] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)  # not decoded yet: a letter may have two
    _stack: list[_State] = field(default_factory=list)
    _fonts: dict[int, str] = field(default_factory=dict)
    _to_skip: int = 0
    _starred: bool = False  # the group began with \\*

    def take(self, data: bytes) -> None:
        """Go through the file. Raises AnnotatorError for groups that lie too deep."""
        at = tokens = 0
        while at < len(data):
            tokens += 1
            if tokens > _TOKENS:
                raise AnnotatorError(f"Cannot read {self.name}: it has more than {_TOKENS:,} control words.")
            token = _TOKEN.match(data, at)
            if token is None:
                break
            at = token.end()
            word, number, byte, sign, brace, plain = token.groups()
            if word == b"bin" and number:
                at += max(0, int(number))
            elif word:
                self._word(word, int(number) if number else None)
            elif byte or plain:
                self._plain(bytes.fromhex(byte.replace(b"\\'", b"").decode()) if byte else plain)
            elif brace:
                self._brace(brace)
                if not self._stack:
                    break  # what follows the outermost group is no part of the document
            elif sign:
                self._sign(sign)
        self._decode()

    def text(self) -> str:
        """The text so far; halves of surrogate pairs, in which RTF writes what has a large number, become one."""
        whole = "".join(self._out).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return re.sub(r"\t\n", "\n", whole).rstrip("\n")

    def _brace(self, brace: bytes) -> None:
        self._decode()
        self._to_skip, self._starred = 0, False
        if brace == b"{":
            if len(self._stack) == _DEPTH:
                raise AnnotatorError(f"Cannot read {self.name}: groups lie more than {_DEPTH:,} deep in each other.")
            self._stack.append(self.state)
        elif self._stack:
            self.state = self._stack.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        if word == b"u" and number is not None:
            self._unicode(number)
            return
        self._decode()
        if self._to_skip:
            self._to_skip -= 1
            return
        starred, self._starred = self._starred, False
        if word in _SIGNS:
            self._put(_SIGNS[word])
        elif word in _APART or (starred and word not in _KNOWN_APART):
            self.notes += word == b"footnote" and not self.state.apart
            self.state = replace(self.state, apart=True, fonts=word == b"fonttbl")
        elif word == b"title" and self.state.apart:
            self.state = replace(self.state, title=True)
        elif word in (b"v", b"deleted"):
            self.state = replace(self.state, hidden=number != 0)
        elif word == b"plain":
            self.state = replace(self.state, hidden=False)
        elif word == b"uc" and number is not None:
            self.state = replace(self.state, skip=min(max(number, 0), 100))
        elif word == b"f" and number is not None:
            self.state = replace(self.state, font=number)
        else:
            self._code_page(word, number)

    def _code_page(self, word: bytes, number: int | None) -> None:
        """Words that say in which code page bytes are written."""
        if word in _PAGES:
            self.page = _PAGES[word]
        elif word == b"ansicpg" and number is not None:
            self.page = _codec(_NUMBERED.get(number, f"cp{number}")) or self.page
        elif word == b"fcharset" and self.state.fonts and self.state.font is not None and number in _CHARSETS:
            if number:
                self._fonts[self.state.font] = _CHARSETS[number]
        elif word == b"cpg" and self.state.fonts and self.state.font is not None and number is not None:
            self._fonts[self.state.font] = _codec(_NUMBERED.get(number, f"cp{number}")) or self.page

    def _unicode(self, number: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
            return
        self._decode()
        self._put(chr(number & 0xFFFF))
        self._to_skip = self.state.skip

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif self._to_skip:
            self._to_skip -= 1
        elif sign in b"\\{}":
            self._bytes += sign
        else:
            self._decode()
            self._put(_ESCAPED.get(sign, ""))

    def _plain(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        if not self._is_silent():
            self._bytes += data[skipped:]

    def _is_silent(self) -> bool:
        return self.state.hidden or (self.state.apart and not self.state.title)

    def _decode(self) -> None:
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        text = data.decode(self._fonts.get(self.state.font or 0, self.page), "replace")
        self.replaced += text.count("\ufffd")
        self._put(text)

    def _put(self, text: str) -> None:
        if not self._is_silent():
            (self.title if self.state.title else self._out).append(text)


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
