"""Tags that wait for another writer: drawn as not yet saved until they are in the file."""

from PySide6.QtCore import QObject

from annotator.model.span import Spans

from ..article_view.marks import Mark
from ..desk import Desk


class UnsavedMarks(QObject):
    """Keeps the marks of tags that are not in the file yet in sight, each in its document."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._marks: dict[int, tuple[int, Mark]] = {}  # number of what waits → document, mark
        # The article was loaded anew, or another one was: what waits is no part of what was loaded.
        desk.document.reading_changed.connect(self._draw)

    def put(self, number: int, document: int, spans: Spans, tag: str) -> None:
        """Draw the tag that waits under this number."""
        self._marks[number] = document, Mark(-number, spans, tag, pending=True)
        self._draw()

    def drop(self, number: int) -> None:
        """It is saved, or cannot be saved."""
        if self._marks.pop(number, None) is not None:
            self._desk.article.remove_mark(-number)

    def _draw(self) -> None:
        for document, mark in self._marks.values():
            if document == self._desk.workspace.document:
                self._desk.article.put_mark(mark)
