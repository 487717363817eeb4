"""Every view of the window, and how a person gets there."""

import json
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from annotator.model.codebook import Rule
from annotator.model.codebook_edit import with_tag
from annotator.operations.codebook_versions import update_codebook
from annotator.operations.entities import add_entity, merge_entities
from annotator.operations.imports import import_paths
from annotator.operations.relations import add_relation
from tests.e2e.team_views import TEAM_VIEWS
from ui.acts.article_details import ArticleDetails
from ui.acts.codebook import CodebookEditing
from ui.acts.projects import Projects
from ui.acts.searching import Searching
from ui.dialogs.choosing import Chooser
from ui.dialogs.crash import CrashSheet
from ui.dialogs.import_dialog import ImportDialog


def code(_driver, _folder) -> None:
    pass


def with_annotation(driver, _folder) -> None:
    driver.put_caret("Ostrell")
    driver.press("1")


def with_note_and_question(driver, folder) -> None:
    with_annotation(driver, folder)
    driver.desk.details.inspector.question_written.emit(driver.desk.document.current, "Is a town an actor here?")
    driver.press("m")


def across_paragraphs(driver, _folder) -> None:
    driver.press("Ctrl+A", "2")


def edges(driver, folder) -> None:
    with_annotation(driver, folder)
    driver.press("e")


def labelled(driver, folder) -> None:
    with_annotation(driver, folder)
    driver.press("F8")


def actors(driver, _folder) -> None:
    driver.press("Ctrl+Shift+A")
    project = driver.desk.workspace.project
    own, _ = add_entity(project, "Ilka Dornath", aliases=["Dornath"], type="person", country=["UA"])
    other, _ = add_entity(project, "Foreign Minister of Ostrell")
    driver.desk.workspace.do(merge_entities, own, [other])
    driver.desk.actors.choose(own)


def with_link(driver, _folder) -> None:
    driver.drag("an end to the talks")
    driver.press("d")
    driver.drag("At least 100,000 troops stand there")
    driver.press("c")
    workspace, claim = driver.desk.workspace, driver.desk.document.current
    demand = next(each.key for each in driver.desk.document.annotations() if each.tag == "demand")
    workspace.do(add_relation, "responds_to", claim, demand)
    driver.press("Shift+L", "e")


def open_points(driver, _folder) -> None:
    driver.drag("We will close the port")
    driver.press("t", "Ctrl+Enter")


def new_rules(driver, folder) -> None:
    with_annotation(driver, folder)
    old = driver.desk.workspace.codebook
    tags = tuple(
        replace(tag, rules=(Rule("A99", "Towns are no actors."), *tag.rules)) if tag.id == "actor" else tag
        for tag in old.tags
    )
    driver.desk.workspace.do(update_codebook, replace(old, version="2", tags=tags))


def split_actor(driver, folder) -> None:
    actors(driver, folder)
    driver.desk.actors.split_requested.emit(driver.desk.actors.chosen.id)


def searched(words: str, *pressed: str, where: bool = False) -> Callable:
    """The list of what was found, then these keys."""

    def show(driver, _folder) -> None:
        driver.press("Ctrl+Shift+F")
        pane = driver.window.act(Searching).pane
        if where:
            driver.qtbot.mouseClick(pane.findChild(QPushButton, "search_where"), Qt.MouseButton.LeftButton)
        pane.head.field.setFocus()
        driver.qtbot.keyClicks(pane.head.field, words)
        driver.press("Enter")
        driver.qtbot.waitUntil(lambda: not pane.session.is_busy)
        driver.press(*pressed)

    return show


def search_name(driver, folder) -> None:
    searched("dockers")(driver, folder)
    driver.window.act(Searching).pane.head.saved.name_wanted.emit()


def keys(*pressed: str) -> Callable:
    return lambda driver, _folder: driver.press(*pressed)


def start_page(driver, _folder) -> None:
    driver.desk.workspace.close()
    driver.window.show_start()


def start_page_for_the_first_time(driver, _folder) -> None:
    driver.desk.workspace.close()
    driver.desk.settings.set("recent", [])
    driver.window.show_start()


def ask_the_name(driver, _folder) -> None:
    driver.desk.status.coder_requested.emit()


def import_preview(driver, folder) -> None:
    (folder / "plain.txt").write_text("A plain article.\n", encoding="utf-8")
    (folder / "older.txt").write_bytes("Ein älterer Artikel über Größe\n".encode("latin-1"))
    (folder / "letter.docx").write_bytes(b"PK\x03\x04" + bytes(200))
    (folder / "nothing.txt").write_bytes(b"")
    driver.window.act(Projects).import_articles([str(folder)])
    sheet = driver.window.findChild(ImportDialog)
    driver.qtbot.waitUntil(lambda: sheet._import.isVisible() and sheet._import.isEnabled())


def codebook(section: str) -> Callable:
    """The editor at a section of a tag."""

    def show(driver, folder) -> None:
        with_annotation(driver, folder)
        driver.press("Ctrl+Shift+B")
        driver.window.act(CodebookEditing).sheet.edit.tag.turn_to(section)

    return show


def codebook_link(driver, _folder) -> None:
    driver.press("Ctrl+Shift+B")
    driver.window.act(CodebookEditing).sheet.edit.turn_to("link:source")


def codebook_changes(driver, folder) -> None:
    codebook("tag")(driver, folder)
    act = driver.window.act(CodebookEditing)
    tag = act.draft.book.tags[0]
    act.draft.edit(with_tag(act.draft.book, tag.id, replace(tag, definition="Who acts.", keys=("1",), bar="dot")))
    driver.press("Ctrl+S")


