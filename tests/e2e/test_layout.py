"""Every view at every size: nothing is cut, everything has a name, and the keyboard reaches all of it."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollBar,
    QSplitterHandle,
    QWidget,
)
from shiboken6 import isValid

from tests.e2e.views import VIEWS
from ui.widgets.labels import ElidedLabel
from ui.widgets.sheet import Sheet

SIZES = [(1280, 640), (1366, 688), (2560, 1360)]


@pytest.fixture(params=VIEWS)
def shown(request, driver, tmp_path) -> QWidget:
    """What the view puts in front: a sheet, else the whole window."""
    resize(driver, *SIZES[0])
    folder = tmp_path / "in"
    folder.mkdir()
    VIEWS[request.param](driver, folder)
    driver.settle()
    sheets = [sheet for sheet in driver.window.findChildren(Sheet) if sheet.isVisible()]
    return sheets[-1]._panel if sheets else driver.window


def resize(driver, width: int, height: int) -> None:
    driver.window.resize(width, height)
    for _ in range(3):
        QApplication.processEvents()
    assert (driver.window.width(), driver.window.height()) == (width, height), "the window takes this size"


def visible(root: QWidget) -> list[QWidget]:
    return [each for each in root.findChildren(QWidget) if each.isVisible()]


def named(widget: QWidget) -> str:
    text = widget.text() if hasattr(widget, "text") else ""
    return (
        f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()!r} {text!r} {widget.size().toTuple()}"
    )


def is_scrolled(widget: QWidget) -> bool:
    """Whether a scroll area shows as much of it as fits."""
    area = widget.parentWidget().parentWidget() if widget.parentWidget() is not None else None
    return isinstance(area, QAbstractScrollArea) and widget.parentWidget() is area.viewport()


def test_at_every_size_nothing_is_cut_and_the_keyboard_reaches_all(shown, driver):
    for size in SIZES:
        resize(driver, *size)
        assert not cut(shown), f"{size}\n" + "\n".join(cut(shown))
        nameless = [named(each) for each in stops(shown) if not spoken_name(each)]
        assert not nameless, f"without a name\n{nameless}"
        if size != SIZES[1]:
            missed = out_of_reach(shown)
            assert not missed, f"{size}: Tab does not lead to\n" + "\n".join(missed)


def cut(shown: QWidget) -> list[str]:
    """What stands out of its parent or has less room than it needs."""
    found = []
    for widget in visible(shown):
        parent = widget.parentWidget()
        inside = QRect(QPoint(0, 0), parent.size())
        if is_scrolled(widget):
            inside.setHeight(max(inside.height(), widget.height()))
            inside.translate(0, widget.y())
        if not inside.contains(widget.geometry()) and not isinstance(parent, QAbstractScrollArea):
            found.append(f"{named(widget)} stands out of {named(parent)} {widget.geometry().getRect()}")
        found += [f"{named(widget)}: {why}" for why in lacks(widget)]
    return found


def lacks(widget: QWidget) -> list[str]:
    """What a label or control needs and has not."""
    found = []
    if isinstance(widget.parentWidget(), QLineEdit):
        return found  # Qt's own button for clearing a field
    if isinstance(widget, QLabel | QAbstractButton) and not isinstance(widget, ElidedLabel):
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        needed = widget.heightForWidth(widget.width()) if wraps else widget.sizeHint().height()
        if widget.height() < needed:
            found.append(f"{needed} high")
        spare = 14 if isinstance(widget, QRadioButton) else 0  # blank beside the word of a segment
        if not wraps and widget.width() < widget.sizeHint().width() - spare:
            found.append(f"{widget.sizeHint().width()} wide")
    if isinstance(widget, QLineEdit) and widget.placeholderText():
        room = widget.contentsRect().width() - widget.textMargins().left() - widget.textMargins().right()
        if widget.fontMetrics().horizontalAdvance(widget.placeholderText()) > room:
            found.append(f"room for “{widget.placeholderText()}”")
    if isinstance(widget, ElidedLabel) and widget.is_cut() and widget.property("role") in ("title", "section"):
        found.append(f"room for “{widget.text()}”")
    return found


def stops(root: QWidget) -> list[QWidget]:
    """What takes the keyboard by Tab."""
    return [
        each
        for each in visible(root)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isEnabled()
        and each.focusProxy() is None
        and not isinstance(each, QScrollBar | QSplitterHandle)
    ]


def out_of_reach(shown: QWidget) -> list[str]:
    """What Tab does not lead to, on its way round."""
    first = QApplication.focusWidget()
    assert first is not None, "something has the keyboard"
    assert shown.isAncestorOf(first)
    wanted = stops(shown)  # what comes into sight later, because something was counted, is for the next size
    reached, here = {first}, first
    for _ in range(200):
        QTest.keyClick(here, Qt.Key.Key_Tab)
        QApplication.processEvents()
        here = QApplication.focusWidget()
        if here is None or here is first:
            break
        reached.add(here)
    assert here is first, f"Tab comes round; it ends at {here and named(here)}"
    # One of a group of radio buttons is reached by Tab, the others by the arrow keys.
    return [
        named(each)
        for each in wanted
        if isValid(each)
        and each.isVisible()
        and not any(each is here or each.isAncestorOf(here) for here in reached)
        and not (isinstance(each, QRadioButton) and not each.isChecked())
    ]


def spoken_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


@pytest.mark.parametrize("number", [1, 2, 3])
def test_many_tags_share_the_bar(driver, number):
    """Five tags, ten, fifteen: shorter and shorter, but each is there."""
    codebook = driver.desk.workspace.codebook
    tags = [replace(tag, id=f"{tag.id}{n}", label=f"{tag.label} {n}") for n in range(number) for tag in codebook.tags]
    resize(driver, *SIZES[0])
    bar = driver.desk.tags
    bar.show_codebook(replace(codebook, tags=tuple(tags)), lambda tag: (tag[0],))
    resize(driver, *SIZES[0])
    places = sorted(each.geometry().getRect() for each in bar.findChildren(QAbstractButton) if each.isVisible())
    assert len(places) == 5 * number + 2
    assert all(a[0] + a[2] <= b[0] for a, b in pairwise(places))
    assert places[-1][0] + places[-1][2] <= bar.width()
    assert all(width >= 30 for _, _, width, _ in places)
