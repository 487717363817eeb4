"""English: number words, measures, and how nouns go."""

from fractions import Fraction

from .english_measures import MEASURES
from .english_nouns import EXTRAS, GROUPS, PEOPLE, STOPS, is_adjective, is_plural, singular
from .figure import Qualifier
from .language import Dates, Language, Links, Nouns, NumberWords, Refused
from .phrases import Phrase, Phrases, by_value, hyphened, listed, phrases, words

_ONES = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = listed(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_TENTHS = listed("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth")

_SMALL: list[tuple[Phrase, int]] = [((word,), value) for value, word in enumerate(_ONES)]
_SMALL += [(("nought",), 0), (("nil",), 0), (("fourty",), 40)]
for _place, _word in enumerate(_TENS, 2):
    _SMALL.append(((_word,), 10 * _place))
    _SMALL += [((_word, _ONES[unit]), 10 * _place + unit) for unit in range(1, 10)]

_PARTS = {name: Fraction(1, value) for value, name in enumerate(_ORDINALS) if value > 2}
_PARTS |= {name: Fraction(1, 10 * value) for value, name in enumerate(_TENTHS, 2)}
_PARTS |= {"hundredth": Fraction(1, 100), "thousandth": Fraction(1, 1000), "millionth": Fraction(1, 10**6)}
_PARTS |= {"billionth": Fraction(1, 10**9), "trillionth": Fraction(1, 10**12), "quarter": Fraction(1, 4)}
_SEVERAL = {f"{name}s": value for name, value in _PARTS.items()} | {"halves": Fraction(1, 2), "firsts": Fraction(1)}

_MODIFIERS: dict[Phrase, Qualifier] = {
    **dict.fromkeys(phrases("just|only|all|exactly|precisely|a total of|the full|as little as"), "exact"),
    **dict.fromkeys(
        phrases(
            "about|around|roughly|some|approximately|nearly|almost|an estimated|estimated|close to|closer to|circa|"
            "ca.|approx|approx.|near|an average of|more or less|just about|not quite|virtually|in the region of|"
            "aproximately"
        ),
        "approx",
    ),
    **dict.fromkeys(
        phrases(
            "at least|no fewer than|no less than|not less than|not fewer than|more than|over|well over|just over|above|"
            "far more than|greater than|larger than|bigger than|upward of|upwards of|exceeding|exceed|exceeds|exceeded|"
            "in excess of|a minimum of|minimum|surpass|surpassing|surpassed|slightly more than|a little more than|"
            "a little over|slightly over|older than|longer than"
        ),
        "at_least",
    ),
    **dict.fromkeys(
        phrases(
            "at most|up to|no more than|not more than|fewer than|less than|smaller than|under|well under|"
            "just under|below|as many as|as much as|a maximum of|maximum|within|slightly less than|just below|"
            "a little under|slightly under|at the most|a little less than|younger than"
        ),
        "at_most",
    ),
}
_AFTER: dict[Phrase, Qualifier] = {
    **dict.fromkeys(phrases("or more|and more|or above|or over|and above|at least|or older|+|plus"), "at_least"),
    **dict.fromkeys(phrases("or less|or fewer|or below|or under|at most|or younger"), "at_most"),
    **dict.fromkeys(phrases("or so|- odd|odd"), "approx"),
}
_DEADLINES: dict[Phrase, Qualifier] = {
    **dict.fromkeys(phrases("after|since|no earlier than|not before|as of"), "at_least"),
    **dict.fromkeys(phrases("before|until|till|by|no later than"), "at_most"),
    **dict.fromkeys(phrases("about|around|circa|just before|just after|shortly before|shortly after"), "approx"),
    **dict.fromkeys(phrases("exactly"), "exact"),
}

_MONTHS = {
    name: 1 + place % 12
    for place, name in enumerate(
        listed(
            "january february march april may june july august september october november december "
            "jan feb mar apr may jun jul aug sep oct nov dec"
        )
    )
} | {"sept": 9}

_NUMBERS = NumberWords(
    small=Phrases(hyphened(_SMALL)),
    compound=lambda word: None,  # noqa: ARG005 - English writes its numbers as several words
    hundreds=words("hundred"),
    magnitudes={
        **dict.fromkeys(words("thousand thousands k"), 10**3),
        **dict.fromkeys(words("million millions m mn mln mil mm"), 10**6),
        **dict.fromkeys(words("billion billions bn bln b"), 10**9),
        **dict.fromkeys(words("trillion trillions tn trn t"), 10**12),
        **dict.fromkeys(words("lakh lakhs"), 10**5),
        **dict.fromkeys(words("crore crores"), 10**7),
        "quadrillion": 10**15,
    },
    bare_scale=False,
    one=words("a an"),
    minus=words("minus negative"),
    point=words("point"),
    plus=words("and &"),
    dozens={"dozen": 12, "dozens": 12},
    halves={"half": Fraction(1, 2)},
    half_after=words(""),
    part=_PARTS | {"half": Fraction(1, 2), "first": Fraction(1)},
    parts=_SEVERAL,
    vague={
        "dozens": 12,
        "tens": 10,
        "scores": 20,
        "hundreds": 100,
        "thousands": 10**3,
        "millions": 10**6,
        "billions": 10**9,
        "trillions": 10**12,
    },
    vague_before=words("several few many multiple couple"),
    of=words("of"),
    ordinals={
        **{name: value for value, name in enumerate(_ORDINALS) if value},
        **{name: 10 * value for value, name in enumerate(_TENTHS, 2)},
        "hundredth": 100,
        "thousandth": 1000,
        "millionth": 10**6,
        "billionth": 10**9,
        "trillionth": 10**12,
    },
    suffixes=words("st nd rd th"),
    multiples={"twice": 2, "thrice": 3, "double": 2, "triple": 3, "quadruple": 4},
    none={"none": 0, "no": 0, "nobody": 0, "once": 1},
)

_LINKS = Links(
    until=words("to through ~"),
    between=words("between"),
    both=words("and"),
    starting=words("from"),
    against=words(""),
    every=words(""),
    either=words("or"),
    perhaps=words("perhaps maybe possibly even"),
    share=Phrases(dict.fromkeys(phrases("in|in every|out of|out of every"), "")),
    quotient=words("over"),
    modifiers=Phrases(_MODIFIERS),
    modifiers_after=Phrases(_AFTER),
    during=words("over around"),
    versus=words("voted vote votes passed won win wins beat beats defeated lost approved rejected led score scored"),
    changed=words(
        "rose rise rises risen rising fell fall falls fallen falling grew grow grown growing cut cuts raised "
        "raise raising increased increase increases increasing dropped drop drops decreased decrease declined "
        "decline reduced reduce up down changed change widened widen narrowed narrow jumped jump climbed climb "
        "slid slide sank sink shrank shrunk went gone moved move expanded expand doubled tripled lowered lower "
        "slipped slip lifted lift"
    ),
)

_DATES = Dates(
    months=_MONTHS,
    months_capital=True,
    deadlines=Phrases(_DEADLINES),
    clock=Phrases(by_value({0: "a.m.|a.m|am|a . m .", 12: "p.m.|p.m|pm|p . m .", -1: "o'clock|gmt"})),
    clock_sign=".",
    year_before=words(
        "in since by after before until till of during early late mid spring summer autumn fall winter year"
    ),
)

_REFUSED = Refused(
    numbered=words(
        "resolution article articles chapter section sections paragraph page pages flight channel route highway room "
        "version phase level grade class type model item number no nr figure fig table step part volume line platform "
        "gate group category act scene season episode ward protocol annex division unit rule point question round "
        "track exhibit directive regulation amendment title decree order case file docket apartment suite box zone "
        "sector brigade regiment battalion street avenue road exit terminal reactor formula windows tier stage war"
    ),
    not_one=words(
        "no this that which the any every each some each another next last first other is was it's that's it"
    ),
    not_after_one=words(
        "of another day side sides thing way hand point such who which that to by or and but more can could would "
        "should will may might must has had was is moment reason after in on at for with from time wants"
    ),
    one_day=words("day night time moment"),
    not_half=words("second first other better latter half-"),
    ordinal_before=words("ranked ranks placed finished came rank"),
    ordinal_after=words("anniversary birthday straight consecutive successive"),
)

ENGLISH = Language(
    code="en",
    decimal=".",
    elided=False,
    numbers=_NUMBERS,
    measures=MEASURES,
    nouns=Nouns(
        stops=STOPS,
        extras=EXTRAS,
        determiners=words("the all its their his her our those these your my"),
        pronouns=words("them us you those these which whom"),
        definite=words("the these those both either neither his her their its our your my other such whose"),
        capital=False,
        follows=False,
        groups=GROUPS,
        names=words("north south east west"),
        people=PEOPLE,
        is_plural=is_plural,
        is_adjective=is_adjective,
        singular=singular,
    ),
    links=_LINKS,
    dates=_DATES,
    refused=_REFUSED,
)
