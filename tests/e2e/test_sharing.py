"""Sharing in real windows, by keys: people, assignments, rounds, packages, work sent home, colleagues' files."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox

from annotator.errors import AnnotatorError
from annotator.operations import assigning, rounds, sharing
from annotator.operations.annotations import tag_span
from annotator.operations.coders import add_coder
from annotator.operations.entities import add_entity
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.operations.readings import set_state
from annotator.operations.team import team
from annotator.settings import Settings
from annotator.storage import assignments, entity_queries, location, queries
from annotator.storage.project import Project
from tests.core.review_world import TEXTS, key
from tests.e2e.team_tools import button, choosing, menu, sheet, standing, tab_to, told, turn_to, wait_for
from ui.acts.projects import Projects
from ui.sharing import assign_sheet, at_scale
from ui.sharing.assign_sheet import AssignSheet
from ui.sharing.rounds_sheet import RoundsSheet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")


@pytest.fixture(autouse=True)
def lasting(monkeypatch):
    """Folders for tests are cleared away like any for temporary files; here they stand for a person's own."""
    monkeypatch.setattr(location, "is_transient", lambda _path: False)


@pytest.fixture
def lead(project_path, tmp_path, open_driver):
    """Mara leads six articles; Jonas and Anna are to code."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    with Project.open(project_path) as project:
        import_paths(project, [folder])
        for name in ("Jonas", "Anna"):
            add_coder(project, name)
    return open_driver(project_path)


def project(driver) -> Project:
    return driver.desk.workspace.project


def listed(driver) -> list[tuple[str, str]]:
    """Title and state of every article that the list shows."""
    model = driver.desk.documents.model
    rows = [model.row(place) for place in range(model.rowCount())]
    return [(row.title, row.state) for row in rows if row is not None]


def chosen(driver, name: str) -> str:
    """What a choice in the side bar stands at."""
    return driver.window.findChild(QComboBox, name).currentText()


# ---- people


def test_two_names_of_one_person_become_one_and_two_again(lead):
    with Project.open(project(lead).path) as other:
        own = add_coder(other, "J. Brandt")[0]
        tag_span(other, 1, own, "actor", [(0, 9)])
    menu(lead, "Coders…")
    people = sheet(lead)
    people.choose("Jonas")
    tab_to(lead, "Name").selectAll()
    lead.press(*"Jonas", "Space", *"Brandt", "Enter")
    people.choose("J. Brandt")
    same = tab_to(lead, "The same person as")
    same.setCurrentText("Jonas Brandt")
    tab_to(lead, "Are one person")
    lead.press("Space")
    assert [(each.name, each.also) for each in team(project(lead))] == [
        ("Anna", ()),
        ("Jonas Brandt", ("J. Brandt",)),
        ("Mara", ()),
    ]
    assert lead.said == "J. Brandt is Jonas Brandt"
    people.choose("Jonas Brandt")
    tab_to(lead, "Apart again")
    lead.press("Space")
    assert [each.name for each in team(project(lead))] == ["Anna", "J. Brandt", "Jonas Brandt", "Mara"]
    lead.press("Ctrl+Z", "Ctrl+Z")
    assert [each.name for each in team(project(lead))] == ["Anna", "J. Brandt", "Jonas Brandt", "Mara"]


def test_a_new_coder_is_added_and_a_name_that_is_taken_is_refused_beside_it(lead):
    menu(lead, "Coders…")
    tab_to(lead, "Name of a new coder")
    lead.press(*"Ben", "Enter")
    assert sheet(lead).chosen.name == "Ben"
    tab_to(lead, "Name").selectAll()
    lead.press(*"Anna", "Enter")
    assert "There is a coder named Anna already." in told(sheet(lead))
    assert "Ben" in [each.name for each in team(project(lead))]


def test_whoever_is_called_otherwise_goes_on_under_the_new_name(lead):
    menu(lead, "Coders…")
    sheet(lead).choose("Mara")
    tab_to(lead, "Name").selectAll()
    lead.press(*"Maria", "Enter", "Esc")
    assert lead.desk.workspace.coder.name == "Maria"
    assert "Maria" in told(lead.desk.status)


# ---- who codes what


def test_articles_are_assigned_by_hand_and_taken_back(lead):
    menu(lead, "Assign articles…")
    lead.press("Home", "Shift+Down")
    tab_to(lead, "Jonas")
    lead.press("Space")
    assert "0 → 2" in told(sheet(lead))
    lead.press("Enter")
    jonas = key(project(lead), "Jonas")
    assert assigning.loads(project(lead)) == {jonas: 2}
    assert lead.said == "Assigned 2 articles to Jonas"
    menu(lead, "Assign articles…")
    lead.press("Home")
    tab_to(lead, "Jonas")
    lead.press("Space")
    tab_to(lead, "Take back")
    lead.press("Space")
    assert assigning.loads(project(lead)) == {jonas: 1}
    lead.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z", "Ctrl+Z")  # the first press each time says what it would take back
    assert assigning.loads(project(lead)) == {}


def test_all_are_dealt_out_in_pairs_after_the_plan_was_shown(lead):
    menu(lead, "Assign articles…")
    front = sheet(lead)
    tab_to(lead, "By hand")
    lead.press("Right", "Right")
    for name in ("Anna", "Jonas", "Mara"):
        tab_to(lead, name)
        lead.press("Space")
    assert told(front).count("0 → 4") == 3
    assert "6 articles, 12 assignments. Undo takes it back." in told(front)
    lead.press("Enter")
    assert sorted(assigning.loads(project(lead)).values()) == [4, 4, 4]
    assert {len(each) for each in assignments.assigned(project(lead)).values()} == {2}


@pytest.fixture
def many(lead, monkeypatch):
    """A window for which a handful of articles is as much as it will look through, or write, within a key press."""
    monkeypatch.setattr(at_scale, "FEW", 1)
    monkeypatch.setattr(assign_sheet, "FEW", 1)
    return lead


def test_many_articles_are_dealt_out_beside_the_window(many):
    menu(many, "Assign articles…")
    many.qtbot.waitUntil(lambda: many.window.findChild(AssignSheet) is not None)
    front = sheet(many)
    tab_to(many, "By hand")
    many.press("Right", "Right")
    for name in ("Anna", "Jonas", "Mara"):
        tab_to(many, name)
        many.press("Space")
    many.qtbot.waitUntil(lambda: "6 articles, 12 assignments. Undo takes it back." in told(front))
    assert told(front).count("0 → 4") == 3
    many.press("Enter")
    wait_for(many)
    assert sorted(assigning.loads(project(many)).values()) == [4, 4, 4]
    assert many.said.startswith("Assigned 6 articles to")
    many.press("Ctrl+Z", "Ctrl+Z")
    assert assigning.loads(project(many)) == {}


def test_a_sheet_that_is_closed_while_it_works_something_out_is_simply_gone(many):
    menu(many, "Assign articles…")
    many.qtbot.waitUntil(lambda: many.window.findChild(AssignSheet) is not None)
    tab_to(many, "By hand")
    many.press("Right")
    tab_to(many, "Anna")
    many.press("Space", "Esc")
    many.qtbot.waitUntil(lambda: many.window.findChild(AssignSheet) is None)
    many.press("Ctrl+S")
    assert "saved" in many.said


def test_a_round_of_many_articles_is_closed_beside_the_window(many):
    work = many.desk.workspace
    for document in (1, 2, 3):
        work.do(lambda p, d=document: tag_span(p, d, key(p, "Jonas"), "actor", [(0, 9)]))
        work.do(set_state, document, key(project(many), "Jonas"), "done")
    menu(many, "Close the round…")
    many.qtbot.waitUntil(lambda: many.window.findChild(RoundsSheet) is not None)
    assert "Close the round of 3 articles" in told(sheet(many))
    many.press("Enter")
    wait_for(many)
    assert assignments.closed(project(many)) == {1, 2, 3}


def test_a_pair_of_one_is_no_pair(lead):
    menu(lead, "Assign articles…")
    tab_to(lead, "By hand")
    lead.press("Right", "Right")
    tab_to(lead, "Anna")
    lead.press("Space", "Enter")
    assert "Choose at least 2 coders, each of them once." in told(sheet(lead))
    assert assigning.loads(project(lead)) == {}


def test_a_sample_is_drawn_by_a_seed_that_is_kept(lead):
    menu(lead, "Assign articles…")
    tab_to(lead, "By hand")
    lead.press("Right", "Right", "Right")
    for name in ("Anna", "Jonas"):
        tab_to(lead, name)
        lead.press("Space")
    for name, number in (("How many articles", "3"), ("Seed", "7")):
        tab_to(lead, name).selectAll()
        lead.press(number)
    lead.press("Enter")
    (drawn,) = assigning.samples(project(lead))
    assert (drawn.seed, len(drawn.documents)) == (7, 3)
    assert {len(each) for each in assignments.assigned(project(lead)).values()} == {2}


def test_done_leads_to_the_next_of_ones_own(lead):
    jonas = key(project(lead), "Jonas")
    lead.desk.workspace.do(assigning.assign, [(1, jonas), (3, jonas), (5, jonas)])
    lead.desk.workspace.become("Jonas")
    assert "0 of 3" in told(lead.desk.documents)
    lead.desk.workspace.show_document(1)
    lead.press("Ctrl+Enter")
    assert lead.desk.workspace.document == 3
    lead.press("Ctrl+Enter")
    assert lead.desk.workspace.document == 5
    assert "2 of 3" in told(lead.desk.documents)


# ---- how far each article is


def test_the_list_shows_how_far_each_article_is_and_filters_by_it(lead):
    jonas, anna = (key(project(lead), name) for name in ("Jonas", "Anna"))
    work = lead.desk.workspace
    work.do(assigning.assign, [(document, coder) for document in (1, 2, 3) for coder in (jonas, anna)])
    for document in (1, 2):
        for coder in (jonas, anna):
            work.do(set_state, document, coder, "done")
    assert [state for _, state in listed(lead)][:3] == ["ready for review", "ready for review", "waiting"]
    lead.qtbot.waitUntil(lambda: chosen(lead, "team_filter") == "All articles, 6")
    tab_to(lead, "Which articles")
    lead.press("Down", "Down")
    assert chosen(lead, "team_filter") == "Ready for review, 2"
    assert len(listed(lead)) == 2
    menu(lead, "How far each article is")
    assert {state for _, state in listed(lead)} == {"not started"}


# ---- rounds


def test_a_closed_round_leaves_the_own_coding_to_be_looked_at_until_it_comes_back(lead):
    jonas, work = key(project(lead), "Jonas"), lead.desk.workspace
    work.do(assigning.assign, [(1, jonas)])
    work.do(lambda project: tag_span(project, 1, jonas, "actor", [(0, 9)]))
    work.do(set_state, 1, jonas, "done")
    menu(lead, "Close the round…")
    assert "Close the round of 1 article" in told(sheet(lead))
    lead.press("Enter")
    assert assignments.is_closed(project(lead), 1)
    work.become("Jonas")
    assert standing(lead).startswith("In review: you can look at your coding.")
    lead.put_caret("Ostrell")
    lead.press("1")
    assert lead.tags() == [("actor", "Ministers")]
    assert lead.said.startswith("The article is in review")
    work.become("Mara")
    work.do(rounds.return_reading, 1, jonas, lead=work.coder_key(), note="Rule A2")
    work.become("Jonas")
    assert standing(lead) == "Sent back to you: Rule A2"
    assert "Sent back to you (1)" in told(lead.desk.documents)
    button(lead.desk.documents, "Sent back to you").click()
    assert listed(lead) == [("Ministers meet in Ostrell", "returned")]
    lead.put_caret("Ostrell")
    lead.press("1", "Ctrl+Enter")
    assert not standing(lead) or "In review" in standing(lead)
    assert assignments.document_states(project(lead))[1] == "ready for review"


def test_blind_coding_is_a_setting(lead):
    menu(lead, "Close the round…")
    assert "Nothing is ready yet" in told(sheet(lead))
    tab_to(lead, "Coders see nobody else’s work until the round is closed")
    lead.press("Space", "Esc")
    assert not rounds.is_blind(project(lead))


# ---- packages


def share_with(lead, folder: Path, *names: str) -> dict[str, Path]:
    """Packages by the sheet, by keys."""
    choosing(lead, folder)
    menu(lead, "Packages for coders…")
    for name in names:
        tab_to(lead, name)
        lead.press("Space")
    tab_to(lead, "Folder: change the place")
    lead.press("Space")
    tab_to(lead, sheet(lead).main.text())
    lead.press("Enter")
    wait_for(lead)
    said = told(sheet(lead))
    lead.press("Esc")
    found = {name: next(iter(sorted(folder.glob(f"*{name}*.annotator"), reverse=True))) for name in names}
    assert all(path.name in said for path in found.values())
    return found


def test_packages_are_written_where_one_says_and_make_one_that_coder(lead, tmp_path, open_driver):
    jonas, anna = (key(project(lead), name) for name in ("Jonas", "Anna"))
    lead.desk.workspace.do(assigning.assign, [(1, jonas), (2, jonas), (2, anna)])
    (tmp_path / "out").mkdir()
    files = share_with(lead, tmp_path / "out", "Jonas", "Anna")
    assert lead.said == f"Wrote 2 packages into {tmp_path / 'out'}"
    coder = open_driver(files["Jonas"])
    assert coder.desk.workspace.coder.name == "Jonas"
    assert len(listed(coder)) == 2
    assert "Review" not in told(coder.desk.documents)
    for words in ("Assign articles…", "Packages for coders…", "Import articles…"):
        with pytest.raises(AssertionError, match="can be chosen"):
            menu(coder, words)
    coder.desk.dispatcher.perform("assign")
    assert coder.said == "This belongs to the lead’s project; this is your package"


def test_work_is_sent_home_and_brought_in_as_one_step(lead, tmp_path, open_driver):
    jonas = key(project(lead), "Jonas")
    lead.desk.workspace.do(assigning.assign, [(1, jonas)])
    (tmp_path / "out").mkdir()
    coder = open_driver(share_with(lead, tmp_path / "out", "Jonas")["Jonas"])
    coder.put_caret("Ostrell")
    coder.press("1", "Ctrl+Enter")
    assert "All of yours is done" in coder.said
    home = tmp_path / "home"
    home.mkdir()
    choosing(coder, home)
    coder.press("Ctrl+Shift+S")
    assert "1 of 1 articles are done" in told(sheet(coder))
    tab_to(coder, "Folder: change the place")
    coder.press("Space")
    tab_to(coder, "Write the copy")
    coder.press("Enter")
    wait_for(coder)
    (sent,) = home.iterdir()
    assert sent.name.startswith("Talks–Jonas–")
    assert coder.said == f"Your work lies in {sent}"
    coder.window.close()
    choosing(lead, sent)
    turn_to(lead)
    lead.press("Ctrl+Shift+I", "Enter")
    wait_for(lead)
    assert "1 annotation and 1 reading new" in told(sheet(lead))
    lead.press("Enter")
    wait_for(lead)
    assert [each.quote for each in queries.annotations_of(project(lead), 1, jonas)] == ["Ostrell"]
    assert lead.said.startswith(f"Brought in “{sent.name[:20]}")
    lead.press("Ctrl+Z")
    assert lead.said.startswith("Undo would take back: Bring in")
    lead.press("Ctrl+Z")
    wait_for(lead)
    assert queries.annotations_of(project(lead), 1, jonas) == []
    lead.window.act(Projects).bring_in([str(sent)])
    wait_for(lead)
    lead.press("Enter")
    wait_for(lead)
    lead.window.act(Projects).bring_in([str(sent)])
    wait_for(lead)
    assert "Nothing new" in told(sheet(lead))


def test_a_newer_package_is_offered_as_an_update_and_never_becomes_a_second_project(lead, tmp_path, open_driver):
    jonas, work = key(project(lead), "Jonas"), lead.desk.workspace
    work.do(assigning.assign, [(1, jonas)])
    (tmp_path / "out").mkdir()
    first = share_with(lead, tmp_path / "out", "Jonas")["Jonas"]
    work.do(assigning.assign, [(2, jonas), (3, jonas)])
    second = sharing.share(project(lead), tmp_path / "second.annotator", jonas).path
    coder = open_driver(first)
    coder.put_caret("Ostrell")
    coder.press("1")
    coder.window.act(Projects).take_files([str(second)])
    wait_for(coder)
    assert "Bring into your file (2 new articles)" in told(sheet(coder))
    coder.press("Enter")
    wait_for(coder)
    assert project(coder).path == first
    assert len(listed(coder)) == 3
    assert coder.tags() == [("actor", "Ostrell")]
    assert coder.said == "Brought in from the lead: 2 new articles"
    assert coder.window.act(Projects).open(str(second)) is False
    wait_for(coder)
    assert "There is nothing new in it." in told(sheet(coder))


def test_the_own_file_is_found_among_the_recent_ones(lead, tmp_path, open_driver):
    jonas = key(project(lead), "Jonas")
    first = sharing.share(project(lead), tmp_path / "first.annotator", jonas).path
    open_driver(first).window.close()
    lead.desk.workspace.do(lambda project: import_paths(project, [tmp_path / "articles"])[0])
    second = sharing.share(project(lead), tmp_path / "second.annotator", jonas).path
    assert str(first) in [each["path"] for each in Settings().get("recent")]
    lead.window.act(Projects).open(str(second))
    wait_for(lead)
    assert first.name in told(sheet(lead))


# ---- colleagues' files


def drop(driver, *paths: Path) -> None:
    """Drop files on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    nothing = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    driver.window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, *nothing))
    QApplication.processEvents()


