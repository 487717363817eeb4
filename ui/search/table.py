"""The list of places: walked by arrows, ticked, copied; the words found keep the middle."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ..theme import ui_font
from .model import ARTICLE, LEFT, MATCH, RIGHT, TAGS, TICK, Index, PlacesModel
from .rows import HEIGHT, PlaceRows

_TICK_WIDTH = 30
_GAP, _LEAST_FOUND = 14, 56  # pixels beside the words found, and the least they have
# Shares of the width beside the tick: article, what is tagged; the words found have what they need, the sides the rest.
_SHARES = {ARTICLE: 0.16, TAGS: 0.13}
_LEAST, _MOST = 70, 220  # pixels of these
_WIDEST = 0.25  # the most that the words found may have of it
_MEASURED = 200  # places by which they are measured


class PlaceTable(QTableView):
    """`opened` carries a row; keys that mean something to the window go through its own registry."""

    opened = Signal(int)
    left_at_top = Signal()
    copy_wanted = Signal()
    head_clicked = Signal(int)

    def __init__(self, model: PlacesModel) -> None:
        super().__init__()
        self._places = model
        self.setObjectName("search_list")
        self.setAccessibleName(self.tr("Places found"))
        self.setProperty("focus_context", "search")
        self.setModel(model)
        self.setItemDelegate(PlaceRows(model, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        lines = self.verticalHeader()
        lines.hide()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setDefaultSectionSize(HEIGHT)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setMinimumSectionSize(_TICK_WIDTH)
        head.sectionClicked.connect(self.head_clicked)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    @property
    def row(self) -> int:
        """The row at hand, -1 if there is none."""
        return self.currentIndex().row()

    def go_to(self, row: int) -> None:
        """Make a row the one at hand."""
        if 0 <= row < self._places.rowCount():
            self.setCurrentIndex(self._places.index(row, MATCH))

    def sizeHint(self) -> QSize:
        return QSize(600, 240)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up and self.row <= 0:
            self.left_at_top.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if event.key() == Qt.Key.Key_Home else self._places.rowCount() - 1)
        elif event.text().isprintable() and event.text().strip():
            event.ignore()  # Qt would look for a row that begins so
        elif event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()

    def share_width(self) -> None:
        """Give each column its width, as the first places need it."""
        room = self.viewport().width() - _TICK_WIDTH
        widths = {column: min(max(int(room * share), _LEAST), _MOST) for column, share in _SHARES.items()}
        measure = QFontMetricsF(ui_font("body", QFont.Weight.DemiBold))
        found = (" ".join(place.match.split()) for place in self._places.places[:_MEASURED])
        widest = max((measure.horizontalAdvance(words) for words in found), default=0.0)
        widths[MATCH] = int(min(max(widest + _GAP, _LEAST_FOUND), room * _WIDEST))
        rest = max(0, room - sum(widths.values()))
        widths |= {TICK: _TICK_WIDTH, LEFT: rest // 2, RIGHT: rest - rest // 2}
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def _clicked(self, index: Index) -> None:
        if index.column() == TICK:
            self._places.turn(index.row())
