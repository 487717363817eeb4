"""Draw the picture files in resources/icons from the Phosphor set and the tokens; run after a token changes.

The style sheet can show pictures from files only. Everything else draws its icons when it paints.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF, Qt  # noqa: E402 - the path to the packages comes first
from PySide6.QtGui import QColor, QImage, QPainter  # noqa: E402 - as above
from PySide6.QtWidgets import QApplication  # noqa: E402 - as above

from ui.icons import logo_image, paint_icon  # noqa: E402 - as above
from ui.stylesheet import PICTURES, picture_file  # noqa: E402 - as above
from ui.theme import DARK, LIGHT  # noqa: E402 - as above

SIDE = 16


def main() -> int:
    """Write every picture at one and two device pixels per pixel, and the application icon for packages."""
    folder = ROOT / "resources" / "icons"
    folder.mkdir(exist_ok=True)
    for theme in (LIGHT, DARK):
        for picture, (glyph, role) in PICTURES.items():
            name = picture_file(picture, theme)
            _draw(glyph, getattr(theme, role), SIDE).save(str(folder / name))
            _draw(glyph, getattr(theme, role), 2 * SIDE).save(str(folder / name.replace(".png", "@2x.png")))
    logo_image(256).save(str(folder / "annotator.png"))
    return 0


def _draw(glyph: str, ink: str, side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_icon(painter, QRectF(0, 0, side, side), glyph, QColor(ink))
    painter.end()
    return image


if __name__ == "__main__":
    application = QApplication(sys.argv)
    sys.exit(main())
