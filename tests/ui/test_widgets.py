"""The visual parts: readable in both themes, usable without a mouse, plain about what a text says."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.model.rows import STATES
from ui import stylesheet
from ui.theme import LIGHT, appearance, current
from ui.widgets.announce import announce
from ui.widgets.avatar import initials
from ui.widgets.buttons import button, icon_button
from ui.widgets.field import FilterField
from ui.widgets.key_cap import KeyCaps, key_words
from ui.widgets.labels import ElidedLabel, direction_of, label, plain_tip
from ui.widgets.progress import Progress
from ui.widgets.segments import Segments
from ui.widgets.state_glyph import paint_state
from ui.widgets.status_line import StatusLine
from ui.widgets.surface import surface
from ui.widgets.swatch import PATTERNS, paint_pattern

Key = Qt.Key


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The application in the light theme, undressed again for tests that expect Qt's own looks."""
    appearance().set_mode("light")
    stylesheet.apply(qapp, current())
    yield
    appearance().set_mode("system")
    qapp.setStyleSheet("")


Shown = Callable[..., QWidget]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """Puts a widget into a window that is on the screen and has the keyboard."""
    kept: list[QWidget] = []

    def show(widget: QWidget, width: int = 600, height: int = 300) -> QWidget:
        window = QWidget()
        kept.append(window)
        QVBoxLayout(window).addWidget(widget)
        window.resize(width, height)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return show


def picture(side: int, paint) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


# ---- text -------------------------------------------------------------------------------------------


def test_text_of_a_project_is_never_markup(qtbot: QtBot) -> None:
    hostile = "<img src=x> & <b>bold</b>"
    assert label(hostile).textFormat() == Qt.TextFormat.PlainText
    assert ElidedLabel(hostile).textFormat() == Qt.TextFormat.PlainText
    assert "<b>" not in plain_tip(hostile)
    assert plain_tip("") == ""
    pressed = button("Anna & Ben")
    assert pressed.accessibleName() == "Anna & Ben"
    assert pressed.text() == "Anna && Ben"  # Qt shows one ampersand of two


def test_elided_label_gives_way_and_keeps_its_words(qtbot: QtBot, shown: Shown) -> None:
    text = "Bundesverfassungsgerichtsentscheidung über Grundrechte " * 4
    cut = ElidedLabel(text)
    window = shown(cut, 200, 60)
    assert window.width() == 200
    assert cut.is_cut()
    assert cut.text() == text
    cut.setText("short")
    assert not cut.is_cut()


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Geneva", Qt.LayoutDirection.LeftToRight),
        ("12 – שלום", Qt.LayoutDirection.RightToLeft),
        ("«مرحبا»", Qt.LayoutDirection.RightToLeft),
        ("12:30", Qt.LayoutDirection.LeftToRight),
    ],
)
def test_direction_is_that_of_the_first_strong_letter(text: str, direction: Qt.LayoutDirection) -> None:
    assert direction_of(text) == direction


@pytest.mark.parametrize(
    ("keys", "caps"),
    [
        ("Ctrl+Shift+Z", ["Ctrl", "Shift", "Z"]),
        ("l", ["L"]),
        ("Ctrl++", ["Ctrl", "+"]),
        ("+", ["+"]),
        ("Shift+W", ["Shift", "W"]),
        ("1–9", ["1", "–", "9"]),
        ("Ctrl+1 … 3", ["Ctrl", "1", "…", "3"]),
        ("Alt+Right", ["Alt", "→"]),
        ("Ctrl+PgDown", ["Ctrl", "PgDn"]),
        ("Return", ["Enter"]),
        ("?", ["?"]),
        ("–", ["–"]),
        ("F1", ["F1"]),
        ("Num7", ["Num 7"]),
    ],
)
def test_caps_say_what_is_on_the_keyboard(qtbot: QtBot, keys: str, caps: list[str]) -> None:
    assert key_words(keys) == caps
    assert KeyCaps(keys).accessibleName() == " ".join(caps)


def test_initials() -> None:
    assert [initials(name) for name in ("Mara Lindqvist", "jonas", "Ana de la Cruz", "  ")] == ["ML", "J", "AC", "?"]


# ---- shapes ------------------------------------------------------------------------------------------


