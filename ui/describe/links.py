"""The links of one annotation in the details: what kind, to whom; each leads there, and can be taken away."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ..widgets.buttons import Button, button, icon_button
from ..widgets.labels import elided, label, plain_caption, plain_tip

LABEL = 112


@dataclass(frozen=True)
class LinkRow:
    """One link as it is shown; `other` is the annotation at its other end."""

    key: int
    kind: str
    words: str
    other: int
    incoming: bool


class LinksList(QWidget):
    """A row for each link, and the way to add one."""

    go_requested = Signal(int)
    remove_requested = Signal(int)
    add_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Links"))
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Links"), "section"))
        head.addStretch(1)
        self._add = button(self.tr("Add"), "link", on_click=self.add_requested.emit)
        self._add.setAccessibleName(self.tr("Add a link"))
        head.addWidget(self._add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._rows)

    def show_links(self, rows: Sequence[LinkRow], *, can_add: bool) -> None:
        """Show these links."""
        while item := self._rows.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for row in rows:
            self._rows.addWidget(self._row(row))
        self._add.setVisible(can_add)
        self.setVisible(bool(rows) or can_add)

    def _row(self, row: LinkRow) -> QWidget:
        holder = QWidget()
        inner = QHBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        kind = elided(f"← {row.kind}" if row.incoming else row.kind, "meta")
        kind.setFixedWidth(LABEL)
        words = _Words(row.words)
        words.clicked.connect(lambda: self.go_requested.emit(row.other))
        words.setAccessibleName(f"{row.kind}: {row.words}")
        inner.addWidget(kind)
        inner.addWidget(words)
        inner.addStretch(1)
        if not row.incoming:
            name = self.tr("Remove the link to {words}").format(words=row.words)
            inner.addWidget(icon_button("x", name, lambda: self.remove_requested.emit(row.key)))
        return holder


class _Words(Button):
    """The words of the other end, cut with "…" where the panel is narrow; whole in the tool tip."""

    def __init__(self, words: str) -> None:
        super().__init__(words, "link")
        self._words = words
        self.setToolTip(plain_tip(words))

    def sizeHint(self) -> QSize:
        return QSize(self._frame() + self.fontMetrics().horizontalAdvance(self._words), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._frame() + self.fontMetrics().horizontalAdvance("……"), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self._frame()
        self.setText(plain_caption(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)))

    def _frame(self) -> int:
        """Pixels beside the text."""
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
