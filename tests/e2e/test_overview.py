"""Overview by keys: the numbers of real readings, what stands behind them, copies, files, and what coders are told."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QListView,
    QListWidget,
    QPlainTextEdit,
    QTableView,
)

from annotator.cli import cli
from annotator.operations import overview_settings
from annotator.operations.coders import add_coder
from annotator.operations.overview import overview
from annotator.operations.readings import set_state
from annotator.operations.training import is_training, set_training
from annotator.settings import Settings
from annotator.storage import queries
from annotator.storage.project import Project
from tests.core.review_tools import annotation, article, coder, project_of, seed_article
from tests.core.test_overview import Cells
from ui.acts.overviewing import Overviewing
from ui.overview import plots
from ui.overview.table_view import TableView

TEXT = "Moscow sent 40 lorries to Kyiv, and Kyiv said no. "
needs_plots = pytest.mark.skipif(bool(plots.missing()), reason="pyqtgraph, an extra, is not installed")


def opened_as(path: Path, name: str) -> None:
    """Let somebody be at work in a project when it is opened."""
    with Project.open(path) as project:
        add_coder(project, name)
        own = next(each.id for each in queries.coders(project) if each.name == name)
        Settings().set_place(project.meta("project"), {"coder": own})


@pytest.fixture(scope="module")
def seed_file(tmp_path_factory, shared) -> Path:
    """The seed article, coded by Ada and Ben, and a second one."""
    path = tmp_path_factory.mktemp("seed") / "seed.annotator"
    second = [annotation(who, "actor", 0, 6) for who in ("Ada", "Ben")]
    project_of(path, [seed_article(shared), article(TEXT, second, title="Lorries")]).close()
    return path


@pytest.fixture
def seed(tmp_path, seed_file, open_driver):
    """The same with Lea, who leads, at the window."""
    path = tmp_path / "seed.annotator"
    shutil.copyfile(seed_file, path)
    opened_as(path, "Lea")
    return opened(open_driver(path))


def opened(driver):
    driver.press("Ctrl+3")
    driver.qtbot.waitUntil(lambda: not contents(driver).session.is_busy, timeout=20_000)
    driver.settle()  # the sections are filled one after another
    return driver


def contents(driver):
    return driver.desk.overview.contents


def part(driver, kind, name):
    return driver.window.findChild(kind, name)


def copied() -> str:
    return QGuiApplication.clipboard().text()


def to(driver, widget) -> None:
    """Put the keyboard into a part by Tab alone."""
    for _ in range(60):
        if QApplication.focusWidget() is widget:
            return
        driver.press("Tab")
    raise AssertionError(f"Tab does not lead to {widget.objectName()}")


def cell(driver, row: str, column: str) -> None:
    """Walk to a cell of the confusion by arrow keys."""
    table = part(driver, QTableView, "confusion")
    rows = contents(driver).session.found.confusion.rows
    to(driver, table)
    for key, wanted, now in (
        (("Down", "Up"), rows.index(row), table.currentIndex().row()),
        (("Right", "Left"), rows.index(column), table.currentIndex().column()),
    ):
        driver.press(*[key[wanted < now]] * abs(wanted - now))


def save_as(driver, monkeypatch, dest: Path) -> None:
    """What the desktop's dialog would answer."""
    looking = driver.window.act(Overviewing).looking()
    monkeypatch.setattr(looking._chooser, "destination", lambda *_, **__: dest)


def test_ctrl_3_shows_the_whole_and_escape_leads_back_to_the_article(seed):
    assert seed.desk.views.current.id == "overview"
    assert part(seed, object, "overview").isVisible()
    assert QApplication.focusWidget() is part(seed, QListWidget, "overview_pages")
    found = contents(seed).session.found
    assert len(found.material.articles) == 2
    seed.press("Down")
    assert contents(seed).view.coders.isVisible()
    seed.press("Up", "Up")
    assert contents(seed).view.progress.isVisible()
    seed.press("Escape")
    assert seed.desk.views.current.id == "code"
    assert seed.desk.article.hasFocus()


def test_window_command_and_report_show_the_same_numbers(seed, tmp_path, monkeypatch):
    path = seed.desk.workspace.project.path
    told = json.loads(CliRunner().invoke(cli, ["agreement", str(path), "--json"]).stdout)
    found = contents(seed).session.found
    assert [(each["measure"], each["tag"], each["value"]) for each in told] == [
        (each.measure, each.tag, each.value) for each in found.results
    ]
    texts = [each.text() for each in contents(seed).view.findChildren(QLabel)]
    exact = next(each["value"] for each in told if (each["measure"], each["tag"]) == ("f1_exact", None))
    assert f"{exact:.3f}".removeprefix("0") in texts
    save_as(seed, monkeypatch, tmp_path / "report.html")
    contents(seed).side.turn_to("report")
    seed.desk.dispatcher.perform("overview_report")
    page = Cells()
    page.feed((tmp_path / "report.html").read_text("utf-8"))
    assert f"{exact:.3f}".removeprefix("0") in page.found
    assert ("data:image/png" in (tmp_path / "report.html").read_text("utf-8")) or plots.missing()


