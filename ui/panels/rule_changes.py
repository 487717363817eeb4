"""What has changed in the rules of an annotation since somebody looked at it, and the way to say that it holds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ..widgets.buttons import button
from ..widgets.clearing import clear
from ..widgets.key_cap import KeyCaps
from ..widgets.labels import Role, label
from ..widgets.surface import surface

if TYPE_CHECKING:
    from annotator.model.codebook_diff import Change

MOST = 6  # changes that are told one by one
AROUND = 6  # words that are shown on either side of what differs


class RuleChanges(QWidget):
    """How each rule reads now and read before, as far as it differs, and a button; hidden where nothing has changed."""

    agreed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("What has changed in the rules"))
        surface(self, "soft")
        self._shown: tuple[Change, ...] = ()
        self._told = QVBoxLayout()
        self._told.setSpacing(2)
        still = button(self.tr("Still right"), on_click=self.agreed.emit)
        still.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(self.tr("New rules"), "section"))
        head.addStretch(1)
        head.addWidget(still)
        head.addWidget(KeyCaps("Space"))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._told)
        self.hide()

    def show_changes(self, changes: "Sequence[Change]") -> None:
        """Show these; none hides it all."""
        self.setVisible(bool(changes))
        if tuple(changes) == self._shown:
            return
        self._shown = tuple(changes)
        clear(self._told)
        for change in changes[:MOST]:
            self._tell(change)
        if len(changes) > MOST:
            self._line(self.tr("and {n} more").format(n=f"{len(changes) - MOST:,}"), "meta")

    def _tell(self, change: "Change") -> None:
        if not (change.before and change.after):
            self._line(change.sentence, "body")
            return
        before, after = what_differs(change.before, change.after)
        self._line(change.sentence.partition(" reads now ")[0] + ":", "meta")
        self._line(after, "body")
        self._line(self.tr("before: {words}").format(words=before), "meta")

    def _line(self, text: str, role: Role) -> None:
        self._told.addWidget(label(text, role, wrap=True))


def what_differs(before: str, after: str) -> tuple[str, str]:
    """Both texts without the long stretches at their ends in which they are equal."""
    old, new = before.split(), after.split()
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - start) if old[-1 - at] != new[-1 - at]), shorter - start)
    first, last = max(0, start - AROUND), max(0, end - AROUND)
    return _cut(old, first, last), _cut(new, first, last)


def _cut(words: Sequence[str], first: int, last: int) -> str:
    kept = " ".join(words[first : len(words) - last])
    return ("… " if first else "") + kept + (" …" if last else "")
