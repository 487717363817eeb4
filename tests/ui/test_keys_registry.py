"""Laws that every command's keys obey, now and after the next one is added."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.model.codebook import TAG_KEYS
from ui.keys.action import Action, Context, Group
from ui.keys.bindings import place
from ui.keys.names import acts_while_typing, is_bare, join, parse, split
from ui.keys.presets import PRESETS
from ui.keys.registry import ACTIONS

# Every key of the design's table that this release has a use for, by what it does there.
TABLE = {
    "undo": {"Ctrl+Z"},
    "redo": {"Ctrl+Shift+Z", "Ctrl+Y"},
    "next_document": {"Ctrl+PgDown"},
    "previous_document": {"Ctrl+PgUp"},
    "done_next": {"Ctrl+Enter"},
    "set_aside": {"Ctrl+Shift+Enter"},
    "unsure": {"Ctrl+U", "u"},
    "filter_documents": {"Ctrl+L"},
    "find": {"Ctrl+F"},
    "find_next": {"F3"},
    "search_all": {"Ctrl+Shift+F"},
    "hide_marks": {"Ctrl+H"},
    "copy_reference": {"Ctrl+Shift+C"},
    "text_larger": {"Ctrl++", "Ctrl+="},
    "text_smaller": {"Ctrl+-"},
    "text_normal": {"Ctrl+0"},
    "saved": {"Ctrl+S"},
    "keys": {"F1"},
    "rules": {"Shift+F1", "?"},
    "what_is_here": {"F2"},
    "exact": {"F4"},
    "next_pane": {"F6"},
    "labelled": {"F8"},
    "side_panels": {"F9"},
    "back": {"Esc"},
    "hold": {"v"},
    "wider": {"w"},
    "narrower": {"Shift+W"},
    "next_annotation": {"n"},
    "previous_annotation": {"p"},
    "next_open": {"j"},
    "previous_open": {"Shift+J"},
    "delete": {"x", "Delete"},
    "retag": {"r"},
    "keep_armed": {"k"},
    "repeat_tag": {"."},
    "second_part": {"+"},
    "same_elsewhere": {"o"},
    "edges": {"e"},
    "note": {"m"},
    "question": {"q"},
    "describe": {"Enter"},
    "view_code": {"Ctrl+1"},
    "view_review": {"Ctrl+2"},
    "take_reading": set("123456789"),
    "take_both": {"b"},
    "take_defensible": {"d"},
    "take_neither": {"x", "Delete"},
    "edit_reading": {"e"},
    "take_proposed": {"Space"},
    "take_alike": {"o"},
    "take_agreed": {"t"},
    "take_all_agreed": {"Shift+T"},
    "give_reason": {"r"},
    "give_last_reason": {"Shift+R"},
    "leave_for_meeting": {"m"},
    "send_back": {"s"},
    "next_difference": {"n"},
    "previous_difference": {"p"},
    "next_undecided": {"j"},
    "previous_undecided": {"Shift+J"},
    "place_details": {"Enter"},
    "rule_at_stake": {"?"},
    "show_who": {"v"},
    "review_columns": {"w"},
    "word_left": {"Left"},
    "line_down": {"Down"},
    "character_right": {"Alt+Right"},
    "sentence_left": {"Ctrl+Left"},
    "paragraph_down": {"Ctrl+Down"},
    "extend_word_right": {"Shift+Right"},
    "extend_sentence_right": {"Ctrl+Shift+Right"},
}


def _keys() -> list[tuple[Action, str]]:
    return [(action, key) for action in ACTIONS for key in action.keys]


def _preset_keys() -> list[tuple[Action, str]]:
    by_id = {action.id: action for action in ACTIONS}
    return [(by_id[name], key) for preset in PRESETS for name, keys in preset.keys.items() for key in keys]


@pytest.mark.parametrize("name", TABLE)
def test_the_table_of_keys_is_the_law(name: str) -> None:
    assert {key for action, key in _keys() if action.id == name} == TABLE[name]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_an_action_can_be_read_in_the_key_sheet(action: Action) -> None:
    assert action.text[0].isupper()
    assert not action.text.isupper()
    assert action.group in Group


def test_ids_are_unique() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_no_key_means_two_things_in_a_context(preset) -> None:
    seen: dict[tuple[Context, str], str] = {}
    for action in ACTIONS:
        for key in preset.keys.get(action.id, action.keys):
            where = place(action, key)
            for overlapping in Context if where is Context.EVERYWHERE else (where, Context.EVERYWHERE):
                assert (overlapping, key) not in seen, (key, action.id, seen[overlapping, key])
            seen[where, key] = action.id


@pytest.mark.parametrize(("action", "key"), [*_keys(), *_preset_keys()], ids=lambda value: getattr(value, "id", value))
def test_a_default_key_obeys_the_rules(action: Action, key: str) -> None:
    held, plain = split(key)
    assert key == join(held, plain) == parse(key), "not the canonical name"
    if action.context is not Context.REVIEW:
        assert key not in TAG_KEYS, "kept for tags"
    assert key.isdigit() == action.numbered
    assert plain != "Tab", "goes from control to control"
    assert not held >= {"Ctrl", "Alt"}
    assert not held >= {"Alt", "Shift"}
    if action.context is Context.EVERYWHERE:
        assert acts_while_typing(key) or place(action, key) is Context.CODE


def test_only_escape_needs_neither_ctrl_nor_an_f_key_everywhere() -> None:
    bare = {key for action, key in _keys() if place(action, key) is Context.EVERYWHERE and "Ctrl" not in split(key)[0]}
    assert {key for key in bare if not split(key)[1].startswith("F")} == {"Esc"}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ctrl+shift+z", "Ctrl+Shift+Z"),
        ("Shift+Ctrl+z", "Ctrl+Shift+Z"),
        ("N", "n"),
        ("shift+w", "Shift+W"),
        ("Ctrl++", "Ctrl++"),
        ("+", "+"),
        ("Shift+?", "?"),
        ("Return", "Enter"),
        ("ctrl + PageDown", "Ctrl+PgDown"),
        ("f8", "F8"),
        ("num6", "Num6"),
    ],
)
def test_a_key_can_be_written_as_people_write_it(typed: str, name: str) -> None:
    assert parse(typed) == name


@pytest.mark.parametrize("typed", ["", " ", "Ctrl", "Ctrl+", "Hyper+X", "F25", "nn", "\n"])
def test_what_is_no_key_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(AnnotatorError, match=r"There is no key “\s?.*”\."):
        parse(typed)


@given(
    st.sets(st.sampled_from(["Ctrl", "Alt", "Shift", "Meta"])),
    st.sampled_from(["a", "Z", "+", "-", "?", "7", "Num7", "F12", "Left", "Enter"]),
)
@settings(deadline=None)
def test_a_name_reads_back_as_itself(held: set[str], key: str) -> None:
    name = join(held, key)
    assert parse(name) == name
    assert join(*split(name)) == name
    assert is_bare(name) == (not held - {"Shift"} and key in {"a", "Z", "+", "-", "?", "7", "Num7"})
