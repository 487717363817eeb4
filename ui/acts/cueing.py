"""From cue word to cue word (“said”, “demanded”), and from there to what it announces."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.model.span import Span
from annotator.operations.words import shown

from ..desk import Desk
from ..keys.dispatcher import Press
from .act import Handler, plain

if TYPE_CHECKING:
    from annotator.propose.cues import Cue, CueFinder

MODE = "cue"  # while a cue word, or something it announces, is selected


class Cueing(QObject):
    """Shift+N selects the next cue of which nothing is tagged; then W selects what it announces, and a tag key tags."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._cue: Cue | None = None
        self._at = -1  # which of its contents is selected; the cue itself at first
        self._selecting = self._at_end = False
        self._finder: tuple[object, CueFinder] | None = None
        desk.article.selectionChanged.connect(self._left)
        desk.document.reset.connect(self._show_words)
        desk.workspace.opened.connect(self._show_words)
        self._show_words()

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "next_cue": plain(lambda: self.go(1)),
            "previous_cue": plain(lambda: self.go(-1)),
            "take_announced": plain(self.take_announced),
            "cue_words": plain(self.turn_words),
        }

    def go(self, steps: int) -> None:
        """Select the next (or previous) cue that announces something without a tag."""
        desk, text = self._desk, self._desk.document.text
        finder = self._found_finder()
        if finder is None:
            return
        if not finder.has_rules:
            desk.status.say(self.tr("No cue words are known in the language of this article"))
            return
        around = self._at_end
        cue = next(finder.open_cues(text, self._tagged(), self._place(steps, around=around), steps), None)
        self._at_end = cue is None and not around
        if cue is None:
            key = next(iter(desk.keymap.keys_for("next_cue" if steps > 0 else "previous_cue")), "")
            told = self.tr("No cue without a tag is left") if around else self.tr("No cue without a tag from here on")
            actions = [] if around else [(self.tr("Around to the other end"), key, lambda: self.go(steps))]
            desk.status.say(told, actions=actions)
            return
        self._leave()
        self._cue = cue
        self._select(cue.span)
        keys = desk.keymap.keys_for("wider")
        words = shown(text[cue.span.start : cue.span.end])
        if not cue.contents:
            desk.status.say(self.tr("Cue {words}").format(words=words))
            return
        desk.dispatcher.push_mode(MODE, {key: Press("take_announced") for key in keys})
        announced = shown(text[cue.contents[0].start : cue.contents[0].end], 50)
        told = self.tr("Cue {words} announces {announced}").format(words=words, announced=announced)
        desk.status.say(told, actions=[(self.tr("Select it"), next(iter(keys), ""), self.take_announced)])

    def take_announced(self) -> None:
        """Select what the cue announces; pressed again the next of several, then the next wider unit as always."""
        cue = self._cue
        if cue is None or self._at + 1 >= len(cue.contents):
            self._leave()
            self._desk.dispatcher.perform("wider")
            return
        self._at += 1
        self._select(cue.contents[self._at])
        self._desk.article.setFocus()
        self._desk.status.say(self.tr("Announced by the cue: a tag key tags it"))

    def turn_words(self) -> None:
        """Show the cue words of the rules in the text, or hide them."""
        on = not self._desk.settings.get("cues")
        self._desk.settings.set("cues", on)
        self._show_words()
        self._desk.status.say(self.tr("Cue words are dotted above") if on else self.tr("Cue words are not shown"))

    # ---- inside

    def _place(self, steps: int, *, around: bool) -> int:
        """From where the next cue is looked for; what a cue announces may stand before it."""
        if around:
            return 0 if steps > 0 else len(self._desk.document.text)
        at_hand = self._cue.span if self._cue else self._desk.article.selection()
        if at_hand is not None:
            return at_hand.end if steps > 0 else at_hand.start
        return self._desk.article.caret()

    def _tagged(self) -> list[tuple[str, tuple[Span, ...]]]:
        return [(each.tag, each.spans) for each in self._desk.document.annotations()]

    def _found_finder(self) -> "CueFinder | None":
        """The cues by the codebook's rules in the language of the article; None where the rules are wrong."""
        from annotator.propose.cues import CueFinder  # with the rules: a start does without

        codebook, about = self._desk.workspace.codebook, self._desk.document.about
        if codebook is None or about is None:
            return None
        if self._finder is None or self._finder[0] != (id(codebook), about.language):
            try:
                self._finder = (id(codebook), about.language), CueFinder(codebook, about.language)
            except AnnotatorError as error:
                self._desk.status.say(str(error), role="warn")
                return None
        return self._finder[1]

    def _select(self, span: Span) -> None:
        self._selecting = True
        self._desk.article.pick(span)
        self._selecting = False

    def _left(self) -> None:
        """Whatever else is selected, or nothing, ends it."""
        if not self._selecting:
            self._leave()

    def _leave(self) -> None:
        if self._cue is not None:
            self._cue, self._at = None, -1
            self._desk.dispatcher.pop_mode(MODE)
        self._at_end = False

    def _show_words(self) -> None:
        on = bool(self._desk.settings.get("cues")) and self._desk.workspace.is_open
        finder = self._found_finder() if on else None
        self._desk.article.show_cues(finder.words if finder is not None else None)
