"""German: number words, measures, and how nouns go."""

from fractions import Fraction

from .figure import Kind, Qualifier
from .german_nouns import STOPS, is_adjective, is_plural, singular
from .language import Dates, Language, Links, Measures, Nouns, NumberWords, Refused, table_of_units
from .phrases import Phrase, Phrases, by_value, listed, phrases, words
from .units import sign_units

_ONES = listed("null ein zwei drei vier fünf sechs sieben acht neun")
_TEENS = listed("zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn")
_TENS = listed("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")

_BELOW: dict[str, int] = {word: value for value, word in enumerate(_ONES + _TEENS)}
for _place, _word in enumerate(_TENS, 2):
    _BELOW[_word] = 10 * _place
    _BELOW |= {f"{_ONES[unit]}und{_word}": 10 * _place + unit for unit in range(1, 10)}
_BELOW |= {word.replace("ß", "ss"): value for word, value in _BELOW.items()}
_HALVES = {"anderthalb": Fraction(3, 2), "eineinhalb": Fraction(3, 2), "einhalb": Fraction(1, 2)}
_SMALL: dict[Phrase, int] = {(word,): value for word, value in _BELOW.items() if word != "ein"}
_SMALL |= {("zwo",): 2, ("eins",): 1, ("zweien",): 2, ("zweier",): 2, ("dreien",): 3, ("dreier",): 3}
_ARTICLES = "ein eine einen einem einer eines"


def compound(word: str) -> int | None:
    """A number from a hundred to a million as one word: "dreihundertzweiundvierzig", "zweitausend"."""
    if len(word) > 60 or not ("hundert" in word or "tausend" in word):
        return None
    above, _, below = word.rpartition("tausend")
    if "tausend" in word:
        thousands = _below_thousand(above) if above else 1
        rest = _below_thousand(below.removeprefix("und")) if below else 0
        return None if thousands is None or rest is None else thousands * 1000 + rest
    return _below_thousand(word)


def _below_thousand(word: str) -> int | None:
    above, found, below = word.partition("hundert")
    if not found:
        return _BELOW.get(word)
    hundreds = _BELOW.get(above) if above else 1
    rest = _BELOW.get(below.removeprefix("und")) if below else 0
    return None if hundreds is None or rest is None else hundreds * 100 + rest


_PART_STEMS = {
    "drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "siebtel": 7, "achtel": 8, "neuntel": 9, "zehntel": 10,
    "zwölftel": 12, "zwanzigstel": 20, "hundertstel": 100, "tausendstel": 1000,
}  # fmt: skip
_PARTS = {word: Fraction(1, value) for word, value in _PART_STEMS.items()}

_UNITS: tuple[tuple[Kind, str], ...] = (
    (
        "duration",
        """
        Sekunde: sekunden
        Minute: minuten
        Stunde: stunden
        Tag: tage|tagen
        Woche: wochen
        Monat: monate|monaten
        Quartal: quartale|quartalen
        Jahr: jahre|jahren
        Jahrzehnt: jahrzehnte|jahrzehnten
        Jahrhundert: jahrhunderte|jahrhunderten
        Nacht: nächte|nächten
        """,
    ),
    (
        "distance",
        """
        Kilometer: kilometern
        Meter: metern|m
        Zentimeter: zentimetern
        Millimeter: millimetern
        Meile: meilen
        Seemeile: seemeilen
        """,
    ),
    (
        "other",
        """
        Quadratkilometer: quadratkilometern
        Quadratmeter: quadratmetern
        Kubikmeter: kubikmetern
        Hektar:
        Tonne: tonnen
        Kilogramm: kilo
        Gramm:
        Pfund:
        Liter: litern
        Hektoliter:
        Barrel: fass
        Watt:
        Kilowatt:
        Megawatt:
        Gigawatt:
        Kilowattstunde: kilowattstunden
        Megawattstunde: megawattstunden
        Gigawattstunde: gigawattstunden
        Terawattstunde: terawattstunden
        Grad:
        Grad Celsius: grad celsius
        Kilometer pro Stunde: stundenkilometer|stundenkilometern|kilometer pro stunde
        Basispunkt: basispunkte|basispunkten
        """,
    ),
)

_CURRENCIES = by_value(
    {
        "EUR": "euro|euros",
        "USD": "dollar|dollars|us - dollar|us dollar",
        "GBP": "pfund sterling|britische pfund|britischen pfund",
        "CHF": "franken|schweizer franken",
        "RUB": "rubel",
        "UAH": "hrywnja|hriwna|griwna",
        "JPY": "yen",
        "CNY": "yuan",
        "PLN": "zloty|złoty",
        "CZK": "tschechische kronen|tschechischen kronen",
        "SEK": "schwedische kronen|schwedischen kronen",
        "NOK": "norwegische kronen|norwegischen kronen",
        "DKK": "dänische kronen|dänischen kronen",
        "HUF": "forint",
        "TRY": "lira|türkische lira",
        "INR": "rupien|indische rupien",
        "DEM": "mark|d - mark|deutsche mark",
        "Cent": "cent|cents",
        "Krone": "krone|kronen",
        "Franc": "francs|franc",
        "Peso": "peso|pesos",
    }
)

