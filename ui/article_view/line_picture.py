"""One line of the article as it will be drawn: where its marks lie, in the coordinates of its block."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtGui import QTextLine

from .ink import Ink
from .lanes import Plan
from .marks import Mark, inner_first
from .offsets import OffsetMap

Run = tuple[float, float]  # from left to right

_HAIR = 2.5  # pixels: the extra word spacing belongs to no glyph


@dataclass(slots=True)
class Stroke:
    """A piece of a mark on one line; bidirectional text may tear it into several runs."""

    runs: list[Run]
    opens: bool  # the piece begins on this line
    closes: bool

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.runs[0][0]

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.runs[-1][1]


@dataclass(slots=True)
class Bar:
    """A mark on one line; `lane` is None for a statement that needs none."""

    mark: Mark
    strokes: list[Stroke]
    lane: int | None
    statement: bool
    begins: bool  # its first piece begins on this line
    follows: bool  # its first piece here is not its first: that lies before this line
    goes_on: bool  # its last piece here is not its last: that lies after this line


@dataclass(slots=True)
class RowWord:
    """A word of the row under a line (labelled mode)."""

    mark: Mark
    text: str
    left: float
    width: float


@dataclass(slots=True)
class LinePicture:
    """A line: its place in the block, the text on it without the last blank, and all that is drawn around it."""

    y: float
    height: float
    room: float
    start: int
    end: int
    rtl: bool
    left: float
    right: float
    depth: int = 0  # how many lanes stand under it
    bars: list[Bar] = field(default_factory=list)
    passing: list[Mark] = field(default_factory=list)  # marks whose gap between two pieces spans the line
    words: list[RowWord] = field(default_factory=list)
    washes: list[tuple[list[Run], list[Mark]]] = field(default_factory=list)  # statements there, innermost first
    proposals: list[Bar] = field(default_factory=list)  # outer before inner; none has a lane


def _x(line: QTextLine, at: int) -> float:
    # PySide gives the x and the place it belongs to; its type hints say "object".
    x: float = line.cursorToX(at)[0]  # type: ignore[index]
    return x


class LineMeasure:
    """Turns places of the stored text into x on one line."""

    def __init__(self, line: QTextLine, position: int, offsets: OffsetMap, *, mixed: bool) -> None:
        self._line, self._position, self._offsets, self._mixed = line, position, offsets, mixed

    def x(self, place: int) -> float:
        """Where the caret stands before the character at `place`."""
        return _x(self._line, self._offsets.to_qt(place) - self._position)

    def runs(self, start: int, end: int) -> list[Run]:
        """The stretches of the line on which [start, end) stands, from left to right.

        Where directions meet, a caret has two places, so text with right-to-left letters asks the glyphs.
        """
        if not self._mixed:
            return [(self.x(start), self.x(end))]
        first = self._offsets.to_qt(start) - self._position
        length = self._offsets.to_qt(end) - self._position - first
        found: list[Run] = []
        for run in self._line.glyphRuns(first, length):
            places = run.positions()
            if not places:
                continue
            advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
            found.append(
                (
                    min(place.x() for place in places),
                    max(place.x() + advance.x() for place, advance in zip(places, advances, strict=True)),
                )
            )
        joined: list[Run] = []
        for left, right in sorted(found):
            if joined and left - joined[-1][1] < _HAIR:
                joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
            else:
                joined.append((left, right))
        return joined or [(self.x(start), self.x(end))]


def line_picture(
    line: QTextLine,
    start: int,
    end: int,
    marks: list[Mark],
    plan: Plan,
    ink: Ink,
    measure: LineMeasure,
    *,
    text: str,
    rtl: bool,
) -> LinePicture:
    """Measures everything on the line [start, end) of the stored text; `marks` are those that reach over it."""
    shown = start + len(text[start:end].rstrip())
    left = line.x()
    picture = LinePicture(line.y(), line.height(), plan.room, start, shown, rtl, left, left + line.width())
    picture.depth = max(plan.lanes.values(), default=-1) + 1
    here = {mark.key for mark in plan.marks}
    picture.passing = [mark for mark in marks if mark.key not in here and mark.start < start and mark.end > end]
    picture.bars = list(_bars(picture, start, end, plan.marks, plan.lanes, ink, measure))
    _set_washes(picture, measure)
    if ink.labelled:
        _set_words(picture, ink)
    return picture


def add_proposals(
    picture: LinePicture, start: int, end: int, proposed: list[Mark], ink: Ink, measure: LineMeasure
) -> None:
    """Adds what is proposed on the line [start, end); nothing else on it changes its place."""
    picture.proposals = list(_bars(picture, start, end, proposed, {}, ink, measure))


def _bars(
    picture: LinePicture,
    start: int,
    end: int,
    marks: list[Mark],
    lanes: Mapping[int, int],
    ink: Ink,
    measure: LineMeasure,
) -> Iterator[Bar]:
    """The marks on the line [start, end), each with its pieces there."""
    shown = picture.end
    for mark in marks:
        strokes = [
            Stroke(
                measure.runs(max(piece.start, start), min(piece.end, shown)),
                opens=piece.start >= start,
                closes=piece.end <= end,
            )
            for piece in mark.spans
            if piece.start < shown and piece.end > start
        ]
        if strokes:
            yield Bar(
                mark,
                strokes,
                lanes.get(mark.key),
                ink.statement(mark),
                begins=mark.start >= start,
                follows=strokes[0].opens and mark.start < start,
                goes_on=strokes[-1].closes and mark.end > end,
            )


def _set_washes(picture: LinePicture, measure: LineMeasure) -> None:
    """Cuts the line where statements begin and end: each stretch gets one wash, so that colours never mix."""
    said = [bar.mark for bar in picture.bars if bar.statement and not bar.mark.pending]
    picture.washes = stretches(said, picture.start, picture.end, measure)


def stretches(marks: list[Mark], start: int, end: int, measure: LineMeasure) -> list[tuple[list[Run], list[Mark]]]:
    """The stretches of a line on which the same marks lie, with those marks, innermost first."""
    cuts = sorted(
        {min(max(edge, start), end) for mark in marks for piece in mark.spans for edge in piece} if marks else ()
    )
    ordered = sorted(marks, key=inner_first)
    found = []
    for left, right in pairwise(cuts):
        inner = [mark for mark in ordered if mark.covers(left)]
        if inner:
            found.append(([list(run) for run in measure.runs(left, right)], inner))
    _close_gaps([run for runs, _ in found for run in runs])
    return [([(run[0], run[1]) for run in runs], inner) for runs, inner in found]


def _close_gaps(runs: list[list[float]]) -> None:
    """Lets stretches meet where only a hair of white would stand between them."""
    for one in runs:
        for other in runs:
            if 0 < other[0] - one[1] < _HAIR:
                one[1] = other[0]


def _set_words(picture: LinePicture, ink: Ink) -> None:
    """Packs the words of the mentions that begin here into one row, each as near to its mention as it can be."""
    begun = [bar for bar in picture.bars if not bar.statement and bar.begins]
    words = []
    for bar in begun:
        text = ink.word(bar.mark)
        width = ink.row_metrics.horizontalAdvance(text) + 1
        edge = bar.strokes[0].right - width if picture.rtl else bar.strokes[0].left
        words.append(RowWord(bar.mark, text, edge, width))
    if not words:
        return
    gap = 6.0
    words.sort(key=lambda word: word.left)
    at = picture.left
    for word in words:
        word.left = max(word.left, at)
        at = word.left + word.width + gap
    limit = picture.right
    for word in reversed(words):
        word.left = min(word.left, limit - word.width)
        limit = word.left - gap
    # More words than the line has room for: those pushed over its start are left to the hover card.
    picture.words = [word for word in words if word.left >= picture.left - 0.5]
