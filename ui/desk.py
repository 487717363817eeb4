"""Everything an act of the window may need, in one place that knows nothing itself."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow, QWidget

from annotator.settings import Settings

from .article_view.view import ArticleView
from .behind import Behind
from .dialogs.rules_sheet import RulesPanel
from .jobs import Jobs
from .keys.dispatcher import KeyDispatcher
from .keys.keymap import KeyMap
from .open_document import OpenDocument
from .overview.parts import OverviewParts
from .panels.details import DetailsPanel
from .panels.documents import DocumentsPanel
from .panels.tag_bar import TagBar
from .proposals.here import ProposalsHere
from .views.code_view import CodeView
from .views.switch import ViewSwitch
from .widgets.status_line import StatusLine
from .workspace import Workspace

if TYPE_CHECKING:
    from .panels.actors import ActorsPanel
    from .panels.history import HistoryPanel
    from .review.parts import ReviewParts


@dataclass
class Desk:
    """The parts of one window."""

    window: QMainWindow
    settings: Settings
    workspace: Workspace
    document: OpenDocument
    article: ArticleView
    proposals: ProposalsHere
    code: CodeView
    tags: TagBar
    documents: DocumentsPanel
    details: DetailsPanel
    rules: RulesPanel  # a column of its own in very wide windows
    status: StatusLine
    keymap: KeyMap
    dispatcher: KeyDispatcher
    jobs: Jobs
    behind: Behind
    overview: OverviewParts
    views: ViewSwitch

    @property
    def review(self) -> "ReviewParts":
        """The parts of Review, made now if nobody needed them yet."""
        return self.behind.review

    @property
    def history(self) -> "HistoryPanel":
        """The panel of steps, made now if nobody needed it yet."""
        return self.behind.history

    @property
    def actors(self) -> "ActorsPanel":
        """The panel of actors, made now if nobody needed it yet."""
        return self.behind.actors

    @property
    def reviewing(self) -> bool:
        """Whether readings are compared, not coded."""
        return self.views.current.id == "review"

    @property
    def articles(self) -> list[ArticleView]:
        """Every text that the window has by now, in sight or not."""
        return [self.article, *(self.review.view.articles if self.behind.is_made else ())]

    def focus_text(self) -> None:
        """Put the keyboard into the text of the view that is shown."""
        self.views.current.focus()

    def show_beside(self, panel: QWidget) -> None:
        """Show details, history, actors or corrections in the one place beside the article that they share."""
        if panel in (self.details, self.review.details):
            panel = self.views.current.beside
        beside = (self.details, self.history, self.actors, self.review.details, self.review.corrections)
        for each in (*beside, self.overview.spans):
            each.setVisible(each is panel)
        column = panel.parentWidget()
        empty = panel is self.overview.spans and not self.overview.looked_into
        if column is not None and column.isHidden() != empty:  # a narrow window had folded it away
            column.setVisible(not empty)
