"""A lead changes the codebook in the window, by keys and mouse: differences to read, undo, and nothing half saved."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from annotator.model.codebook_diff import note_of
from annotator.model.codebook_yaml import read_codebook
from annotator.operations import codebook_versions as versions
from annotator.storage import history, version_queries
from ui.acts.codebook import CodebookEditing
from ui.codebook.retire_sheet import RetireSheet
from ui.dialogs.choosing import Chooser


class Fixed(Chooser):
    """Chooses one path, whatever is asked."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def file(self, *_args, **_kwargs) -> Path:
        return self.path

    def destination(self, *_args, **_kwargs) -> Path:
        return self.path


@pytest.fixture
def editor(driver):
    """The editor is open, by its key."""
    driver.window.resize(1280, 640)
    driver.press("Ctrl+Shift+B")
    return driver


def act(driver) -> CodebookEditing:
    return driver.window.act(CodebookEditing)


def sheet(driver):
    return act(driver).sheet


def current(driver):
    return driver.desk.workspace.codebook


def listed(driver):
    return version_queries.versions(driver.desk.workspace.project)


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def write(text: str) -> None:
    for letter in text:
        QTest.keyClicks(focus(), letter)
    QApplication.processEvents()


def rewrite(text: str) -> None:
    focus().selectAll()
    write(text)


def click(where: QWidget, name: str) -> None:
    """Click the one visible button with this name."""
    found = [
        each
        for each in where.findChildren(QAbstractButton)
        if each.isVisible() and each.accessibleName() == name and each.isEnabled()
    ]
    assert len(found) == 1, [each.accessibleName() for each in where.findChildren(QAbstractButton) if each.isVisible()]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton, pos=found[0].rect().center())
    QApplication.processEvents()


def tab_to(driver, name: str) -> QWidget:
    """Press Tab until the keyboard is in what has this name."""
    for _ in range(60):
        if focus().accessibleName() == name:
            return focus()
        driver.press("Tab")
    raise AssertionError(name)


def choose_part(driver, label: str) -> None:
    """Walk the list of parts down to one."""
    parts = sheet(driver).edit.list
    parts.setFocus()
    driver.press("Home")
    for _ in range(30):
        item = next(each for each in parts.items.items if each.key == parts.current)
        if item.text == label:
            return
        driver.press("Down")
    raise AssertionError(label)


def seen(widget: QWidget) -> str:
    labels = [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]
    return "\n".join(labels).replace("\u200b", "")


def changes_shown(driver) -> dict[str, str]:
    """Path → kind of the changes that the review lists."""
    review = sheet(driver).review
    return {path: choice.currentData() for path, choice in review.changes._choices.items()}


def save(driver, note: str = "") -> None:
    driver.press("Ctrl+S")
    write(note)
    driver.press("Enter")


# ---- a lead at work


def test_a_value_and_a_definition_are_changed_seen_saved_and_undone(editor):
    driver = editor
    before = current(driver)
    choose_part(driver, "Claim")
    tab_to(driver, "Meaning")
    driver.press("Ctrl+End")
    write(" Never the reporter.")
    click(sheet(driver), "Fields")
    fields = sheet(driver).edit.tag.fields
    assert [each.text for each in fields.list.items.items][:3] == [
        "Stance to the issue",
        fields._records[1].name,
        "Kind",
    ]
    click(sheet(driver), "Add a value")
    write("undecided")
    assert current(driver) == before, "nothing is in the project before it is saved"
    driver.press("Ctrl+S")
    assert changes_shown(driver) == {
        "tags/claim/definition": "wording",
        "tags/claim/attributes/stance/values/more": "wider",
    }
    assert "values also undecided now" in seen(sheet(driver))
    assert "2 changes since version 1.0.0" in seen(sheet(driver))
    write("After the pilot")
    driver.press("Enter")
    saved = current(driver)
    assert saved.version == "1.0.1"
    assert saved.tag("claim").definition.endswith("Never the reporter.")
    assert saved.tag("claim").attribute("stance").values[-1] == "undecided"
    assert note_of(saved) == "After the pilot"
    assert "Saved as version 1.0.1" in seen(sheet(driver))
    (step,) = history.steps(driver.desk.workspace.project, limit=1)
    assert step.label.endswith("1.0.1: 2 changes")
    driver.press("Ctrl+Z")
    assert current(driver) == before
    assert "Undid" in seen(sheet(driver))
    driver.press("Ctrl+Y")
    assert current(driver) == saved


