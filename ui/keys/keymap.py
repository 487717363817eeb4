"""The keys in force: the defaults, a preset over them, a person's own changes over both."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from annotator.errors import AnnotatorError
from annotator.model.codebook import TAG_KEYS

from .action import Action, Context, words
from .bindings import bind, holder, place
from .names import NUMBER_PAD, is_bare, parse, shown
from .presets import PRESETS, Preset
from .rules import refusal


class KeyStore(Protocol):
    """Where a person's choice of keys is kept, as JSON values."""

    def load(self) -> dict[str, Any]: ...

    def save(self, values: dict[str, Any], /) -> None: ...


class KeyMap(QObject):
    """Answers which action a key means and which keys an action has; `changed` when either may differ."""

    changed = Signal()

    def __init__(self, actions: Sequence[Action], store: KeyStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = {action.id: action for action in actions}
        self._store = store
        self._tags: dict[str, str] = {}
        saved = store.load()
        self._preset = _preset(saved.get("preset"))
        self._single_keys = saved.get("single_keys") is not False
        self._own = self._readable(saved.get("changed"))
        self._bind()

    # What a key means

    def action(self, action_id: str) -> Action:
        """The action of that id; raises AnnotatorError where there is none."""
        try:
            return self._actions[action_id]
        except KeyError:
            raise AnnotatorError(self.tr("There is no command “{0}”.").format(action_id)) from None

    def action_for(self, key: str, context: Context) -> str | None:
        """The id of the action that `key` means in `context`, tags aside."""
        if is_bare(key) and not self.single_keys_on:
            return None
        return self._bound.get((context, key)) or self._bound.get((Context.EVERYWHERE, key))

    def tag_for(self, key: str) -> str | None:
        """The id of the tag that `key` sets in the article; Alt+digit stands in where single keys are off."""
        if self.single_keys_on:
            return self.tag_at(key)
        return self._tags.get(key.removeprefix("Alt+")) if key.startswith("Alt+") else None

    def tag_at(self, key: str) -> str | None:
        """The id of the tag at a bare key, whether single keys are on or not: for a command that waits for one."""
        if key in NUMBER_PAD:
            return self._tags.get(key[-1])
        return self._tags.get(self._preset.tag_digits.get(key, key))

    # Which keys an action has

    def keys_for(self, action_id: str) -> tuple[str, ...]:
        """The keys that work now, in the order of the registry or of the person's change."""
        action = self.action(action_id)
        if action_id == "tag":
            return tuple(key for keys in self._keys_by_tag().values() for key in keys)
        return tuple(
            key
            for key in self._wanted(action)
            if self._bound.get((place(action, key), key)) == action_id and (self.single_keys_on or not is_bare(key))
        )

    def keys_for_tag(self, tag_id: str) -> tuple[str, ...]:
        """The keys that set this tag now."""
        return self._keys_by_tag().get(tag_id, ())

    def set_tag_keys(self, tags: Mapping[str, str]) -> None:
        """Take the codebook's keys of tags, key to tag id. Keys that no tag may have are left out."""
        self._tags = {key: tag for key, tag in tags.items() if key in TAG_KEYS}
        self.changed.emit()

    # A person's choice

    @property
    def preset(self) -> str:
        """The id of the preset in force."""
        return self._preset.id

    def set_preset(self, preset_id: str) -> None:
        """Take another preset; the person's own changes stay and win over it."""
        self._preset = _preset(preset_id)
        self._single_keys = True
        self._keep()

    @property
    def single_keys_on(self) -> bool:
        """Whether bare letters, digits and signs act at all."""
        return self._single_keys and self._preset.single_keys

    @single_keys_on.setter
    def single_keys_on(self, on: bool) -> None:
        self._single_keys = on
        if on and not self._preset.single_keys:
            self._preset = PRESETS[0]
        self._keep()

    def change(self, action_id: str, keys: Sequence[str]) -> None:
        """Give an action other keys, none included; raises AnnotatorError and changes nothing where one cannot be."""
        action = self.action(action_id)
        wanted = tuple(dict.fromkeys(parse(key) for key in keys))
        if action_id == "back" and wanted != action.keys:
            raise AnnotatorError(self.tr("Esc always leads one step back and cannot be changed."))
        if action_id == "tag":
            raise AnnotatorError(self.tr("The keys of tags are set in the codebook."))
        if action.numbered:
            raise AnnotatorError(self.tr("A reading is taken by its number."))
        for key in wanted:
            if sentence := refusal(action, key):
                raise AnnotatorError(sentence)
        self._refuse_taken(action, wanted)
        self._own[action_id] = wanted
        self._keep()

    def reset(self, action_id: str | None = None) -> None:
        """Give one action, or all, the preset's keys again; raises AnnotatorError where another has one of them now."""
        if action_id is None:
            self._own.clear()
        else:
            action = self.action(action_id)
            self._refuse_taken(action, self._preset.keys.get(action_id, action.keys))
            self._own.pop(action_id, None)
        self._keep()

    # Inside

    def _keys_by_tag(self) -> dict[str, tuple[str, ...]]:
        digits = self._preset.tag_digits
        row = [key for key in (*TAG_KEYS, "0") if key in TAG_KEYS or key in digits]
        pad = [f"Num{digit}" for digit in digits]  # elsewhere the number pad only repeats the digit row
        alt = [f"Alt+{digit}" for digit in "123456789"]
        candidates = [*row, *pad] if self.single_keys_on else alt
        found: dict[str, tuple[str, ...]] = {}
        for key in candidates:
            if (tag := self.tag_for(key)) is not None:
                found[tag] = (*found.get(tag, ()), key)
        return found

    def _refuse_taken(self, action: Action, keys: Sequence[str]) -> None:
        others = bind((other, self._wanted(other)) for other in self._by_precedence() if other.id != action.id)
        for key in keys:
            taken = holder(others, place(action, key), key)
            if taken is not None:
                sentence = self.tr("{0} already means “{1}”.")
                raise AnnotatorError(sentence.format(shown(key), words(self._actions[taken].text)))

    def _wanted(self, action: Action) -> tuple[str, ...]:
        return self._own.get(action.id, self._preset.keys.get(action.id, action.keys))

    def _by_precedence(self) -> list[Action]:
        return sorted(self._actions.values(), key=lambda action: action.id not in self._own)

    def _bind(self) -> None:
        self._bound = bind((action, self._wanted(action)) for action in self._by_precedence())

    def _keep(self) -> None:
        self._bind()
        own = {action_id: list(keys) for action_id, keys in self._own.items()}
        self._store.save({"preset": self._preset.id, "single_keys": self._single_keys, "changed": own})
        self.changed.emit()

    def _readable(self, saved: object) -> dict[str, tuple[str, ...]]:
        """What of the saved changes still makes sense: a newer or an older version may have written them."""
        own: dict[str, tuple[str, ...]] = {}
        for action_id, keys in saved.items() if isinstance(saved, dict) else ():
            action = self._actions.get(action_id)
            if action is None or action.numbered or action_id in ("tag", "back") or not isinstance(keys, list):
                continue
            own[action_id] = tuple(key for key in map(_canonical, keys) if key and refusal(action, key) is None)
        return own


def _preset(preset_id: object) -> Preset:
    return next((preset for preset in PRESETS if preset.id == preset_id), PRESETS[0])


def _canonical(saved: object) -> str | None:
    try:
        return parse(saved) if isinstance(saved, str) else None
    except AnnotatorError:
        return None
