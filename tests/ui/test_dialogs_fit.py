"""Every sheet and line: whole in a small window, in both themes, from right to left, with a name on every control."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QListView, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from annotator.formats.report import Report
from annotator.operations.projects import create_project
from tests.ui.dialog_tools import Window, press, window, workspace
from ui import stylesheet
from ui.dialogs.crash import CrashSheet
from ui.dialogs.export_dialog import ExportDialog
from ui.dialogs.import_dialog import ImportDialog
from ui.dialogs.keep_where import KeepWhereSheet
from ui.dialogs.new_project import NewProjectSheet
from ui.dialogs.report_sheet import ReportSheet
from ui.dialogs.set_aside import SetAsideSheet
from ui.jobs import Jobs
from ui.theme import appearance, current
from ui.widgets.sheet import Sheet
from ui.workspace import Workspace

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
Maker = Callable[[Window, Workspace, Path], Sheet]


def _import(behind: Window, opened: Workspace, folder: Path) -> Sheet:
    for number in range(12):
        (folder / f"{LONG[:60]}{number}.txt").write_bytes(f"{LONG} größer {number}".encode("cp1252"))
    for number in range(80):
        (folder / f"empty {number}.txt").write_text("")
    header, row = f"{LONG};{LONG[:100]};Datum;Text", f"{LONG};{LONG};01.10.2022;{LONG} größer"
    (folder / f"{LONG[:60]}.csv").write_bytes(f"{header}\n{row}\n".encode("cp1252"))
    quotes = folder / "quotes"
    quotes.mkdir()
    (quotes / "one.txt").write_text(f"{LONG} said so.")
    (quotes / "one.ann").write_text("".join(f"T{n}\t{LONG[:90]}{n} 0 {n + 1}\t{LONG[: n + 1]}\n" for n in range(1, 20)))
    (folder / f"{LONG[:60]}.conll").write_text(f"{LONG} B-{LONG}\n\n")
    made = ImportDialog(behind, opened, Jobs(behind), behind.status)
    made.begin([folder])
    return made


def _export(behind: Window, opened: Workspace, _: Path) -> Sheet:
    for number in range(20):
        opened.become(f"{LONG[:90]} {number}")
    made = ExportDialog(behind, opened, Jobs(behind), behind.status)
    made.present()
    return made


def _new(behind: Window, _: Workspace, __: Path) -> Sheet:
    made = NewProjectSheet(behind, warnings=lambda path: [LONG, "A sentence about this place. " * 8])
    made.ask(LONG[:200])
    return made


def _keep(behind: Window, _: Workspace, folder: Path) -> Sheet:
    made = KeepWhereSheet(behind)
    made.ask(folder / LONG[:100] / "talks.annotator")
    return made


def _aside(behind: Window, _: Workspace, __: Path) -> Sheet:
    made = SetAsideSheet(behind)
    made.ask(LONG)
    return made


def _crash(behind: Window, opened: Workspace, _: Path) -> Sheet:
    made = CrashSheet(behind, opened)
    made.report(ValueError, ValueError(LONG), None)
    return made


def _report(behind: Window, _: Workspace, __: Path) -> Sheet:
    report = Report()
    for number in range(300):
        report.refuse(f"{LONG} {number}", "empty")
        report.repair(f"file {number}", LONG)
        report.warn(f"file {number}", "read as a guess")
    made = ReportSheet(behind, report)
    made.present()
    return made


MAKERS: list[Maker] = [_import, _export, _new, _keep, _aside, _crash, _report]


@pytest.fixture(params=MAKERS, ids=lambda maker: maker.__name__.strip("_"))
def maker(request: pytest.FixtureRequest) -> Maker:
    return request.param


@pytest.fixture(params=["light", "dark"])
def dressed(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    appearance().set_mode(request.param)
    stylesheet.apply(qapp, current())
    yield
    appearance().set_mode("system")
    qapp.setStyleSheet("")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    path = tmp_path / "talks.annotator"
    create_project(path, title=LONG[:150]).close()
    made = workspace(path, tmp_path)
    yield made
    made.close()


def settled(qtbot: QtBot, sheet: Sheet) -> None:
    """Until what the sheet looks at beside the window is shown, and what waits for a pause in typing."""
    jobs = [*getattr(sheet, "_looking", []), getattr(sheet, "_job", None), getattr(sheet, "_reading", None)]
    timers = sheet.findChildren(QTimer)
    qtbot.waitUntil(lambda: not any(job is not None and job.is_running for job in jobs))
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in timers))
    for _ in range(3):
        QApplication.processEvents()


def controls(sheet: Sheet) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QListView)
    found = [control for kind in kinds for control in sheet.findChildren(kind)]
    return [control for control in found if control.isVisible() and control.focusPolicy() & Qt.FocusPolicy.TabFocus]


def scrolls(control: QWidget, sheet: Sheet) -> bool:
    around = control.parentWidget()
    while around is not None and around is not sheet:
        if isinstance(around, QScrollArea):
            return True
        around = around.parentWidget()
    return False


def place(widget: QWidget, inside: QWidget) -> QRect:
    return QRect(widget.mapTo(inside, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("size", [(1280, 640), (760, 480)], ids=["1280x640", "760x480"])
@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft], ids=["ltr", "rtl"]
)
def test_no_control_is_cut(
    qtbot: QtBot,
    dressed: None,
    opened: Workspace,
    own_home: Path,
    tmp_path: Path,
    maker: Maker,
    size: tuple[int, int],
    direction: Qt.LayoutDirection,
) -> None:
    behind = window(qtbot, *size)
    behind.setLayoutDirection(direction)
    folder = tmp_path / "files"
    folder.mkdir()
    sheet = maker(behind, opened, folder)
    settled(qtbot, sheet)
    panel = place(sheet._panel, sheet)
    assert sheet.rect().contains(panel)
    assert behind.size().toTuple() == size
    for control in controls(sheet):
        where = place(control, sheet)
        if scrolls(control, sheet):
            assert panel.left() <= where.left() <= where.right() <= panel.right(), control.accessibleName()
            continue
        assert panel.contains(where), control.accessibleName()
        if isinstance(control, QAbstractButton):
            assert control.width() >= control.minimumSizeHint().width(), control.accessibleName()
            assert control.height() >= control.minimumSizeHint().height(), control.accessibleName()
    sheet.grab()


def test_every_control_has_a_name_and_tab_reaches_it(
    qtbot: QtBot, opened: Workspace, own_home: Path, tmp_path: Path, maker: Maker
) -> None:
    behind = window(qtbot)
    folder = tmp_path / "files"
    folder.mkdir()
    sheet = maker(behind, opened, folder)
    settled(qtbot, sheet)
    wanted = [control for control in controls(sheet) if control.isEnabled()]
    assert all(control.accessibleName() for control in wanted)
    reached = set()
    for _ in range(len(wanted) + 6):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert sheet.isAncestorOf(focus)
        reached.add(focus)
        press(Qt.Key.Key_Tab)
    radio = {control for control in wanted if getattr(control, "autoExclusive", bool)()}  # one stop for a group
    assert set(wanted) - radio <= reached
    press(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert behind.article.hasFocus()
