"""Icons from the Phosphor set by name; each paints itself in the colours of the theme in force at that moment."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QImage, QPainter, QPixmap, QPixmapCache

from annotator.errors import AnnotatorError

from . import theme
from .theme import LIGHT, current

# The four marks of the logo, as shares of its side: x, y, width, height. Three lines of text and a margin bar.
_LOGO = ((0.25, 0.275, 0.5, 0.0625), (0.25, 0.45, 0.35, 0.0625), (0.25, 0.625, 0.5, 0.0625), (0.675, 0.4, 0.075, 0.35))


class _Glyphs(NamedTuple):
    family: str
    codes: dict[str, str]  # name → "0xe244"

    def sign(self, name: str) -> str:
        """The character that the font draws as this glyph."""
        return chr(int(self.codes[name.removeprefix("ph.")], 16))


@cache
def _glyphs() -> _Glyphs:
    """The Phosphor font that QtAwesome brings, and its glyphs.

    Importing QtAwesome itself brings qtpy and every Qt module that it knows: a sixth of a second at each start.
    """
    package = find_spec("qtawesome")
    if package is None or not package.submodule_search_locations:
        raise AnnotatorError("The installation is incomplete: QtAwesome is missing. Install the program again.")
    folder = Path(package.submodule_search_locations[0]) / "fonts"
    shapes, names = next(folder.glob("phosphor-*.ttf")), next(folder.glob("phosphor-charmap-*.json"))
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(shapes)))
    codes: dict[str, str] = json.loads(names.read_text("utf-8"))
    return _Glyphs(families[0] if families else "", codes)


def has_icon(name: str) -> bool:
    """Whether the set holds a glyph of this name, as `flag` or `ph.flag`."""
    return name.removeprefix("ph.") in _glyphs().codes


def paint_icon(painter: QPainter, rect: QRectF, name: str, ink: QColor) -> None:
    """Draw a glyph in the middle of a rectangle, as tall as the rectangle."""
    glyphs = _glyphs()
    font = QFont(glyphs.family)
    font.setPixelSize(round(rect.height()))
    painter.save()
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, glyphs.sign(name))
    painter.restore()


class _LiveEngine(QIconEngine):
    """Looks the colour up when it paints, so that menus and buttons need no new icon when the theme changes."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def clone(self) -> QIconEngine:
        return _LiveEngine(self._name, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ink = _ink(self._role, mode)
        if state == QIcon.State.On and mode != QIcon.Mode.Disabled:
            ink = QColor(current().accent)
        paint_icon(painter, QRectF(rect), self._name, ink)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        key = f"annotator-icon {self._name} {self._role} {mode} {state} {current().name} {size.width()}x{size.height()}"
        found = QPixmap()
        if QPixmapCache.find(key, found):
            return found
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        QPixmapCache.insert(key, picture)
        return picture


def _ink(role: str, mode: QIcon.Mode) -> QColor:
    ink = QColor(getattr(current(), role))
    if mode == QIcon.Mode.Disabled:
        ink = QColor(current().ink3)
        ink.setAlpha(140)
    return ink


@cache
def icon(name: str, role: str = "ink2") -> QIcon:
    """A Phosphor icon (`flag` or `ph.flag`) in the colour of a theme token; raises KeyError for an unknown name."""
    if not has_icon(name):
        raise KeyError(f"Phosphor has no icon {name!r}.")
    getattr(LIGHT, role)  # an unknown token fails here rather than at the first paint
    return QIcon(_LiveEngine(name, role))


def paint_logo(painter: QPainter, rect: QRectF, ground: str, ink: str) -> None:
    """The product's sign: lines of text and the bar of a tag beside them."""
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(rect, side / 4, side / 4)
    painter.setBrush(theme.colour(ink))
    for x, y, width, height in _LOGO:
        mark = QRectF(rect.x() + x * side, rect.y() + y * side, width * side, height * side)
        round_ = min(mark.width(), mark.height()) / 2
        painter.drawRoundedRect(mark, round_, round_)
    painter.restore()


def logo_image(side: int) -> QImage:
    """The application icon at one size; in the light accent on every ground."""
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    margin = side / 16
    paint_logo(
        painter, QRectF(0, 0, side, side).adjusted(margin, margin, -margin, -margin), LIGHT.accent, LIGHT.accent_ink
    )
    painter.end()
    return image


@cache
def app_icon() -> QIcon:
    """The application icon in the sizes that desktops ask for."""
    result = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256, 512):
        result.addPixmap(QPixmap.fromImage(logo_image(side)))
    return result
