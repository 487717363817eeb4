"""What fills the places of Overview."""

from dataclasses import dataclass

from ..views.overview_view import OverviewView
from ..workspace import Workspace
from .session import OverviewSession
from .side import OverviewSide
from .spans_panel import SpansPanel


@dataclass(frozen=True)
class OverviewContents:
    """Session, and what shows it."""

    session: OverviewSession
    side: OverviewSide
    view: OverviewView
    spans: SpansPanel

    @classmethod
    def of(cls, workspace: Workspace) -> "OverviewContents":
        """Make them for a window."""
        session = OverviewSession(workspace)
        made = cls(session, OverviewSide(workspace, session), OverviewView(workspace, session), SpansPanel())
        made.side.page_chosen.connect(made.view.turn_to)
        made.view.turn_to(made.side.page)
        made.side.fill()
        return made
