"""The comparisons of all articles as far as they have been read; read anew, they replace the old ones at the end."""

from collections.abc import Iterable, Sequence

from annotator.operations.reviewing import ArticleReview

from .reading_job import Compared, Part


class Comparisons:
    """`order` are the articles to review; those that are known yet can be asked for."""

    def __init__(self) -> None:
        self.order: list[int] = []
        self._known: dict[int, Compared] = {}
        self._incoming: dict[int, Compared] | None = None  # read anew, to be shown at the end
        self._coming: list[int] = []

    def __contains__(self, document: object) -> bool:
        return document in self._known

    def __getitem__(self, document: int) -> Compared:
        return self._known[document]

    def get(self, document: int | None) -> Compared | None:
        """An article's comparison, as far as it has been read."""
        return self._known.get(document) if document is not None else None

    def review_of(self, document: int) -> ArticleReview | None:
        """As `get`, without what was counted."""
        found = self._known.get(document)
        return found.review if found else None

    @property
    def reviews(self) -> list[ArticleReview]:
        """All that have been read, in their order."""
        return [self._known[key].review for key in self.order if key in self._known]

    def with_words(self, quote: str) -> list[ArticleReview]:
        """The articles in which a place with these words waits."""
        return [each.review for each in self._known.values() if quote in each.quotes]

    def put(self, document: int, found: Compared | None) -> None:
        """An article was compared again; None: there is nothing to compare any more."""
        if found is None:
            self._known.pop(document, None)
        else:
            self._known[document] = found

    def begin(self) -> None:
        """Everything is read anew; what is known stays until then."""
        self._incoming, self._coming = ({} if self._known else None), []

    @property
    def is_first(self) -> bool:
        """Whether what is read is shown as it comes: nothing was known before."""
        return self._incoming is None

    def take(self, parts: Iterable[Part]) -> Sequence[Compared]:
        """What has been read; returns what can be shown at once."""
        shown = []
        for part in parts:
            if isinstance(part, list):
                self._coming = part
                self.order = list(part) if self.is_first else self.order
            elif self._incoming is None:
                self._known[part.review.document] = part
                shown.append(part)
            else:
                self._incoming[part.review.document] = part
        return shown

    def end(self) -> bool:
        """All has been read; returns whether it took the place of something else."""
        if self._incoming is None:
            return False
        self._known, self._incoming, self.order = self._incoming, None, self._coming
        return True
