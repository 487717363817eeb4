"""What stands beside the article follows it a moment later, and always comes to the same."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QListView

from annotator.model.span import Span
from annotator.operations import annotations


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