@pytest.fixture
def copies(lead, tmp_path) -> list[Path]:
    """Two copies of the project: in one Jonas has another name, and both know an actor that the project knows too."""
    add_entity(project(lead), "Ilka Dornath")
    made = []
    for name, coder in (("one", "Anna"), ("two", "jonas")):
        path = tmp_path / f"{name}.annotator"
        project(lead).copy_to(path)
        with Project.open(path) as copy:
            tag_span(copy, 1, add_coder(copy, coder)[0], "actor", [(0, 9)])
        made.append(path)
    with Project.open(made[1]) as copy:
        add_entity(copy, "Ilka  Dornath")
    return made


def test_dropped_copies_come_in_together_with_what_was_agreed_to(lead, copies):
    drop(lead, *copies)
    wait_for(lead)
    front = sheet(lead)
    assert "Bring in 2 files" in told(front)
    assert "2 annotations" in told(front)
    tab_to(lead, "jonas of two.annotator")
    lead.press("Down")
    tab_to(lead, "“Ilka Dornath” is your “Ilka Dornath”")
    lead.press("Space", "Enter")
    wait_for(lead)
    jonas = key(project(lead), "Jonas")
    assert [each.quote for each in queries.annotations_of(project(lead), 1, jonas)] == ["Ministers"]
    assert [each.name for each in team(project(lead))] == ["Anna", "Jonas", "Mara"]
    assert len(entity_queries.registry(project(lead)).mains) == 1


