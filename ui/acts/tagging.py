"""Set a tag, change it, keep it armed, repeat it, add a part, delete."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt

from annotator.model.changes import Changes
from annotator.model.codebook import Tag
from annotator.model.span import Span, normalised
from annotator.model.trim import trim
from annotator.operations import annotations

from ..desk import Desk
from ..keys.names import shown
from .act import Handler, plain
from .unsaved import UnsavedMarks


class Tagging(QObject):
    """A tag key makes a new annotation from the selection, else from the word at the caret; it never changes one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._last: str | None = None
        self._armed: str | None = None
        self._part_of: int | None = None  # the annotation that waits for its second part
        self._unsaved = UnsavedMarks(desk)
        desk.tags.tag_chosen.connect(desk.dispatcher.choose_tag)
        desk.details.inspector.delete_wanted.connect(self.delete)
        desk.details.inspector.tag_wanted.connect(self._ask_for_tag)
        desk.dispatcher.pending_changed.connect(self._show_pending)
        desk.workspace.document_changed.connect(self.drop_part)
        desk.article.selection_made.connect(self._tag_selected)

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "tag": self.tag,
            "retag": self.retag,
            "keep_armed": self.arm,
            "repeat_tag": plain(self.repeat),
            "second_part": plain(self.add_part),
            "delete": plain(self.delete),
        }

    # ---- acts

    def tag(self, tag_id: object) -> None:
        """Make a new annotation."""
        desk, workspace = self._desk, self._desk.workspace
        tag = self._tag(tag_id)
        if tag is None or workspace.document is None:
            return
        found = self._span_for(tag)
        if found is None:
            return
        span, removed = found
        document = workspace.document
        self._last = tag.id
        desk.article.set_held(False)

        waiting: list[int] = []

        def run() -> Changes:
            coder = workspace.coder_key()
            return _with_trim(annotations.tag_span(workspace.project, document, coder, tag.id, [span]), removed)

        def waits(number: int) -> None:
            waiting.append(number)
            self._unsaved.put(number, document, normalised([span], len(desk.document.text)), tag.id)
            desk.document.set_current(None)  # the next key must not meet the annotation before this one

        def over() -> None:
            for number in waiting:
                self._unsaved.drop(number)

        workspace.do_patiently(run, waits=waits, after=lambda _: over(), given_up=over)
        desk.article.set_caret(span.end)

    def retag(self, tag_id: object) -> None:
        """Give the current annotation another tag."""
        tag, key = self._tag(tag_id), self._current()
        if tag is not None and key is not None:
            self._desk.workspace.do(annotations.retag, key, tag.id)
            self._desk.article.setFocus(Qt.FocusReason.OtherFocusReason)

    def arm(self, tag_id: object) -> None:
        """Every selection that the mouse makes gets this tag, until Esc."""
        tag = self._tag(tag_id)
        if tag is not None:
            self._armed = tag.id
            self._desk.tags.show_armed(tag.id)
            words = self.tr("Each selection is tagged as {tag} until you press Esc")
            self._desk.status.say(words.format(tag=tag.label.lower()))

    def disarm(self) -> bool:
        """Stop that; returns whether a tag was armed."""
        self._desk.article.end_clicks()
        was = self._armed is not None
        self._armed = None
        self._desk.tags.show_armed(None)
        return was

    def repeat(self) -> None:
        """Tag with the tag that was set last."""
        if self._last is None:
            self._desk.status.say(self.tr("No tag was set yet"))
        else:
            self.tag(self._last)

    def add_part(self) -> None:
        """Add the selection, or the word at the caret, to the annotation one is on.

        On the annotation itself there is nothing to add: then it is kept in mind until the other words are selected,
        since the caret has to leave it on the way to them.
        """
        document, status = self._desk.document, self._desk.status
        annotation = document.annotation(self._part_of) or document.annotation(document.current)
        tag = self._tag(annotation.tag) if annotation else None
        if annotation is None or tag is None:
            status.say(self.tr("First choose the annotation that gets a second part"))
            return
        found = self._span_for(tag)
        if found is None:
            return
        piece = found[0]
        if any(start <= piece.start and piece.end <= end for start, end in annotation.spans):
            self._part_of = annotation.key
            key = shown(next(iter(self._desk.keymap.keys_for("second_part")), "+"))
            words = self.tr("Now select the words of the second part and press {key} again; Esc leaves it")
            status.say(words.format(key=key))
            return
        self._part_of = None
        self._desk.workspace.do(annotations.add_piece, annotation.key, piece)
        self._desk.article.set_held(False)
        self._desk.article.set_caret(piece.end)

    def drop_part(self) -> bool:
        """No annotation waits for a second part any more; returns whether one did."""
        was = self._part_of is not None
        self._part_of = None
        return was

    def delete(self) -> None:
        """Delete the current annotation; undo brings it back."""
        key = self._current()
        if key is not None:
            self._desk.workspace.do(annotations.delete_annotations, [key])
            self._desk.article.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- inside

    def _tag_selected(self, by_clicks: bool) -> None:
        """The mouse has selected something: tag it if a tag is kept armed.

        Clicks into the annotation at hand are no wish for a second one of the same tag within it.
        """
        desk, chosen = self._desk, self._desk.article.selection()
        if self._armed is None or chosen is None:
            return
        here = desk.document.annotation(desk.document.current)
        if by_clicks and here is not None and here.tag == self._armed and here.outer.contains(chosen):
            return
        self.tag(self._armed)

    def _tag(self, tag_id: object) -> Tag | None:
        codebook = self._desk.workspace.codebook
        return codebook.tag(tag_id) if codebook is not None and isinstance(tag_id, str) else None

    def _current(self) -> int | None:
        key = self._desk.document.current
        if key is None:
            self._desk.status.say(self.tr("No annotation is chosen: move onto one, or press N"))
        return key

    def _span_for(self, tag: Tag) -> tuple[Span, tuple[str, ...]] | None:
        """The span that the tag gets, and what was cut from it: outwards to words, inwards by the tag's rule."""
        article = self._desk.article
        chosen = article.selection()
        span = article.snapped(chosen) if chosen is not None else article.word_at_caret()
        if span is None or span.start >= span.end:
            self._desk.status.say(self.tr("Select some words first, or put the caret on a word"))
            return None
        if chosen is not None and article.takes_exactly():
            return chosen, ()
        about = self._desk.document.about
        trimmed = trim(self._desk.document.text, span, tag.trim, about.language if about else "")
        return trimmed.span, trimmed.removed

    def _ask_for_tag(self) -> None:
        self._desk.article.setFocus(Qt.FocusReason.OtherFocusReason)
        self._desk.dispatcher.perform("retag")

    def _show_pending(self, action: object) -> None:
        if action == "retag":
            self._desk.status.say(self.tr("Which tag? Press its key, or click it in the bar"))
        elif action == "keep_armed":
            self._desk.status.say(self.tr("Keep which tag armed? Press its key, or click it in the bar"))


def _with_trim(changes: Changes, removed: tuple[str, ...]) -> Changes:
    from dataclasses import replace

    if not removed or not changes.undoable:
        return changes
    words = ", ".join(f"“{word}”" for word in removed)
    return replace(changes, said=f"{changes.said}; left out {words}")
