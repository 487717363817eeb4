"""Tables of articles: which column is the text, the title and so on, and the first articles as they will then read."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from annotator.formats.columns import FIELDS, NONE
from annotator.formats.encodings import LABELS
from annotator.formats.encodings import label as encoding_label
from annotator.model.records import DocumentRecord
from annotator.operations.import_preview import TableGroup, read_again
from annotator.operations.words import counted

from ..jobs import Job
from ..theme import read_font
from ..widgets.choice import Choice
from ..widgets.clearing import clear
from ..widgets.icon_label import IconLabel
from ..widgets.labels import ElidedLabel, elided, label
from ..widgets.surface import surface

_SAMPLE_SIZE = 15
_ACROSS = 2  # fields side by side


class TableColumns(QWidget):
    """Tables with the same columns, and one choice for all of them. `changed` when it is made."""

    changed = Signal()

    def __init__(self, group: TableGroup) -> None:
        super().__init__()
        self._group = group
        self._guessed, self._found = dict(group.table.taken), group.table.encoding
        self._sure = group.table.sure
        self._job: Job | None = None
        self._fields = {name: Choice(shown) for name, shown in FIELDS.items()}
        days = next(each for each in group.kind.read_settings if each.name == "days")
        self._days = Choice(days.label)
        told = (self.tr("Unclear: leave it empty"), self.tr("1 October: day first"), self.tr("10 January: month first"))
        for value, shown in zip(days.values, told, strict=True):
            self._days.addItem(shown, value)
        self._shapes = self._combos_of_shape()
        self._encoding = Choice(self.tr("Encoding of {files}").format(files=self._files()))
        self._encoding.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._encoding.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._samples = QVBoxLayout()
        self._build()
        self._fill()
        self._show()
        for combo in (*self._fields.values(), self._days):
            combo.currentIndexChanged.connect(self._read_again)
        for combo in (self._encoding, *self._shapes.values()):
            combo.currentIndexChanged.connect(self._recode)

    @property
    def settings(self) -> dict[Path, dict[str, str]]:
        """What was chosen, by the place of each file; nothing for what stays as it was guessed."""
        chosen = self._chosen()
        return {file.place: chosen for file in self._group.files} if chosen else {}

    @property
    def encodings(self) -> dict[Path, str]:
        """The encoding of each file, where it was chosen or was a guess."""
        codec = self._codec()
        chosen = codec if codec != self._found or not self._sure else ""
        return {file.place: chosen for file in self._group.files} if chosen else {}

    # ---- inside

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(6)
        column.addLayout(self._head())
        column.addLayout(self._choices())
        box = surface(QWidget(), "page")
        self._samples.setContentsMargins(12, 6, 12, 6)
        self._samples.setSpacing(0)
        box.setLayout(self._samples)
        column.addWidget(box)

    def _head(self) -> QHBoxLayout:
        table = self._group.table
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel("check-circle" if table.sure else "warning", "ok" if table.sure else "warn"))
        row.addWidget(elided(self._group.files[0].name, "strong"), 1)
        if len(self._group.files) > 1:
            others = counted(len(self._group.files) - 1, self.tr("other has"), self.tr("others have"))
            row.addWidget(label(self.tr("{others} the same columns").format(others=others), "meta"))
        if not table.sure:
            row.addWidget(label(self.tr("a guess: does it read well?"), "warn"))
        row.addWidget(self._encoding)
        if not table.encoding:
            self._encoding.hide()
        return row

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        asked = [(combo.accessibleName(), combo) for combo in self._shapes.values()]
        asked += zip(FIELDS.values(), self._fields.values(), strict=True)
        asked.append((self.tr("01/10/2022 is"), self._days))
        for place, (shown, combo) in enumerate(asked):
            row, across = divmod(place, _ACROSS)
            caption = label(shown, "second")
            caption.setBuddy(combo)
            grid.addWidget(caption, row, across * 2)
            grid.addWidget(combo, row, across * 2 + 1)
        for across in range(_ACROSS):
            grid.setColumnStretch(across * 2 + 1, 1)
        return grid

    def _combos_of_shape(self) -> dict[str, Choice]:
        """What the file itself offers: its sheets, if there are several; by which sign its cells are separated."""
        made = {}
        words = {
            "comma": self.tr("Comma"),
            "semicolon": self.tr("Semicolon"),
            "tab": self.tr("Tab"),
            "bar": self.tr("Vertical bar |"),
        }
        for setting in self._group.kind.read_settings:
            offered = self._group.table.choices.get(setting.name, ())
            if len(offered) > 1:
                combo = made[setting.name] = Choice(QCoreApplication.translate("Formats", setting.label))
                for each in offered:
                    combo.addItem(words.get(each, each) if setting.values else each, each)
        return made

    def _fill(self) -> None:
        """The columns that there are, and what they are taken for."""
        table = self._group.table
        for field, combo in self._fields.items():
            combo.blockSignals(True)
            combo.clear()
            if field != "text":
                combo.addItem(self.tr("None"), NONE)
            for name in table.names:
                combo.addItem(name, name)
            combo.setCurrentIndex(max(0, combo.findData(table.taken.get(field, NONE))))
            combo.blockSignals(False)
        if table.encoding and not self._encoding.count():
            for codec in dict.fromkeys([table.encoding, *LABELS]):
                self._encoding.addItem(encoding_label(codec), codec)

    def _chosen(self) -> dict[str, str]:
        """The settings that differ from what was guessed."""
        return self._shape() | self._chosen_columns()

    def _shape(self) -> dict[str, str]:
        return {name: str(combo.currentData()) for name, combo in self._shapes.items() if combo.currentIndex()}

    def _chosen_columns(self) -> dict[str, str]:
        chosen = {name: str(combo.currentData()) for name, combo in self._fields.items()}
        told = {name: value for name, value in chosen.items() if value != self._guessed.get(name, NONE)}
        return told | ({"days": str(self._days.currentData())} if self._days.currentIndex() else {})

    def _codec(self) -> str:
        return str(self._encoding.currentData() or "")

    def _read_again(self) -> None:
        self._begin(self._chosen(), self._take)

    def _recode(self) -> None:
        self._begin(self._shape(), self._take_recoded)  # the columns may get other names

    def _begin(self, settings: dict[str, str], take: Callable[[TableGroup], None]) -> None:
        """Read the first rows as they are now chosen, beside the window: a table may be large."""
        group, codec = self._group, self._codec()
        encoding = codec if codec != self._found else None
        if self._job is not None:
            self._job.finished.disconnect()
        self._job = Job(lambda _: read_again(group, settings, encoding))
        self._job.finished.connect(take)
        self._job.start()
        self.changed.emit()

    def _take(self, group: TableGroup) -> None:
        self._job = None
        self._group = group
        self._show()

    def _take_recoded(self, group: TableGroup) -> None:
        self._guessed = dict(group.table.taken)
        self._take(group)
        self._fill()

    def _show(self) -> None:
        clear(self._samples)
        if self._group.fault:
            fault = self._group.fault
            self._samples.addWidget(label(f"{fault[:1].upper()}{fault[1:]}.", "bad", wrap=True))
        for record in self._group.rows:
            self._samples.addWidget(elided(self._facts(record), "meta"))
            self._samples.addWidget(self._words(record))

    def _facts(self, record: DocumentRecord) -> str:
        coders = record.extra.get("assigned_to", [])
        facts = [record.title or self.tr("no title"), record.date or self.tr("no date"), record.outlet, record.url]
        facts += [record.language, ", ".join(coders)]
        return " · ".join(fact for fact in facts if fact)

    def _words(self, record: DocumentRecord) -> QLabel:
        line = ElidedLabel(" ".join(record.text[:400].split()))
        line.setFont(read_font(_SAMPLE_SIZE))
        line.setProperty("role", "")
        line.setAccessibleName(self.tr("Reads: {line}").format(line=line.text()[:120]))
        line.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return line

    def _files(self) -> str:
        return counted(len(self._group.files), self.tr("table"), self.tr("tables"))
