"""All proposers together: each in turn, then of those that say the same only the surest."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from annotator.model.span import Span, outer

from .places import FreePlaces
from .proposal import LEAST, Article, Known, Proposal
from .registry import PROPOSERS

Propose = Callable[[Article], list[Proposal]]
_ALIKE = 0.8  # share of the code points of two spans that lies in both, from which on they are one place
_CELL = 256  # code points


def ready(known: Known, switched_on: Collection[str] | None = None) -> Propose:
    """Prepare the proposers (those named, else the usual ones); what comes back finds the proposals of an article.

    They come in text order, outer before inner. Of proposals for one tag that overlap the surest stays, and none stays
    that overlaps what has the tag already. Nor is another statement proposed where one stands, nor another mention
    where one does: with which of two tags is one question, not two.
    """
    forms = {tag.id: tag.form for tag in known.codebook.tags}
    chosen = [each for each in PROPOSERS if (each.usual if switched_on is None else each.name in switched_on)]
    finders = [each.prepare(known) for each in chosen]

    def propose(article: Article) -> list[Proposal]:
        found: list[Proposal] = []
        for find in finders:
            found += list(find(article, found))
        return _joined(found, article, forms)

    return propose


class _Places:
    """Where statements stand, and where mentions do."""

    def __init__(self, taken: Iterable[tuple[str, Span]]) -> None:
        self._cells: defaultdict[tuple[str, int], list[Span]] = defaultdict(list)
        for form, span in taken:
            self.add(form, span)

    def add(self, form: str, span: Span) -> None:
        """One more stands there."""
        for cell in range(span.start // _CELL, span.end // _CELL + 1):
            self._cells[form, cell].append(span)

    def has(self, form: str, span: Span) -> bool:
        """Whether one stands on nearly the same words."""
        cells = range(span.start // _CELL, span.end // _CELL + 1)
        return any(_alike(span, other) for cell in cells for other in self._cells.get((form, cell), ()))


def _alike(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared >= _ALIKE * (max(one.end, other.end) - min(one.start, other.start))


def _joined(found: Sequence[Proposal], article: Article, forms: Mapping[str, str]) -> list[Proposal]:
    taken: defaultdict[str, list[Span]] = defaultdict(list)
    for tag, spans in article.tagged:
        taken[tag] += spans
    settled = _Places((forms.get(tag, ""), outer(spans)) for tag, spans in article.tagged)
    free = {tag: FreePlaces(spans) for tag, spans in taken.items()}
    kept = []
    # Of equally sure ones the longer: a name with its title rather than without.
    for proposal in sorted(found, key=lambda each: (-each.score, each.outer.start - each.outer.end, each.outer.start)):
        place = free.setdefault(proposal.tag, FreePlaces())
        form, span = forms.get(proposal.tag, ""), proposal.outer
        free_here = all(place.is_free(span) for span in proposal.spans)
        if proposal.score >= LEAST and free_here and not settled.has(form, span):
            settled.add(form, span)
            for span in proposal.spans:
                place.take(span)
            kept.append(proposal)
    return sorted(kept, key=lambda each: (each.outer.start, -each.outer.end, each.tag))
