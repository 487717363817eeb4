"""The parts of Review in one place, as the desk holds those of the window."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from annotator.model.codebook import Codebook

from ..keys.dispatcher import KeyDispatcher
from ..views.review_view import ReviewView
from ..workspace import Workspace
from .corrections_panel import CorrectionsPanel
from .list_panel import DisagreementsPanel
from .names import Names
from .place_panel import PlacePanel
from .session import ReviewSession


@dataclass
class ReviewParts:
    """Session, names, and what shows them."""

    session: ReviewSession
    names: Names
    view: ReviewView
    disagreements: DisagreementsPanel
    details: PlacePanel
    corrections: CorrectionsPanel

    @classmethod
    def of(cls, workspace: Workspace, dispatcher: KeyDispatcher) -> "ReviewParts":
        """Make them for a window."""
        session, names = ReviewSession(workspace, dispatcher), Names(workspace, dispatcher)
        made = cls(
            session,
            names,
            ReviewView(workspace, session, names),
            DisagreementsPanel(workspace, session, names),
            PlacePanel(workspace, session, names),
            CorrectionsPanel(workspace),
        )
        made.details.hide()
        made.corrections.hide()
        for text in made.view.articles:
            dispatcher.watch(text)
        made.view.article_came.connect(made.take_focus)
        return made

    def focus(self) -> None:
        """Put the keyboard into the article, or into the list as long as there is none."""
        if self.session.article is not None:
            self.view.focus_text()
        else:
            self.disagreements.list.setFocus()

    def take_focus(self) -> None:
        """The first article has come: from the list, where the keyboard waited, into it."""
        if self.disagreements.list.hasFocus():
            self.view.focus_text()

    @property
    def panes(self) -> list[QWidget]:
        """What F6 leads to in the middle of the window."""
        return [*self.view.articles, self.view.bar]

    def show_codebook(self, codebook: Codebook | None) -> None:
        """Draw and tell with the tags of this codebook."""
        self.view.show_codebook(codebook)
        self.disagreements.show_codebook(codebook)
        self.details.codebook = codebook
        self.corrections.codebook = codebook
