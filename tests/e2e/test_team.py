"""A team from the first article to the exported gold, at the window and by keys: read it as the manual.

Lea leads. Anna and Ben code, each in a package of their own, and see nothing of each other until she compares them.
"""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton

from annotator.settings import Settings
from annotator.storage import location
from tests.e2e.team_tools import choosing, menu, sheet, standing, tab_to, told, turn_to, wait_for
from ui.dialogs.import_dialog import ImportDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")

FERRY = "Ferry talks resume\n\nThe ferry talks went on, said Ilka Dornath. About 400 people waited.\n"
STRIKE = "Harbour strike goes on\n\nDockers demand higher pay, said the union of Sellen.\n"


@pytest.fixture(autouse=True)
def lasting(monkeypatch):
    """Folders for tests are cleared away like any for temporary files; here they stand for a person's own."""
    monkeypatch.setattr(location, "is_transient", lambda _path: False)


@pytest.fixture
def post(tmp_path) -> Path:
    """What people send each other."""
    folder = tmp_path / "post"
    folder.mkdir()
    return folder


def drop(driver, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    nothing = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    driver.window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, *nothing))
    QApplication.processEvents()


def type_in(driver, text: str) -> None:
    driver.press(*("Space" if sign == " " else sign for sign in text))


def open_article(driver, title: str) -> None:
    """Filter the list by the title and press Enter, as one does."""
    driver.press("Ctrl+L")
    type_in(driver, title)
    driver.press("Enter", "Ctrl+L", "Esc", "Esc")
    assert driver.desk.document.about.title == title


def tag(driver, words: str, key: str) -> None:
    """Put the caret before the words, hold, go on word by word to their end, and press the tag's key."""
    driver.put_caret(words)
    driver.press("v", *["Right"] * len(words.split()), key)


def states(driver) -> dict[str, str]:
    """What the list says of each article."""
    model = driver.desk.documents.model
    rows = [model.row(place) for place in range(model.rowCount())]
    return {row.title: row.state for row in rows if row is not None}


def test_a_team_from_the_first_article_to_the_exported_gold(open_driver, tmp_path, post, own_home):
    lea = lea_begins(open_driver, tmp_path)
    packages = lea_assigns_and_shares(lea, post)
    annas = anna_codes(open_driver, packages["Anna"], post)
    bens = ben_codes(open_driver, packages["Ben"], post)
    lea_brings_both_in_and_closes_the_round(lea, [annas, bens])
    lea_decides(lea)
    update = lea_sends_one_article_back(lea, post)
    again = anna_sees_what_was_decided(open_driver, packages["Anna"], update, post)
    lea_finishes_and_exports(lea, again, own_home)


def lea_begins(open_driver, tmp_path):
    """Ctrl+N makes a project; articles are dropped on the window; the name is given at the first opportunity."""
    Settings().set("name", "Lea")
    lea = open_driver(None)
    lea.press("Ctrl+N")
    type_in(lea, "News")
    lea.press("Enter")
    assert lea.desk.workspace.project.meta("title") == "News"
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY, "utf-8")
    (folder / "strike.txt").write_text(STRIKE, "utf-8")
    drop(lea, folder)
    front = lea.window.findChild(ImportDialog)
    lea.qtbot.waitUntil(lambda: front._preview is not None)
    lea.press("Enter")
    wait_for(lea)
    assert set(states(lea)) == {"Ferry talks resume", "Harbour strike goes on"}
    return lea


