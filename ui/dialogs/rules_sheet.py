"""The rules of a tag: what it means, how far a span goes, its rules and examples."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.model.codebook import Example, Rule, Tag

from ..widgets.chip import Chip
from ..widgets.clearing import clear
from ..widgets.icon_label import IconLabel
from ..widgets.key_cap import KeyCaps
from ..widgets.labels import Role, elided, label
from ..widgets.segments import Segments
from ..widgets.sheet import Sheet
from ..widgets.surface import scrolled
from ..widgets.swatch import Swatch

_TOP = Qt.AlignmentFlag.AlignTop


class RulesPanel(QWidget):
    """The rules of one tag; its keys and the switch above lead to the others. Column or content of a sheet."""

    tag_shown = Signal(str)

    def __init__(self, tags: Sequence[Tag] = ()) -> None:
        super().__init__()
        self._tags: tuple[Tag, ...] = ()
        self._shown: Tag | None = None
        self.setAccessibleName(self.tr("Rules of the tag"))
        self._switch = Segments(self.tr("Tag"), [], wide=True)
        self._switch.chosen.connect(self.show_tag)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(8, 8, 12, 8)
        self._column.setSpacing(0)
        self._area = scrolled(self._body)
        self._area.setAccessibleName(self.tr("Rules and examples"))
        self.setFocusProxy(self._area)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(self._switch)
        outer.addWidget(self._area, 1)
        self.set_tags(tags)

    def set_tags(self, tags: Sequence[Tag], shown: str = "") -> None:
        """Offer the tags of a codebook and show one of them, else the first."""
        self._tags = tuple(tags)
        self._shown = None
        ids = [tag.id for tag in tags]
        self._switch.set_options([(tag.id, tag.label) for tag in tags], shown if shown in ids else "")
        if tags:
            self.show_tag(shown if shown in ids else ids[0])

    @property
    def shown(self) -> str:
        """The id of the tag whose rules are shown; empty where there is none."""
        return self._shown.id if self._shown else ""

    def show_tag(self, tag_id: str) -> None:
        """Show the rules of a tag; unknown ids are ignored."""
        tag = next((tag for tag in self._tags if tag.id == tag_id), None)
        if tag is None or tag is self._shown:
            return
        self._shown = tag
        self._switch.choose(tag_id)
        clear(self._column)
        self._fill(tag)
        self._area.verticalScrollBar().setValue(0)
        self._area.setAccessibleDescription(f"{tag.label}. {tag.definition}")
        self.tag_shown.emit(tag_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().lower()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        wanted = next((tag for tag in self._tags if key and key in tag.keys), None)
        if plain and wanted is not None:
            self.show_tag(wanted.id)
        else:
            super().keyPressEvent(event)

    # ---- inside -------------------------------------------------------------------------------

    def _fill(self, tag: Tag) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Chip(tag.label, tag.light, tag.dark))
        head.addWidget(Swatch(tag.bar, tag.light, tag.dark, 24))
        form = self.tr("a mention") if tag.form == "mention" else self.tr("a statement")
        head.addWidget(elided(form, "meta"), 1)
        for key in tag.keys[:2]:
            head.addWidget(KeyCaps(key))
        self._column.addLayout(head)
        self._text(tag.definition, "body", 10)
        self._section(self.tr("How far the span goes"), bool(tag.span))
        self._text(tag.span, "second", 4)
        self._section(self.tr("Rules"), bool(tag.rules))
        for rule in tag.rules:
            self._rule(rule)
        self._examples(self.tr("Tagged"), "check-circle", "ok", tag.positive)
        self._examples(self.tr("Not tagged"), "x-circle", "bad", tag.negative)
        self._examples(self.tr("In doubt"), "question", "warn", tag.borderline)
        self._column.addStretch(1)

    def _text(self, text: str, role: Role, above: int) -> None:
        if text:
            self._column.addSpacing(above)
            self._column.addWidget(label(text, role, wrap=True))

    def _section(self, title: str, needed: bool) -> None:
        if needed:
            self._text(title, "section", 16)

    def _rule(self, rule: Rule) -> None:
        name = label(rule.id, "meta")
        name.setMinimumWidth(32)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(name, 0, _TOP)
        row.addWidget(label(rule.text, wrap=True), 1)
        self._column.addSpacing(6)
        self._column.addLayout(row)

    def _examples(self, title: str, sign: str, role: str, examples: Sequence[Example]) -> None:
        self._section(title, bool(examples))
        for example in examples:
            words = QVBoxLayout()
            words.setSpacing(1)
            words.addWidget(label(example.text, wrap=True))
            why = " · ".join(part for part in (example.decision, example.why, example.rule) if part)
            if why:
                words.addWidget(label(why, "meta", wrap=True))
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(IconLabel(sign, role), 0, _TOP)
            row.addLayout(words, 1)
            self._column.addSpacing(6)
            self._column.addLayout(row)


class RulesSheet(Sheet):
    """The rules over a window that has no room for a column of them."""

    def __init__(self, parent: QWidget, tags: Sequence[Tag] = (), title: str = "") -> None:
        self.panel = RulesPanel(tags)
        super().__init__(parent, title or self.panel.tr("Rules"), self.panel, 720)

    def show_tag(self, tag_id: str) -> None:
        """Open the sheet at a tag."""
        self.panel.show_tag(tag_id)
        self.present()
