"""The document at hand and one coder's annotations of it, kept in step with the project for all parts of the window."""

import re
from bisect import bisect_left, insort
from functools import lru_cache

from PySide6.QtCore import QObject, Signal

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.rows import Annotation, Document, Reading
from annotator.model.span import Span
from annotator.storage import queries

from .workspace import Workspace

MANY = 200  # changed annotations from which on all are read again
FIRST = 20_000  # code points at either end of a long document whose annotations are read before it is shown
PIECE = 100_000  # code points whose annotations are read at a time afterwards, in about 10 ms
Order = tuple[int, int, int]  # start, -end, key: text order, outer before inner


def order_of(annotation: Annotation) -> Order:
    """Where an annotation stands in the list."""
    return annotation.spans[0][0], -annotation.spans[-1][1], annotation.key


@lru_cache(maxsize=1)
def _lines_with_text(text: str) -> list[int]:
    """Where the lines begin that are not blank."""
    return [match.start() for match in re.finditer(r"^[^\S\n]*\S", text, re.MULTILINE)]


class OpenDocument(QObject):
    """Text, reading and annotations. `reset` says that all is new; `put` and `removed` carry one annotation's key.

    The article follows these at once. What stands beside it follows `settled`, which comes after the article's paint
    and stands for all that went before. Of a long document only the annotations at its beginning and its end, where
    Qt measures how far it scrolls, are read at first; whoever asks for one of the others, or for all, gets them.
    """

    reset = Signal()
    put = Signal(int)
    removed = Signal(int)
    reading_changed = Signal()
    current_changed = Signal(object)  # key or None
    settled = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.about: Document | None = None
        self.reading: Reading | None = None
        self.text = ""
        self.current: int | None = None
        self.unread: Span | None = None  # what lies in this stretch is not read yet
        self._annotations: dict[int, Annotation] = {}
        self._order: list[Order] = []
        workspace.document_changed.connect(self.load)
        workspace.coder_changed.connect(self.load)
        workspace.changed.connect(self.refresh)
        workspace.closed.connect(self._empty)
        for signal in (self.reset, self.put, self.removed, self.current_changed):
            signal.connect(lambda *_: workspace.afterwards.soon(self._settle))

    # ---- reading

    def annotation(self, key: int | None) -> Annotation | None:
        """An annotation of this document and coder."""
        found = self._annotations.get(key) if key is not None else None
        if found is None and key is not None and self.unread is not None:
            found = queries.annotation(self._workspace.project, key)
            return found if self._is_mine(found) else None
        return found

    def annotations(self) -> list[Annotation]:
        """All of them in text order, outer before inner."""
        self._read_rest()
        return [self._annotations[key] for _, _, key in self._order]

    def annotations_read(self) -> list[Annotation]:
        """Those that do not lie in what is `unread`, in text order."""
        return [self._annotations[key] for _, _, key in self._order]

    def order(self) -> list[Order]:
        """Where each of them stands, in the order of the list."""
        self._read_rest()
        return list(self._order)

    def __len__(self) -> int:
        self._read_rest()
        return len(self._order)

    def paragraph_of(self, place: int) -> int:
        """Which paragraph a code point lies in, counted from 1, blank lines left out."""
        line = self.text.rfind("\n", 0, place) + 1
        return bisect_left(_lines_with_text(self.text), line) + 1

    # ---- keeping in step

    def load(self) -> None:
        """Read everything anew: another document or another coder."""
        workspace = self._workspace
        if workspace.document is None or not workspace.is_open:
            self._empty()
            return
        try:
            self.about = queries.document(workspace.project, workspace.document)
            self.text = queries.text_of(workspace.project, workspace.document) if self.about else ""
            self._read()
        except AnnotatorError as error:
            workspace.failed.emit(str(error), False)
            return
        if self.annotation(self.current) is None:
            self.current = None
        self.reset.emit()
        self.reading_changed.emit()
        self.current_changed.emit(self.current)

    def refresh(self, changes: Changes) -> None:
        """Follow what an operation, or another program, changed."""
        document = self._workspace.document
        if document is None:
            return
        if changes.everything or len(changes.annotations) > MANY:
            self._reload_if_needed()
        elif document in changes.documents:
            if not changes.annotations:  # its title and the like may be others now
                self.about = queries.document(self._workspace.project, document) or self.about
            self._read_rest()
            for key in sorted(changes.annotations):
                self._refresh_one(key)
            self._read_reading()
        if changes.current is not None and self.annotation(changes.current) is not None:
            self.set_current(changes.current)

    def set_current(self, key: int | None) -> None:
        """Turn to an annotation, or to none."""
        if self.annotation(key) is None:
            key = None
        if key != self.current:
            self.current = key
            self.current_changed.emit(key)

    def _reload_if_needed(self) -> None:
        self._read_rest()
        workspace, old_text, old = self._workspace, self.text, dict(self._annotations)
        assert workspace.document is not None
        about = queries.document(workspace.project, workspace.document)
        if about is None:
            workspace.show_document(None)
            return
        self.about = about
        self.text = queries.text_of(workspace.project, workspace.document)
        self._read(whole=True)
        if self.text != old_text or old != self._annotations:
            if self.current not in self._annotations:
                self.current = None
            self.reset.emit()
            self.current_changed.emit(self.current)
        self.reading_changed.emit()

    def _read(self, *, whole: bool = False) -> None:
        workspace = self._workspace
        assert workspace.document is not None
        coder = workspace.coder.key if workspace.coder else None
        self.reading = queries.reading(workspace.project, workspace.document, coder) if coder else None
        self._annotations, self._order, self.unread = {}, [], None
        if self.reading is not None:
            unread = None if whole or len(self.text) < 3 * FIRST else Span(FIRST, len(self.text) - FIRST)
            self._take(queries.annotations_of_reading(workspace.project, self.reading.key, outside=unread))
            self.unread = unread

    def _read_rest(self) -> None:
        if self.unread is None or self.reading is None:
            return
        unread, self.unread = self.unread, None
        try:
            self._take(queries.annotations_of_reading(self._workspace.project, self.reading.key, inside=unread))
        except AnnotatorError as error:
            self._workspace.failed.emit(str(error), False)

    def _read_piece(self) -> bool:
        """Read some of what is not read yet; returns False if there was nothing."""
        if self.unread is None or self.reading is None:
            return False
        if self.unread.end - self.unread.start <= PIECE:
            self._read_rest()
            return True
        unread, left = self.unread, Span(self.unread.start + PIECE, self.unread.end)
        try:
            key = self.reading.key
            found = queries.annotations_of_reading(self._workspace.project, key, inside=unread, outside=left)
        except AnnotatorError as error:
            self.unread = None
            self._workspace.failed.emit(str(error), False)
            return True
        self.unread = left
        self._take(found)
        return True

    def _take(self, found: list[Annotation]) -> None:
        self._annotations.update((annotation.key, annotation) for annotation in found)
        self._order = sorted([*self._order, *map(order_of, found)])

    def _is_mine(self, annotation: Annotation | None) -> bool:
        return annotation is not None and self.reading is not None and annotation.reading == self.reading.key

    def _read_reading(self) -> None:
        workspace = self._workspace
        if workspace.coder is not None and workspace.document is not None:
            self.reading = queries.reading(workspace.project, workspace.document, workspace.coder.key)
        self.reading_changed.emit()

    def _refresh_one(self, key: int) -> None:
        old = self._annotations.get(key)
        new = queries.annotation(self._workspace.project, key)
        if new is not None and self.reading is None:
            self._read_reading()
        if new is None or not self._is_mine(new):
            if old is not None:
                self._remove(old)
            return
        if old is not None and order_of(old) != order_of(new):
            del self._order[bisect_left(self._order, order_of(old))]
            old = None
        if old is None:
            insort(self._order, order_of(new))
        self._annotations[key] = new
        self.put.emit(key)

    def _remove(self, old: Annotation) -> None:
        del self._order[bisect_left(self._order, order_of(old))]
        del self._annotations[old.key]
        self.removed.emit(old.key)
        if self.current == old.key:
            self.set_current(None)

    def _settle(self) -> None:
        if self._read_piece():  # a key is heard between two pieces
            self._workspace.afterwards.soon(self._settle)
        else:
            self.settled.emit()

    def _empty(self) -> None:
        self.about, self.reading, self.text, self.current = None, None, "", None
        self._annotations, self._order, self.unread = {}, [], None
        self.reset.emit()
        self.reading_changed.emit()
        self.current_changed.emit(None)
