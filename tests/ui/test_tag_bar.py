"""The bar of tags: where room is short words fold away as wholes, and what they said can still be found."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.model.codebook_yaml import default_codebook
from ui.panels.tag_bar import KeyButton, TagBar

TAGS = ["actor", "claim", "threat", "demand", "figure"]


@pytest.fixture
def bar(qtbot: QtBot) -> TagBar:
    made = TagBar()
    qtbot.addWidget(made)
    made.show_codebook(default_codebook(), lambda tag: (str(TAGS.index(tag) + 1),))
    made.show()
    return made


def buttons(bar: TagBar, width: int) -> list[KeyButton]:
    bar.resize(width, bar.height())
    QApplication.processEvents()
    return bar.findChildren(KeyButton)


@pytest.mark.parametrize("width", [360, 420, 480, 560, 640, 760, 900, 1600])
def test_at_no_width_a_word_is_cut(bar: TagBar, width: int) -> None:
    shown = buttons(bar, width)
    assert [each.text() for each in shown if each.width() < each.sizeHint().width()] == []
    assert max(each.geometry().right() for each in shown) <= width


def test_what_folds_away_is_still_told(bar: TagBar) -> None:
    wide = {each: each.sizeHint().width() for each in buttons(bar, 1600)}
    assert all(each.sizeHint().width() < wide[each] for each in buttons(bar, 360))
    for number, tag in enumerate(default_codebook().active_tags, 1):
        each = bar.button(tag.id)
        assert each.accessibleName() == f"{tag.label.lower()} ({number})"
        assert tag.label in each.toolTip()
        assert tag.definition.split(",")[0][:20] in each.toolTip()


def test_a_tag_without_a_key_keeps_its_word(qtbot: QtBot) -> None:
    bar = TagBar()
    qtbot.addWidget(bar)
    bar.show_codebook(default_codebook(), lambda _: ())
    bar.show()
    buttons(bar, 360)
    assert all(bar.button(tag).sizeHint().width() > 40 for tag in TAGS)
