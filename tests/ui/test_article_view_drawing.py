"""How marks are drawn: what they cost, what moves, where they lie, in both modes and both directions."""

import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from annotator.model.span import Span
from tests.ui.article_tools import LOOKS, heights, line_tops, seed, shown, span_of, words_of
from ui.article_view import ArticleView, Mark, TagLook
from ui.article_view.ink import Ink
from ui.article_view.lanes import BAR, lane_top
from ui.theme import DARK, LIGHT, READ_FAMILIES, read_font

ROOT = Path(__file__).resolve().parents[2]
ARABIC = (
    "قال وزير الخارجية الأمريكي أنتوني بلينكن إن بلاده مستعدة لفرض عقوبات اقتصادية شديدة على روسيا إذا غزت أوكرانيا."
    "\n\n"
    "A left-to-right paragraph says שלום עולם in the middle."
)


def bare_height(view: ArticleView) -> float:
    """Height of the same text in Qt's own layout at the same width and font, with the same gaps for blank lines."""
    plain = QPlainTextEdit()
    plain.document().setDefaultFont(read_font(view.text_size()))
    plain.document().setDocumentMargin(4)
    plain.setFrameShape(QPlainTextEdit.Shape.NoFrame)
    plain.resize(view.viewport().width(), 500)
    plain.setVerticalScrollBarPolicy(view.horizontalScrollBarPolicy())
    plain.setPlainText(view.text())
    plain.show()
    total, block, ours = 0.0, plain.document().firstBlock(), view.document().firstBlock()
    while block.isValid():
        own = view.document().documentLayout().blockBoundingRect(ours).height()
        plain.document().documentLayout().blockBoundingRect(block)
        lines = [block.layout().lineAt(at).height() for at in range(block.layout().lineCount())]
        total += sum(lines) if block.text().strip() else own
        block, ours = block.next(), ours.next()
    plain.close()
    return total


@pytest.mark.parametrize("width", [602, 790])
def test_the_seeds_marks_cost_little_height_and_move_no_text(qtbot, shared, width):
    text, marks = seed(shared)
    view = shown(qtbot, text, [], size=(width, 620))
    bare, before, moved = bare_height(view), sum(heights(view)), 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        view.put_mark(mark)
        now = sum(heights(view))
        moved += now != before
        before = now
    assert len(view.marks()) == 75
    assert moved <= 1
    margins = 20 + 40  # above the first and under the last line
    # The figure holds for the reading fonts; a stand-in whose letters are wider wraps a line or two more.
    reading = QFontInfo(view.document().defaultFont()).family() in READ_FAMILIES[:5]
    assert (before - margins) / bare <= (1.36 if reading else 1.40)


def test_labelled_mode_shows_a_word_for_each_mention_and_costs_more(qtbot, shared):
    text, marks = seed(shared)
    view = shown(qtbot, text, marks, size=(790, 6000))
    quiet = sum(heights(view))
    view.set_mode("labelled")
    assert quiet < sum(heights(view)) < 1.25 * quiet
    written = {word.mark.key for line in view.lines_in_sight() for word in line.picture.words}
    assert written == {mark.key for mark in marks if mark.tag in ("actor", "figure")}
    for line in view.lines_in_sight():
        words = sorted(line.picture.words, key=lambda word: word.left)
        assert all(a.left + a.width <= b.left for a, b in pairwise(words))


