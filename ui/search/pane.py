"""The pane beside the article: what is looked for above, the places that were found below."""

from array import array
from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from annotator.operations.searching import Search
from annotator.operations.words import counted
from annotator.storage.concordance import Place

from ..widgets.announce import announce
from ..widgets.buttons import button, icon_button
from ..widgets.empty_state import EmptyState
from ..widgets.labels import elided, set_role
from ..widgets.surface import surface
from ..workspace import Workspace
from . import model, order
from .head import SearchHead
from .model import PlacesModel
from .session import MOST, SearchSession
from .sorting import Sorting
from .table import PlaceTable

_LOOKED_AT = 120  # milliseconds on a row after which the article follows


class SearchPane(QWidget):
    """`looked_at` carries the place at hand, `opened` one that the keyboard goes to."""

    looked_at = Signal(object)  # Place
    opened = Signal(object)  # Place
    close_wanted = Signal()
    copy_wanted = Signal()
    save_wanted = Signal(str)  # csv | tsv

    def __init__(self, workspace: Workspace, tags_of: Callable[[Place], str]) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setAccessibleName(self.tr("Search everything"))
        surface(self, "side")
        self.session = SearchSession(workspace, self)
        self.places = PlacesModel(tags_of, self)
        self.head = SearchHead(workspace)
        self.list = PlaceTable(self.places)
        self.sorts = QComboBox()
        self.sorting = Sorting(self)
        self._wants_list = self._more = (
            False  # Enter was pressed before anything was found; there is more than is listed
        )
        self._count = elided("", "meta")
        self._stop = button(self.tr("Stop"), "link", on_click=self.session.stop)
        self._every = button("", "link", on_click=self.places.turn_all)
        self._menu = QMenu(self)
        self._more_button = icon_button("dots-three", self.tr("Copy or save the list"), self._open_menu)
        self._empty = EmptyState("magnifying-glass", "")
        self._below = QWidget()
        self._stack = QStackedLayout(self._below)
        self._looked_at = QTimer(self, interval=_LOOKED_AT, singleShot=True)
        self._looked_at.timeout.connect(self._tell_looked_at)
        self._build()
        self._connect()
        self._say_hint()

    # ---- what the window uses

    def present(self, words: str = "") -> None:
        """Show the pane with the keyboard in its field; look for these words if there are any."""
        self.show()
        self.head.present(words)

    def focus_list(self) -> None:
        """Put the keyboard into the list, at the row at hand."""
        if self.places.rowCount():
            if self.list.row < 0:
                self.list.go_to(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.head.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> list[Place]:
        """The ticked places, else the one at hand."""
        at_hand = self.places.place(self.list.row)
        return self.places.ticked() or ([at_hand] if at_hand is not None else [])

    def turn(self) -> None:
        """Tick the row at hand, or untick it, and go on to the next."""
        self.places.turn(self.list.row)
        self.list.go_to(min(self.list.row + 1, self.places.rowCount() - 1))

    def ask_order(self) -> None:
        """Let a person choose another order."""
        self.sorts.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.sorts.showPopup()

    def look_again(self) -> None:
        """Another person looks: what was found in annotations is looked for anew, what stands in articles stays."""
        if any(place.marks for place in self.places.places) and self.head.search is not None:
            self._ask(self.head.search)
        else:
            self.places.refresh()

    def reset(self) -> None:
        """Another project: nothing is found."""
        self.head.reset()

    def take_command(self, action_id: str) -> bool:
        """Esc closes the line for a name, else the pane."""
        if action_id != "back":
            return False
        if self.head.name.isVisible():
            self.head.name.dismiss()
        else:
            self.close_wanted.emit()
        return True

    # ---- building

    def _build(self) -> None:
        names = {
            order.BEST: self.tr("Best articles first"),
            order.FOUND: self.tr("As in the list"),
            order.LEFT[0]: self.tr("By the word to the left"),
            order.LEFT[1]: self.tr("By the 2nd word to the left"),
            order.LEFT[2]: self.tr("By the 3rd word to the left"),
            order.RIGHT[0]: self.tr("By the word to the right"),
            order.RIGHT[1]: self.tr("By the 2nd word to the right"),
            order.RIGHT[2]: self.tr("By the 3rd word to the right"),
            order.ARTICLE: self.tr("By article"),
            order.DATE: self.tr("By date"),
        }
        for name, words in names.items():
            self.sorts.addItem(words, name)
        self.sorts.setAccessibleName(self.tr("Order"))
        self.sorts.setObjectName("search_order")
        self.sorts.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sorts.setMinimumContentsLength(14)
        self._menu.addAction(self.tr("Copy"), self.copy_wanted.emit)
        self._menu.addAction(self.tr("Save as CSV…"), lambda: self.save_wanted.emit("csv"))
        self._menu.addAction(self.tr("Save as TSV…"), lambda: self.save_wanted.emit("tsv"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._count, 1)
        for part in (self._stop, self._every, self.sorts, self._more_button):
            line.addWidget(part)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(6)
        column.addWidget(self.head)
        column.addLayout(line)
        column.addWidget(self._below, 1)

    def _connect(self) -> None:
        head, session = self.head, self.session
        head.asked.connect(self._ask)
        head.entered.connect(self._enter_list)
        head.emptied.connect(self._clear)
        head.list_wanted.connect(self._enter_list_now)
        head.close_wanted.connect(self.close_wanted)
        session.began.connect(self._began)
        session.came.connect(self._add)
        session.ended.connect(self._ended)
        session.stopped.connect(self._tell)
        session.failed.connect(self._fail)
        self.sorting.done.connect(self._sorted)
        self.sorts.activated.connect(self._sort_chosen)
        self.places.ticks_changed.connect(self._tell)
        self.list.opened.connect(self._open)
        self.list.left_at_top.connect(self._to_field)
        self.list.copy_wanted.connect(self.copy_wanted)
        self.list.head_clicked.connect(self._head_clicked)
        self.list.selectionModel().currentRowChanged.connect(self._row_changed)

    # ---- looking

    def _ask(self, search: Search) -> None:
        self._wants_list = False
        self.session.ask(search, best_first=self.sorts.currentData() == order.BEST)

    def _began(self) -> None:
        self._more = False
        self.sorting.stop()
        self.places.begin()
        self._tell()

    def _add(self, places: Sequence[Place]) -> None:
        first = not self.places.rowCount()
        self.places.add(places)
        if first and places:
            self.list.share_width()
            self.list.go_to(0)
            if self._wants_list:
                self.focus_list()
        self._tell()

    def _ended(self, more: bool) -> None:
        self._more = more
        self._wants_list = False
        if not self.places.rowCount():
            self._empty.say(
                "magnifying-glass", self.tr("Found nowhere"), self.tr("Try fewer words, or look elsewhere.")
            )
        self.list.share_width()
        self._tell()
        announce(self, self._count.text() or self._empty.accessibleName())
        self._sort()

    def _fail(self, sentence: str, place: object) -> None:
        self._wants_list = False
        self.head.field.mark(place if isinstance(place, int) else None, sentence)
        self._tell()
        set_role(self._count, "bad")
        self._count.setText(sentence)
        announce(self, sentence, at_once=True)

    def _clear(self) -> None:
        self.session.stop()
        self._began()
        self._say_hint()

    def _tell(self) -> None:
        """How many places there are, and what can be done with them."""
        number, ticked, busy = self.places.rowCount(), self.places.ticks, self.session.is_busy
        told = [counted(number, self.tr("place"), self.tr("places"))] if number else []
        told += [self.tr("the first {n} of more: ask more exactly").format(n=f"{MOST:,}")] if self._more else []
        told += [self.tr("looking…")] if busy else []
        told += [self.tr("{n} ticked").format(n=f"{ticked:,}")] if ticked else []
        set_role(self._count, "meta")
        self._count.setText(" · ".join(told))
        self._stop.setVisible(busy)
        self._every.say(self.tr("Tick none") if ticked else self.tr("Tick all"))
        self._every.setVisible(number > 0)
        self._more_button.setEnabled(number > 0)
        self._stack.setCurrentWidget(self.list if number or busy else self._empty)

    def _say_hint(self) -> None:
        hint = self.tr('Words, "phrases", AND, OR, NOT, begin*, NEAR(one two, 5)')
        self._empty.say("magnifying-glass", self.tr("Searches articles, notes and what is tagged"), hint)
        self._tell()

    # ---- order

    def _sort_chosen(self, _: int) -> None:
        search = self.head.search
        if search is not None and self.sorts.currentData() in (order.BEST, order.FOUND):
            self._ask(search)  # articles come in this order
        else:
            self._sort()

    def _sort(self) -> None:
        """Order what is there, beside the window; while it is still looking, once all is there."""
        self.sorting.stop()
        wanted = str(self.sorts.currentData())
        if not self.session.is_busy and wanted not in (order.BEST, order.FOUND) and self.places.rowCount():
            self.sorting.begin(self.places.places, wanted)

    def _sorted(self, found: "array[int]") -> None:
        keeps = self.list.hasFocus() and self.list.row > 0
        number = self.places.number(self.list.row) if keeps else -1
        self.places.set_order(found)
        self.list.go_to(self.places.row_of(number) if keeps else 0)

    def _head_clicked(self, column: int) -> None:
        """A click on a head orders by that column; another one goes on to the next word."""
        if column == model.TICK:
            self.places.turn_all()
            return
        turns = {
            model.LEFT: order.LEFT,
            model.MATCH: (order.FOUND, order.BEST),
            model.RIGHT: order.RIGHT,
            model.ARTICLE: (order.ARTICLE, order.DATE),
        }.get(column, ())
        if turns:
            now = self.sorts.currentData()
            after = turns[(turns.index(now) + 1) % len(turns)] if now in turns else turns[0]
            self.sorts.setCurrentIndex(self.sorts.findData(after))
            self._sort_chosen(0)

    # ---- going

    def _enter_list(self) -> None:
        """Enter: to the list, as soon as something stands there."""
        if self.places.rowCount():
            self.focus_list()
        else:
            self._wants_list = self.session.is_busy

    def _enter_list_now(self) -> None:
        if self.places.rowCount():
            self.focus_list()

    def _to_field(self) -> None:
        self.head.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row_changed(self, now: QModelIndex, _: QModelIndex) -> None:
        if now.isValid():
            self._looked_at.start()

    def _tell_looked_at(self) -> None:
        place = self.places.place(self.list.row)
        if place is not None and self.isVisible():
            self.looked_at.emit(place)

    def _open(self, row: int) -> None:
        place = self.places.place(row)
        if place is not None:
            self._looked_at.stop()
            self.opened.emit(place)

    def _open_menu(self) -> None:
        self._menu.popup(self._more_button.mapToGlobal(self._more_button.rect().bottomLeft()))
        self._menu.setActiveAction(self._menu.actions()[0])
