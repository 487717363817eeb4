"""The status line: one sentence, what can be done about it, its key; long work; who, exact, saved."""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ..theme import HEIGHT_STATUS, current
from .announce import announce
from .buttons import Button, button
from .icon_label import IconLabel
from .key_cap import KeyCaps
from .labels import ElidedLabel, label, set_role
from .progress import Progress

StatusRole = Literal["meta", "ok", "warn", "bad"]
Action = tuple[str, str, Callable[[], object]]  # words, key to show (may be empty), what happens

_SIGNS: dict[StatusRole, str] = {"ok": "check-circle", "warn": "warning", "bad": "x-circle"}


def _row(gap: int) -> tuple[QWidget, QHBoxLayout]:
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    return holder, layout


def _link(text: str, act: Callable[[], object]) -> Button:
    made = button(text, "link", on_click=act)
    # A click must not take the focus out of the article; Tab still comes here.
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


class StatusLine(QWidget):
    """The line under every view. A held message (a full disk) stays in front of later ones until released."""

    undo_requested = Signal()
    coder_requested = Signal()
    exact_requested = Signal()
    timing_requested = Signal()
    cancel_requested = Signal()
    focus_left = Signal()  # the offer that had the keyboard is gone: give it back to the article

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_line")
        self.setAccessibleName(self.tr("Status"))
        self.setFixedHeight(HEIGHT_STATUS + 1)
        self._undo_key = "Ctrl+Z"
        self._held = False
        self._waiting: tuple[str, bool, StatusRole, Sequence[Action]] | None = None
        self._offered: tuple[str | None, tuple[Action, ...]] | None = None  # the key beside Undo, and other links
        self._build()
        self.say("")

    # ---- what was done -------------------------------------------------------------------------

    def say(
        self,
        text: str,
        undo: bool = False,
        role: StatusRole = "meta",
        actions: Sequence[Action] = (),
        *,
        hold: bool = False,
    ) -> None:
        """Show and speak one sentence; `undo` offers to take it back; `hold` keeps it until `release`."""
        announce(self, text, at_once=role == "bad")
        if self._held and not hold:
            self._waiting = (text, undo, role, actions)
            return
        self._held = hold
        self._show(text, undo, role, actions)

    def release(self) -> None:
        """What a held message was about is solved: show what was said since."""
        if self._held:
            self._held = False
            self._show(*(self._waiting or ("", False, "meta", ())))
            self._waiting = None

    @property
    def text(self) -> str:
        """The sentence that stands there."""
        return self._message.text()

    @property
    def role(self) -> StatusRole:
        """Plain, good, warning or error."""
        return self._role

    def set_undo_key(self, key: str) -> None:
        """Show another key beside Undo, after keys were changed."""
        self._undo_key = key

    # ---- long work ----------------------------------------------------------------------------

    def show_progress(self, words: str, done: int, total: int, trouble: str = "") -> None:
        """Show long work beside the last sentence: words, bar, `trouble` such as "3 left out", Cancel."""
        self._work_words.setText(words)
        self._work_bar.show_share(done, total)
        self._work_trouble.setText(trouble)
        self._work_trouble.setVisible(bool(trouble))
        self._work.show()

    def end_progress(self) -> None:
        """Long work has ended; say how it ended with `say`."""
        self._work.hide()

    # ---- the right-hand part ---------------------------------------------------------------------

    def set_coder(self, name: str) -> None:
        """Name the person at the keyboard, if it is known yet; a click asks who it is."""
        self._coder.show()
        self._coder.say(name or self.tr("Who codes?"))
        told = self.tr("Coder: {name}. Change who you are.").format(name=name)
        self._coder.setAccessibleName(told if name else self.tr("Say who codes, or see a colleague’s reading."))

    def set_exact(self, on: bool) -> None:
        """Show that boundaries are taken exactly as selected."""
        self._exact.setVisible(on)

    def set_timing(self, on: bool) -> None:
        """Show that timings are noted."""
        self._timing.setVisible(on)

    def set_facts(self, text: str) -> None:
        """A short fact about what is open, such as "75 tags"."""
        self._facts.setText(text)
        self._facts.setVisible(bool(text))

    def set_saved(self, text: str) -> None:
        """ "saved", or why not."""
        self._saved.setText(text)
        self._saved.setVisible(bool(text))

    # ---- inside -------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(16, 1, 16, 0)
        outer.setSpacing(12)
        said, self._said = _row(8)
        self._sign = IconLabel("")
        self._message = ElidedLabel("", "meta")
        self._offers, self._offer_row = _row(8)
        self._said.addWidget(self._sign)
        self._said.addWidget(self._message)
        self._said.addWidget(self._offers)
        self._said.addStretch(1)
        outer.addWidget(said, 1)
        outer.addWidget(self._build_work())
        outer.addWidget(self._build_right())

    def _build_work(self) -> QWidget:
        self._work, row = _row(10)
        self._work_words = label("", "meta")
        self._work_bar = Progress(self.tr("Progress"), 160)
        self._work_trouble = label("", "meta")
        cancel = _link(self.tr("Cancel"), self.cancel_requested.emit)
        for part in (self._work_words, self._work_bar, self._work_trouble, cancel):
            row.addWidget(part)
        self._work.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._work.hide()
        return self._work

    def _build_right(self) -> QWidget:
        right, row = _row(8)
        self._coder = _link("", self.coder_requested.emit)
        self._exact = _link(self.tr("exact"), self.exact_requested.emit)
        self._exact.setAccessibleName(self.tr("Exact boundaries are on. Switch off."))
        self._timing = _link(self.tr("timing"), self.timing_requested.emit)
        self._timing.setAccessibleName(self.tr("Timings are noted. Switch off."))
        self._facts = label("", "meta")
        self._saved = label("", "meta")
        for part in (self._facts, self._coder, self._exact, self._timing, self._saved):
            part.hide()
            row.addWidget(part)
        return right

    def _show(self, text: str, undo: bool, role: StatusRole, actions: Sequence[Action]) -> None:
        self._role: StatusRole = role
        self._message.setText(text)
        set_role(self._message, role)
        sign = _SIGNS.get(role, "")
        self._sign.setVisible(bool(sign))
        if sign:
            self._sign.show_icon(sign, role)
        offered = (self._undo_key if undo else None, tuple(actions))
        if offered == self._offered:
            return
        self._offered = offered
        had_focus = False
        while item := self._offer_row.takeAt(0):
            if old := item.widget():
                had_focus = had_focus or old.hasFocus()
                old.hide()
                old.deleteLater()
        if undo:
            self._offer(self.tr("Undo"), self._undo_key, self.undo_requested.emit)
        for words, key, act in actions:
            self._offer(words, key, act)
        self._offers.setVisible(self._offer_row.count() > 0)
        if had_focus:
            self.focus_left.emit()

    def _offer(self, words: str, key: str, act: Callable[[], object]) -> None:
        made: list[QWidget] = [_link(words, act)]
        if key:
            made.append(KeyCaps(key))
        for part in made:
            self._offer_row.addWidget(part)
            part.show()  # at once: a key press may follow before the event loop would show it

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(current().page))
        painter.fillRect(0, 0, self.width(), 1, QColor(current().line))
