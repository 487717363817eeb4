"""What has changed in the rules of an annotation since somebody looked at it, and the way to say that it holds."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ..widgets.buttons import button
from ..widgets.key_cap import KeyCaps
from ..widgets.labels import label
from ..widgets.surface import surface

MOST = 6  # changes that are told one by one


class RuleChanges(QWidget):
    """One sentence for each change, and a button; hidden where nothing has changed."""

    agreed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("What has changed in the rules"))
        surface(self, "soft")
        self._shown: tuple[str, ...] = ()
        self._told = QVBoxLayout()
        self._told.setSpacing(4)
        still = button(self.tr("Still right"), on_click=self.agreed.emit)
        still.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(still)
        foot.addWidget(KeyCaps("Space"))
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(label(self.tr("The rules have changed"), "section"))
        column.addLayout(self._told)
        column.addLayout(foot)
        self.hide()

    def show_changes(self, sentences: Sequence[str]) -> None:
        """Show these; none hides it all."""
        self.setVisible(bool(sentences))
        if tuple(sentences) == self._shown:
            return
        self._shown = tuple(sentences)
        while item := self._told.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for sentence in sentences[:MOST]:
            self._told.addWidget(label(sentence, "body", wrap=True))
        if len(sentences) > MOST:
            more = self.tr("and {n} more").format(n=f"{len(sentences) - MOST:,}")
            self._told.addWidget(label(more, "meta"))
