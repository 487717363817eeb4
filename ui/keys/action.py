"""What a command of the window is: its id, its words, its keys, and where they act."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

# Words are noted where they stand and translated where they are read, so that a change of language needs no restart.
WORDS = "keys"


class Context(StrEnum):
    """What has the focus. The values are those of the widgets' dynamic property `focus_context`."""

    EVERYWHERE = "everywhere"
    CODE = "code"
    DESCRIBE = "describe"
    LIST = "list"
    REVIEW = "review"
    SEARCH = "search"


class Group(StrEnum):
    """The heading of a command in the key sheet, in the order of the sheet."""

    TAG = str(QT_TRANSLATE_NOOP("keys", "Tag"))
    SELECT = str(QT_TRANSLATE_NOOP("keys", "Select"))
    MOVE = str(QT_TRANSLATE_NOOP("keys", "Move"))
    DESCRIBE = str(QT_TRANSLATE_NOOP("keys", "Describe"))
    SEARCH = str(QT_TRANSLATE_NOOP("keys", "Places found"))
    REVIEW = str(QT_TRANSLATE_NOOP("keys", "Review"))
    TEAM = str(QT_TRANSLATE_NOOP("keys", "Team"))
    ARTICLE = str(QT_TRANSLATE_NOOP("keys", "Article"))
    EDIT = str(QT_TRANSLATE_NOOP("keys", "Undo and find"))
    WINDOW = str(QT_TRANSLATE_NOOP("keys", "Window"))
    PROJECT = str(QT_TRANSLATE_NOOP("keys", "Project"))
    HELP = str(QT_TRANSLATE_NOOP("keys", "Help"))


class Menu(StrEnum):
    """The menu a command stands in, in the order of the menu bar."""

    PROJECT = str(QT_TRANSLATE_NOOP("keys", "Project"))
    EDIT = str(QT_TRANSLATE_NOOP("keys", "Edit"))
    ARTICLE = str(QT_TRANSLATE_NOOP("keys", "Article"))
    ANNOTATION = str(QT_TRANSLATE_NOOP("keys", "Annotation"))
    REVIEW = str(QT_TRANSLATE_NOOP("keys", "Review"))
    TEAM = str(QT_TRANSLATE_NOOP("keys", "Team"))
    VIEW = str(QT_TRANSLATE_NOOP("keys", "View"))
    HELP = str(QT_TRANSLATE_NOOP("keys", "Help"))


@dataclass(frozen=True)
class Move:
    """A step of the caret. `steps` count rightwards or downwards; a right-to-left paragraph turns the former."""

    unit: Literal["character", "word", "line", "sentence", "paragraph"]
    steps: int
    extend: bool


@dataclass(frozen=True)
class Action:
    """A command. A bare letter, digit or sign among the keys of an EVERYWHERE action acts only in the article."""

    id: str
    text: str
    group: Group
    keys: tuple[str, ...]
    context: Context
    menu: Menu | None = None
    move: Move | None = None
    repeats: bool = False  # acts again and again while its key is held
    takes_tag: bool = False  # waits for a tag key, which completes it
    numbered: bool = False  # its keys are digits, and which one was pressed goes with it


def everywhere(
    name: str, text: object, group: Group, *keys: str, menu: Menu | None = None, repeats: bool = False
) -> Action:
    """A command that acts wherever the focus is."""
    return Action(name, str(text), group, keys, Context.EVERYWHERE, menu, repeats=repeats)


def in_article(
    name: str,
    text: object,
    group: Group,
    *keys: str,
    menu: Menu | None = Menu.ANNOTATION,
    repeats: bool = False,
    takes_tag: bool = False,
) -> Action:
    """A command that acts while the article has the focus."""
    return Action(name, str(text), group, keys, Context.CODE, menu, repeats=repeats, takes_tag=takes_tag)


def in_review(
    name: str,
    text: object,
    *keys: str,
    menu: Menu | None = Menu.REVIEW,
    repeats: bool = False,
    numbered: bool = False,
) -> Action:
    """A command that acts while a compared article or the list of disagreements has the focus."""
    return Action(name, str(text), Group.REVIEW, keys, Context.REVIEW, menu, repeats=repeats, numbered=numbered)


def in_search(name: str, text: object, *keys: str) -> Action:
    """A command that acts while the list of places found has the focus."""
    return Action(name, str(text), Group.SEARCH, keys, Context.SEARCH)


def moving(name: str, text: object, move: Move, *keys: str) -> Action:
    """A movement of the caret in the article, or of the end of its selection."""
    group = Group.SELECT if move.extend else Group.MOVE
    return Action(name, str(text), group, keys, Context.CODE, move=move, repeats=True)


def words(text: str) -> str:
    """The text of an action, a group or a menu in the language of the interface."""
    return QCoreApplication.translate(WORDS, text)
