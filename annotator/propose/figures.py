"""Figures by rule: whatever the parser of figures reads in the text.

A date counts only where a statement depends on it, so one is proposed only within a statement.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from annotator.figures import Figure, parse
from annotator.model.codebook import Codebook, Tag
from annotator.model.span import Span, outer

from .proposal import Article, Find, Known, Proposal, Proposer

NAME = "figures"
_VALUE = "value"  # the number of a figure: the tag that has it is the tag of figures
_SCORES = {"date": 0.5, "ordinal": 0.6}
_USUAL = 0.85


def prepare(known: Known) -> Find:
    """Look for figures, for the first tag that holds a number."""
    tag = _tag(known.codebook)
    statements = {each.id for each in known.codebook.active_tags if each.form == "statement"}

    def find(article: Article, found: Sequence[Proposal]) -> Iterator[Proposal]:
        if tag is None:
            return
        said = [outer(spans) for name, spans in article.tagged if name in statements]
        said += [each.outer for each in found if each.tag in statements]
        for figure in _figures(article.text, article.language or known.codebook.language or "en"):
            span = Span(figure.start, figure.end)
            if figure.kind != "date" or any(each.contains(span) for each in said):
                yield Proposal(tag.id, (span,), NAME, _SCORES.get(figure.kind, _USUAL), attributes=_values(tag, figure))

    return find


@lru_cache(maxsize=2)  # the same article is asked for again after each act of its coder
def _figures(text: str, language: str) -> list[Figure]:
    return list(parse(text, language))


def _tag(codebook: Codebook) -> Tag | None:
    for tag in codebook.active_tags:
        attribute = tag.attribute(_VALUE)
        if attribute is not None and attribute.type == "number":
            return tag
    return None


def _values(tag: Tag, figure: Figure) -> dict[str, str | int | float]:
    told = {"value": figure.low, "value_max": figure.high, "unit": figure.unit, "kind": figure.kind}
    return {name: value for name, value in told.items() if value not in (None, "") and tag.attribute(name)}


PROPOSER = Proposer(NAME, "Numbers with what they count", prepare)
