"""The menu of the window, made anew from ACTIONS each time it is opened, so that it names what undo would undo."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QMenu

from annotator.operations.review_settings import names_hidden

from .desk import Desk
from .keys.action import Menu, words
from .keys.names import shown
from .keys.registry import ACTIONS
from .widgets.labels import plain_caption

_CUT = 60  # characters of a step's name in the menu

SWITCHES: Mapping[str, Callable[[Desk], bool]] = {
    "hide_marks": lambda desk: desk.article.marks_hidden(),
    "labelled": lambda desk: desk.article.mode() == "labelled",
    "cue_words": lambda desk: bool(desk.settings.get("cues")),
    "timing_log": lambda desk: bool(desk.settings.get("timing")),
    "exact": lambda desk: desk.article.exact(),
    "side_panels": lambda desk: desk.documents.isVisible(),
    "actors": lambda desk: desk.actors.isVisible(),
    "history": lambda desk: desk.history.isVisible(),
    "team_states": lambda desk: desk.documents.filter.of_team,
    "my_corrections": lambda desk: desk.review.corrections.isVisible(),
    "hide_names": lambda desk: desk.workspace.is_open and names_hidden(desk.workspace.project),
    "hold": lambda desk: desk.article.held(),
    "unsure": lambda desk: (at_hand := desk.document.annotation(desk.document.current)) is not None and at_hand.unsure,
}
"""Commands that turn something on and off: whether it is on. They carry a tick in the menu."""


OF_LEAD = frozenset(
    {
        "coders",
        "assign",
        "share_package",
        "close_round",
        "team_states",
        "import",
        "replace_text",
        "read_anew",
        "delete_article",
    }
)
"""Commands that have nothing to act on in a coder's package."""


def fill_menu(menu: QMenu, desk: Desk, steps: tuple[str, str]) -> None:
    """Add a submenu for each menu, with the keys in force. `steps` are what undo and redo would do."""
    told = dict(zip(("undo", "redo"), steps, strict=True))
    package = desk.workspace.is_open and desk.workspace.project.is_package
    for kind in Menu:
        submenu = menu.addMenu(words(kind))
        for action in ACTIONS:
            if action.menu is not kind:
                continue
            keys = desk.keymap.keys_for(action.id)
            text = words(action.text)
            if told.get(action.id):
                text += ": " + told[action.id][:_CUT]
            entry = submenu.addAction(plain_caption(text) + (f"\t{shown(keys[0])}" if keys else ""))
            if action.id in SWITCHES:
                entry.setCheckable(True)
                entry.setChecked(SWITCHES[action.id](desk))
            entry.setEnabled(
                (action.id not in told or bool(told[action.id])) and not (package and action.id in OF_LEAD)
            )
            entry.triggered.connect(lambda _=False, action_id=action.id: desk.dispatcher.perform(action_id))
