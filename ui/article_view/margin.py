"""The strip beside the column: brackets over the lines of each statement in sight, and its word at the first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from ..theme import colour
from .ink import Ink
from .marks import Mark, inner_first
from .scene import SeenLine

WIDTH = 96  # at normal text size
_NEAR = 10  # from the strip's inner edge to the first bracket: 14 from the letters
_STEP = 5  # from bracket to bracket
_COLUMNS = 5  # deeper ones share the last
_USUAL = 1  # words keep clear of two brackets, so that most of them stand in one column


@dataclass
class Bracket:
    """A statement's lines in sight; `column` counts from the text outwards."""

    mark: Mark
    top: float
    bottom: float
    opens: bool
    gaps: list[tuple[float, float]] = field(default_factory=list)  # lines between two pieces
    column: int = 0
    more: int = 0  # how many deeper statements share this bracket

    def meets(self, other: "Bracket") -> bool:
        """Whether the two stand beside one another."""
        return self.top < other.bottom - 1 and other.top < self.bottom - 1


@dataclass
class Word:
    """A statement's word, or how many more there are; `edge` is its distance from the column, `y` its top."""

    mark: Mark | None
    text: str
    edge: float
    y: float


@dataclass
class MarginPicture:
    """What one strip shows."""

    brackets: list[Bracket]
    words: list[Word]


def margin_picture(lines: Sequence[SeenLine], ink: Ink, *, rtl: bool) -> MarginPicture:
    """The brackets and words of the paragraphs whose lines start on this side."""
    brackets = _nested(_collect(lines, ink, rtl=rtl))
    return MarginPicture(brackets, _place_words(brackets, ink))


def with_proposals(picture: MarginPicture, lines: Sequence[SeenLine], ink: Ink, *, rtl: bool) -> MarginPicture:
    """The same with the words of the statements that are proposed, wherever those of the others leave room.

    One that finds none beside the lines in sight is left out.
    """
    step = ink.margin_step - 1
    busy = [word.y for word in picture.words]
    words = list(picture.words)
    lowest = lines[-1].foot if lines else 0.0
    free = float("-inf")  # under the word placed last: lines come from the top downwards
    for line in lines:
        if line.picture.rtl != rtl:
            continue
        for bar in line.picture.proposals:
            if not (bar.statement and bar.begins):
                continue
            y = max(line.top + 3, free)
            while close := [other for other in busy if abs(y - other) < step]:
                y = max(close) + step
            if y > lowest:
                break
            free = y + step
            place = Bracket(bar.mark, line.top + 2, line.foot - 1, opens=True)
            words.append(Word(bar.mark, ink.word(bar.mark), _edge(place, [place, *picture.brackets]), y))
    return MarginPicture(picture.brackets, words)


def _collect(lines: Sequence[SeenLine], ink: Ink, *, rtl: bool) -> list[Bracket]:
    found: dict[int, Bracket] = {}
    for line in lines:
        if line.picture.rtl != rtl:
            continue
        top, foot = line.top + 2, line.foot - 1
        for bar in line.picture.bars:
            if not bar.statement:
                continue
            known = found.get(bar.mark.key)
            if known:
                known.bottom = foot
            else:
                found[bar.mark.key] = Bracket(bar.mark, top, foot, bar.begins)
        for mark in line.picture.passing:
            if ink.statement(mark):
                known = found.setdefault(mark.key, Bracket(mark, top, foot, opens=False))
                known.gaps.append((line.top, foot + line.picture.room))
                known.bottom = foot
    return list(found.values())


def _nested(brackets: list[Bracket]) -> list[Bracket]:
    """Gives columns: the shortest statements next to the text."""
    shown: list[Bracket] = []
    for bracket in sorted(brackets, key=lambda bracket: inner_first(bracket.mark)):
        taken = {other.column for other in shown if other.meets(bracket)}
        bracket.column = next(column for column in range(len(shown) + 1) if column not in taken)
        if bracket.column >= _COLUMNS:
            last = next(other for other in shown if other.column == _COLUMNS - 1 and other.meets(bracket))
            last.more += 1
            bracket.column = _COLUMNS
        shown.append(bracket)
    return shown


def _place_words(brackets: list[Bracket], ink: Ink) -> list[Word]:
    words: list[Word] = []
    busy: list[float] = []
    step = ink.margin_step
    for bracket in sorted(brackets, key=lambda bracket: (bracket.top, bracket.mark.start, -bracket.mark.end)):
        if not bracket.opens:
            continue
        y = bracket.top + 1
        while any(abs(y - other) < step - 1 for other in busy):
            y += step - 1
        busy.append(y)
        words.append(Word(bracket.mark, ink.word(bracket.mark), _edge(bracket, brackets), y))
    for bracket in brackets:
        if bracket.more:
            y = bracket.bottom - step
            while y > bracket.top and any(abs(y - other) < step - 1 for other in busy):
                y -= 1
            busy.append(y)
            words.append(Word(None, f"+{bracket.more}", _edge(bracket, brackets), y))
    return words


