"""The window: puts the parts together and leads each command to the act that handles it. It does nothing itself."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.changes import Changes
from annotator.settings import Settings

from .acts import ACTS
from .acts.act import Act, Handler
from .acts.looks import Looks
from .acts.naming import Naming
from .acts.overviewing import Overviewing
from .acts.projects import Projects
from .article_view.view import ArticleView
from .behind import Behind
from .desk import Desk
from .dialogs.rules_sheet import RulesPanel
from .follow import Following
from .icons import app_icon
from .jobs import Jobs
from .keys.dispatcher import KeyDispatcher
from .keys.keymap import KeyMap
from .keys.registry import ACTIONS
from .keys.store import SettingsKeys
from .menus import fill_menu
from .models.points import PointsModel
from .models.proposals import ProposalsModel
from .open_document import OpenDocument
from .overview.parts import OverviewParts
from .panels.details import DetailsPanel
from .panels.documents import DocumentsPanel
from .panels.inspector import Inspector
from .panels.tag_bar import TagBar
from .proposals.here import ProposalsHere
from .recents import recents
from .tab_order import stops
from .views.code_view import CodeView
from .views.start_page import StartPage
from .views.switch import View, ViewSwitch
from .widgets.status_line import StatusLine
from .widgets.surface import surface
from .workspace import Workspace

if TYPE_CHECKING:
    from .acts.proposing import Proposing
    from .acts.reviewing import Reviewing

NARROW, NARROWEST = 1180, 900  # below these widths details and side bar fold away
WIDEST = 2400  # from this width the rules of the tag have a column of their own


class MainWindow(QMainWindow):
    """Start page, or side bar | article | details over the status line."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.resize(1366, 768)
        self.setMinimumSize(760, 480)
        self._said_unsaved = False
        self.desk = self._build_desk(settings)
        self._acts: list[Act] = [act(self.desk) for act in ACTS]
        overviewing = self.act(Overviewing)
        assert isinstance(overviewing, Overviewing)
        self._overviewing = overviewing
        self._proposing: Proposing | None = None
        self._reviewing: Reviewing | None = None
        self._handlers: dict[str, Handler] = {}
        self._in_view: dict[str, Mapping[str, Handler]] = {}
        self.desk.behind.made.connect(self._complete)
        self._following = Following(self.desk)
        self.desk.dispatcher.triggered.connect(self._perform)
        self.start = self._build_start()
        self._build_frame()
        workspace = self.desk.workspace
        workspace.opened.connect(self._show_project)
        workspace.said.connect(self._say)
        workspace.failed.connect(self._fail)
        self._restore()
        self.show_start()

    # ---- what others use

    def act(self, kind: type) -> Act:
        """The act of a class, for parts that are no keys: the start page, dropped files."""
        found = next((act for act in self._acts if isinstance(act, kind)), None)
        if found is None:
            self.desk.behind.make()
            found = next(act for act in self._acts if isinstance(act, kind))
        return found

    def show_start(self) -> None:
        """Show the start page."""
        self.start.set_recents(recents(self.desk.settings))
        self.start.set_coder(self.desk.settings.get("name"))
        self._pages.setCurrentWidget(self.start)
        self.setWindowTitle(self.tr("Annotator"))
        self.start.focus_first()

    def handled(self) -> set[str]:
        """The ids of all commands that do something."""
        self.desk.behind.make()
        return set(self._handlers)

    # ---- building

    def _build_desk(self, settings: Settings) -> Desk:
        workspace = Workspace(settings, self)
        document = OpenDocument(workspace, self)
        article, tags = ArticleView(), TagBar()
        article.setProperty("focus_context", "code")
        keymap = KeyMap(ACTIONS, SettingsKeys(settings), self)
        dispatcher = KeyDispatcher(self, keymap)
        dispatcher.watch(article)
        status = StatusLine()
        proposals = ProposalsHere(workspace, document, self)
        points, offered = PointsModel(workspace, document, self), ProposalsModel(document, proposals, self)
        details = DetailsPanel(document, Inspector(document), points, offered)
        documents = DocumentsPanel(workspace, self._menu)
        code = CodeView(workspace, document, article, tags)
        self._middle = QStackedWidget()
        views = ViewSwitch(documents, self._middle, self)
        views.add(View("code", self.tr("Code"), documents.articles, code, details, code.focus))
        behind = Behind(workspace, dispatcher, self)
        views.promise("review", self.tr("Review"), behind.make)
        whole = OverviewParts(workspace, self)
        views.add(View("overview", self.tr("Overview"), whole.side, whole.view, whole.spans, whole.focus))
        return Desk(
            window=self,
            settings=settings,
            workspace=workspace,
            document=document,
            article=article,
            proposals=proposals,
            code=code,
            tags=tags,
            documents=documents,
            details=details,
            rules=RulesPanel(),
            status=status,
            keymap=keymap,
            dispatcher=dispatcher,
            jobs=Jobs(self),
            behind=behind,
            overview=whole,
            views=views,
        )

    def _build_start(self) -> StartPage:
        start, projects = StartPage(), self.act(Projects)
        assert isinstance(projects, Projects)
        start.open_requested.connect(projects.open)
        start.new_requested.connect(projects.new)
        start.browse_requested.connect(projects.browse)
        start.sample_requested.connect(projects.open_sample)
        start.forget_requested.connect(self._forget)
        start.files_dropped.connect(projects.take_files)
        naming = self.act(Naming)
        assert isinstance(naming, Naming)
        start.coder_requested.connect(lambda: naming.ask_at_start(self.show_start))
        return start

    def _build_frame(self) -> None:
        desk = self.desk
        right = QWidget()
        inner = QVBoxLayout(right)
        inner.setContentsMargins(0, 0, 0, 0)
        for panel in (desk.details, desk.overview.spans):
            inner.addWidget(panel)
        self._right, self._beside = right, inner
        self._split = QSplitter()
        self._split.setObjectName("frame")
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        rules = surface(QWidget(), "side")
        holder = QVBoxLayout(rules)
        holder.setContentsMargins(16, 16, 12, 12)
        holder.addWidget(desk.rules)
        self._rules = rules
        for part, least in ((desk.documents, 200), (self._middle, 420), (right, 220), (rules, 420)):
            part.setMinimumWidth(least)
            self._split.addWidget(part)
        self._split.setStretchFactor(1, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start)
        self._pages.addWidget(self._split)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(desk.status)
        self.setCentralWidget(page)

    def _complete(self) -> None:
        """Put what stood behind the article in its place, and make the acts that nobody needed before."""
        from .acts.later import LATER_ACTS
        from .acts.proposing import Proposing
        from .acts.reviewing import Reviewing

        desk, review = self.desk, self.desk.review
        for panel in (desk.history, desk.actors, review.details, review.corrections):
            self._beside.addWidget(panel)
        desk.views.add(
            View("review", self.tr("Review"), review.disagreements, review.view, review.details, review.focus)
        )
        self._acts += [act(desk) for act in LATER_ACTS]
        reviewing, looks = self.act(Reviewing), self.act(Looks)
        assert isinstance(reviewing, Reviewing)
        assert isinstance(looks, Looks)
        looks.apply()
        proposing = self.act(Proposing)
        assert isinstance(proposing, Proposing)
        self._proposing = proposing
        self._reviewing = reviewing
        self._in_view = {"review": reviewing.in_review(), "overview": self._overviewing.in_overview()}
        self._handlers = {name: handler for act in self._acts for name, handler in act.handlers().items()}

    def _menu(self) -> QMenu:
        from .acts.undoing import Undoing

        undoing = self.act(Undoing)
        assert isinstance(undoing, Undoing)
        menu = QMenu(self)
        fill_menu(menu, self.desk, undoing.names())
        return menu

    def focusNextPrevChild(self, forwards: bool) -> bool:
        if self._pages.currentWidget() is self.start:
            return super().focusNextPrevChild(forwards)
        focus = QApplication.focusWidget()
        parts = map(self._split.widget, range(self._split.count()))
        found = stops([*(part for part in parts if part is not None), self.desk.status], focus)
        if not found:
            return False
        step = 1 if forwards else -1
        place = found.index(focus) + step if focus in found else (0 if forwards else -1)
        reason = Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason
        found[place % len(found)].setFocus(reason)
        return True

    # ---- following

    def _perform(self, action: str, payload: object) -> None:
        self.desk.behind.make()
        assert self._reviewing is not None
        assert self._proposing is not None
        if self.desk.workspace.is_open and (self._overviewing.refuses(action) or self._reviewing.refuses(action)):
            return
        view = self.desk.views.current.id
        at_hand = self._proposing.meaning(action) if view == "code" else None
        handler = at_hand or self._in_view.get(view, {}).get(action) or self._handlers.get(action)
        if handler is not None and (self.desk.workspace.is_open or action in _WITHOUT_PROJECT):
            handler(payload)

    def _show_project(self) -> None:
        self.setWindowTitle(self.desk.workspace.project.meta("title") + " – " + self.tr("Annotator"))
        self._pages.setCurrentWidget(self._split)
        self.desk.views.show("code")

    def _say(self, changes: Changes) -> None:
        text = "; ".join((changes.said, *changes.warnings))
        self.desk.status.release()
        self.desk.status.say(text, undo=changes.undoable, role="warn" if changes.warnings else "meta")

    def _fail(self, sentence: str, unsaved: bool) -> None:
        if not unsaved:  # what is not saved is told by Copying, which knows a way out
            self.desk.status.say(sentence, role="warn")

    def _forget(self, path: str) -> None:
        self.desk.settings.forget_recent(path)
        self.show_start()

    # ---- size and place

    def _screen_key(self) -> str:
        size = (self.screen() or QGuiApplication.primaryScreen()).size()
        return f"{size.width()}x{size.height()}"

    def _restore(self) -> None:
        known = self.desk.settings.get("windows").get(self._screen_key(), {})
        if isinstance(known.get("geometry"), str):
            self.restoreGeometry(QByteArray.fromBase64(known["geometry"].encode("ascii")))
        widths = known.get("widths")
        big = self.width() >= 1600
        self._split.setSizes(widths if isinstance(widths, list) else ([304, 960, 360] if big else [272, 790, 304]))

    def _remember(self) -> None:
        windows = self.desk.settings.get("windows")
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        entry = {"geometry": geometry, "widths": self._split.sizes()}
        self.desk.settings.set("windows", {**windows, self._screen_key(): entry})

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part, least in ((self._rules, WIDEST), (self._right, NARROW), (self.desk.documents, NARROWEST)):
            # Only crossing the limit folds or unfolds: what a person hid by F9 stays hidden while resizing.
            if (event.oldSize().width() >= least) != (self.width() >= least) or event.oldSize().width() < 0:
                part.setVisible(self.width() >= least)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.desk.workspace.save_waiting() and not self._said_unsaved:
            self._said_unsaved = True  # whoever closes again after reading this means it
            sentence = self.tr(
                "Not closed: another program is writing to the file, and the last tags are not saved yet."
            )
            self.desk.status.say(sentence + " " + self.tr("Close again to leave without them."), role="bad")
            event.ignore()
            return
        self.desk.jobs.end()
        self._remember()
        self.desk.workspace.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        projects = self.act(Projects)
        assert isinstance(projects, Projects)
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        # The desktop that the files come from waits for the drop to end.
        QTimer.singleShot(0, lambda: projects.take_files(paths))


_WITHOUT_PROJECT = frozenset(
    {"new_project", "open_project", "quit", "keys", "text_larger", "text_smaller", "text_normal", "back"}
)