def lea_assigns_and_shares(lea, post) -> dict[str, Path]:
    """Menu, “Coders…”: the team. “Assign articles…”: both articles to both. “Packages for coders…”: one for each."""
    menu(lea, "Coders…")
    for name in ("Anna", "Ben", "Lea"):
        tab_to(lea, "Name of a new coder")
        lea.press(*name, "Enter")
    lea.press("Esc")
    lea.desk.status.coder_requested.emit()  # a click on the name in the foot line says who one is
    lea.press(*"Lea", "Enter")
    menu(lea, "Assign articles…")
    tab_to(lea, "By hand")
    lea.press("Right", "Right")  # in pairs
    for name in ("Anna", "Ben"):
        tab_to(lea, name)
        lea.press("Space")
    assert "2 articles, 4 assignments. Undo takes it back." in told(sheet(lea))
    lea.press("Enter")
    choosing(lea, post)
    menu(lea, "Packages for coders…")
    for name in ("Anna", "Ben"):
        tab_to(lea, name)
        lea.press("Space")
    tab_to(lea, "Folder: change the place")
    lea.press("Space")
    tab_to(lea, "Write 2 packages")
    lea.press("Enter")
    wait_for(lea)
    assert "Nothing of others’ work. Opening it makes one that coder." in told(sheet(lea))
    lea.press("Esc")
    return {name: next(post.glob(f"News–{name}–*")) for name in ("Anna", "Ben")}


def anna_codes(open_driver, package: Path, post: Path) -> Path:
    """Opening the package makes one Anna. Ctrl+Enter declares an article done and goes on; Ctrl+Shift+S sends home."""
    anna = open_driver(package)
    assert anna.desk.workspace.coder.name == "Anna"
    assert "Review" not in told(anna.desk.documents)
    open_article(anna, "Ferry talks resume")
    tag(anna, "Ilka Dornath", "1")
    tag(anna, "400 people", "5")
    anna.press("Ctrl+Enter")
    assert anna.desk.document.about.title == "Harbour strike goes on"
    tag(anna, "Dockers", "1")
    tag(anna, "higher pay", "4")
    return finish_and_send(anna, post / "from Anna")


def ben_codes(open_driver, package: Path, post: Path) -> Path:
    """Ben reads the same articles; nothing that Anna did is to be seen, and nothing of it is in his file."""
    ben = open_driver(package)
    open_article(ben, "Ferry talks resume")
    assert ben.tags() == []
    tag(ben, "Ilka Dornath", "1")
    tag(ben, "About 400 people", "5")
    ben.press("Ctrl+Enter")
    tag(ben, "Dockers", "1")
    return finish_and_send(ben, post / "from Ben")


def finish_and_send(driver, folder: Path) -> Path:
    driver.press("Ctrl+Enter")
    if driver.said.startswith("Not done yet"):  # it listed what is still open; the second press is meant
        driver.press("Ctrl+Enter")
    assert "All of yours is done" in driver.said
    folder.mkdir()
    choosing(driver, folder)
    driver.press("Ctrl+Shift+S")
    tab_to(driver, "Folder: change the place")
    driver.press("Space")
    tab_to(driver, "Write the copy")
    driver.press("Enter")
    wait_for(driver)
    (sent,) = folder.iterdir()
    driver.press("Esc")
    driver.window.close()
    return sent


def lea_brings_both_in_and_closes_the_round(lea, sent: list[Path]) -> None:
    """Both files are dropped on the window. The sheet says what would come; Enter brings it in, as one step."""
    turn_to(lea)
    drop(lea, *sent)
    wait_for(lea)
    assert "7 annotations and 4 readings new" in told(sheet(lea))
    lea.press("Enter")
    wait_for(lea)
    assert lea.said == "Brought in 2 files: 7 annotations and 4 readings new"
    assert set(states(lea).values()) == {"ready for review"}
    menu(lea, "Close the round…")
    lea.press("Enter")
    assert lea.said == "Closed the round of 2 articles"


def lea_decides(lea) -> None:
    """Ctrl+2: one key for each place, a reading by its number. T takes what agrees; Ctrl+Enter closes the article."""
    lea.press("Ctrl+2")
    lea.qtbot.waitUntil(lambda: head(lea) == "0 of 2 decided")
    assert lea.desk.review.session.case.place.quote == "About 400 people"
    lea.press("r", "b")  # the reason goes with the decision: boundary rule
    lea.press(number_of(lea, "Ben"), "t", "Ctrl+Enter")
    lea.qtbot.waitUntil(lambda: head(lea) == "1 of 2 decided")


def head(driver) -> str:
    """How many places are decided."""
    return driver.window.findChild(QLabel, "review_head").text()


def number_of(driver, name: str) -> str:
    """The digit of somebody's reading at the place at hand."""
    readers = driver.desk.review.session.case.readers
    return str(1 + next(n for n, reader in enumerate(readers) if reader.name == name))


