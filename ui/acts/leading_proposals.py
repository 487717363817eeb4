"""The sheet where the lead switches proposals on, and what learns beside the window."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt

from ..desk import Desk
from ..proposals.learner import Learner
from .act import Handler, plain


class LeadingProposals(QObject):
    """Shows the sheet; owns what learns."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self.learner = Learner(desk.workspace, desk.proposals, self)

    def handlers(self) -> Mapping[str, Handler]:
        return {"proposals": plain(self.show)}

    def show(self) -> None:
        """Show who proposes, what was learned, and the rules."""
        from ..proposals.sheet import ProposalsSheet  # with all proposers, which a start of the window does without

        sheet = ProposalsSheet(self._desk.window, self._desk.workspace, self.learner)
        sheet.article_wanted.connect(self._open)
        sheet.present()

    def _open(self, document: int) -> None:
        self._desk.views.show("code")
        self._desk.workspace.show_document(document)
        self._desk.article.setFocus(Qt.FocusReason.OtherFocusReason)
