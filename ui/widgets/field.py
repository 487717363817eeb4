"""A quiet field to filter a list as one types."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from ..icons import icon


class FilterField(QLineEdit):
    """A line edit with an icon in front and a button that empties it; Down and Enter ask for the list below."""

    list_wanted = Signal()

    def __init__(self, hint: str, icon_name: str = "funnel-simple", *, quiet: bool = True) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setProperty("quiet", "true" if quiet else "false")
        self.addAction(icon(icon_name, "ink3"), QLineEdit.ActionPosition.LeadingPosition)
        self._empty = QAction(icon("x", "ink3"), self.tr("Empty this field"), self)
        self._empty.triggered.connect(self.clear)
        self.textChanged.connect(self._offer_emptying)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()  # the first Esc empties, the next one leads back to the article
        elif event.key() == Qt.Key.Key_Down:
            self.list_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.returnPressed.emit()
            self.list_wanted.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(160, super().sizeHint().height())

    def _offer_emptying(self, text: str) -> None:
        shown = self._empty in self.actions()
        if text and not shown:
            self.addAction(self._empty, QLineEdit.ActionPosition.TrailingPosition)
            for inner in self.findChildren(QToolButton):
                inner.setAccessibleName(inner.accessibleName() or inner.text() or inner.toolTip())
        elif not text and shown:
            self.removeAction(self._empty)
