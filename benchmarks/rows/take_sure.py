"""Taking all sure proposals of an article: until they are listed, and until all are on disk and painted."""

import gc

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.operations.proposal_settings import set_proposals
from annotator.operations.proposing import sure_ones
from ui.main_window import MainWindow
from ui.proposals.sure_sheet import SureSheet

from .. import floors
from ..bench import Bench, Row
from ..corpus import CODER
from ..measure import Figure, median, timed
from ..projects import project_with
from ..windows import Watcher, main_window, rest, until

SIZES = (50, 250)  # annotations of the articles; in the larger about 1,000 are sure


def run(bench: Bench) -> list[Figure]:
    """Take what is sure in articles of two sizes, and take that back, in turns with one bare commit of as many rows."""
    return [figure for size in SIZES for figure in _at(bench, size)]


def _at(bench: Bench, size: int) -> list[Figure]:
    article = bench.corpus.large(size)
    path = bench.folder / f"sure{size}.annotator"
    with project_with(path, [article]) as project:
        set_proposals(project, True)
    shown: list[float] = []
    taken: list[float] = []
    bare: list[float] = []
    with main_window(path) as window, floors.bare_file(bench.folder / f"sure{size}.db") as connection:
        desk, watch = window.desk, Watcher(window.desk.article.viewport())
        desk.workspace.become(CODER)
        until(lambda: len(desk.proposals) > 0, "proposed")
        reading = floors.fill(connection, article)
        sure = sure_ones(each for _, each in desk.proposals.items())
        spans = [(each.outer.start, each.outer.end, each.tag) for each in sure]
        gc.collect()
        for _ in range(bench.runs(20)):
            sheet = _list(window, shown)
            taken.append(timed(lambda: _take(sheet, watch, window, len(sure))))  # noqa: B023 - it is called at once
            bare.append(timed(lambda: floors.commit_all(connection, reading, spans, article.text)))
            rest(window)
            _take_back(window, len(article.spans))
            until(lambda: len(sure_ones(each for _, each in desk.proposals.items())) == len(sure), "proposed again")
            rest(window)
    what = f"{len(sure):,} sure proposals beside {size:,} annotations"
    return [
        Figure(f"{what}: listed", median(shown), "ms", len(shown)),
        Figure(f"{what}: taken and painted", median(taken), "ms", len(taken), median(bare)),
    ]


def _list(window: MainWindow, times: list[float]) -> SureSheet:
    """Ask for the list; how long until it is painted goes to the times."""

    def show() -> None:
        QTest.keyClick(window.desk.article, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
        sheet = _visible(window)
        watch = Watcher(sheet.list.viewport())
        until(lambda: watch.count > 0, "listed")

    times.append(timed(show))
    QApplication.processEvents()
    return _visible(window)


def _take(sheet: SureSheet, watch: Watcher, window: MainWindow, number: int) -> None:
    """Take what is listed: all on disk, and the article painted since."""
    expected = len(window.desk.document) + number
    QTest.keyClick(sheet.list, Qt.Key.Key_Return)
    until(lambda: len(window.desk.document) == expected, "taken")
    watch.painted_after(window.desk.article.viewport().update)


def _take_back(window: MainWindow, left: int) -> None:
    """Undo; that of very many has to be asked for twice."""
    for _ in range(2):
        QTest.keyClick(window.desk.article, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        rest(window)
        until(lambda: not window.desk.jobs.is_busy, "taken back")
        if len(window.desk.document) == left:
            return


def _visible(window: MainWindow) -> SureSheet:
    return next(each for each in window.findChildren(SureSheet) if each.isVisible())


ROW = Row("take_sure", "All sure proposals of an article taken as one step", run)
