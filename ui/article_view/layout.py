"""Where the lines of the article stand: Qt breaks them, this moves them apart."""

import weakref
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLayout
from PySide6.QtWidgets import QPlainTextDocumentLayout

TOP = 20  # blank above the first line, so that the fade under the header never lies on it
BOTTOM = 40
_SECOND_BLANK = 2  # height of each blank line after the first: many make one paragraph gap
_LONG = 64  # lines; a paragraph of more is moved from the changed line on instead of being placed anew


class _Box(NamedTuple):
    """What a placed block must still look like to be taken from memory."""

    rect: QRectF
    lines: int
    last_y: float
    turned: bool = False  # its lines begin on the right


class ArticleLayout(QPlainTextDocumentLayout):
    """Plain text layout with room under each line for its lanes, and blank lines as paragraph gaps.

    `rooms` gives the room under each of some lines of a block, `lead` that above its first line. They are held weakly:
    a strong reference back to the view makes a cycle in which PySide frees the layout twice.
    """

    def __init__(
        self,
        document: QTextDocument,
        rooms: Callable[[QTextBlock, int, int], list[float]],
        lead: Callable[[QTextBlock], float],
    ) -> None:
        super().__init__(document)
        self._rooms = weakref.WeakMethod(rooms)
        self._lead = weakref.WeakMethod(lead)
        self._boxes: dict[int, _Box] = {}
        self.gap = 14.0

    def clear(self) -> None:
        """Everything has to be placed anew: another text, width, font or mode."""
        self._boxes.clear()

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        if not block.isValid():
            return QRectF()
        layout = block.layout()
        lines = layout.lineCount()
        if lines:
            box = self._boxes.get(block.blockNumber())
            # Qt breaks a lone changed block again without asking: then its lines are not where we put them.
            if box and box.lines == lines and abs(layout.lineAt(lines - 1).y() - box.last_y) < 0.01:
                if box.turned:
                    _begin_on_the_right(layout)
                return box.rect
        else:
            layout.setCacheEnabled(True)  # keeps the glyphs: else every look-up of a place shapes the block again
            super().blockBoundingRect(block)
        return self._place(block)

    def refresh(self, block: QTextBlock, start: int, end: int) -> bool:
        """Marks between two positions of the block have changed; returns whether its height is what it was."""
        layout = block.layout()
        box = self._boxes.get(block.blockNumber())
        if box is None:
            return False
        if box.lines <= _LONG or layout.lineCount() != box.lines:
            del self._boxes[block.blockNumber()]
            return bool(self.blockBoundingRect(block).height() == box.rect.height())
        first = layout.lineForTextPosition(max(0, start)).lineNumber()
        last = layout.lineForTextPosition(min(max(0, end - 1), block.length() - 1)).lineNumber()
        shift = 0.0
        for line, room in enumerate(self._rooms_of(block, first, last + 1), first):
            here = layout.lineAt(line)
            under = here.y() + here.height()
            if shift:
                here.setPosition(QPointF(here.x(), here.y() + shift))
            below = layout.lineAt(line + 1).y() if line + 1 < box.lines else box.rect.height() - self._foot(block)
            shift += room - (below - under)
        if not shift:
            return True
        for line in range(last + 1, box.lines):
            here = layout.lineAt(line)
            here.setPosition(QPointF(here.x(), here.y() + shift))
        rect = QRectF(0, 0, box.rect.width(), box.rect.height() + shift)
        self._boxes[block.blockNumber()] = box._replace(rect=rect, last_y=layout.lineAt(box.lines - 1).y())
        return False

    def _rooms_of(self, block: QTextBlock, first: int, last: int) -> list[float]:
        rooms = self._rooms()
        return rooms(block, first, last) if rooms else [0.0] * (last - first)

    def _foot(self, block: QTextBlock) -> float:
        return 0.0 if block.next().isValid() else float(BOTTOM)

    def _place(self, block: QTextBlock) -> QRectF:
        layout, number = block.layout(), block.blockNumber()
        lines, margin = layout.lineCount(), self.document().documentMargin()
        y = 0.0 if number else float(TOP)
        if number and not block.text().strip():
            if lines:
                layout.lineAt(0).setPosition(QPointF(margin, 0))
            gap = self.gap if block.previous().text().strip() else _SECOND_BLANK
            box = _Box(QRectF(0, 0, 2 * margin, gap + self._foot(block)), lines, 0.0)
            self._boxes[number] = box
            return box.rect
        turned = block.textDirection() == Qt.LayoutDirection.RightToLeft
        if turned:
            _begin_on_the_right(layout)
        lead = self._lead()
        y += lead(block) if lead else 0.0
        width = last_y = 0.0
        for at, room in enumerate(self._rooms_of(block, 0, lines)):
            line = layout.lineAt(at)
            line.setPosition(QPointF(margin, y))
            last_y = y
            y += line.height() + room
            width = max(width, line.width() if turned else line.naturalTextWidth())
        box = _Box(QRectF(0, 0, width + 2 * margin, y + self._foot(block)), lines, last_y, turned)
        self._boxes[number] = box
        return box.rect


def _begin_on_the_right(layout: QTextLayout) -> None:
    """Qt's layout of plain text has every paragraph begin on the left, whatever its direction."""
    option = layout.textOption()
    if not option.alignment() & Qt.AlignmentFlag.AlignRight:
        option.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.setTextOption(option)
