"""The annotation at hand: tag, place, words, note, question, unsure, boundaries."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QStackedLayout, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook
from annotator.model.rows import Annotation
from annotator.operations.words import counted

from ..describe.form import DescribeForm
from ..describe.links import LinksList
from ..open_document import OpenDocument
from ..proposals.words import came_from
from ..theme import read_font
from ..widgets.buttons import Button, button, icon_button
from ..widgets.chip import Chip
from ..widgets.empty_state import EmptyState
from ..widgets.labels import label
from ..widgets.surface import scrolled
from .proposal_page import ProposalPage
from .rule_changes import RuleChanges
from .talk import Talk

if TYPE_CHECKING:
    from annotator.model.codebook_diff import Change
    from annotator.propose import Proposal
    from annotator.review.threads import Thread

NOTE_HEIGHT = 64
HEADING = 28  # over a field, with its gap


class Inspector(QWidget):
    """Shows one annotation and lets a person write on it; what is written goes out by signals, with the key."""

    note_written = Signal(int, str)
    question_written = Signal(int, str)
    unsure_set = Signal(int, bool)
    tag_wanted = Signal()
    delete_wanted = Signal()
    edges_wanted = Signal()
    message_written = Signal(int, str)
    thread_settled = Signal(object)  # Thread
    still_right = Signal()  # by the rules that have changed
    done = Signal()  # the person is through here and wants back to the article

    def __init__(self, document: OpenDocument) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.setAccessibleName(self.tr("Details"))
        self._document = document
        self._codebook: Codebook | None = None
        self._shown: int | None = None
        self._proposed = False  # whether a proposal is at hand
        self._build()
        document.settled.connect(self.catch_up)
        document.put.connect(self._put)
        document.reset.connect(self.refresh)
        self.refresh()

    # ---- what others use

    def show_codebook(self, codebook: Codebook | None) -> None:
        """Name and colour tags by this codebook."""
        self._codebook = codebook
        self.refresh()

    def edit_note(self) -> None:
        """Put the keyboard into the note."""
        self.catch_up()
        self._edit(self._note)

    def edit_question(self) -> None:
        """Put the keyboard into the question to the lead."""
        self.catch_up()
        self._question_box.show()
        self._edit(self._question)

    def begin_message(self) -> None:
        """Put the keyboard where one writes about the annotation."""
        self.catch_up()
        self.talk.show()
        self.talk.begin()

    def show_threads(self, annotation: int, threads: "Sequence[Thread]", name_of: Callable[[int], str]) -> None:
        """Show what was written about an annotation, as long as it is the one at hand."""
        if annotation == self._shown:
            self.talk.show_threads(threads, name_of)
            self.talk.setVisible(bool(threads) or self.talk.line.hasFocus() or bool(self.talk.line.text()))

    def show_rule_changes(self, changes: "Sequence[Change]") -> None:
        """Say what has changed in the rules since the annotation was confirmed; no changes take it away."""
        self._rules.show_changes(changes)

    def show_proposal(self, proposal: "Proposal | None") -> None:
        """Show a proposal in place of an annotation; none takes it away."""
        self._proposed = proposal is not None
        if proposal is not None:
            paragraph = self._document.paragraph_of(proposal.outer.start)
            self.proposal.show_proposal(proposal, self._document.text, paragraph, self._codebook)
        self.refresh()

    def keep(self) -> None:
        """Send out what was written and not yet sent."""
        annotation = self._document.annotation(self._shown)
        if annotation is None or self._shown is None:
            return
        note, question = self._note.toPlainText().strip(), self._question.toPlainText().strip()
        if note != annotation.note:
            self.note_written.emit(self._shown, note)
        if question != annotation.question:
            self.question_written.emit(self._shown, question)

    def catch_up(self) -> None:
        """Turn to the annotation at hand. The article is painted before, so whoever works in here asks for it first."""
        if self._shown != self._document.current:
            self.refresh()

    def refresh(self) -> None:
        """Show the annotation at hand."""
        if self._shown is not None and self._shown != self._document.current:
            self.keep()
        annotation = self._document.annotation(self._document.current)
        self._stack.setCurrentIndex(1 if annotation is not None else 2 if self._proposed else 0)
        turned = self._shown != (annotation.key if annotation else None)
        self._shown = annotation.key if annotation else None
        if annotation is not None:
            self._show(annotation)
        if turned:
            self._area.verticalScrollBar().setValue(0)  # begin with what it is

    # ---- inside

    def _build(self) -> None:
        self._stack = QStackedLayout(self)
        hint = self.tr("Select words and press the key of a tag, or move onto a tag to see it here.")
        self._stack.addWidget(EmptyState("cursor", self.tr("Nothing chosen"), hint))
        self._content = content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(6)
        column.addLayout(self._build_head())
        column.addSpacing(6)
        self._quote = label("", "body", wrap=True)
        self._quote.setFont(read_font(15))
        self._quote.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._quote)
        column.addSpacing(8)
        self._warning = label("", "warn", wrap=True)
        column.addWidget(self._warning)
        column.addLayout(self._build_place())
        self._origin = label("", "meta", wrap=True)
        column.addWidget(self._origin)
        self._rules = RuleChanges()
        self._rules.agreed.connect(self.still_right)
        column.addWidget(self._rules)
        self.form, self.links = DescribeForm(), LinksList()
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 4, 0, 0)
        holder.addWidget(self.form)
        holder.addWidget(self.links)
        column.addLayout(holder)
        self._build_words(column)
        column.addStretch(1)
        self._area = area = scrolled(content)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields bring themselves into sight
        area.verticalScrollBar().rangeChanged.connect(lambda *_: self._bring_field())
        self._stack.addWidget(area)
        self.proposal = ProposalPage()
        self._stack.addWidget(scrolled(self.proposal))
        self.form.moved.connect(lambda place: self._reveal(self.form, place))
        self.links.moved.connect(self._reveal)

    def _build_words(self, column: QVBoxLayout) -> None:
        """What people write about the annotation: a note, a question, messages."""
        column.addWidget(label(self.tr("Note"), "section"))
        self._note = self._field(self.tr("Note"), self.tr("Why this tag, what is hard here"))
        column.addWidget(self._note)
        self._question_box = QWidget()
        self._question_box.installEventFilter(self)
        inner = QVBoxLayout(self._question_box)
        inner.setContentsMargins(0, 4, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(label(self.tr("Question to the lead"), "section"))
        self._question = self._field(self.tr("Question to the lead"), self.tr("What the rules leave open"))
        inner.addWidget(self._question)
        column.addWidget(self._question_box)
        self.talk = Talk()
        self.talk.written.connect(lambda text: self.message_written.emit(self._shown or 0, text))
        self.talk.settled.connect(self.thread_settled)
        self.talk.installEventFilter(self)  # Enter in its line goes up to it: what was written is sent
        self.talk.hide()
        column.addWidget(self.talk)

    def _build_head(self) -> QHBoxLayout:
        self._chip, self._where = Chip("", "#000000", "#ffffff"), label("", "meta")
        self._unsure = icon_button("flag", self.tr("Unsure"), self._toggle_unsure)
        self._unsure.setCheckable(True)
        ask = icon_button("chat-circle", self.tr("Ask the lead"), self.edit_question)
        remove = icon_button("trash", self.tr("Delete"), self.delete_wanted.emit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._chip)
        row.addWidget(self._where)
        row.addStretch(1)
        for each in (self._unsure, ask, remove):
            row.addWidget(each)
        return row

    def _build_place(self) -> QHBoxLayout:
        self._place: QLabel = label("", "meta")
        self._retag: Button = button(self.tr("Change tag"), "link", on_click=self.tag_wanted.emit)
        self._edges: Button = button(self.tr("Move edges"), "link", on_click=self.edges_wanted.emit)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._place)
        row.addStretch(1)
        row.addWidget(self._retag)
        row.addWidget(self._edges)
        return row

    def _field(self, name: str, hint: str) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setProperty("kind", "note")
        made.setAccessibleName(name)
        made.setPlaceholderText(hint)
        made.setTabChangesFocus(True)
        made.setFixedHeight(NOTE_HEIGHT)
        made.installEventFilter(self)
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Move:
            self._bring_field()  # the column above it has grown
        elif event.type() == QEvent.Type.FocusOut:
            self.keep()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.keep()
                self.done.emit()
                return True
        return super().eventFilter(watched, event)

    def _put(self, key: int) -> None:
        if key == self._shown:
            self.refresh()

    def _show(self, annotation: Annotation) -> None:
        tag = self._codebook.tag(annotation.tag) if self._codebook else None
        name = tag.label.lower() if tag else annotation.tag
        self._chip.show_tag(name, tag.light if tag else "#4d4e55", tag.dark if tag else "#b6b7be")
        paragraph = self._document.paragraph_of(annotation.outer.start)
        words = counted(len(annotation.quote.split()), self.tr("word"), self.tr("words"))
        self._where.setText(f"¶ {paragraph} · {words}")
        pieces = [self._document.text[start:end] for start, end in annotation.spans]
        self._quote.setText(" … ".join(" ".join(piece.split()) for piece in pieces)[:2_000])
        self._place.setText(", ".join(f"{start}–{end}" for start, end in annotation.spans[:3]))
        self._place.setAccessibleName(self.tr("Characters {place}").format(place=self._place.text()))
        self._unsure.setChecked(annotation.unsure)
        origin = came_from(annotation.extra)
        self._origin.setText(origin)
        self._origin.setVisible(bool(origin))
        crossing = tag is not None and not tag.across_paragraphs and any("\n" in piece for piece in pieces)
        self._warning.setVisible(crossing)
        self._warning.setText(self.tr("Crosses a paragraph; by the codebook this tag does not."))
        for field, text in ((self._note, annotation.note), (self._question, annotation.question)):
            if not (field.hasFocus() and field.toPlainText().strip()) and field.toPlainText() != text:
                field.setPlainText(text)
        self._question_box.setVisible(bool(annotation.question) or self._question.hasFocus())

    def _reveal(self, part: QWidget, place: QRect) -> None:
        content = self._content
        if layout := content.layout():
            layout.activate()  # the form has just grown
        content.adjustSize()
        top = part.mapTo(content, place.topLeft()).y()
        self._area.ensureVisible(0, top + place.height(), 0, 8)
        self._area.ensureVisible(0, top, 0, 8)

    def _toggle_unsure(self) -> None:
        if self._shown is not None:
            self.unsure_set.emit(self._shown, self._unsure.isChecked())

    def _edit(self, field: QPlainTextEdit) -> None:
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()
        self._bring_field()

    def _bring_field(self) -> None:
        """Scroll until the field that has the keyboard is to be seen, with its heading."""
        for field in (self._note, self._question, self.talk.line):
            if field.hasFocus():
                top = field.mapTo(self._content, field.rect().topLeft()).y()
                self._area.ensureVisible(0, top - HEADING, 0, 0)
                self._area.ensureVisible(0, top + field.height(), 0, 8)