_MODIFIERS: dict[Phrase, Qualifier] = {
    **dict.fromkeys(phrases("nur|genau|exakt|insgesamt|alle|gerade einmal|lediglich|bloß|immerhin"), "exact"),
    **dict.fromkeys(
        phrases(
            "rund|etwa|ungefähr|circa|ca.|zirka|fast|nahezu|beinahe|knapp|gut|annähernd|schätzungsweise|in etwa|um die|"
            "nicht ganz|ca|an die"
        ),
        "approx",
    ),
    **dict.fromkeys(
        phrases("mindestens|wenigstens|mehr als|über|nicht weniger als|deutlich mehr als|minimal|zumindest|weit über"),
        "at_least",
    ),
    **dict.fromkeys(
        phrases(
            "höchstens|maximal|bis zu|weniger als|unter|nicht mehr als|binnen|innerhalb von|knapp unter|innert|"
            "nicht einmal|längstens"
        ),
        "at_most",
    ),
}
_AFTER: dict[Phrase, Qualifier] = {
    **dict.fromkeys(phrases("oder mehr|und mehr|+"), "at_least"),
    **dict.fromkeys(phrases("oder weniger"), "at_most"),
}
_DEADLINES: dict[Phrase, Qualifier] = {
    **dict.fromkeys(phrases("nach|nach dem|seit|seit dem|ab|ab dem"), "at_least"),
    **dict.fromkeys(phrases("vor|vor dem|bis|bis zum|spätestens|spätestens am|bis zum jahr|bis spätestens"), "at_most"),
    **dict.fromkeys(phrases("gegen|um|etwa|rund"), "approx"),
}
del _DEADLINES["um",]

_MONTHS = {
    name: 1 + place % 12
    for place, name in enumerate(
        listed(
            "januar februar märz april mai juni juli august september oktober november dezember "
            "jan feb mrz apr mai jun jul aug sep okt nov dez"
        )
    )
} | {"jänner": 1, "sept": 9}

_TIMES = {"sekunde": "Sekunde", "minute": "Minute", "stunde": "Stunde", "tag": "Tag", "woche": "Woche"}
_TIMES |= {"monat": "Monat", "quartal": "Quartal", "jahr": "Jahr", "nacht": "Nacht"}
_EACH = {
    name: name.capitalize() for name in listed("aktie kopf person liter kilo tonne barrel stück haushalt einwohner")
}
_EACH |= {
    name: name.capitalize() for name in ["kubikmeter", "quadratmeter", "kilometer", "megawattstunde", "kilowattstunde"]
}
_RATES: dict[Phrase, str] = {
    (joint, low): f"pro {name}" for joint in ("pro", "je", "/") for low, name in (_TIMES | _EACH).items()
}
_RATES |= {(joint, low): f"pro {name}" for joint in ("im", "am", "in der", "die") for low, name in _TIMES.items()}
_RATES |= {("in", "der", low): f"pro {_TIMES[low]}" for low in ("stunde", "woche", "minute", "sekunde")}
_RATES |= {
    ("jährlich",): "pro Jahr",
    ("monatlich",): "pro Monat",
    ("täglich",): "pro Tag",
    ("wöchentlich",): "pro Woche",
}

_NUMBERS = NumberWords(
    small=Phrases(_SMALL),
    compound=compound,
    hundreds=words("hundert"),
    magnitudes={
        **dict.fromkeys(words("tausend tsd"), 10**3),
        **dict.fromkeys(words("million millionen mio mill"), 10**6),
        **dict.fromkeys(words("milliarde milliarden mrd md"), 10**9),
        **dict.fromkeys(words("billion billionen bio"), 10**12),
        "billiarde": 10**15,
        "billiarden": 10**15,
    },
    bare_scale=True,
    one=words(_ARTICLES),
    minus=words("minus"),
    point=words("komma"),
    plus=words("und"),
    dozens={"dutzend": 12},
    halves={"hälfte": Fraction(1, 2), "halbe": Fraction(1, 2), "halben": Fraction(1, 2), "halbes": Fraction(1, 2)}
    | {"halber": Fraction(1, 2), "anderthalb": Fraction(3, 2), "eineinhalb": Fraction(3, 2)}
    | {f"{_ONES[whole]}einhalb": whole + Fraction(1, 2) for whole in range(2, 10)}
    | {"dreiviertel": Fraction(3, 4)},
    half_after=words(""),
    part=_PARTS,
    parts=_PARTS | {f"{word}n": value for word, value in _PARTS.items()},
    vague={
        **dict.fromkeys(words("dutzende dutzenden"), 12),
        **dict.fromkeys(words("hunderte hunderten"), 100),
        **dict.fromkeys(words("tausende tausenden"), 10**3),
        **dict.fromkeys(words("zehntausende zehntausenden"), 10**4),
        **dict.fromkeys(words("hunderttausende hunderttausenden"), 10**5),
        "millionen": 10**6,
        "milliarden": 10**9,
    },
    vague_before=words("mehrere mehreren mehrerer einige einigen einiger paar viele vielen"),
    of=words("von der des"),
    ordinals={
        stem + ending: value
        for value, stem in enumerate(
            listed("erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft"),
            1,
        )
        for ending in ("e", "en", "er", "es", "em")
    },
    suffixes=words(""),
    multiples={"doppelt": 2, "zweimal": 2, "dreimal": 3, "viermal": 4, "fünfmal": 5, "zehnmal": 10, "doppelte": 2},
    none={"kein": 0, "keine": 0, "keinen": 0, "niemand": 0, "einmal": 1, "eine": 1, "ein": 1, "einen": 1, "einem": 1},
)

