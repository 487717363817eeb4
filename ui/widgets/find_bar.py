"""Find in the article: as one types, without regard to case or accents, in code points of the stored text."""

from bisect import bisect_left, bisect_right

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from annotator.model.folding import Folded
from annotator.model.span import Span
from annotator.operations.words import counted

from ..icons import icon
from .announce import announce
from .buttons import icon_button
from .labels import label, set_role
from .surface import surface

_FIELD_WIDTH = 320


class FindBar(QWidget):
    """Looks through one text. `found` carries the place to go to, `hits_changed` all places, for the view to mark."""

    found = Signal(object)  # Span
    hits_changed = Signal(object)  # list[Span] in text order; empty when there is nothing to mark
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_bar")
        self.setAccessibleName(self.tr("Find in the article"))
        surface(self, "side")
        self._text = ""
        self._folded: Folded | None = None
        self._hits: list[Span] = []
        self._at: int | None = None
        self._origin = 0  # where the search began: typing on looks from there, not from the last hit
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("Find in this article"))
        self._field.setAccessibleName(self.tr("Find in this article"))
        self._field.addAction(icon("magnifying-glass", "ink3"), QLineEdit.ActionPosition.LeadingPosition)
        self._field.setMinimumWidth(100)
        self._field.setMaximumWidth(_FIELD_WIDTH)
        self._count = label("", "meta")
        self._back = icon_button("caret-up", self.tr("Previous place (Shift+F3)"), self.previous)
        self._on = icon_button("caret-down", self.tr("Next place (F3)"), self.next)
        self._close = icon_button("x", self.tr("Close (Esc)"), self.dismiss)
        self._build()
        self._field.textChanged.connect(self._look)
        self.hide()

    # ---- what the window uses

    def present(self, origin: int = 0, words: str = "") -> None:
        """Show the bar with the keyboard in it; look on from a code point, for the selected words if there are any."""
        self._origin = origin
        self.show()
        line = words.strip().split("\n", 1)[0][:200]
        if line and line != self._field.text():
            self._field.setText(line)
        else:
            self._look(self._field.text())
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def set_text(self, text: str) -> None:
        """Another text is at hand. It is not searched before the bar is shown or F3 is pressed."""
        self._text, self._folded = text, None
        self._origin, self._at = 0, None
        if self.isVisible():
            self._search()
            self._tell()
        else:
            self._hits = []

    def next(self) -> None:
        """Go to the next place, from the last to the first; works with the bar closed, for the words sought last."""
        self._step(1)

    def previous(self) -> None:
        """Go to the place before, from the first to the last."""
        self._step(-1)

    def dismiss(self) -> None:
        """Close the bar; the words stay for F3."""
        if self.isVisible():
            self.hide()
            self.hits_changed.emit([])
            self.closed.emit()

    @property
    def hits(self) -> list[Span]:
        """All places of the words, in text order."""
        return self._hits

    @property
    def words(self) -> str:
        """What is looked for."""
        return self._field.text()

    # ---- inside

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(-1 if back else 1)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif not self._field.hasFocus() or not event.text():
            super().keyPressEvent(event)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._back)
        row.addWidget(self._on)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._close)

    def _look(self, _words: str) -> None:
        """Search anew and go to the first place at or after where the search began."""
        self._search()
        if self._hits:
            place = bisect_left(self._hits, Span(self._origin, self._origin)) % len(self._hits)
            self._go(place)
        else:
            self._tell()

    def _search(self) -> None:
        if self._folded is None:
            self._folded = Folded(self._text)
        self._hits = self._folded.spans(self._field.text())
        self._at = None
        self.hits_changed.emit(self._hits if self.isVisible() else [])

    def _step(self, by: int) -> None:
        if not self._hits and self._field.text():
            self._search()
        if not self._hits:
            self._tell()
            return
        if self._at is not None:
            place = self._at + by
        elif by > 0:
            place = bisect_right(self._hits, Span(self._origin, self._origin))
        else:
            place = bisect_left(self._hits, Span(self._origin, self._origin)) - 1
        self._go(place % len(self._hits))

    def _go(self, place: int) -> None:
        self._at = place
        self._tell()
        self.found.emit(self._hits[place])

    def _tell(self) -> None:
        sought = bool(self._field.text().strip())
        if self._at is not None:
            words = self.tr("{place} of {all}").format(place=f"{self._at + 1:,}", all=f"{len(self._hits):,}")
        elif self._hits:
            words = counted(len(self._hits), self.tr("place"), self.tr("places"))
        else:
            words = self.tr("Not in this article") if sought else ""
        set_role(self._count, "warn" if sought and not self._hits else "meta")
        self._count.setText(words)
        for step in (self._back, self._on):
            step.setEnabled(len(self._hits) > 0)
        announce(self, words)
