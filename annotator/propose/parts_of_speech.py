"""The part of speech of each word (noun, name, article, verb), which tells a model where a mention begins and ends.

A few coded articles cannot teach that. Needs the library HanTa, which comes with the extra `learn` and knows English
and German; for other languages, and without it, a model goes by the other features alone. Source: Wartena
(2019), A probabilistic morphology model for German lemmatization, KONVENS.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from .languages import primary
from .trie import tokens

_MODELS = {"en": "morphmodel_en.pgz", "de": "morphmodel_ger.pgz"}  # Dutch takes seconds to load
_LONGEST = 40  # letters of a word that are looked at: the time grows with their square
_KEPT = 256  # texts: all that one training looks at, again and again


def parts_of_speech(text: str, language: str, sentences: Sequence[range]) -> Sequence[str]:
    """The part of speech of each word of a text, named as in the corpus that its language was learned from.

    `sentences` says which words make a sentence. Empty where nothing is known of the language.
    """
    name = primary(language)
    return _tagged(text, name, tuple((each.start, each.stop) for each in sentences)) if _tagger(name) else ()


@lru_cache(maxsize=_KEPT)
def _tagged(text: str, name: str, sentences: tuple[tuple[int, int], ...]) -> Sequence[str]:
    words = [text[span.start : min(span.end, span.start + _LONGEST)] for span, _ in tokens(text)]
    return [tag for start, end in sentences for _, _, tag in _tagger(name).tag_sent(words[start:end])]


@cache
def _tagger(name: str) -> Any:
    """The tagger of a language; None where there is none."""
    try:
        from HanTa import HanoverTagger
    except ImportError:
        return None
    # By its full path: a mere name would first be looked for in the folder that the program was started in.
    folder = Path(HanoverTagger.__file__).resolve().parent
    return HanoverTagger.HanoverTagger(str(folder / _MODELS[name])) if name in _MODELS else None