def test_the_kind_of_a_change_can_be_said_and_what_it_touches_is_told(editor):
    driver = editor
    driver.press("Esc")
    driver.put_caret("Ostrell")
    driver.press("a", "Ctrl+Shift+B")
    coder = driver.desk.workspace.coder.key
    assert sheet(driver).edit.list.current == "tag:actor", "it opens at the tag one is on"
    click(sheet(driver), "Rules")
    rule = tab_to(driver, "Rule")
    rule.setFocus()
    rewrite("A test.")
    driver.press("Ctrl+S")
    assert "Nobody has to look again" in seen(sheet(driver))
    choice = tab_to(driver, next(each.accessibleName() for each in sheet(driver).review.changes._choices.values()))
    driver.press("Down")
    assert choice.currentData() == "narrower"
    assert "Coders will look again at what they tagged as Actor" in seen(sheet(driver))
    click(sheet(driver), "Save this version")
    assert len(versions.touched_annotations(driver.desk.workspace.project, coder)) == 1


def test_a_new_tag_is_made_by_keys_and_used(editor):
    driver = editor
    tab_to(driver, "Add a tag")
    driver.press("Space")
    assert focus().accessibleName() == "Name"
    write("Promise made")
    tab_to(driver, "Meaning")
    write("What somebody will do.")
    tab_to(driver, "Keys")
    assert focus().text() == "6"
    driver.press("End")
    write(" b")
    save(driver)
    tag = current(driver).tag("promise_made")
    assert (tag.label, tag.keys, tag.definition) == ("Promise made", ("6", "b"), "What somebody will do.")
    assert tag.bar in {"solid", "double", "dash", "dot", "wave"}
    driver.press("Esc")
    driver.put_caret("Ostrell")
    driver.press("b")
    assert driver.tags() == [("promise_made", "Ostrell")]
    driver.press("Ctrl+Shift+B")
    assert not sheet(driver).edit.tag.form.field("id").isEnabled(), "the id of a saved tag stays"


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [("2 a", "is already the key of “actor”"), ("g", "belongs to a command"), ("2 *", "cannot be a tag’s key")],
)
def test_a_fault_stands_at_its_field_and_nothing_is_saved(editor, keys, sentence):
    driver = editor
    choose_part(driver, "Claim")
    tab_to(driver, "Keys")
    rewrite(keys)
    assert seen(sheet(driver).edit.tag.form).count(sentence) == 1
    parts = sheet(driver).edit.list.items
    spoken = [parts.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(parts.rowCount())]
    assert [each for each in spoken if "to be put right" in each] == [f"Claim, {keys.upper()}, to be put right"]
    choose_part(driver, "Figure")
    driver.press("Ctrl+S")
    assert sentence in seen(sheet(driver).review)
    write("A note")
    driver.press("Enter")
    assert len(listed(driver)) == 1
    click(sheet(driver).review, "Go there")
    assert sheet(driver).edit.list.current == "tag:claim"
    assert focus().accessibleName() == "Keys"
    rewrite("2 c")
    assert sentence not in seen(sheet(driver))
    assert not act(driver).draft.is_dirty


