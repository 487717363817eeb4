"""ACTIONS: every command of the window. A new command is one line in the list it belongs to."""

from . import article, everywhere, moves, review, search
from .action import Action

ACTIONS: tuple[Action, ...] = (
    *article.TAG,
    *article.SELECT,
    *moves.EXTENDS,
    *article.GO,
    *moves.MOVES,
    *article.DESCRIBE,
    *search.SEARCH,
    *review.REVIEW,
    *everywhere.REVIEW,
    *everywhere.TEAM,
    *everywhere.OVERVIEW,
    *everywhere.ARTICLE,
    *everywhere.EDIT,
    *everywhere.VIEWS,
    *everywhere.WINDOW,
    *everywhere.PROJECT,
    *everywhere.HELP,
)
