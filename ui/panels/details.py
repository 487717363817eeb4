"""The right-hand column: the annotation at hand; below it the list of all in this document, or of what is open."""

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook

from ..models.annotations import AnnotationModel
from ..models.points import PointsModel
from ..open_document import OpenDocument
from ..widgets.buttons import button
from ..widgets.hairline import Hairline
from ..widgets.labels import label
from ..widgets.surface import surface
from .inspector import Inspector
from .point_rows import PointList
from .rows import AnnotationRows


class _List(QListView):
    """Qt makes the first row the current one when the keyboard comes: that is no choice either."""

    arriving = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.arriving = True
        super().focusInEvent(event)
        self.arriving = False


class DetailsPanel(QWidget):
    """Inspector above, below it the annotations or the open points."""

    chosen = Signal(int)
    walk_requested = Signal()  # to what new rules touch in other articles

    def __init__(self, document: OpenDocument, inspector: Inspector, points: PointsModel) -> None:
        super().__init__()
        self._document = document
        self.points = points
        self.point_list = PointList(points)
        self.model = AnnotationModel(document, self)
        self.inspector = inspector
        surface(self, "side")
        self._count: QLabel = label("", "meta")
        self._list = _List()
        self._list.setObjectName("annotation_list")
        self._list.setAccessibleName(self.tr("Annotations of this article"))
        self._list.setProperty("focus_context", "list")
        self._elsewhere = 0
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
        document.settled.connect(self._changed)
        points.looked.connect(self._looked)
        self._changed()

    def _looked(self) -> None:
        if self.shows_points and not self.points.points:
            self.show_points(False)  # nothing is left to do
        self._say_open()
        self._say_count()

    def show_codebook(self, codebook: Codebook | None) -> None:
        """Draw rows by these tags."""
        self._rows.codebook = codebook
        self._list.viewport().update()

    @property
    def open_words(self) -> str:
        """What is said of open points; nothing where none are known."""
        return self._open.text() if not self._open.isHidden() else ""

    def show_open(self, annotations: frozenset[int], elsewhere: int) -> None:
        """Say how many points are open here, else how many annotations new rules touch in other articles.

        The annotations that have one get a dot.
        """
        self._elsewhere = elsewhere
        self._say_open()
        if annotations != self._rows.open:
            self._rows.open = annotations
            self._list.viewport().update()

    @property
    def shows_points(self) -> bool:
        """Whether the open points stand there, not the annotations."""
        return self._lists.currentWidget() is self.point_list

    def show_points(self, shown: bool) -> None:
        """Show the open points in place of the annotations, or these again."""
        self._lists.setCurrentWidget(self.point_list if shown else self._list)
        self._heading.setText(self.tr("Open points") if shown else self.tr("In this article"))
        self._say_open()
        self._say_count()

    def _say_open(self) -> None:
        count = len(self.points.points)
        self._open.setVisible(bool(count or self._elsewhere or self.shows_points))
        if self.shows_points:
            self._open.say(self.tr("All annotations"))
        elif count:
            self._open.say(self.tr("Open points ({n})").format(n=f"{count:,}"))
        else:
            self._open.say(self.tr("New rules ({n})").format(n=f"{self._elsewhere:,}"))

    def _turn_list(self) -> None:
        if not self.shows_points and not self.points.points:
            self.walk_requested.emit()
            return
        self.show_points(not self.shows_points)
        if self.shows_points:
            self.begin_points()

    def begin_points(self) -> None:
        """Put the keyboard onto the first open point."""
        if not self.point_list.currentIndex().isValid() and self.points.points:
            self.point_list.setCurrentIndex(self.points.index(0))
        self.point_list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        heading = QHBoxLayout()
        heading.setContentsMargins(20, 10, 20, 4)
        self._heading = label(self.tr("In this article"), "section")
        heading.addWidget(self._heading)
        heading.addStretch(1)
        self._open = button("", "link", on_click=self._turn_list)
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
        self._lists = QStackedWidget()
        self._lists.addWidget(self._list)
        self._lists.addWidget(self.point_list)
        holder.addWidget(self._lists)
        column.addLayout(holder, 5)

    def _changed(self) -> None:
        self.model.follow()
        self._say_count()
        self._follow(self._document.current)

    def _say_count(self) -> None:
        number = len(self.points.points) if self.shows_points else self.model.rowCount()
        self._count.setText(self.tr("{n} in all").format(n=f"{number:,}"))

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