def test_a_fault_in_a_list_is_found_again(editor):
    driver = editor
    choose_part(driver, "Claim")
    click(sheet(driver), "Fields")
    click(sheet(driver), "Add a field")
    rewrite("Mood")
    kind = tab_to(driver, "Kind")
    driver.press("Home")
    assert kind.currentData() == "enum"
    choose_part(driver, "Figure")
    click(sheet(driver), "Go there")
    assert sheet(driver).edit.tag.fields.current.id == "mood"
    assert "needs “values”" in seen(sheet(driver).edit.tag.fields)
    tab_to(driver, "Value 1")
    write("calm")
    driver.press("Enter")
    write("angry")
    tab_to(driver, "Letter of value 2")
    write("w")
    assert act(driver).draft.fault is None
    save(driver)
    mood = current(driver).tag("claim").attribute("mood")
    assert (mood.type, mood.values, mood.extra) == ("enum", ("calm", "angry"), {"letters": {"angry": "w"}})


# ---- undo within the draft


def test_undo_goes_back_through_the_draft_and_never_behind_the_sheet(driver):
    driver.put_caret("Ostrell")
    driver.press("a", "Ctrl+Shift+B")
    choose_part(driver, "Demand")
    book = act(driver).draft.book
    driver.press("Alt+Up")
    assert [tag.id for tag in act(driver).draft.book.tags][2:4] == ["demand", "threat"]
    tab_to(driver, "Name")
    rewrite("Call")
    driver.press("Tab")
    driver.press("Ctrl+Z")
    assert act(driver).draft.book.tag("demand").label == "Demand"
    driver.press("Ctrl+Z")
    assert act(driver).draft.book == book
    driver.press("Ctrl+Z")
    assert driver.tags() == [("actor", "Ostrell")], "what is behind stays"
    assert "Nothing more to undo here" in seen(sheet(driver))
    driver.press("Ctrl+Y", "Ctrl+Y")
    assert act(driver).draft.book.tag("demand").label == "Call"
    driver.press("Ctrl+Enter")
    assert driver.desk.document.reading is None or driver.desk.document.reading.state != "done"


def test_discarded_changes_come_back_by_undo(editor):
    driver = editor
    choose_part(driver, "Demand")
    tab_to(driver, "Name")
    rewrite("Call")
    click(sheet(driver), "Discard changes")
    assert not act(driver).draft.is_dirty
    driver.press("Ctrl+Z")
    assert act(driver).draft.book.tag("demand").label == "Call"


def test_a_draft_outlives_the_sheet_and_the_window(editor, open_driver, project_path):
    driver = editor
    choose_part(driver, "Demand")
    tab_to(driver, "Name")
    rewrite("Call")
    driver.press("Esc")
    assert sheet(driver) is None
    assert "not saved as a version yet" in driver.said
    assert len(listed(driver)) == 1
    driver.press("Ctrl+Shift+B")
    assert act(driver).draft.book.tag("demand").label == "Call"
    driver.window.close()
    again = open_driver(project_path)
    again.press("Ctrl+Shift+B")
    assert act(again).draft.book.tag("demand").label == "Call"
    save(again)
    assert current(again).tag("demand").label == "Call"
    again.press("Esc", "Ctrl+Shift+B")
    assert not act(again).draft.is_dirty


# ---- a span as an example


def test_a_span_becomes_an_example_by_one_key_and_undo_takes_it_back(driver):
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a", "Ctrl+Shift+E")
    assert driver.said == "Example of actor: “Foreign Minister Ilka Dornath”"
    example = current(driver).tag("actor").positive[-1]
    assert example.text == "Foreign Minister Ilka Dornath"
    assert re.fullmatch("[0-9a-f]{64}", example.extra["document"])
    driver.press("Ctrl+Shift+E")
    assert "is an example of actor already" in driver.said
    driver.press("Ctrl+Z")
    assert current(driver).version == "1.0.0"
    driver.desk.article.set_current(None)
    driver.press("Ctrl+Shift+E")
    assert "First go to an annotation" in driver.said


