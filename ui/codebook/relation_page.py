"""The page of one kind of link: its name, its key, the tags at either end, its fields."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from annotator.model.codebook import Codebook, RelationType
from annotator.model.codebook_edit import id_from, with_relation

from ..widgets.buttons import button
from ..widgets.labels import elided
from .attributes import AttributesEditor
from .fields import LineField, NumberField, TagsField, TextField, TickField, WordsField
from .form import Form, Row
from .part_page import PartPage, Place


class RelationPage(PartPage):
    """Everything of a link can be changed but the id of one that is in the project."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, self.tr("Link"))
        self._book: Codebook | None = None
        self._relation: RelationType | None = None
        self._saved: RelationType | None = None
        self._title = elided("", "head")
        self._remove = button(self.tr("Remove"))
        self._remove.clicked.connect(self._drop)
        self.head.addWidget(self._title, 1)
        self.head.addWidget(self._remove)
        self._ends = (TagsField(), TagsField())
        self.form = Form(
            [
                Row("label", self.tr("Name"), LineField(), self.tr("Read from its beginning to its end: “said by”.")),
                Row("from_tags", self.tr("Begins at"), self._ends[0], path=("from",)),
                Row("to_tags", self.tr("Leads to"), self._ends[1], path=("to",)),
                Row("keys", self.tr("Key"), WordsField(small=True), self.tr("One letter, pressed after G.")),
                Row("max_per_from", self.tr("How many"), NumberField(self.tr("any number"))),
                Row("same_tag", "", TickField(self.tr("Both ends carry the same tag"))),
                Row("note", self.tr("Advice"), TextField()),
                Row("propose", self.tr("Proposed from"), LineField(), self.tr("In words, for the coders.")),
                Row("id", self.tr("Id"), LineField(), self.tr("Names the link in files; it stays once it was saved.")),
            ]
        )
        self.fields = AttributesEditor()
        self.add_sections(
            {"link": (self.tr("Link"), self.form), "fields": (self.tr("Fields"), self.fields)},
            [Place((), "link", self.form), Place(("attributes",), "fields", self.fields, 1)],
        )
        self.form.edited.connect(self._write)
        self.fields.edited.connect(self._write_fields)

    def show_relation(self, book: Codebook, relation: RelationType, saved: RelationType | None, used: int) -> None:
        """Show a kind of link of the draft; `saved` is what the project has of it, `used` how many links there are."""
        at = None if self._relation is not None and self._relation.id == relation.id else 0
        self._book, self._relation, self._saved = book, relation, saved
        self._title.setText(relation.label or relation.id)
        self._remove.setVisible(not used)
        for each in self._ends:
            each.show_tags(book.tags)
        self.form.show_record(relation)
        self.form.allow("id", saved is None)
        self.fields.show_attributes(relation.attributes, [each.id for each in saved.attributes] if saved else [], at)

    # ---- writing

    def _tell(self, relation: RelationType, name: str) -> None:
        if self._book is not None and self._relation is not None:
            old, self._relation = self._relation, relation
            self.edited.emit(with_relation(self._book, old.id, relation), name and f"{relation.id}/{name}")

    def _write(self, relation: Any, name: str) -> None:
        old = self._relation
        if old is None or self._book is None:
            return
        if name == "label" and self._saved is None:
            others = [each.id for each in self._book.relations if each.id != old.id]
            if old.id == id_from(old.label, others, "link"):
                relation = replace(relation, id=id_from(relation.label, others, "link"))
        self._tell(relation, name if name in ("label", "id", "keys", "note", "propose", "max_per_from") else "")

    def _write_fields(self, records: Any, name: str) -> None:
        if self._relation is not None:
            self._tell(replace(self._relation, attributes=records), name and f"attributes/{name}")

    def _drop(self) -> None:
        if self._book is not None and self._relation is not None:
            gone = self._relation.id
            left = tuple(each for each in self._book.relations if each.id != gone)
            self.edited.emit(replace(self._book, relations=left), "")
