"""Every design token in one place: colours, spacing, radii, fonts. Tags bring their own colours (the codebook).

Every text colour has a contrast of at least 4.5:1 on every surface it stands on; a test measures it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication

S2, S3 = 8, 12  # space in pixels
RADIUS_SMALL, RADIUS_CONTROL, RADIUS_SHEET = 4, 6, 12
HEIGHT_CONTROL, HEIGHT_HEADER, HEIGHT_BAR, HEIGHT_STATUS = 28, 64, 48, 28

UI_FAMILIES = [
    "Inter",
    "Segoe UI Variable Text",
    "Segoe UI",
    ".AppleSystemUIFont",
    "Cantarell",
    "Ubuntu",
    "Noto Sans",
    "DejaVu Sans",
]
READ_FAMILIES = [
    "Charter",
    "Iowan Old Style",
    "Georgia",
    "Noto Serif",
    "Source Serif 4",
    "Cambria",
    "DejaVu Serif",
    "Liberation Serif",
]
SIZES = {"tiny": 11, "small": 12, "body": 13, "head": 15, "title": 20, "display": 28}


@dataclass(frozen=True)
class Theme:
    """The colours of one appearance, as #rrggbb (scrim as #aarrggbb)."""

    name: str
    page: str  # the article and every main surface
    side: str  # side bar and details
    raised: str  # sheet, card, text field
    hover: str
    press: str  # selected row
    line: str  # hairline: the only divider
    edge: str  # the border of a key cap or field
    cap: str  # the face of a key cap
    ink: str  # text
    ink2: str  # secondary text
    ink3: str  # hints, still ≥ 4.5:1
    accent: str  # focus, current place, primary button
    accent_ink: str
    accent_soft: str
    select: str  # selected text in the article
    segment: str  # the raised half of a switch
    ok: str
    warn: str
    bad: str
    confuse: str  # the ground of what is taken for something else
    on_tag: str  # words on a filled tag
    scrim: str
    wash: int  # alpha of a statement's wash
    hot: int  # alpha of the current span

    @property
    def dark(self) -> bool:
        """Whether text is light on a dark page."""
        return self.name == "dark"


LIGHT = Theme(
    name="light",
    page="#ffffff",
    side="#f7f7f5",
    raised="#ffffff",
    hover="#efefec",
    press="#e7e6f4",
    line="#e6e6e2",
    edge="#d9d9d4",
    cap="#ffffff",
    ink="#1c1c1f",
    ink2="#4d4e55",
    ink3="#5f6169",
    accent="#5548c8",
    accent_ink="#ffffff",
    accent_soft="#efedfb",
    select="#d9d4fa",
    segment="#ffffff",
    ok="#1f7a4d",
    warn="#8a5a00",
    bad="#b3261e",
    confuse="#d9822b",
    on_tag="#ffffff",
    scrim="#59202026",
    wash=26,
    hot=62,
)
DARK = Theme(
    name="dark",
    page="#1b1c1f",
    side="#151618",
    raised="#25262a",
    hover="#232428",
    press="#2c2b3f",
    line="#2b2c31",
    edge="#3e4047",
    cap="#2a2b30",
    ink="#e8e8ea",
    ink2="#b6b7be",
    ink3="#9c9ea7",
    accent="#a9a1ff",
    accent_ink="#15151f",
    accent_soft="#29273f",
    select="#47408a",
    segment="#34353b",
    ok="#5fc795",
    warn="#e0ac4c",
    bad="#ff8a80",
    confuse="#e0a04c",
    on_tag="#131416",
    scrim="#99000000",
    wash=26,
    hot=70,
)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


Mode = Literal["system", "light", "dark"]


class Appearance(QObject):
    """The theme in force. Painted widgets ask `current()` at each paint; everything else listens to `changed`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mode: Mode = "system"
        self._hints = QGuiApplication.styleHints()
        self._theme = self._wanted()
        self._hints.colorSchemeChanged.connect(self._follow)

    @property
    def theme(self) -> Theme:
        """LIGHT or DARK."""
        return self._theme

    @property
    def mode(self) -> Mode:
        """What was asked for; `system` follows the desktop while the program runs."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Take light, dark or what the desktop says; native window frames follow where the desktop lets them."""
        self._mode = mode
        if mode == "system":
            self._hints.unsetColorScheme()
        else:
            self._hints.setColorScheme(Qt.ColorScheme.Dark if mode == "dark" else Qt.ColorScheme.Light)
        self._follow()

    def _wanted(self) -> Theme:
        if self._mode != "system":
            return DARK if self._mode == "dark" else LIGHT
        # A desktop that does not say (ColorScheme.Unknown) is taken as light.
        return DARK if self._hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self._theme:
            self._theme = wanted
            self.changed.emit()


@cache
def appearance() -> Appearance:
    """The one Appearance of the program; needs a running application."""
    return Appearance()


def current() -> Theme:
    """The theme to paint with now."""
    return appearance().theme


def readable_on(fill: str, theme: Theme) -> str:
    """The colour of words on a filled tag: the theme's own if it reads well, else black or white."""
    if contrast(theme.on_tag, fill) >= 4.5:
        return theme.on_tag
    return max(("#ffffff", "#000000"), key=lambda ink: contrast(ink, fill))


def colour(value: str, alpha: int = 255) -> QColor:
    """A QColor of #rrggbb with an alpha of 0 to 255."""
    c = QColor(value)
    c.setAlpha(alpha)
    return c


def _font(families: list[str], pixels: int, weight: QFont.Weight) -> QFont:
    font = QFont()
    font.setFamilies(families)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def ui_font(role: str = "body", weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The interface's font; `role` is a key of SIZES."""
    return _font(UI_FAMILIES, SIZES[role], weight)


def read_font(pixels: int) -> QFont:
    """The article's font, with room between words for the opening bar of a statement."""
    font = _font(READ_FAMILIES, pixels, QFont.Weight.Normal)
    font.setWordSpacing(1.75)
    return font
