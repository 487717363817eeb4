"""Caret, selection, and the way from annotation to annotation."""

from collections.abc import Mapping

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
            "wider": plain(article.widen),
            "narrower": plain(article.narrow),
            "next_annotation": plain(lambda: self.go(1)),
            "previous_annotation": plain(lambda: self.go(-1)),
        }

    def move(self, payload: object) -> None:
        """Move the caret by a unit."""
        if isinstance(payload, Move):
            self._desk.article.move(payload.unit, payload.steps, extend=payload.extend)

    def go(self, steps: int) -> None:
        """Turn to the next or previous annotation, outer before inner."""
        key = self._desk.article.next_mark(steps)
        if key is None:
            self._desk.status.say(self._desk.window.tr("This article has no annotations yet"))
