"""The settings of a format: a list for what can be chosen, a line for what is written."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from annotator.formats.format import Setting

from ..widgets.clearing import clear
from ..widgets.labels import label


class FormatSettings(QWidget):
    """One control for each setting of the format that was shown last; `changed` when a person changes one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._controls: dict[str, QComboBox | QLineEdit] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_settings(self, settings: Sequence[Setting], values: Mapping[str, str]) -> None:
        """Ask for these, with the values that were chosen before."""
        clear(self._column)
        self._controls = {}
        for setting in settings:
            control = _control(setting, values.get(setting.name, setting.default))
            if isinstance(control, QComboBox):
                control.currentIndexChanged.connect(self.changed)
            else:
                control.textChanged.connect(self.changed)
            self._controls[setting.name] = control
            self._column.addWidget(label(_told(setting.label), "second"))
            self._column.addWidget(control)
            if setting.advice:
                self._column.addWidget(label(_told(setting.advice), "meta", wrap=True))
        for control in list(self._controls.values())[:1]:
            self.setFocusProxy(control)
        self.setVisible(bool(settings))

    @property
    def values(self) -> dict[str, str]:
        """What is chosen, by the names of the settings."""
        return {
            name: str(control.currentData()) if isinstance(control, QComboBox) else control.text().strip()
            for name, control in self._controls.items()
        }


def _control(setting: Setting, value: str) -> QComboBox | QLineEdit:
    made: QComboBox | QLineEdit
    if setting.values:
        made = QComboBox()
        for each in setting.values:
            made.addItem(_told(each), each)
        made.setCurrentIndex(max(0, made.findData(value)))
    else:
        made = QLineEdit(value)
    made.setAccessibleName(_told(setting.label))
    made.setAccessibleDescription(_told(setting.advice))
    return made


def _told(words: str) -> str:
    return QCoreApplication.translate("Formats", words)