def codebook_versions(driver, folder) -> None:
    codebook_changes(driver, folder)
    driver.press("Enter")
    driver.window.act(CodebookEditing).sheet.turn_to("versions")


def retire_tag(driver, folder) -> None:
    codebook("tag")(driver, folder)
    driver.window.act(CodebookEditing).sheet.retire_wanted.emit("actor")


def reviewed(*pressed: str) -> Callable:
    """An article with the readings of three coders in Review, then these keys."""

    def show(driver, folder) -> None:
        annotations = [
            {"coder": coder, "tag": tag, "spans": [[start, end]]}
            for coder, tag, start, end in (
                ("Ada Lovelace", "actor", 4, 20),
                ("Ben", "actor", 12, 20),
                ("Ada Lovelace", "claim", 21, 60),
                ("Ben", "threat", 30, 60),
                ("Cem", "threat", 30, 60),
                ("Ben", "figure", 31, 38),
                ("Cem", "figure", 31, 38),
            )
        ]
        readings = [{"coder": coder, "kind": "own", "state": "done"} for coder in ("Ada Lovelace", "Ben", "Cem")]
        text = "The port of Ostrell will be closed for 12,000 dockers if the talks of Monday fail again.\n"
        lines = folder / "review.jsonl"
        told = {"text": text, "title": "Ostrell", "readings": readings, "annotations": annotations}
        lines.write_text(json.dumps(told) + "\n", "utf-8")
        driver.desk.workspace.do(lambda project: import_paths(project, [lines])[0])
        driver.press("Ctrl+2")
        driver.qtbot.waitUntil(lambda: not driver.desk.review.session.is_busy)
        driver.settle()
        driver.press(*pressed)

    return show


def whole(page: str) -> Callable:
    """A page of Overview, with the readings of three coders to count."""

    def show(driver, folder) -> None:
        reviewed()(driver, folder)
        driver.press("Ctrl+3")
        contents = driver.desk.overview.contents
        driver.qtbot.waitUntil(lambda: not contents.session.is_busy, timeout=20_000)
        contents.side.turn_to(page)

    return show


def spans_behind_a_cell(driver, folder) -> None:
    whole("agreement")(driver, folder)
    driver.desk.overview.contents.view.agreement.cell_chosen.emit("claim", "threat")


def crash(driver, _folder) -> None:
    sheet = CrashSheet(driver.window, driver.desk.workspace)
    sheet.report(ValueError, ValueError("nothing"), None)


def replace_text(driver, folder) -> None:
    for words in ("Ostrell", "troops", "talks"):
        driver.put_caret(words)
        driver.press("1")
    path = folder / "better.txt"
    path.write_text(driver.desk.document.text.replace("troops", "trooops").replace("talks", "ends"), encoding="utf-8")
    driver.window.act(ArticleDetails).chooser = OneFile(path)
    driver.desk.dispatcher.perform("replace_text")


def read_anew(driver, _folder) -> None:
    driver.desk.dispatcher.perform("read_anew")


class OneFile(Chooser):
    """Chooses one file, whatever is asked."""

    def __init__(self, path) -> None:
        self.path = path

    def file(self, *_args, **_kwargs):
        return self.path


VIEWS: dict[str, Callable] = {
    "start page": start_page,
    "first start": start_page_for_the_first_time,
    "code": code,
    "annotation": with_annotation,
    "note and question": with_note_and_question,
    "across paragraphs": across_paragraphs,
    "edges": edges,
    "labelled": labelled,
    "history": keys("Ctrl+Shift+H"),
    "no actors yet": keys("Ctrl+Shift+A"),
    "actors": actors,
    "split sheet": split_actor,
    "what is said of a link": with_link,
    "open points": open_points,
    "new rules": new_rules,
    "find": keys("Ctrl+F"),
    "who codes": ask_the_name,
    "keys sheet": keys("F1"),
    "rules sheet": keys("Shift+F1"),
    "set-aside sheet": keys("Ctrl+Shift+Enter"),
    "article sheet": keys("F7"),
    "replace text sheet": replace_text,
    "read anew sheet": read_anew,
    "search": keys("Ctrl+Shift+F"),
    "search: places": searched("the OR dockers", "Space"),
    "search: where to look": searched("the OR dockers", where=True),
    "search: found nowhere": searched("zebra"),
    "search: bad expression": searched("talks (geneva"),
    "search: name": search_name,
    "new project sheet": keys("Ctrl+N"),
    "import sheet": keys("Ctrl+I"),
    "import preview": import_preview,
    "export sheet": keys("Ctrl+E"),
    "codebook: tag": codebook("tag"),
    "codebook: span": codebook("span"),
    "codebook: rules": codebook("rules"),
    "codebook: examples": codebook("examples"),
    "codebook: fields": codebook("fields"),
    "codebook: link": codebook_link,
    "codebook: changes": codebook_changes,
    "codebook: versions": codebook_versions,
    "codebook: retire": retire_tag,
    "nothing to review": keys("Ctrl+2"),
    "review": reviewed(),
    "review columns": reviewed("w"),
    "review one decided": reviewed("1", "Shift+J"),
    "reason sheet": reviewed("r"),
    "note sheet": reviewed("s"),
    "my corrections": keys("Ctrl+Shift+M"),
    **TEAM_VIEWS,
    "overview: progress": whole("progress"),
    "overview: agreement": whole("agreement"),
    "overview: coders": whole("coders"),
    "overview: report": whole("report"),
    "overview: spans": spans_behind_a_cell,
    "crash sheet": crash,
}
