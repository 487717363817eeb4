"""The page of the codebook as a whole: its title and language, and the rules that hold for every tag."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from annotator.model.codebook import Codebook

from ..widgets.labels import elided
from .fields import LineField
from .form import Form, Row
from .part_page import PartPage, Place
from .rules import RulesEditor

RULES = ("general_rules", "boundary_rules")


class WholePage(PartPage):
    """Title, language, general rules and rules about boundaries."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, self.tr("Codebook"))
        self._book: Codebook | None = None
        self._title = elided("", "head")
        self.head.addWidget(self._title, 1)
        self.form = Form(
            [
                Row("title", self.tr("Title"), LineField()),
                Row(
                    "language",
                    self.tr("Language"),
                    LineField("en"),
                    self.tr("Of the codebook and, unless an article says otherwise, of the articles: en, de, uk."),
                ),
                Row("id", self.tr("Id"), LineField(), self.tr("Names the codebook in files; it never changes.")),
            ]
        )
        self.form.allow("id", False)
        self.editors = {name: RulesEditor() for name in RULES}
        self.add_sections(
            {
                "codebook": (self.tr("Codebook"), self.form),
                "general_rules": (self.tr("Rules for every tag"), self.editors["general_rules"]),
                "boundary_rules": (self.tr("Where spans begin and end"), self.editors["boundary_rules"]),
            },
            [
                Place((), "codebook", self.form),
                *(Place((name,), name, editor, 1) for name, editor in self.editors.items()),
            ],
        )
        self.form.edited.connect(self._write)
        for name, editor in self.editors.items():
            editor.setProperty("of", name)
            editor.edited.connect(self._write_rules)

    def show_book(self, book: Codebook) -> None:
        """Show a draft."""
        self._book = book
        self._title.setText(book.title or book.id)
        self.form.show_record(book)
        taken = [rule.id for rule in book.rules()]
        for (name, editor), letter in zip(self.editors.items(), "GB", strict=True):
            editor.show_rules(getattr(book, name), taken, letter)

    def _write(self, book: Any, name: str) -> None:
        self.edited.emit(book, f"book/{name}")

    def _write_rules(self, records: Any, name: str) -> None:
        of = str(self.sender().property("of"))
        if self._book is not None:
            self.edited.emit(replace(self._book, **{of: records}), name and f"{of}/{name}")
