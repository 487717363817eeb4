"""All keys in columns by group, and which of them fit what somebody looks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QStyle, QVBoxLayout, QWidget

from ..theme import current, ui_font
from ..widgets.key_cap import key_words, keys_width, paint_keys
from ..widgets.labels import label, plain_tip
from ..widgets.surface import paint_row

_ROW_HEIGHT = 26
_KEY_GAP = 8  # between one way to press it and another
_COLUMN_WIDTH = 250  # with less than this for each, there are fewer columns


@dataclass(frozen=True)
class KeyRow:
    """One action as the key sheet shows it."""

    action: str
    group: str
    text: str
    keys: tuple[str, ...]
    changeable: bool = True


def matching(rows: Sequence[KeyRow], wanted: str) -> list[KeyRow]:
    """The rows that fit words or a key; a key that is somebody's comes before words that hold the same letters."""
    wanted = wanted.strip().casefold()
    if not wanted:
        return list(rows)
    by_key = [row for row in rows if any(_is_key(key, wanted) for key in row.keys)]
    if by_key:
        return by_key
    words = wanted.split()
    return [row for row in rows if all(word in f"{row.group} {row.text} {_spoken(row)}".casefold() for word in words)]


def _is_key(key: str, wanted: str) -> bool:
    if wanted in (key.casefold(), "+".join(key_words(key)).casefold()):
        return True
    caps = [word.casefold() for word in key_words(key)]
    if len(caps) < 3 or caps[-2] not in ("–", "…"):
        return False
    *modifiers, first, _, last = caps
    *pressed, digit = wanted.split("+")
    return modifiers == pressed and len(digit) == 1 and first <= digit <= last


def _spoken(row: KeyRow) -> str:
    return ", ".join(" ".join(key_words(key)) for key in row.keys)


class KeyRowButton(QAbstractButton):
    """One row; a button only while keys are being changed."""

    def __init__(self, row: KeyRow) -> None:
        super().__init__()
        self.row = row
        self.setFixedHeight(_ROW_HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_row(row)
        self.set_changing(False)

    def show_row(self, row: KeyRow) -> None:
        """Show the row with other keys."""
        self.row = row
        name = f"{row.text}: {_spoken(row) or self.tr('no key')}"
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.update()

    def set_changing(self, changing: bool) -> None:
        """Become a button that asks for a new key, or a line to read."""
        self._changing = changing and self.row.changeable
        self._fixed = changing and not self.row.changeable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._changing else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._changing else Qt.CursorShape.ArrowCursor)
        self.setEnabled(not self._fixed)
        self.update()

    def hitButton(self, _: object) -> bool:
        return self._changing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(_COLUMN_WIDTH, _ROW_HEIGHT)

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        whole = QRectF(self.rect())
        if self._changing:
            paint_row(painter, whole, theme, current=False, hover=self.underMouse(), focus=self.hasFocus())
        room = whole.adjusted(6, 0, -6, 0) if self._changing else whole
        keys_room = self._paint_keys(painter, room)
        font = ui_font()
        painter.setFont(font)
        painter.setPen(QColor(theme.ink3 if self._fixed else theme.ink))
        width = room.width() - keys_room - 8
        shown = QFontMetricsF(font).elidedText(self.row.text, Qt.TextElideMode.ElideRight, width)
        words = self._visual(QRectF(room.left(), room.top(), width, room.height()))
        start = self.style().visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        painter.drawText(words, int(start | Qt.AlignmentFlag.AlignVCenter), shown)

    def _paint_keys(self, painter: QPainter, room: QRectF) -> float:
        """Draw the keys at the end of the row, as many ways as fit in two thirds of it; returns their width."""
        widths: list[float] = []
        for width in map(keys_width, self.row.keys):
            if widths and sum(widths) + width + _KEY_GAP * len(widths) > room.width() * 0.62:
                break
            widths.append(width)
        used = sum(widths) + _KEY_GAP * (len(widths) - 1) if widths else 0.0
        x = float(int(room.right() - used))
        for key, width in zip(self.row.keys, widths, strict=False):  # what has no room stands in the tool tip
            paint_keys(painter, self._visual(QRectF(x, room.top(), width, room.height())), key, current())
            x += width + _KEY_GAP
        return used

    def _visual(self, rect: QRectF) -> QRectF:
        return QRectF(QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(rect.toRect())))


