"""What a very wide window does with its room."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from annotator.settings import Settings
from ui.article_view.margin import MarginStrip
from ui.theme import DARK, LIGHT, appearance


def test_margin_words_stay_beside_a_column_that_only_moves(driver):
    driver.drag("We will close the port")
    driver.press("t")
    driver.window.resize(2560, 1360)
    driver.qtbot.waitUntil(lambda: driver.desk.rules.isVisible())
    article = driver.desk.article
    column = article.viewport().geometry()
    strips = [strip.geometry() for strip in article.findChildren(MarginStrip)]
    assert sorted(strip.x() for strip in strips) == [0, column.right() + 1]
    assert min(strips, key=lambda strip: strip.x()).width() == column.x()


def test_the_rules_column_follows_the_annotation(driver):
    driver.window.resize(2560, 1360)
    driver.put_caret("Ostrell")
    driver.press("3")
    assert driver.desk.rules.shown == "threat"
    driver.press("r", "d")
    assert driver.desk.rules.shown == "demand"


def test_the_text_grows_with_the_screen_and_not_the_line(driver):
    sizes = []
    for width in (1366, 1920, 2560):
        driver.window.resize(width, 900)
        sizes.append(driver.desk.article.text_size())
    assert sizes == sorted(set(sizes))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_text_can_be_read_in_both_appearances_from_the_start_and_after_a_change(open_driver, project_path, mode):
    Settings().set("appearance", mode)
    driver = open_driver(project_path)
    for wanted in (mode, "dark" if mode == "light" else "light"):
        appearance().set_mode(wanted)
        QApplication.processEvents()
        picture = driver.desk.article.viewport().grab().toImage()
        page = QColor((DARK if wanted == "dark" else LIGHT).page).lightness()
        seen = [picture.pixelColor(x, y).lightness() for x in range(0, picture.width(), 2) for y in range(0, 120, 2)]
        assert page in seen
        assert max(abs(each - page) for each in seen) > 150, "letters stand out from the page"
    appearance().set_mode("system")
