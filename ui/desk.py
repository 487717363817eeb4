"""Everything an act of the window may need, in one place that knows nothing itself."""

from dataclasses import dataclass

from PySide6.QtWidgets import QMainWindow, QWidget

from annotator.settings import Settings

from .article_view.view import ArticleView
from .dialogs.rules_sheet import RulesPanel
from .jobs import Jobs
from .keys.dispatcher import KeyDispatcher
from .keys.keymap import KeyMap
from .open_document import OpenDocument
from .panels.actors import ActorsPanel
from .panels.details import DetailsPanel
from .panels.documents import DocumentsPanel
from .panels.history import HistoryPanel
from .panels.tag_bar import TagBar
from .views.code_view import CodeView
from .widgets.status_line import StatusLine
from .workspace import Workspace


@dataclass
class Desk:
    """The parts of one window."""

    window: QMainWindow
    settings: Settings
    workspace: Workspace
    document: OpenDocument
    article: ArticleView
    code: CodeView
    tags: TagBar
    documents: DocumentsPanel
    details: DetailsPanel
    history: HistoryPanel
    actors: ActorsPanel
    rules: RulesPanel  # a column of its own in very wide windows
    status: StatusLine
    keymap: KeyMap
    dispatcher: KeyDispatcher
    jobs: Jobs

    def show_beside(self, panel: QWidget) -> None:
        """Show details, history or actors in the one place beside the article that they share."""
        for each in (self.details, self.history, self.actors):
            each.setVisible(each is panel)
        column = panel.parentWidget()
        if column is not None and column.isHidden():  # a narrow window had folded it away
            column.show()