class _Group(QWidget):
    def __init__(self, parent: QWidget, name: str, rows: Iterable[KeyRowButton]) -> None:
        super().__init__(parent)  # without a parent, showing it would open a window
        self.rows = list(rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 18)
        column.setSpacing(0)
        column.addWidget(label(name, "section"))
        column.addSpacing(4)
        for row in self.rows:
            column.addWidget(row)

    def show_only(self, actions: set[str]) -> int:
        """Hide the other rows; returns how many lines remain, the heading counted."""
        for row in self.rows:
            row.setVisible(row.row.action in actions)
        shown = sum(row.row.action in actions for row in self.rows)
        self.setVisible(shown > 0)
        return shown + 2 if shown else 0


class KeyColumns(QWidget):
    """The groups in up to three columns of about the same height."""

    picked = Signal(str)  # the action of a row that was pressed while keys are being changed

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[KeyRow, ...] = ()
        self._groups: list[_Group] = []
        self._wanted = ""
        self._changing = False
        self._count = 3  # columns; fewer once it is known to be narrow
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 4, 0)
        self._across.setSpacing(40)
        self._columns = [QVBoxLayout() for _ in range(3)]
        for column in self._columns:
            column.setSpacing(0)
            self._across.addLayout(column, 1)

    def set_rows(self, rows: Sequence[KeyRow]) -> None:
        """Show these rows, groups in the order of their first row."""
        if [(row.action, row.group) for row in rows] == [(row.action, row.group) for row in self._rows]:
            known = {row.action: row for row in rows}  # keys changed, nothing else: the focus stays where it is
            for button in self._buttons():
                button.show_row(known[button.row.action])
        else:
            self._build(rows)
        self._rows = tuple(rows)
        self.show_matching(self._wanted)

    def show_matching(self, wanted: str) -> int:
        """Show the rows that fit; returns how many."""
        self._wanted = wanted
        found = {row.action for row in matching(self._rows, wanted)}
        self._arrange([group.show_only(found) for group in self._groups])
        return len(found)

    def set_changing(self, changing: bool) -> None:
        """Let rows be pressed to change their key."""
        self._changing = changing
        for button in self._buttons():
            button.set_changing(changing)

    def press_first(self) -> None:
        """Ask for a new key of the first action that is shown."""
        found = next((each for each in self._buttons() if each.isVisible() and each.row.changeable), None)
        if found is not None:
            found.click()

    def focus_action(self, action: str) -> None:
        """Put the focus on a row."""
        for button in self._buttons():
            if button.row.action == action and button.isVisible():
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        count = max(1, min(3, event.size().width() // _COLUMN_WIDTH))
        if count != self._count:
            self._count = count
            self.show_matching(self._wanted)

    def _build(self, rows: Sequence[KeyRow]) -> None:
        for group in self._groups:
            group.deleteLater()
        by_group: dict[str, list[KeyRowButton]] = {}
        for row in rows:
            made = KeyRowButton(row)
            made.set_changing(self._changing)
            made.clicked.connect(lambda _=False, action=row.action: self.picked.emit(action))
            by_group.setdefault(row.group, []).append(made)
        self._groups = [_Group(self, name, buttons) for name, buttons in by_group.items()]

    def _buttons(self) -> list[KeyRowButton]:
        return [row for group in self._groups for row in group.rows]

    def _arrange(self, lines: list[int]) -> None:
        """Give each group in turn to the column that is shortest so far."""
        count = self._count
        heights = [0] * count
        for column in self._columns:
            while column.takeAt(0):
                pass
        for group, height in zip(self._groups, lines, strict=True):
            if height:
                shortest = heights.index(min(heights))
                self._columns[shortest].addWidget(group)
                heights[shortest] += height
        for place, column in enumerate(self._columns):
            column.addStretch(1)
            self._across.setStretch(place, 1 if place < count else 0)
        self._across.setSpacing(40 if count > 1 else 0)