def in_grey(image: QImage) -> tuple[int, ...]:
    """Where there is ink at all: what is left of a picture without its colours."""
    return tuple(image.pixelColor(x, y).alpha() > 100 for y in range(image.height()) for x in range(image.width()))


def test_states_differ_in_shape_alone(qtbot: QtBot) -> None:
    shapes = [
        in_grey(picture(32, lambda p, s=state: paint_state(p, QRectF(0, 0, 32, 32), s, LIGHT))) for state in STATES
    ]
    for i, one in enumerate(shapes):
        for other in shapes[i + 1 :]:
            assert sum(a != b for a, b in zip(one, other, strict=True)) > 30


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_patterns_differ_without_colour_at_every_scale(qtbot: QtBot, scale: float) -> None:
    def drawn(bar: str, vertical: bool) -> QImage:
        image = QImage(round(24 * scale), round(24 * scale), QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(scale)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        paint_pattern(painter, QRectF(0, 0, 24, 24), bar, QColor("#000000"), vertical)
        painter.end()
        return image

    for vertical in (False, True):
        shapes = {bar: in_grey(drawn(bar, vertical)) for bar in PATTERNS}
        assert len(set(shapes.values())) == len(PATTERNS)
        assert all(any(shape) for shape in shapes.values())
    across, down = in_grey(drawn("solid", False)), in_grey(drawn("solid", True))
    assert sum(across) == sum(down)
    assert across != down


# ---- controls ------------------------------------------------------------------------------------------


def test_segments_work_by_keyboard_and_say_what_they_are(qtbot: QtBot, shown: Shown) -> None:
    switch = Segments("View", [("code", "Code"), ("review", "Review"), ("overview", "Overview")], "code")
    after = QLineEdit()
    after.setAccessibleName("after")
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.addWidget(switch)
    column.addWidget(after)
    shown(holder)
    chosen: list[str] = []
    switch.chosen.connect(chosen.append)
    switch.findChildren(QWidget)[0].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Right)
    assert switch.choice == "review"
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Left)
    assert switch.choice == "code"
    assert chosen == ["review", "code"]
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert QApplication.focusWidget() is after  # one Tab passes the whole switch


def test_segments_tell_only_what_a_person_chose(qtbot: QtBot, shown: Shown) -> None:
    switch = Segments("Mode", [("quiet", "Quiet"), ("labelled", "Labelled")], "quiet")
    shown(switch)
    chosen: list[str] = []
    switch.chosen.connect(chosen.append)
    switch.choose("labelled")
    assert chosen == []
    switch.set_options([("a", "A"), ("b", "B")], "b")
    assert (switch.choice, chosen) == ("b", [])
    middle = switch.findChildren(QWidget)
    qtbot.mouseClick(next(part for part in middle if part.accessibleName() == "A"), Qt.MouseButton.LeftButton)
    assert (switch.choice, chosen) == ("a", ["a"])


def test_filter_field_empties_with_esc_and_leads_to_the_list(qtbot: QtBot, shown: Shown) -> None:
    field = FilterField("Filter articles")
    window = shown(field)
    field.setFocus()
    qtbot.keyClicks(field, "geneva")
    qtbot.keyClick(field, Key.Key_Escape)
    assert field.text() == ""
    with qtbot.waitSignal(field.list_wanted):
        qtbot.keyClick(field, Key.Key_Down)
    passed_on: list[int] = []
    window.keyPressEvent = lambda event: passed_on.append(event.key())  # type: ignore[method-assign]
    qtbot.keyClick(field, Key.Key_Escape)
    assert passed_on == [Key.Key_Escape]  # with nothing to empty, Esc leads back to the article


def test_enter_presses_the_focused_button(qtbot: QtBot, shown: Shown) -> None:
    pressed: list[str] = []
    done = button("Done", "primary", on_click=lambda: pressed.append("done"))
    shown(done)
    done.setFocus()
    qtbot.keyClick(done, Key.Key_Return)
    qtbot.keyClick(done, Key.Key_Space)
    assert pressed == ["done", "done"]


