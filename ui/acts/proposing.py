"""Proposals in the article: take, refuse, take with another tag or other edges. Each is one key and one step."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, Qt

from annotator.model.changes import Changes
from annotator.model.span import Spans, normalised
from annotator.operations.words import shown

from ..article_view.marks import Mark
from ..desk import Desk
from ..keys.dispatcher import Press
from ..proposals.words import told
from ..widgets.status_line import Action
from .act import Handler, plain
from .edges import moved_edge
from .many import Many
from .unsaved import UnsavedMarks

if TYPE_CHECKING:
    from annotator.propose import Proposal

MODE = "edges of a proposal"
_KEYS: Mapping[str, Press] = {
    "Left": Press("proposal_edge", ("word", -1), repeats=True),
    "Right": Press("proposal_edge", ("word", 1), repeats=True),
    "Alt+Left": Press("proposal_edge", ("character", -1), repeats=True),
    "Alt+Right": Press("proposal_edge", ("character", 1), repeats=True),
    "e": Press("proposal_other_edge"),
    "Enter": Press("proposal_keep_edges"),
    "Space": Press("proposal_keep_edges"),
    "Esc": Press("proposal_drop_edges"),
}


class Proposing(QObject):
    """While a proposal is at hand, Space, X, E and the tag keys mean it; after each the next one is at hand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._unsaved, self._many = UnsavedMarks(desk), Many(desk)
        self._spans: Spans = ()  # while its edges are moved
        self._start = False  # which edge moves
        self._silent = False  # while what comes to hand is told together with what happened before
        self._answered: tuple[str, Spans] | None = None  # the last one taken or refused
        desk.proposals.reset.connect(self._show)
        desk.proposals.dropped.connect(self._drop)
        desk.article.proposal_changed.connect(self._turned)
        desk.article.proposal_activated.connect(self._click)
        details = desk.details
        details.proposal_list.selectionModel().currentChanged.connect(self._choose)
        details.proposal_list.activated.connect(self._open)
        details.proposal_list.clicked.connect(self._choose)
        for yes in (details.proposal_list.agreed, details.inspector.proposal.take_wanted):
            yes.connect(lambda: self._answer(self.take))
        for no in (details.proposal_list.refused, details.inspector.proposal.refuse_wanted):
            no.connect(lambda: self._answer(self.refuse))
        details.inspector.proposal.edges_wanted.connect(self.begin_edges)
        details.inspector.proposal.sure_wanted.connect(self.show_sure)
        self._show()  # they may have been found before this was made

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "proposal_edge": self.move_edge,
            "proposal_other_edge": plain(self.turn_edge),
            "proposal_keep_edges": plain(self.keep_edges),
            "proposal_drop_edges": plain(self.drop_edges),
            "take_sure": plain(self.show_sure),
        }

    def meaning(self, action: str) -> Handler | None:
        """What a command means while a proposal is at hand; None where it means what it always does.

        Yes and no are heard too where the caret stands in a proposal and in nothing else.
        """
        key = self._desk.article.proposal()
        if key is None and action in ("agree", "delete"):
            key = _at_caret(self._desk)
        if key is None:
            return None
        number = key
        return {
            "agree": plain(lambda: self.take(number)),
            "delete": plain(lambda: self.refuse(number)),
            "tag": lambda tag: self.take(number, tag=str(tag)),
            "retag": lambda tag: self.take(number, tag=str(tag)),
            "edges": plain(self.begin_edges),
        }.get(action)

    # ---- acts

    def take(self, key: int, *, tag: str = "", spans: Spans = (), onward: bool = True) -> None:
        """Make an annotation of it, and go onward to the next proposal, or stay."""
        from annotator.operations.proposing import take_proposal  # with all proposers: a start does without

        workspace, document = self._desk.workspace, self._desk.workspace.document
        proposal = self._desk.proposals.get(key)
        if proposal is None or document is None:
            return

        def run() -> Changes:
            coder = workspace.coder_key()
            return take_proposal(workspace.project, document, coder, proposal, tag=tag, spans=spans)

        self._act(key, run, (tag or proposal.tag, spans or proposal.spans), onward=onward)

    def _click(self, key: int) -> None:
        """With its tag kept armed, a click takes it: the pointer goes on from there, not the text."""
        proposal = self._desk.proposals.get(key)
        if proposal is not None and proposal.tag == self._desk.tags.armed:
            self.take(key, onward=False)

    def refuse(self, key: int) -> None:
        """Say that it is wrong; it is not offered here again."""
        from annotator.operations.proposing import refuse_proposal

        workspace, document = self._desk.workspace, self._desk.workspace.document
        proposal = self._desk.proposals.get(key)
        if proposal is not None and document is not None:
            self._act(key, lambda: refuse_proposal(workspace.project, document, workspace.coder_key(), proposal))

    def show_sure(self) -> None:
        """List the sure ones of this article: those left ticked are taken as one step."""
        from annotator.operations.proposing import sure_ones

        from ..proposals.sure_sheet import SureSheet

        desk = self._desk
        sure = sure_ones(each for _, each in desk.proposals.items())
        if not sure:
            desk.status.say(self.tr("No sure proposal in this article"))
            return
        sheet = SureSheet(desk.window, desk.document.text, sure, desk.workspace.codebook)
        sheet.wanted.connect(self._take_all)
        sheet.present()

    def _take_all(self, proposals: "list[Proposal]") -> None:
        from annotator.operations.proposing import take_sure

        workspace, document = self._desk.workspace, self._desk.workspace.document
        coder = workspace.ensure_coder()
        if document is None or coder is None:
            return
        self._many.do(
            self.tr("Taking proposals"),
            len(proposals),
            lambda project, progress: take_sure(project, document, coder, proposals, progress=progress),
        )
        self._desk.article.setFocus(Qt.FocusReason.OtherFocusReason)

    def _act(
        self, key: int, run: Callable[[], Changes], made: tuple[str, Spans] | None = None, *, onward: bool = True
    ) -> None:
        """Do it, or let it wait for another writer; either way the next one comes to hand."""
        desk, workspace = self._desk, self._desk.workspace
        document, following, proposal = workspace.document, self._after(key), desk.proposals.get(key)
        assert proposal is not None
        outcome: list[Changes] = []
        waiting: list[int] = []

        def silently() -> Changes:
            changes = run()
            outcome.append(changes)
            return replace(changes, current=None)  # the next proposal is at hand, not what was made

        def waits(number: int) -> None:
            waiting.append(number)
            if made is not None and document is not None:
                self._unsaved.put(number, document, normalised(made[1], len(desk.document.text)), made[0])

        def over() -> None:
            for number in waiting:
                self._unsaved.drop(number)

        workspace.do_patiently(silently, waits=waits, after=lambda _: over(), given_up=over)
        if not outcome and not waiting:
            return  # it could not be done, which has been told
        self._answered = proposal.tag, proposal.spans
        desk.proposals.drop(key)
        changes = outcome[-1] if outcome else None
        if onward:
            self._go_on(following, changes)
        elif changes is not None:
            desk.document.set_current(changes.current)
            desk.status.say(changes.said, undo=changes.undoable)

    def _after(self, key: int) -> list[int]:
        """The others, from the one behind this one on, at last those before it."""
        keys = [each for each, _ in self._desk.proposals.items()]
        at = keys.index(key)
        return [*keys[at + 1 :], *keys[:at]]

    def _go_on(self, following: Iterable[int], changes: Changes | None) -> None:
        """Take the next one in hand that is still offered, and say what has happened and what comes now."""
        desk = self._desk
        onward = next((key for key in following if desk.proposals.get(key) is not None), None)
        before = changes.said if changes else ""
        undo = changes is not None and changes.undoable
        if onward is None:
            if changes is not None and changes.current is not None:
                desk.document.set_current(changes.current)
            left = self.tr("No proposal is left in this article")
            desk.status.say(f"{before}. {left}" if before else left, undo=undo)
            return
        self._silent = True
        desk.article.set_proposal(onward)
        self._silent = False
        self._tell(onward, before, undo=undo)

    # ---- its edges

    def begin_edges(self) -> None:
        """Take its edges in hand: nothing is written before they are kept."""
        proposal = self._desk.proposals.get(self._desk.article.proposal())
        if proposal is None:
            return
        self._spans, self._start = proposal.spans, False
        self._desk.article.setFocus()
        if self._desk.dispatcher.mode != MODE:
            self._desk.dispatcher.push_mode(MODE, _KEYS)
        self._tell_edges()

    def move_edge(self, payload: object) -> None:
        """Move the edge in hand by a word or a character."""
        if self._spans and isinstance(payload, tuple):
            self._spans = moved_edge(self._desk.document.text, self._spans, *payload, start=self._start)
            self._desk.article.show_proposal_edges(self._spans)
            self._tell_edges()

    def turn_edge(self) -> None:
        """Take the other edge in hand."""
        self._start = not self._start
        self._tell_edges()

    def keep_edges(self) -> None:
        """Take the proposal with the edges as they are shown."""
        key, spans = self._desk.article.proposal(), self._spans
        self._end_edges()
        if key is not None:
            self.take(key, spans=spans)

    def drop_edges(self) -> None:
        """Leave the proposal as it was, at hand."""
        self._end_edges()
        key = self._desk.article.proposal()
        if key is not None:
            self._desk.article.set_proposal(key)
            self._desk.status.say(self.tr("The edges stay as they were"))

    def _tell_edges(self) -> None:
        self._desk.article.set_caret(self._spans[0].start if self._start else self._spans[-1].end)
        which = self.tr("start") if self._start else self.tr("end")
        words = self.tr("← → move the {edge}, Alt by characters, E the other edge, Enter takes it so, Esc puts back")
        self._desk.status.say(words.format(edge=which))

    def _end_edges(self) -> None:
        if self._spans:
            self._spans = ()
            self._desk.article.show_proposal_edges(None)
            self._desk.dispatcher.pop_mode(MODE)

    # ---- the list beside the article

    def _answer(self, act: Callable[[int], None]) -> None:
        """What a button or the list says to the proposal at hand."""
        key = self._desk.article.proposal()
        if key is not None:
            act(key)

    def _choose(self, index: QModelIndex) -> None:
        key = self._desk.details.proposals.key(index.row())
        if key is not None and self._desk.details.shows_proposals:
            self._desk.article.set_proposal(key)

    def _open(self, index: QModelIndex) -> None:
        self._choose(index)
        self._desk.article.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self) -> None:
        """The list comes after the article."""
        self._desk.details.follow_proposals(self._desk.article.proposal())

    # ---- following

    def _show(self) -> None:
        desk, items = self._desk, self._desk.proposals.items()
        desk.article.set_proposals(Mark(key, each.spans, each.tag, proposed=True) for key, each in items)
        desk.workspace.afterwards.soon(self._follow)
        back = next((key for key, each in items if (each.tag, each.spans) == self._answered), None)
        if back is not None and desk.article.proposal() is not None:  # it was undone, and nobody has gone elsewhere
            self._answered = None
            self._silent = True
            desk.article.set_proposal(back)
            self._silent = False

    def _drop(self, key: int) -> None:
        self._desk.article.remove_proposal(key)
        self._desk.workspace.afterwards.soon(self._follow)

    def _turned(self, key: object) -> None:
        self._end_edges()
        self._desk.details.inspector.show_proposal(self._desk.proposals.get(key if isinstance(key, int) else None))
        self._desk.workspace.afterwards.soon(self._follow)
        if isinstance(key, int) and not self._silent:
            self._tell(key)

    def _tell(self, key: int, before: str = "", *, undo: bool = False) -> None:
        """Say what is proposed here, and which keys answer."""
        desk, proposal = self._desk, self._desk.proposals.get(key)
        if proposal is None:
            return
        keys = [each for each, _ in desk.proposals.items()]
        text = desk.document.text[proposal.outer.start : proposal.outer.end]
        place = self.tr("{n} of {all}").format(n=keys.index(key) + 1, all=len(keys))
        what = f"{_label(self._desk, proposal.tag)} {shown(text, 40)}"
        if before:
            sentence = self.tr("{done}. Next, {place}: {what}").format(done=before, place=place, what=what)
        else:
            sentence = self.tr("Proposal {place}: {what} ({why})").format(place=place, what=what, why=told(proposal))
        desk.status.say(sentence, undo=undo, actions=self._answers(key))

    def _answers(self, key: int) -> list[Action]:
        keymap = self._desk.keymap
        return [
            (self.tr("Take"), next(iter(keymap.keys_for("agree")), ""), lambda: self.take(key)),
            (self.tr("Refuse"), next(iter(keymap.keys_for("delete")), ""), lambda: self.refuse(key)),
        ]


def _at_caret(desk: Desk) -> int | None:
    """The proposal in which the caret stands, where nothing is selected and no annotation is at hand."""
    article = desk.article
    if article.selection() is not None or desk.document.current is not None:
        return None
    return next((mark.key for mark in article.proposals_at(article.caret())), None)


def _label(desk: Desk, tag: str) -> str:
    codebook = desk.workspace.codebook
    known = codebook.tag(tag) if codebook else None
    return known.label.lower() if known else tag
