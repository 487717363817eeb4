"""Rough classes of words, by short lists and by how a word ends: articles, prepositions, pronouns, verbs, people.

They tell a model where a noun phrase may begin and end, which a few coded articles cannot: of each word that it has
never seen it knows at least whether it is an article or ends like the name of a profession.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from annotator.model.folding import fold
from annotator.model.nodes import plain_value
from annotator.model.yaml_nodes import parse_yaml
from annotator.paths import resource

_FILE = "proposals/word_classes.yaml"
_ENDINGS = (  # of words of five letters and more; the first that fits
    ("who+", ("ists", "ians", "eers", "ants", "ents", "ors", "ers", "ees", "men", "women", "innen", "eurs")),
    ("who", ("ist", "ian", "eer", "ant", "or", "er", "ee", "man", "woman", "in", "eur", "ateur")),
    ("ly", ("ly", "ment", "lich", "isch")),
    ("ing", ("ing",)),
    ("ed", ("ed", "ten", "te")),
    ("tion", ("tion", "sion", "ness", "ity", "ship", "ung", "heit", "keit", "age")),
    ("al", ("al", "ic", "ive", "ous", "ful", "less", "able", "ible", "ish", "ese", "an")),
    ("s", ("s",)),
)


@cache
def _listed() -> Mapping[str, str]:
    """Word → its class."""
    lists = plain_value(parse_yaml(resource(_FILE).read_text("utf-8")))
    return {fold(word): name for name, words in reversed(lists.items()) for word in words}


@lru_cache(maxsize=65536)
def word_class(folded: str) -> str:
    """The class of a word, given as it is whatever its case and accents: short, and "" for a word like most."""
    known = _listed().get(folded)
    if known is not None:
        return known
    if not folded[:1].isalnum():
        return folded[:1]
    if folded[:1].isdigit():
        return "9"
    if len(folded) >= 5:
        return next((name for name, endings in _ENDINGS if folded.endswith(endings)), "")
    return ""
