"""The lines of the key sheet, from the actions, the keys in force and the codebook."""

from annotator.model.codebook import Codebook

from ..dialogs.key_columns import KeyRow
from ..keys.action import Action, Group, words
from ..keys.keymap import KeyMap
from ..keys.registry import ACTIONS


def key_rows(keymap: KeyMap, codebook: Codebook | None) -> list[KeyRow]:
    """One line for each tag, then one for each action, by group."""
    tag_group = words(Group.TAG)
    rows = [
        KeyRow(f"tag {tag.id}", tag_group, tag.label.lower(), keymap.keys_for_tag(tag.id), changeable=False)
        for tag in (codebook.active_tags if codebook else ())
    ]
    ordered = sorted(ACTIONS, key=lambda action: list(Group).index(action.group))
    rows += [
        KeyRow(action.id, words(action.group), words(action.text), keymap.keys_for(action.id), _changeable(action))
        for action in ordered
        if action.id != "tag"
    ]
    return rows


def _changeable(action: Action) -> bool:
    return action.id != "back" and not action.numbered
