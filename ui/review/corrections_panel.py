"""What was decided otherwise than one coded it oneself: each place with its reason, and a tally by rule."""

from PySide6.QtCore import QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.codebook import Codebook
from annotator.operations import corrections
from annotator.review.corrections import NO_REASON, Correction, rules_at_stake, tally
from annotator.review.readings import Mark

from ..models.counted import CountedModel, Index
from ..panels.rows import Rows, paint_line
from ..theme import current, ui_font
from ..widgets.buttons import icon_button
from ..widgets.labels import label, plain_tip
from ..widgets.surface import surface
from ..workspace import Workspace

_MOST = 5  # rules of the tally that are named


class CorrectionsModel(CountedModel):
    """A row is a correction, as they were when somebody looked last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.corrections: list[Correction] = []
        self.codebook: Codebook | None = None

    def show(self, found: list[Correction]) -> None:
        """Show these."""
        self.corrections = found
        self.set_count(len(found))

    def told(self, correction: Correction) -> tuple[str, str, str]:
        """What one has, what was agreed, and why."""
        mine = self.tr("You: {what}").format(what=self._marks(correction.mine))
        agreed = self.tr("Agreed: {what}").format(what=self._marks(correction.agreed))
        why = [self._rule(correction)]
        if correction.decision is not None and correction.decision.note:
            why.append(correction.decision.note)
        if correction.defensible:
            why.append(self.tr("yours is defensible too"))
        return mine, agreed, " · ".join(part for part in why if part)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid() or index.row() >= len(self.corrections):
            return None
        correction = self.corrections[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(correction.place.quote.split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join((correction.title, *self.told(correction))))
        return "; ".join(self.told(correction)) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _marks(self, marks: tuple[Mark, ...]) -> str:
        return ", ".join(f"{self._tag(mark)} “{' '.join(mark.quote.split())}”" for mark in marks) or self.tr("nothing")

    def _tag(self, mark: Mark) -> str:
        tag = self.codebook.tag(mark.tag) if self.codebook else None
        return tag.label.lower() if tag else mark.tag

    def _rule(self, correction: Correction) -> str:
        rules = rules_at_stake(correction, self.codebook) if self.codebook else ()
        if rules:
            more = self.tr(" (one of {n})").format(n=len(rules)) if len(rules) > 1 else ""
            return f"{rules[0].id} {rules[0].text}{more}"
        return self.tr("no reason given") if correction.rule == NO_REASON else correction.rule


class _Corrections(Rows):
    height = 62

    def __init__(self, model: CorrectionsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.row() >= len(self._model.corrections):
            return
        painter.save()
        chosen, theme = self.ground(painter, option), current()
        rect = QRectF(option.rect).adjusted(10, 5, -8, 0)
        mine, agreed, why = self._model.told(self._model.corrections[index.row()])
        weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Normal
        lines = ((mine, ui_font("body"), theme.ink2), (agreed, ui_font("body", weight), theme.ink))
        for nth, (text, font, ink) in enumerate((*lines, (why, ui_font("small"), theme.ink3))):
            line = QRectF(rect.x(), rect.y() + 18 * nth, rect.width(), 18)
            paint_line(painter, line, text, font, ink, both_ends=nth < 2)  # it may be the last word that differs
        painter.restore()


class CorrectionsPanel(QWidget):
    """Enter or a click goes to the place in the article."""

    chosen = Signal(object)  # Correction
    close_requested = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.model = CorrectionsModel(self)
        self._of: tuple[frozenset[int], str] | None = None  # these articles alone, with what is told of them
        self.setObjectName("corrections")
        surface(self, "side")
        self.list = QListView()
        self.list.setObjectName("corrections_list")
        self.list.setAccessibleName(self.tr("My corrections"))
        self.list.setProperty("focus_context", "list")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Corrections(self.model, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.activated.connect(self._choose)
        self.list.clicked.connect(self._choose)
        self._count, self._tally = label("", "second", wrap=True), label("", "meta", wrap=True)
        self._build()
        workspace.changed.connect(self._follow)
        workspace.coder_changed.connect(self._reload_if_seen)

    @property
    def codebook(self) -> Codebook | None:
        """The codebook whose rules and tags are named."""
        return self.model.codebook

    @codebook.setter
    def codebook(self, codebook: Codebook | None) -> None:
        self.model.codebook = codebook

    def show_articles(self, documents: frozenset[int], told: str) -> None:
        """Of these articles alone, under a sentence on them, until the panel is shown anew."""
        self._of = documents, told
        self._reload()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._of = None

    def showEvent(self, event: QShowEvent) -> None:
        self._reload()
        super().showEvent(event)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("My corrections"), "head"))
        head.addStretch(1)
        head.addWidget(icon_button("x", self.tr("Close corrections"), self.close_requested.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._count)
        column.addWidget(self._tally)
        column.addWidget(self.list, 1)

    def _follow(self, changes: Changes) -> None:
        if changes.history or changes.everything:
            self._reload_if_seen()

    def _reload_if_seen(self) -> None:
        if self.isVisible():
            self._reload()

    def _reload(self) -> None:
        workspace, found = self._workspace, []
        if workspace.is_open and workspace.coder is not None:
            try:
                only = sorted(self._of[0]) if self._of is not None else None
                found = corrections.my_corrections(workspace.project, workspace.coder.key, only)
            except AnnotatorError as error:
                workspace.failed.emit(str(error), False)
        self.model.show(found)
        articles = len({each.document for each in found})
        if self._of is not None:
            self._count.setText(self._of[1])
        elif found:
            told = self.tr("{n} places in {articles} articles were decided otherwise.")
            self._count.setText(told.format(n=f"{len(found):,}", articles=f"{articles:,}"))
        else:
            self._count.setText(
                self.tr("Nothing yet: what was decided otherwise stands here once an agreed version is closed.")
            )
        rules = tally(found)
        self._tally.setText("\n".join(f"{number:,} × {rule}" for rule, number in rules[:_MOST]))
        self._tally.setVisible(bool(rules))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self.model.corrections):
            self.chosen.emit(self.model.corrections[index.row()])
