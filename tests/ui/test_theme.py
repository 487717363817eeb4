"""Theme, style sheet and icons: readable in both appearances, switched while the program runs."""

import gc
from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.errors import AnnotatorError
from annotator.paths import resource
from ui import stylesheet
from ui.icons import app_icon, icon, logo_image
from ui.theme import DARK, LIGHT, Theme, appearance, contrast, current, readable_on
from ui.widgets.buttons import icon_button
from ui.widgets.chip import Chip
from ui.widgets.key_cap import KeyCaps
from ui.widgets.state_glyph import StateGlyph
from ui.widgets.surface import surface


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    appearance().set_mode("light")
    stylesheet.apply(qapp, current())
    yield
    appearance().set_mode("system")
    qapp.setStyleSheet("")


# ---- theme -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_text_reads_on_every_ground(theme: Theme) -> None:
    grounds = ("page", "side", "raised", "hover", "press", "accent_soft")
    for ink, ground in [
        *product(("ink", "ink2", "ink3", "accent"), grounds),
        *product(("ok", "warn", "bad"), ("page", "side")),
        ("accent_ink", "accent"),
        ("ink", "select"),
        ("ink2", "cap"),
        ("ink", "segment"),
    ]:
        ratio = contrast(getattr(theme, ink), getattr(theme, ground))
        assert ratio >= 4.5, f"{ink} on {ground} in {theme.name}: {ratio:.2f}"


def test_contrast_is_the_ratio_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21.0)
    # Two greys around the limit that WCAG's own checkers quote.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("fill", ["#123ea5", "#f0d08a", "#808080", "#ffffff", "#000000", "#ff0000"])
def test_words_on_any_tag_colour_of_a_codebook_read(fill: str) -> None:
    for theme in (LIGHT, DARK):
        assert contrast(readable_on(fill, theme), fill) >= 4.5


def test_appearance_tells_of_a_change_and_of_nothing_else(qtbot: QtBot) -> None:
    told: list[str] = []
    appearance().changed.connect(lambda: told.append(current().name))
    appearance().set_mode("dark")
    appearance().set_mode("dark")
    appearance().set_mode("light")
    assert told == ["dark", "light"]
    appearance().set_mode("system")
    assert current() is LIGHT  # a desktop that does not say is light


def test_style_sheet_sizes_no_widget_at_large() -> None:
    for theme in (LIGHT, DARK):
        for rule in stylesheet.stylesheet(theme).split("}"):
            selector, _, body = rule.partition("{")
            if "font" in body:
                assert "QWidget" not in selector
                assert "*" not in selector
                assert "QPlainTextEdit" not in selector
        assert "None" not in stylesheet.stylesheet(theme)


def test_painted_widgets_follow_the_theme_at_run_time(qtbot: QtBot, qapp: QApplication) -> None:
    holder = QWidget()
    row = QHBoxLayout(holder)
    parts = [Chip("actor", "#123ea5", "#5b96ef"), KeyCaps("Ctrl+Z"), StateGlyph("done"), icon_button("flag", "Unsure")]
    for part in parts:
        row.addWidget(part)
    surface(holder, "page")
    qtbot.addWidget(holder)
    with qtbot.waitExposed(holder):
        holder.show()
    light = [part.grab().toImage() for part in parts]
    appearance().set_mode("dark")
    stylesheet.apply(qapp, current())
    for part, before in zip(parts, light, strict=True):
        assert part.grab().toImage() != before, type(part).__name__


# ---- icons -----------------------------------------------------------------------------------------


def test_icons_take_the_colour_of_the_theme(qtbot: QtBot) -> None:
    flag = icon("ph.flag", "bad")
    light = flag.pixmap(16, 16).toImage()
    appearance().set_mode("dark")
    dark = flag.pixmap(16, 16).toImage()
    assert max_ink(light) == QColor(LIGHT.bad)
    assert max_ink(dark) == QColor(DARK.bad)


def max_ink(image: QImage) -> QColor:
    """The colour of the most opaque pixel."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    best = max(pixels, key=lambda pixel: pixel.alpha())
    assert best.alpha() == 255
    return best


def test_icons_outlive_a_collection(qtbot: QtBot) -> None:
    for _ in range(20):
        kept = [icon(name) for name in ("flag", "x", "article", "plus")]
        gc.collect()
        assert not any(one.pixmap(20, 20).isNull() for one in kept)


def test_unknown_icon_or_colour_fails_at_once(qtbot: QtBot) -> None:
    with pytest.raises(KeyError, match="no icon"):
        icon("no-such-glyph")
    with pytest.raises(AttributeError):
        icon("flag", "no_such_token")


def test_application_icon_has_the_sizes_desktops_ask_for(qtbot: QtBot) -> None:
    sides = {size.width() for size in app_icon().availableSizes()}
    assert {16, 32, 48, 256} <= sides
    assert logo_image(256).pixelColor(128, 30) == QColor(LIGHT.accent)


def test_pictures_of_the_style_sheet_are_shipped() -> None:
    for name, theme in product(stylesheet.PICTURES, (LIGHT, DARK)):
        file = stylesheet.picture_file(name, theme)
        assert not QImage(str(resource(f"icons/{file}"))).isNull()
        assert QImage(str(resource(f"icons/{file.replace('.png', '@2x.png')}"))).width() == 32
    with pytest.raises(AnnotatorError, match="incomplete"):
        resource("icons/none.png")
