"""Words that go with a decision: its reason, a note for the meeting, a note to a coder, messages."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from annotator.model.codebook import Codebook, Rule
from annotator.operations import deciding, review_settings, rounds, talking
from annotator.operations.deciding import Why
from annotator.operations.reviewing import Case
from annotator.review.decisions import DECIDED
from annotator.review.threads import Thread

from ..desk import Desk
from ..review.disagreement_rows import words_of
from ..review.sheets import NoteSheet, ReasonSheet
from .act import Handler, plain
from .deciding import Deciding


class ReviewNotes(QObject):
    """A sheet each, left with Enter or Esc."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._session = desk.review.session
        self._about: Case | None = None
        desk.review.details.message_written.connect(self.write_message)
        desk.review.details.settle_requested.connect(self.settle)

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "give_reason": plain(lambda: self.ask_reason(self._session.case)),
            "give_last_reason": plain(lambda: self.ask_reason(self._deciding.last)),
            "leave_for_meeting": plain(self.ask_meeting),
            "send_back": plain(self.ask_back),
        }

    @property
    def _deciding(self) -> Deciding:
        found = self._desk.window.findChild(Deciding)
        assert isinstance(found, Deciding)
        return found

    # ---- reasons

    def ask_reason(self, case: Case | None) -> None:
        """Ask why a place is decided as it is, or will be."""
        if case is None:
            self._desk.status.say(self.tr("Nothing was decided yet"))
            return
        self._about = case
        project, codebook = self._desk.workspace.project, self._desk.workspace.codebook
        rules = rules_at(case, codebook) if codebook else []
        sheet = ReasonSheet(self._desk.window, words_of(case), review_settings.reasons(project), rules)
        sheet.given.connect(self._take_reason)
        sheet.closed.connect(sheet.deleteLater)
        sheet.present()

    def _take_reason(self, reason: str, rule: str, keep: bool) -> None:
        case, workspace = self._about, self._desk.workspace
        if case is None:
            return
        if keep:
            listed = [*review_settings.reasons(workspace.project), reason]
            workspace.do(review_settings.set_reasons, listed)
        why = Why(reason, rule)
        if case.state != DECIDED:
            self._deciding.keep_why(case, why)
            told = self.tr("Reason: {reason}. It goes with the decision you make now")
            self._desk.status.say(told.format(reason=" ".join(part for part in (reason, rule) if part)))
            return
        reviewer = workspace.ensure_coder()
        if reviewer is not None:
            workspace.do(deciding.give_reason, case, reviewer, why)

    # ---- for the meeting, and back to the coder

    def ask_meeting(self) -> None:
        """Leave the place for the meeting, with a note."""
        case = self._session.case
        if case is None:
            return
        self._about = case
        sheet = NoteSheet(
            self._desk.window, self.tr("For the meeting"), words_of(case), self.tr("Leave for the meeting")
        )
        sheet.written.connect(self._leave)
        sheet.closed.connect(sheet.deleteLater)
        sheet.present()

    def _leave(self, note: str, _: str) -> None:
        if self._about is self._session.case:
            self._deciding.decide(deciding.leave_for_meeting, note=note)

    def ask_back(self) -> None:
        """Send the article back to a coder, with a note on this place."""
        case = self._session.case
        if case is None or case.settles_golds:
            self._desk.status.say(self.tr("Nobody’s coding to send back here"))
            return
        self._about = case
        whom = [(str(n), name) for n, name in enumerate(self._desk.review.names.of_case(case))]
        title, main = self.tr("Send this article back"), self.tr("Send back")
        sheet = NoteSheet(self._desk.window, title, words_of(case), main, whom)
        sheet.written.connect(self._send_back)
        sheet.closed.connect(sheet.deleteLater)
        sheet.present()

    def _send_back(self, note: str, choice: str) -> None:
        case, workspace = self._about, self._desk.workspace
        lead = workspace.ensure_coder()
        if case is None or lead is None:
            return
        number = int(choice or "0")
        ids = [mark.id for mark in case.place.of_reading(number)] or [mark.id for mark in case.place.marks]
        coder = case.readers[number].coder
        send = partial(rounds.return_reading, workspace.project, case.document, coder)
        # The article leaves the review: one goes on with the next, not back to it.
        workspace.do_patiently(lambda: replace(send(lead=lead, note=note, annotations=ids), document=None))

    # ---- messages

    def write_message(self, text: str) -> None:
        """Write into the thread of the place at hand."""
        case, workspace = self._session.case, self._desk.workspace
        author = workspace.ensure_coder()
        if case is not None and author is not None:
            ids = [mark.id for mark in case.place.marks]
            workspace.do(talking.write_message, case.document, author, text, ids)

    def settle(self, thread: Thread) -> None:
        """Say that a thread is settled."""
        author = self._desk.workspace.ensure_coder()
        if author is not None:
            self._desk.workspace.do(talking.settle_thread, thread, author)


def rules_at(case: Case, codebook: Codebook) -> list[Rule]:
    """The rules that may be at stake: those of the tags there first."""
    tags = [tag for tag in codebook.tags if tag.id in case.place.tags]
    own = [rule for tag in tags for rule in tag.rules]
    return list(dict.fromkeys([*own, *codebook.boundary_rules, *codebook.general_rules]))
