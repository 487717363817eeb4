"""The details of the place at hand: what each reading says, what a rule proposes, the rule, messages, the decision."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.model.codebook import Codebook, Tag
from annotator.operations import review_proposals, talking
from annotator.operations.reviewing import Case
from annotator.review.decisions import AGREED, DECIDED
from annotator.review.kinds import BOUNDARY, ONLY
from annotator.review.readings import Mark
from annotator.storage import queries

from ..panels.tag_bar import KeyButton
from ..panels.talk import Talk
from ..theme import READ_FAMILIES, appearance, colour, current
from ..widgets.avatar import Avatar
from ..widgets.chip import Chip
from ..widgets.clearing import clear
from ..widgets.hairline import Hairline
from ..widgets.key_cap import KeyCaps
from ..widgets.labels import Role, direction_of, elided, label
from ..widgets.surface import scrolled, surface
from ..workspace import Workspace
from .disagreement_rows import words_of
from .look import CIRCLED, kind_of, kind_word, state_word
from .names import Names
from .session import ReviewSession
from .values import told_values

_MOST = 60  # of the places like this one that are named
_DOES = "does"  # dynamic property of a button: the id of an action


class PlacePanel(QWidget):
    """Shows; what is pressed or written it only tells."""

    reading_chosen = Signal(int)  # from 1
    action_chosen = Signal(str)
    message_written = Signal(str)
    settle_requested = Signal(object)  # Thread

    def __init__(self, workspace: Workspace, session: ReviewSession, names: Names) -> None:
        super().__init__()
        self._workspace, self._session, self._names = workspace, session, names
        self.codebook: Codebook | None = None
        self.keys: dict[str, str] = {}  # action → its key
        self._alike: list[Case] | None = None  # shown before the same is decided there
        self.setObjectName("place_details")
        self.setAccessibleName(self.tr("Details of this place"))
        surface(self, "side")
        self._column = QVBoxLayout()
        self.talk = Talk()
        self.talk.line.setObjectName("review_message")
        self.talk.written.connect(self.message_written)
        self.talk.settled.connect(self.settle_requested)
        self._lined = False  # one line divides the readings from all else
        self._build()
        for signal in (session.moved, session.counted, names.changed):
            signal.connect(self._soon)
        workspace.changed.connect(self._soon)
        appearance().changed.connect(self._soon)

    # ---- what others use

    def focus_first(self) -> None:
        """Put the keyboard into the details."""
        self._area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_alike(self, cases: list[Case] | None) -> None:
        """Name the places at which the same would be decided, or (None) the place at hand again."""
        self._alike = cases
        self.refresh()

    def refresh(self) -> None:
        """Show the place at hand as it is now."""
        self._fill()

    # ---- inside

    def _soon(self, *_: object) -> None:
        if self.isVisible():
            self._workspace.afterwards.soon(self._fill)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def _build(self) -> None:
        body = QWidget()
        self._column.setSpacing(0)
        self.talk.hide()
        whole = QVBoxLayout(body)
        whole.setContentsMargins(20, 14, 16, 12)
        whole.setSpacing(16)
        whole.addLayout(self._column)
        whole.addWidget(self.talk)
        whole.addStretch(1)
        self._area = scrolled(body)
        self._area.setAccessibleName(self.tr("Details of this place"))
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def _fill(self) -> None:
        self._lined = False
        clear(self._column)
        case = self._session.case
        self.talk.setVisible(case is not None and self._workspace.is_open and self._alike is None)
        if case is None or not self._workspace.is_open:
            return
        self._head(case)
        if self._alike is not None:
            self._fill_alike(self._alike)
        else:
            self._fill_case(case)

    def _fill_case(self, case: Case) -> None:
        try:
            for number in range(len(case.readers)):
                self._reading(case, number)
            self._decision(case)
            self._proposal(case)
            self._rule(case)
            self._like_this(case)
            self._show_talk(case)
        except AnnotatorError as error:
            self._text(str(error), "warn", 8)

    def _head(self, case: Case) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        sign = label(kind_of(case).sign, "head")
        sign.setFixedWidth(20)
        row.addWidget(sign)
        row.addWidget(elided(kind_word(case, self._names.of_case(case)), "head"), 1)
        self._column.addLayout(row)
        state = state_word(case)
        if case.state == DECIDED:
            state = self.tr("Decided: {what}").format(what=state)
        self._text(state[:1].upper() + state[1:], "meta", 4)

    def _reading(self, case: Case, number: int) -> None:
        marks = case.place.of_reading(number)
        name = self._names.of_case(case)[number]
        row = QHBoxLayout()
        row.setSpacing(8)
        hidden = not case.readers[number].name or name != case.readers[number].name
        row.addWidget(label(CIRCLED[number], "strong") if hidden else Avatar(name))
        row.addWidget(elided(name, "strong" if number + 1 in case.followed else "body"), 1)
        for tag in dict.fromkeys(mark.tag for mark in marks):
            known = self.codebook.tag(tag) if self.codebook else None
            if known is not None:
                row.addWidget(Chip(known.label.lower(), known.light, known.dark))
        row.addWidget(KeyCaps(str(number + 1)))
        self._column.addSpacing(14)
        self._column.addLayout(row)
        if not marks:
            self._text(self.tr("nothing here"), "meta", 4)
        named = {name for unit in case.place.units for name in unit.values}
        for mark in marks:
            self._column.addSpacing(4)
            self._column.addWidget(self._quote(case, number, mark))
            told = told_values(self._workspace.project, self.codebook, mark, named)
            self._text(" · ".join(told), "meta", 2)
            about = queries.annotation(self._workspace.project, mark.key)
            if about is not None and about.question:
                self._text(self.tr("Asks: {question}").format(question=about.question), "second", 2)

    def _quote(self, case: Case, number: int, mark: Mark) -> QLabel:
        """The words of a mark; what no other reading has there under this tag is tinted."""
        others = [m for n in range(len(case.readers)) if n != number for m in case.place.of_reading(n)]
        text = queries.text_of(self._workspace.project, case.document)
        tint = colour(current().ink3, 60)
        if self.codebook and (tag := self.codebook.tag(mark.tag)):
            tint = colour(tag.dark if current().dark else tag.light, current().hot)
        pieces = []
        for start, end in mark.spans:
            cuts = {start, end, *(p for m in others for s in m.spans for p in s if start < p < end)}
            for low, high in zip(sorted(cuts), sorted(cuts)[1:], strict=False):
                shared = not others or any(s[0] <= low and high <= s[1] for m in others for s in m.spans)
                words = escape(" ".join(text[low:high].split(" ")))
                pieces.append(words if shared else f'<span style="background:{_css(tint)}">{words}</span>')
            pieces.append(" … ")
        made = QLabel()
        made.setTextFormat(Qt.TextFormat.RichText)
        families = ", ".join(f"'{family}'" for family in READ_FAMILIES)
        side = "rtl" if direction_of(mark.quote) == Qt.LayoutDirection.RightToLeft else "ltr"
        body = "".join(pieces[:-1]).replace("\n", "<br>")
        made.setText(f'<div dir="{side}" style="font-family:{families}; font-size:15px">{body}</div>')
        made.setWordWrap(True)
        made.setAccessibleName(mark.quote)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        return made

    def _decision(self, case: Case) -> None:
        decision = case.decision
        if decision is None:
            return
        person = queries.coder(self._workspace.project, decision.reviewer)
        told = [person.name if person else "", decision.at[:10], decision.basis]
        self._section(self.tr("Decided") if case.state == DECIDED else self.tr("Decided before"))
        self._text(" · ".join(part for part in told if part), "meta", 4)
        why = " – ".join(part for part in (decision.reason, self._rule_words(decision.rule), decision.note) if part)
        self._text(why, "second", 2)

    def _proposal(self, case: Case) -> None:
        found = review_proposals.proposal(self._workspace.project, case) if case.waits else None
        if found is None:
            return
        number, basis = found
        self._section(self.tr("A rule proposes"))
        words = self._names.of_case(case)[number - 1] if number is not None else self.tr("what most have")
        self._offer(words, "take_proposed")
        self._text(basis, "meta", 2)

    def _rule(self, case: Case) -> None:
        if case.state == AGREED:
            return
        tags = [tag for each in sorted(case.place.tags) if (tag := self.codebook.tag(each) if self.codebook else None)]
        told = [(tag, _stake(case, tag)) for tag in tags]
        if not any(words for _, words in told):
            return
        self._section(self.tr("The rule"), self.keys.get("rule_at_stake", ""))
        for tag, words in told:
            self._text(f"{tag.label}: {words}" if words else "", "second", 4)

    def _rule_words(self, rule: str) -> str:
        found = self.codebook.rule(rule) if self.codebook and rule else None
        return f"{rule} {found.text}" if found else rule

    def _like_this(self, case: Case) -> None:
        others = self._session.like_this(case) if case.state == DECIDED or case.waits else []
        if others:
            self._section(self.tr("Like this"))
            self._offer(self.tr("{n} more that wait").format(n=f"{len(others):,}"), "take_alike")

    def _show_talk(self, case: Case) -> None:
        ids = [mark.id for mark in case.place.marks]
        hidden = self._names.hidden and case.state != DECIDED
        numbers = {reader.coder: CIRCLED[n] for n, reader in enumerate(case.readers)} if hidden else {}

        def name_of(author: int) -> str:
            person = queries.coder(self._workspace.project, author)
            return numbers.get(author) or (person.name if person else "")

        self.talk.show_threads(talking.threads(self._workspace.project, [case.document], about=ids), name_of)

    def _fill_alike(self, cases: list[Case]) -> None:
        self._section(self.tr("The same decision for {n} more").format(n=f"{len(cases):,}"))
        titles = {review.document: review.title for review in self._session.reviews}
        for case in cases[:_MOST]:
            self._text(f"{words_of(case)} – {titles.get(case.document, '')}", "second", 4)
        if len(cases) > _MOST:
            self._text(self.tr("and {n} more").format(n=f"{len(cases) - _MOST:,}"), "meta", 4)
        self._offer(self.tr("Do it"), "take_alike")
        self._offer(self.tr("Leave them"), "back")

    def _pressed(self) -> None:
        self.action_chosen.emit(self.sender().property(_DOES))

    # ---- small parts

    def _text(self, text: str, role: Role, above: int) -> None:
        if text:
            self._column.addSpacing(above)
            made = label(text, role, wrap=True)
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            self._column.addWidget(made)

    def _section(self, title: str, key: str = "") -> None:
        self._column.addSpacing(16)
        if not self._lined:
            self._lined = True
            self._column.addWidget(Hairline())
            self._column.addSpacing(12)
        row = QHBoxLayout()
        row.addWidget(label(title, "section"))
        row.addStretch(1)
        if key:
            row.addWidget(KeyCaps(key))
        self._column.addLayout(row)

    def _offer(self, words: str, action: str) -> None:
        """Words that do what a key does, and the key."""
        made = KeyButton(words, self.keys.get(action, ""))
        made.setProperty(_DOES, action)
        made.clicked.connect(self._pressed)
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 0)
        row.addWidget(made)
        row.addStretch(1)
        self._column.addLayout(row)


def _stake(case: Case, tag: Tag) -> str:
    """What the codebook says on the question that a place puts."""
    return (tag.span or tag.definition) if case.place.kind in (BOUNDARY, ONLY) else tag.definition


def _css(tint: QColor) -> str:
    return f"rgba({tint.red()},{tint.green()},{tint.blue()},{tint.alphaF():.2f})"
