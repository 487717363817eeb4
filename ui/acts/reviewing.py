"""Review: open it, walk from place to place, show it otherwise; corrections and the page for the meeting."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from annotator.model.changes import Changes
from annotator.operations import gold, meeting, review_settings
from annotator.operations.reviewing import ArticleReview
from annotator.review.corrections import Correction

from ..desk import Desk
from ..dialogs.file_names import file_name, free_path
from ..dialogs.rules_sheet import RulesSheet
from ..keys.action import Context
from ..keys.registry import ACTIONS
from ..views.review_view import COLUMNS, LANES
from ..widgets.sheet import Sheet
from .act import Handler, plain
from .deciding import Deciding, is_complete

_CONTEXTS = {action.id: action.context for action in ACTIONS}
# What acts on the own coding: it would do so unseen.
_OF_CODE = ("unsure", "use_as_example", "find", "find_next", "find_previous", "labelled", "set_aside", "copy_reference")


class Reviewing(QObject):
    """Moves and shows; decides nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._review = desk.review
        desk.views.changed.connect(self._turned)
        desk.review.session.moved.connect(self._moved)
        desk.keymap.changed.connect(self.show_keys)
        view = self._review.view
        view.mode_chosen.connect(self.set_mode)
        view.close_requested.connect(self.turn_closed)
        view.code_requested.connect(lambda: desk.views.show("code"))
        for part in (view.bar, self._review.details):
            part.action_chosen.connect(desk.dispatcher.perform)
        self._review.disagreements.of_chosen.connect(self._review.session.show_one)
        self._review.corrections.chosen.connect(self.go_to_correction)
        self._review.corrections.close_requested.connect(lambda: self.show_corrections(False))
        view.set_mode(desk.settings.get("review_mode"))
        self.show_keys()

    def handlers(self) -> Mapping[str, Handler]:
        session = self._review.session
        return {
            "view_review": plain(self.open),
            "next_difference": plain(lambda: self.go(1)),
            "previous_difference": plain(lambda: self.go(-1)),
            "next_undecided": plain(lambda: self.go(1, waiting=True)),
            "previous_undecided": plain(lambda: self.go(-1, waiting=True)),
            "place_details": plain(self.show_details),
            "rule_at_stake": plain(self.show_rule),
            "show_who": plain(self.turn_names),
            "review_columns": plain(
                lambda: self.set_mode(LANES if self._review.view.mode == COLUMNS else COLUMNS) if session.case else None
            ),
            "my_corrections": plain(lambda: self.show_corrections(not self._review.corrections.isVisible())),
            "meeting_page": plain(self.write_meeting_page),
            "hide_names": plain(self.turn_hidden),
        }

    def in_review(self) -> Mapping[str, Handler]:
        """What commands that act everywhere do while one reviews."""
        return {
            "next_document": plain(lambda: self._go_article(1)),
            "previous_document": plain(lambda: self._go_article(-1)),
            "done_next": plain(self.close_and_go_on),
            "rules": plain(self.show_rule),
            "what_is_here": plain(self.tell_here),
            "back": plain(self.back),
        }

    def refuses(self, action: str) -> bool:
        """Say so, if a command belongs to the other view."""
        context, reviewing = _CONTEXTS.get(action), self._desk.reviewing
        if reviewing and (context is Context.CODE or action in _OF_CODE):
            words, key = self.tr("This belongs to Code: {key} leads there"), "view_code"
        elif not reviewing and context is Context.REVIEW:
            words, key = self.tr("This belongs to Review: {key} leads there"), "view_review"
        else:
            return False
        self._desk.status.say(words.format(key=next(iter(self._desk.keymap.keys_for(key)), "")))
        return True

    # ---- where one is

    def open(self) -> None:
        """Turn to Review. In a package, which holds one person's work alone, there are only the corrections."""
        workspace = self._desk.workspace
        if workspace.project.meta("coder"):
            self.show_corrections(True)
            self._desk.status.say(self.tr("Review is in the lead’s project; here are your corrections"))
            return
        self._desk.views.show("review")

    def go(self, steps: int, *, waiting: bool = False) -> None:
        """To the next place, or say that there is none."""
        if not self._review.session.go(steps, waiting=waiting):
            told = self.tr("No undecided place this way") if waiting else self.tr("No disagreement this way")
            self._desk.status.say(told)

    def _go_article(self, steps: int) -> None:
        if not self._review.session.go_article(steps):
            self._desk.status.say(self.tr("No article this way"))

    def back(self) -> None:
        """One step back: a sheet, what stands beside the article, at last the article."""
        desk = self._desk
        for sheet in reversed(desk.window.findChildren(Sheet)):
            if sheet.isVisible():
                sheet.dismiss()
                return
        if any(text.hasFocus() for text in self._review.view.articles):
            if not self._review.details.isVisible() and (desk.history.isVisible() or desk.actors.isVisible()):
                desk.show_beside(desk.details)
            elif self._review.corrections.isVisible():
                self.show_corrections(False)
            return
        desk.focus_text()

    def tell_here(self) -> None:
        """Say what stands at the place at hand."""
        case = self._review.session.case
        if case is None:
            return
        names = self._review.names.of_case(case)
        told = [self._review.disagreements.model.told(case)]
        for number, name in enumerate(names):
            marks = ", ".join(f"{mark.tag} “{mark.quote}”" for mark in case.place.of_reading(number))
            told.append(f"{name}: {marks or self.tr('nothing')}")
        self._desk.status.say("; ".join(told))

    def show_details(self) -> None:
        """Put the keyboard into the details, which a narrow window had folded away."""
        self._desk.show_beside(self._review.details)
        self._review.details.focus_first()

    def show_rule(self) -> None:
        """The rules of the tag at the place at hand."""
        codebook, case = self._desk.workspace.codebook, self._review.session.case
        if codebook is None or case is None:
            return
        if self._desk.rules.isVisible():
            self._desk.rules.setFocus()
            return
        sheet = RulesSheet(self._desk.window, codebook.tags)
        sheet.show_tag(case.place.marks[0].tag)
        sheet.closed.connect(sheet.deleteLater)

    # ---- how it looks

    def set_mode(self, mode: str) -> None:
        """One text, or columns; remembered."""
        self._desk.settings.set("review_mode", mode)
        self._review.view.set_mode(mode)
        if QApplication.focusWidget() in (None, *self._review.view.articles):
            self._desk.focus_text()

    def turn_names(self) -> None:
        """Show who coded what, or hide it again, for oneself."""
        hidden = self._review.names.turn()
        said = self.tr("Names are hidden until a place is decided") if hidden else self.tr("Names are shown")
        self._desk.status.say(said)

    def turn_hidden(self) -> None:
        """Let the project hide names until a place is decided, or show them."""
        project = self._desk.workspace.project
        self._desk.workspace.do(review_settings.hide_names, not review_settings.names_hidden(project))

    def show_keys(self) -> None:
        """Name the keys in force."""
        keys = {action: next(iter(self._desk.keymap.keys_for(action)), "") for action in _CONTEXTS if action != "tag"}
        self._review.view.bar.show_keys(keys)
        self._review.details.keys = keys
        self._review.disagreements.show_keys(keys["next_difference"], keys["previous_difference"])

    # ---- the agreed version as a whole

    def turn_closed(self) -> None:
        """Declare the agreed version of the article at hand final, or take that back."""
        article = self._review.session.article
        if article is not None:
            self._turn_closed(article)

    def _turn_closed(self, article: ArticleReview) -> bool:
        workspace = self._desk.workspace
        reviewer = workspace.ensure_coder()
        operation = gold.reopen_gold if article.closed else gold.close_gold

        def run() -> Changes:
            # One stays where one is: the article that was finished may be the one before.
            return replace(operation(workspace.project, article, reviewer or 0), document=None)

        return reviewer is not None and workspace.do_patiently(run) is not None

    def close_and_go_on(self) -> None:
        """Close the agreed version: of the article at hand, or of that in which the last place was just decided."""
        session = self._review.session
        here, deciding = session.article, self._desk.window.findChild(Deciding)
        before = deciding.complete_article() if isinstance(deciding, Deciding) else None
        if here is None:
            return
        if not here.closed and not is_complete(here) and before is not None:
            self._turn_closed(before)
        elif here.closed or self._turn_closed(here):
            session.go_article(1)

    # ---- learning and meeting

    def show_corrections(self, shown: bool) -> None:
        """What was decided otherwise than one coded it, beside the article."""
        desk = self._desk
        desk.show_beside(self._review.corrections if shown else desk.details)
        if shown:
            self._review.corrections.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            desk.focus_text()

    def go_to_correction(self, correction: Correction) -> None:
        """Show the place in one's own coding."""
        desk = self._desk
        if desk.reviewing:
            desk.views.show("code")
            self.show_corrections(True)
        desk.workspace.show_document(correction.document)
        own = next((mark.key for mark in correction.mine), None)
        if own is not None and desk.document.annotation(own) is not None:
            desk.document.set_current(own)
        else:
            desk.article.set_caret(correction.place.outer.start)

    def write_meeting_page(self) -> None:
        """Write what was left for the meeting into one page beside the project, and say where it lies."""
        workspace = self._desk.workspace
        path = workspace.project.path
        name = self.tr("{title} for the meeting").format(title=workspace.project.meta("title") or path.stem)
        dest = free_path(path.parent, file_name(name), ".html")
        if workspace.do(meeting.write_meeting_page, dest) is not None:
            self._desk.status.say(self.tr("The page for the meeting: {path}").format(path=dest))

    # ---- following

    def _moved(self) -> None:
        """Very wide windows always show the rules: those of the tag at the place at hand."""
        case = self._review.session.case
        if case is not None and self._desk.rules.isVisible():
            self._desk.rules.show_tag(case.place.marks[0].tag)

    def _turned(self, _: str) -> None:
        desk = self._desk
        desk.show_beside(desk.details)
        if desk.reviewing:
            self._review.session.enter()
            self._review.view.refresh()
