"""Fields of a tag or a link: what coders are asked for while describing."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from annotator.model.attributes import ATTRIBUTE_KINDS, SINGLE_KINDS
from annotator.model.codebook import Attribute
from annotator.model.codebook_edit import id_from, new_attribute

from . import choices
from .fields import ChoiceField, LineField, TextField, TickField
from .form import Form, Row
from .items import Item
from .records import RecordEditor, Records
from .values_field import ValuesField


class AttributesEditor(RecordEditor):
    """A field's id names its values in the project, so that it stays once it was saved."""

    def __init__(self) -> None:
        def tr(words: str) -> str:
            return QCoreApplication.translate("Codebook", words)

        kinds = [(kind.id, choices.said(choices.KINDS[kind.id])) for kind in ATTRIBUTE_KINDS]
        single = [(kind.id, choices.said(choices.KINDS[kind.id])) for kind in SINGLE_KINDS]
        self._name = LineField()
        form = Form(
            [
                Row("label", tr("Name"), self._name),
                Row("id", tr("Id"), LineField(), tr("Names the field in files; it stays once it was saved.")),
                Row("type", tr("Kind"), ChoiceField(kinds), put=_with_kind),
                Row("of", tr("Several of"), ChoiceField(single), put=_with_member_kind),
                Row("values", tr("Values"), ValuesField(), get=lambda record: record, put=_with_values),
                Row("ordered", "", TickField(tr("Values go from least to most"))),
                Row("ask", tr("Asked"), ChoiceField(choices.options(choices.ASKS))),
                Row("default", tr("If nothing said"), LineField(), tr("The value that is proposed then.")),
                Row("advice", tr("Advice"), TextField()),
                Row("propose", tr("Proposed from"), LineField(), tr("In words, for the coders.")),
            ]
        )
        super().__init__(tr("Fields"), tr("Add a field"), form, _told, self._new)
        self._saved: Collection[str] = ()

    def show_attributes(self, attributes: tuple[Attribute, ...], saved: Collection[str], at: int | None = None) -> None:
        """Show fields; `saved` are the ids that are in the project."""
        self._saved = saved
        self.show_records(attributes, at)

    def adjusted(self, record: Any, name: str) -> Any:
        """The id of a new field follows its name until it is written by hand."""
        old: Attribute = self.current
        others = [each.id for each in self._records if each is not old]
        if name == "label" and old.id not in self._saved and old.id == id_from(old.name, others, "field"):
            return replace(record, id=id_from(record.label, others, "field"))
        return record

    def shown(self, record: Any) -> None:
        self._name.setPlaceholderText(replace(record, label="").name)
        self.form.allow("id", record.id not in self._saved)
        self.form.offer("of", record.type == "list")
        self.form.offer("values", "enum" in (record.type, record.of))
        self.form.offer("ordered", record.type == "enum")

    def _new(self, attributes: Records) -> Attribute:
        return new_attribute(attributes, QCoreApplication.translate("Codebook", "New field"))


def _with_kind(record: Attribute, kind: str) -> Attribute:
    of = (record.type if record.type != "list" else record.of) if kind == "list" else ""
    values = record.values if "enum" in (kind, of) else ()
    return replace(record, type=kind, of=of, values=values, ordered=record.ordered and kind == "enum", default="")


def _with_member_kind(record: Attribute, of: str) -> Attribute:
    return replace(record, of=of, values=record.values if of == "enum" else ())


def _with_values(record: Attribute, value: tuple[tuple[str, ...], dict[str, Any]]) -> Attribute:
    values, extra = value
    return replace(record, values=values, extra=extra)


def _told(attribute: Attribute) -> Item:
    return Item("", attribute.name, choices.said(choices.SHORT_KINDS[attribute.type]))