def test_nothing_is_united_that_nobody_agreed_to(lead, copies):
    drop(lead, copies[1])
    wait_for(lead)
    lead.press("Enter")
    wait_for(lead)
    assert sorted(each.name for each in team(project(lead))) == ["Anna", "Jonas", "Mara", "jonas"]
    assert len(entity_queries.registry(project(lead)).mains) == 2


def test_a_file_that_cannot_be_used_is_named_and_the_others_can_come_in(lead, copies, tmp_path):
    wrong = tmp_path / "wrong.annotator"
    wrong.write_bytes(b"no project at all")
    drop(lead, wrong, copies[0])
    wait_for(lead)
    assert "wrong.annotator" in told(sheet(lead))
    assert "Left out 1" in told(sheet(lead))
    lead.press("Enter")
    wait_for(lead)
    assert [each.quote for each in queries.annotations_of(project(lead), 1, key(project(lead), "Anna"))] == [
        "Ministers"
    ]


def test_looking_at_files_changes_nothing_and_stops_with_the_sheet(lead, copies):
    before = project(lead).rows("SELECT count(*) FROM step")
    drop(lead, *copies)
    lead.press("Esc")
    drop(lead, *copies)
    wait_for(lead)
    lead.press("Esc")
    assert project(lead).rows("SELECT count(*) FROM step") == before
    assert not list(project(lead).path.parent.glob(".annotator-merge-*"))


