"""What bringing in files would do: numbers by kind, coder and article, what to look at, what is refused."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from annotator.operations.merge_preview import MergePreview, Numbers
from annotator.operations.merging import UNUSABLE

from ..dialogs.place_row import warning
from ..widgets.buttons import button
from ..widgets.icon_label import IconLabel
from ..widgets.labels import breakable, elided, label
from ..widgets.segments import Segments

_LISTED = 200  # rows of a table, and remarks, that are shown; `annotator merge --dry-run` tells all
_FIRST = 4  # remarks that are shown without asking


class BringInShown(QWidget):
    """One preview: what is refused, what is to be settled, what comes, and what is worth a look."""

    def __init__(self, preview: MergePreview, choices: QWidget | None = None) -> None:
        super().__init__()
        self._preview = preview
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        if preview.paths:
            names = ", ".join(preview.files[:3]) + (", …" if len(preview.files) > 3 else "")
            said = preview.said()
            self._column.addWidget(label(said[:1].upper() + said[1:], "head", wrap=True))
            self._column.addWidget(elided(self.tr("from {files}").format(files=names), "meta"))
        left_out = [f"{each.reason}." if each.where == UNUSABLE else str(each) for each in preview.refused]
        self._add_remarks(self.tr("Left out"), left_out, warn=True)
        if choices is not None:
            self._column.addSpacing(6)
            self._column.addWidget(choices)
            self._column.addSpacing(6)
        if preview.paths:
            self._add_tables()
        self._add_remarks(self.tr("Worth a look"), [str(each) for each in preview.conflicts])

    def _add_tables(self) -> None:
        tables: dict[str, tuple[str, Mapping[str, Numbers]]] = {
            "kinds": (self.tr("All"), {kind_word(kind): each for kind, each in self._preview.kinds.items()}),
            "coders": (self.tr("Annotations by coder"), self._preview.by_coder),
            "documents": (self.tr("Annotations by article"), self._preview.by_document),
        }
        self._tables = {key: self._table(numbers) for key, (_, numbers) in tables.items()}
        which = Segments(self.tr("How the numbers are told"), [(key, words) for key, (words, _) in tables.items()])
        which.chosen.connect(self._turn)
        self._column.addWidget(which, 0, Qt.AlignmentFlag.AlignLeading)
        for table in self._tables.values():
            self._column.addWidget(table)
        self._turn(which.choice)

    def _turn(self, chosen: str) -> None:
        for key, table in self._tables.items():
            table.setVisible(key == chosen)

    def _table(self, numbers: Mapping[str, Numbers]) -> QWidget:
        made = QWidget(self)
        made.hide()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        side = Qt.AlignmentFlag.AlignRight
        for column, words in enumerate((self.tr("new"), self.tr("changed"), self.tr("already there")), 1):
            grid.addWidget(label(words, "meta"), 0, column, side)
        rows = [(name, each) for name, each in numbers.items() if each.new or each.changed or each.already]
        for row, (name, each) in enumerate(rows[:_LISTED], 1):
            grid.addWidget(elided(name), row, 0)
            for column, number in enumerate((each.new, each.changed, each.already), 1):
                news = bool(number) and column < 3
                grid.addWidget(label(f"{number:,}" if number else "–", "body" if news else "meta"), row, column, side)
        if len(rows) > _LISTED:
            more = self.tr("… and {number} more").format(number=f"{len(rows) - _LISTED:,}")
            grid.addWidget(label(more, "meta"), _LISTED + 1, 0)
        return made

    def _add_remarks(self, title: str, sentences: Sequence[str], *, warn: bool = False) -> None:
        if not sentences:
            return
        self._column.addSpacing(6)
        self._column.addWidget(label(f"{title} {len(sentences):,}", "section"))
        for sentence in sentences[:_FIRST]:
            self._column.addWidget(warning(sentence) if warn else _remark(sentence))
        rest = sentences[_FIRST:_LISTED]
        if not rest:
            return
        more = QWidget(self)
        more.hide()
        column = QVBoxLayout(more)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for sentence in rest:
            column.addWidget(warning(sentence) if warn else _remark(sentence))
        show = button(self.tr("Show {number} more").format(number=f"{len(sentences) - _FIRST:,}"), "link")
        show.setCheckable(True)
        show.toggled.connect(more.setVisible)
        self._column.addWidget(show, 0, Qt.AlignmentFlag.AlignLeading)
        self._column.addWidget(more)


def kind_word(kind: str) -> str:
    """What people call several of a kind of `merge_preview.KINDS`."""
    told = QCoreApplication.translate
    words = {
        "document": told("BringIn", "articles"),
        "annotation": told("BringIn", "annotations"),
        "relation": told("BringIn", "links"),
        "reading": told("BringIn", "readings (how far somebody is with an article)"),
        "entity": told("BringIn", "actors"),
        "decision": told("BringIn", "decisions and messages"),
        "codebook": told("BringIn", "codebook versions"),
        "coder": told("BringIn", "coders"),
    }
    return words.get(kind, kind)


def _remark(sentence: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconLabel("info", "ink3"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(breakable(sentence), "second", wrap=True), 1)
    return holder
