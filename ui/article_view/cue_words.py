"""Cue words shown in the text: fine dots above them. Whatever belongs to a tag stands below, beside or behind."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock

from annotator.model.span import Span

FindWords = Callable[[str], Sequence[Span]]  # the cue words of one paragraph

_DOT, _STEP = 1.4, 3.4  # pixels: how wide a dot is, and how far they stand apart


class CueWords:
    """What is shown above the paragraphs in sight; each is looked through once."""

    def __init__(self) -> None:
        self._find: FindWords | None = None
        self._found: dict[int, Sequence[Span]] = {}  # number of a paragraph → places in it

    @property
    def on(self) -> bool:
        """Whether there is anything to show."""
        return self._find is not None

    def look_for(self, find: FindWords | None) -> None:
        """Show these from now on, or none."""
        self._find, self._found = find, {}

    def forget(self) -> None:
        """Another text is at hand."""
        self._found = {}

    def of(self, number: int, text: str, start: int, end: int) -> Sequence[Span]:
        """The places in a paragraph of a text."""
        if number not in self._found and self._find is not None:
            self._found[number] = self._find(text[start:end])
        return self._found.get(number, ())


def paint_above(
    painter: QPainter, block: QTextBlock, origin: QPointF, places: Sequence[tuple[int, int]], ink: QColor
) -> None:
    """Dots above stretches of a paragraph, given in Qt's units within it; `origin` is its upper left corner."""
    pen = QPen(ink, _DOT, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.01, _STEP / _DOT])
    painter.setPen(pen)
    for start, end in places:
        for rect in _stretches(block, start, end):
            y = origin.y() + rect.top() + 1.5
            painter.drawLine(QPointF(origin.x() + rect.left() + 1, y), QPointF(origin.x() + rect.right() - 1, y))


def _stretches(block: QTextBlock, start: int, end: int) -> Iterator[QRectF]:
    """Where a stretch stands in the paragraph, line by line."""
    layout = block.layout()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
        if first < last:
            edges = sorted((_x(line.cursorToX(first)), _x(line.cursorToX(last))))
            yield QRectF(edges[0], line.y(), edges[1] - edges[0], line.height())


def _x(found: object) -> float:
    """PySide gives the position back beside it."""
    return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]
