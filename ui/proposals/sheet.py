"""Proposals…: who proposes and to whom it is shown, how well each tag is learned, the rules for statements."""

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.operations.proposal_settings import proposal_settings, set_proposals
from annotator.operations.speech_rules import rules_text, set_rules

from ..widgets.segments import Segments
from ..widgets.sheet import Sheet
from ..workspace import Workspace
from .learned_page import LearnedPage
from .learner import Learner
from .rules_page import RulesPage
from .switches_page import SwitchesPage

WIDTH, HEIGHT = 760, 500
SWITCHES, LEARNED, RULES = "switches", "learned", "rules"


class _Content(QWidget):
    """As large as there is room, up to a size at which its pages are easy to read."""

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(400, 200)


class ProposalsSheet(Sheet):
    """What is switched here holds at once, for all who code in the project."""

    article_wanted = Signal(int)

    def __init__(self, parent: QWidget, workspace: Workspace, learner: Learner) -> None:
        content = _Content()
        super().__init__(parent, QCoreApplication.translate("Proposals", "Proposals"), content, WIDTH + 56)
        self.setObjectName("proposals_sheet")
        self._workspace = workspace
        project = workspace.project
        lead = not project.is_package and not project.read_only
        self.switches = SwitchesPage(proposal_settings(project), lead=lead)
        self.learned = LearnedPage(learner, workspace.codebook)
        text, own = self._rules()
        self.rules = RulesPage(text, own=own, lead=lead)
        self.pages = {SWITCHES: self.switches, LEARNED: self.learned, RULES: self.rules}
        self.switch = Segments(
            self.tr("View"),
            [(SWITCHES, self.tr("Who proposes")), (LEARNED, self.tr("Learned")), (RULES, self.tr("Rules"))],
        )
        self.head.insertWidget(1, self.switch)
        self._stack = QStackedWidget()
        for page in self.pages.values():
            self._stack.addWidget(page)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        content.setFocusProxy(self.switches.on if lead else self.switch)
        self.switch.chosen.connect(self.turn_to)
        self.switches.changed.connect(self._set)
        self.learned.article_wanted.connect(self._open)
        self.rules.save_wanted.connect(self._save_rules)
        self.rules.usual_wanted.connect(self._take_usual)
        self.closed.connect(self.deleteLater)

    def turn_to(self, page: str) -> None:
        """Show one of the pages."""
        self.switch.choose(page)
        self._stack.setCurrentWidget(self.pages[page])

    # ---- inside

    def _set(self) -> None:
        page = self.switches
        on = page.on.isChecked()
        blind = on and page.in_blind_rounds.isChecked()
        self._workspace.do(set_proposals, on, in_blind_rounds=blind, proposers=page.chosen)

    def _open(self, document: int) -> None:
        self.dismiss()
        self.article_wanted.emit(document)

    def _rules(self) -> tuple[str, bool]:
        try:
            return rules_text(self._workspace.project)
        except AnnotatorError as error:
            return f"# {error}", False

    def _save_rules(self, text: str) -> None:
        self._change_rules(text)

    def _take_usual(self) -> None:
        self._change_rules(None)

    def _change_rules(self, text: str | None) -> None:
        workspace = self._workspace
        coder = workspace.coder.key if workspace.coder else None
        fault = workspace.attempt(lambda: set_rules(workspace.project, text, coder=coder))
        if fault is not None:
            self.rules.say(fault)
            return
        now, own = self._rules()
        if text is None:
            self.rules.show_text(now, own=own)
        else:
            self.rules.show_text(text, own=own)
        version = workspace.codebook.version if workspace.codebook else ""
        self.rules.say(self.tr("Saved: version {n} of the codebook").format(n=version), wrong=False)
