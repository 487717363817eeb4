"""Where is looked: kinds of places, tag, coder, field, dates. What stands open narrows nothing."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from annotator.model.codebook import Codebook
from annotator.model.rows import Coder
from annotator.operations.searching import Search
from annotator.storage.concordance import ANNOTATIONS, ATTRIBUTES, NOTES, TEXT

_LEAST = 64  # pixels of each control


class Filters(QWidget):
    """`changed` when something else is to be looked through; a field is taken when it is left or Enter is pressed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Where to look"))
        self._where, self._tag, self._coder = QComboBox(), QComboBox(), QComboBox()
        self._field, self._since, self._until = QLineEdit(), QLineEdit(), QLineEdit()
        self._places = (
            (self.tr("Articles and notes"), (TEXT, NOTES)),
            (self.tr("Articles"), (TEXT,)),
            (self.tr("Tagged words"), (ANNOTATIONS,)),
            (self.tr("Notes and questions"), (NOTES,)),
            (self.tr("Fields"), (ATTRIBUTES,)),
            (self.tr("Everything"), (TEXT, NOTES, ATTRIBUTES)),
        )
        for words, where in self._places:
            self._where.addItem(words, where)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        names = (
            (self._where, self.tr("Where to look"), ""),
            (self._tag, self.tr("Tag"), ""),
            (self._coder, self.tr("Coder"), ""),
            (self._field, self.tr("Field and value, as in type=person"), self.tr("field=value")),
            (self._since, self.tr("Articles from this date on, as 2024 or 2024-03"), self.tr("from 2024-03")),
            (self._until, self.tr("Articles up to this date, as 2024 or 2024-03"), self.tr("to 2024")),
        )
        for part, name, hint in names:
            part.setAccessibleName(name)
            part.setToolTip(name)
            part.setMinimumWidth(_LEAST)
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            if isinstance(part, QLineEdit):
                part.setPlaceholderText(hint)
                part.editingFinished.connect(self._edited)
            else:
                part.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                part.setMinimumContentsLength(8)
                part.activated.connect(lambda _: self.changed.emit())
            row.addWidget(part, 3 if part is self._where else 2)
        self._taken = self._typed()

    def offer(self, codebook: Codebook | None, coders: Sequence[Coder]) -> None:
        """Offer the tags and fields of a codebook, and these coders."""
        tags = codebook.tags if codebook else ()
        _fill(self._tag, self.tr("Any tag"), [(tag.label, tag.id) for tag in tags])
        _fill(self._coder, self.tr("Any coder"), [(coder.name, coder.id) for coder in coders])
        self._coder.setVisible(len(coders) > 1)
        fields = {each.id: each for tag in tags for each in tag.attributes}
        known = [f"{name}={value}" for name, each in fields.items() for value in (each.values or ("",))]
        self._field.setCompleter(QCompleter(known, self._field))

    def read_into(self, search: Search) -> Search:
        """The search with what is chosen here."""
        name, _, value = self._field.text().partition("=")
        return replace(
            search,
            where=self._where.currentData(),
            tags=tuple(filter(None, (self._tag.currentData(),))),
            coders=tuple(filter(None, (self._coder.currentData(),))),
            attributes=((name.strip(), value.strip()),) if name.strip() else (),
            since=self._since.text().strip(),
            until=self._until.text().strip(),
        )

    def show_search(self, search: Search) -> None:
        """Choose what a search asks for; of several tags or coders the first."""
        with QSignalBlocker(self):
            at = next((at for at, (_, where) in enumerate(self._places) if set(where) == set(search.where)), 0)
            self._where.setCurrentIndex(at)
            self._tag.setCurrentIndex(max(0, self._tag.findData(next(iter(search.tags), ""))))
            self._coder.setCurrentIndex(max(0, self._coder.findData(next(iter(search.coders), ""))))
            self._field.setText("=".join(next(iter(search.attributes), ())))
            self._since.setText(search.since)
            self._until.setText(search.until)
            self._taken = self._typed()

    def _typed(self) -> tuple[str, ...]:
        return self._field.text(), self._since.text(), self._until.text()

    def _edited(self) -> None:
        if self._typed() != self._taken:
            self._taken = self._typed()
            self.changed.emit()


def _fill(box: QComboBox, every: str, options: Sequence[tuple[str, str]]) -> None:
    """Offer other options, and keep the choice if it is among them."""
    chosen = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        box.addItem(every, "")
        for words, data in options:
            box.addItem(words, data)
        box.setCurrentIndex(max(0, box.findData(chosen)))
