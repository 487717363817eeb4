"""The proposal at hand beside the article: what, by whom, how sure, and the keys that answer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook
from annotator.operations.words import counted, shown

from ..proposals.words import proposer_label
from ..theme import read_font
from ..widgets.buttons import Button, button
from ..widgets.chip import Chip
from ..widgets.key_cap import KeyCaps
from ..widgets.labels import label

if TYPE_CHECKING:
    from annotator.propose import Proposal


class ProposalPage(QWidget):
    """Shows one proposal; its buttons do what the keys do."""

    take_wanted = Signal()
    refuse_wanted = Signal()
    edges_wanted = Signal()
    sure_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("The proposal at hand"))
        self._chip, self._place = Chip("", "#000000", "#ffffff", dashed=True), label("", "meta")
        self._quote: QLabel = label("", "body", wrap=True)
        self._quote.setFont(read_font(15))
        self._quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._why: QLabel = label("", "second", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._chip)
        head.addWidget(self._place)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addSpacing(6)
        column.addWidget(self._quote)
        column.addSpacing(4)
        column.addWidget(self._why)
        column.addSpacing(6)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        for words, key, act in (
            (self.tr("Take"), "Space", self.take_wanted.emit),
            (self.tr("Refuse"), "x", self.refuse_wanted.emit),
        ):
            answers.addWidget(_answer(words, act))
            answers.addWidget(KeyCaps(key))
        answers.addStretch(1)
        column.addLayout(answers)
        for words, key, act in (
            (self.tr("Move edges"), "e", self.edges_wanted.emit),
            (self.tr("Take all sure ones…"), "Shift+Space", self.sure_wanted.emit),
        ):
            other = QHBoxLayout()
            other.setSpacing(8)
            other.addWidget(button(words, "link", on_click=act))
            other.addWidget(KeyCaps(key))
            other.addStretch(1)
            column.addLayout(other)
        hint = self.tr("The key of another tag takes these words with that tag.")
        column.addWidget(label(hint, "meta", wrap=True))
        column.addStretch(1)

    def show_proposal(self, proposal: "Proposal", text: str, paragraph: int, codebook: Codebook | None) -> None:
        """Show a proposal for a text."""
        tag = codebook.tag(proposal.tag) if codebook else None
        name = tag.label.lower() if tag else proposal.tag
        self._chip.show_tag(name, tag.light if tag else "#4d4e55", tag.dark if tag else "#b6b7be", dashed=True)
        words = " … ".join(" ".join(text[start:end].split()) for start, end in proposal.spans)
        number = counted(len(words.split()), self.tr("word"), self.tr("words"))
        self._place.setText(f"¶ {paragraph} · {number}")
        self._quote.setText(words[:2_000])
        by = self.tr("Proposed by: {name}").format(name=proposer_label(proposal.by))
        sure = self.tr("sure") if proposal.is_sure else self.tr("not sure")
        told = [f"{by}, {sure} ({proposal.score:.2f})."]
        if proposal.source is not None:
            source = shown(text[proposal.source.start : proposal.source.end], 60)
            told.append(self.tr("Said by {source}, if that is tagged.").format(source=source))
        self._why.setText(" ".join(told))


def _answer(words: str, act: Callable[[], None]) -> Button:
    made: Button = button(words, on_click=act)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
