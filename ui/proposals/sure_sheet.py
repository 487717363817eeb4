"""Take all sure proposals of the article: what that would do stands there first, ticked off by key."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook
from annotator.operations.words import counted

from ..models.counted import CountedModel, Index
from ..panels.rows import ONE_LINE, Rows, paint_line
from ..theme import current, ui_font
from ..widgets.buttons import button
from ..widgets.chip import CHIP_HEIGHT, chip_width, paint_chip
from ..widgets.key_cap import KeyCaps
from ..widgets.labels import label
from ..widgets.sheet import Sheet
from ..widgets.tick import paint_tick
from ..widgets.tick_list import TickList
from .words import proposer_label

if TYPE_CHECKING:
    from annotator.propose import Proposal

_TICK = 14.0
_CHIP = 70.0  # room for a tag's word
_SIDE = 190.0  # room for who proposes it


class SureModel(CountedModel):
    """A row is a proposal; all are ticked at first."""

    ticks_changed = Signal()

    def __init__(self, text: str, proposals: "Sequence[Proposal]") -> None:
        super().__init__()
        self.text, self.proposals = text, proposals
        self._off: set[int] = set()
        self.set_count(len(proposals))

    def is_ticked(self, row: int) -> bool:
        """Whether it would be taken."""
        return row not in self._off

    def ticked(self) -> "list[Proposal]":
        """Those that would be taken."""
        return [each for row, each in enumerate(self.proposals) if row not in self._off]

    def turn(self, row: int) -> None:
        """Tick a row, or take its tick away."""
        if 0 <= row < len(self.proposals):
            self._off ^= {row}
            self._told(row, row)

    def turn_all(self) -> None:
        """Tick all, or none if they are."""
        self._off = set() if self._off else set(range(len(self.proposals)))
        self._told(0, len(self.proposals) - 1)

    def _told(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first), self.index(last))
        self.ticks_changed.emit()

    def words(self, row: int) -> str:
        """The words that would be tagged."""
        span = self.proposals[row].outer
        return " ".join(self.text[span.start : span.end].split())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.proposals):
            return None
        each = self.proposals[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{each.tag}: {self.words(index.row())}, {proposer_label(each.by)}"
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.is_ticked(index.row()) else Qt.CheckState.Unchecked
        return None


class SureRows(Rows):
    """A tick, the tag's word, the words of the article, who proposes it."""

    height = ONE_LINE

    def __init__(self, model: SureModel, codebook: Codebook | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._codebook = model, codebook

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        each = self._model.proposals[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.ground(painter, option)
        theme, rect = current(), QRectF(option.rect).adjusted(8, 0, -10, 0)
        box = QRectF(rect.left(), rect.center().y() - _TICK / 2, _TICK, _TICK)
        paint_tick(painter, box, ticked=self._model.is_ticked(index.row()))
        tag = self._codebook.tag(each.tag) if self._codebook else None
        name = tag.label.lower() if tag else each.tag
        ink = (tag.dark if theme.dark else tag.light) if tag else theme.ink2
        left = box.right() + 10
        chip = QRectF(left, rect.center().y() - CHIP_HEIGHT / 2, min(chip_width(name), _CHIP), CHIP_HEIGHT)
        paint_chip(painter, chip, name, ink, theme, dashed=True)
        left += _CHIP + 8
        words = QRectF(left, rect.top(), rect.right() - _SIDE - left - 8, rect.height())
        paint_line(painter, words, self._model.words(index.row()), ui_font("body"), theme.ink)
        side = QRectF(rect.right() - _SIDE, rect.top(), _SIDE, rect.height())
        paint_line(painter, side, proposer_label(each.by), ui_font("small"), theme.ink2)
        painter.restore()


class SureSheet(Sheet):
    """`wanted` carries the proposals that were left ticked."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget, text: str, proposals: "Sequence[Proposal]", codebook: Codebook | None) -> None:
        content = QWidget()
        title = QCoreApplication.translate("Sure", "Take the sure proposals of this article")
        super().__init__(parent, title, content, 760, leave="cancel")
        self.setObjectName("sure_sheet")
        self.rows = SureModel(text, proposals)
        self.list = TickList(self.rows, self.rows, "sure_proposals", self.tr("Sure proposals"))
        self.list.setItemDelegate(SureRows(self.rows, codebook, self.list))
        self.list.setMinimumHeight(260)
        self.list.setCurrentIndex(self.rows.index(0))
        self._main = button("", "primary", on_click=self._take)
        told = self.tr("Each becomes an annotation of yours that says where it came from. One undo takes all back.")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(told, "second", wrap=True))
        column.addWidget(self.list, 1)
        foot = self.foot(self._main)
        for place, part in enumerate(
            (KeyCaps("Space"), label(self.tr("tick"), "meta"), KeyCaps("a"), label(self.tr("all"), "meta"))
        ):
            foot.insertWidget(place, part)
        column.addLayout(foot)
        content.setFocusProxy(self.list)
        self.rows.ticks_changed.connect(self._tell)
        self.closed.connect(self.deleteLater)
        self._tell()

    def _tell(self) -> None:
        ticked = self.rows.ticked()
        number = counted(len(ticked), self.tr("proposal"), self.tr("proposals"))
        self._main.say(self.tr("Take {proposals}").format(proposals=number))
        self._main.setEnabled(bool(ticked))

    def _take(self) -> None:
        ticked = self.rows.ticked()
        if ticked:
            self.dismiss()
            self.wanted.emit(ticked)