def lea_sends_one_article_back(lea, post: Path) -> Path:
    """S at a place sends the article back with a note. The package is made again: for Anna it is an update."""
    assert lea.desk.review.session.case.place.quote == "higher pay"
    lea.press("s")
    note = QApplication.focusWidget()
    first = tab_to_whom(lea)
    if first != "Anna":
        lea.press("Right")
    note.setFocus()
    type_in(lea, "Is the claim missing?")
    lea.press("Enter")
    assert lea.said == "Sent “Harbour strike goes on” back to Anna"
    lea.press("Ctrl+1")
    folder = post / "again"
    folder.mkdir()
    choosing(lea, folder)
    menu(lea, "Packages for coders…")
    tab_to(lea, "Anna")
    lea.press("Space")
    tab_to(lea, "Folder: change the place")
    lea.press("Space")
    tab_to(lea, "Write 1 package")
    lea.press("Enter")
    wait_for(lea)
    lea.press("Esc")
    (made,) = folder.iterdir()
    return made


def tab_to_whom(driver) -> str:
    """Tab to the choice of the person; returns who is chosen."""
    for _ in range(20):
        focus = QApplication.focusWidget()
        if isinstance(focus, QRadioButton):
            return focus.accessibleName()
        driver.press("Tab")
    raise AssertionError("Tab leads to the names")


def anna_sees_what_was_decided(open_driver, package: Path, update: Path, post: Path) -> Path:
    """The update comes into her file. She sees what came back, and by Ctrl+Shift+M what was decided otherwise."""
    anna = open_driver(package)
    drop(anna, update)
    wait_for(anna)
    assert "Bring into your file (1 answer, 1 correction, 1 sent back)" in told(sheet(anna))
    anna.press("Enter")
    wait_for(anna)
    assert anna.desk.workspace.project.path == package, "no second project"
    open_article(anna, "Ferry talks resume")
    assert standing(anna).startswith("In review")
    anna.press("Ctrl+Shift+M")
    corrections = anna.desk.review.corrections
    (correction,) = corrections.model.corrections
    you, agreed, _ = corrections.model.told(correction)
    assert (you, agreed) == ("You: figure “400 people”", "Agreed: figure “About 400 people”")
    assert correction.rule == "boundary rule"
    anna.press("Esc")
    assert "Sent back to you (1)" in told(anna.desk.documents)
    open_article(anna, "Harbour strike goes on")
    assert standing(anna) == "Sent back to you: Is the claim missing?"
    tag(anna, "Dockers demand higher pay", "2")
    return finish_and_send(anna, post / "from Anna again")


def lea_finishes_and_exports(lea, sent: Path, own_home: Path) -> None:
    """What came home again is brought in and decided; Ctrl+E writes everything, gold and decisions too."""
    turn_to(lea)
    drop(lea, sent)
    wait_for(lea)
    lea.press("Enter")
    wait_for(lea)
    lea.press("Ctrl+2")
    lea.qtbot.waitUntil(lambda: head(lea) == "1 of 3 decided")
    lea.press("j")  # to the next place that waits
    for _ in range(2):
        lea.press(number_of(lea, "Anna"))
    lea.press("t", "Ctrl+Enter")
    lea.qtbot.waitUntil(lambda: head(lea) == "3 of 3 decided")
    lea.press("Ctrl+1")
    assert set(states(lea).values()) == {"gold"}
    lea.press("Ctrl+E")
    lea.qtbot.waitUntil(lambda: bool(sheet(lea)._export.isEnabled()))
    lea.press("Enter")
    wait_for(lea)
    (lines,) = own_home.rglob("*.jsonl")
    documents = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    gold = {
        each["title"]: sorted((mark["tag"], mark["text"]) for mark in each["annotations"] if mark["kind"] == "gold")
        for each in documents
    }
    assert gold == {
        "Ferry talks resume": [("actor", "Ilka Dornath"), ("figure", "About 400 people")],
        "Harbour strike goes on": [
            ("actor", "Dockers"),
            ("claim", "Dockers demand higher pay"),
            ("demand", "higher pay"),
        ],
    }
