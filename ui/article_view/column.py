"""The stored text in a column of reading width: line breaks, margins, scrolling."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollBar, QStyle, QWidget

from annotator.model.span import Span

from ..theme import LIGHT, Theme
from . import fade
from .fade import Fade
from .ink import NORMAL, Ink
from .layout import ArticleLayout
from .margin import WIDTH
from .marks import Mark, TagLook
from .offsets import OffsetMap
from .scene import Scene, SeenLine

_FAR_SIDE = 32  # margin on the side where no words stand
_EDGE = 4  # blank inside the column: room for a statement's opening bar
_SIXTEEN, _SEVENTEEN = 600, 648  # column at these text sizes; others in proportion
_LONGEST_LINE = 76  # characters
_SAMPLE = "an ordinary sentence of a newspaper, long enough to tell how wide its letters are"


class _Place(NamedTuple):
    """A character and how high in the viewport its line stands."""

    place: int
    y: float


class _Bar(QScrollBar):
    """A scroll bar that shows nothing while all text is in sight."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class ColumnText(QPlainTextEdit):
    """The text of one document in the middle of the view, with a scene of the lines in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._looks: tuple[TagLook, ...] = ()
        self._pixels = NORMAL
        self._labelled = False
        self._busy = True  # while a document is put in, nothing is asked of it
        self._sides = (True, False)  # whether paragraphs begin on the left, on the right
        self._offsets = OffsetMap("")
        self._ink = Ink(self._theme, (), self._pixels, labelled=False, ratio=self.devicePixelRatioF())
        self._scene = self._made_scene()
        self.setObjectName("article_view")
        self.setAccessibleName(self.tr("Article text"))
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, drawn when there is something to scroll: a bar that comes breaks all lines again, twice.
        self.setVerticalScrollBar(_Bar(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(_EDGE)
        self._layout = ArticleLayout(document, self._rooms, self._lead)
        self._layout.setParent(document)
        document.setDocumentLayout(self._layout)
        self.setDocument(document)
        self.setCursorWidth(max(2, self.style().pixelMetric(QStyle.PixelMetric.PM_TextCursorWidth)))
        self._fades = (Fade(self, downwards=True), Fade(self, downwards=False))
        self.verticalScrollBar().valueChanged.connect(self._show_fades)
        self.verticalScrollBar().rangeChanged.connect(self._show_fades)
        self._dress()
        self._busy = False

    def text(self) -> str:
        """The stored text, exactly as it was loaded."""
        return self._offsets.stored

    def caret(self) -> int:
        """Where the caret stands: before the character at this code point."""
        return self._offsets.to_place(self.textCursor().position())

    def _put_text(self, text: str) -> None:
        """Shows another document from its start; marks must be in place already."""
        self._busy = True
        self._offsets = OffsetMap(text)
        self._new_scene()
        self.setPlainText(self._offsets.display)
        self._busy = False
        self._layout.clear()
        self._sides = self._begin_sides()
        self._fit()
        self.verticalScrollBar().setValue(0)
        self._size_changed()

    def _begin_sides(self) -> tuple[bool, bool]:
        """Whether any paragraph begins on the left and whether any begins on the right."""
        if not self._offsets.right_to_left:
            return True, False
        left = right = False
        block = self.document().firstBlock()
        while block.isValid() and not (left and right):
            if block.text().strip():
                if block.textDirection() == Qt.LayoutDirection.RightToLeft:
                    right = True
                else:
                    left = True
            block = block.next()
        return left or not right, right

    def _dress(self) -> None:
        """Makes the ink anew and gives its colours and font to Qt."""
        self._ink = Ink(self._theme, self._looks, self._pixels, labelled=self._labelled, ratio=self.devicePixelRatioF())
        self._colour()
        for shade in self._fades:
            shade.set_theme(self._theme)
        self._layout.gap = round(self._pixels * 0.85)
        if self.document().defaultFont() != self._ink.font:
            self.document().setDefaultFont(self._ink.font)
        self._new_scene()
        self._layout.clear()
        self._repaint()

    def _colour(self) -> None:
        """Gives the theme's colours to Qt, if it has not got them."""
        palette, role = self.palette(), QPalette.ColorRole
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, role.Base, QColor(self._theme.page))
            palette.setColor(group, role.Text, QColor(self._theme.ink))
            palette.setColor(group, role.Highlight, QColor(self._theme.select))
            palette.setColor(group, role.HighlightedText, QColor(self._theme.ink))
        if palette != self.palette():
            self.setPalette(palette)

    def _new_scene(self) -> None:
        self._scene = self._made_scene()

    def _made_scene(self) -> Scene:
        return Scene(self._offsets, self._ink, self._marks_between, self._proposals_between)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Fonts and colours of a style sheet or the application are for the interface, never for the article. A style
        # sheet puts the palette of before back when it is polished anew.
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and not self._busy:
            self._colour()
        if event.type() == QEvent.Type.FontChange and self.document().defaultFont() != self._ink.font:
            self.document().setDefaultFont(self._ink.font)
            self._layout.clear()
            self._scene.clear()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()  # before Qt sizes the viewport: the lines are broken once, not twice
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self._dress()
        return super().event(event)

    def column_width(self) -> int:
        """How wide the text may be at this size."""
        width = {16: _SIXTEEN, 17: _SEVENTEEN}.get(self._pixels, 38 * self._pixels)
        letter = QFontMetricsF(self._ink.font).horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        return min(width, round(_LONGEST_LINE * letter))

    def _fit(self) -> None:
        """Centres the column: spare width goes to the margins, never to the line."""
        near = round(WIDTH * max(1.0, self._ink.scale))
        left, right = (near if side else _FAR_SIDE for side in self._sides)
        bar = self.verticalScrollBar().sizeHint().width()
        spare = self.width() - bar - left - right - self.column_width()
        left += max(0, spare) // 2
        right += max(0, spare) - max(0, spare) // 2
        margins = (left - _EDGE, 0, right - _EDGE, 0)
        now = self.viewportMargins()
        if (now.left(), now.top(), now.right(), now.bottom()) != margins:
            self.setViewportMargins(*margins)
            self._place_around()  # a column that only moves is not resized

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() == event.oldSize().width():
            super().resizeEvent(event)
        else:
            with self._kept_place():
                self._layout.clear()
                self._scene.clear()
                super().resizeEvent(event)
        self._place_around()

    def _place_around(self) -> None:
        """What stands around the column: fades and strips."""
        area = self.viewport().geometry()
        width = self.width() - self.verticalScrollBar().width()
        self._fades[0].setGeometry(0, area.top(), width, fade.HEIGHT)
        self._fades[1].setGeometry(0, area.bottom() + 1 - fade.HEIGHT, width, fade.HEIGHT)
        self._place_strips(area, width)

    def _place_strips(self, area: QRect, width: int) -> None:
        """For what stands beside the column."""

    def _show_fades(self) -> None:
        bar = self.verticalScrollBar()
        self._fades[0].setVisible(bar.value() > bar.minimum())
        self._fades[1].setVisible(bar.value() < bar.maximum())

    @contextmanager
    def _kept_place(self) -> Iterator[None]:
        """Keeps the caret's line, or else the first line in sight, at its height while lines are broken anew."""
        kept = None if self._busy else self._seen_place()
        yield
        if kept:
            self._scroll_to(kept)

    def _seen_place(self) -> _Place | None:
        if self.verticalScrollBar().value() == 0:
            return None
        caret = self.cursorRect()
        if self.hasFocus() and caret.top() >= 0 and caret.bottom() <= self.viewport().height():
            return _Place(self.caret(), caret.top())
        for line in self._seen():
            if line.top >= -1:
                return _Place(line.picture.start, line.top)
        return None

    def _scroll_to(self, wanted: _Place) -> None:
        """Scrolls so that a character's line stands at a height of the viewport, or near it: Qt scrolls by lines."""
        block = self.document().findBlock(self._offsets.to_qt(wanted.place))
        self._layout.blockBoundingRect(block)
        within = block.layout().lineForTextPosition(self._offsets.to_qt(wanted.place) - block.position())
        at = within.lineNumber() if within.isValid() else 0
        above = block.layout().lineAt(at).y() if block.layout().lineCount() else 0.0
        top = block
        height = above
        while height < wanted.y and top.previous().isValid():
            top = top.previous()
            height += self._layout.blockBoundingRect(top).height()
        layout, line = top.layout(), 0
        over = height - wanted.y  # how much of the top block has to lie above the viewport
        while line + 1 < layout.lineCount() and layout.lineAt(line + 1).y() - 1 <= over:
            line += 1
        # The nearer of two lines, or each change would push the text down a little further.
        here = layout.lineAt(line).y() if layout.lineCount() else 0.0
        more = line + 1 < layout.lineCount()
        following = layout.lineAt(line + 1).y() if more else self._layout.blockBoundingRect(top).height()
        line += abs(over - following) < abs(over - here)
        self.verticalScrollBar().setValue(top.firstLineNumber() + line)

    def first_line(self) -> tuple[int, float]:
        """The character at which the first whole line in sight begins, and how high in the viewport it stands."""
        line = next((line for line in self._seen() if line.top >= -1), None)
        return (line.picture.start, line.top) if line else (0, 0.0)

    def scroll_like(self, place: int, y: float) -> None:
        """Scrolls so that the line of a character stands as high as it does in another view of the same text."""
        self._scroll_to(_Place(place, y))

    def reveal(self, place: int) -> None:
        """Scrolls, if need be, until a character stands clear of the fades."""
        if self._busy or not self.viewport().height():
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._offsets.to_qt(min(max(place, 0), len(self.text()))))
        rect, height = self.cursorRect(cursor), self.viewport().height()
        clear = min(fade.HEIGHT + rect.height(), height // 4)
        bar = self.verticalScrollBar()
        if rect.top() < 0 or rect.bottom() > height:
            self._scroll_to(_Place(place, height / 3))
        elif rect.top() < clear and bar.value() > bar.minimum():
            self._scroll_to(_Place(place, clear + rect.height()))
        elif rect.bottom() > height - clear and bar.value() < bar.maximum():
            self._scroll_to(_Place(place, height - clear - 2 * rect.height()))

    def _blocks_in_sight(self, top: float, bottom: float) -> Iterator[tuple[QTextBlock, QPointF]]:
        block = self.firstVisibleBlock()
        origin = self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()
        while block.isValid() and origin.y() <= bottom:
            height = self._layout.blockBoundingRect(block).height()
            if origin.y() + height >= top:
                yield block, QPointF(origin)
            origin.setY(origin.y() + height)
            block = block.next()

    def _seen(self, area: QRect | None = None) -> list[SeenLine]:
        """The lines in sight, or those that an area of the viewport touches."""
        if self._busy:
            return []
        top, bottom = (area.top(), area.bottom() + 1) if area else (0, self.viewport().height())
        found: list[SeenLine] = []
        for block, origin in self._blocks_in_sight(top, bottom):
            found.extend(self._scene.lines(block, origin, top, bottom))
        return found

    def visible_span(self) -> Span:
        """From the first to the last character in sight."""
        lines = self._seen()
        return Span(lines[0].picture.start, lines[-1].picture.end) if lines else Span(0, 0)

    def _rooms(self, block: QTextBlock, first: int, last: int) -> list[float]:
        if self._busy:
            return [0.0] * (last - first)
        return self._scene.rooms(block, first, last)

    def _lead(self, block: QTextBlock) -> float:
        return 0.0 if self._busy else self._scene.lead(block)

    def _marks_between(self, _start: int, _end: int) -> list[Mark]:
        """For what is drawn around the text."""
        return []

    def _proposals_between(self, _start: int, _end: int) -> list[Mark]:
        """For what is drawn apart from it."""
        return []

    def _repaint(self) -> None:
        self.viewport().update()

    def _size_changed(self) -> None:
        """The height of lines may have changed: Qt sets its scroll bar again."""
        self._layout.documentSizeChanged.emit(self._layout.documentSize())
        self._repaint()