def test_focus_is_seen_on_every_kind_of_button(qtbot: QtBot, shown: Shown) -> None:
    kinds = ("primary", "secondary", "ghost", "link")
    buttons = [button(kind, kind) for kind in kinds] + [icon_button("flag", "Unsure")]
    holder = QWidget()
    row = QHBoxLayout(holder)
    for one in buttons:
        row.addWidget(one)
    shown(surface(holder, "page"), 700)
    for one in buttons:
        one.clearFocus()
        before, size = one.grab().toImage(), one.size()
        one.setFocus()
        assert one.grab().toImage() != before, one.accessibleName()
        assert one.sizeHint().height() == size.height()  # the ring moves nothing


def test_progress_knows_its_share(qtbot: QtBot) -> None:
    bar = Progress("Import")
    bar.show_share(58, 106)
    assert (bar.value(), bar.maximum()) == (58, 106)
    bar.show_share(3, 0)
    assert bar.value() == 0
    bar.show_share(9, 4)
    assert bar.value() == bar.maximum()


# ---- status line ------------------------------------------------------------------------------------


def offers(line: StatusLine) -> list[str]:
    return [one.text() for one in line.findChildren(QPushButton) if one.isVisible()]


def test_status_line_offers_undo_and_acts(qtbot: QtBot, shown: Shown) -> None:
    line = StatusLine()
    shown(line, 900)
    article = QLineEdit(line.window())
    article.show()
    article.setFocus()
    line.say("Tagged “Russia” as actor", undo=True)
    assert line.text == "Tagged “Russia” as actor"
    undo = next(one for one in line.findChildren(QPushButton) if one.text() == "Undo")
    with qtbot.waitSignal(line.undo_requested):
        qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert article.hasFocus()  # a click on the line leaves the keyboard in the article
    kept: list[str] = []
    line.say("Trim “the”?", role="warn", actions=[("Trim", ".", lambda: kept.append("trim"))])
    assert offers(line) == ["Trim"]
    qtbot.mouseClick(next(o for o in line.findChildren(QPushButton) if o.text() == "Trim"), Qt.MouseButton.LeftButton)
    assert kept == ["trim"]


def test_an_offer_taken_by_keyboard_gives_the_keyboard_back(qtbot: QtBot, shown: Shown) -> None:
    line = StatusLine()
    shown(line, 900)
    line.say("Tagged", undo=True)
    undo = next(one for one in line.findChildren(QPushButton) if one.text() == "Undo")
    undo.setFocus()
    line.undo_requested.connect(lambda: line.say("Undone: tag"))
    with qtbot.waitSignal(line.focus_left):
        qtbot.keyClick(undo, Key.Key_Return)


def test_what_is_unsolved_stays_in_front(qtbot: QtBot, shown: Shown) -> None:
    line = StatusLine()
    shown(line, 900)
    line.say("The disk is full.", role="bad", hold=True)
    line.say("Tagged", undo=True)
    assert (line.text, line.role, offers(line)) == ("The disk is full.", "bad", [])
    line.release()
    assert (line.text, line.role, offers(line)) == ("Tagged", "meta", ["Undo"])


def test_long_work_shows_beside_what_was_said(qtbot: QtBot, shown: Shown) -> None:
    line = StatusLine()
    shown(line, 1280)
    line.say("Tagged “Russia” as actor", undo=True)
    line.show_progress("Importing 4,120 of 10,000", 4120, 10000, "3 left out")
    assert offers(line) == ["Undo", "Cancel"]
    with qtbot.waitSignal(line.cancel_requested):
        cancel = next(one for one in line.findChildren(QPushButton) if one.text() == "Cancel")
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    line.end_progress()
    assert offers(line) == ["Undo"]


def test_status_line_names_the_coder_and_exact(qtbot: QtBot, shown: Shown) -> None:
    line = StatusLine()
    shown(line, 900)
    assert offers(line) == []
    line.set_coder("Mara Lindqvist")
    line.set_exact(True)
    assert offers(line) == ["Mara Lindqvist", "exact"]
    with qtbot.waitSignal(line.coder_requested):
        next(one for one in line.findChildren(QPushButton) if one.text() == "Mara Lindqvist").click()
    line.set_exact(False)
    assert offers(line) == ["Mara Lindqvist"]


def test_announcing_needs_no_screen_reader(qtbot: QtBot) -> None:
    spoken = QLabel("x")
    qtbot.addWidget(spoken)
    announce(spoken, "Tagged", at_once=True)
    announce(spoken, "")
