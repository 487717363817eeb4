"""Review as others meet it: other keyboards, writing from right to left, a file in use, two agreed versions."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.operations.coders import add_coder
from annotator.settings import Settings
from annotator.storage import queries, review_queries
from tests.core import review_tools
from tests.core.review_tools import annotation, article, project_of
from tests.e2e.test_busy import lock
from ui.review.disagreement_rows import words_of

TEXT = "The army of Ruritania said the army of Ruritania would not attack Graustark on Monday, 12 May."
ARABIC = "قال متحدث باسم الجيش إن نحو خمسة آلاف جندي سيعودون إلى ثكناتهم قبل نهاية الشهر."
MARKS = (
    annotation("Ada", "actor", 0, 8, id="a1"),
    annotation("Ben", "actor", 4, 8, id="b1"),
    annotation("Ada", "actor", 27, 35, id="a2"),
    annotation("Ben", "actor", 31, 35, id="b2"),
    annotation("Ben", "figure", 87, 93, id="b4"),
)


@pytest.fixture
def reviewing(tmp_path, open_driver):
    """Opens a project with these articles, which Lea reviews."""

    def show(*articles):
        path = tmp_path / "elsewhere.annotator"
        with project_of(path, articles) as project:
            add_coder(project, "Lea")
            lea = next(each.id for each in queries.coders(project) if each.name == "Lea")
            Settings().set_place(project.meta("project"), {"coder": lea})
        driver = open_driver(path)
        driver.window.resize(1366, 768)
        driver.press("Ctrl+2")
        driver.qtbot.waitUntil(lambda: not driver.desk.review.session.is_busy)
        return driver

    return show


def gold(driver, document=1):
    return sorted((quote, tag) for quote, tag, _ in review_tools.gold(driver.desk.workspace.project, document)[0])


def choices(driver, document=1):
    found = review_queries.decisions(driver.desk.workspace.project, [document]).get(document, [])
    return [each.choice for each in sorted(found, key=lambda each: each.stamp)]


def here(driver):
    return driver.desk.review.session.case.place.quote


# ---- keyboards


# (code of X11, Qt key, text): what B, X, N, P and 2 send where the letters on them are others.
LAYOUTS = {
    "Ukrainian": {
        "b": (56, 0x418, "и"), "x": (53, 0x427, "ч"), "n": (57, 0x422, "т"), "p": (33, 0x417, "з"),
        "2": (11, 0x32, "2"),
    },
    "Arabic": {
        "b": (56, 0xFEFB, "ﻻ"), "x": (53, 0x621, "ء"), "n": (57, 0x649, "ى"), "p": (33, 0x62D, "ح"),
        "2": (11, 0x662, "٢"),
    },
    "French": {
        "b": (56, 0x42, "b"), "x": (53, 0x58, "x"), "n": (57, 0x4E, "n"), "p": (33, 0x50, "p"),
        "2": (11, 0xC9, "é"),
    },
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_decisions_are_made_on_other_keyboards(reviewing, layout):
    driver = reviewing(article(TEXT, MARKS))

    def press(*keys):
        for key in keys:
            code, qt_key, text = LAYOUTS[layout][key]
            event = QKeyEvent(QEvent.Type.KeyPress, qt_key, Qt.KeyboardModifier.NoModifier, code, 0, 0, text)
            QApplication.sendEvent(QApplication.focusWidget(), event)
            QApplication.processEvents()

    press("n")
    assert here(driver) == "the army"
    press("p")
    assert here(driver) == "The army"
    press("2", "b", "x")
    assert choices(driver) == ["take", "both", "neither"]
    assert gold(driver) == [("army", "actor"), ("army", "actor"), ("the army", "actor")]


# ---- from right to left


@pytest.fixture
def arabic(reviewing):
    """Of the army Ben leaves out “spokesman of the”; both readings are in one line."""
    whole, army = ARABIC.index("متحدث"), ARABIC.index("الجيش")
    claim = ARABIC.index("نحو"), len(ARABIC) - 1
    marks = [
        annotation("Ada", "actor", whole, army + 5, id="a1"),
        annotation("Ben", "actor", army, army + 5, id="b1"),
        annotation("Ada", "claim", *claim, id="a2"),
    ]
    return reviewing(article(ARABIC, marks, title="Arabic"))


def at(text, word, *, below):
    """A point of the viewport on the lane nearest to a word of an article."""
    text.set_caret(ARABIC.index(word) + 2)
    QApplication.processEvents()
    rect = text.cursorRect()
    return QPoint(rect.center().x(), rect.bottom() + 3 if below else rect.top() - 3)


def test_lanes_of_an_arabic_article_lie_at_their_words(arabic):
    lanes = arabic.desk.review.view.lanes
    assert lanes.isVisible()
    above = lanes.mark_on(at(lanes, "متحدث", below=False).toPointF())
    assert above is not None, "only the first reading has these words, above the line"
    assert lanes.mark_on(at(lanes, "متحدث", below=True).toPointF()) is None
    both = [lanes.mark_on(at(lanes, "الجيش", below=side).toPointF()) for side in (False, True)]
    assert both[0] == above
    assert both[1] is not None
    assert both[1] != above

    lanes.set_caret(0)
    QTest.mouseClick(lanes.viewport(), Qt.MouseButton.LeftButton, pos=at(lanes, "سيعودون", below=False))
    assert here(arabic).startswith("نحو")


def test_columns_of_an_arabic_article_begin_on_the_right_and_are_decided(arabic):
    arabic.press("w")
    texts = [each for each in arabic.desk.review.view.columns.texts if each.isVisible()]
    assert len(texts) == 2
    for text in texts:
        text.set_caret(0)
        assert text.cursorRect().center().x() > text.viewport().width() * 0.8
    arabic.press("2")
    assert gold(arabic) == [("الجيش", "actor")]


# ---- many readings, several pieces


def test_words_under_many_readings_stay_readable(reviewing):
    """Seven have the same army: its ground is drawn once, not seven times upon itself."""
    marks = [annotation(name, "actor", 4, 8) for name in "ABCDEFG"]
    driver = reviewing(article(TEXT, [*marks, annotation("H", "actor", 0, 8)]))
    lanes = driver.desk.review.view.lanes
    lanes.set_caret(6)
    QApplication.processEvents()
    rect = lanes.cursorRect()
    picture = lanes.viewport().grab().toImage()
    ground = {
        picture.pixelColor(x, y).lightness()
        for x in range(rect.left() - 8, rect.left() + 8)
        for y in (rect.top() + 2, rect.bottom() - 2)
    }
    assert max(ground) > 180, "dark letters on it have contrast enough"


def test_pieces_of_a_place_are_told_apart_in_the_list(reviewing):
    pieces = {"coder": "Ada", "tag": "actor", "spans": [[4, 8], [12, 21]]}
    driver = reviewing(article(TEXT, [pieces, annotation("Ben", "claim", 40, 60)]))
    assert words_of(driver.desk.review.session.rows[0]) == "army … Ruritania"


# ---- a file in use


def test_a_decision_waits_while_another_program_writes(reviewing):
    driver = reviewing(article(TEXT, MARKS))
    path = driver.desk.workspace.project.path
    with lock(path) as stop:
        driver.press("1")
        assert choices(driver) == []
        assert here(driver) == "the army", "one goes on while the decision waits"
        driver.press("2")
        stop()
    driver.qtbot.waitUntil(lambda: choices(driver) == ["take", "take"])
    assert gold(driver) == [("The army", "actor"), ("army", "actor")]


# ---- two agreed versions


def test_two_agreed_versions_are_settled_by_keys(reviewing):
    golds = [
        annotation("Mia", "actor", 0, 8, kind="gold", id="g1"),
        annotation("Mia", "actor", 27, 35, kind="gold", id="g2"),
        annotation("Noa", "actor", 4, 8, kind="gold", id="g3"),
        annotation("Noa", "actor", 27, 35, kind="gold", id="g4"),
    ]
    driver = reviewing(article(TEXT, [*MARKS, *golds]))
    session = driver.desk.review.session
    names = [reader.name for reader in session.case.readers]
    assert (names, here(driver)) == (["Mia", "Noa"], "The army")
    assert len(session.rows) == 1, "they agree on all else"
    driver.press("s")
    assert "Nobody’s coding to send back here" in driver.said
    driver.press("1")
    assert session.case.state == "decided"
    driver.press("Ctrl+Enter")
    rows = [row for row in review_queries.readings(driver.desk.workspace.project, [1]) if row.kind == "gold"]
    assert [row.state for row in rows] == ["done"], "the other one is set aside"
    held = queries.annotations_of_reading(driver.desk.workspace.project, rows[0].key)
    assert [each.quote for each in held] == ["The army", "the army"]
