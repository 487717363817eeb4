"""French: number words, measures, and how nouns go."""

from fractions import Fraction

from .figure import Kind, Qualifier
from .french_nouns import STOPS, is_adjective, is_plural, singular
from .language import Dates, Language, Links, Measures, Nouns, NumberWords, Refused, table_of_units
from .phrases import Phrase, Phrases, by_value, hyphened, listed, phrases, words
from .units import sign_units

_ONES = listed(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix_sept "
    "dix_huit dix_neuf"
)
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre_vingt"}
_SMALL: list[tuple[Phrase, int]] = [(tuple(word.split("_")), value) for value, word in enumerate(_ONES) if value != 1]
for _tens, _word in _TENS.items():
    _stem = tuple(_word.split("_"))
    _SMALL.append((_stem, _tens))
    for _unit in range(1, 20 if _tens in (60, 80) else 10):
        _rest = tuple(_ONES[_unit].split("_"))
        _SMALL.append(((*_stem, *_rest), _tens + _unit))
        if _unit in (1, 11):
            _SMALL.append(((*_stem, "et", *_rest), _tens + _unit))
_SMALL += [(("quatre", "vingts"), 80), (("septante",), 70), (("huitante",), 80), (("nonante",), 90)]

_PARTS = {
    "tiers": 3, "quart": 4, "cinquième": 5, "sixième": 6, "septième": 7, "huitième": 8, "neuvième": 9, "dixième": 10,
    "vingtième": 20, "centième": 100, "millième": 1000, "millionième": 10**6,
}  # fmt: skip
_PART = {word: Fraction(1, value) for word, value in _PARTS.items()}
_HALF = Fraction(1, 2)

_UNITS: tuple[tuple[Kind, str], ...] = (
    (
        "duration",
        """
        seconde: secondes
        minute: minutes
        heure: heures
        jour: jours|journées
        semaine: semaines
        mois:
        trimestre: trimestres
        an: ans
        année: années
        décennie: décennies
        siècle: siècles
        nuit: nuits
        """,
    ),
    (
        "distance",
        """
        kilomètre: kilomètres
        mètre: mètres|m
        centimètre: centimètres
        millimètre: millimètres
        """,
    ),
    (
        "other",
        """
        kilomètre carré: kilomètres carrés
        mètre carré: mètres carrés
        mètre cube: mètres cubes
        hectare: hectares
        tonne: tonnes
        kilogramme: kilogrammes|kilo|kilos
        gramme: grammes
        livre: livres
        litre: litres
        hectolitre: hectolitres
        baril: barils
        watt: watts
        kilowatt: kilowatts
        mégawatt: mégawatts
        gigawatt: gigawatts
        kilowattheure: kilowattheures
        mégawattheure: mégawattheures
        térawattheure: térawattheures
        degré: degrés
        degré celsius: degrés celsius
        kilomètre par heure: kilomètres par heure|kilomètres - heure|kilomètres / heure
        """,
    ),
)

_CURRENCIES = by_value(
    {
        "EUR": "euro|euros",
        "USD": "dollar|dollars|dollars américains",
        "CAD": "dollars canadiens",
        "GBP": "livres sterling|livre sterling",
        "CHF": "francs suisses|franc suisse",
        "XOF": "francs cfa|franc cfa",
        "RUB": "rouble|roubles",
        "UAH": "hryvnia|hryvnias",
        "JPY": "yen|yens",
        "CNY": "yuan|yuans",
        "PLN": "zloty|zlotys",
        "TRY": "livres turques",
        "INR": "roupies|roupies indiennes",
        "centime": "centime|centimes",
        "couronne": "couronne|couronnes",
        "franc": "franc|francs",
        "peso": "peso|pesos",
        "dinar": "dinar|dinars",
        "dirham": "dirham|dirhams",
    }
)

_MODIFIERS: dict[Phrase, Qualifier] = {
    **dict.fromkeys(phrases("seulement|exactement|précisément|un total de|au total"), "exact"),
    **dict.fromkeys(
        phrases(
            "environ|près de|près d'|presque|quelque|quelques|approximativement|autour de|autour d'|aux alentours de|"
            "à peu près|dans les|une moyenne de|quasiment"
        ),
        "approx",
    ),
    **dict.fromkeys(
        phrases(
            "au moins|plus de|plus d'|au minimum|pas moins de|pas moins d'|un minimum de|au - delà de|supérieur à|"
            "supérieure à|dépassant|bien plus de"
        ),
        "at_least",
    ),
    **dict.fromkeys(
        phrases(
            "au plus|moins de|moins d'|jusqu'à|jusqu' à|au maximum|pas plus de|pas plus d'|un maximum de|inférieur à|"
            "inférieure à|à peine|tout au plus"
        ),
        "at_most",
    ),
}
_AFTER: dict[Phrase, Qualifier] = {
    **dict.fromkeys(phrases("ou plus|et plus|au moins|au minimum|+"), "at_least"),
    **dict.fromkeys(phrases("ou moins|au plus|au maximum"), "at_most"),
    **dict.fromkeys(phrases("environ"), "approx"),
}
_DEADLINES: dict[Phrase, Qualifier] = {
    **dict.fromkeys(phrases("après|après le|depuis|depuis le|à partir de|à partir du|dès|dès le"), "at_least"),
    **dict.fromkeys(phrases("avant|avant le|jusqu' au|jusqu' à|jusqu' en|d' ici|d' ici le|d' ici à"), "at_most"),
    **dict.fromkeys(phrases("vers|vers le|environ"), "approx"),
}

