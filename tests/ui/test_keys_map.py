"""A person's own keys: presets, changes, refusals, and what stays true whatever the person does."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.model.codebook import TAG_KEYS
from annotator.settings import Settings
from ui.keys.action import Context
from ui.keys.bindings import place
from ui.keys.keymap import KeyMap
from ui.keys.names import is_bare
from ui.keys.presets import PRESETS
from ui.keys.registry import ACTIONS
from ui.keys.store import SettingsKeys

TAGS = {"1": "actor", "a": "actor", "2": "claim", "c": "claim", "6": "place", "h": "place"}


class Store:
    """Keeps the values as a settings file would."""

    def __init__(self, values: dict[str, Any] | None = None) -> None:
        self.values = values or {}

    def load(self) -> dict[str, Any]:
        return dict(self.values)

    def save(self, values: dict[str, Any], /) -> None:
        self.values = values


def _map(values: dict[str, Any] | None = None) -> KeyMap:
    keymap = KeyMap(ACTIONS, Store(values))
    keymap.set_tag_keys(TAGS)
    return keymap


def test_keys_mean_what_the_table_says() -> None:
    keymap = _map()
    assert keymap.action_for("n", Context.CODE) == "next_annotation"
    assert keymap.action_for("n", Context.LIST) is None
    assert keymap.action_for("Ctrl+Z", Context.LIST) == "undo"
    assert keymap.action_for("u", Context.CODE) == "unsure"
    assert keymap.action_for("u", Context.DESCRIBE) is None
    assert keymap.tag_for("a") == keymap.tag_for("1") == keymap.tag_for("Num1") == "actor"
    assert keymap.keys_for("redo") == ("Ctrl+Shift+Z", "Ctrl+Y")
    assert keymap.keys_for_tag("claim") == ("2", "c")


def test_a_changed_key_works_is_kept_and_can_be_taken_back() -> None:
    store, later = Store(), Store()
    keymap = KeyMap(ACTIONS, store)
    keymap.change("next_annotation", ["shift+k", "F11"])
    later.save(store.values)
    again = KeyMap(ACTIONS, later)
    for each in (keymap, again):
        assert each.action_for("n", Context.CODE) is None
        assert each.action_for("Shift+K", Context.CODE) == "next_annotation"
        assert each.keys_for("next_annotation") == ("Shift+K", "F11")
    again.reset("next_annotation")
    assert again.keys_for("next_annotation") == ("n",)
    assert KeyMap(ACTIONS, later).keys_for("next_annotation") == ("n",)


def test_keys_survive_a_restart_in_the_settings_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    keymap = KeyMap(ACTIONS, SettingsKeys(Settings(file)))
    keymap.set_preset("left_hand")
    keymap.change("question", ["F11"])
    again = KeyMap(ACTIONS, SettingsKeys(Settings(file)))
    assert (again.preset, again.keys_for("question")) == ("left_hand", ("F11",))


def test_a_command_can_go_without_a_key() -> None:
    keymap = _map()
    keymap.change("delete", [])
    assert keymap.keys_for("delete") == ()
    assert keymap.action_for("x", Context.CODE) is None
    keymap.change("question", ["x"])
    assert keymap.action_for("x", Context.CODE) == "question"


@pytest.mark.parametrize(
    ("action", "key", "sentence"),
    [
        ("next_annotation", "p", "P already means “Previous annotation”."),
        ("next_annotation", "Ctrl+Z", "Ctrl+Z already means “Undo”."),
        ("undo", "Ctrl+Left", "Ctrl+← already means “A sentence to the left”."),
        ("next_annotation", "a", "A cannot be used: it is kept for tags."),
        ("next_annotation", "0", "0 cannot be used: it is kept for tags."),
        ("next_annotation", "Num3", "Num 3 cannot be used: it is kept for tags."),
        ("next_annotation", "Alt+3", "Alt+3 cannot be used: it is kept for tags."),
        ("undo", "Ctrl+Alt+U", "Ctrl+Alt+U cannot be used: Ctrl+Alt types characters on many keyboards."),
        ("undo", "Alt+Shift+U", "Alt+Shift+U cannot be used: Alt+Shift changes the keyboard layout."),
        ("undo", "Home", "Home cannot be used: this command acts everywhere and needs Ctrl or an F-key."),
        ("undo", "Ctrl+C", "Ctrl+C cannot be used: it selects, copies, cuts or pastes text."),
        ("hold", "Tab", "Tab cannot be used: it goes from control to control."),
        ("hold", "Esc", "Esc cannot be used: Esc always leads one step back."),
        ("back", "F12", "Esc always leads one step back and cannot be changed."),
        ("tag", "g", "The keys of tags are set in the codebook."),
        ("hold", "Hyper+V", "There is no key “Hyper+V”."),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_one_sentence_and_nothing_changes(
    action: str, key: str, sentence: str
) -> None:
    keymap = _map()
    before = {each.id: keymap.keys_for(each.id) for each in ACTIONS}
    with pytest.raises(AnnotatorError) as refused:
        keymap.change(action, ["F11", key])
    assert str(refused.value) == sentence
    assert {each.id: keymap.keys_for(each.id) for each in ACTIONS} == before


def test_taking_a_key_back_that_another_command_has_now_is_refused() -> None:
    keymap = _map()
    keymap.change("next_annotation", ["F11"])
    keymap.change("previous_annotation", ["n"])
    with pytest.raises(AnnotatorError, match=r"^N already means “Previous annotation”\.$"):
        keymap.reset("next_annotation")
    keymap.reset()
    assert keymap.keys_for("next_annotation") == ("n",)


def test_without_single_keys_nothing_bare_acts_and_tags_have_alt_and_digit() -> None:
    keymap = _map()
    keymap.set_preset("no_single_keys")
    for key in (*TAG_KEYS, "n", "Shift+W", "?", ".", "+", "Num1"):
        assert keymap.action_for(key, Context.CODE) is None
        assert keymap.tag_for(key) is None
    assert keymap.tag_for("Alt+1") == "actor"
    assert keymap.keys_for_tag("place") == ("Alt+6",)
    assert keymap.keys_for("unsure") == ("Ctrl+U",)
    assert keymap.action_for("Delete", Context.CODE) == "delete"
    keymap.single_keys_on = True
    assert keymap.preset == "standard"
    assert keymap.tag_for("a") == "actor"


def test_switching_single_keys_off_keeps_the_preset_and_is_remembered() -> None:
    store = Store()
    keymap = KeyMap(ACTIONS, store)
    keymap.set_preset("left_hand")
    keymap.single_keys_on = False
    again = KeyMap(ACTIONS, Store(store.values))
    assert (again.preset, again.single_keys_on) == ("left_hand", False)


def test_the_right_hand_tags_with_six_to_zero_and_the_number_pad() -> None:
    keymap = _map()
    keymap.set_preset("right_hand")
    assert keymap.tag_for("6") == "actor"
    assert keymap.tag_for("7") == "claim"
    assert keymap.tag_for("Num6") == "place"
    assert keymap.keys_for_tag("actor") == ("1", "6", "a")
    assert keymap.keys_for_tag("place") == ("h", "Num6")
    assert keymap.action_for("Num0", Context.CODE) == "hold"


def test_the_left_hand_reaches_every_command_of_tagging_without_the_right() -> None:
    keymap = _map()
    keymap.set_preset("left_hand")
    left = set("qwertasdfgzxcvb")
    for action in ("next_annotation", "previous_annotation", "repeat_tag", "second_part", "note", "unsure", "delete"):
        assert any(key[-1].lower() in left and is_bare(key) for key in keymap.keys_for(action)), action


def test_settings_of_another_version_are_read_as_far_as_they_make_sense() -> None:
    values = {
        "preset": "three_hands",
        "single_keys": "yes",
        "changed": {"fly": ["g"], "hold": ["a", "g", 7, "no key"], "back": ["g"], "tag": ["g"], "undo": "Ctrl+G"},
    }
    keymap = _map(values)
    assert keymap.preset == "standard"
    assert keymap.single_keys_on
    assert keymap.keys_for("hold") == ("g",)
    assert keymap.keys_for("back") == ("Esc",)
    assert keymap.keys_for("undo") == ("Ctrl+Z",)
    assert _map({"changed": ["hold"]}).keys_for("hold") == ("v",)


def test_a_persons_key_wins_over_a_default_that_a_later_version_puts_there() -> None:
    keymap = _map({"changed": {"hold": ["n"]}})
    assert keymap.action_for("n", Context.CODE) == "hold"
    assert keymap.keys_for("next_annotation") == ()


def test_a_tag_gets_no_key_that_commands_have() -> None:
    keymap = _map()
    keymap.set_tag_keys({"n": "actor", "1": "actor"})
    assert keymap.tag_for("n") is None
    assert keymap.tag_for("1") == "actor"


_KEYS = st.sampled_from(
    [
        "n",
        "p",
        "g",
        "Shift+G",
        "x",
        "Ctrl+G",
        "Ctrl+Z",
        "F7",
        "Home",
        "a",
        "3",
        "Alt+X",
        "?",
        "Num0",
        "Esc",
        "*",
        "Ctrl+U",
    ]
)
_STEP = st.one_of(
    st.tuples(st.just("change"), st.sampled_from([action.id for action in ACTIONS]), st.lists(_KEYS, max_size=3)),
    st.tuples(st.just("reset"), st.one_of(st.none(), st.sampled_from([action.id for action in ACTIONS]))),
    st.tuples(st.just("preset"), st.sampled_from([preset.id for preset in PRESETS])),
    st.tuples(st.just("single"), st.booleans()),
)


def _do(keymap: KeyMap, step: tuple[Any, ...]) -> None:
    match step:
        case ("change", action, keys):
            keymap.change(action, keys)
        case ("reset", action):
            keymap.reset(action)
        case ("preset", preset):
            keymap.set_preset(preset)
        case ("single", on):
            keymap.single_keys_on = on


def _everything(keymap: KeyMap) -> dict[str, tuple[str, ...]]:
    return {action.id: keymap.keys_for(action.id) for action in ACTIONS}


@given(st.lists(_STEP, max_size=25))
@settings(deadline=None, max_examples=150)
def test_no_sequence_of_changes_makes_a_key_mean_two_things(steps: list[tuple[Any, ...]]) -> None:
    store = Store()
    keymap = KeyMap(ACTIONS, store)
    keymap.set_tag_keys(TAGS)
    for step in steps:
        before = _everything(keymap)
        try:
            _do(keymap, step)
        except AnnotatorError:
            assert _everything(keymap) == before
        for action in ACTIONS:
            for key in keymap.keys_for(action.id):
                where = place(action, key)
                if action.id == "tag":
                    assert keymap.tag_for(key) in TAGS.values()
                    assert keymap.action_for(key, Context.CODE) is None
                else:
                    assert keymap.action_for(key, where) == action.id
                    assert keymap.tag_for(key) is None or where is Context.REVIEW, "no tag is set in Review"
    again = KeyMap(ACTIONS, Store(store.values))
    again.set_tag_keys(TAGS)
    assert _everything(again) == _everything(keymap)