def test_a_cell_leads_to_its_spans_and_from_there_to_review(seed):
    cell(seed, "claim", "demand")
    seed.press("Return")
    spans = part(seed, QListView, "overview_spans_list")
    assert spans.isVisible()
    assert QApplication.focusWidget() is spans
    assert spans.model().rowCount() == 1
    seed.press("Return")
    seed.qtbot.waitUntil(lambda: not seed.desk.review.session.is_busy)
    seed.settle()
    assert seed.desk.views.current.id == "review"
    case = seed.desk.review.session.case
    assert {mark.tag for mark in case.place.marks} == {"claim", "demand"}
    seed.press("Ctrl+3")
    assert not spans.isVisible() or spans.model().rowCount() == 1
    seed.press("Escape", "Escape")
    assert seed.desk.views.current.id == "code"


def test_one_click_on_a_cell_shows_what_stands_behind_it(seed):
    table = part(seed, QTableView, "confusion")
    rows = contents(seed).session.found.confusion.rows
    index = table.model().index(rows.index("actor"), rows.index(""))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    QApplication.processEvents()
    spans = part(seed, QListView, "overview_spans_list")
    assert spans.isVisible()
    assert spans.model().rowCount() == contents(seed).session.found.confusion.number("actor", "")
    seed.press("Escape")
    assert not spans.isVisible()
    assert seed.desk.views.current.id == "overview"


