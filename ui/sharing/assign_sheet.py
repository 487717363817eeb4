"""Assign articles to coders: by hand, evenly, in pairs, or as a sample; what it comes to is shown before."""

import secrets
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from annotator.operations import assigning
from annotator.operations.words import counted

from ..background import Background
from ..widgets.buttons import button
from ..widgets.labels import label
from ..widgets.segments import Segments
from ..widgets.sheet import Sheet
from ..widgets.surface import scrolled
from ..workspace import Workspace
from .article_choice import ArticleChoice
from .at_scale import FEW
from .people_choice import PeopleChoice
from .plan import EVENLY, HAND, PAIRS, SAMPLE, Facts, Planned, Wish, worked_out

Assign = Callable[[Wish, int], str | None]  # what to do, how many assignments it makes → why it cannot be
TakeBack = Callable[[tuple[int, ...], tuple[int, ...]], str | None]  # articles, coders → why it cannot be
_SEEDS = 1_000_000


class AssignSheet(Sheet):
    """Ways on top; articles on the left, coders on the right; one sentence and one button at the foot."""

    def __init__(
        self, parent: QWidget, workspace: Workspace, facts: Facts, assign: Assign, take_back: TakeBack
    ) -> None:
        content = QWidget()
        super().__init__(parent, QCoreApplication.translate("Assign", "Assign articles"), content, 860, leave="cancel")
        self.setObjectName("assign_sheet")
        self._project, self._assign, self._take_back = workspace.project, assign, take_back
        self._total = facts.total
        self._beside = Background(workspace, self._hear, self)
        self.articles = ArticleChoice(workspace, facts.assigned, {each.key: each.name for each in facts.members})
        self.people = PeopleChoice(facts.members)
        self.ways = Segments(
            self.tr("How"),
            [
                (HAND, self.tr("By hand")),
                (EVENLY, self.tr("Evenly")),
                (PAIRS, self.tr("In pairs")),
                (SAMPLE, self.tr("Sample")),
            ],
            HAND,
        )
        self._number = 0  # of assignments that would be made
        self._hint, self._told = label("", "meta", wrap=True), label("", "second", wrap=True)
        self._fault = label("", "bad", wrap=True)
        self.number = _number(self.tr("How many articles"), 1, 100_000, 20)
        self.each = _number(self.tr("Coders for each"), 2, 9, 2)
        self.seed = _number(self.tr("Seed"), 1, _SEEDS, secrets.randbelow(_SEEDS - 1) + 1)
        self._button = button("", "primary", on_click=self._take)
        self._back = button(self.tr("Take back"), on_click=self._take_away)
        self._build(content)
        content.setFocusProxy(self.articles.list)
        self.articles.choose(workspace.document)
        self.ways.chosen.connect(lambda _: self._turn())
        for signal in (self.articles.changed, self.people.changed):
            signal.connect(self._tell)
        for field in (self.number, self.each, self.seed):
            field.valueChanged.connect(lambda _: self._tell())
        self.closed.connect(self.deleteLater)
        self._turn()

    # ---- inside

    def _build(self, content: QWidget) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(label(self.tr("Coders, and how many articles they have"), "section"))
        area = scrolled(self.people)
        area.setAccessibleName(self.tr("Coders"))
        right.addWidget(area, 1)
        right.addWidget(self._build_numbers())
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(label(self.tr("Articles"), "section"))
        left.addWidget(self.articles, 1)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addLayout(left, 3)
        middle.addLayout(right, 2)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.ways)
        column.addWidget(self._hint)
        column.addLayout(middle, 1)
        column.addWidget(self._told)
        column.addWidget(self._fault)
        column.addLayout(self.foot(self._button, self._back))

    def _build_numbers(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        self._words = {
            self.number: label(self.tr("Articles in the sample"), "second"),
            self.each: label(self.tr("Coders for each of them"), "second"),
            self.seed: label(self.tr("Drawn by the seed"), "second"),
        }
        for row, (field, words) in enumerate(self._words.items()):
            words.setBuddy(field)
            grid.addWidget(words, row, 0)
            grid.addWidget(field, row, 1)
        return holder

    def _turn(self) -> None:
        way = self.ways.choice
        if way != HAND:
            self.articles.choose_none()
        hints = {
            HAND: self.tr("The chosen articles go to everybody who is ticked. Who has one already keeps it."),
            EVENLY: self.tr("Each article goes to one coder, to all equally many. None chosen: those that nobody has."),
            PAIRS: self.tr(
                "Each article goes to two coders, the pairs in rotation. None chosen: those that nobody has."
            ),
            SAMPLE: self.tr(
                "Articles spread over the whole period that several people code, to measure how far they agree. "
                "Nobody can tell them from the others. None chosen: from all that are not in review."
            ),
        }
        self._hint.setText(hints[way])
        for field in (self.number, self.each):
            field.setVisible(way == SAMPLE)
            self._words[field].setVisible(way == SAMPLE)
        self.seed.setVisible(way != HAND)
        self._words[self.seed].setVisible(way != HAND)
        self._back.setVisible(way == HAND)
        self._tell()

    def _wish(self) -> Wish:
        return Wish(
            self.ways.choice,
            self.people.chosen(),
            self.articles.chosen(),
            self.seed.value(),
            self.number.value(),
            self.each.value(),
        )

    def _tell(self) -> None:
        """Work out what would be done, beside the window where there is much, and say it."""
        wish = self._wish()
        if self._total <= FEW or not wish.coders:
            self._show(wish, *worked_out(self._project, wish))
            return
        self._say("")
        self._told.setText(self.tr("Working out what it comes to…"))
        self._told.show()
        self._button.setEnabled(False)
        self._beside.ask(lambda project: (wish, worked_out(project, wish)))

    def _hear(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        wish, outcome = answer
        if wish == self._wish():
            self._show(wish, *outcome)

    def _show(self, wish: Wish, found: Planned, fault: str) -> None:
        self.people.show_loads(found.added)
        self._told.setText(self._told_of(wish, found))
        self._told.setVisible(not fault)
        self._say(fault)
        number = self._articles(len(found.documents))
        words = self.tr("Draw {articles}") if wish.way == SAMPLE else self.tr("Assign {articles}")
        self._number = len(found.plan)
        can = bool(found.plan) or (wish.way == SAMPLE and bool(found.documents))
        self._button.say(words.format(articles=number) if can else self.tr("Assign"))
        self._button.setEnabled(can)
        self._back.setEnabled(bool(wish.coders and wish.documents))

    def _told_of(self, wish: Wish, found: Planned) -> str:
        if wish.way == SAMPLE and not wish.coders:
            drawn = assigning.samples(self._project)
            if drawn:
                listed = [f"{self._articles(len(each.documents))} ({each.seed})" for each in drawn if each.documents]
                return self.tr("Drawn so far, with the seed: {samples}.").format(samples=", ".join(listed) or "0")
        if not self._total:
            return self.tr("There are no articles yet.")
        if not wish.coders:
            return self.tr("Tick the coders.")
        if wish.way == HAND and not wish.documents:
            return self.tr("Choose articles in the list.")
        if not found.documents:
            return self.tr("All of this is assigned already.")
        if wish.way == SAMPLE:
            told = self.tr("{articles} will be coded by {coders} each; {pairs} are new.")
            return told.format(
                articles=self._articles(len(found.documents)),
                coders=counted(wish.each, self.tr("coder"), self.tr("coders")),
                pairs=counted(len(found.plan), self.tr("assignment"), self.tr("assignments")),
            )
        told = self.tr("{articles}, {pairs}. Undo takes it back.")
        return told.format(
            articles=self._articles(len(found.documents)),
            pairs=counted(len(found.plan), self.tr("assignment"), self.tr("assignments")),
        )

    def _articles(self, number: int) -> str:
        return counted(number, self.tr("article"), self.tr("articles"))

    def _say(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))

    def _take(self) -> None:
        self._end(self._assign(self._wish(), self._number))

    def _take_away(self) -> None:
        self._end(self._take_back(self.articles.chosen(), self.people.chosen()))

    def _end(self, sentence: str | None) -> None:
        if sentence is None:
            self.dismiss()
        else:
            self._say(sentence)


def _number(name: str, least: int, most: int, value: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(least, most)
    made.setValue(value)
    made.setAccessibleName(name)
    made.setFixedWidth(110)
    made.lineEdit().setTextMargins(6, 0, 0, 0)
    return made
