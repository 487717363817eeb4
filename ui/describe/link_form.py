"""What is said of one link: the fields that the codebook gives its kind, and a note."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from annotator.model.field import Field

from .form import NEXT_KEYS, DescribeForm, Show


class LinkForm(QWidget):
    """Stands under the link at hand."""

    note_written = Signal(int, str)
    done = Signal()  # the person is through here
    moved = Signal(QWidget, QRect)  # where the keyboard is in here

    def __init__(self) -> None:
        super().__init__()
        self._link: int | None = None
        self.fields = DescribeForm()
        self.fields.setObjectName("link_form")
        self.fields.setAccessibleName(self.tr("What is said of this link"))
        self.fields.moved.connect(lambda place: self.moved.emit(self.fields, place))
        self._note = QLineEdit()
        self._note.setPlaceholderText(self.tr("Note on this link"))
        self._note.setAccessibleName(self.tr("Note on this link"))
        self._note.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addWidget(self.fields)
        column.addWidget(self._note)
        self.hide()

    @property
    def link(self) -> int | None:
        """The link that is shown."""
        return self._link

    def show_link(self, link: int | None, fields: Sequence[Field], show: Show, note: str) -> None:
        """Show a link; None hides everything."""
        self.keep()
        self._link = link
        self.setVisible(link is not None)
        self.fields.setVisible(bool(fields))
        self.fields.show_fields(fields, show)
        shown = " ".join(note.split())
        if not self._note.isModified() and self._note.text() != shown:
            self._note.setText(shown)

    def begin(self, *, note: bool = False) -> None:
        """Put the keyboard into the first field that waits, else the first; into the note where there is none."""
        if note or not self.fields.begin():
            self._note.setFocus(Qt.FocusReason.OtherFocusReason)
            self._note.selectAll()

    def keep(self) -> None:
        """Send out what was written into the note and not yet sent."""
        if self._link is not None and self._note.isModified():
            self._note.setModified(False)
            self.note_written.emit(self._link, self._note.text().strip())

    def _reveal_note(self) -> None:
        if self._note.hasFocus():
            self.moved.emit(self._note, self._note.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.keep()
        elif event.type() == QEvent.Type.FocusIn:
            QTimer.singleShot(0, self._reveal_note)  # when the form has found its place
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in NEXT_KEYS:
            self.keep()
            self.done.emit()
            return True
        return super().eventFilter(watched, event)
