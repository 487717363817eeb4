"""The view in which readings are compared and decided: header, article in lanes or columns, bar of decisions."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook
from annotator.operations.reviewing import ArticleReview, Case
from annotator.review.decisions import AGREED
from annotator.storage import queries

from ..article_view.marks import Mark
from ..article_view.view import ArticleView
from ..review.bar import ReviewBar
from ..review.columns import MOST, NARROWEST, ReviewColumns
from ..review.compared_article import LanesArticle, shown_marks
from ..review.look import SETTLED, case_of, looks_of, settled, short
from ..review.names import Names
from ..review.session import ReviewSession
from ..theme import HEIGHT_HEADER, appearance
from ..widgets.buttons import button
from ..widgets.empty_state import EmptyState
from ..widgets.labels import elided, plain_tip
from ..widgets.segments import Segments
from ..widgets.surface import surface
from ..workspace import Workspace

LANES, COLUMNS = "lanes", "columns"
WIDE = 1600  # width of the window from which on readings stand in columns until somebody chooses


class ReviewView(QWidget):
    """Composes the parts and follows the session; acts on nothing itself."""

    mode_chosen = Signal(str)
    agreed_requested = Signal()
    close_requested = Signal()
    code_requested = Signal()
    article_came = Signal()  # where there was none before

    def __init__(self, workspace: Workspace, session: ReviewSession, names: Names) -> None:
        super().__init__()
        self._workspace, self._session, self._names = workspace, session, names
        self._drawn: tuple[object, ...] = ()
        self._mode = ""  # "": as the window is wide
        surface(self, "page")
        self.lanes, self.columns, self.bar = LanesArticle(), ReviewColumns(), ReviewBar()
        self._build()
        session.article_changed.connect(self.refresh)
        session.moved.connect(self.refresh)
        session.counted.connect(self.refresh)
        names.changed.connect(self._renamed)
        appearance().changed.connect(self._follow_theme)
        for article in self.articles:
            article.set_theme(appearance().theme)
            article.mark_activated.connect(self._pick)

    # ---- what others use

    @property
    def articles(self) -> list[ArticleView]:
        """All texts, those that are not in sight too."""
        return [self.lanes, *self.columns.texts]

    @property
    def mode(self) -> str:
        """One text, or columns."""
        article = self._session.article
        if article is not None and len(article.readers) == 1:
            return COLUMNS  # a single reading is drawn as it is while one codes
        if self._mode == COLUMNS or (not self._mode and self.window().width() >= WIDE):
            fits = self.width() >= NARROWEST * min(len(article.readers) if article else 2, MOST)
            return COLUMNS if fits or self._mode == COLUMNS else LANES
        return LANES

    def set_mode(self, mode: str) -> None:
        """Take one text or columns; "" goes by the width of the window."""
        self._mode = mode
        self._drawn = ()
        self.refresh()

    def show_codebook(self, codebook: Codebook | None) -> None:
        """Draw with the tags of this codebook."""
        looks = looks_of(codebook)
        self.lanes.set_looks(looks)
        self.columns.set_looks(looks)

    def focus_text(self) -> None:
        """Put the keyboard into the article."""
        if self.mode == COLUMNS:
            self.columns.focus_first()
        else:
            self.lanes.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the article and the place at hand as they are now."""
        if not self.isVisible():
            return
        article = self._session.article
        came = article is not None and self._stack.currentIndex() == 1
        self._stack.setCurrentIndex(0 if article is not None else 1)
        if article is None:
            self._say_none()
            return
        self._tell(article)
        self._draw(article)
        self._show_place(article)
        if came:
            self.article_came.emit()

    # ---- inside

    def _build(self) -> None:
        self._title, self._facts = elided("", "head"), elided("", "meta")
        self._modes = Segments(
            self.tr("How readings are shown"), [(LANES, self.tr("One text")), (COLUMNS, self.tr("Columns"))], LANES
        )
        self._modes.chosen.connect(self.mode_chosen)
        self._take = button(self.tr("Take all agreed"), on_click=self.agreed_requested.emit)
        self._close = button(self.tr("Close as gold"), "primary", on_click=self.close_requested.emit)
        self._close.setToolTip(plain_tip(self.tr("Declare the agreed version (gold) of this article final")))
        for each in (self._take, self._close):
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        page, nothing = QWidget(), QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        texts = QWidget()
        self._texts = QStackedLayout(texts)
        self._texts.setContentsMargins(0, 0, 0, 0)
        self._texts.addWidget(self.lanes)
        self._texts.addWidget(self.columns)
        column.addWidget(texts, 1)
        column.addWidget(self.bar)
        self._none = EmptyState("scales", "")
        self._none.acted.connect(self.code_requested)
        middle = QVBoxLayout(nothing)
        middle.addWidget(self._none)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page)
        self._stack.addWidget(nothing)
        self._stack.setCurrentIndex(1)

    def _header(self) -> QWidget:
        header = QWidget()
        header.setFixedHeight(HEIGHT_HEADER)
        row = QHBoxLayout(header)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._facts)
        words.addStretch(1)
        row.addLayout(words, 1)
        for part in (self._modes, self._take, self._close):
            row.addWidget(part)
        return header

    def _say_none(self) -> None:
        if self._session.is_busy:
            self._none.say("scales", self.tr("Comparing the readings…"))
            return
        hint = self.tr("An article comes here when two coders have declared it done.")
        if self._session.of is not None:
            hint = self.tr("This coder has declared no article done yet.")
        title = self.tr("Nothing to review in this article") if self._session.reviews else self.tr("Nothing to review")
        self._none.say("scales", title, hint, self.tr("Back to Code"))

    def _tell(self, article: ArticleReview) -> None:
        names = short(self._names.of_article(article))
        self._title.setText(article.title)
        if article.closed:
            told = self.tr("The agreed version (gold) is closed")
        elif len(names) == 1:
            told = self.tr("The coding of {name} alone").format(name=names[0])
        elif self.mode == COLUMNS:
            told = self.tr("{names}, scrolled together · settled is grey").format(names=", ".join(names))
        else:
            told = self.tr("{first} above the line, {others} below · settled is grey").format(
                first=names[0], others=", ".join(names[1:])
            )
        self._facts.setText(told)
        self._modes.choose(self.mode)
        self._modes.setVisible(len(names) > 1)
        missing = any(case.state == AGREED and not case.gold for case in article.cases)
        self._take.setVisible(missing and not article.closed)
        self._close.say(self.tr("Open again") if article.closed else self.tr("Close as gold"))

    def _draw(self, article: ArticleReview) -> None:
        """Draw the marks anew where they are others than before."""
        case = self._session.case
        shown = case if case is not None and settled(case) else None
        drawn = (id(article), self.mode, id(shown), tuple(self._names.initials(article.readers)), self._names.hidden)
        self._texts.setCurrentIndex(1 if self.mode == COLUMNS else 0)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self._kept = article  # its id stands for it as long as it is kept
        names = self._names.of_article(article)
        self.bar.show_readings(short(names))
        text = queries.text_of(self._workspace.project, article.document)
        if self.mode == COLUMNS:
            self.columns.show_article(text, names, [_column(article, case, n) for n in range(len(names))])
            return
        if self.lanes.text() != text:
            self.lanes.load(text, [])
        self.lanes.show_marks(shown_marks(article, case, self._names.initials(article.readers)))

    def _show_place(self, article: ArticleReview) -> None:
        case = self._session.case
        if case is None or case.document != article.document:
            self.lanes.set_hot(frozenset())
            return
        place = case.place.outer.start
        if self.mode == COLUMNS:
            firsts = [next((m.key for m in case.place.of_reading(n)), None) for n in range(len(case.readers))]
            self.columns.show_place(firsts, place)
            return
        keys = frozenset(mark.key for mark in case.place.marks)
        if keys != self.lanes.hot():
            self.lanes.set_hot(keys)
            self.lanes.set_caret(place)

    def _pick(self, key: int) -> None:
        case = case_of(self._session.article, key)
        if case is not None:
            self._session.choose(case)

    def _renamed(self) -> None:
        self._drawn = ()
        self.refresh()

    def _follow_theme(self) -> None:
        for article in self.articles:
            article.set_theme(appearance().theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()


def _column(article: ArticleReview, at_hand: Case | None, number: int) -> list[Mark]:
    """What one reading has, in grey where it is settled."""
    found = []
    for case in article.cases:
        grey = settled(case) and case is not at_hand
        found += [Mark(m.key, m.spans, SETTLED if grey else m.tag) for m in case.place.of_reading(number)]
    return found
