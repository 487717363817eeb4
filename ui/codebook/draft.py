"""The next version of the codebook while it is written: nothing of it is in the project before it is saved."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import QObject, Signal

from annotator.errors import AnnotatorError
from annotator.model.codebook import Codebook, canonical_json
from annotator.model.codebook_diff import marks_of, unmarked
from annotator.model.codebook_faults import Fault, find_fault
from annotator.model.codebook_json import codebook_from_json

_STEPS = 300  # how many changes can be taken back
_fault_of = lru_cache(maxsize=8)(find_fault)


class Draft(QObject):
    """A codebook, the version it will follow, and the way back. Changes with the same key in a row are one step."""

    changed = Signal()

    def __init__(self, base: Codebook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.base = self.book = unmarked(base)
        self.marks: Mapping[str, str] = {}  # kinds of changes that a file brought along
        self.version = ""  # what a file says of its version; empty: the number after the last one
        self._before: list[Codebook] = []
        self._after: list[Codebook] = []
        self._key: Hashable = None

    @property
    def is_dirty(self) -> bool:
        """Whether anything is not saved."""
        return self.book != self.base

    @property
    def fault(self) -> Fault | None:
        """What keeps the draft from being saved."""
        return _fault_of(self.book)

    def edit(self, book: Codebook, key: Hashable = None) -> None:
        """Change the draft; what is written letter by letter has a key, and is one step."""
        if book == self.book:
            return
        self._after.clear()
        if key is None or key != self._key:
            self._before.append(self.book)
            del self._before[:-_STEPS]
        self._key = key
        self.book = book
        if self._before and self._before[-1] == book:
            self._before.pop()
            self._key = None
        self.changed.emit()

    def take(self, book: Codebook, *, version: str = "") -> None:
        """Take a codebook from a file, or an earlier version, as the draft: one step; `version` is what it proposes."""
        found = marks_of(book)
        self.marks = {} if found == marks_of(self.base) else found
        self.version = version if version != self.base.version else ""
        self.edit(replace(unmarked(book), version=self.base.version))

    def follow(self, current: Codebook, change: Callable[[Codebook], Codebook] | None = None) -> None:
        """The project has this version now. What is not saved stays; `change` is what was done to it meanwhile."""
        if change is not None and self.is_dirty:
            self.book = change(self.book)
        new = unmarked(current)
        same = canonical_json(replace(self.book, version=new.version)) == canonical_json(new)
        if same or not self.is_dirty:
            self.begin(current)
            return
        self.base, self.book = new, replace(self.book, version=new.version)
        self._before = [replace(each, version=new.version) for each in self._before]
        self._after.clear()
        self.changed.emit()

    def begin(self, current: Codebook) -> None:
        """Forget what is not saved, and the way back."""
        self.base = self.book = unmarked(current)
        self.marks, self.version, self._key = {}, "", None
        self._before.clear()
        self._after.clear()
        self.changed.emit()

    def undo(self) -> bool:
        """Take back the latest change; False where there is none."""
        return self._turn(self._before, self._after)

    def redo(self) -> bool:
        """Make the change that was taken back again; False where there is none."""
        return self._turn(self._after, self._before)

    def _turn(self, source: list[Codebook], other: list[Codebook]) -> bool:
        if not source:
            return False
        other.append(self.book)
        self.book, self._key = source.pop(), None
        self.changed.emit()
        return True

    # ---- over a restart

    def kept(self) -> str:
        """The draft as text for `restore`: its latest state without a fault; empty if nothing is unsaved."""
        for book in (self.book, *reversed(self._before)):
            if book != self.base and _fault_of(book) is None:
                return canonical_json(book)
        return ""

    def restore(self, text: str) -> None:
        """Go on with what `kept` returned; what cannot be read is left."""
        try:
            book = codebook_from_json(text) if text else self.base
        except AnnotatorError:
            return
        self.edit(replace(book, version=self.base.version))