def test_every_bar_is_nearer_to_its_own_line_than_to_the_next(qtbot, shared):
    text, marks = seed(shared)
    nested = span_of(text, "America’s top diplomat", "alliance")
    marks += [Mark(500 + nth, (Span(nested.start + nth, nested.end - nth),), "actor") for nth in range(5)]
    view = shown(qtbot, text, marks, size=(790, 6000))
    metrics = QFontMetricsF(read_font(16))
    ascent, letters = metrics.ascent(), -metrics.tightBoundingRect("bdfhkl").top()
    lines = view.lines_in_sight()
    deepest = 0
    for line, following in pairwise(lines):
        for bar in line.picture.bars:
            if bar.lane is not None:
                deepest = max(deepest, bar.lane)
                top = line.foot + lane_top(bar.lane)
                to_own = top - line.foot
                to_next = following.top + (ascent - letters) - (top + BAR)
                assert to_own < to_next
    assert deepest >= 5


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_marks_put_one_by_one_stand_like_marks_loaded_at_once(qtbot, data):
    text = "\n\n".join(" ".join(f"word{nth}" for nth in range(60)) for _ in range(3)) + "\n" + "long " * 900
    mode = data.draw(st.sampled_from(["quiet", "labelled"]))
    grown, fresh = ArticleView(), ArticleView()
    qtbot.addWidget(grown)
    qtbot.addWidget(fresh)
    for view in (grown, fresh):
        view.set_looks(LOOKS)
        view.set_mode(mode)
        view.resize(500, 500)
        view.load(text, [])
        view.show()
    QApplication.processEvents()
    heights(grown)
    for _ in range(data.draw(st.integers(5, 30))):
        key = data.draw(st.integers(1, 12))
        if data.draw(st.booleans()) and data.draw(st.booleans()):
            grown.remove_mark(key)
            continue
        start = data.draw(st.integers(0, len(text) - 2))
        end = min(len(text), start + data.draw(st.sampled_from([3, 20, 90, 400, 3000])))
        pieces = (Span(start, end),)
        if end + 60 < len(text) and data.draw(st.booleans()):
            pieces = (Span(start, end), Span(end + 20, end + 60))
        grown.put_mark(Mark(key, pieces, data.draw(st.sampled_from(["actor", "claim", "figure", "demand"]))))
    fresh.load(text, grown.marks())
    assert heights(grown) == heights(fresh)
    assert line_tops(grown) == line_tops(fresh)


def test_marks_may_reach_over_the_whole_document(qtbot, shared):
    text, marks = seed(shared)
    view = shown(qtbot, text, marks)
    view.put_mark(Mark(900, (Span(0, len(text)),), "claim"))
    assert view.marks()[0].key == 900
    view.remove_mark(900)
    assert view.marks() == sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.key))


def colours_in(image, area) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(max(0, area.left()), min(image.width(), area.right()))
        for y in range(max(0, area.top()), min(image.height(), area.bottom()))
    }


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_mention_is_underlined_in_its_colour_on_the_page_of_the_theme(qtbot, theme):
    text = "Russia said nothing."
    view = shown(qtbot, text, [words_of(text, "Russia", "actor", 1)])
    view.set_theme(theme)
    image = view.viewport().grab().toImage()
    rect = view.rect_of(1)
    line = LOOKS[0].dark if theme.dark else LOOKS[0].light
    assert line in colours_in(image, rect.adjusted(2, rect.height() - 1, -2, 4))
    assert image.pixelColor(image.width() - 2, image.height() - 2) == QColor(theme.page)
    view.set_marks_hidden(True)
    hidden = view.viewport().grab().toImage()
    assert line not in colours_in(hidden, rect.adjusted(2, rect.height() - 1, -2, 4))


def test_a_current_mark_is_hot_in_all_its_pieces(qtbot):
    text = "Russia and, later that day, Ukraine agreed."
    mark = Mark(1, (span_of(text, "Russia"), span_of(text, "Ukraine")), "actor")
    view = shown(qtbot, text, [mark])
    view.set_current(1)
    view.set_caret(len(text))
    view.set_current(1, reveal=False)
    image = view.viewport().grab().toImage()
    line = view.lines_in_sight()[0]
    hot = [
        image.pixelColor(round(line.x + stroke.left) + 1, round(line.top) + 2)
        for stroke in line.picture.bars[0].strokes
    ]
    assert len(hot) == 2
    assert hot[0] == hot[1] != QColor(LIGHT.page)


