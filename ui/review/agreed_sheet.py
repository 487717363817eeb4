"""What taking all that agrees in all articles shown would do, before it is done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook
from annotator.operations.gold import Agreed
from annotator.operations.words import counted

from ..widgets.buttons import button
from ..widgets.chip import Chip
from ..widgets.labels import label
from ..widgets.sheet import Sheet

_MOST = 12  # tags that are named


class AgreedSheet(Sheet):
    """How many places, of which tags, in how many articles; one button."""

    taken = Signal()

    def __init__(self, parent: QWidget, agreed: Agreed, codebook: Codebook | None) -> None:
        content = QWidget()
        super().__init__(parent, self.tr("Take all that agrees"), content, 520, leave="cancel")
        self.setObjectName("agreed_sheet")
        places = counted(agreed.places, self.tr("place"), self.tr("places"))
        articles = counted(agreed.articles, self.tr("article"), self.tr("articles"))
        told = self.tr("All agree on {places} of {articles} that the agreed version (gold) does not hold yet:")
        after = self.tr("What is decided already stays. It is one step: undo takes all of it back.")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for row, (tag, number) in enumerate(list(agreed.tags.items())[:_MOST]):
            known = codebook.tag(tag) if codebook else None
            name = known.label.lower() if known else tag
            chip = Chip(name, known.light, known.dark) if known else label(name)
            grid.addWidget(label(f"{number:,}", "strong"), row, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(chip, row, 1, Qt.AlignmentFlag.AlignLeft)
        take = button(self.tr("Take {places}").format(places=places), "primary")
        take.clicked.connect(self._take)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label(told.format(places=places, articles=articles), "body", wrap=True))
        column.addLayout(grid)
        column.addWidget(label(after, "second", wrap=True))
        column.addLayout(self.foot(take))
        content.setFocusProxy(take)

    def _take(self) -> None:
        self.dismiss()
        self.taken.emit()