def test_an_example_reaches_a_draft_that_is_not_saved(driver):
    driver.put_caret("Ostrell")
    driver.press("a", "Ctrl+Shift+B")
    tab_to(driver, "Name")
    rewrite("Player")
    driver.press("Esc", "Ctrl+Shift+E", "Ctrl+Shift+B", "Ctrl+S")
    assert list(changes_shown(driver)) == ["tags/actor/label"], "the example is no change any more"
    driver.press("Enter")
    tag = current(driver).tag("actor")
    assert (tag.label, tag.positive[-1].text) == ("Player", "Ostrell")
    assert [each.version for each in listed(driver)] == ["1.0.0", "1.0.1", "1.0.2"]


# ---- retiring and mapping


@pytest.fixture
def tagged(driver):
    """Two annotations, a claim and a demand, and the editor open at the claim."""
    driver.drag("We will close the port")
    driver.press("c")
    driver.drag("an end to the talks")
    driver.press("d")
    driver.put_caret("We will close")
    driver.press("Ctrl+Shift+B")
    choose_part(driver, "Claim")
    return driver


def test_a_tag_in_use_is_mapped_to_another_and_one_undo_brings_all_back(tagged):
    driver = tagged
    before = current(driver)
    assert "Remove" not in [each.text() for each in sheet(driver).findChildren(QAbstractButton) if each.isVisible()]
    tab_to(driver, "Retire or map…")
    driver.press("Space")
    (retire,) = driver.window.findChildren(RetireSheet)
    assert "1 annotation keep it" in seen(retire) or "1 annotation" in seen(retire)
    driver.press("Down", "Down", "Down")
    assert retire.choice.currentData() == "demand"
    assert "1 annotation in 1 article get the other tag" in seen(retire)
    click(retire, "Map and retire")
    assert [tag for tag, _ in driver.tags()] == ["demand", "demand"]
    assert current(driver).tag("claim").retired
    assert not act(driver).draft.is_dirty
    assert "Mapped the tag claim to demand: 1 annotation" in seen(sheet(driver))
    driver.press("Ctrl+Z")
    assert sorted(tag for tag, _ in driver.tags()) == ["claim", "demand"]
    assert current(driver) == before


def test_a_tag_is_retired_and_used_again(tagged):
    driver = tagged
    click(sheet(driver), "Retire or map…")
    (retire,) = driver.window.findChildren(RetireSheet)
    click(retire, "Retire")
    assert current(driver).tag("claim").retired
    assert sorted(tag for tag, _ in driver.tags()) == ["claim", "demand"]
    assert [tag.id for tag in current(driver).active_tags] == ["actor", "threat", "demand", "figure"]
    click(sheet(driver), "Use again")
    save(driver)
    assert not current(driver).tag("claim").retired
    driver.press("Ctrl+Z")
    driver.press("Esc")
    driver.press("Ctrl+Shift+H")
    labels = [driver.desk.history.model.step(row).label for row in range(driver.desk.history.model.rowCount())]
    assert "Retired the tag claim" in labels


def test_a_tag_that_nobody_used_is_removed(tagged):
    driver = tagged
    choose_part(driver, "Threat")
    click(sheet(driver), "Remove")
    assert act(driver).draft.book.tag("threat") is None
    assert act(driver).draft.book.relation("backs") is None, "it began at threats only"
    save(driver)
    assert current(driver).tag("threat") is None


# ---- files, versions, links


def test_a_file_comes_in_as_a_draft_and_goes_out(editor, tmp_path):
    driver = editor
    act(driver).chooser = Fixed(tmp_path / "out.yaml")
    click(sheet(driver), "Export…")
    assert "Wrote out.yaml" in seen(sheet(driver))
    text = (tmp_path / "out.yaml").read_text("utf-8")
    assert read_codebook(tmp_path / "out.yaml") == current(driver)
    (tmp_path / "in.yaml").write_text(
        text.replace("version: 1.0.0", "version: '2'").replace("label: Claim", "label: Statement"), "utf-8"
    )
    act(driver).chooser = Fixed(tmp_path / "in.yaml")
    click(sheet(driver), "Import…")
    assert list(changes_shown(driver)) == ["tags/claim/label"]
    assert len(listed(driver)) == 1
    driver.press("Enter")
    assert (current(driver).version, current(driver).tag("claim").label) == ("2", "Statement")
    act(driver).chooser = Fixed(tmp_path / "out.qdc")
    click(sheet(driver), "Export…")
    assert "that this format cannot hold" in seen(sheet(driver))
    driver.press("Ctrl+Z")
    assert current(driver).tag("claim").label == "Claim"
    act(driver).chooser = Fixed(tmp_path / "out.qdc")
    click(sheet(driver), "Import…")
    assert "tags/claim/label" in changes_shown(driver)


