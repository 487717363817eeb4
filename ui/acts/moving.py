"""Caret, selection, and the way from annotation to annotation."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from ..article_view import units
from ..desk import Desk
from ..keys.action import Move
from ..keys.registry import ACTIONS
from .act import Handler, plain


class Moving:
    """Moves in the article; changes nothing in the project."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> Mapping[str, Handler]:
        article = self._desk.article
        moves: dict[str, Handler] = {action.id: self.move for action in ACTIONS if action.move is not None}
        return moves | {
            "hold": plain(lambda: article.set_held(not article.held())),
            "wider": plain(self.widen),
            "narrower": plain(self.narrow),
            "next_annotation": plain(lambda: self.go(1)),
            "previous_annotation": plain(lambda: self.go(-1)),
        }

    def move(self, payload: object) -> None:
        """Move the caret by a unit."""
        if isinstance(payload, Move):
            self._desk.article.move(payload.unit, payload.steps, extend=payload.extend)

    def widen(self) -> None:
        """Select the next wider unit and say which it is."""
        article = self._desk.article
        article.widen()
        taken = article.selection()
        if taken is None:
            self._desk.status.say(_told("There is no word here"))
        elif units.wider(article.text(), taken) == taken:
            self._desk.status.say(_told("{unit} – the widest").format(unit=self._unit()))
        else:
            self._desk.status.say(self._unit())

    def narrow(self) -> None:
        """Go back to the narrower unit and say which it is."""
        self._desk.article.narrow()
        self._desk.status.say(self._unit() if self._desk.article.selection() else _told("Nothing is selected"))

    def _unit(self) -> str:
        article = self._desk.article
        taken = article.selection()
        return _unit_words()[units.unit_of(article.text(), taken) if taken else ""]

    def go(self, steps: int) -> None:
        """Turn to the next or previous annotation, outer before inner."""
        key = self._desk.article.next_mark(steps)
        if key is None:
            self._desk.status.say(_told("This article has no annotations yet"))


def _unit_words() -> dict[str, str]:
    return {
        "word": _told("Word"),
        "name": _told("Name"),
        "clause": _told("Clause"),
        "quote": _told("Quotation"),
        "sentence": _told("Sentence"),
        "paragraph": _told("Paragraph"),
        "": _told("Selection"),
    }


def _told(text: str) -> str:
    return QCoreApplication.translate("Moving", text)
