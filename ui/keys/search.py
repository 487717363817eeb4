"""Commands of the list of places that a search found. Tag keys tag there too, so no letter of a tag may be used."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from .action import Action, in_search

SEARCH: tuple[Action, ...] = (
    # Its keys are those the codebook gives the tags, as in the article.
    in_search("tag_places", QT_TRANSLATE_NOOP("keys", "Tag what is ticked, else the row: by the key of a tag")),
    in_search("tick_place", QT_TRANSLATE_NOOP("keys", "Tick, and on to the next"), "Space"),
    in_search("tick_all_places", QT_TRANSLATE_NOOP("keys", "Tick all, or none"), "Shift+Space"),
    in_search("open_place", QT_TRANSLATE_NOOP("keys", "Into the article; Esc comes back"), "Enter"),
    in_search("order_places", QT_TRANSLATE_NOOP("keys", "Choose the order"), "s"),
)
