"""The names that a spaCy model finds, if the user has installed one for the language of the article.

Needs the extra `spacy` and a model; both stay on this computer. Off until the project switches it on: a general model
does not know the project's rules.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from annotator.model.span import Span
from annotator.model.trim import trim

from .proposal import Article, Find, Known, Proposal, Proposer, naming

NAME = "spacy"
_ACTORS = frozenset(("PERSON", "PER", "ORG", "NORP", "GPE"))  # of what a model labels, what may act
_SCORE = 0.5
_LONGEST = 500_000  # code points; the model's memory grows with the text


def models() -> tuple[str, ...]:
    """The names of the models that are installed."""
    if find_spec("spacy") is None:
        return ()
    import spacy.util

    return tuple(sorted(spacy.util.get_installed_models()))


@lru_cache(maxsize=2)
def _loaded(name: str) -> Any:
    import spacy

    return spacy.load(name)


def prepare(known: Known) -> Find:
    """Look for names with the first installed model of the article's language, for the first tag that names actors."""
    tag = next(iter(naming(known.codebook)), None)
    installed = models() if tag else ()

    def find(article: Article, _: Sequence[Proposal]) -> Iterator[Proposal]:
        language = (article.language or known.codebook.language or "en")[:2].lower()
        name = next((each for each in installed if each[:2] == language), None)
        if tag is None or name is None or len(article.text) > _LONGEST:
            return
        for entity in _loaded(name)(article.text).ents:
            if entity.label_ in _ACTORS:
                span = trim(article.text, Span(entity.start_char, entity.end_char), tag.trim, language).span
                yield Proposal(tag.id, (span,), NAME, _SCORE)

    return find


PROPOSER = Proposer(NAME, "spaCy model", prepare, needs="spacy", usual=False)
