"""Which articles the list shows: by words, by how far the coder at work is, or by how far each article is."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from annotator.storage.assignments import DOCUMENT_STATES

from ..widgets.buttons import button, icon_button
from ..widgets.field import FilterField
from ..widgets.segments import Segments
from ..widgets.state_glyph import state_word

TYPING = 120  # milliseconds without a key after which the filter acts
ALL, RETURNED = "all", "returned"


class DocumentFilter(QWidget):
    """A field, a choice of states, and what was sent back to the coder."""

    changed = Signal()
    entered = Signal()
    team_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.field = FilterField(self.tr("Filter articles"))
        self.field.setObjectName("document_filter")
        self._team = icon_button("users-three", self.tr("How far each article is, with all who code it"))
        self._team.setObjectName("team_states")
        self._team.setCheckable(True)
        self._states = Segments(self.tr("Which articles"), [(ALL, "")], ALL, wide=True)
        self._team_states = QComboBox()
        self._team_states.setObjectName("team_filter")
        self._team_states.setAccessibleName(self.tr("Which articles"))
        self._sent_back = button("", "ghost", "arrow-u-up-left")
        self._sent_back.setObjectName("sent_back")
        self._sent_back.setCheckable(True)
        self._team_states.hide()
        self._sent_back.hide()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        row.addWidget(self._team)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        for part in (self._states, self._team_states, self._sent_back):
            column.addWidget(part)
        self._typing = QTimer(self, interval=TYPING, singleShot=True)
        self._typing.timeout.connect(self.changed)
        self.field.textChanged.connect(lambda _: self._typing.start())
        self.field.returnPressed.connect(self._enter)
        self._team.toggled.connect(self.team_wanted)
        self._states.chosen.connect(self._choose_state)
        self._team_states.activated.connect(lambda _: self.changed.emit())
        self._sent_back.toggled.connect(lambda _: self.changed.emit())

    # ---- what is wanted

    @property
    def words(self) -> str:
        """Words of title, outlet or date."""
        return self.field.text()

    @property
    def of_team(self) -> bool:
        """Whether the states are those of the articles, not of the coder's own readings."""
        return self._team.isChecked()

    @property
    def state(self) -> str:
        """The state that is wanted, or "all"."""
        if self.of_team:
            return str(self._team_states.currentData() or ALL)
        return RETURNED if self._sent_back.isChecked() else self._states.choice or ALL

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words) or self.state != ALL

    # ---- what the panel tells

    def reset(self) -> None:
        """Show all."""
        self._typing.stop()
        with QSignalBlocker(self.field), QSignalBlocker(self._sent_back):
            self.field.clear()
            self._sent_back.setChecked(False)
        self._states.choose(ALL)
        self._team_states.setCurrentIndex(0)
        self._typing.stop()

    def offer_team(self, offered: bool, on: bool | None = None) -> None:
        """Offer the states of the articles or not; `on` turns to them or away, without a word about it."""
        self._team.setVisible(offered)
        with QSignalBlocker(self._team):
            self._team.setChecked(offered and (self.of_team if on is None else on))
        self._show_choices()

    def count_own(self, counts: Mapping[str, int]) -> None:
        """Show how many articles are in each state for the coder."""
        words = {
            ALL: self.tr("All"),
            "to do": self.tr("To do"),
            "done": self.tr("Done"),
            "set aside": self.tr("Aside"),
        }
        shown = [key for key in words if key != "set aside" or counts.get(key)]
        choice = self._states.choice
        self._states.set_options([(key, f"{words[key]} {counts.get(key, 0):,}") for key in shown], choice or ALL)
        returned = counts.get(RETURNED, 0)
        self._sent_back.say(self.tr("Sent back to you ({number})").format(number=f"{returned:,}"))
        if not returned and self._sent_back.isChecked():
            self._sent_back.setChecked(False)
        self._show_choices(returned)

    def count_team(self, counts: Mapping[str, int]) -> None:
        """Show how many articles are in each of DOCUMENT_STATES."""
        choice = self._team_states.currentData() or ALL
        with QSignalBlocker(self._team_states):
            self._team_states.clear()
            self._team_states.addItem(self.tr("All articles, {number}").format(number=f"{sum(counts.values()):,}"), ALL)
            for state in DOCUMENT_STATES:
                word = state_word(state)
                self._team_states.addItem(f"{word[:1].upper()}{word[1:]}, {counts.get(state, 0):,}", state)
            self._team_states.setCurrentIndex(max(0, self._team_states.findData(choice)))

    # ---- inside

    def _show_choices(self, returned: int | None = None) -> None:
        self._states.setVisible(not self.of_team)
        self._team_states.setVisible(self.of_team)
        if returned is not None:
            self._sent_back.setVisible(returned > 0 and not self.of_team)
        elif self.of_team:
            self._sent_back.hide()

    def _choose_state(self, _: str) -> None:
        with QSignalBlocker(self._sent_back):
            self._sent_back.setChecked(False)
        self.changed.emit()

    def _enter(self) -> None:
        self._typing.stop()
        self.entered.emit()
