"""All proposers together: each in turn, then of those that say the same only the surest."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from annotator.model.span import Span

from .places import FreePlaces
from .proposal import LEAST, Article, Known, Proposal
from .registry import PROPOSERS

Propose = Callable[[Article], list[Proposal]]


def ready(known: Known, switched_on: Collection[str] | None = None) -> Propose:
    """Prepare the proposers (those named, else the usual ones); what comes back finds the proposals of an article.

    They come in text order, outer before inner. Of proposals for one tag that overlap the surest stays, and none stays
    that overlaps what has the tag already.
    """
    chosen = [each for each in PROPOSERS if (each.usual if switched_on is None else each.name in switched_on)]
    finders = [each.prepare(known) for each in chosen]

    def propose(article: Article) -> list[Proposal]:
        found: list[Proposal] = []
        for find in finders:
            found += list(find(article, found))
        return _joined(found, article)

    return propose


def _joined(found: Sequence[Proposal], article: Article) -> list[Proposal]:
    taken: defaultdict[str, list[Span]] = defaultdict(list)
    for tag, spans in article.tagged:
        taken[tag] += spans
    free = {tag: FreePlaces(spans) for tag, spans in taken.items()}
    kept = []
    # Of equally sure ones the longer: a name with its title rather than without.
    for proposal in sorted(found, key=lambda each: (-each.score, each.outer.start - each.outer.end, each.outer.start)):
        place = free.setdefault(proposal.tag, FreePlaces())
        if proposal.score >= LEAST and all(place.is_free(span) for span in proposal.spans):
            for span in proposal.spans:
                place.take(span)
            kept.append(proposal)
    return sorted(kept, key=lambda each: (each.outer.start, -each.outer.end, each.tag))
