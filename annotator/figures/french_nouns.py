"""French nouns after a number, and their singular."""

from .phrases import words

_IRREGULAR = {"yeux": "œil", "gens": "gens", "travaux": "travail", "pays": "pays", "mois": "mois", "fois": "fois"}
_IN_S = words(
    "corps temps cas pays mois fois repas succès accès procès avis permis voix prix choix bras progrès convois"
)
_BEFORE = words(
    "jeunes petits petites grands grandes gros grosses nouveaux nouvelles anciens anciennes autres vieux bons"
)

STOPS = words(
    "le la les l' un une des du de d' et ou mais à au aux en dans par pour sur sous avec sans chez contre "
    "entre vers depuis pendant avant après selon qui que qu' quoi dont où ne n' pas plus moins il elle ils "
    "elles nous vous je tu on se s' son sa ses leur leurs ce cet cette ces c' est sont était étaient été a "
    "ont avait avaient sera seront soit comme si très aussi encore déjà puis alors ainsi janvier février "
    "mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi "
    "vendredi samedi dimanche fois cent mille million millions milliard milliards heures contre ans dit "
    "disent meurent fuient votent tués morts"
) - words("morts tués")


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural."""
    return len(word) > 2 and word.endswith(("s", "x", "z"))


def is_adjective(word: str) -> bool:
    """Whether a word is one of the few adjectives that stand before their noun."""
    return word in _BEFORE


def singular(word: str) -> str:
    """The singular of a plural by its ending."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _IN_S:
        return word
    if word.endswith("aux") and not word.endswith("eaux") and len(word) > 4:
        return word[:-3] + "al"
    if word.endswith(("eaux", "eux")):
        return word[:-1] if word.endswith("eaux") else word
    if word.endswith("s") and not word.endswith("ss") and len(word) > 2:
        return word[:-1]
    return word
