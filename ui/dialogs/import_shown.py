"""What an import will meet: groups to look at, documents, tables, annotations, the first articles, what stays out."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from annotator.formats.encodings import label as encoding_label
from annotator.formats.format import Format
from annotator.formats.kinds import counted_kinds
from annotator.formats.report import Reason, Refusal
from annotator.formats.text_files import FoundFile
from annotator.model.records import DocumentRecord
from annotator.operations.import_preview import Preview
from annotator.operations.words import counted

from ..widgets.buttons import button
from ..widgets.icon_label import IconLabel
from ..widgets.labels import elided, label
from .import_group import EncodingRow
from .import_kind import KindRow
from .import_labels import LabelChoice
from .import_table import TableColumns

_NAMED = 60  # files left out that are named one by one here; the report after the import has all


class ImportShown(QWidget):
    """Shows one preview. `changed` when an encoding was chosen, `annotated_changed` when annotated files read anew."""

    changed = Signal()
    annotated_changed = Signal()

    def __init__(self, preview: Preview, labels: LabelChoice) -> None:
        super().__init__()
        self._preview = preview
        self.labels = labels
        self.kinds: list[KindRow] = []
        self.rows: list[EncodingRow] = []
        self.tables: list[TableColumns] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.setSpacing(6)
        self._show_texts()
        self._show_documents()
        self._show_tables()
        self._show_annotated()
        self._show_proposals(preview.proposals)
        self._show_refused(preview.refused)
        self._column.addStretch(1)

    def encodings_chosen(self) -> dict[int, str]:
        """A person's choices, by the group's place."""
        return {place: row.chosen for place, row in enumerate(self.rows) if row.chosen}

    def settings_chosen(self) -> dict[Path, dict[str, str]]:
        """A person's choices for tables and formats, by the place of each file."""
        parts: list[TableColumns | KindRow] = [*self.tables, *self.kinds]
        return {place: chosen for part in parts for place, chosen in part.settings.items()}

    def encodings_of_files(self) -> dict[Path, str]:
        """The encodings of tables and web pages, where chosen or a guess, by the place of each file."""
        parts: list[TableColumns | KindRow] = [*self.tables, *self.kinds]
        return {place: codec for part in parts for place, codec in part.encodings.items()}

    # ---- inside

    def _section(self, title: str) -> None:
        if self._column.count():
            self._column.addSpacing(8)
        self._column.addWidget(label(title, "section"))

    def _signed(self, text: str, sign: str, role: str, *extra: QWidget) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(sign, role))
        row.addWidget(label(text))
        for part in extra:
            row.addWidget(part)
        row.addStretch(1)
        self._column.addWidget(holder)
        return holder

    def _show_texts(self) -> None:
        groups = self._preview.groups
        if not groups:
            return
        doubtful = [group for group in groups if not group.sure]
        self._section(self.tr("Please look at these lines") if doubtful else self.tr("Text files"))
        self._rows_holder = QWidget()
        column = QVBoxLayout(self._rows_holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for group in groups:
            row = EncodingRow(group)
            row.changed.connect(self.changed)
            self.rows.append(row)
            column.addWidget(row)
        if len(groups) == 1 and groups[0].sure:
            self._fold(len(groups[0].looks), groups[0].encoding)
        self._column.addWidget(self._rows_holder)

    def _fold(self, count: int, encoding: str) -> None:
        """Nothing to ask: one line, and a way to choose all the same."""
        self._rows_holder.hide()
        change = button(self.tr("Read differently…"), "link")
        words = self.tr("{files}, read as {encoding}").format(
            files=self._files(count), encoding=encoding_label(encoding)
        )
        line = self._signed(words, "check-circle", "ok", change)

        def unfold() -> None:
            self._rows_holder.show()
            self.rows[0].setFocus()
            line.hide()  # only now: what has the keyboard must not vanish

        change.clicked.connect(unfold)

    def _show_documents(self) -> None:
        if self._preview.documents:
            self._section(self.tr("Files that are an article each"))
            self._show_files(self._preview.documents)

    def _show_tables(self) -> None:
        if not self._preview.tables:
            return
        self._section(self.tr("Tables, an article a row: which column is what?"))
        for group in self._preview.tables:
            table = TableColumns(group)
            table.changed.connect(self.changed)
            self.tables.append(table)
            self._column.addWidget(table)

    def _show_annotated(self) -> None:
        if self._preview.annotated:
            self._section(self.tr("Articles with annotations"))
            for row in self._show_files(self._preview.annotated):
                row.changed.connect(self.annotated_changed)
            self._column.addWidget(self.labels)

    def _show_files(self, listed: Sequence[tuple[Format, Sequence[FoundFile]]]) -> list[KindRow]:
        rows = [KindRow(kind, files) for kind, files in listed]
        for row in rows:
            self._column.addWidget(row)
        self.kinds += rows
        return rows

    def _show_proposals(self, proposals: Sequence[DocumentRecord]) -> None:
        if not proposals:
            return
        more = self._preview.single > len(proposals)
        self._section(
            self.tr("How the first articles will stand in the list")
            if more
            else self.tr("How they will stand in the list")
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        documents = {file.name for _, files in self._preview.documents for file in files}
        for place, record in enumerate(proposals):
            grid.addWidget(elided(record.title, "body"), place * 2, 0)
            grid.addWidget(label(record.date or self.tr("no date"), "meta"), place * 2, 1)
            grid.addWidget(elided(record.outlet, "meta"), place * 2, 2)
            if record.source_name in documents:  # how text files read is shown above
                grid.addWidget(elided(" ".join(record.text[:400].split()), "meta"), place * 2 + 1, 0, 1, 3)
        self._column.addLayout(grid)

    def _show_refused(self, refused: Sequence[Refusal]) -> None:
        if not refused:
            return
        self._section(self.tr("{files} left out").format(files=self._files(len(refused))))
        for sentence in self._summed_up(refused):
            self._signed(sentence, "minus-circle", "ink3")
        named = QWidget()
        column = QVBoxLayout(named)
        column.setContentsMargins(24, 2, 0, 0)
        column.setSpacing(1)
        for each in refused[:_NAMED]:
            column.addWidget(elided(f"{each.where}: {each.message}", "meta"))
        if len(refused) > _NAMED:
            column.addWidget(
                label(self.tr("… and {others} other files").format(others=f"{len(refused) - _NAMED:,}"), "meta")
            )
        named.hide()
        show = button(self.tr("Show which"), "link")
        show.setCheckable(True)
        show.toggled.connect(named.setVisible)
        line = QHBoxLayout()
        line.setContentsMargins(20, 0, 0, 0)
        line.addWidget(show)
        line.addStretch(1)
        self._column.addLayout(line)
        self._column.addWidget(named)

    def _summed_up(self, refused: Sequence[Refusal]) -> list[str]:
        words = {
            Reason.EMPTY: self.tr("{files}: empty"),
            Reason.UNREADABLE: self.tr("{files}: cannot be opened"),
            Reason.BINARY: self.tr("{files}: no text inside"),
            Reason.TOO_LARGE: self.tr("{files}: larger than 64 MB"),
            Reason.NOT_DECODABLE: self.tr("{files}: cannot be read as text"),
            Reason.INVALID: self.tr("{files}: damaged"),
        }
        missing = Counter(each.message for each in refused if each.reason is Reason.NOT_INSTALLED)
        packages = [f"{self._files(count)}: {message}" for message, count in missing.most_common()]
        unread = self.tr("{files}: Annotator cannot read this kind of file yet")
        counts = Counter(each.reason for each in refused if each.reason in words)
        told = [words[reason].format(files=self._files(count)) for reason, count in counts.most_common()]
        return [*(unread.format(files=kind) for kind in counted_kinds(refused)), *packages, *told]

    def _files(self, count: int) -> str:
        return counted(count, self.tr("file"), self.tr("files"))