_MONTHS = {
    name: place
    for place, name in enumerate(
        listed("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        1,
    )
}

_TIMES = {"seconde": "seconde", "minute": "minute", "heure": "heure", "jour": "jour", "semaine": "semaine"}
_TIMES |= {"mois": "mois", "trimestre": "trimestre", "an": "an", "année": "an", "nuit": "nuit"}
_EACH = {name: name for name in listed("action baril tonne litre kilo habitant personne tête ménage foyer pièce mètre")}
_RATES: dict[Phrase, str] = {
    (joint, low): f"par {name}" for joint in ("par", "/", "chaque") for low, name in (_TIMES | _EACH).items()
}
_RATES |= {("l'", "heure"): "par heure", ("l'", "unité"): "par unité", ("la", "tonne"): "par tonne"}
_RATES |= {("le", "litre"): "par litre", ("le", "baril"): "par baril", ("le", "kilo"): "par kilo"}

_NUMBERS = NumberWords(
    small=Phrases(hyphened(_SMALL)),
    compound=lambda word: None,  # noqa: ARG005 - French writes its numbers as several words
    hundreds=words("cent cents"),
    magnitudes={
        **dict.fromkeys(words("mille k"), 10**3),
        **dict.fromkeys(words("million millions m mn"), 10**6),
        **dict.fromkeys(words("milliard milliards md mds mrd"), 10**9),
        **dict.fromkeys(words("billion billions"), 10**12),
    },
    bare_scale=True,
    one=words("un une"),
    minus=words("moins"),
    point=words("virgule"),
    plus=words("et"),
    dozens={"douzaine": 12, "dizaine": 10, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40}
    | {"cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000, "douzaines": 12},
    halves={"moitié": _HALF, "demi": _HALF, "demie": _HALF},
    half_after=words("demi demie"),
    part=_PART,
    parts={**_PART, **{f"{word}s": value for word, value in _PART.items() if not word.endswith("s")}},
    vague={
        "dizaines": 10,
        "douzaines": 12,
        "vingtaines": 20,
        "centaines": 100,
        "milliers": 1000,
        "millions": 10**6,
        "milliards": 10**9,
    },
    vague_before=words("plusieurs quelques"),
    of=words("de d' des du"),
    ordinals={
        **dict.fromkeys(words("premier première"), 1),
        **dict.fromkeys(words("deuxième second seconde"), 2),
        **{word: value for word, value in _PARTS.items() if word.endswith("ième")},
        "troisième": 3,
        "quatrième": 4,
    },
    suffixes=words("er ère re e ème ième"),
    multiples={"double": 2, "triple": 3, "quadruple": 4},
    none={"aucun": 0, "aucune": 0, "un": 1, "une": 1},
)

_MEASURES = Measures(
    units=Phrases({**sign_units("fr"), **table_of_units(_UNITS)}),
    percent=Phrases(
        by_value(
            {
                "%": "%|pour cent|pourcent|p . 100",
                "pp": "points de pourcentage|point de pourcentage|points de pour cent|pp",
            }
        )
    ),
    ages=Phrases({}),
    age_before=words("âgé âgée âgés âgées"),
    year="an",
    ago=words(""),
    ago_before=words(""),
    rates=Phrases(_RATES),
    currencies=Phrases(_CURRENCIES),
    times=words("fois"),
    comparing=words("plus moins de du des d'"),
    fold=words(""),
    strong=words(""),
)

_LINKS = Links(
    until=words("à ~"),
    between=words("entre"),
    both=words("et"),
    starting=words("de"),
    against=words(""),
    every=words(""),
    either=words("ou"),
    perhaps=words("peut-être voire"),
    share=Phrases(dict.fromkeys(phrases("sur"), "")),
    quotient=words(""),
    modifiers=Phrases(_MODIFIERS),
    modifiers_after=Phrases(_AFTER),
    during=words(""),
    versus=words("voté votes voix gagné perdu battu adopté rejeté"),
    changed=words("passé passée passés passées passe passer passant augmenté baissé grimpé chuté tombé tombée reculé"),
)

_DATES = Dates(
    months=_MONTHS,
    months_capital=False,
    deadlines=Phrases(_DEADLINES),
    clock=Phrases({}),
    clock_sign="h",
    year_before=words(
        "en depuis avant après fin début année de janvier février mars avril mai juin juillet août été hiver"
    )
    | words("septembre octobre novembre décembre printemps automne"),
)

_REFUSED = Refused(
    numbered=words(
        "résolution article articles chapitre section paragraphe page pages vol chaîne route autoroute chambre "
        "version phase niveau classe type modèle numéro no n° nr figure tableau étape partie volume ligne quai "
        "groupe catégorie saison épisode protocole annexe règle point tour directive règlement amendement titre "
        "décret zone brigade régiment bataillon rue avenue sortie réacteur secteur alinéa loi"
    ),
    not_one=words(""),
    not_after_one=words(""),
    one_day=words(""),
    not_half=words("seconde première deuxième autre"),
    ordinal_before=words("classé classée rang"),
    ordinal_after=words("anniversaire consécutif consécutive"),
)

FRENCH = Language(
    code="fr",
    decimal=",",
    elided=True,
    numbers=_NUMBERS,
    measures=_MEASURES,
    nouns=Nouns(
        stops=STOPS,
        extras=words("autres nouveaux nouvelles"),
        determiners=words("la le les l' ses leurs nos ces"),
        pronouns=words("eux elles nous vous"),
        definite=words("les ces ses leurs nos mes tes vos des"),
        capital=False,
        follows=True,
        groups=words(""),
        names=words(""),
        people=words("personnes hommes femmes enfants soldats civils morts blessés habitants militaires"),
        is_plural=is_plural,
        is_adjective=is_adjective,
        singular=singular,
    ),
    links=_LINKS,
    dates=_DATES,
    refused=_REFUSED,
)
