"""Every key press of the window comes here first and becomes an action, or goes on to the widget.

Qt asks twice: ShortcutOverride ("do you want this key?") before its own shortcuts, then KeyPress. Both get the same
answer, so neither a QAction nor a widget acts a second time on a key that was taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import shiboken6
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from .action import Context
from .focus import Focus, focus_at, take_in_front, take_own_step
from .keymap import KeyMap
from .layouts import KeyReader
from .names import acts_while_typing

_KEY_EVENTS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


@dataclass(frozen=True)
class Press:
    """What a key means at the moment: an action and what goes with it. In a mode, any id the view knows."""

    action: str
    payload: object = None
    repeats: bool = False
    takes_tag: bool = False


_CANCEL = Press("")


@dataclass(frozen=True)
class Mode:
    """Keys that mean something else in an article until the mode ends, as arrows do while edges are moved."""

    name: str
    keys: Mapping[str, Press]


class KeyDispatcher(QObject):
    """Turns key presses of `window` into `triggered`. Widgets say by the property `focus_context` what they are.

    The payload is the tag's id for `tag` and for actions that wait for a tag, a Move for movements, the digit of a
    numbered action, else None.
    """

    triggered = Signal(str, object)
    pending_changed = Signal(object)  # id of the action that waits for a tag key, or None
    mode_changed = Signal(object)  # name of the topmost mode, or None

    def __init__(self, window: QWidget, keymap: KeyMap) -> None:
        super().__init__(window)
        self._window = window
        self._keymap = keymap
        self._reader = KeyReader()
        self._pending: str | None = None
        self._modes: list[Mode] = []
        self._seen: tuple[object, ...] = ()
        self.watch(window)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
        if (focus := QApplication.focusWidget()) is not None:
            self._follow_focus(None, focus)

    @property
    def pending(self) -> str | None:
        """The id of the action that waits for a tag key."""
        return self._pending

    @property
    def mode(self) -> str | None:
        """The name of the topmost mode."""
        return self._modes[-1].name if self._modes else None

    def watch(self, widget: QWidget) -> None:
        """Read the keys sent to `widget` even before it first has the focus."""
        widget.installEventFilter(self)

    def perform(self, action_id: str) -> None:
        """Do what the action's key does: for menus and buttons. Tag keys are awaited in the article only."""
        focus = QApplication.focusWidget()
        self._act(self._press_of(action_id), focus if focus is not None else self._window)

    def choose_tag(self, tag_id: str) -> None:
        """Do what the tag's key does, the waiting action included: for the tag bar."""
        action_id = self._pending or "tag"
        self._wait_for(None)
        self.triggered.emit(action_id, tag_id)

    def push_mode(self, name: str, keys: Mapping[str, Press]) -> None:
        """Give keys another meaning in the article; all other keys keep theirs, and the view decides what they end."""
        self._modes.append(Mode(name, keys))
        self.mode_changed.emit(self.mode)

    def pop_mode(self, name: str) -> None:
        """End a mode and those above it; nothing where it is not on."""
        at = next((index for index, mode in enumerate(self._modes) if mode.name == name), None)
        if at is not None:
            del self._modes[at:]
            self.mode_changed.emit(self.mode)

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or now.window() is not self._window:
            return
        self.watch(now)
        if focus_at(now).context is not Context.CODE:
            self._wait_for(None)

    def _wait_for(self, action_id: str | None) -> None:
        if action_id != self._pending:
            self._pending = action_id
            self.pending_changed.emit(action_id)

    def _receiver(self, watched: QWidget, event: QKeyEvent) -> QWidget | None:
        """The widget the press is for, or None where it was judged already and only climbs up to `watched`."""
        press = (shiboken6.getCppPointer(event), event.type(), event.key(), event.modifiers())
        focus = QApplication.focusWidget()
        climbing = focus is not None and focus is not watched and watched.isAncestorOf(focus)
        if climbing and press == self._seen:
            return None
        self._seen = press
        return focus if climbing else watched

    def _judge(self, names: tuple[str, ...], focus: Focus) -> Press | None:
        """What the press means; changes nothing, so that both of Qt's questions get one answer."""
        if focus.context in (Context.CODE, Context.REVIEW) and not focus.typing:
            tagging = focus.context is Context.CODE
            for meaning in (self._of_pending, self._of_mode, self._of_tag) if tagging else (self._of_mode,):
                for name in names:
                    if (press := meaning(name)) is not None:
                        return press
        if focus.context is Context.SEARCH:
            tags = filter(None, map(self._keymap.tag_for, names))
            if (tag := next(tags, None)) is not None:
                return Press("tag_places", tag)
        for name in names:
            if (press := self._of_action(name, focus)) is not None:
                return press
        return None

    def _of_pending(self, name: str) -> Press | None:
        if self._pending is None:
            return None
        if name == "Esc":
            return _CANCEL
        tag = self._keymap.tag_at(name) or self._keymap.tag_for(name)
        return Press(self._pending, tag) if tag else None

    def _of_mode(self, name: str) -> Press | None:
        return self._modes[-1].keys.get(name) if self._modes else None

    def _of_tag(self, name: str) -> Press | None:
        tag = self._keymap.tag_for(name)
        return Press("tag", tag) if tag else None

    def _of_action(self, name: str, focus: Focus) -> Press | None:
        if focus.typing and not acts_while_typing(name):
            return None
        action_id = self._keymap.action_for(name, Context.EVERYWHERE if focus.typing else focus.context)
        if action_id is None:
            return None
        press = self._press_of(action_id)
        return replace(press, payload=int(name[-1])) if self._keymap.action(action_id).numbered else press

    def _press_of(self, action_id: str) -> Press:
        action = self._keymap.action(action_id)
        return Press(action_id, action.move, action.repeats, action.takes_tag)

    def _act(self, press: Press, receiver: QWidget) -> None:
        self._wait_for(None)
        if press is _CANCEL or take_own_step(receiver, press.action) or take_in_front(receiver, press.action):
            return
        if press.takes_tag:
            self._wait_for(press.action)
        else:
            self.triggered.emit(press.action, press.payload)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _KEY_EVENTS:
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        receiver = self._receiver(watched, event)
        if receiver is None:
            return False
        focus = focus_at(receiver)
        names = () if focus.takes_every_key else self._reader.names(event)
        press = self._judge(names, focus)
        asked = event.type() == QEvent.Type.ShortcutOverride
        if press is None:
            if names and not asked:
                self._wait_for(None)
            return False
        self._seen = ()  # it climbs no further
        event.accept()
        if not asked and (press.repeats or not event.isAutoRepeat()):
            self._act(press, receiver)
        return True