def test_a_mark_not_on_disk_looks_unlike_a_saved_one(qtbot):
    text = "Russia said nothing."
    pictures = []
    for pending in (False, True):
        view = shown(qtbot, text, [words_of(text, "Russia", "actor", 1, pending=pending)])
        rect = view.rect_of(1).adjusted(0, 0, 0, 6)
        pictures.append(view.viewport().grab(rect).toImage())
    assert pictures[0] != pictures[1]


def test_statements_have_their_word_and_bracket_in_the_margin(qtbot, shared):
    text, marks = seed(shared)
    view = shown(qtbot, text, marks, size=(790, 6000))
    margin = view.margin(rtl=False)
    said = {mark.key for mark in marks if mark.tag in ("claim", "threat", "demand")}
    assert {word.mark.key for word in margin.words} == said == {bracket.mark.key for bracket in margin.brackets}
    assert view.margin(rtl=True).words == []
    places = sorted(word.y for word in margin.words)
    assert all(below - above >= 12 for above, below in pairwise(places))
    for one in margin.brackets:
        for other in margin.brackets:
            assert one is other or not one.meets(other) or one.column != other.column


def test_deep_nests_share_the_last_bracket_and_say_how_many(qtbot):
    text = "one two three four five six seven eight nine ten"
    marks = [Mark(nth, (Span(0, len(text) - nth),), "claim") for nth in range(8)]
    view = shown(qtbot, text, marks)
    margin = view.margin(rtl=False)
    assert [word.text for word in margin.words if word.mark is None] == ["+3"]
    assert len([word for word in margin.words if word.mark]) == 8


def test_right_to_left_paragraphs_have_their_margin_on_the_right(qtbot):
    marks = [words_of(ARABIC, "بلاده مستعدة", "threat", 1), words_of(ARABIC, "says", "claim", 2)]
    view = shown(qtbot, ARABIC, marks)
    assert [word.mark.key for word in view.margin(rtl=True).words] == [1]
    assert [word.mark.key for word in view.margin(rtl=False).words] == [2]
    left, right = view.viewport().geometry().left(), view.width() - view.viewport().geometry().right()
    assert left >= 90
    assert right >= 90


@pytest.mark.parametrize("words", ["שלום עולם", "وزير الخارجية", "says שלום", "أوكرانيا"])
def test_spans_in_mixed_text_lie_on_their_own_glyphs(qtbot, words):
    view = shown(qtbot, ARABIC, [words_of(ARABIC, words, "actor", 1)])
    line = next(line for line in view.lines_in_sight() if line.picture.bars)
    place = ARABIC.index(words)
    for stroke in line.picture.bars[0].strokes:
        for left, right in stroke.runs:
            found = view.place_at(QPointF(line.x + (left + right) / 2, line.top + 5))
            assert place <= found <= place + len(words)


def test_a_left_to_right_span_measured_by_glyphs_is_where_the_caret_says(qtbot):
    text = "A paragraph with some words and שלום at its end."
    mark = words_of(text, "some words", "actor", 1)
    mixed = shown(qtbot, text, [mark])
    plain = shown(qtbot, text.replace("שלום", "peace"), [mark])
    assert abs(mixed.rect_of(1).left() - plain.rect_of(1).left()) <= 2
    assert abs(mixed.rect_of(1).right() - plain.rect_of(1).right()) <= 3