def test_tables_are_copied_and_saved_and_pictures_too(seed, tmp_path, monkeypatch):
    to(seed, part(seed, QTableView, "confusion"))
    seed.press("Ctrl+C")
    lines = copied().splitlines()
    assert lines[0].split("\t")[1:] == ["Actor", "Claim", "Threat", "Demand", "Figure", "none"]
    looking = seed.window.act(Overviewing).looking()
    save_as(seed, monkeypatch, tmp_path / "confusion.csv")
    looking.save("confusion")
    assert len((tmp_path / "confusion.csv").read_text("utf-8").splitlines()) == 7
    for suffix in ("svg", "png"):
        save_as(seed, monkeypatch, tmp_path / f"confusion.{suffix}")
        looking.save("confusion")
    assert "<svg" in (tmp_path / "confusion.svg").read_text("utf-8")
    image = QImage(str(tmp_path / "confusion.png"))
    assert image.width() > 400
    assert len({image.pixelColor(x, image.height() // 3).name() for x in range(0, image.width(), 7)}) > 4


def test_without_the_plotting_library_the_tables_are_all_there(tmp_path, seed_file, open_driver, monkeypatch):
    monkeypatch.setattr(plots, "find_spec", lambda _: None)
    path = tmp_path / "seed.annotator"
    shutil.copyfile(seed_file, path)
    opened_as(path, "Lea")
    driver = opened(open_driver(path))
    texts = [each.text() for each in contents(driver).view.findChildren(QLabel) if each.isVisible()]
    assert any('pip install "news-annotator[plots]"' in each for each in texts)
    tables = [each for each in contents(driver).view.agreement.findChildren(QTableView) if each.isVisible()]
    assert len(tables) >= 4
    assert part(driver, QTableView, "confusion") in tables


@needs_plots
@pytest.mark.parametrize(("table", "page"), [("measures", "agreement"), ("by_week", "agreement"), ("rates", "coders")])
def test_every_plot_is_saved_as_a_picture(seed, tmp_path, monkeypatch, table, page):
    contents(seed).side.turn_to(page)
    seed.settle()
    looking = seed.window.act(Overviewing).looking()
    for suffix in ("svg", "png"):
        save_as(seed, monkeypatch, tmp_path / f"plot.{suffix}")
        looking.save(table)
    drawn = (tmp_path / "plot.svg").read_text("utf-8")
    assert "<svg" in drawn
    assert drawn.count("<path") + drawn.count("<polyline") > 5
    image = QImage(str(tmp_path / "plot.png"))
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 6


def test_the_report_is_saved_as_pdf(seed, tmp_path, monkeypatch):
    save_as(seed, monkeypatch, tmp_path / "report.pdf")
    seed.desk.dispatcher.perform("overview_report")
    written = (tmp_path / "report.pdf").read_bytes()
    assert written.startswith(b"%PDF")
    assert written.count(b"/Type /Page") >= 2
    assert "Saved" in seed.said


def test_the_words_for_a_paper_are_copied(seed):
    contents(seed).side.turn_to("report")
    seed.settle()
    assert "Hripcsak & Rothschild 2005" in part(seed, QPlainTextEdit, "overview_paper").toPlainText()
    seed.desk.dispatcher.perform("copy_for_paper")
    assert "Krippendorff 2011" in copied()
    assert copied().splitlines()[0].startswith("Measure\tTag")


def test_other_readings_are_compared_when_chosen(seed):
    first = contents(seed).session.found
    articles = part(seed, QComboBox, "overview_now")
    to(seed, articles)
    seed.press("Down")
    seed.qtbot.waitUntil(lambda: contents(seed).session.found is not first, timeout=20_000)
    assert contents(seed).session.found.which.now


def test_what_is_coded_meanwhile_is_counted_anew(seed):
    first = contents(seed).session.found
    who = coder(seed.desk.workspace.project, "Ben")
    seed.desk.workspace.do(set_state, 2, who, "in work")
    seed.qtbot.waitUntil(lambda: contents(seed).session.found is not first, timeout=20_000)
    seed.qtbot.waitUntil(lambda: not contents(seed).session.is_busy, timeout=20_000)
    assert len(contents(seed).session.found.material.articles) == 1


def test_counting_can_be_stopped(seed):
    session = contents(seed).session
    before = session.found
    session.count()
    session.cancel()
    seed.qtbot.waitUntil(lambda: not session.is_busy)
    assert session.found is before


def test_commands_on_an_unseen_article_are_refused(seed):
    seed.press("Ctrl+Return")
    assert "Code" in seed.said
    assert queries.reading(seed.desk.workspace.project, 1, coder(seed.desk.workspace.project, "Lea")) is None


def test_a_coder_sees_nothing_of_articles_whose_round_is_open(tmp_path, open_driver):
    path = tmp_path / "blind.annotator"
    project_of(path, [article(TEXT, [annotation(who, "actor", 0, 6) for who in ("Ada", "Ben")])]).close()
    opened_as(path, "Ada")
    driver = opened(open_driver(path))
    assert contents(driver).session.found.material.articles == ()
    told = " ".join(each.text() for each in contents(driver).view.findChildren(QLabel))
    assert "1 article hidden from you until their round is closed" in told


def test_nothing_to_compare_is_said(driver):
    opened(driver)
    found = contents(driver).session.found
    assert found.info.documents == 2
    told = " ".join(each.text() for each in contents(driver).view.findChildren(QLabel))
    assert "once two coders have declared the same article done" in told


def test_speed_is_counted_only_when_ticked_and_the_coders_are_told(seed, open_driver):
    contents(seed).side.turn_to("coders")
    tick = part(seed, object, "overview_speeds")
    to(seed, tick)
    first = contents(seed).session.found
    seed.press("Space")
    assert overview_settings.shows_speed(seed.desk.workspace.project)
    seed.qtbot.waitUntil(lambda: contents(seed).session.found is not first, timeout=20_000)
    assert contents(seed).session.found.speeds
    path = seed.desk.workspace.project.path
    seed.window.close()
    again = open_driver(path)
    again.settle()
    assert overview_settings.TOLD in again.said


# ---- training


@pytest.fixture
def training(tmp_path, open_driver):
    """An article for training, with a closed agreed version; Anna codes it."""
    path = tmp_path / "training.annotator"
    golden = [annotation("Lead", "actor", 0, 6, kind="gold"), annotation("Lead", "actor", 26, 30, kind="gold")]
    with project_of(path, [article(TEXT, golden, title="Lorries")]) as project:
        set_training(project, [1], True)
    opened_as(path, "Anna")
    return open_driver(path)


def test_the_gold_is_hidden_until_done_then_mistakes_are_shown_with_their_rules(training):
    assert training.tags() == []
    training.drag("Moscow")
    training.press("a")
    training.drag("40 lorries")
    training.press("f", "Ctrl+Return")
    if training.desk.document.reading.state != "done":
        training.press("Ctrl+Return")  # open points were listed first
    training.settle()
    assert "Training: F1 .500 exact" in training.said
    link = next(
        each for each in training.desk.status.findChildren(QAbstractButton) if each.text() == "Show my mistakes"
    )
    link.click()
    training.settle()
    panel = training.desk.review.corrections
    assert panel.isVisible()
    told = [panel.model.told(each) for each in panel.model.corrections]
    assert len(told) == 2
    rules = {rule.id for rule in training.desk.workspace.codebook.rules()}
    assert all(why.split()[0] in rules for _, _, why in told)


def test_an_article_is_made_one_for_training_by_a_command(training):
    project = training.desk.workspace.project
    training.desk.dispatcher.perform("for_training")
    assert not is_training(project, 1)
    training.press("Ctrl+Z")
    assert is_training(project, 1)


def test_numbers_do_not_change_with_the_window(seed):
    path = seed.desk.workspace.project.path
    with Project.open(path, read_only=True) as project:
        found = overview(project)
    shown = contents(seed).session.found
    assert found.results == shown.results
    assert found.heat == shown.heat
    assert found.confusion == shown.confusion


def test_no_table_must_be_scrolled_sideways_in_the_smallest_window(seed):
    seed.window.resize(1280, 640)
    seed.settle()
    tables = [each for each in contents(seed).view.agreement.findChildren(TableView) if each.isVisible()]
    assert len(tables) > 2
    wide = [each for each in tables if each.horizontalHeader().length() > each.viewport().width()]
    assert [each.accessibleName() for each in wide] == []
