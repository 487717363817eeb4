"""Key caps: what to press, drawn as keys. Letters stand as capitals, as on the keyboard."""

import re
from functools import cache

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..theme import RADIUS_SMALL, Theme, current, ui_font

CAP_HEIGHT = 20
_GAP = 3
_MODIFIERS = re.compile(r"(Ctrl|Shift|Alt|Meta)\+(?=.)")
_RANGE = re.compile(r"(?<=.)\s*([–…])\s*(?=.)")
_BETWEEN = ("–", "…")  # drawn without a cap
_SIGNS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Backspace": "⌫", "-": "−"}


def _words() -> dict[str, str]:
    return {
        "Return": QCoreApplication.translate("keys", "Enter"),
        "Enter": QCoreApplication.translate("keys", "Enter"),
        "Space": QCoreApplication.translate("keys", "Space"),
        "Del": QCoreApplication.translate("keys", "Del"),
        "Delete": QCoreApplication.translate("keys", "Del"),
        "Escape": QCoreApplication.translate("keys", "Esc"),
        "PgDown": QCoreApplication.translate("keys", "PgDn"),
        "PgUp": QCoreApplication.translate("keys", "PgUp"),
    }


@cache
def _modifier(name: str) -> str:
    # Qt knows what the desktop calls it: "Ctrl", "Strg", "⌘".
    native = QKeySequence(f"{name}+A").toString(QKeySequence.SequenceFormat.NativeText)
    return native.removesuffix("A").removesuffix("+") or name


def key_words(keys: str) -> list[str]:
    """What stands on each cap of "Ctrl+Shift+Z", "1–9" or "Ctrl+1 … 3"; "–" and "…" stand between caps."""
    found: list[str] = []
    rest = keys.strip()
    while match := _MODIFIERS.match(rest):
        found.append(_modifier(match[1]))
        rest = rest[match.end() :]
    for part in _RANGE.split(rest):
        found.extend(part.split() if " " in part.strip() else [part])
    return [_cap_word(word) for word in found if word]


def _cap_word(word: str) -> str:
    if len(word) == 1:
        return _SIGNS.get(word, word.upper())
    if word.startswith("Num") and word[3:].isdigit():
        return QCoreApplication.translate("keys", "Num {0}").format(word[3:])
    return _SIGNS.get(word) or _words().get(word, word)


def _font() -> QFont:
    return ui_font("tiny", QFont.Weight.Medium)


def _width(word: str, metrics: QFontMetricsF) -> float:
    ink = metrics.horizontalAdvance(word)
    return ink if word in _BETWEEN else max(float(CAP_HEIGHT), ink + 11)


def keys_width(keys: str) -> float:
    """How wide the caps of a key are together."""
    metrics, words = QFontMetricsF(_font()), key_words(keys)
    return sum(_width(word, metrics) for word in words) + _GAP * max(0, len(words) - 1)


def paint_keys(painter: QPainter, rect: QRectF, keys: str, theme: Theme, *, on: bool = False) -> None:
    """Draw the caps from the left edge, in the middle of the rectangle's height; `on` fills them with the accent."""
    font = _font()
    metrics = QFontMetricsF(font)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    x, y = rect.left(), rect.center().y() - CAP_HEIGHT / 2
    for word in key_words(keys):
        cap = QRectF(x, y, _width(word, metrics), CAP_HEIGHT)
        if word not in _BETWEEN:
            painter.setPen(QPen(QColor(theme.accent if on else theme.edge), 1))
            painter.setBrush(QColor(theme.accent if on else theme.cap))
            painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_SMALL, RADIUS_SMALL)
        painter.setPen(QColor(theme.accent_ink if on and word not in _BETWEEN else theme.ink2))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, word)
        x = cap.right() + _GAP
    painter.restore()


class KeyCaps(QWidget):
    """The caps of one key or one combination of keys."""

    def __init__(self, keys: str, *, on: bool = False) -> None:
        super().__init__()
        self._on = on
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_keys(keys)

    def show_keys(self, keys: str) -> None:
        """Show another key."""
        self._keys = keys
        self.setAccessibleName(" ".join(key_words(keys)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(keys_width(self._keys) + 0.5), CAP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        paint_keys(QPainter(self), QRectF(self.rect()), self._keys, current(), on=self._on)
