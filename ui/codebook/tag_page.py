"""The page of one tag: what it is called and looks like, how far its spans go, its rules, examples and fields."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.model.codebook import BARS, TAG_KEYS, Codebook, Tag, Trim, TrimWords
from annotator.model.codebook_edit import EXAMPLES, free_keys, id_from, with_tag
from annotator.operations.words import counted

from ..widgets.buttons import button
from ..widgets.chip import Chip
from ..widgets.labels import elided, label
from ..widgets.swatch import Swatch
from . import choices
from .attributes import AttributesEditor
from .colours_field import ColoursField, with_colours
from .examples import ExamplesEditor, split
from .fields import ChoiceField, LineField, TextField, TickField, WordsField
from .form import Form, Row
from .items import Item
from .part_page import PartPage, Place
from .records import RecordEditor
from .rules import RulesEditor


class TagPage(PartPage):
    """Everything of a tag can be changed but the id of one that is in the project."""

    retire_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, self.tr("Tag"))
        self._book: Codebook | None = None
        self._tag: Tag | None = None
        self._saved: Tag | None = None
        self._chip = Chip("", "#000000", "#ffffff")
        self._swatch = Swatch(BARS[0], "#000000", "#ffffff", 24)
        self._about = elided("", "meta")
        self._retire = button(self.tr("Retire or map…"))
        self._again = button(self.tr("Use again"))
        self._remove = button(self.tr("Remove"))
        self._retire.clicked.connect(self.retire_wanted)
        self._again.clicked.connect(self._use_again)
        self._remove.clicked.connect(self.removal_wanted)
        self.head.addWidget(self._chip)
        self.head.addWidget(self._swatch)
        self.head.addWidget(self._about, 1)
        for each in (self._retire, self._again, self._remove):
            self.head.addWidget(each)
        self.form = Form(self._rows())
        self.span = Form(self._span_rows())
        self.languages = _languages()
        self.rules, self.examples, self.fields = RulesEditor(), ExamplesEditor(), AttributesEditor()
        self.add_sections(
            {
                "tag": (self.tr("Tag"), self.form),
                "span": (self.tr("Span"), self._span_section()),
                "rules": (self.tr("Rules"), self.rules),
                "examples": (self.tr("Examples"), self.examples),
                "fields": (self.tr("Fields"), self.fields),
            },
            [
                Place((), "tag", self.form),
                *(Place((name,), "span", self.span) for name in ("span", "pieces", "across_paragraphs", "trim")),
                Place(("trim", "languages"), "span", self.languages, 2),
                Place(("rules",), "rules", self.rules, 1),
                *(Place((kind,), "examples", self.examples) for kind in EXAMPLES),
                Place(("attributes",), "fields", self.fields, 1),
            ],
        )
        for form in (self.form, self.span):
            form.edited.connect(self._write)
        for name, editor in (("rules", self.rules), ("attributes", self.fields)):
            editor.setProperty("of", name)
            editor.edited.connect(self._write_records)
        self.examples.edited.connect(self._write_examples)
        self.languages.edited.connect(self._write_languages)

    def show_tag(self, book: Codebook, tag: Tag, saved: Tag | None, used: int) -> None:
        """Show a tag of the draft; `saved` is what the project has of it, `used` how many annotations carry it."""
        at = None if self._tag is not None and self._tag.id == tag.id else 0
        self._book, self._tag, self._saved = book, tag, saved
        seen = with_colours(tag)
        self._chip.show_tag(tag.label or "…", seen.light, seen.dark)
        self._swatch.show_tag(tag.bar, seen.light, seen.dark)
        facts = [self.tr("retired") if tag.retired else "", counted(used, self.tr("annotation")) if used else ""]
        self._about.setText(" · ".join(each for each in facts if each))
        self._retire.setVisible(saved is not None and not saved.retired and not tag.retired)
        self._again.setVisible(tag.retired)
        self._remove.setVisible(not used)
        self.form.show_record(tag)
        self.form.allow("id", saved is None)
        self.form.say_hint("keys", self._told_of_keys(book))
        self.span.show_record(tag)
        self.languages.show_records(tag.trim.languages, at)
        taken = [rule.id for rule in book.rules()]
        self.rules.show_rules(tag.rules, taken, (tag.label[:1] or "R").upper(), at)
        self.examples.show_examples(tag, at)
        self.fields.show_attributes(tag.attributes, [each.id for each in saved.attributes] if saved else [], at)

    # ---- building

    def _rows(self) -> list[Row]:
        return [
            Row("label", self.tr("Name"), LineField()),
            Row("definition", self.tr("Meaning"), TextField(least=3)),
            Row("keys", self.tr("Keys"), WordsField(small=True), " "),
            Row("colours", self.tr("Colour"), ColoursField(), path=("color",), get=_colours, put=_with_colours),
            Row("form", self.tr("Form"), ChoiceField(choices.options(choices.FORMS))),
            Row("bar", self.tr("Line"), ChoiceField(choices.options(choices.BARS))),
            Row("id", self.tr("Id"), LineField(), self.tr("Names the tag in files; it stays once it was saved.")),
        ]

    def _span_rows(self) -> list[Row]:
        comma = self.tr("With commas between them.")
        return [
            Row("span", self.tr("How far it goes"), TextField(least=2)),
            Row("pieces", self.tr("Pieces"), ChoiceField(choices.options(choices.PIECES))),
            Row("across_paragraphs", "", TickField(self.tr("May go across paragraphs"))),
            _trim("lead", self.tr("Cut in front"), WordsField(commas=True), comma),
            _trim("tail", self.tr("Cut at the end"), WordsField(commas=True), ""),
            _trim("punctuation", "", TickField(self.tr("Cut punctuation at the ends")), ""),
            _trim("unpaired_quotes", "", TickField(self.tr("Cut quotation marks without a partner")), ""),
            _trim(
                "keep",
                self.tr("Never cut"),
                WordsField(commas=True),
                self.tr("Names that begin or end with such a word: El Salvador, Moody’s."),
            ),
        ]

    def _span_section(self) -> QWidget:
        section = QWidget()
        column = QVBoxLayout(section)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.span)
        column.addWidget(label(self.tr("Other words in articles of another language"), "section"))
        self.languages.setFixedHeight(190)
        column.addWidget(self.languages)
        column.addStretch(1)
        return section

    def _told_of_keys(self, book: Codebook) -> str:
        return self.tr("With blanks between them. Free: {keys}").format(
            keys=" ".join(free_keys(book)).upper() or self.tr("none of {keys}").format(keys=" ".join(TAG_KEYS).upper())
        )

    # ---- writing

    def _tell(self, tag: Tag, name: str) -> None:
        if self._book is not None and self._tag is not None:
            old, self._tag = self._tag, tag
            self.edited.emit(with_tag(self._book, old.id, tag), name and f"{tag.id}/{name}")

    def _write(self, tag: Any, name: str) -> None:
        old = self._tag
        if old is None or self._book is None:
            return
        if name == "label" and self._saved is None:
            others = [each.id for each in self._book.tags if each.id != old.id]
            if old.id == id_from(old.label, others, "tag"):  # until it is written by hand it follows the name
                tag = replace(tag, id=id_from(tag.label, others, "tag"))
        self._tell(tag, name if name in ("label", "id", "definition", "keys", "colours", "span") else "")

    def _write_records(self, records: Any, name: str) -> None:
        of = str(self.sender().property("of"))
        if self._tag is not None:
            self._tell(replace(self._tag, **{of: records}), name and f"{of}/{name}")

    def _write_examples(self, records: Any, name: str) -> None:
        if self._tag is not None:
            self._tell(split(records, self._tag), name and f"examples/{name}")

    def _write_languages(self, records: Any, name: str) -> None:
        if len({each.language for each in records}) < len(records):
            self.languages.form.tell_fault(("language",), self.tr("This language stands in the list already."))
        elif self._tag is not None:
            trim = replace(self._tag.trim, languages=records)
            self._tell(replace(self._tag, trim=trim), name and f"languages/{name}")

    def _use_again(self) -> None:
        if self._tag is not None:
            self._tell(replace(self._tag, retired=False), "")


def _colours(tag: Tag) -> tuple[str, str]:
    return tag.light, tag.dark


def _with_colours(tag: Tag, value: tuple[str, str]) -> Tag:
    return replace(tag, light=value[0], dark=value[1])


def _trim(name: str, words: str, field: QWidget, hint: str) -> Row:
    def get(tag: Tag) -> Any:
        return getattr(tag.trim, name)

    def put(tag: Tag, value: Any) -> Tag:
        trim: Trim = replace(tag.trim, **{name: value})
        return replace(tag, trim=trim)

    return Row(name, words, field, hint, ("trim", name), get, put)


def _languages() -> RecordEditor:
    def tr(words: str) -> str:
        return choices.said(words)

    form = Form(
        [
            Row("language", tr("Language"), LineField("de")),
            Row("lead", tr("Cut in front"), WordsField("der, die, das", commas=True, none=True)),
            Row("tail", tr("Cut at the end"), WordsField(commas=True, none=True)),
        ]
    )
    return RecordEditor(
        tr("Languages"),
        tr("Add a language"),
        form,
        lambda each: Item("", each.language or "…", ", ".join(each.lead or ())[:20]),
        lambda _: TrimWords("xx"),
        width=236,
    )
