"""Who proposes, and to whom it is shown: the lead's switches, which hold for all coders."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.operations.proposal_settings import ProposalSettings
from annotator.propose import PROPOSERS, Proposer
from annotator.propose.learned import is_installed
from annotator.propose.spacy_models import models

from ..widgets.labels import label
from ..widgets.tick import Tick


class SwitchesPage(QWidget):
    """Two switches for the project and one for each proposer; each acts at once."""

    changed = Signal()

    def __init__(self, settings: ProposalSettings, *, lead: bool) -> None:
        super().__init__()
        self.on = Tick(self.tr("Show proposals to all who code in this project"), on=settings.on)
        self.in_blind_rounds = Tick(
            self.tr("In blind rounds too: then all see the same, whatever they have coded before"),
            on=settings.in_blind_rounds,
        )
        self.proposers = {each.name: Tick(self._told(each), on=each.name in settings.proposers) for each in PROPOSERS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if not lead:
            told = self.tr("This is a coder’s own file: what is proposed in it was settled by the lead.")
            column.addWidget(label(told, "second", wrap=True))
        column.addWidget(self.on)
        column.addWidget(self.in_blind_rounds)
        hint = self.tr("A proposal is never counted until a person takes it. All work on this computer alone.")
        column.addWidget(label(hint, "meta", wrap=True))
        column.addSpacing(8)
        column.addWidget(label(self.tr("Who proposes"), "section"))
        for each in PROPOSERS:
            column.addWidget(self.proposers[each.name])
            if missing := self._missing(each):
                column.addWidget(label(missing, "meta", wrap=True))
        column.addStretch(1)
        for tick in (self.on, self.in_blind_rounds, *self.proposers.values()):
            tick.setEnabled(lead)
            tick.toggled.connect(self._turned)
        self._turned(told=False)

    @property
    def chosen(self) -> list[str]:
        """The names of the proposers that are ticked."""
        return [name for name, tick in self.proposers.items() if tick.isChecked()]

    def _turned(self, _: bool = False, *, told: bool = True) -> None:
        on = self.on.isChecked() and self.on.isEnabled()
        for tick in (self.in_blind_rounds, *self.proposers.values()):
            tick.setEnabled(on)
        if told:
            self.changed.emit()

    def _told(self, proposer: Proposer) -> str:
        about = {
            "actors": self.tr("the names and aliases of the project’s actors"),
            "before": self.tr("the same words again, as often as they were right"),
            "learned": self.tr("a model of one’s own coding, per tag"),
            "spacy": self.tr("names that an installed spaCy model finds"),
            "speech acts": self.tr("“said”, “demanded”, “threatened to”, quotation marks"),
            "figures": self.tr("amounts, shares, dates within statements"),
        }
        return f"{proposer.label} – {about.get(proposer.name, proposer.name)}"

    def _missing(self, proposer: Proposer) -> str:
        """What has to be installed before a proposer can work; empty if nothing."""
        if proposer.name == "learned" and not is_installed():
            return self.tr('Not installed: pip install "news-annotator[learn]"')
        if proposer.name == "spacy" and not models():
            told = self.tr("No model is installed: pip install {extra}, then python -m spacy download en_core_web_sm")
            return told.format(extra='"news-annotator[spacy]"')
        return ""
