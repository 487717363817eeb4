"""Files of one format: how many, and behind a button its settings, with the first lines as they will then read."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.formats.encodings import LABELS
from annotator.formats.encodings import label as encoding_label
from annotator.formats.format import Format
from annotator.formats.text_files import FoundFile
from annotator.operations.import_preview import first_article
from annotator.operations.words import counted

from ..jobs import Job
from ..widgets.buttons import button
from ..widgets.choice import Choice
from ..widgets.clearing import clear
from ..widgets.icon_label import IconLabel
from ..widgets.labels import elided, label
from ..widgets.surface import surface
from .format_settings import FormatSettings

_LINES = 5  # of the first article that are shown
_LENGTH = 300  # characters of a line


class KindRow(QWidget):
    """One format; `changed` when a person has chosen a setting otherwise."""

    changed = Signal()

    def __init__(self, kind: Format, files: Sequence[FoundFile]) -> None:
        super().__init__()
        self._kind, self._files = kind, tuple(files)
        self._defaults = {setting.name: setting.default for setting in kind.read_settings}
        self._job: Job | None = None
        self._settings = FormatSettings()
        self._sample = QVBoxLayout()
        self._opened = QWidget()
        names = ", ".join(found.name for found in files[:3]) + (", …" if len(files) > 3 else "")
        folders = all(found.path.is_dir() for found in files)
        nouns = (self.tr("folder"), self.tr("folders")) if folders else (self.tr("file"), self.tr("files"))
        count = counted(len(files), *nouns)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(IconLabel("check-circle", "ok"))
        line.addWidget(label(f"{count}: {kind.label}"))
        line.addWidget(elided(names, "meta"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        self._opened.hide()
        self._encoding: Choice | None = None
        if kind.read_settings or kind.encoded:
            self._change = button(self.tr("Read differently…"), "link", on_click=self._unfold)
            line.addWidget(self._change)
            self._build(column)
            self._settings.show_settings(kind.read_settings, {})
            self._settings.changed.connect(self._read_again)

    @property
    def settings(self) -> dict[Path, dict[str, str]]:
        """What was chosen, by the place of each file; nothing if all is as it was."""
        chosen = {name: value for name, value in self._settings.values.items() if value != self._defaults[name]}
        return {file.place: chosen for file in self._files} if chosen else {}

    @property
    def encodings(self) -> dict[Path, str]:
        """The encoding that was chosen, by the place of each file; nothing if it is found out."""
        chosen = self._codec()
        return {file.place: chosen for file in self._files} if chosen else {}

    # ---- inside

    def _build(self, column: QVBoxLayout) -> None:
        inner = QVBoxLayout(self._opened)
        inner.setContentsMargins(24, 0, 0, 6)
        inner.setSpacing(6)
        inner.addWidget(self._settings)
        if self._kind.encoded:
            self._encoding = Choice(self.tr("Encoding"))
            self._encoding.addItem(self.tr("Found out for each file"), "")
            for codec in LABELS:
                self._encoding.addItem(encoding_label(codec), codec)
            self._encoding.currentIndexChanged.connect(self._read_again)
            inner.addWidget(label(self._encoding.accessibleName(), "second"))
            inner.addWidget(self._encoding)
        if self._kind.texts_only:  # what annotations become stands below them
            box = surface(QWidget(), "page")
            self._sample.setContentsMargins(12, 6, 12, 6)
            self._sample.setSpacing(0)
            box.setLayout(self._sample)
            inner.addWidget(box)
        column.addWidget(self._opened)

    def _codec(self) -> str:
        return str(self._encoding.currentData()) if self._encoding is not None else ""

    def _unfold(self) -> None:
        self._opened.show()
        self._settings.setFocus()
        self._change.hide()  # only now: what has the keyboard must not vanish
        self._look()

    def _read_again(self) -> None:
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        """Read the first article as it is now chosen, beside the window: a file may be large."""
        if not self._kind.texts_only:
            return
        kind, file, chosen, codec = self._kind, self._files[0], self._settings.values, self._codec() or None
        if self._job is not None:
            self._job.finished.disconnect()
            self._job.failed.disconnect()
        self._job = Job(lambda _: first_article(kind, file, chosen, codec).text)
        self._job.finished.connect(self._show)
        self._job.failed.connect(self._show_fault)
        self._job.start()

    def _show(self, text: str) -> None:
        lines = [line for line in text[: _LENGTH * 40].split("\n") if line.strip()]
        self._fill([elided(line[:_LENGTH], "body") for line in lines[:_LINES]])

    def _show_fault(self, sentence: str) -> None:
        self._fill([label(sentence, "bad", wrap=True)])

    def _fill(self, rows: Sequence[QWidget]) -> None:
        self._job = None
        clear(self._sample)
        for row in rows:
            self._sample.addWidget(row)
