"""Passages that are tagged, are not, or can be doubted."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from annotator.model.codebook import Example, Tag
from annotator.model.codebook_edit import EXAMPLES, PINNED
from annotator.model.codebook_faults import Path

from . import choices
from .fields import ChoiceField, LineField, TextField
from .form import Form, Row
from .items import Item
from .records import RecordEditor, Records


@dataclass(frozen=True)
class Placed:
    """An example and the list that it stands in, of EXAMPLES."""

    kind: str
    example: Example


class ExamplesEditor(RecordEditor):
    """All examples of a tag in one list, grouped by kind."""

    def __init__(self) -> None:
        def tr(words: str) -> str:
            return QCoreApplication.translate("Codebook", words)

        form = Form(
            [
                _row("text", tr("Words"), TextField(least=3)),
                Row("kind", tr("It is"), ChoiceField(choices.options(choices.EXAMPLES))),
                _row("why", tr("Why"), LineField()),
                _row("decision", tr("Decision"), LineField(), tr("In doubt: what it is to be, as “claim”.")),
                _row("rule", tr("Rule"), LineField(), tr("The id of the rule that decides.")),
            ]
        )
        super().__init__(tr("Examples"), tr("Add an example"), form, _told, lambda _: Placed("positive", Example("")))

    def show_examples(self, tag: Tag, at: int | None = None) -> None:
        """Show the examples of a tag."""
        self.show_records(tuple(Placed(kind, each) for kind in EXAMPLES for each in getattr(tag, kind)), at)

    def show_records(self, records: Records, at: int | None = None) -> None:
        here = self.at if at is None else at
        chosen = records[here] if 0 <= here < len(records) else None
        ordered = sorted(records, key=lambda each: EXAMPLES.index(each.kind))
        place = next((place for place, each in enumerate(ordered) if each is chosen), here)
        super().show_records(tuple(ordered), place)

    def shift(self, steps: int) -> None:
        to = self.at + steps
        if 0 <= to < len(self._records) and self._records[to].kind == self._records[self.at].kind:
            super().shift(steps)

    def tell_fault(self, path: Path | None, sentence: str = "") -> None:
        super().tell_fault(self._joined(path) if path else path, sentence)

    def go_to(self, path: Path) -> None:
        super().go_to(self._joined(path))

    def _joined(self, path: Path) -> Path:
        """From the place in one of the lists to that in the joined one."""
        before = sum(EXAMPLES.index(each.kind) < EXAMPLES.index(str(path[0])) for each in self._records)
        return (before + int(path[1]), *path[2:]) if len(path) > 1 else ()


def split(records: Records, tag: Tag) -> Tag:
    """The tag with these examples."""
    lists = {kind: tuple(each.example for each in records if each.kind == kind) for kind in EXAMPLES}
    return replace(tag, positive=lists["positive"], negative=lists["negative"], borderline=lists["borderline"])


def _row(name: str, words: str, field: LineField | TextField, hint: str = "") -> Row:
    def get(record: Any) -> Any:
        return getattr(record.example, name)

    def put(record: Any, value: Any) -> Any:
        return replace(record, example=replace(record.example, **{name: value}))

    return Row(name, words, field, hint, get=get, put=put)


def _told(record: Placed) -> Item:
    pinned = " ⌖" if PINNED in record.example.extra else ""
    side = choices.said(choices.EXAMPLES[record.kind]).lower() + pinned
    return Item("", record.example.text or "…", side, quiet=not record.example.text)
