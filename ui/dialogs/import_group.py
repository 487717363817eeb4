"""Files of one guessed encoding: how many, a line of them as it will read, and one choice that changes all."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.formats.encodings import LABELS
from annotator.formats.encodings import label as encoding_label
from annotator.formats.report import Refusal
from annotator.formats.text_files import EncodingGroup
from annotator.operations.import_preview import reread
from annotator.operations.words import counted

from ..theme import read_font
from ..widgets.icon_label import IconLabel
from ..widgets.labels import ElidedLabel, elided, label, set_role
from ..widgets.surface import surface

_SAMPLE_SIZE = 15


class EncodingRow(QWidget):
    """One group; `changed` when the person has chosen another encoding."""

    changed = Signal()

    def __init__(self, group: EncodingGroup) -> None:
        super().__init__()
        self.group = group
        self.readable = True  # False while the sample cannot be read in the chosen encoding
        count = len(group.looks)
        files = counted(count, self.tr("file"), self.tr("files"))
        self._sign = IconLabel("check-circle" if group.sure else "warning", "ok" if group.sure else "warn")
        head = label(files, "strong")
        self._doubt = label("" if group.sure else self.tr("a guess: does this line read well?"), "warn")
        self._combo = QComboBox()
        self._combo.setAccessibleName(self.tr("Encoding of {files}").format(files=files))
        self._combo.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for codec in dict.fromkeys([group.encoding, *LABELS]):
            self._combo.addItem(encoding_label(codec), codec)
        self._combo.currentIndexChanged.connect(self._reread)
        self.setFocusProxy(self._combo)
        self._sample = ElidedLabel()
        self._sample.setFont(read_font(_SAMPLE_SIZE))
        self._sample.setProperty("role", "")
        self._name = elided(self._shown_name(), "meta")
        self._build(head)
        self._show(group.sample.sample, readable=True)

    @property
    def chosen(self) -> str | None:
        """The encoding that a person chose instead of the guess."""
        codec = str(self._combo.currentData())
        return None if codec == self.group.encoding else codec

    def _build(self, head: QWidget) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._sign)
        line.addWidget(head)
        line.addWidget(self._doubt)
        line.addStretch(1)
        line.addWidget(self._combo)
        box = surface(QWidget(), "page")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(12, 6, 12, 6)
        inner.setSpacing(0)
        inner.addWidget(self._sample)
        inner.addWidget(self._name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(box)

    def _shown_name(self) -> str:
        others = len(self.group.looks) - 1
        name = self.tr("from {name}").format(name=self.group.sample.file.name)
        if not others:
            return name
        same = counted(others, self.tr("other file is"), self.tr("other files are"))
        return name + " · " + self.tr("{others} read the same way").format(others=same)

    def _reread(self) -> None:
        codec = str(self._combo.currentData())
        again = reread(self.group.sample, codec)
        if isinstance(again, Refusal):
            self._show(again.message[:1].upper() + again.message[1:] + ".", readable=False)
        else:
            self._show(again.sample, readable=True)
        sure = self.chosen is not None or self.group.sure
        self._doubt.setVisible(not sure)
        self._sign.show_icon("check-circle" if sure and self.readable else "warning", "ok" if sure else "warn")
        self.changed.emit()

    def _show(self, sample: str, *, readable: bool) -> None:
        self.readable = readable
        set_role(self._sample, "body" if readable else "bad")
        self._sample.setText(sample)
        self._sample.setAccessibleName(self.tr("Reads: {line}").format(line=sample))
        self._sample.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
