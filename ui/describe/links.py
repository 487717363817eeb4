"""The links of one annotation in the details: what kind, to whom; each leads there, is described, and taken away."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ..keys.layouts import KeyReader
from ..widgets.buttons import Button, button, icon_button
from ..widgets.clearing import clear
from ..widgets.labels import elided, label, plain_caption, plain_tip
from .link_form import LinkForm

NARROWEST, WIDEST = 56, 104  # of the column that names the kinds


@dataclass(frozen=True)
class LinkRow:
    """One link as it is shown; `other` is the annotation at its other end, `told` what is said of the link itself."""

    key: int
    kind: str
    words: str
    other: int
    incoming: bool
    told: str = ""


class LinksList(QWidget):
    """A row for each link, and the way to add one. On a link Enter goes there, E describes it, X takes it away."""

    go_requested = Signal(int)
    remove_requested = Signal(int)
    describe_requested = Signal(int, bool)  # the link, and whether its note is meant
    add_requested = Signal(QPoint)  # where a menu of kinds can stand, on the screen
    moved = Signal(QWidget, QRect)  # where the keyboard is in here, so that it can be scrolled into sight

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Links"))
        self._shown: tuple[LinkRow, ...] = ()
        self._links: dict[int, _Words] = {}
        self._kinds = NARROWEST
        self.form = LinkForm()
        self.form.moved.connect(self.moved)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Links"), "section"))
        head.addStretch(1)
        self._add = button(self.tr("Add"), "link", on_click=self._ask)
        self._add.setAccessibleName(self.tr("Add a link"))
        head.addWidget(self._add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._rows)
        column.addWidget(self.form)

    def show_links(self, rows: Sequence[LinkRow], *, can_add: bool) -> None:
        """Show these links; the keyboard stays on the one it was on, or comes to its neighbour."""
        self._add.setVisible(can_add)
        self.setVisible(bool(rows) or can_add)
        if self._shown == tuple(rows):
            return
        here = next((at for at, row in enumerate(self._shown) if self._has_focus(row.key)), None)
        self._shown, self._links = tuple(rows), {}
        self._rows.removeWidget(self.form)
        clear(self._rows)
        widest = max((self.fontMetrics().horizontalAdvance(_kind(row)) for row in rows), default=0)
        self._kinds = min(max(widest + 4, NARROWEST), WIDEST)
        for row in rows:
            self._rows.addWidget(self._row(row))
        if here is not None and rows:
            self._links[rows[min(here, len(rows) - 1)].key].setFocus(Qt.FocusReason.OtherFocusReason)

    def place_form(self, link: int) -> None:
        """Let the form stand under a link."""
        at = next((at for at, row in enumerate(self._shown) if row.key == link), None)
        if at is not None:
            self._rows.removeWidget(self.form)
            self._rows.insertWidget(at + 1, self.form)

    def begin(self) -> bool:
        """Put the keyboard onto the first link; False where there is none."""
        if self._shown:
            self._links[self._shown[0].key].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(self._shown)

    # ---- inside

    def _ask(self) -> None:
        self.add_requested.emit(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _has_focus(self, link: int) -> bool:
        return link in self._links and self._links[link].hasFocus()

    def _row(self, row: LinkRow) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inner = QHBoxLayout()
        inner.setSpacing(6)
        column.addLayout(inner)
        kind = elided(_kind(row), "meta")
        kind.setFixedWidth(self._kinds)
        words = _Words(row, self)
        self._links[row.key] = words
        inner.addWidget(kind)
        inner.addWidget(words, 1)
        if not row.incoming:
            describe = self.tr("Describe the link to {words}").format(words=row.words)
            inner.addWidget(icon_button("pencil-simple", describe, words.describe))
            name = self.tr("Remove the link to {words}").format(words=row.words)
            inner.addWidget(icon_button("x", name, words.remove))
        if row.told:
            told = elided(row.told, "meta")
            told.setContentsMargins(self._kinds + 12, 0, 0, 0)
            column.addWidget(told)
        return holder

    def walk(self, link: int, step: int) -> None:
        """Put the keyboard onto the link above or below."""
        keys = [row.key for row in self._shown]
        place = min(max(keys.index(link) + step, 0), len(keys) - 1)
        self._links[keys[place]].setFocus(Qt.FocusReason.OtherFocusReason)


def _kind(row: LinkRow) -> str:
    return f"← {row.kind}" if row.incoming else row.kind


class _Words(Button):
    """The words of the other end, with the keys of a link; cut with "…" in a narrow panel, whole in the tool tip."""

    def __init__(self, row: LinkRow, links: LinksList) -> None:
        super().__init__(row.words, "link")
        self._row, self._list, self._reader = row, links, KeyReader()
        self.setToolTip(plain_tip("\n".join(part for part in (row.words, row.told) if part)))
        self.setAccessibleName(", ".join(part for part in (f"{row.kind}: {row.words}", row.told) if part))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("text-align: left;")
        self.clicked.connect(self.go)

    def go(self) -> None:
        """Turn to the other end."""
        self._list.go_requested.emit(self._row.other)

    def remove(self) -> None:
        """Ask for the link to be taken away."""
        if not self._row.incoming:
            self._list.remove_requested.emit(self._row.key)

    def describe(self) -> None:
        """Ask for what can be said of the link."""
        if not self._row.incoming:
            self._list.describe_requested.emit(self._row.key, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        names = self._reader.names(event)
        if "x" in names or "Delete" in names:
            self.remove()
        elif "e" in names:
            self.describe()
        elif "m" in names and not self._row.incoming:
            self._list.describe_requested.emit(self._row.key, True)
        elif "Up" in names or "Down" in names:
            self._list.walk(self._row.key, 1 if "Down" in names else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._list.moved.emit(self, self.rect())

    def sizeHint(self) -> QSize:
        return QSize(self._frame() + self.fontMetrics().horizontalAdvance("……"), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self._frame()
        self.setText(plain_caption(self.fontMetrics().elidedText(self._row.words, Qt.TextElideMode.ElideRight, room)))

    def _frame(self) -> int:
        """Pixels beside the text."""
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
