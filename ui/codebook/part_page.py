"""What the pages for the codebook, a tag and a link share: a head, a switch, and one form or list at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.codebook_faults import Path

from ..widgets.segments import Segments
from ..widgets.surface import scrolled
from .form import Form
from .records import RecordEditor


@dataclass(frozen=True)
class Place:
    """Where faults are told whose path begins like this; `cut` parts of the path are of no use to the target."""

    start: Path
    section: str
    target: Form | RecordEditor
    cut: int = 0


class PartPage(QWidget):
    """`edited` carries the codebook with the change, and what was written ("" for a whole act)."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget, name: str) -> None:
        # Into its place at once: a tree of widgets that is moved is styled anew as a whole, which takes long.
        super().__init__(parent)
        self.setAccessibleName(name)
        self._places: tuple[Place, ...] = ()
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self._sections: dict[str, QWidget] = {}
        self._switch = Segments(name, [])
        self._stack = QStackedWidget(self)
        self._switch.chosen.connect(self.turn_to)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self.head)
        column.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._stack, 1)

    def add_sections(self, sections: dict[str, tuple[str, QWidget]], places: Sequence[Place]) -> None:
        """The sections of the page: id → its word and what it shows; and where faults are told."""
        self._places = tuple(places)
        for key, (_, content) in sections.items():
            area = content
            if not isinstance(content, RecordEditor):
                area = scrolled(content)
                area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._sections[key] = area
            self._stack.addWidget(area)
        self._switch.set_options([(key, words) for key, (words, _) in sections.items()])

    @property
    def section(self) -> str:
        """The section in sight."""
        return self._switch.choice

    def turn_to(self, section: str) -> None:
        """Show a section."""
        self._switch.choose(section)
        self._stack.setCurrentWidget(self._sections[section])

    def tell_fault(self, path: Path | None, sentence: str = "") -> None:
        """Say what is wrong where it is; `path` begins inside of what the page shows. None: nothing is."""
        found = self._place_of(path) if path is not None else None
        for each in self._places:
            target = each.target
            if found is None or target is not found.target:
                target.tell_fault(None)
        if found is not None and path is not None:
            found.target.tell_fault(path[found.cut :], sentence)

    def go_to(self, path: Path) -> None:
        """Put the keyboard where a path leads."""
        found = self._place_of(path)
        self.turn_to(found.section)
        found.target.go_to(path[found.cut :])

    def _place_of(self, path: Path) -> Place:
        fitting = [each for each in self._places if path[: len(each.start)] == each.start]
        return max(fitting, key=lambda each: len(each.start))
