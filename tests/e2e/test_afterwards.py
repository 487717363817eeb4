"""What stands beside the article follows it a moment later, and always comes to the same."""

import re

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QListView

from annotator.model.span import Span
from annotator.operations import annotations
from annotator.storage import queries
from annotator.storage.ids import text_id
from annotator.storage.project import Project


class Order(QObject):
    """Notes which of two widgets was painted, in turn."""

    def __init__(self, **named) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._names = {widget: name for name, widget in named.items()}
        for widget in named.values():
            widget.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Paint:
            self.seen.append(self._names[watched])
        return False


@pytest.fixture
def rows(driver):
    """What the list beside the article shows, and which of its rows is the current one."""
    view = driver.desk.details.findChild(QListView, "annotation_list")

    def read() -> tuple[list[str], str | None]:
        model = view.model()
        return [model.index(at, 0).data() for at in range(model.rowCount())], view.currentIndex().data()

    return read


def count_in_list(driver) -> int:
    model = driver.desk.documents.model
    return model.row(model.place(driver.desk.workspace.document)).count


def test_the_tag_is_painted_before_its_row_in_the_list(driver):
    view = driver.desk.details.findChild(QListView, "annotation_list")
    driver.put_caret("Ostrell")
    driver.settle()
    painted = Order(article=driver.desk.article.viewport(), list=view.viewport())
    driver.press("1")
    driver.qtbot.waitUntil(lambda: "list" in painted.seen)
    assert painted.seen[0] == "article"


def test_list_and_number_of_tags_follow_a_tag_a_deletion_and_an_undo(driver, rows):
    driver.put_caret("Ostrell")
    driver.press("1")
    driver.settle()
    assert rows() == (["Ostrell"], "Ostrell")
    assert count_in_list(driver) == 1
    driver.put_caret("Ministers")
    driver.press("1")
    driver.put_caret("talks")
    driver.press("2")
    driver.settle()
    assert rows() == (["Ministers", "Ostrell", "talks"], "talks"), "in the order of the text"
    assert count_in_list(driver) == 3
    driver.press("Delete")
    driver.settle()
    assert rows() == (["Ministers", "Ostrell"], None)
    driver.press("Ctrl+Z")
    driver.settle()
    assert rows()[0] == ["Ministers", "Ostrell", "talks"]
    assert count_in_list(driver) == 3


def test_what_comes_at_once_is_followed_in_one_go(driver, rows):
    driver.put_caret("Ostrell")
    driver.press("1")
    driver.settle()
    key = driver.desk.document.current
    # The same annotation is moved behind another one, moved on, and a third is made and taken back, before any paint.
    workspace = driver.desk.workspace
    document, coder = workspace.document, workspace.coder.key
    text = driver.desk.document.text
    talks, troops = text.index("talks"), text.index("troops")
    workspace.do(annotations.tag_span, document, coder, "claim", [Span(troops, troops + 6)])
    workspace.do(annotations.set_spans, key, [Span(troops + 1, troops + 6)])
    workspace.do(annotations.set_spans, key, [Span(talks, talks + 5)])
    gone = workspace.do(annotations.tag_span, document, coder, "claim", [Span(0, 9)])
    workspace.do(annotations.delete_annotations, list(gone.annotations))
    driver.settle()
    assert rows()[0] == ["troops", "talks"]


def test_another_article_brings_its_own_list(driver, rows):
    driver.put_caret("Ostrell")
    driver.press("1", "Ctrl+PgDown")
    driver.settle()
    assert driver.desk.document.text.startswith("Dockers")
    assert rows() == ([], None)


LONG = "\n\n".join(
    f"Paragraph {number}: the harbour of Ostrell is closed to ships from Tarkess." for number in range(2_000)
)
PLACES = [match.start() for match in re.finditer("Ostrell", LONG)]


@pytest.fixture
def long_path(project_path):
    """The project with a third article: an actor in each of 2,000 paragraphs, and a claim from end to end."""
    with Project.open(project_path) as project:
        with project.step("Import", kind="setup") as step:
            values = {"id": text_id(LONG), "sha256": text_id(LONG), "title": "Harbours", "language": "en"}
            document = step.insert_document(values, LONG)
        coder = queries.coders(project)[0].key
        for place in PLACES:
            annotations.tag_span(project, document, coder, "actor", [Span(place, place + 7)])
        annotations.tag_span(project, document, coder, "claim", [Span(PLACES[3], PLACES[-3])])
    return project_path


def test_all_tags_of_a_long_article_are_there_whatever_is_looked_at_first(long_path, open_driver):
    with Project.open(long_path) as project:
        document = queries.document_keys(project, None)[2]
        coder = queries.coders(project)[0].key
        all_keys = [each.key for each in queries.annotations_of(project, document, coder)]
    middle = all_keys[1_000]
    looks = {
        "scroll": lambda desk: desk.article.set_caret(PLACES[1_000]),
        "current": lambda desk: desk.article.set_current(middle),
        "next": lambda desk: [desk.article.next_mark(1) for _ in range(4)],
        "nothing": lambda desk: None,
    }
    for name, look in looks.items():
        driver = open_driver(long_path)
        driver.desk.workspace.show_document(document)
        look(driver.desk)
        if name == "scroll":
            assert middle in {
                bar.mark.key for line in driver.desk.article.lines_in_sight() for bar in line.picture.bars
            }
        if name == "current":
            assert driver.desk.document.current == middle
        driver.settle()
        assert [mark.key for mark in driver.desk.article.marks()] == all_keys, name
        assert [each.quote for each in driver.desk.document.annotations()].count("Ostrell") == 2_000
        assert len(driver.tags()) == 2_001
        driver.desk.workspace.show_document(driver.desk.documents.model.key(0))


def test_a_long_article_is_tagged_and_undone_before_all_of_it_was_looked_at(long_path, open_driver):
    driver = open_driver(long_path)
    document = driver.desk.documents.model.key(2)
    driver.desk.workspace.show_document(document)
    driver.desk.article.set_caret(LONG.index("Paragraph 1000"))
    driver.press("2")
    assert driver.said.startswith("Tagged “Paragraph”")
    driver.desk.workspace.show_document(driver.desk.documents.model.key(0))
    driver.desk.workspace.show_document(document)
    driver.press("Ctrl+Z")
    driver.settle()
    assert "Paragraph" not in [quote for _, quote in driver.tags()]
    assert len(driver.desk.article.marks()) == len(driver.desk.document) == 2_001
