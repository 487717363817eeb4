"""Note, question, unsure; the keyboard's way into the details."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt

from annotator.operations import notes

from ..desk import Desk
from .act import Handler, plain


class Remarks(QObject):
    """What a coder writes beside an annotation."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        inspector = desk.details.inspector
        inspector.note_written.connect(lambda key, text: desk.workspace.do(notes.set_note, key, text))
        inspector.question_written.connect(lambda key, text: desk.workspace.do(notes.set_question, key, text))
        inspector.unsure_set.connect(lambda key, on: desk.workspace.do(notes.set_unsure, key, on))
        inspector.done.connect(lambda: desk.article.setFocus(Qt.FocusReason.OtherFocusReason))
        desk.workspace.closing.connect(inspector.keep)

    def handlers(self) -> Mapping[str, Handler]:
        inspector = self._desk.details.inspector
        return {
            "note": plain(lambda: self._into(inspector.edit_note)),
            "question": plain(lambda: self._into(inspector.edit_question)),
            "unsure": plain(self.turn_unsure),
        }

    def turn_unsure(self) -> None:
        """Mark the current annotation as unsure, or no longer."""
        document = self._desk.document
        annotation = document.annotation(document.current)
        if annotation is None:
            self._desk.status.say(self.tr("No annotation is chosen: move onto one, or press N"))
        else:
            self._desk.workspace.do(notes.set_unsure, annotation.key, not annotation.unsure)

    def _into(self, edit: object) -> None:
        if self._desk.document.current is None:
            self._desk.status.say(self.tr("No annotation is chosen: move onto one, or press N"))
            return
        if self._desk.details.isHidden():
            self._desk.show_beside(self._desk.details)
        assert callable(edit)
        edit()
