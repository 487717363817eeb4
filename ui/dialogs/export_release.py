"""Whether an export is a release, by which nobody is known, and how articles are parted for training and testing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from annotator.model.parting import Parting
from annotator.operations.release import Release
from annotator.operations.splits import shares_of

from ..widgets.labels import label
from ..widgets.tick import Tick


class ReleaseChoice(QWidget):
    """A tick, and what belongs to a release once it is set. `changed` with every choice."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_one = Tick(self.tr("A release: coders and ids get other names"))
        self._name = QLineEdit()
        self._name.setAccessibleName(self.tr("Name of the release"))
        self._name.setPlaceholderText(self.tr("Name of the release, such as 2024-06"))
        self._notes = Tick(self.tr("With the coders' notes"), on=True)
        self._private = Tick(self.tr("Name private persons"))
        self._has_private = False
        self._private_about = label(
            self.tr("Private persons go under pseudonyms; texts are left as they are."), "meta", wrap=True
        )
        self._about = label(
            self.tr(
                "It holds only what is declared done. The same name gives the same names for people and ids again."
            ),
            "meta",
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self._is_one, self._name, self._notes, self._about, self._private, self._private_about):
            column.addWidget(part)
        self._is_one.toggled.connect(self._follow)
        self._name.textChanged.connect(self.changed)
        self._notes.toggled.connect(self.changed)
        self._private.toggled.connect(self._follow)
        self._follow()

    @property
    def release(self) -> Release | None:
        """The release that is asked for; its name may be empty."""
        if not self._is_one.isChecked():
            return None
        return Release(self._name.text().strip(), self._notes.isChecked())

    @property
    def private_names(self) -> bool:
        """Whether private persons are to be named; a release never does."""
        return self._has_private and self._private.isChecked() and not self._is_one.isChecked()

    def show_private(self, *, there: bool, named: bool) -> None:
        """Ask about private persons, if there are any."""
        self._has_private = there
        self._private.setChecked(named)
        self._follow()

    def show_release(self, release: Release | None) -> None:
        """Choose what was saved."""
        self._is_one.setChecked(release is not None)
        self._name.setText(release.name if release else "")
        self._notes.setChecked(release is None or release.notes)

    def _follow(self) -> None:
        for part in (self._name, self._notes, self._about):
            part.setVisible(self._is_one.isChecked())
        self._private.setVisible(self._has_private and not self._is_one.isChecked())
        self._private_about.setVisible(self._has_private and not self.private_names)
        self.changed.emit()


class PartsChoice(QWidget):
    """How articles are parted, and the shares; hidden where a format holds no parts. `changed` with every choice."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._way = QComboBox()
        self._way.setAccessibleName(self.tr("Parts for training and testing"))
        for way, words in (
            ("", self.tr("Not parted")),
            ("hash", self.tr("By chance")),
            ("date", self.tr("By date, the youngest for testing")),
            ("stratified", self.tr("Each part with its share of every tag")),
        ):
            self._way.addItem(words, way)
        self._shares = QLineEdit("80,10,10")
        self._shares.setAccessibleName(self.tr("Shares of training, validation and test"))
        self._about = label(
            self.tr("Shares of training, validation and test. Articles that are nearly the same stay in one part."),
            "meta",
            wrap=True,
        )
        self._seed = ""  # from saved settings: the window asks for none
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self._way, self._shares, self._about):
            column.addWidget(part)
        self._way.currentIndexChanged.connect(self._follow)
        self._shares.textChanged.connect(self.changed)
        self._follow()

    def parting(self) -> Parting | None:
        """What is chosen. Raises AnnotatorError for shares that are none."""
        way = str(self._way.currentData())
        return Parting(way, shares_of(self._shares.text()), self._seed) if way else None

    def show_parting(self, parting: Parting | None) -> None:
        """Choose what was saved."""
        self._way.setCurrentIndex(max(0, self._way.findData(parting.by if parting else "")))
        self._shares.setText(",".join(f"{share:g}" for share in (parting or Parting()).shares))
        self._seed = parting.seed if parting else ""

    def _follow(self) -> None:
        for part in (self._shares, self._about):
            part.setVisible(bool(self._way.currentData()))
        self.changed.emit()
