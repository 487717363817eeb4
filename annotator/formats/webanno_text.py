"""The text of a WebAnno TSV file, put together from its sentences, and where its words stand in it.

Offsets in the file are UTF-16 units. They are taken from the start of each sentence, and the words are compared: a
sentence whose words stand elsewhere has its words sought in order, and that is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.errors import AnnotatorError
from annotator.formats.decoding import LIMIT
from annotator.formats.utf16 import Utf16
from annotator.model.span import Span

_GAP = 100_000  # units between two sentences


@dataclass
class Unit:
    """A word, or a part of one, as a line of the file has it."""

    id: str  # "1-3", a part "1-3.1"
    start: int  # as the file counts
    end: int
    form: str
    cells: list[str]
    line: int
    place: Span | None = None  # in the text, in code points


@dataclass
class Sentence:
    """The lines of one sentence."""

    lines: list[str] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text; several lines were one sentence with line ends."""
        return "\n".join(self.lines)


class Text:
    """The text while its sentences come in."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0  # code points
        self._counted = 0  # where the file says that the last sentence ended

    def add(self, sentence: Sentence) -> bool:
        """Append a sentence and place its units; whether the file's offsets had to be put right.

        Raises AnnotatorError, with a phrase, when the text grows too large.
        """
        text = sentence.text
        units = Utf16(text)
        begin = sentence.units[0].start if sentence.units else self._counted + (1 if self._parts else 0)
        self._pad(begin - self._counted)
        self._counted = begin + units.units
        fits = _by_offsets(text, units, sentence.units, begin) or _by_code_points(text, sentence.units, begin)
        if not fits:
            _by_words(text, sentence.units)
        for each in sentence.units:
            if each.place is not None:
                each.place = Span(each.place.start + self._length, each.place.end + self._length)
        self._append(text)
        return not fits

    def _pad(self, gap: int) -> None:
        """What lies between two sentences is not in the file: a line end, then blanks, as many as the offsets say."""
        if gap > _GAP:
            raise AnnotatorError(f"{gap:,} characters lie between two sentences")
        if gap > 0:
            self._append("\n" + " " * (gap - 1) if self._parts else " " * gap)
        elif gap < 0 and self._parts:
            self._append("\n")

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        if self._length > LIMIT:
            raise AnnotatorError(f"the text is larger than {LIMIT // 1024 // 1024} MB")

    def whole(self) -> str:
        """The text so far."""
        return "".join(self._parts)


def _by_offsets(text: str, map_: Utf16, units: Sequence[Unit], begin: int) -> bool:
    for each in units:
        try:
            each.place = map_.span(each.start - begin, each.end - begin)
        except AnnotatorError:
            return False
        if text[each.place.start : each.place.end] != each.form:
            return False
    return True


def _by_code_points(text: str, units: Sequence[Unit], begin: int) -> bool:
    """Some programs count characters instead."""
    for each in units:
        each.place = Span(each.start - begin, each.end - begin)
        if each.place.start < 0 or text[each.place.start : each.place.end] != each.form:
            return False
    return True


def _by_words(text: str, units: Sequence[Unit]) -> None:
    """Each word where it stands next; a part within its word. What is not found has no place."""
    at, word = 0, Span(0, 0)
    for each in units:
        part = "." in each.id
        start = text.find(each.form, word.start if part else at, word.end if part else None) if each.form else -1
        each.place = None if start < 0 else Span(start, start + len(each.form))
        if each.place is not None and not part:
            word, at = each.place, each.place.end
