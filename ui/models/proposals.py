"""What is proposed in the article at hand as rows, as it was when the panel last asked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ..open_document import OpenDocument
from ..proposals.here import ProposalsHere
from ..proposals.words import told
from ..widgets.labels import plain_tip
from .counted import CountedModel, Index

if TYPE_CHECKING:
    from annotator.propose import Proposal


class ProposalsModel(CountedModel):
    """A row is a proposal, in the order of the text."""

    def __init__(self, document: OpenDocument, proposals: ProposalsHere, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._proposals = document, proposals
        self._rows: list[tuple[int, Proposal]] = []

    def follow(self) -> None:
        """Show what is proposed now."""
        rows = self._proposals.items()
        if rows == self._rows:
            return
        before, self._rows = self._rows, rows
        gone = next((at for at, (old, new) in enumerate(zip(before, rows, strict=False)) if old != new), len(rows))
        if before[gone + 1 :] == rows[gone:] and len(before) == len(rows) + 1:
            self.drop_row(gone)
        else:
            self.set_count(len(rows))

    def key(self, row: int) -> int | None:
        """The key of a row's proposal."""
        return self._rows[row][0] if 0 <= row < len(self._rows) else None

    def row_of(self, key: int | None) -> int | None:
        """The row of a proposal."""
        return next((at for at, (other, _) in enumerate(self._rows) if other == key), None)

    def proposal(self, row: int) -> "Proposal | None":
        """The proposal of a row."""
        return self._rows[row][1] if 0 <= row < len(self._rows) else None

    def words(self, proposal: "Proposal") -> str:
        """The words of the article that it is about."""
        return " ".join(self._document.text[proposal.outer.start : proposal.outer.end].split())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        proposal = self.proposal(index.row()) if index.isValid() else None
        if proposal is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(proposal)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{self.words(proposal)}\n{told(proposal)}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{proposal.tag}: {self.words(proposal)}, {told(proposal)}"
        return None
