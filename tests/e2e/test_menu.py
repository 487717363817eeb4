"""The menu: what is on carries a tick, and a choice is offered only where there is one."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

SWITCHES = ["Hide marks", "Words beside the marks", "Exact boundaries", "Side panels", "Actors", "History"]


def entries(driver) -> Iterator[QAction]:
    menu: QMenu = driver.window._menu()
    for submenu in menu.actions():
        yield from submenu.menu().actions()


def entry(driver, words: str) -> QAction:
    return next(each for each in entries(driver) if each.text().split("\t")[0] == words)


@pytest.mark.parametrize("words", SWITCHES)
def test_a_switch_shows_whether_it_is_on_and_turns(driver, words: str) -> None:
    was = entry(driver, words).isChecked()
    assert was == (words == "Side panels")
    entry(driver, words).trigger()
    assert entry(driver, words).isChecked() != was
    entry(driver, words).trigger()
    assert entry(driver, words).isChecked() == was
    assert entry(driver, words).isCheckable()
    assert not entry(driver, "Larger text").isCheckable()


def test_a_key_turns_the_tick_too(driver) -> None:
    driver.put_caret("Ostrell")
    driver.press("1", "u", "F4")
    assert entry(driver, "Unsure, on and off").isChecked()
    assert entry(driver, "Exact boundaries").isChecked()
    driver.press("u", "F4")
    assert not entry(driver, "Unsure, on and off").isChecked()
    assert not entry(driver, "Exact boundaries").isChecked()


def test_the_views_stand_in_the_menu_with_their_keys(driver) -> None:
    assert {each.text() for each in entries(driver)} >= {"Code\tCtrl+1", "Review\tCtrl+2"}
