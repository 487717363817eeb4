"""What is looked for: the words, whether they are a regular expression, where to look, and what is saved."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.operations.searching import Search

from ..widgets.buttons import button, icon_button
from ..workspace import Workspace
from .filters import Filters
from .query_field import QueryField
from .saved import NameRow, SavedMenu

_TYPING = 350  # milliseconds without a key after which words are looked for


class SearchHead(QWidget):
    """`asked` carries a Search, as one types; `entered` follows where Enter was pressed. A regular expression is only
    looked for at Enter: half of one means something else."""

    asked = Signal(object)
    entered = Signal()
    emptied = Signal()
    list_wanted = Signal()
    close_wanted = Signal()
    saved_as = Signal(str)
    forget_wanted = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.field = QueryField(self.tr("Search everything"))
        self.field.setObjectName("search_field")
        self.regex = button(".*", "ghost")
        self.regex.setCheckable(True)
        self.regex.setAccessibleName(self.tr("Regular expression"))
        self.regex.setToolTip(self.tr("Regular expression: Enter looks for it"))
        self._turn = icon_button("funnel-simple", self.tr("Where to look"))
        self._turn.setCheckable(True)
        self._turn.setObjectName("search_where")
        self._kept = icon_button("bookmark-simple", self.tr("Saved and recent searches"))
        self._kept.setObjectName("search_saved")
        self.filters, self.name = Filters(), NameRow()
        self.filters.hide()
        self.saved = SavedMenu(workspace, self)
        self._search: Search | None = None  # as it was asked for last
        self._build()
        self._typing = QTimer(self, interval=_TYPING, singleShot=True)
        self._typing.timeout.connect(self._ask)
        self.field.textEdited.connect(self._typed)
        self.field.textChanged.connect(self._changed)
        self.field.returnPressed.connect(self._enter)
        self.field.list_wanted.connect(self.list_wanted)
        self.regex.clicked.connect(self._ask)
        self.filters.changed.connect(self._ask)
        self._turn.toggled.connect(self._show_filters)
        self._kept.clicked.connect(self._open_saved)
        self.saved.chosen.connect(self.show_search)
        self.saved.name_wanted.connect(self._ask_name)
        self.saved.forget_wanted.connect(self.forget_wanted)
        self.name.named.connect(self.saved_as)
        self.name.left.connect(self._to_field)

    @property
    def search(self) -> Search | None:
        """What was asked for last."""
        return self._search

    def present(self, words: str) -> None:
        """Take the keyboard, and these words if there are any."""
        if words and words != self.field.text():
            self.regex.setChecked(False)
            self.field.setText(words)
            self._ask()
        self._to_field()
        self.field.selectAll()

    def show_search(self, search: Search) -> None:
        """Show a search that was kept, and look for it."""
        with QSignalBlocker(self.field):
            self.field.setText(search.words)
        self.regex.setChecked(search.regex)
        self.filters.show_search(search)
        self._turn.setChecked(self._turn.isChecked() or search.is_narrow)
        self._put(search)
        self.entered.emit()

    def reset(self) -> None:
        """Another project: nothing is asked for."""
        self._typing.stop()
        self.filters.show_search(Search(""))
        self.name.hide()
        self.field.clear()
        self._empty()

    # ---- inside

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        for part in (self.regex, self._turn, self._kept):
            row.addWidget(part)
        row.addWidget(icon_button("x", self.tr("Close the search (Esc)"), self.close_wanted.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.filters)
        column.addWidget(self.name)

    def _to_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _typed(self, words: str) -> None:
        if words.strip() and not self.regex.isChecked():
            self._typing.start()
        else:
            self._typing.stop()

    def _changed(self, words: str) -> None:
        if not words:
            self._empty()

    def _enter(self) -> None:
        self._typing.stop()
        if self.field.text().strip():
            if self._search != self._now():
                self._ask()
            self.entered.emit()

    def _ask(self) -> None:
        self._typing.stop()
        if self.field.text().strip():
            self._put(self._now())

    def _now(self) -> Search:
        return self.filters.read_into(Search(self.field.text(), self.regex.isChecked()))

    def _put(self, search: Search) -> None:
        self._search = search
        self.field.mark(None)
        self.saved.allow_saving(True)
        self.asked.emit(search)

    def _empty(self) -> None:
        self._typing.stop()
        self._search = None
        self.field.mark(None)
        self.saved.allow_saving(False)
        self.emptied.emit()

    def _show_filters(self, shown: bool) -> None:
        self.filters.setVisible(shown)

    def _open_saved(self) -> None:
        self.saved.popup(self._kept.mapToGlobal(self._kept.rect().bottomLeft()))
        first = next((each for each in self.saved.actions() if each.isEnabled() and not each.isSeparator()), None)
        if first is not None:
            self.saved.setActiveAction(first)

    def _ask_name(self) -> None:
        if self._search is not None:
            self.name.ask(self._search.words)
