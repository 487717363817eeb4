"""What is read and made before the window is there: nothing that only later work needs, and nobody misses it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QListView, QWidget

from annotator.storage import location, queries
from ui.app import start

ROOT = Path(__file__).resolve().parents[2]
# Each of these takes 10 to 100 ms; where they are read instead, docs/decisions tells.
LATER = (
    "sqlite_utils",
    "numpy",
    "scipy",
    "spacy",
    "yaml",
    "charset_normalizer",
    "qtawesome",
    "annotator.figures",
    "click",
    "subprocess",
    "annotator.model.attributes",
    "annotator.operations.completeness",
    "annotator.operations.reviewing",
    "annotator.formats",
    "ui.review.session",
    "ui.panels.actors",
    "ui.panels.history",
    "ui.acts.later",
)
SCRIPT = """
import sys
import ui.command
from PySide6.QtWidgets import QApplication
app = QApplication([])
from annotator.storage import location
location.is_transient = lambda path: False
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from ui.app import start
window = start(Path(sys.argv[1]))

class Look(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(*sys.modules)
            app.quit()
        return False

look = Look()
window.desk.article.viewport().installEventFilter(look)
app.exec()
"""


def test_the_window_is_shown_before_what_only_later_work_needs_is_read(project_path):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", SCRIPT, str(project_path)]
    child = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert child.returncode == 0, child.stderr
    assert [name for name in LATER if name in child.stdout.split()] == []


@pytest.fixture
def started(qtbot, project_path, monkeypatch):
    """The window as a person has it just after the start, with a project, before anything was pressed."""
    monkeypatch.setattr(location, "is_transient", lambda path: False)
    window = start(project_path)
    qtbot.addWidget(window)
    window.showNormal()
    window.resize(1366, 700)  # with the side bar, also on the small screen of the offscreen platform
    yield window
    window.close()


def test_the_rest_of_the_window_is_made_in_a_pause(qtbot, started):
    assert not started.desk.behind.is_made
    qtbot.waitUntil(lambda: started.desk.behind.is_made, timeout=20_000)
    assert started.findChild(QListView, "disagreement_list") is not None
    assert started.desk.review.disagreements.list.model() is not None


def test_a_key_that_comes_first_does_what_it_does_later(qtbot, started):
    article = started.desk.article
    assert not started.desk.behind.is_made
    article.setFocus()
    article.set_caret(article.text().index("Ministers") + 1)
    qtbot.keyClick(article, "1")
    assert [each.quote for each in started.desk.document.annotations()] == ["Ministers"]


def test_a_press_of_a_button_that_comes_first_is_not_lost(qtbot, started):
    handle = started.windowHandle()
    QApplication.processEvents()
    assert not started.desk.behind.is_made
    switch = started.findChild(QWidget, "view_switch")
    buttons = [each for each in switch.findChildren(QAbstractButton) if each.isVisible()]
    review = next(each for each in buttons if each.text() == "Review")
    place = review.mapTo(started, review.rect().center())
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert started.desk.behind.is_made
    qtbot.waitUntil(lambda: started.desk.views.current.id == "review")
    assert started.desk.review.disagreements.list.isVisible()


def test_what_is_made_late_knows_the_project_that_is_open(qtbot, started):
    started.desk.behind.make()
    started.desk.dispatcher.perform("history")
    assert started.desk.history.isVisible()
    assert started.desk.history.model.rowCount() > 0
    started.desk.dispatcher.perform("view_review")
    people = started.findChild(QComboBox, "review_of")
    assert people.count() == 1 + len(queries.coders(started.desk.workspace.project))
