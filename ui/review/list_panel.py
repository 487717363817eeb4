"""The side bar of Review: whose work, how far, which places, and the list of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QListView, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook
from annotator.operations.reviewing import Filter
from annotator.review.decisions import AGREED, CHANGED, DECIDED, FOR_MEETING, OPEN
from annotator.review.kinds import AGREED as NO_DIFFERENCE
from annotator.review.kinds import KINDS, ONLY
from annotator.storage import queries

from ..widgets.key_cap import KeyCaps
from ..widgets.labels import elided, label
from ..widgets.segments import Segments
from ..workspace import Workspace
from .disagreement_rows import DisagreementModel, DisagreementRows
from .look import kind_name, only_word, reading_word
from .names import Names
from .session import DIFFERENCES, ReviewSession

_WAITING = frozenset({OPEN, CHANGED})


class DisagreementsPanel(QWidget):
    """Composes filter and list; a choice turns the session to a place."""

    of_chosen = Signal(object)  # key of a coder whose coding alone is looked at, or None

    def __init__(self, workspace: Workspace, session: ReviewSession, names: Names) -> None:
        super().__init__()
        self._workspace, self._session, self._names = workspace, session, names
        self.model = DisagreementModel(session, names, self)
        self._build()
        session.counted.connect(lambda: workspace.afterwards.soon(self._tell))
        session.moved.connect(self._follow)
        session.rows_reset.connect(self._follow)
        session.rows_changed.connect(lambda *_: self._follow())
        names.changed.connect(self._renamed)
        workspace.opened.connect(self._opened)
        workspace.changed.connect(lambda changes: self._fill_people() if changes.coders or changes.everything else None)
        if workspace.is_open:
            self._opened()

    def show_codebook(self, codebook: Codebook | None) -> None:
        """Offer the tags of the codebook."""
        self._rows.codebook = codebook
        tags = [(tag.id, tag.label) for tag in (codebook.active_tags if codebook else ())]
        _fill(self._tag, [("", self.tr("All tags")), *tags])

    # ---- inside

    def _build(self) -> None:
        self._whose = _choice(self.tr("Whose coding"), self._choose_of)
        self._whose.setObjectName("review_of")
        self._head = elided("", "strong")
        self._head.setObjectName("review_head")
        self._sum = label("", "meta", wrap=True)
        self._sum.setObjectName("review_sum")
        self._scope = Segments(
            self.tr("Where"), [("all", self.tr("All articles")), ("one", self.tr("This article"))], "all", wide=True
        )
        self._scope.chosen.connect(lambda _: self._filter())
        self._kind = _choice(self.tr("Kind"), self._filter)
        self._tag = _choice(self.tr("Tag"), self._filter)
        self._coder = _choice(self.tr("Coder"), self._filter)
        self._state = _choice(self.tr("State"), self._filter)
        kinds = [(kind.id, kind_name(kind.id)) for kind in KINDS if kind.id != NO_DIFFERENCE]
        _fill(self._kind, [("", self.tr("All kinds")), *kinds])
        _fill(self._tag, [("", self.tr("All tags"))])
        _fill(
            self._state,
            [
                ("", self.tr("All that differ")),
                ("waiting", self.tr("Undecided")),
                (DECIDED, self.tr("Decided")),
                (FOR_MEETING, self.tr("For the meeting")),
                (AGREED, self.tr("Agreed")),
            ],
        )
        self._build_list()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._whose)
        column.addWidget(self._head)
        column.addWidget(self._sum)
        column.addWidget(self._scope)
        grid = QGridLayout()
        grid.setSpacing(6)
        for at, part in enumerate((self._kind, self._tag, self._coder, self._state)):
            grid.addWidget(part, at // 2, at % 2)
        column.addLayout(grid)
        column.addWidget(self.list, 1)
        column.addWidget(self._foot())

    def _build_list(self) -> None:
        self.list = QListView()
        self.list.setObjectName("disagreement_list")
        self.list.setAccessibleName(self.tr("Disagreements"))
        self.list.setProperty("focus_context", "review")
        self.list.setModel(self.model)
        self._rows = DisagreementRows(self.model, self.list)
        self.list.setItemDelegate(self._rows)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._choose(index))

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(8, 2, 8, 0)
        row.setSpacing(6)
        self._next, self._back, self._place = KeyCaps("N"), KeyCaps("P"), label("", "meta")
        for words, caps in ((self.tr("Next"), self._next), (self.tr("Back"), self._back)):
            row.addWidget(label(words, "meta"))
            row.addWidget(caps)
        row.addStretch(1)
        row.addWidget(self._place)
        return foot

    def show_keys(self, next_key: str, back_key: str) -> None:
        """Name the keys that walk the list."""
        self._next.show_keys(next_key)
        self._back.show_keys(back_key)

    def _opened(self) -> None:
        """Another project: its people, and no filter."""
        self._fill_people()
        for choice in (self._whose, self._kind, self._tag, self._coder, self._state):
            choice.setCurrentIndex(0)
        self._scope.choose("all")
        self._filter()

    def _fill_people(self) -> None:
        project = self._workspace.project
        people = queries.coders(project)
        _fill(
            self._whose,
            [
                (None, self.tr("Readings held against each other")),
                *((each.key, self.tr("{name} alone").format(name=each.name)) for each in people),
            ],
        )
        hidden = self._names.hidden
        _fill(self._coder, [(0, self.tr("All coders")), *((each.key, each.name) for each in people if not hidden)])

    def _renamed(self) -> None:
        if self._workspace.is_open:
            self._fill_people()
            self._tell()
            self.list.viewport().update()

    def _choose_of(self) -> None:
        self.of_chosen.emit(self._whose.currentData())

    def _filter(self) -> None:
        state = self._state.currentData()
        states = _WAITING if state == "waiting" else frozenset({state}) if state else DIFFERENCES
        kind, tag, coder = self._kind.currentData(), self._tag.currentData(), self._coder.currentData()
        if state == AGREED:
            kind = ""
        wanted = Filter(
            kinds=frozenset({kind} if kind else ()),
            tags=frozenset({tag} if tag else ()),
            coders=frozenset({coder} if coder else ()),
            states=states,
        )
        self._session.set_filter(wanted, one_article=self._scope.choice == "one")

    def _tell(self) -> None:
        """The head: "37 of 120, 4 for the meeting"; below it how often each difference stands there."""
        if not self._workspace.is_open:
            return
        progress = self._session.progress()
        head = self.tr("{n} of {all} decided").format(n=f"{progress['decided']:,}", all=f"{progress['of']:,}")
        if progress["for the meeting"]:
            head += ", " + self.tr("{n} for the meeting").format(n=f"{progress['for the meeting']:,}")
        if not progress["of"] and not progress["agreed"]:
            head = self.tr("Comparing…") if self._session.is_busy else self.tr("Nothing to review")
        self._head.setText(head)
        self._sum.setText(self._summed())
        self._sum.setVisible(bool(self._sum.text()))
        self._scope.setVisible(len(self._session.reviews) > 1)
        self._say_place()

    def _summed(self) -> str:
        tally = self._session.tally()
        told = []
        for kind in [KINDS[-1], *KINDS[:-1]]:
            for (found, coder), number in sorted(tally.items(), key=lambda each: -each[1]):
                if found == kind.id:
                    word = only_word([self._name(coder)]) if kind.id == ONLY and coder else kind_name(kind.id)
                    told.append(f"{number:,} {word[:1].lower()}{word[1:]}")
        return " · ".join(told)

    def _name(self, coder: int) -> str:
        article = self._session.article
        if self._names.hidden and article is not None and self._session.one_article:
            numbers = [reader.coder for reader in article.readers]
            return reading_word(numbers.index(coder) + 1) if coder in numbers else self.tr("one")
        if self._names.hidden:
            return self.tr("one")
        person = queries.coder(self._workspace.project, coder)
        return person.name if person else ""

    def _say_place(self) -> None:
        row = self._session.row()
        count = len(self._session.rows)
        words = self.tr("{n} of {all}").format(n=f"{row + 1:,}", all=f"{count:,}") if row is not None else f"{count:,}"
        self._place.setText(words)

    def _choose(self, index: QModelIndex) -> None:
        case = self.model.case(index.row()) if index.isValid() else None
        if case is not None and self.list.hasFocus():
            self._session.choose(case)

    def _follow(self) -> None:
        """Mark the place at hand in the list."""
        row = self._session.row()
        selection = self.list.selectionModel()
        blocked = selection.blockSignals(True)
        if row is None:
            selection.clear()
        else:
            index = self.model.index(row)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)
        selection.blockSignals(blocked)
        self.list.viewport().update()
        self._say_place()


def _choice(name: str, changed: Callable[[], None]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    made.activated.connect(lambda _: changed())
    return made


def _fill(choice: QComboBox, options: Sequence[tuple[object, str]]) -> None:
    """Offer these, and keep what is chosen as far as it is among them."""
    chosen = choice.currentData()
    choice.clear()
    for key, words in options:
        choice.addItem(words, key)
    at = next((at for at, (key, _) in enumerate(options) if key == chosen), 0)
    choice.setCurrentIndex(at)
