"""The field of the form in which a value is written, with the names that the project knows as one writes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from annotator.model.field import Field

from .choices import asks_for_actors, is_list


class ValueField(QLineEdit):
    """Names are listed only where the field asks for some: the keyboard stays the form's everywhere else."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.names: Callable[[Field], Sequence[str]] = lambda _: ()
        self._listed = QStringListModel(self)
        # Not a child of this field: Qt would delete it when the field does without it.
        self._completer = QCompleter(self._listed, parent)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = self._completer.popup()
        if popup is not None:
            popup.setAccessibleName(self.tr("Known names"))

    def begin(self, field: Field, shown: str, hint: str) -> None:
        """Show what stands there, ready to be written over; of a list of actors one writes one more."""
        adds = asks_for_actors(field) and is_list(field)
        hints = {True: self.tr("one more actor"), False: self.tr("several: parted by ;") if is_list(field) else ""}
        self.setPlaceholderText(hint or hints[adds])
        names = [] if is_list(field) and not adds else list(self.names(field))
        self._listed.setStringList(names)
        self.setCompleter(self._completer if names else None)  # type: ignore[arg-type]  # None is Qt's own "none"
        self.setText("" if adds else shown)
        self.selectAll()

    def close_names(self) -> None:
        """Take the list of names away; where the desktop took it for the active window, the window is that again."""
        popup = self._completer.popup()
        if popup is not None and (popup.isVisible() or popup.isActiveWindow()):
            popup.hide()
            self.window().activateWindow()
