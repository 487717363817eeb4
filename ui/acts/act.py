"""The shape of an act: it takes the desk and says which action ids it handles."""

from collections.abc import Callable, Mapping
from typing import Protocol

from ..desk import Desk

Handler = Callable[[object], None]  # takes the payload: a tag id, a Move, or None


class Act(Protocol):
    """Handles some of the ACTIONS."""

    def __init__(self, desk: Desk) -> None: ...

    def handlers(self) -> Mapping[str, Handler]:
        """Action id → what to do."""
        ...


def plain(function: Callable[[], object]) -> Handler:
    """A handler that needs no payload."""
    return lambda _: (function(), None)[1]
