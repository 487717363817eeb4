"""Whether a reviewer sees who coded what, and what the readings are called."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from annotator.operations import review_settings
from annotator.operations.reviewing import ArticleReview, Case
from annotator.review.decisions import DECIDED
from annotator.review.readings import Reader

from ..workspace import Workspace
from .look import names_of


class Names(QObject):
    """Hidden until decided where the project says so; a person may look, and hide them again."""

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._turned = False
        workspace.opened.connect(self._opened)
        workspace.changed.connect(lambda changes: self._opened() if changes.everything else None)

    @property
    def hidden(self) -> bool:
        """Whether names are hidden at what is not decided."""
        workspace = self._workspace
        return workspace.is_open and review_settings.names_hidden(workspace.project) != self._turned

    def turn(self) -> bool:
        """Show what is hidden, hide what is shown; returns whether names are hidden now."""
        self._turned = not self._turned
        self.changed.emit()
        return self.hidden

    def of_case(self, case: Case) -> list[str]:
        """What the readings are called at a place."""
        return names_of(case.readers, hidden=self.hidden and case.state != DECIDED)

    def of_article(self, review: ArticleReview) -> list[str]:
        """What they are called where an article is shown as a whole."""
        return names_of(review.readers, hidden=self.hidden)

    def initials(self, readers: Sequence[Reader]) -> list[str]:
        """A letter or a number for each reading, all different."""
        letters = [name[:1].upper() for name in names_of(readers, hidden=False)]
        if self.hidden or len(set(letters)) < len(letters) or "" in letters:
            return [str(number) for number in range(1, len(readers) + 1)]
        return letters

    def _opened(self) -> None:
        self._turned = False
        self.changed.emit()
