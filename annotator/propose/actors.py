"""Actors that the project knows by name: every mention of a name or alias."""

from collections.abc import Iterator, Sequence

from annotator.model.entities import Entity

from .proposal import Article, Find, Known, Proposal, Proposer, entity_attribute, naming
from .trie import Trie

NAME = "actors"
_ONE, _SEVERAL = 0.85, 0.6  # scores where just one actor has the name, or several


def prepare(known: Known) -> Find:
    """Look for the names of all actors, for the first tag that names actors."""
    tag = next(iter(naming(known.codebook)), None)
    trie: Trie[Entity] = Trie()
    for entity in known.registry.mains if tag else ():
        for name in known.registry.names(entity):
            trie.add(name, entity)

    def find(article: Article, _: Sequence[Proposal]) -> Iterator[Proposal]:
        if tag is None:
            return
        for hit in trie.hits(article.text):
            whom = {entity.id for _, entity in hit.things}
            values = {entity_attribute(tag): next(iter(whom))} if len(whom) == 1 else {}
            yield Proposal(tag.id, (hit.span,), NAME, _ONE if len(whom) == 1 else _SEVERAL, attributes=values)

    return find


PROPOSER = Proposer(NAME, "Known actors", prepare)
