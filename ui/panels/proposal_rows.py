"""The list of proposals: the tag's word in dashes, the words of the article, and below them who proposes them."""

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from annotator.model.codebook import Codebook

from ..models.proposals import ProposalsModel
from ..proposals.words import told
from ..theme import current, ui_font
from ..widgets.chip import CHIP_HEIGHT, chip_width, paint_chip
from .answer_list import AnswerList
from .rows import TWO_LINES, Index, Rows, paint_line


class ProposalRows(Rows):
    """Two lines a proposal."""

    height = TWO_LINES

    def __init__(self, model: ProposalsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.codebook: Codebook | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        proposal = self._model.proposal(index.row())
        if proposal is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, theme = self.ground(painter, option), current()
        rect = QRectF(option.rect).adjusted(10, 4, -10, 0)
        font = ui_font("body", QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        paint_line(painter, QRectF(rect.x(), rect.y(), rect.width(), 18), self._model.words(proposal), font, theme.ink)
        tag = self.codebook.tag(proposal.tag) if self.codebook else None
        name = tag.label.lower() if tag else proposal.tag
        ink = (tag.dark if theme.dark else tag.light) if tag else theme.ink2
        chip = QRectF(rect.x(), rect.y() + 19, chip_width(name), CHIP_HEIGHT - 3)
        paint_chip(painter, chip, name, ink, theme, dashed=True)
        under = QRectF(chip.right() + 8, rect.y() + 18, rect.right() - chip.right() - 8, 18)
        paint_line(painter, under, told(proposal), ui_font("small"), theme.ink2)
        painter.restore()


class ProposalList(AnswerList):
    """Arrows and J walk, and the article follows; Enter goes there. Space takes, X refuses."""

    def __init__(self, model: ProposalsModel) -> None:
        super().__init__(model, "proposals", QCoreApplication.translate("ProposalList", "Proposals for this article"))
        self.rows = ProposalRows(model, self)
        self.setItemDelegate(self.rows)
