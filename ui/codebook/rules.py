"""Rules, each with the id by which coders and reviewers name it."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QCoreApplication

from annotator.model.codebook import Rule
from annotator.model.codebook_edit import next_rule_id

from .fields import LineField, TextField
from .form import Form, Row
from .items import Item
from .records import RecordEditor


class RulesEditor(RecordEditor):
    """The rules of a tag, or those for all tags."""

    def __init__(self) -> None:
        def tr(words: str) -> str:
            return QCoreApplication.translate("Codebook", words)

        form = Form(
            [
                Row("text", tr("Rule"), TextField(least=3, most=10), path=("rule",)),
                Row("id", tr("Id"), LineField(), tr("By it the rule is named, as in “a venue (A6)”.")),
                Row("source", tr("Taken from"), LineField()),
                Row("differs_from", tr("Differs from"), TextField(), tr("Which known guideline decides otherwise.")),
            ]
        )
        super().__init__(tr("Rules"), tr("Add a rule"), form, _told, self._new)
        self._taken: Collection[str] = ()
        self._letter = "R"

    def show_rules(self, rules: tuple[Rule, ...], taken: Collection[str], letter: str, at: int | None = None) -> None:
        """Show rules; `taken` are all ids of the codebook, `letter` begins the id of a first rule."""
        self._taken, self._letter = taken, letter
        self.show_records(rules, at)

    def _new(self, rules: tuple[Any, ...]) -> Rule:
        return Rule(next_rule_id(rules, self._taken, self._letter), "")


def _told(rule: Rule) -> Item:
    return Item("", f"{rule.id}  {rule.text}" if rule.text else rule.id, quiet=not rule.text)