def _edge(bracket: Bracket, brackets: list[Bracket]) -> float:
    """How far from the column a word stands: clear of all brackets beside its own."""
    deepest = max(other.column for other in brackets if _near(other, bracket))
    return _NEAR + _STEP * (max(_USUAL, min(deepest, _COLUMNS - 1)) + 1) + 2


def _near(other: Bracket, bracket: Bracket) -> bool:
    return other is bracket or other.meets(bracket)


class MarginStrip(QWidget):
    """Paints the margin on one side of the article. What the mouse does in it, the view decides."""

    pressed = Signal(QMouseEvent)
    moved = Signal(QMouseEvent)
    left = Signal()
    wheeled = Signal(QWheelEvent)
    menu_asked = Signal(QContextMenuEvent)

    def __init__(
        self, view: QWidget, picture: Callable[[], MarginPicture], ink: Callable[[], Ink], *, rtl: bool
    ) -> None:
        super().__init__(view)
        self._picture, self._ink, self._rtl = picture, ink, rtl
        self.current: int | None = None
        self.at_hand: int | None = None  # the proposal at hand
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def mark_at(self, point: QPointF) -> Mark | None:
        """The mark whose word or bracket lies at a point of the strip."""
        shown = self._picture()
        for word in shown.words:
            if word.mark and self._word_rect(word).adjusted(-3, -1, 3, 1).contains(point):
                return word.mark
        for bracket in shown.brackets:
            x = self._bracket_x(bracket)
            if abs(point.x() - x - 1) <= _STEP / 2 and bracket.top <= point.y() <= bracket.bottom:
                return bracket.mark
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.wheeled.emit(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.moved.emit(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        shown, ink = self._picture(), self._ink()
        painter = QPainter(self)
        try:
            painter.fillRect(event.rect(), colour(ink.theme.page))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for bracket in shown.brackets:
                self._paint_bracket(painter, ink, bracket)
            painter.setFont(ink.margin_font)
            for word in shown.words:
                self._paint_word(painter, ink, word)
        finally:
            painter.end()

    def _bracket_x(self, bracket: Bracket) -> float:
        away = _NEAR + min(bracket.column, _COLUMNS - 1) * _STEP
        return float(away - 2 if self._rtl else self.width() - away)

    def _word_rect(self, word: Word) -> QRectF:
        ink = self._ink()
        _, width = ink.fitted(word.text, self.width() - word.edge - 2)
        left = word.edge if self._rtl else self.width() - word.edge - width
        return QRectF(left, word.y, width, ink.margin_step + 1)

    def _paint_bracket(self, painter: QPainter, ink: Ink, bracket: Bracket) -> None:
        if bracket.column >= _COLUMNS:
            return
        x, mark = ink.snapped(self._bracket_x(bracket)), bracket.mark
        if mark.key == self.current:
            painter.fillRect(QRectF(x - 0.5, bracket.top, 3, bracket.bottom - bracket.top), ink.colour(mark.tag))
        elif mark.pending:
            self._dotted(painter, ink, mark, x + 1, bracket.top, bracket.bottom)
        else:
            tile = ink.tile(mark.tag, upright=True)
            top = bracket.top
            for low, high in [*bracket.gaps, (bracket.bottom, bracket.bottom)]:
                if low > top:
                    painter.drawTiledPixmap(QRectF(x, top, tile.deviceIndependentSize().width(), low - top), tile)
                self._dotted(painter, ink, mark, x + 1, low, high)
                top = high

    def _dotted(self, painter: QPainter, ink: Ink, mark: Mark, x: float, top: float, bottom: float) -> None:
        if bottom > top:
            pen = QPen(ink.colour(mark.tag), 1.2)
            pen.setDashPattern([1.2, 2.4])
            painter.setPen(pen)
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def _paint_word(self, painter: QPainter, ink: Ink, word: Word) -> None:
        box = self._word_rect(word)
        text, _ = ink.fitted(word.text, self.width() - word.edge - 2)
        if word.mark is None:
            painter.setPen(colour(ink.theme.ink3))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
            return
        if word.mark.key == self.current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink.colour(word.mark.tag))
            # The word moves outwards in its box: the box keeps clear of the brackets.
            full = box.adjusted(-1, 0, 9, 1) if self._rtl else box.adjusted(-9, 0, 1, 1)
            painter.drawRoundedRect(full, 4, 4)
            painter.setPen(colour(ink.theme.on_tag))
            painter.drawText(full, Qt.AlignmentFlag.AlignCenter, text)
            return
        around = box.adjusted(-4, 0, 4, 1)
        if word.mark.key == self.at_hand:
            painter.setPen(QPen(colour(ink.theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(around, 4, 4)
        elif word.mark.pending or word.mark.proposed:
            # On a whole pixel, with room for half of the line's width: between two it would be drawn anew.
            corner = QPointF(ink.snapped(around.left()) - 1, ink.snapped(around.top()) - 1)
            painter.drawPixmap(corner, ink.dashed_box(word.mark.tag, around.size()))
        painter.setPen(ink.colour(word.mark.tag))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
