"""The text of a piece of HTML, with places that a program counts in UTF-8 bytes of the words between its tags.

Blanks run together as a browser shows them, and blocks stand on lines of their own: the text differs from the words
between the tags, so each run of words knows where it stands in both.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from html.parser import HTMLParser

from annotator.errors import AnnotatorError
from annotator.model.span import Span

_RUN = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f]+")
_LINE = re.compile(r"\r\n?|[^\r]+")  # where blanks count
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "tfoot", "thead", "tr", "ul"),
    }
)
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})


@dataclass(frozen=True)
class _Run:
    """Words that stand in the text as they do between the tags, but for a newline."""

    words: str  # as they stand between the tags
    start: int  # in bytes, between the tags
    end: int
    place: int  # in the text, in code points
    length: int  # there

    def inside(self, offset: int) -> int:
        """The place in the text of a byte within the run. Raises AnnotatorError if it cuts a character."""
        try:
            return self.place + len(self.words.encode()[: offset - self.start].decode())
        except UnicodeDecodeError:
            raise AnnotatorError(f"the place {offset} cuts a character in two") from None


class HtmlText:
    """The text of a piece of HTML. Raises AnnotatorError, with a phrase, for what the parser gives up on."""

    def __init__(self, html: str) -> None:
        parser = _Parser()
        try:
            parser.feed(html)
            parser.close()
        except AssertionError as fault:  # what the standard library's parser raises for odd declarations
            raise AnnotatorError("its HTML cannot be read") from fault
        self.text = "".join(parser.written)
        self._bytes = parser.bytes
        self._runs = parser.runs
        self._starts = [run.start for run in self._runs]
        self._ends = [run.end for run in self._runs]

    def span(self, start: int, end: int) -> Span:
        """The stretch of text from byte `start` to byte `end`, without blanks at its edges that no page shows.

        Raises AnnotatorError, with a phrase, if it lies outside of the words, cuts a character, or covers none.
        """
        if not 0 <= start < end <= self._bytes:
            raise AnnotatorError(f"the span {start}–{end} does not lie in the text of {self._bytes} bytes")
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end) - 1
        if first > last:
            raise AnnotatorError(f"the span {start}–{end} covers blanks alone")
        begins, leads = self._runs[first], self._runs[last]
        return Span(
            begins.place if start <= begins.start else begins.inside(start),
            leads.place + leads.length if end >= leads.end else leads.inside(end),
        )


class _Parser(HTMLParser):
    """Writes the text while it reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self.runs: list[_Run] = []
        self.bytes = 0  # of all words between tags, so far
        self._length = 0  # of what is written
        self._gap = ""  # what stands before the next words
        self._kept = self._unseen = 0  # elements around that keep blanks, or show nothing

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self._edge(tag)
        self._kept += tag == "pre"
        self._unseen += tag in _UNSEEN
        if tag == "br" and self.written:
            self._gap = "\n" + (self._gap if "\n" in self._gap else "")

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._edge(tag)
        self._kept -= tag == "pre" and self._kept > 0
        self._unseen -= tag in _UNSEEN and self._unseen > 0

    def _edge(self, tag: str) -> None:
        if tag in _BLOCKS and self.written:
            self._gap = self._gap if "\n" in self._gap else "\n"
        elif tag in _CELLS and self.written:
            self._gap = self._gap or " "

    def handle_data(self, data: str) -> None:
        for found in (_LINE if self._kept else _RUN).finditer(data):
            words = found[0]
            size = len(words) if words.isascii() else len(words.encode())
            if not self._unseen and (self._kept or words[0] not in " \t\n\r\f"):
                self._write(words, size)
            elif self.written and not self._unseen:
                self._gap = self._gap or " "
            self.bytes += size

    def _write(self, words: str, size: int) -> None:
        shown = "\n" if words[0] == "\r" else words
        place = self._length + len(self._gap)
        self.runs.append(_Run(words, self.bytes, self.bytes + size, place, len(shown)))
        self.written += [self._gap, shown] if self._gap else [shown]
        self._length = place + len(shown)
        self._gap = ""
