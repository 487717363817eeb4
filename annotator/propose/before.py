"""What was tagged before, here or in another article: the same words again, as sure as they were right so far.

Of each wording is counted how often it stands tagged, how often untagged in articles that were read to the end, and
how often it was refused.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from annotator.model.codebook import Codebook
from annotator.model.span import Span

from .proposal import LEAST, Article, Coded, Find, Known, Proposal, Proposer, Tagged
from .trie import Trie, tokens

NAME = "before"
_WORDS = 8  # of a wording that may come again; longer ones are statements
_DOUBT = 0.25  # taken off, as if so many more places had spoken against it


class _Counts:
    """How often each wording stands tagged, and how often it does not."""

    def __init__(self) -> None:
        self.tagged: Counter[tuple[str, str]] = Counter()
        self.not_tagged: Counter[tuple[str, str]] = Counter()
        self.trie: Trie[str] = Trie()  # each wording, with its tag

    def learn(self, coded: Sequence[Coded]) -> None:
        """Count what was tagged, then where the same words were left without it, or refused."""
        for each in coded:
            self._add(each.text, each.tagged)
        for each in coded:
            there = {(tag, spans[0]) for tag, spans in each.tagged}
            by_tag = _by_tag(each.tagged)
            if each.whole:
                self._count_untagged(each.text, by_tag)
            for tag, spans in each.refused:
                if (tag, spans[0]) not in there and not each.whole:
                    self.not_tagged[tag, key(each.text, spans[0])] += 1

    def add(self, tag: str, words: str, number: int) -> None:
        """Count a wording that stands tagged in a text that is not at hand."""
        folded = _folded(words)
        if folded and folded.count(" ") < _WORDS:
            if not self.tagged[tag, folded]:
                self.trie.add(words, tag)
            self.tagged[tag, folded] += number

    def _add(self, text: str, tagged: Sequence[Tagged]) -> None:
        for tag, spans in tagged:
            if len(spans) == 1:
                self.add(tag, text[spans[0].start : spans[0].end], 1)

    def _count_untagged(self, text: str, by_tag: dict[str, list[Span]]) -> None:
        for hit in self.trie.hits(text):
            for tag in {tag for _, tag in hit.things}:
                if not any(hit.span.overlaps(other) for other in by_tag.get(tag, ())):
                    self.not_tagged[tag, key(text, hit.span)] += 1

    def score(self, tag: str, words: str) -> float:
        """The share of the places that were tagged, a little lower the fewer there are."""
        right, wrong = self.tagged[tag, words], self.not_tagged[tag, words]
        return right / (right + wrong + _DOUBT)


def _by_tag(tagged: Iterable[Tagged]) -> dict[str, list[Span]]:
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for tag, spans in tagged:
        found[tag] += spans
    return found


@lru_cache(maxsize=65536)
def _folded(words: str) -> str:
    return " ".join(token.folded for token in tokens(words))


def key(text: str, span: Span) -> str:
    """A wording, whatever its case."""
    return _folded(text[span.start : span.end])


def prepare(known: Known) -> Find:
    """Count once what was coded; what is tagged in the article at hand counts too."""
    counts = _Counts()
    for (tag, words), number in known.wordings.items():
        counts.add(tag, words, number)
    counts.learn(known.coded)
    active = _active(known.codebook)

    def find(article: Article, _: Sequence[Proposal]) -> Iterator[Proposal]:
        here = _Counts()
        here.learn([Coded(article.text, article.tagged, whole=False)])
        for tag, words, span in (*_places(counts, article.text), *_places(here, article.text)):
            score = counts.score(tag, words) if counts.tagged[tag, words] else here.score(tag, words)
            if score >= LEAST and tag in active:
                yield Proposal(tag, (span,), NAME, round(score, 3))

    return find


def _active(codebook: Codebook) -> frozenset[str]:
    return frozenset(tag.id for tag in codebook.active_tags)


def _places(counts: _Counts, text: str) -> Iterator[tuple[str, str, Span]]:
    for hit in counts.trie.hits(text):
        for tag in dict.fromkeys(tag for _, tag in hit.things):
            yield tag, key(text, hit.span), hit.span


PROPOSER = Proposer(NAME, "Tagged before", prepare)
