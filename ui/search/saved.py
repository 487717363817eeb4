"""Saved and recent searches under one button, and the line in which a new one gets its name."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from annotator.operations.saved_searches import saved_searches
from annotator.operations.searching import Search

from ..widgets.buttons import button
from ..widgets.labels import plain_caption
from ..workspace import Workspace

RECENT = 12
_LONGEST = 60  # characters of a line of the menu


class SavedMenu(QMenu):
    """Filled when it is opened. `chosen` carries a Search."""

    chosen = Signal(object)
    name_wanted = Signal()
    forget_wanted = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._can_save = False
        self.setAccessibleName(self.tr("Saved and recent searches"))
        self.aboutToShow.connect(self._fill)
        self.triggered.connect(self._take)

    def allow_saving(self, allowed: bool) -> None:
        """Whether there is something to save."""
        self._can_save = allowed

    def _fill(self) -> None:
        self.clear()
        if not self._workspace.is_open:
            return
        saved = saved_searches(self._workspace.project)
        save = self.addAction(self.tr("Save this search…"))
        save.setEnabled(self._can_save)
        save.triggered.connect(self.name_wanted)
        if saved:
            self.addSection(self.tr("Saved in this project"))
            for name, search in saved.items():
                self._add(self, name, search)
            delete = QMenu(self.tr("Delete"), self)
            for name in saved:
                self._add(delete, name, name)
            self.addMenu(delete)
        recent = recent_searches(self._workspace)
        if recent:
            self.addSection(self.tr("Recent on this computer"))
            for search in recent:
                self._add(self, search.words, search)

    def _add(self, menu: QMenu, words: str, data: object) -> None:
        line = " ".join(words.split())
        action = menu.addAction(plain_caption(line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"))
        action.setData(data)

    def _take(self, action: QAction) -> None:
        data = action.data()
        if isinstance(data, Search):
            self.chosen.emit(data)
        elif isinstance(data, str) and data:
            self.forget_wanted.emit(data)


class NameRow(QWidget):
    """Asks for the name of a search: Enter saves, Esc leaves."""

    named = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("Name of this search"))
        self._field.setAccessibleName(self.tr("Name of this search"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._field, 1)
        row.addWidget(button(self.tr("Save"), on_click=self._save))
        row.addWidget(button(self.tr("Cancel"), "ghost", on_click=self.dismiss))
        self._field.returnPressed.connect(self._save)
        self.hide()

    def ask(self, proposed: str) -> None:
        """Show the line with the keyboard in it."""
        self._field.setText(" ".join(proposed.split())[:_LONGEST])
        self._field.selectAll()
        self.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Leave without a name."""
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # the window's own Enter stays behind
            super().keyPressEvent(event)

    def _save(self) -> None:
        name = self._field.text()
        if name.strip():
            self.dismiss()
            self.named.emit(name)


def recent_searches(workspace: Workspace) -> list[Search]:
    """What was looked for in this project on this computer, the latest first."""
    place = workspace.settings.place(workspace.project.meta("project"))
    found = place.get("searches", ())
    words = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    return [Search(str(each.get("words", "")), each.get("regex") is True) for each in words]


def remember(workspace: Workspace, search: Search) -> None:
    """Put what was looked for at the head of the recent searches."""
    others: Sequence[Search] = [each for each in recent_searches(workspace) if each.words != search.words]
    kept = [{"words": each.words, "regex": each.regex} for each in [search, *others][:RECENT]]
    workspace.settings.set_place(workspace.project.meta("project"), {"searches": kept})
