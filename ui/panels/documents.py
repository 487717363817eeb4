"""The side bar: project, filter, list of documents, who codes and how far."""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QMenu, QStackedLayout, QVBoxLayout, QWidget

from annotator.model.changes import Changes
from annotator.storage import assignments, queries

from ..background import Background
from ..icons import icon
from ..models.documents import DocumentModel
from ..widgets.avatar import Avatar
from ..widgets.buttons import Button, button
from ..widgets.empty_state import EmptyState
from ..widgets.labels import label, plain_caption
from ..widgets.progress import Progress
from ..widgets.segments import Segments
from ..widgets.surface import surface
from ..workspace import Workspace
from .document_filter import ALL, DocumentFilter
from .rows import DocumentRows

TITLE = 190  # pixels of the project's title


class DocumentsPanel(QWidget):
    """Lists the documents for the coder at work; a choice turns the workspace to it."""

    import_requested = Signal()
    chosen = Signal(int)
    view_chosen = Signal(str)
    team_wanted = Signal(bool)

    def __init__(self, workspace: Workspace, menu: Callable[[], QMenu]) -> None:
        super().__init__()
        self._workspace = workspace
        self._menu = menu
        self._team_first: bool | None = None  # whether the coder at work codes nothing of what is assigned
        self._tagged: set[int] = set()  # documents whose numbers of tags are to be counted anew
        self.model = DocumentModel(workspace, self)
        self._reading = Background(workspace, self._hear_states, self)
        surface(self, "side")
        self._build()
        workspace.opened.connect(self._opened)
        workspace.closed.connect(self.model.reload)
        workspace.changed.connect(self.refresh)
        workspace.coder_changed.connect(self._reload)
        workspace.document_changed.connect(self._follow)

    # ---- what others use

    def refresh(self, changes: Changes) -> None:
        """Follow an operation. Where it set tags, the article is painted before they are counted for the list."""
        if changes.annotations and not changes.everything and not changes.coders:
            self._tagged |= changes.documents
            self._workspace.afterwards.soon(self._follow_tags)
        else:
            self._show(changes)

    def focus_filter(self) -> None:
        """Put the keyboard into the filter."""
        self.filter.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.field.selectAll()

    def neighbour(self, steps: int, *, open_only: bool = False) -> int | None:
        """The document `steps` further in the list; `open_only` passes over those done or set aside."""
        place = self.model.place(self._workspace.document)
        at = -1 if place is None else place
        while 0 <= (at := at + steps) < self.model.rowCount():
            row = self.model.row(at) if open_only else None
            if not open_only or (row is not None and row.state not in ("done", "set aside")):
                return self.model.key(at)
        return None

    def add_body(self, body: QWidget) -> None:
        """Let something else stand under the project's name."""
        self._bodies.addWidget(body)

    def show_body(self, body: QWidget) -> None:
        """Show the articles, or what else stands in their place."""
        self._bodies.setCurrentWidget(body)

    def show_views(self, views: Sequence[tuple[str, str]], current: str) -> None:
        """Offer these views, each an id and its word; a single one is no choice."""
        self._views.set_options(views, current)
        self._views.setVisible(len(views) > 1)

    def mark_view(self, name: str) -> None:
        """Mark the view that is shown."""
        self._views.choose(name)

    def show_team(self, on: bool) -> None:
        """Show how far each article is, or how far the coder at work is with it."""
        self._offer_team(on=on)
        self._filter()
        self._count()
        self._list.viewport().update()

    # ---- inside

    def _build(self) -> None:
        self._title = Button(self.tr("Project"), "ghost")
        self._title.setObjectName("project_menu")
        self._title.setIcon(icon("caret-down", "ink3"))
        self._title.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._title.clicked.connect(self.open_menu)
        self.filter = DocumentFilter()
        self.filter.changed.connect(self._filter)
        self.filter.entered.connect(self._take_first)
        self.filter.team_wanted.connect(self.team_wanted)
        self._list = QListView()
        self._list.setObjectName("document_list")
        self._list.setAccessibleName(self.tr("Articles"))
        self._list.setProperty("focus_context", "list")
        self._list.setModel(self.model)
        self._list.setItemDelegate(DocumentRows(self.model, self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.clicked.connect(lambda index: self._choose(index))
        self._list.activated.connect(lambda index: self._choose(index))
        self._empty = EmptyState("magnifying-glass", self.tr("Nothing matches"), "", self.tr("Clear filter"))
        self._empty.acted.connect(self._clear_filter)
        stack = QWidget()
        self._stack = QStackedLayout(stack)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self._avatar, self._name, self._share = Avatar(""), label("", "body"), label("", "meta")
        self._bar = Progress(self.tr("Articles done"))
        self._add = button(self.tr("Import articles…"), "ghost", "plus", self.import_requested.emit)
        self.articles = QWidget()
        column = QVBoxLayout(self.articles)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.filter)
        column.addWidget(stack, 1)
        column.addWidget(self._add)
        column.addWidget(self._build_who())
        self._build_frame()

    def _build_frame(self) -> None:
        """The project's name and the views, over the articles or what else stands in their place."""
        self._views = Segments(self.tr("View"), [], wide=True)
        self._views.setObjectName("view_switch")
        self._views.chosen.connect(self.view_chosen)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 12, 12, 12)
        outer.setSpacing(10)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        outer.addLayout(top)
        outer.addWidget(self._views)
        self._bodies = QStackedLayout()
        outer.addLayout(self._bodies, 1)

    def _build_who(self) -> QWidget:
        self._who = QWidget()
        row = QHBoxLayout(self._who)
        row.setContentsMargins(4, 4, 4, 0)
        row.setSpacing(10)
        row.addWidget(self._avatar)
        side = QVBoxLayout()
        side.setSpacing(4)
        words = QHBoxLayout()
        words.addWidget(self._name, 1)
        words.addWidget(self._share)
        side.addLayout(words)
        side.addWidget(self._bar)
        row.addLayout(side, 1)
        return self._who

    def open_menu(self) -> None:
        """Show the menu of the window under the project's name."""
        menu = self._menu()
        menu.popup(self._title.mapToGlobal(self._title.rect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])  # so that the arrow keys begin somewhere

    def _follow_tags(self) -> None:
        if self._workspace.is_open:
            self._show(Changes("", documents=frozenset(self._tagged)))
        self._tagged.clear()

    def _show(self, changes: Changes) -> None:
        # After an import these are thousands: then all is read and counted anyway, and no line before it is in sight.
        single = () if changes.everything else changes.documents
        before = {key: self.model.known_state(key) for key in single}
        self.model.refresh(changes)
        # Most tags change no state, and counting 100,000 documents anew for each would be felt.
        after = {key: self.model.state(key) for key in before}
        if (changes.coders or changes.everything) and self._offer_team():
            self._filter()
        if changes.everything or changes.coders or before != after or None in before.values():
            self._count()
        self._follow()

    def _opened(self) -> None:
        title = self._workspace.project.meta("title")
        shown = self._title.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, TITLE)
        self._title.setText(plain_caption(shown))
        self._title.setAccessibleName(self.tr("Project {title}: menu").format(title=title))
        self.filter.reset()
        self._team_first = None
        self._offer_team()
        self._filter()
        self._count()

    def _offer_team(self, on: bool | None = None) -> bool:
        """Offer the states of articles where several people code, and turn to them for whoever codes nothing.

        `on` is a person's wish. Returns whether the list is about something else now.
        """
        project, coder = self._workspace.project, self._workspace.coder
        offered = not project.is_package and len(queries.coders(project)) > 1
        assigned = offered and assignments.is_anything_assigned(project)
        first = assigned and not queries.is_assigned_any(project, coder.key if coder else None)
        if on is None and first != self._team_first:
            on = first
        self._team_first = first
        before = self.filter.of_team
        self.filter.offer_team(offered, on)
        return self.filter.of_team != before

    def _reload(self) -> None:
        self._team_first = None
        self._offer_team()
        self.model.of_team = self.filter.of_team
        self.model.reload()
        self._count()
        self._follow()

    def _filter(self) -> None:
        if not self._workspace.is_open:
            return
        self.model.of_team = self.filter.of_team
        self.model.set_filter(self.filter.words, self.filter.state)
        self._show_empty()
        self._follow()

    def _count(self) -> None:
        coder = self._workspace.coder
        counts = queries.state_counts(self._workspace.project, coder.key if coder else None)
        self.filter.count_own(counts)
        if self.filter.of_team:
            self._reading.ask(assignments.document_states)  # takes its time where there are many
        done = counts.get("done", 0)
        self._who.setVisible(coder is not None and counts["to code"] > 0)
        if coder is not None:
            self._avatar.show_name(coder.name)
            self._name.setText(coder.name)
            self._share.setText(self.tr("{done} of {all}").format(done=f"{done:,}", all=f"{counts['to code']:,}"))
            self._bar.show_share(done, counts["to code"])
        self.filter.setVisible(counts["all"] > 0)
        self._add.setVisible(counts["all"] > 0 and not self._workspace.project.is_package)
        self._show_empty()

    def _hear_states(self, states: object) -> None:
        assert isinstance(states, dict)
        self.model.states = states
        self.filter.count_team(Counter(states.values()))
        if self.filter.of_team and self.filter.state != ALL:
            self._filter()

    def _show_empty(self) -> None:
        # In an empty project the middle of the window tells how articles come in.
        self._stack.setCurrentWidget(self._empty if self.filter.is_narrow and not self.model.rowCount() else self._list)

    def _clear_filter(self) -> None:
        self.filter.reset()
        self._filter()

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.model.key(index.row()))

    def _take_first(self) -> None:
        self._filter()
        if self.model.rowCount():
            self.chosen.emit(self.model.key(0))

    def _follow(self) -> None:
        """Mark the open document in the list."""
        place = self.model.place(self._workspace.document)
        selection = self._list.selectionModel()
        if place is None:
            selection.clear()
            return
        index = self.model.index(place)
        if selection.currentIndex() != index:
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._list.scrollTo(index)