_MEASURES = Measures(
    units=Phrases({**sign_units("de"), **table_of_units(_UNITS)}),
    percent=Phrases(
        by_value({"%": "%|prozent|prozents|v.h.", "pp": "prozentpunkte|prozentpunkten|prozentpunkt|% - punkte|pp"})
    ),
    ages=Phrases(dict.fromkeys(phrases("alt|alte|alten|alter"), "")),
    age_before=words(""),
    year="Jahr",
    ago=words(""),
    ago_before=words("vor"),
    rates=Phrases(_RATES),
    currencies=Phrases(_CURRENCIES),
    times=words("mal"),
    comparing=words("so mehr höher größer wie als"),
    fold=words("fach fache fachen facher faches"),
    strong=words("starke starken starker starkes stark"),
)

_LINKS = Links(
    until=words("bis ~"),
    between=words("zwischen"),
    both=words("und"),
    starting=words("von"),
    against=words("zu"),
    every=words("jeder jede jedes jedem"),
    either=words("oder"),
    perhaps=words("vielleicht womöglich eventuell"),
    share=Phrases(dict.fromkeys(phrases("von|aus"), "")),
    quotient=words("durch"),
    modifiers=Phrases(_MODIFIERS),
    modifiers_after=Phrases(_AFTER),
    during=words("über"),
    versus=words("stimmten gestimmt stimmen siegte gewann verlor siegt gewannen"),
    changed=words(
        "stieg stiegen sank sanken fiel fielen wuchs erhöhte gestiegen gesunken gefallen gewachsen kletterte"
    ),
)

_DATES = Dates(
    months=_MONTHS,
    months_capital=True,
    deadlines=Phrases(_DEADLINES),
    clock=Phrases({("uhr",): -1}),
    clock_sign=".",
    year_before=words(
        "jahr jahre jahres jahren in seit vor nach bis ab ende anfang mitte sommer winter herbst frühjahr im"
    ),
)

_REFUSED = Refused(
    numbered=words(
        "resolution artikel paragraf paragraph kapitel abschnitt seite flug flugnummer kanal zimmer raum version phase "
        "stufe klasse typ modell nummer nr abbildung tabelle teil band linie gleis gruppe kategorie staffel folge "
        "protokoll anhang regel punkt runde richtlinie verordnung ziffer absatz abs satz art zone brigade regiment "
        "bataillon straße ausfahrt reaktor block sektor agenda"
    ),
    not_one=words(""),
    not_after_one=words(""),
    one_day=words(""),
    not_half=words("zweite zweiten erste ersten andere anderen"),
    ordinal_before=words("rang platz"),
    ordinal_after=words("jahrestag geburtstag"),
)

GERMAN = Language(
    code="de",
    decimal=",",
    elided=False,
    numbers=_NUMBERS,
    measures=_MEASURES,
    nouns=Nouns(
        stops=STOPS,
        extras=words("weitere weiteren weiterer mehr zusätzliche zusätzlichen andere anderen neue neuen"),
        determiners=words("der die das den des dem aller ihrer ihren seiner seinen unserer unseren"),
        pronouns=words("ihnen uns euch denen"),
        definite=words(
            "die der den diese dieser diesen beide beiden seine seinen ihre ihren unsere unseren jene jenen"
        ),
        capital=True,
        follows=False,
        groups=words(""),
        names=words(""),
        people=words("menschen soldaten personen tote verletzte einwohner zivilisten kinder frauen männer leute"),
        is_plural=is_plural,
        is_adjective=is_adjective,
        singular=singular,
    ),
    links=_LINKS,
    dates=_DATES,
    refused=_REFUSED,
)
