"""The right-hand column: the annotation at hand, and the list of all in this document."""

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook

from ..models.annotations import AnnotationModel
from ..open_document import OpenDocument
from ..widgets.buttons import button
from ..widgets.hairline import Hairline
from ..widgets.labels import label
from ..widgets.surface import surface
from .inspector import Inspector
from .rows import AnnotationRows


class _List(QListView):
    """Qt makes the first row the current one when the keyboard comes: that is no choice either."""

    arriving = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.arriving = True
        super().focusInEvent(event)
        self.arriving = False


class DetailsPanel(QWidget):
    """Inspector above, annotation list below."""

    chosen = Signal(int)
    open_requested = Signal()

    def __init__(self, document: OpenDocument, inspector: Inspector) -> None:
        super().__init__()
        self._document = document
        self.model = AnnotationModel(document, self)
        self.inspector = inspector
        surface(self, "side")
        self._count: QLabel = label("", "meta")
        self._list = _List()
        self._list.setObjectName("annotation_list")
        self._list.setAccessibleName(self.tr("Annotations of this article"))
        self._list.setProperty("focus_context", "list")
        # While a row goes, Qt makes a neighbour the current one: nobody has chosen that.
        self._rows_going = False
        self.model.rowsAboutToBeRemoved.connect(lambda *_: setattr(self, "_rows_going", True))
        self._list.setModel(self.model)
        self.model.rowsRemoved.connect(lambda *_: setattr(self, "_rows_going", False))
        self._rows = AnnotationRows(self.model, self._list)
        self._list.setItemDelegate(self._rows)
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.selectionModel().currentChanged.connect(lambda new, _: self._choose(new.row()))
        self._list.activated.connect(lambda index: self._choose(index.row()))
        self._build()
        document.current_changed.connect(self._follow)
        document.reset.connect(self._changed)
        document.put.connect(lambda _: self._changed())
        document.removed.connect(lambda _: self._changed())
        self._changed()

    def show_codebook(self, codebook: Codebook | None) -> None:
        """Draw rows by these tags."""
        self._rows.codebook = codebook
        self._list.viewport().update()

    @property
    def open_words(self) -> str:
        """What is said of open points; nothing where none are known."""
        return self._open.text() if not self._open.isHidden() else ""

    def show_open(self, count: int | None, annotations: frozenset[int]) -> None:
        """Say how many points are open, None if nobody has counted; their annotations get a dot."""
        self._open.setVisible(bool(count))
        if count:
            self._open.say(self.tr("Open points ({n})").format(n=f"{count:,}"))
        if annotations != self._rows.open:
            self._rows.open = annotations
            self._list.viewport().update()

    def _build(self) -> None:
        heading = QHBoxLayout()
        heading.setContentsMargins(20, 10, 20, 4)
        heading.addWidget(label(self.tr("In this article"), "section"))
        heading.addStretch(1)
        self._open = button("", "link", on_click=self.open_requested.emit)
        self._open.hide()
        heading.addWidget(self._open)
        heading.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(self.inspector, 7)
        column.addWidget(Hairline())
        column.addLayout(heading)
        holder = QHBoxLayout()
        holder.setContentsMargins(12, 0, 8, 0)
        holder.addWidget(self._list)
        column.addLayout(holder, 5)

    def _changed(self) -> None:
        self._count.setText(self.tr("{n} in all").format(n=f"{len(self._document):,}"))
        self._follow(self._document.current)

    def _follow(self, key: int | None) -> None:
        row = self.model.row_of(key)
        selection = self._list.selectionModel()
        if row is None:
            selection.clear()
            return
        index = self.model.index(row)
        if selection.currentIndex() != index or not selection.isSelected(index):
            blocked = selection.blockSignals(True)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            selection.blockSignals(blocked)
            self._list.viewport().update()
        self._list.scrollTo(index)

    def _choose(self, row: int) -> None:
        chosen = row >= 0 and not self._rows_going and not self._list.arriving
        annotation = self.model.annotation(row) if chosen else None
        if annotation is not None and annotation.key != self._document.current:
            self.chosen.emit(annotation.key)
