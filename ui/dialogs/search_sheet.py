"""Search all articles: words above, articles below with the line where the words stand; Enter goes there."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QStackedLayout, QVBoxLayout, QWidget

from annotator.operations.words import counted
from annotator.storage.search import PAGE, Found, Hit, search

from ..jobs import Job, on_project
from ..widgets.announce import announce
from ..widgets.empty_state import EmptyState
from ..widgets.field import FilterField
from ..widgets.labels import label, set_role
from ..widgets.sheet import Sheet
from ..workspace import Workspace
from .search_rows import HIT, SearchRows

_TYPING = 150  # milliseconds without a key after which the search begins
Index = QModelIndex | QPersistentModelIndex


class HitModel(QAbstractListModel):
    """The hits read so far; more come a page at a time when the list is scrolled to its end."""

    more_wanted = Signal(int)  # from which hit on

    def __init__(self) -> None:
        super().__init__()
        self._hits: list[Hit] = []
        self._total = 0
        self._asked = False  # a page is on its way

    def show_first(self, found: Found) -> None:
        """Begin anew with the first page."""
        self.beginResetModel()
        self._hits, self._total, self._asked = list(found.hits), found.total, False
        self.endResetModel()

    def add(self, found: Found) -> None:
        """Append a page."""
        self._asked = False
        if not found.hits:
            self._total = len(self._hits)
            return
        first = len(self._hits)
        self.beginInsertRows(QModelIndex(), first, first + len(found.hits) - 1)
        self._hits += found.hits
        self.endInsertRows()

    def hit(self, row: int) -> Hit:
        """The hit of a row."""
        return self._hits[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        if role == HIT:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{hit.title}: {hit.snippet}"
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._asked and len(self._hits) < self._total

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit(len(self._hits))


class SearchSheet(Sheet):
    """Searches beside the window as one types. `open_requested` carries a document and the place in it (or None)."""

    open_requested = Signal(int, object)  # document, Span | None

    def __init__(self, parent: QWidget, workspace: Workspace) -> None:
        content = QWidget()
        super().__init__(parent, QCoreApplication.translate("Search", "Search all articles"), content, 760)
        self._path: Path = workspace.project.path
        self._job: Job | None = None
        self._done_for = ""  # the words whose hits are shown
        self._opens = False  # Enter was pressed before the hits were there
        self._field = FilterField(
            self.tr("Words, or “words in quotation marks” as they stand"), "magnifying-glass", quiet=False
        )
        self._field.setAccessibleName(self.tr("Search for"))
        self._count = label("", "meta")
        self._hits = HitModel()
        self._list = QListView()
        self._list.setModel(self._hits)
        self._list.setItemDelegate(SearchRows(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(self.tr("Articles found"))
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._empty = EmptyState("magnifying-glass", "")
        content.setFocusProxy(self._field)
        self._build(content)
        self._typing = QTimer(self, interval=_TYPING, singleShot=True)
        self._typing.timeout.connect(self._look)
        self._field.textChanged.connect(self._typed)
        self._field.returnPressed.connect(self._take_first)
        self._field.list_wanted.connect(self._enter_list)
        self._hits.more_wanted.connect(self._read_on)
        self._list.activated.connect(self._take)
        self._list.clicked.connect(self._take)
        self.closed.connect(self._stop)
        self._typed("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at_top = self._list.hasFocus() and self._list.currentIndex().row() <= 0
        if event.key() == Qt.Key.Key_Up and at_top:
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            event.accept()
        else:
            super().keyPressEvent(event)

    # ---- inside

    def _build(self, content: QWidget) -> None:
        below = QWidget()
        below.setMinimumHeight(320)
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._field)
        column.addWidget(self._count)
        column.addWidget(below, 1)

    def _typed(self, asked: str) -> None:
        self._opens = False
        if asked.strip():
            self._typing.start()
            return
        self._typing.stop()
        self._stop()
        self._done_for = ""
        self._hits.show_first(Found((), 0))
        self._count.setText("")
        hint = self.tr("Titles are filtered in the list of articles.")
        self._say("magnifying-glass", self.tr("Searches the text of every article"), hint)

    def _look(self) -> None:
        asked = self._field.text()
        self._ask(asked, 0, lambda found: self._show(asked, found))

    def _read_on(self, offset: int) -> None:
        self._ask(self._done_for, offset, self._hits.add)

    def _ask(self, asked: str, offset: int, then: Callable[[Found], None]) -> None:
        """Search in a thread of its own; an earlier search that is not done yet is given up."""
        self._stop()
        work = on_project(
            self._path, lambda project, _: search(project, asked, limit=PAGE, offset=offset), read_only=True
        )
        job = self._job = Job(work)
        job.finished.connect(then)
        job.failed.connect(self._fail)
        job.start()

    def _stop(self) -> None:
        if self._job is not None:
            job, self._job = self._job, None
            if job.is_running:
                job.finished.disconnect()
                job.failed.disconnect()

    def _show(self, asked: str, found: Found) -> None:
        self._job, self._done_for = None, asked
        self._hits.show_first(found)
        if found.hits:
            articles = counted(found.total, self.tr("article"), self.tr("articles"))
            set_role(self._count, "meta")
            self._count.setText(articles)
            announce(self, articles)
            self._stack.setCurrentWidget(self._list)
            self._list.setCurrentIndex(self._hits.index(0))
            self._list.scrollToTop()
            if self._opens:
                self._take(self._hits.index(0))
        else:
            self._count.setText("")
            self._say("magnifying-glass", self.tr("No article holds these words"), self.tr("Try fewer words."))
        self._opens = False

    def _fail(self, sentence: str) -> None:
        self._job = None
        set_role(self._count, "bad")
        self._count.setText(sentence)
        announce(self, sentence, at_once=True)

    def _say(self, icon: str, line: str, hint: str) -> None:
        self._empty.say(icon, line, hint)
        self._stack.setCurrentWidget(self._empty)
        announce(self, line)

    def _enter_list(self) -> None:
        if self._hits.rowCount() and not self._opens:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_first(self) -> None:
        """Enter: the first article, as soon as it is known."""
        if self._done_for == self._field.text() and self._hits.rowCount():
            self._take(self._hits.index(0))
        elif self._field.text().strip():
            self._opens = True
            if self._typing.isActive():
                self._typing.stop()
                self._look()

    def _take(self, index: Index) -> None:
        if not index.isValid() or not self.isVisible():
            return
        hit = self._hits.hit(index.row())
        self.dismiss()
        self.open_requested.emit(hit.document, hit.span if hit.span.end > hit.span.start else None)
