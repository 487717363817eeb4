"""Write docs/guide/keys.md from the commands of the window: `python docs/key_page.py`. A test compares the two."""

from pathlib import Path

from annotator.model.codebook_yaml import default_codebook
from ui.keys.action import Group
from ui.keys.names import split
from ui.keys.presets import PRESETS
from ui.keys.registry import ACTIONS

PAGE = Path(__file__).resolve().parent / "guide" / "keys.md"
ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgDown": "PgDn"}

_HEAD = """# Keys

The same list stands in the program under <kbd>F1</kbd>, where you can search it and change every key. Keys without
<kbd>Ctrl</kbd>, <kbd>Alt</kbd> or an F-key act while the cursor is in the article; where you write a note, they write.

- A letter is the letter you see on the key. Where the keyboard writes another script (Ukrainian, Arabic, Greek …), the
  key counts that has this letter on a US keyboard.
- Digits are those above the letters, with or without <kbd>Shift</kbd>, and those of the number pad.
- On macOS <kbd>Ctrl</kbd> is the Command key and <kbd>Alt</kbd> the Option key.
"""

_TAGS = """
## Tags

The codebook gives each tag its keys. Those of the codebook that comes along:

| tag | keys |
|---|---|
"""

_EDGES = """
While you move the edges of an annotation, these keys mean something else, until <kbd>Enter</kbd> or <kbd>Esc</kbd>:

| keys | what happens |
|---|---|
| <kbd>←</kbd> <kbd>→</kbd> | the edge moves by a word |
| <kbd>Alt+←</kbd> <kbd>Alt+→</kbd> | the edge moves by a character |
| <kbd>E</kbd> | turn to the other edge: first the end, then the start |
| <kbd>Enter</kbd> | keep the edges as they are shown |
| <kbd>Esc</kbd> | put them back |
"""

_PRESETS_HEAD = """
## Keys for one hand, and none without Ctrl

At the head of the key sheet (<kbd>F1</kbd>) you choose a set of keys. Your own changes stay and win over the set.
"""

_RIGHT = """
In the set for the right hand <kbd>6</kbd> <kbd>7</kbd> <kbd>8</kbd> <kbd>9</kbd> <kbd>0</kbd> above the letters are
tags 1 to 5 as well, and the number pad has tags 1 to 9.
"""

_NONE = """
**{name}** switches off every key that would write something, for people who dictate or whose hand trembles. Tags are
then <kbd>Alt+1</kbd> to <kbd>Alt+9</kbd>; all else is reached through the menu, the tag bar and the right mouse button.
"""


def key_page() -> str:
    """The whole page, as it must stand in the file."""
    return _HEAD + _TAGS + _tags() + "".join(map(_group, Group)) + _sets()


def _tags() -> str:
    return "".join(f"| {tag.label} | {_keys(tag.keys)} |\n" for tag in default_codebook().active_tags)


def _group(group: Group) -> str:
    rows = [
        f"| {action.text} | {_keys(action.keys)} |"
        for action in ACTIONS
        if action.group is group and action.id != "tag"
    ]
    table = "\n".join(["| command | keys |", "|---|---|", *rows])
    return f"\n## {group}\n\n{table}\n" + (_EDGES if group is Group.TAG else "")


def _sets() -> str:
    words = {action.id: action for action in ACTIONS}
    text = _PRESETS_HEAD
    for preset in PRESETS:
        if preset.keys:
            new = [
                (words[name].text, [key for key in keys if key not in words[name].keys])
                for name, keys in preset.keys.items()
            ]
            rows = "".join(f"| {told} | {_keys(keys)} |\n" for told, keys in new)
            text += f"\n### {preset.text}\n\n| command | also on |\n|---|---|\n{rows}"
            text += _RIGHT if preset.tag_digits else ""
        elif not preset.single_keys:
            text += _NONE.format(name=preset.text)
    return text


def _keys(keys: tuple[str, ...] | list[str]) -> str:
    return " ".join(f"<kbd>{cap(key)}</kbd>" for key in keys) or "menu only"


def cap(name: str) -> str:
    """A key as the pages write it: letters as capitals, arrows as arrows, the same on every system."""
    held, key = split(name)
    shown = ARROWS.get(key, key.upper() if len(key) == 1 else key.replace("Num", "Num "))
    return "+".join(
        [part for part in ("Ctrl", "Alt", "Shift", "Meta") if part in held] + [shown.replace("|", "&#124;")]
    )


if __name__ == "__main__":
    PAGE.write_text(key_page(), "utf-8", newline="\n")
