"""The lines above the article and the sheet that sets it aside: find, who codes, why."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from annotator.model.span import Span
from annotator.operations.readings import REASONS
from tests.ui.dialog_tools import Window, button_named, press, type_text, window, words
from ui.dialogs.set_aside import SetAsideSheet
from ui.widgets.find_bar import FindBar
from ui.widgets.name_line import NameLine

Key, Held = Qt.Key, Qt.KeyboardModifier
TEXT = "👩‍👩‍👧 Straße. The talks in Genève – TALKS, they said.\r\n\u202bTalks\u202c again: e\u0301lan."


class Bar:
    """A find bar in a window, and what it said."""

    def __init__(self, qtbot: QtBot, text: str = TEXT) -> None:
        self.window: Window = window(qtbot)
        self.bar = FindBar()
        layout = self.window.layout()
        assert layout is not None
        layout.addWidget(self.bar)
        self.bar.set_text(text)
        self.text = text
        self.found: list[str] = []
        self.places: list[Span] = []
        self.marked: list[Span] = []
        self.bar.found.connect(self._note)
        self.bar.hits_changed.connect(self._mark)

    def _note(self, span: Span) -> None:
        self.places.append(span)
        self.found.append(self.text[span.start : span.end])

    def _mark(self, spans: list[Span]) -> None:
        self.marked = spans


def test_typing_goes_to_the_first_place_at_once(qtbot: QtBot) -> None:
    at = Bar(qtbot)
    at.bar.present()
    type_text("talks")
    assert at.found[-1] == "talks"
    assert [at.text[start:end] for start, end in at.marked] == ["talks", "TALKS", "Talks"]
    assert "1 of 3" in words(at.bar)


def test_next_and_previous_go_round(qtbot: QtBot) -> None:
    at = Bar(qtbot)
    at.bar.present()
    type_text("talks")
    press(Key.Key_F3, Key.Key_Return)
    press(Key.Key_Return)
    assert at.found[-3:] == ["TALKS", "Talks", "talks"]
    press(Key.Key_F3, held=Held.ShiftModifier)
    press(Key.Key_Return, held=Held.ShiftModifier)
    assert at.found[-2:] == ["Talks", "TALKS"]
    assert "2 of 3" in words(at.bar)


def test_the_search_begins_at_the_caret_and_typing_on_stays_there(qtbot: QtBot) -> None:
    at = Bar(qtbot, "talk one, talks two, talks three")
    at.bar.present(origin=9)
    type_text("talks")
    assert at.places[-1] == Span(10, 15)


def test_places_are_code_points_whatever_stands_before(qtbot: QtBot) -> None:
    at = Bar(qtbot)
    at.bar.present()
    type_text("élan")
    assert at.places[-1] == Span(TEXT.index("e\u0301lan"), len(TEXT) - 1)
    at.bar.present(words="strasse")
    assert at.found[-1] == "Straße"
    at.bar.present(words="geneve")
    assert at.found[-1] == "Genève"


def test_f3_works_after_the_bar_is_closed_and_in_the_next_article(qtbot: QtBot) -> None:
    at = Bar(qtbot)
    at.bar.present(words="talks")
    press(Key.Key_Escape)
    assert not at.bar.isVisible()
    assert at.marked == []
    at.text = "No more talks."
    at.bar.set_text(at.text)
    at.bar.next()
    assert at.places[-1] == Span(8, 13)
    assert at.marked == []


def test_nothing_found_is_said_in_words(qtbot: QtBot) -> None:
    at = Bar(qtbot)
    at.bar.present(words="nowhere")
    assert "Not in this article" in words(at.bar)
    assert at.found == []
    assert not button_named(at.bar, "Next place").isEnabled()


def test_letters_typed_in_the_bar_go_nowhere_else(qtbot: QtBot) -> None:
    at = Bar(qtbot)
    heard: list[int] = []
    at.window.keyPressEvent = lambda event: heard.append(event.key())  # type: ignore[method-assign]
    at.bar.present()
    type_text("a1?")
    press(Key.Key_Return, Key.Key_F3)
    assert heard == []


def test_a_megabyte_is_searched_without_a_wait(qtbot: QtBot, benchmark_free_timer) -> None:
    at = Bar(qtbot, "Zażółć gęślą jaźń – talks. " * 40_000)
    at.bar.present()
    type_text("t")
    with benchmark_free_timer(0.5):
        type_text("a")
    assert len(at.bar.hits) == 40_000


@pytest.fixture
def benchmark_free_timer():
    """Fails only for what a person would call standing still; figures are taken by the benchmarks."""
    from contextlib import contextmanager
    from time import perf_counter

    @contextmanager
    def timer(most: float):
        began = perf_counter()
        yield
        assert perf_counter() - began < most

    return timer


# ---- who codes ---------------------------------------------------------------------------------------


def name_line(qtbot: QtBot) -> tuple[Window, NameLine, list[str]]:
    behind = window(qtbot)
    line, said = NameLine(), []
    layout = behind.layout()
    assert layout is not None
    layout.addWidget(line)
    line.confirmed.connect(lambda name: said.append(f"confirmed {name}"))
    line.dismissed.connect(lambda: said.append("dismissed"))
    return behind, line, said


def test_the_name_line_never_takes_the_keyboard_by_itself(qtbot: QtBot) -> None:
    behind, line, _ = name_line(qtbot)
    line.offer("mara", ["Anna Berg"])
    assert line.isVisible()
    assert behind.article.hasFocus()


def test_one_click_takes_the_proposed_name(qtbot: QtBot) -> None:
    _, line, said = name_line(qtbot)
    line.offer("mara")
    button_named(line, "That’s me").click()
    assert said == ["confirmed mara"]
    assert not line.isVisible()


def test_a_name_is_typed_over_the_proposal_and_taken_by_enter(qtbot: QtBot) -> None:
    _, line, said = name_line(qtbot)
    line.offer("mara")
    line.focus_field()
    type_text("  Mara   Lindqvist ")
    press(Key.Key_Return)
    assert said == ["confirmed Mara Lindqvist"]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the offscreen platform, at a pop-up
def test_coders_of_the_project_are_offered(qtbot: QtBot) -> None:
    _, line, said = name_line(qtbot)
    line.offer("", ["Anna Berg", "Jonas Berg"])
    line.focus_field()
    type_text("jon")
    field = line.findChild(QLineEdit)
    assert field is not None
    completer = field.completer()
    qtbot.waitUntil(completer.popup().isVisible)
    QApplication.processEvents()
    qtbot.keyClick(completer.popup(), Key.Key_Down)
    qtbot.keyClick(completer.popup(), Key.Key_Return)
    assert field.text() == "Jonas Berg"
    press(Key.Key_Return)
    assert said == ["confirmed Jonas Berg"]


def test_without_a_name_nothing_is_confirmed_and_esc_leaves(qtbot: QtBot) -> None:
    _, line, said = name_line(qtbot)
    line.offer("")
    line.focus_field()
    press(Key.Key_Return)
    assert said == []
    press(Key.Key_Escape)
    assert said == ["dismissed"]
    assert not line.isVisible()


# ---- set aside -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "text", "reason"),
    [
        (Key.Key_N, "n", "not relevant"),
        (Key.Key_T, "t", "text damaged"),
        (Key.Key_O, "o", "other language"),
        (Key.Key_S, "s", "skipped"),
    ],
)
def test_one_letter_sets_aside(qtbot: QtBot, key: Qt.Key, text: str, reason: str) -> None:
    behind, chosen = window(qtbot), []
    sheet = SetAsideSheet(behind)
    sheet.reason_chosen.connect(chosen.append)
    sheet.ask("Border <b>talks</b>")
    press(key)
    assert chosen == [reason]
    assert not sheet.isVisible()
    assert behind.article.hasFocus()


def test_arrows_and_enter_choose_a_reason(qtbot: QtBot) -> None:
    behind, chosen = window(qtbot), []
    sheet = SetAsideSheet(behind)
    sheet.reason_chosen.connect(chosen.append)
    sheet.ask("Border talks")
    press(Key.Key_Down, Key.Key_Down, Key.Key_Up)
    press(Key.Key_Return)
    sheet.ask("Border talks")
    press(Key.Key_Up, Key.Key_Up)
    press(Key.Key_Space)
    assert chosen == [REASONS[1], REASONS[2]]


def test_esc_and_other_letters_set_nothing_aside(qtbot: QtBot) -> None:
    behind, chosen = window(qtbot), []
    sheet = SetAsideSheet(behind)
    sheet.reason_chosen.connect(chosen.append)
    sheet.ask("Border talks")
    press(Key.Key_A, Key.Key_1)
    press(Key.Key_N, held=Held.ControlModifier)
    assert sheet.isVisible()
    press(Key.Key_Escape)
    assert chosen == []
    assert behind.article.hasFocus()
