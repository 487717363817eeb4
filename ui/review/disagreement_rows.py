"""The list of disagreements: a row is a place, with its sign, its words, how it differs and how it stands."""

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from annotator.model.codebook import Codebook
from annotator.operations.reviewing import Case
from annotator.review.decisions import FOR_MEETING

from ..icons import paint_icon
from ..models.counted import CountedModel, Index
from ..panels.rows import TWO_LINES, Rows, paint_line
from ..theme import current, ui_font
from ..widgets.labels import plain_tip
from ..widgets.swatch import paint_pattern
from .look import kind_of, kind_word, settled, short, state_word
from .names import Names
from .session import ReviewSession

_PATTERN, _ARROW = 16, 14


class DisagreementModel(CountedModel):
    """Shows the rows of the session."""

    def __init__(self, session: ReviewSession, names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self._names = session, names
        session.rows_reset.connect(lambda: self.set_count(len(session.rows)))
        session.rows_added.connect(self._added)
        session.rows_changed.connect(self._changed)

    def case(self, row: int) -> Case | None:
        """The place in a row."""
        return self.session.rows[row] if 0 <= row < len(self.session.rows) else None

    def kind_word(self, case: Case) -> str:
        """How the readings differ there."""
        return kind_word(case, short(self._names.of_case(case)))

    def told(self, case: Case) -> str:
        """The second line of a row."""
        return " · ".join(part for part in (self.kind_word(case), state_word(case)) if part)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        case = self.case(index.row()) if index.isValid() else None
        if case is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return words_of(case)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{words_of(case)}\n{self.told(case)}")
        return f"{self.told(case)}: {words_of(case)}" if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _added(self, first: int, count: int) -> None:
        self.insertRows(first, count)

    def _changed(self, first: int, old: int, new: int) -> None:
        if new > old:
            self.insertRows(first + old, new - old)
        elif old > new:
            self.removeRows(first + new, old - new)
        if new:
            self.dataChanged.emit(self.index(first), self.index(first + new - 1))


def words_of(case: Case) -> str:
    """The words of the article that a place is about."""
    longest = max(case.place.marks, key=lambda mark: len(mark.quote))
    pieces, at = [], 0
    for start, end in longest.spans:
        pieces.append(" ".join(longest.quote[at : at + end - start].split()))
        at += end - start
    return " … ".join(pieces)


class DisagreementRows(Rows):
    """Sign and words; under them the kind and the state, and the lines of the tags."""

    height = TWO_LINES

    def __init__(self, model: DisagreementModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.codebook: Codebook | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        case = self._model.case(index.row())
        if case is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, theme = self.ground(painter, option), current()
        rect, quiet = QRectF(option.rect), settled(case)
        self._sign(painter, QRectF(rect.left() + 8, rect.center().y() - 9, 18, 18), case)
        left, right = rect.left() + 34, rect.right() - 10
        weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Normal
        ink = theme.ink3 if quiet and not chosen else theme.ink
        paint_line(
            painter, QRectF(left, rect.top() + 4, right - left, 18), words_of(case), ui_font("body", weight), ink
        )
        room = self._patterns(painter, right, rect.top() + 31, case)
        under = QRectF(left, rect.top() + 22, right - left - room, 18)
        paint_line(painter, under, self._model.told(case), ui_font("small"), theme.ink3)
        painter.restore()

    def _sign(self, painter: QPainter, box: QRectF, case: Case) -> None:
        theme = current()
        if case.state == FOR_MEETING:
            paint_icon(painter, box.adjusted(1, 1, -1, -1), "chats-circle", QColor(theme.ink2))
        elif settled(case):
            paint_icon(painter, box.adjusted(1, 1, -1, -1), "check", QColor(theme.ink3))
        else:
            painter.setFont(ui_font("head"))
            painter.setPen(QColor(theme.ink2))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, kind_of(case).sign)

    def _patterns(self, painter: QPainter, right: float, middle: float, case: Case) -> float:
        """The lines of the tags that stand there, in the order of the readings; returns the room they take."""
        theme = current()
        marks = [case.place.of_reading(number) for number in range(len(case.readers))]
        tags = list(dict.fromkeys(mark.tag for each in marks for mark in each))[:3]
        x = right - len(tags) * _PATTERN - (len(tags) - 1) * _ARROW
        room = right - x + 6
        for nth, tag_id in enumerate(tags):
            if nth:
                painter.setFont(ui_font("tiny"))
                painter.setPen(QColor(theme.ink3))
                arrow = "·"
                wide = QFontMetricsF(painter.font()).horizontalAdvance(arrow)
                painter.drawText(QRectF(x - _ARROW / 2 - wide / 2, middle - 8, wide + 2, 16), arrow)
            tag = self.codebook.tag(tag_id) if self.codebook else None
            fill = (tag.dark if theme.dark else tag.light) if tag else theme.ink3
            painter.setOpacity(0.6 if settled(case) else 1.0)
            paint_pattern(painter, QRectF(x, middle - 2, _PATTERN, 4), tag.bar if tag else "solid", QColor(fill))
            painter.setOpacity(1.0)
            x += _PATTERN + _ARROW
        return room
