"""The places to review, in order, and the one at hand: kept in step with the project for all parts of Review."""

from collections import Counter

from PySide6.QtCore import QObject, Signal

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations import deciding, reviewing
from annotator.operations.reviewing import ArticleReview, Case, Filter
from annotator.review.decisions import CHANGED, DECIDED, FOR_MEETING, OPEN

from ..workspace import Workspace
from .comparisons import Comparisons
from .reading_job import Compared, Part, ReadingJob, compared
from .walking import first_place, places_from, same_place

MANY = 20  # articles that one act touches: more are compared anew beside the window
DIFFERENCES = frozenset({OPEN, DECIDED, CHANGED, FOR_MEETING})


class ReviewSession(QObject):
    """`rows` are the places that the list shows. Walking goes on beyond them into the next article."""

    rows_reset = Signal()
    rows_added = Signal(int, int)  # first, how many: at the end
    rows_changed = Signal(int, int, int)  # from this row on so many became so many
    moved = Signal()  # another place, or the same one otherwise
    article_changed = Signal()  # another article, or the same one otherwise
    counted = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.active = False  # nothing is read while nobody reviews
        self.of: int | None = None  # whose coding alone is looked at
        self.filter = Filter(states=DIFFERENCES)
        self.one_article = False
        self.rows: list[Case] = []
        self.case: Case | None = None
        self._row = 0  # where the place at hand was in the rows when it was looked for last
        self._all = Comparisons()
        self._touched: set[int] = set()  # changed while all is being read
        self._job = ReadingJob(workspace, self._take, self._read, self)
        workspace.opened.connect(self._opened)
        workspace.closed.connect(self._forget)
        workspace.changed.connect(self.refresh)
        workspace.coder_changed.connect(self.reload)
        workspace.document_changed.connect(self._follow_document)

    # ---- what others use

    @property
    def is_busy(self) -> bool:
        """Whether articles are still being compared."""
        return self._job.is_busy

    @property
    def document(self) -> int | None:
        """The article at hand."""
        return self.case.document if self.case else self._workspace.document

    @property
    def article(self) -> ArticleReview | None:
        """The comparison of the article at hand."""
        return self.review_of(self.document) if self.document is not None else None

    def review_of(self, document: int) -> ArticleReview | None:
        """The comparison of an article, as far as it has been read."""
        return self._all.review_of(document)

    @property
    def reviews(self) -> list[ArticleReview]:
        """All comparisons that have been read."""
        return self._all.reviews

    @property
    def shown(self) -> list[ArticleReview]:
        """The comparisons of the articles that the list is about: all, or the one at hand."""
        return [self._all[key].review for key in self._shown_documents()]

    def enter(self) -> None:
        """Somebody reviews: read what there is."""
        if not self.active:
            self.active = True
            self.reload()

    def show_one(self, coder: int | None) -> None:
        """Look at one coder's work alone, or (None) at all readings held against each other."""
        if coder != self.of:
            self.of = coder
            self._forget()
            self.reload()

    def set_filter(self, wanted: Filter, *, one_article: bool) -> None:
        """Show other places."""
        if (wanted, one_article) != (self.filter, self.one_article):
            self.filter, self.one_article = wanted, one_article
            self._show_rows()

    def row(self) -> int | None:
        """The row of the place at hand."""
        case, near = self.case, self._row
        if case is None:
            return None
        for at in (near, near + 1, near - 1):  # looked for before, or one has walked a step
            if 0 <= at < len(self.rows) and self.rows[at] is case:
                self._row = at
                return at
        found = next((at for at, each in enumerate(self.rows) if each is case), None)
        self._row = found if found is not None else near
        return found

    def progress(self) -> dict[str, int]:
        """As `reviewing.progress`, of all that has been read, or of the article alone."""
        return reviewing.progress([self.article] if self.one_article and self.article else self.reviews)

    def tally(self) -> Counter[tuple[str, int]]:
        """How often each difference stands in what the list is about."""
        total: Counter[tuple[str, int]] = Counter()
        for key in self._shown_documents():
            total.update(self._all[key].tally)
        return total

    def choose(self, case: Case | None) -> None:
        """Turn to a place."""
        if case is self.case:
            return
        before, self.case = self.document, case
        if case is not None and case.document != self._workspace.document:
            self._workspace.show_document(case.document)
        if before != self.document:
            if self.one_article:
                self._show_rows()
            self.article_changed.emit()
        self.moved.emit()

    def go(self, steps: int, *, waiting: bool = False) -> bool:
        """To the next or previous place that the filter takes, across articles; `waiting`: one still to be decided."""
        for case in places_from(self._all.order, self.review_of, self.document, self.case, steps):
            if case.waits if waiting else self.filter.takes(case):
                self.choose(case)
                return True
        return False

    def go_article(self, steps: int) -> bool:
        """To the first place of the next or previous article."""
        order = self._all.order
        here = order.index(self.document) if self.document in order else -1
        while 0 <= (here := here + steps) < len(order):
            review = self.review_of(order[here])
            case = next((each for each in review.cases if self.filter.takes(each)), None) if review else None
            if case is not None:
                self.choose(case)
                return True
        return False

    def like_this(self, case: Case) -> list[Case]:
        """All places that wait and for which the same decision can be made."""
        near = self._all.with_words(case.place.quote)
        return deciding.like_this(case, (each for review in near for each in review.cases))

    # ---- keeping in step

    def reload(self) -> None:
        """Read everything anew; what is shown stays until then."""
        if not self.active or not self._workspace.is_open:
            return
        coder = self._workspace.coder.key if self._workspace.coder else None
        self._all.begin()
        self._touched = set()
        self._job.begin(coder, self.of)

    def refresh(self, changes: Changes) -> None:
        """Follow an operation: only what it touched is compared again."""
        if not self.active or not self._workspace.is_open:
            return
        known = [key for key in changes.documents if key in self._all]
        if changes.everything:
            known = [key for key in {*known, self.document} if key is not None and key in self._all]
        if len(known) > MANY:
            known = [key for key in known if key == self.document]
        for key in known:
            self._compare(key)
        self._touched |= changes.documents
        if changes.everything or changes.coders or set(changes.documents) - set(known):
            self.reload()

    def _compare(self, key: int) -> None:
        try:
            found = reviewing.review_article(self._workspace.project, key, of=self.of)
        except AnnotatorError as error:
            self._workspace.failed.emit(str(error), False)
            return
        self._all.put(key, compared(found) if found is not None else None)  # None: sent back, say
        self._replace_rows(key)
        self._find_again(key)
        self.counted.emit()

    def _take(self, parts: list[Part]) -> None:
        for part in self._all.take(parts):
            if not self.one_article or part.review.document == self.document:
                self._add_rows(part)
        if self._all.is_first:
            if self.case is None:
                self._begin_somewhere()
            self.counted.emit()

    def _read(self) -> None:
        if self._all.end():
            self._show_rows()
        touched, self._touched = self._touched, set()
        for key in touched & set(self._all.order):
            self._compare(key)
        self._find_again(self.document)
        if self.case is None:
            self._begin_somewhere()
        self.counted.emit()

    def _begin_somewhere(self) -> None:
        """The first undecided place of the open article, else of all that has been read."""
        here = self._all.get(self._workspace.document)
        reviews = [here.review] if here else []
        cases = [case for review in [*reviews, *self.reviews[:1]] for case in review.cases]
        first = first_place(cases, self.filter)
        if first is not None:
            self.choose(first)

    def _follow_document(self) -> None:
        """Another article was opened: its first place, if it has one."""
        key = self._workspace.document
        if not self.active or key is None or (self.case is not None and self.case.document == key):
            return
        if key not in self._all:
            self.case = None
            self.article_changed.emit()
            self.moved.emit()
            return
        self.case = None
        self._begin_somewhere()

    def _find_again(self, document: int | None) -> None:
        """The place at hand as it is now."""
        old = self.case
        if old is None or old.document != document:
            return
        review = self.review_of(old.document)
        self.case = same_place(review.cases, old) if review is not None else None
        self.article_changed.emit()
        self.moved.emit()
        if self.case is None and self._all.order:
            self._begin_after(old.document)

    def _begin_after(self, gone: int) -> None:
        """The article at hand left the review: on with the one after it."""
        order = self._all.order
        at = order.index(gone) if gone in order else -1
        following = next((self._all[key] for key in (*order[at + 1 :], *order[: max(0, at)]) if key in self._all), None)
        cases = following.review.cases if following else ()
        first = first_place(cases, self.filter)
        if first is not None:
            self.choose(first)

    # ---- rows

    def _shown_documents(self) -> list[int]:
        keys = [self.document] if self.one_article and self.document is not None else self._all.order
        return [key for key in keys if key in self._all]

    def _passing(self, review: ArticleReview) -> list[Case]:
        return self.filter.taken(review.cases)

    def _add_rows(self, part: Compared) -> None:
        new = self._passing(part.review)
        first = len(self.rows)
        self.rows += new
        if new:
            self.rows_added.emit(first, len(new))

    def _show_rows(self) -> None:
        self.rows = [case for key in self._shown_documents() for case in self._passing(self._all[key].review)]
        self.rows_reset.emit()
        self.counted.emit()

    def _replace_rows(self, key: int) -> None:
        first = next((at for at, case in enumerate(self.rows) if case.document == key), None)
        review = self.review_of(key)
        new = self._passing(review) if review and key in self._shown_documents() else []
        if first is None:
            if new:
                self._show_rows()
            return
        last = first
        while last < len(self.rows) and self.rows[last].document == key:
            last += 1
        self.rows[first:last] = new
        self.rows_changed.emit(first, last - first, len(new))

    def _opened(self) -> None:
        self._forget()
        self.of, self.active = None, False

    def _forget(self) -> None:
        self._job.end()
        self._all, self.case, self.rows = Comparisons(), None, []
        self.rows_reset.emit()
        self.article_changed.emit()
        self.moved.emit()
        self.counted.emit()
