"""Drawn over the article for a moment: letters on the annotations one may link to, and the links of the current one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QMoveEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ..article_view.view import ArticleView
from ..theme import current, ui_font

BOX = 16.0


@dataclass(frozen=True)
class Hint:
    """A letter that takes an annotation; the first is filled, because Space or the same key takes it too."""

    key: int
    letter: str


class Overlay(QWidget):
    """Asks the article where marks stand each time it paints. Lets the mouse through while no letters wait."""

    clicked = Signal(list)  # keys of what lies under the pointer, the letter's annotation or the innermost first

    def __init__(self, article: ArticleView) -> None:
        super().__init__(article.viewport())
        self._article = article
        self._hints: tuple[Hint, ...] = ()
        self._links: tuple[tuple[int, int], ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        article.viewport().installEventFilter(self)
        article.verticalScrollBar().valueChanged.connect(self.update)
        self.hide()

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show letters; none takes them away."""
        self._hints = tuple(hints)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not hints)
        self.setCursor(Qt.CursorShape.PointingHandCursor if hints else Qt.CursorShape.ArrowCursor)
        self._follow()

    def show_links(self, links: Sequence[tuple[int, int]]) -> None:
        """Show links from annotation to annotation; none takes them away."""
        self._links = tuple(links)
        self._follow()

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The letters that are shown."""
        return self._hints

    def _follow(self) -> None:
        self.setGeometry(self._article.viewport().rect())
        self.setVisible(bool(self._hints or self._links))
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._article.viewport().rect())
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        on_letter = [hint.key for hint in self._hints if self._box(hint).contains(point)]
        self.clicked.emit(on_letter or [mark.key for mark in self._article.marks_under(point)])

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        if not event.pos().isNull():
            self.move(0, 0)  # scrolling moves whatever lies in the viewport along with the text

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for source, target in self._links:
            self._link(painter, source, target)
        painter.setFont(ui_font("tiny", QFont.Weight.Bold))
        for place, hint in enumerate(self._hints):
            self._hint(painter, hint, first=place == 0)

    def _hint(self, painter: QPainter, hint: Hint, *, first: bool) -> None:
        box = self._box(hint)
        if box.isEmpty():
            return
        theme = current()
        painter.setPen(QPen(QColor(theme.accent), 1.25))
        painter.setBrush(QColor(theme.accent if first else theme.page))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(theme.accent_ink if first else theme.accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, hint.letter.upper())

    def _box(self, hint: Hint) -> QRectF:
        """Where the letter stands; empty where its annotation does not."""
        rect = QRectF(self._article.rect_of(hint.key))
        return QRectF() if rect.isEmpty() else QRectF(max(0.0, rect.x() - BOX / 2), rect.y() - BOX / 2, BOX, BOX)

    def _link(self, painter: QPainter, source: int, target: int) -> None:
        """An elbow in the gap between two lines, so that it crosses no word of this line or the next."""
        start, end = QRectF(self._article.rect_of(source)), QRectF(self._article.rect_of(target))
        if start.isEmpty() or end.isEmpty():
            return
        accent = QColor(current().accent)
        above, beside = end.bottom() <= start.top(), end.top() < start.bottom()  # else below
        gap = start.top() - 3 if above else start.bottom() + 3
        x, tip = start.left() + 8, QPointF(end.center().x(), end.bottom() + 2 if above or beside else end.top())
        path = QPainterPath(QPointF(x, start.top() if above else start.bottom()))
        for point in (QPointF(x, gap), QPointF(tip.x(), gap), tip):
            path.lineTo(point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(tip, 3, 3)
