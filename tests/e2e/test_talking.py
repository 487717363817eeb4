"""A coder and the lead talk about an annotation: asked in Code, answered in Review, read and settled in Code."""

import re

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from annotator.operations import notes, rounds, talking
from annotator.operations.coders import add_coder
from annotator.settings import Settings
from annotator.storage import queries
from annotator.storage.project import Project
from tests.core.review_tools import annotation, article, coder, project_of

TEXT = "The army of Ruritania said the fleet would not attack Graustark on Monday."


@pytest.fixture
def asked(tmp_path):
    """Ada and Ben are done; Ada has asked about “The army”, and nobody has answered."""
    marks = [annotation("Ada", "actor", 0, 8), annotation("Ada", "actor", 27, 36), annotation("Ben", "actor", 4, 8)]
    path = tmp_path / "talk.annotator"
    with project_of(path, [article(TEXT, marks, title="Talks")]) as project:
        add_coder(project, "Lea")
        first = queries.annotations_of(project, 1, coder(project, "Ada"))[0]
        notes.set_question(project, first.key, "With its article?")
    return path


def as_person(open_driver, path, name):
    """The window of a person, where the last thing that the person wrote is chosen."""
    with Project.open(path) as project:
        own = next(each.id for each in queries.coders(project) if each.name == name)
        Settings().set_place(project.meta("project"), {"coder": own})
    driver = open_driver(path)
    driver.window.resize(1366, 768)  # a narrower one folds the details away
    return driver


def told(widget) -> str:
    parts = [*widget.findChildren(QLabel), *widget.findChildren(QAbstractButton)]
    return "\n".join(re.sub("<[^>]+>", "", each.text()) for each in parts if each.isVisible())


def inspector(driver) -> str:
    driver.settle()
    QApplication.processEvents()
    return told(driver.desk.details.inspector)


def test_the_lead_sees_the_question_and_the_coder_the_answer(asked, open_driver):
    lea = as_person(open_driver, asked, "Lea")
    lea.press("Ctrl+2")
    lea.qtbot.waitUntil(lambda: not lea.desk.review.session.is_busy)
    lea.settle()
    QApplication.processEvents()
    assert "Asks: With its article?" in told(lea.desk.review.details)
    QTest.keyClicks(lea.desk.review.details.talk.line, "No: see rule A2.")
    QTest.keyClick(lea.desk.review.details.talk.line, "\r")
    lea.window.close()

    ada = as_person(open_driver, asked, "Ada")
    ada.press("Ctrl+1")
    ada.put_caret("army")
    assert "Lea: No: see rule A2." in inspector(ada)
    ada.press("n")
    assert "rule A2" not in inspector(ada)
    ada.press("j")  # what waits for her is walked like all that is open
    while "wrote" not in ada.said:
        ada.press("j")
    assert "Lea wrote: “No: see rule A2.”" in ada.said

    ada.press("Shift+M", *"Thanks", "Enter")
    assert QApplication.focusWidget() is ada.desk.article
    project = ada.desk.workspace.project
    (thread,) = talking.threads(project, [1])
    assert [each.text for each in thread.messages] == ["No: see rule A2.", "Thanks"]
    assert "Ada: Thanks" in inspector(ada)
    settle = next(
        each for each in ada.desk.details.inspector.talk.findChildren(QAbstractButton) if each.text() == "Settled"
    )
    settle.click()
    assert talking.threads(project, [1])[0].settled
    ada.press("Ctrl+Z")
    assert not talking.threads(project, [1])[0].settled


def test_a_message_needs_an_annotation_and_is_not_lost_by_escape(asked, open_driver):
    ada = as_person(open_driver, asked, "Ada")
    ada.put_caret("Monday")
    ada.press("Shift+M")
    assert "No annotation is chosen" in ada.said
    ada.press("p", "Shift+M", *"Half", "Esc")
    assert QApplication.focusWidget() is ada.desk.article
    assert ada.desk.details.inspector.talk.line.text() == "Half"


def test_before_the_round_is_closed_a_coder_hears_of_the_other_coder_nothing(asked):
    with Project.open(asked) as project:
        ada, ben, lea = (coder(project, name) for name in ("Ada", "Ben", "Lea"))
        about = [each.id for who in (ada, ben) for each in queries.annotations_of(project, 1, who)[:1]]
        talking.write_message(project, 1, ben, "I left it out.", about)
        talking.write_message(project, 1, lea, "Fine.", about)
        assert [[m.text for m in each.messages] for each in talking.heard_by(project, 1, ada)] == [["Fine."]]
        assert talking.unanswered(project, 1, ada)[about[0]] == ("Lea", "Fine.")
        rounds.close_round(project, [1], lea)
        assert len(talking.heard_by(project, 1, ada)[0].messages) == 2