def test_bringing_in_can_be_stopped_and_leaves_the_project_as_it_was(lead, copies):
    drop(lead, *copies)
    wait_for(lead)
    sheet(lead).main.click()
    lead.desk.jobs.cancel()
    wait_for(lead)
    assert lead.said == "Stopped. Nothing was brought in."
    assert queries.annotations_of(project(lead), 1, key(project(lead), "Anna")) == []


def test_what_a_killed_merge_left_beside_the_project_goes_when_it_is_opened_again(lead, open_driver):
    """Of a process that is gone; what another window or another computer works on stays."""
    folder = project(lead).path.parent
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    host = re.sub(r"\W", "_", socket.gethostname())
    names = [f"{host}-{gone.pid}-a", f"{host}-{os.getppid()}-b", f"elsewhere-{gone.pid}-c"]
    left = [folder / f".annotator-merge-{name}" for name in names]
    for each in left:
        (each / "0").mkdir(parents=True)
        (each / "0" / "news.annotator").write_bytes(b"copy")
    lead.window.close()
    again = open_driver(folder / "talks.annotator")
    again.qtbot.waitUntil(lambda: not left[0].exists())
    assert [each.exists() for each in left[1:]] == [True, True]


def test_another_project_that_is_dropped_is_opened(lead, tmp_path):
    create_project(tmp_path / "else.annotator", title="Something else").close()
    drop(lead, tmp_path / "else.annotator")
    assert project(lead).meta("title") == "Something else"


def test_a_damaged_file_alone_says_what_is_wrong(lead, tmp_path):
    (tmp_path / "bad.annotator").write_bytes(b"nothing")
    drop(lead, tmp_path / "bad.annotator")
    assert "bad.annotator" in lead.said
    with pytest.raises(AnnotatorError):
        Project.open(tmp_path / "bad.annotator")
