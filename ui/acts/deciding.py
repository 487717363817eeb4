"""Decide the place at hand, one key each; then go on to the next undecided one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from annotator.model.changes import Changes
from annotator.model.span import Spans
from annotator.operations import deciding, review_proposals
from annotator.operations.deciding import NO_REASON, Why
from annotator.operations.reviewing import ArticleReview, Case
from annotator.review.decisions import DECIDED
from annotator.review.readings import Mark

from ..desk import Desk
from ..keys.dispatcher import Press
from .act import Handler, plain

MODE = "alike"
_YES, _NO = Press("alike_yes"), Press("alike_no")
_KEYS: Mapping[str, Press] = {"o": _YES, "Enter": _YES, "Space": _YES, "x": _NO, "Esc": _NO}


class Deciding(QObject):
    """Committed at once, and undoable. `last` is the place that was decided last."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._session = desk.review.session
        self._defensible = False
        self._alike: tuple[Case, list[Case]] | None = None
        self._why: tuple[str, Why] | None = None  # id of a place, and what was said of it before it is decided
        self._last: Case | None = None
        for part in (desk.review.view.bar, desk.review.details):
            part.reading_chosen.connect(self.take_reading)
        self._session.moved.connect(self._moved)
        desk.workspace.closed.connect(self._forget)

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "take_reading": self.take_reading,
            "take_defensible": plain(self.wait_for_number),
            "take_both": plain(lambda: self.decide(deciding.take_both)),
            "take_neither": plain(lambda: self.decide(deciding.take_neither)),
            "take_proposed": plain(self.take_proposed),
            "take_alike": plain(self.show_alike),
            "alike_yes": plain(self.take_alike),
            "alike_no": plain(self.leave_alike),
        }

    # ---- one place

    def take_reading(self, number: object) -> None:
        """Take a reading, counted from 1; after D the others are noted as defensible."""
        case, defensible = self._session.case, self._defensible
        self._defensible = False
        if not isinstance(number, int) or case is None:
            return
        if len(case.readers) < number:
            told = self.tr("There is no reading {n} here; there are {all}")
            self._desk.status.say(told.format(n=number, all=len(case.readers)), role="warn")
            return
        self.decide(deciding.take_reading, number, others_defensible=defensible)

    def wait_for_number(self) -> None:
        """The next number takes a reading and notes that the other could be defended too."""
        if self._session.case is not None:
            self._defensible = True
            self._desk.status.say(self.tr("Which one to take? Its number: the other is noted as defensible too"))

    def take_proposed(self) -> None:
        """Take what the rule proposes, or say that none does."""
        case = self._session.case
        if case is None:
            return
        if review_proposals.proposal(self._desk.workspace.project, case) is None:
            self._desk.status.say(self.tr("No rule proposes anything here: choose a reading by its number"))
            return
        self._do(case, lambda reviewer: self._desk.workspace.do(review_proposals.take_proposed, case, reviewer))

    def decide(self, operation: Callable[..., Changes], *args: Any, **kwargs: Any) -> bool:
        """Run a decision about the place at hand with what was said of it; whether it was written."""
        case = self._session.case
        if case is None:
            return False
        why = self.why(case)
        return self._do(
            case, lambda reviewer: self._desk.workspace.do(operation, case, *args, reviewer, why=why, **kwargs)
        )

    def take_edited(self, tag: str, spans: Spans, base: Mark | None) -> bool:
        """Take what the reviewer made of a reading."""
        case, workspace = self._session.case, self._desk.workspace
        if case is None:
            return False
        why = self.why(case)
        return self._do(
            case,
            lambda reviewer: workspace.do(deciding.take_edited, case, tag, spans, reviewer, base=base, why=why),
        )

    def _do(self, case: Case, run: Callable[[int], Changes | None]) -> bool:
        workspace = self._desk.workspace
        self.leave_alike()
        reviewer = workspace.ensure_coder()
        if reviewer is None:
            return False
        waiting = workspace.unsaved
        done = run(reviewer)
        if done is None and workspace.unsaved == waiting:
            return False
        self._why = None
        self._last = self._session.case if done is not None else case
        self._go_on()
        return True

    def _go_on(self) -> None:
        """To the next undecided place; at the end to one before. An article in which all is decided can be closed."""
        article = self._session.article
        if not self._session.go(1, waiting=True):
            self._session.go(-1, waiting=True)
        if article is not None and is_complete(article):
            keys = self._desk.keymap.keys_for("done_next")
            told = self.tr("All of “{title}” is decided: {key} closes its agreed version")
            told = told.format(title=article.title[:40], key=keys[0] if keys else "")
            self._desk.status.say(f"{self._desk.status.text}. {told}", undo=True)

    # ---- reasons

    @property
    def last(self) -> Case | None:
        """The place that was decided last, as it is now."""
        if self._last is None:
            return None
        ids = {mark.id for mark in self._last.place.marks}
        review = self._session.review_of(self._last.document)
        cases = review.cases if review is not None else ()
        return next((case for case in cases if any(mark.id in ids for mark in case.place.marks)), None)

    def complete_article(self) -> ArticleReview | None:
        """The article in which the last decision was made, if all is decided there and it is still open."""
        found = self._session.review_of(self._last.document) if self._last is not None else None
        return found if found is not None and is_complete(found) else None

    def why(self, case: Case) -> Why:
        """What was said of a place before it is decided."""
        return self._why[1] if self._why is not None and self._why[0] == case.place.id else NO_REASON

    def keep_why(self, case: Case, why: Why) -> None:
        """Keep a reason for the decision that is to come."""
        self._why = (case.place.id, why)

    # ---- several places

    def show_alike(self) -> None:
        """Show all places like this one (else like the last one that was decided), before anything is done."""
        if self._alike is not None:
            self.take_alike()
            return
        case = self._session.case
        source = case if case is not None and case.state == DECIDED else self.last
        if source is None or source.state != DECIDED:
            self._desk.status.say(self.tr("Decide a place first; then the same can be done for all like it"))
            return
        others = self._session.like_this(source)
        if not others:
            self._desk.status.say(self.tr("No other place like “{words}” waits").format(words=source.place.quote[:40]))
            return
        self._alike = (source, others)
        self._desk.show_beside(self._desk.review.details)
        self._desk.review.details.show_alike(others)
        self._desk.dispatcher.push_mode(MODE, _KEYS)
        told = self.tr("The same for {n} more like “{words}”: {key} does it, Esc leaves them")
        keys = self._desk.keymap.keys_for("take_alike")
        self._desk.status.say(
            told.format(n=f"{len(others):,}", words=source.place.quote[:40], key=(keys[0] if keys else "").upper())
        )

    def take_alike(self) -> None:
        """Decide them all as that one was decided."""
        found, workspace = self._alike, self._desk.workspace
        self.leave_alike()
        reviewer = workspace.ensure_coder() if found is not None else None
        if found is None or reviewer is None:
            return
        done = workspace.do_patiently(
            # One stays where one is, wherever the others are.
            lambda: replace(deciding.decide_alike(workspace.project, *found, reviewer), document=None)
        )
        case = self._session.case
        if done is not None and case is not None and not case.waits:
            self._go_on()

    def leave_alike(self) -> None:
        """Do nothing about them."""
        if self._alike is not None:
            self._alike = None
            self._desk.dispatcher.pop_mode(MODE)
            self._desk.review.details.show_alike(None)

    def _moved(self) -> None:
        self._defensible = False
        self.leave_alike()

    def _forget(self) -> None:
        self._last, self._why = None, None


def is_complete(article: ArticleReview) -> bool:
    """Whether nothing waits in an article whose agreed version is not closed yet."""
    return not article.closed and not any(case.waits for case in article.cases)
