"""The right-hand column: the annotation at hand; below it the list of all in this document, or of what is open."""

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook

from ..models.annotations import AnnotationModel
from ..models.points import PointsModel
from ..models.proposals import ProposalsModel
from ..open_document import OpenDocument
from ..widgets.buttons import button
from ..widgets.hairline import Hairline
from ..widgets.labels import label
from ..widgets.surface import surface
from .inspector import Inspector
from .point_rows import PointList
from .proposal_rows import ProposalList
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

    def __init__(
        self, document: OpenDocument, inspector: Inspector, points: PointsModel, proposals: ProposalsModel
    ) -> None:
        super().__init__()
        self._document = document
        self.points, self.proposals = points, proposals
        self.proposal_list = ProposalList(proposals)
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
        self._rows.codebook = self.proposal_list.rows.codebook = codebook
        self._list.viewport().update()

    @property
    def open_words(self) -> str:
        """What is said of open points; nothing where none are known."""
        return self._open.text() if not self._open.isHidden() else ""

    @property
    def proposed_words(self) -> str:
        """What is said of proposals; nothing where there are none."""
        return self._proposed.text() if not self._proposed.isHidden() else ""

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
        self._show_list(self.point_list if shown else self._list)

    @property
    def shows_proposals(self) -> bool:
        """Whether the proposals stand there."""
        return self._lists.currentWidget() is self.proposal_list

    def show_proposals(self, shown: bool) -> None:
        """Show the proposals in place of the annotations, or these again."""
        self._show_list(self.proposal_list if shown else self._list)

    def follow_proposals(self, at_hand: int | None) -> None:
        """Others are proposed, or another one is at hand. They are counted apart: none is work that is open."""
        self.proposals.follow()
        row = self.proposals.row_of(at_hand)
        blocked = self.proposal_list.selectionModel().blockSignals(True)
        self.proposal_list.setCurrentIndex(self.proposals.index(-1 if row is None else row))
        self.proposal_list.selectionModel().blockSignals(blocked)
        self.proposal_list.viewport().update()
        if self.shows_proposals and not self.proposals.rowCount():
            self.show_proposals(False)
        self._say_open()
        self._say_count()

    def _show_list(self, shown: QWidget) -> None:
        self._lists.setCurrentWidget(shown)
        points, proposals = self.tr("Open points"), self.tr("Proposals")
        heading = points if self.shows_points else proposals if self.shows_proposals else self.tr("In this article")
        self._heading.setText(heading)
        self._say_open()
        self._say_count()

    def _say_open(self) -> None:
        count, other = len(self.points.points), self.shows_points or self.shows_proposals
        self._open.setVisible(bool(count or self._elsewhere or other))
        proposed = self.proposals.rowCount()
        self._proposed.setVisible(bool(proposed) and not self.shows_proposals)
        self._proposed.say(self.tr("Proposals ({n})").format(n=f"{proposed:,}"))
        if other:
            self._open.say(self.tr("All annotations"))
        elif count:
            self._open.say(self.tr("Open points ({n})").format(n=f"{count:,}"))
        else:
            self._open.say(self.tr("New rules ({n})").format(n=f"{self._elsewhere:,}"))

    def _turn_to_proposals(self) -> None:
        self.show_proposals(True)
        if not self.proposal_list.currentIndex().isValid():
            self.proposal_list.setCurrentIndex(self.proposals.index(0))
        self.proposal_list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_list(self) -> None:
        if self.shows_proposals:
            self.show_proposals(False)
            return
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
        kept = self._open.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the list stays where it is when the first point is open
        self._open.setSizePolicy(kept)
        self._open.hide()
        heading.addWidget(self._open)
        heading.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(self.inspector, 2)
        column.addWidget(Hairline())
        column.addLayout(heading)
        self._proposed = button("", "link", on_click=self._turn_to_proposals)
        self._proposed.hide()
        apart = QHBoxLayout()
        apart.setContentsMargins(20, 0, 20, 4)
        apart.addStretch(1)
        apart.addWidget(self._proposed)
        column.addLayout(apart)
        holder = QHBoxLayout()
        holder.setContentsMargins(12, 0, 8, 0)
        self._lists = QStackedWidget()
        self._lists.addWidget(self._list)
        self._lists.addWidget(self.point_list)
        self._lists.addWidget(self.proposal_list)
        holder.addWidget(self._lists)
        column.addLayout(holder, 1)

    def _changed(self) -> None:
        self.model.follow()
        self._say_count()
        self._follow(self._document.current)

    def _say_count(self) -> None:
        number = len(self.points.points) if self.shows_points else self.model.rowCount()
        number = self.proposals.rowCount() if self.shows_proposals else number
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