@pytest.mark.parametrize("pixels", [13, 16, 17, 20, 32])
def test_no_line_is_longer_than_76_characters(qtbot, shared, pixels):
    text, marks = seed(shared)
    view = shown(qtbot, text, marks, size=(2560, 1360), pixels=pixels)
    lengths = [line.picture.end - line.picture.start for line in view.lines_in_sight()]
    assert sorted(lengths)[len(lengths) * 9 // 10] <= 76
    width = view.viewport().width() - 8
    assert width <= {16: 600, 17: 648}.get(pixels, 38 * pixels)
    centre = view.viewport().geometry().center().x()
    assert abs(centre - view.width() / 2) < 100  # the margin with the words is the wider one


def test_the_place_in_the_text_stays_when_mode_size_and_width_change(qtbot, shared):
    text, marks = seed(shared)
    view = shown(qtbot, text, marks)
    with qtbot.waitActive(view):
        view.activateWindow()
    view.setFocus()  # it is the line of the caret that stays, where somebody is at work in the text
    view.set_caret(text.index("Naturally"))
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 9)
    height = view.cursorRect().top()
    for change in (
        lambda: view.set_mode("labelled"),
        lambda: view.set_text_size(20),
        lambda: view.resize(600, 620),
        lambda: view.set_mode("quiet"),
        lambda: view.set_text_size(16),
    ):
        change()
        QApplication.processEvents()
        assert abs(view.cursorRect().top() - height) < 70
    assert view.visible_span().start < view.caret() < view.visible_span().end


def test_a_style_sheet_does_not_change_the_articles_font(qtbot):
    view = shown(qtbot, "Some text.")
    view.setStyleSheet("QWidget { font-size: 9px; }")
    assert view.document().defaultFont().pixelSize() == 16


def test_a_tag_the_codebook_does_not_know_is_still_drawn(qtbot):
    text = "Russia said nothing."
    view = shown(qtbot, text, [words_of(text, "Russia", "gone", 1)])
    assert not view.rect_of(1).isEmpty()
    view.set_looks([TagLook("gone", "gone", "statement", "dot", "#123456", "#abcdef")])
    assert [word.mark.key for word in view.margin(rtl=False).words] == [1]


def test_a_preview_shows_moved_edges_and_stores_nothing(qtbot):
    text = "Russia and Ukraine agreed."
    mark = words_of(text, "Russia", "actor", 1)
    view = shown(qtbot, text, [mark])
    before = view.rect_of(1)
    view.set_preview(words_of(text, "Russia and", "actor", 1))
    assert view.rect_of(1).width() > before.width()
    assert view.mark(1) == mark
    assert view.marks() == [mark]
    view.set_preview(None)
    assert view.rect_of(1) == before
    view.set_preview(words_of(text, "Ukraine", "actor", 7))
    view.set_preview(None)
    assert view.mark(7) is None


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("upright", [False, True], ids=["line", "bracket"])
def test_patterns_are_told_apart_without_colour_at_every_resolution(qtbot, ratio, upright):
    looks = [
        TagLook(bar, bar, "mention", bar, "#444444", "#bbbbbb") for bar in ("solid", "double", "dash", "dot", "wave")
    ]
    ink = Ink(LIGHT, looks, 16, labelled=False, ratio=ratio)
    drawn = []
    for look in looks:
        tile = ink.tile(look.id, upright=upright)
        image = QImage(round(48 * ratio), round(48 * ratio), QImage.Format.Format_Grayscale8)
        image.setDevicePixelRatio(ratio)
        image.fill(255)
        painter = QPainter(image)
        size = tile.deviceIndependentSize()
        long = QRectF(2, 0, size.width(), 40) if upright else QRectF(0, 2, 40, size.height())
        painter.drawTiledPixmap(long, tile)
        painter.end()
        drawn.append(bytes(image.constBits()))
    for one, other in combinations(drawn, 2):
        different = sum(abs(a - b) > 60 for a, b in zip(one, other, strict=True))
        assert different >= 20 * ratio


def test_a_view_that_is_thrown_away_takes_the_program_down_with_it_in_peace():
    program = """
import gc, sys
from PySide6.QtWidgets import QApplication
from ui.article_view import ArticleView, Mark, TagLook
from annotator.model.span import Span
app = QApplication([])
for nth in range(5):
    view = ArticleView()
    view.load("Some text. " * 500, [Mark(1, (Span(0, 4),), "a")])
    view.show()
    app.processEvents()
    if nth % 2:
        view.close()
        view.deleteLater()
    del view
    gc.collect()
    app.processEvents()
last = ArticleView()
last.load("Another", [])
sys.exit(0)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, "")
