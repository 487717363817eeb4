"""ACTIONS: every command of the window. A new command is one line in the list it belongs to."""

from . import article, everywhere, moves
from .action import Action

ACTIONS: tuple[Action, ...] = (
    *article.TAG,
    *article.SELECT,
    *moves.EXTENDS,
    *article.GO,
    *moves.MOVES,
    *article.DESCRIBE,
    *everywhere.ARTICLE,
    *everywhere.EDIT,
    *everywhere.VIEWS,
    *everywhere.WINDOW,
    *everywhere.PROJECT,
    *everywhere.HELP,
)


def offered() -> tuple[Action, ...]:
    """The commands that menus and lists of keys show: all, but a view only where there is another to choose."""
    alone = everywhere.VIEWS if len(everywhere.VIEWS) == 1 else ()
    return tuple(action for action in ACTIONS if action not in alone)
