"""A part of a page: heading, what can be done with it, the picture or table, one sentence on how to read it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ..theme import ui_font
from ..widgets.buttons import icon_button
from ..widgets.labels import label

_SIDE_BY_SIDE = 128  # digits that a page must have room for, for sections to stand side by side: its tables then fit
_MARGIN, _TOP, _GAP, _BELOW = 28, 4, 32, 28  # pixels around, above, between and below sections


class Section(QWidget):
    """`copy_wanted` and `save_wanted` carry the id of the table that says what the section shows."""

    copy_wanted = Signal(str)
    save_wanted = Signal(str)

    def __init__(self, title: str, table: str = "", *, note: str = "", beside: QWidget | None = None) -> None:
        super().__init__()
        self.table = table
        self.wanted = True  # whether the page shows it
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(label(title, "head"))
        head.addStretch(1)
        if beside is not None:
            head.addWidget(beside)
        if table:
            copy = icon_button("copy", self.tr("Copy the table “{title}”").format(title=title))
            copy.clicked.connect(self._copy)
            save = icon_button("download-simple", self.tr("Save “{title}”…").format(title=title))
            save.clicked.connect(self._save)
            head.addWidget(copy)
            head.addWidget(save)
        self._column.addLayout(head)
        self.picture: QWidget | None = None  # what is saved as a picture
        self._note = label(note, "meta", wrap=True)
        self._column.addWidget(self._note)
        self._note.setVisible(bool(note))

    def add(self, part: QWidget, *, picture: bool = False) -> None:
        """Put something below what is there; `picture`: this is what is saved as the section's picture."""
        self._column.insertWidget(self._column.count() - 1, part)
        if picture:
            self.picture = part

    def say(self, note: str) -> None:
        """Say something else below it."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def height_for(self, width: int) -> int:
        """How high it is when it is that wide."""
        if self._column.hasHeightForWidth():
            return self._column.totalHeightForWidth(width)
        return self._column.totalSizeHint().height()

    def _copy(self) -> None:
        self.copy_wanted.emit(self.table)

    def _save(self) -> None:
        self.save_wanted.emit(self.table)


class Page(QWidget):
    """Sections in two columns where there is room, each in the one that is shorter so far; a wide one takes both."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[Section] = []
        self._wide: set[Section] = set()

    def add(self, section: Section, *, wide: bool = False) -> None:
        """Put a section behind those that are there."""
        section.setParent(self)
        self.sections.append(section)
        if wide:
            self._wide.add(section)

    def arrange(self) -> None:
        """Place the sections: some of them came into sight, went out of it, or grew."""
        digit = QFontMetrics(ui_font("small")).horizontalAdvance("0")
        columns = 2 if self.width() >= _SIDE_BY_SIDE * digit else 1
        room = self.width() - 2 * _MARGIN
        narrow = (room - _GAP) // 2 if columns == 2 else room
        ends = [_TOP] * columns
        for section in self.sections:
            section.setVisible(section.wanted)
            if not section.wanted:
                continue
            if section in self._wide:
                top, width, left = max(ends), room, _MARGIN
            else:
                at = ends.index(min(ends))
                top, width, left = ends[at], narrow, _MARGIN + at * (narrow + _GAP)
            height = section.height_for(width)
            section.setGeometry(left, top, width, height)
            if section in self._wide:
                ends = [top + height + _BELOW] * columns
            else:
                ends[at] = top + height + _BELOW
        self.setMinimumHeight(max(ends))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)
