"""A table of figures in English, German and French, with what a reader takes them to say."""

import pytest

from annotator.figures import parse

# text, what is found: (span, low, high, unit, counted, qualifier, kind)
ENGLISH = [
    (
        "Officials said 1,500 civilians were killed.",
        ("1,500 civilians", 1500, None, "civilian", "civilians", "exact", "count"),
    ),
    (
        "Some 3,000-5,000 North Korean soldiers",
        (
            "Some 3,000-5,000 North Korean soldiers",
            3000,
            5000,
            "north korean soldier",
            "North Korean soldiers",
            "range",
            "count",
        ),
    ),
    ("He paid $1,000-$1,500 a month.", ("$1,000-$1,500 a month", 1000, 1500, "USD per month", "", "range", "money")),
    ("It costs between $5m and $10m.", ("between $5m and $10m", 5_000_000, 10_000_000, "USD", "", "range", "money")),
    ("£5,000 to £10,000", ("£5,000 to £10,000", 5000, 10_000, "GBP", "", "range", "money")),
    ("It cost 3 dollars 50 cents.", ("3 dollars 50 cents", 3.5, None, "USD", "", "exact", "money")),
    ("They lost 75 USD million.", ("75 USD million", 75_000_000, None, "USD", "", "exact", "money")),
    ("A loss of -$5m", ("-$5m", -5_000_000, None, "USD", "", "exact", "money")),
    ("a 5,000-strong crowd", ("5,000-strong crowd", 5000, None, "crowd", "crowd", "exact", "count")),
    ("20-odd boats", ("20-odd boats", 20, None, "boat", "boats", "approx", "count")),
    ("50+ people", ("50+ people", 50, None, "people", "people", "at_least", "count")),
    ("30 or more tanks", ("30 or more tanks", 30, None, "tank", "tanks", "at_least", "count")),
    ("Several hundred police came.", ("Several hundred police", 100, None, "police", "police", "vague", "count")),
    (
        "tens of thousands of protesters",
        ("tens of thousands of protesters", 10_000, None, "protester", "protesters", "vague", "count"),
    ),
    ("a few dozen journalists", ("a few dozen journalists", 12, None, "journalist", "journalists", "vague", "count")),
    (
        "roughly a quarter of a million people",
        ("roughly a quarter of a million people", 250_000, None, "people", "people", "approx", "count"),
    ),
    (
        "two and a half million refugees",
        ("two and a half million refugees", 2_500_000, None, "refugee", "refugees", "exact", "count"),
    ),
    ("three and a half hours", ("three and a half hours", 3.5, None, "hour", "", "exact", "duration")),
    ("half an hour", ("half an hour", 0.5, None, "hour", "", "exact", "duration")),
    ("within 48 hours", ("within 48 hours", 48, None, "hour", "", "at_most", "duration")),
    ("Less than a week remains.", ("Less than a week", 1, None, "week", "", "at_most", "duration")),
    ("seven years ago", ("seven years ago", 7, None, "year", "", "exact", "duration")),
    ("a 61-year-old man", ("61-year-old", 61, None, "year", "", "exact", "age")),
    ("men aged between 18 and 30", ("aged between 18 and 30", 18, 30, "year", "", "range", "age")),
    ("27,000 tonnes of wheat", ("27,000 tonnes of wheat", 27_000, None, "tonne", "wheat", "exact", "other")),
    ("He is 1.8m tall.", ("1.8m", 1.8, None, "metre", "", "exact", "distance")),
    ("3.5m people", ("3.5m people", 3_500_000, None, "people", "people", "exact", "count")),
    ("120 km/h", ("120 km/h", 120, None, "kilometre per hour", "", "exact", "other")),
    ("-5 °C", ("-5 °C", -5, None, "degree celsius", "", "exact", "other")),
    ("25 basis points", ("25 basis points", 25, None, "basis point", "", "exact", "other")),
    ("2.1 percentage points", ("2.1 percentage points", 2.1, None, "pp", "", "exact", "percentage_points")),
    ("40-45% of GDP", ("40-45%", 40, 45, "%", "GDP", "range", "percent")),
    ("one-fifth of voters", ("one-fifth", 0.2, None, "", "voters", "exact", "ratio")),
    ("Nearly 9 out of 10 voters", ("Nearly 9 out of 10", 0.9, None, "", "", "approx", "ratio")),
    ("⅔ of members", ("⅔", pytest.approx(2 / 3), None, "", "members", "exact", "ratio")),
    ("They voted 48-52 against.", ("48-52", 48, None, "", "", "exact", "ratio")),
    ("They won 3:1.", ("3:1", 3, None, "", "", "exact", "ratio")),
    ("three times higher", ("three times", 3, None, "times", "", "exact", "ratio")),
    ("shared 300 times", ("300 times", 300, None, "times", "", "exact", "count")),
    ("They ranked 21st.", ("21st", 21, None, "ordinal", "", "exact", "ordinal")),
    ("Between 2014 and 2022", ("Between 2014 and 2022", 2014, 2022, "year", "", "range", "date")),
    ("the 1990s", ("1990s", 1990, 1999, "year", "", "range", "date")),
    ("since March 2020", ("since March 2020", 202003, None, "month", "", "at_least", "date")),
    ("on 24 February 2022", ("24 February 2022", 20220224, None, "date", "", "exact", "date")),
    ("by 11:30", ("by 11:30", 11.5, None, "time", "", "at_most", "date")),
    ("2000 wounded", ("2000 wounded", 2000, None, "wounded", "wounded", "exact", "count")),
    ("nine point four", ("nine point four", 9.4, None, "", "", "exact", "count")),
    (
        "twenty-one trillion and three hundred",
        ("twenty-one trillion and three hundred", 21_000_000_000_300, None, "", "", "exact", "count"),
    ),
    ("1.3x10^6", ("1.3x10^6", 1_300_000, None, "", "", "exact", "count")),
    (
        "five, perhaps five and a half percent",
        ("five, perhaps five and a half percent", 5, 5.5, "%", "", "range", "percent"),
    ),
    ("two or three ships", ("two or three ships", 2, 3, "ship", "ships", "range", "count")),
]
GERMAN = [
    (
        "Mindestens 14 Menschen starben.",
        ("Mindestens 14 Menschen", 14, None, "Mensch", "Menschen", "at_least", "count"),
    ),
    (
        "etwa 190.000 russische Soldaten",
        ("etwa 190.000 russische Soldaten", 190_000, None, "Soldat", "russische Soldaten", "approx", "count"),
    ),
    (
        "15 bis 20 Millionen Euro pro Jahr",
        ("15 bis 20 Millionen Euro pro Jahr", 15_000_000, 20_000_000, "EUR pro Jahr", "", "range", "money"),
    ),
    ("höchstens 25 Mio. Euro", ("höchstens 25 Mio. Euro", 25_000_000, None, "EUR", "", "at_most", "money")),
    ("4,2 Mrd. Dollar", ("4,2 Mrd. Dollar", 4_200_000_000, None, "USD", "", "exact", "money")),
    (
        "Zwischen 20 und 30 Prozent der Wähler",
        ("Zwischen 20 und 30 Prozent", 20, 30, "%", "Wähler", "range", "percent"),
    ),
    ("jeder Fünfte", ("jeder Fünfte", 0.2, None, "", "", "exact", "ratio")),
    ("drei von vier Deutschen", ("drei von vier", 0.75, None, "", "", "exact", "ratio")),
    (
        "dreihundertzweiundvierzig Abgeordnete",
        ("dreihundertzweiundvierzig Abgeordnete", 342, None, "Abgeordnete", "Abgeordnete", "exact", "count"),
    ),
    (
        "zweihundertfünfzigtausend Flüchtlinge",
        ("zweihundertfünfzigtausend Flüchtlinge", 250_000, None, "Flüchtling", "Flüchtlinge", "exact", "count"),
    ),
    (
        "Anderthalb Millionen Menschen",
        ("Anderthalb Millionen Menschen", 1_500_000, None, "Mensch", "Menschen", "exact", "count"),
    ),
    ("eine halbe Stunde", ("eine halbe Stunde", 0.5, None, "Stunde", "", "exact", "duration")),
    (
        "Tausende Demonstranten",
        ("Tausende Demonstranten", 1000, None, "Demonstrant", "Demonstranten", "vague", "count"),
    ),
    ("vor drei Jahren", ("vor drei Jahren", 3, None, "Jahr", "", "exact", "duration")),
    ("Er ist 61 Jahre alt.", ("61 Jahre alt", 61, None, "Jahr", "", "exact", "age")),
    ("die 61-jährige Politikerin", ("61-jährige", 61, None, "Jahr", "", "exact", "age")),
    ("um 2,5 Prozentpunkte", ("2,5 Prozentpunkte", 2.5, None, "pp", "", "exact", "percentage_points")),
    ("mit 52 zu 48 Stimmen", ("52 zu 48 Stimmen", 52, None, "Stimme", "Stimmen", "exact", "ratio")),
    ("bis zum 1. Dezember 2023", ("bis zum 1. Dezember 2023", 20231201, None, "date", "", "at_most", "date")),
    ("um 19.30 Uhr", ("19.30 Uhr", 19.5, None, "time", "", "exact", "date")),
    ("Bis 2030", ("Bis 2030", 2030, None, "year", "", "at_most", "date")),
    ("minus 3,5 Prozent", ("minus 3,5 Prozent", -3.5, None, "%", "", "exact", "percent")),
    (
        "rund 3,4 Milliarden Kubikmeter Gas",
        ("rund 3,4 Milliarden Kubikmeter Gas", 3_400_000_000, None, "Kubikmeter", "Gas", "approx", "other"),
    ),
]
FRENCH = [
    ("Au moins 14 personnes", ("Au moins 14 personnes", 14, None, "personne", "personnes", "at_least", "count")),
    ("4,2 milliards d'euros", ("4,2 milliards d'euros", 4_200_000_000, None, "EUR", "", "exact", "money")),
    (
        "4,2 milliards d’euros par an",
        ("4,2 milliards d’euros par an", 4_200_000_000, None, "EUR par an", "", "exact", "money"),
    ),
    ("quelque 190 000 soldats", ("quelque 190 000 soldats", 190_000, None, "soldat", "soldats", "approx", "count")),
    ("Entre 20 et 30 % des électeurs", ("Entre 20 et 30 %", 20, 30, "%", "électeurs", "range", "percent")),
    ("un sur cinq", ("un sur cinq", 0.2, None, "", "", "exact", "ratio")),
    ("deux tiers", ("deux tiers", pytest.approx(2 / 3), None, "", "", "exact", "ratio")),
    (
        "trois cent quarante-deux députés",
        ("trois cent quarante-deux députés", 342, None, "député", "députés", "exact", "count"),
    ),
    (
        "quatre-vingt-dix-sept sénateurs",
        ("quatre-vingt-dix-sept sénateurs", 97, None, "sénateur", "sénateurs", "exact", "count"),
    ),
    ("mille cinq cents soldats", ("mille cinq cents soldats", 1500, None, "soldat", "soldats", "exact", "count")),
    (
        "deux millions et demi de personnes",
        ("deux millions et demi de personnes", 2_500_000, None, "personne", "personnes", "exact", "count"),
    ),
    ("une centaine de blessés", ("une centaine de blessés", 100, None, "blessé", "blessés", "exact", "count")),
    (
        "des milliers de manifestants",
        ("milliers de manifestants", 1000, None, "manifestant", "manifestants", "vague", "count"),
    ),
    ("âgé de 47 ans", ("âgé de 47 ans", 47, None, "an", "", "exact", "age")),
    ("Jusqu'à 500 euros", ("Jusqu'à 500 euros", 500, None, "EUR", "", "at_most", "money")),
    ("2,5 points de pourcentage", ("2,5 points de pourcentage", 2.5, None, "pp", "", "exact", "percentage_points")),
    ("à 5h30", ("5h30", 5.5, None, "time", "", "exact", "date")),
    ("après le 1er janvier 2020", ("après le 1er janvier 2020", 20200101, None, "date", "", "at_least", "date")),
]
CASES = [
    (language, text, expected)
    for language, cases in (("en", ENGLISH), ("de", GERMAN), ("fr", FRENCH))
    for text, expected in cases
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES, ids=[f"{each[0]}: {each[1]}" for each in CASES])
def test_reads_one_figure(language: str, text: str, expected: tuple[object, ...]) -> None:
    found = [
        (each.text, each.low, each.high, each.unit, each.counted, each.qualifier, each.kind)
        for each in parse(text, language)
    ]
    assert found == [expected]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Unemployment rose from 5.1% to 5.4% in 2022.", [5.1, 5.4, 2022]),
        ("Sales rose 12% to €4.2bn, up from €3.8bn a year earlier.", [12, 4_200_000_000, 3_800_000_000]),
        ("3 hundred and 2 hundred are two valid numbers.", [300, 200, 2]),
        ("There are 12 out of 10.", [12, 10]),
        ("I want to earn $2000 over 3 years.", [2000, 3]),
        ("In 2023 100,000 people left.", [2023, 100_000]),
        ("They asked for 45 and 50 cases.", [45, 50]),
    ],
)
def test_keeps_figures_apart(text: str, values: list[float]) -> None:
    found = parse(text)
    assert [figure.low for figure in found] == values
    assert all(figure.high is None for figure in found)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "1,234,567", 1_234_567),
        ("en", "1.234.567", 1_234_567),
        ("en", "1,234.56", 1234.56),
        ("en", "4.800", 4.8),
        ("en", "5,00", 5),
        ("en", "12,34,567.89", 1_234_567.89),
        ("en", "1 414 021 100", 1_414_021_100),
        ("de", "1.234,56", 1234.56),
        ("de", "4.800", 4800),
        ("de", "1,5", 1.5),
        ("de", "1'234'567", 1_234_567),
        ("fr", "1 234,5", 1234.5),
        ("fr", "1\u202f234\u202f567", 1_234_567),
        ("fr", "1.234.567", 1_234_567),
    ],
)
def test_reads_digits_as_the_language_writes_them(language: str, text: str, value: float) -> None:
    assert [figure.low for figure in parse(text, language)] == [value]