def test_a_faulty_file_is_refused_in_one_sentence(editor, tmp_path):
    driver = editor
    (tmp_path / "bad.yaml").write_text("id: x\nversion: 1\ntags: []\n", "utf-8")
    act(driver).chooser = Fixed(tmp_path / "bad.yaml")
    click(sheet(driver), "Import…")
    assert "bad.yaml, line 3: the list of “tags” is empty." in seen(sheet(driver))
    assert not act(driver).draft.is_dirty


def test_versions_are_listed_with_their_changes_and_an_old_one_can_be_taken_again(editor):
    driver = editor
    choose_part(driver, "Claim")
    tab_to(driver, "Name")
    rewrite("Statement")
    save(driver, "Clearer")
    click(sheet(driver), "Versions")
    page = sheet(driver).versions
    assert [each.text for each in page.list.items.items] == ["1.0.1", "1.0.0"]
    assert "Clearer" in seen(page)
    assert "1 change since 1.0.0" in seen(page)
    assert "Tag “claim” (Statement): label" in seen(page)
    page.list.setFocus()
    driver.press("Down")
    assert "the first of this project" in seen(page)
    click(page, "Start again from this version")
    assert list(changes_shown(driver)) == ["tags/claim/label"]
    driver.press("Enter")
    assert (current(driver).version, current(driver).tag("claim").label) == ("1.0.2", "Claim")


def test_a_link_gets_a_key_and_other_ends(editor):
    driver = editor
    choose_part(driver, "relayed by")
    tab_to(driver, "Key")
    write("y")
    tab_to(driver, "Figure")
    driver.press("Space")
    save(driver)
    relation = current(driver).relation("relayed_by")
    assert relation.keys == ("y",)
    assert "figure" in relation.from_tags + relation.to_tags
    driver.press("Ctrl+Z")
    choose_part(driver, "relayed by")
    tab_to(driver, "Key")
    write("s")
    assert "already the key of “source”" in seen(sheet(driver).edit.relation)


def test_a_colour_is_taken_by_mouse_and_its_contrast_is_said(editor):
    driver = editor
    choose_part(driver, "Claim")
    click(sheet(driver), "Teal")
    tag = act(driver).draft.book.tag("claim")
    assert (tag.light, tag.dark) == ("#0b6b78", "#5cc3d1")
    tab_to(driver, "On the light page")
    rewrite("#cccccc")
    assert "Contrast 1.6:1, hard to see: 4.5:1 is the least" in seen(sheet(driver))
    assert isinstance(focus(), QLineEdit)
    rewrite("#ccc")
    assert "a colour is written '#rrggbb'" in seen(sheet(driver).edit.tag.form)


def test_what_another_window_saves_meanwhile_is_kept_apart(editor):
    """The draft stays, and its changes are told against the version that holds now."""
    driver = editor
    choose_part(driver, "Claim")
    tab_to(driver, "Name")
    rewrite("Statement")
    project = driver.desk.workspace.project
    from dataclasses import replace

    changed = replace(current(driver), title="Another title", version="1.1")
    driver.desk.workspace.do(versions.update_codebook, changed)
    assert act(driver).draft.is_dirty
    driver.press("Ctrl+S")
    assert set(changes_shown(driver)) == {"title", "tags/claim/label"}
    assert len(version_queries.versions(project)) == 2
