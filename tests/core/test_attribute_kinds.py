"""Values of attributes: what is taken, in which spelling it is stored, and why something is refused.

Expected values stand here as literals; the codes of countries also come from the list that computers keep for their
time zones.
"""

import math
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.model import codebook
from annotator.model.attributes import ATTRIBUTE_KINDS, Context, check, parse, show
from annotator.model.attributes.countries import COUNTRIES, is_country
from annotator.model.codebook import Attribute

STANCE = Attribute("stance", "enum", values=("support", "oppose", "very_mixed"))
COUNTRY = Attribute("country", "country")
COUNTRIES_OF = Attribute("country", "list", of="country")
NUMBER = Attribute("value", "number")
DATE = Attribute("as_of", "date")
NAME = Attribute("name", "entity")
ISSUE = Attribute("issue", "category")
FORM = "a date is written year-month-day, as 2022-01-10, or 2022-01, or 2022"

ACTORS = {"id-1": "Russia", "id-2": "Georgia", "id-3": "Georgia"}
PROJECT = Context(
    categories=("Gas supply", "prices"),
    entities_named=lambda name: [key for key, known in ACTORS.items() if known == name],
    entity_name=ACTORS.get,
)


def fault(given, attribute, context=PROJECT, *, stored=False):
    with pytest.raises(AnnotatorError) as caught:
        (check if stored else parse)(given, attribute, context)
    return str(caught.value)


def test_the_kinds_are_those_that_a_codebook_can_name():
    assert [kind.id for kind in ATTRIBUTE_KINDS] == list(codebook.ATTRIBUTE_KINDS)


READ = [
    ("support", STANCE, "support"),
    (" Very mixed ", STANCE, "very_mixed"),
    ("gas  supply", ISSUE, "Gas supply"),
    ("new issue", ISSUE, "new issue"),
    ("Russia", NAME, "id-1"),
    ("id-2", NAME, "id-2"),
    ("yes", Attribute("conditional", "boolean"), True),
    ("nein", Attribute("conditional", "boolean"), False),
    (" in case it invades ", Attribute("condition", "text"), "in case it invades"),
    ("2022", DATE, "2022"),
    ("2022-1", DATE, "2022-01"),
    ("2022-01-10", DATE, "2022-01-10"),
    ("2024-02-29", DATE, "2024-02-29"),
    ("10.1.2022", DATE, "2022-01-10"),
    ("ua", COUNTRY, "UA"),
    ("Germany", COUNTRY, "DE"),
    ("UK", COUNTRY, "GB"),
    ("qm", COUNTRY, "QM"),
    ("de, UA; Norway", COUNTRIES_OF, ["DE", "UA", "NO"]),
    ("3; 2,5; 3", Attribute("values", "list", of="number"), [3, 2.5]),
    (["DE"], COUNTRIES_OF, ["DE"]),
]


@pytest.mark.parametrize(("written", "attribute", "value"), READ)
def test_what_a_person_writes_is_read(written, attribute, value):
    read = parse(written, attribute, PROJECT)
    assert read == value
    assert type(read) is type(value)
    assert check(read, attribute, PROJECT) == value


NUMBERS = [
    ("100,000", "en", 100000),
    ("1,5", "en", 1.5),
    ("1.5", "en", 1.5),
    ("1.500", "en", 1.5),
    ("1.500", "de", 1500),
    ("1,500", "de-AT", 1.5),
    ("1.234.567,8", "en", 1234567.8),
    ("1,234,567.8", "de", 1234567.8),
    ("1 000 000", "fr", 1000000),
    ("1\u202f000", "fr", 1000),
    ("1’000", "de", 1000),
    ("−5", "en", -5),
    ("0.500", "de", 0.5),
    (".5", "en", 0.5),
    ("1e6", "en", 1000000),
    ("10^6", "en", 1000000),
    ("2/4", "en", 0.5),
]


@pytest.mark.parametrize(("written", "language", "value"), NUMBERS)
def test_numbers_are_read_as_the_language_writes_them(written, language, value):
    read = parse(written, NUMBER, Context(language))
    assert read == value
    assert type(read) is type(value)


REFUSED = [
    ("maybe", STANCE, "“maybe” is none of: support, oppose, very_mixed."),
    ("2022-13-45", DATE, "There is no month 13."),
    ("2022-02-30", DATE, "February 2022 has no day 30: it has 28."),
    ("2023-02-29", DATE, "February 2023 has no day 29: it has 28."),
    ("0000-01-01", DATE, "There is no year 0."),
    ("10/01/2022", DATE, f"“10/01/2022” is no date: {FORM}."),
    ("NaN", NUMBER, "“NaN” is no number."),
    ("10^400", NUMBER, "“10^400” is too large."),
    ("1e400", NUMBER, "“1e400” is too large."),
    ("1e-400", NUMBER, "“1e-400” is too close to zero."),
    ("12,34,5", NUMBER, "“12,34,5” is no number."),
    ("2/0", NUMBER, "“2/0” is no number."),
    ("١٢", NUMBER, "“١٢” is no number."),
    ("EU", COUNTRY, "“EU” is no country’s two letters of ISO 3166-1, as DE or UA."),
    ("Georgia", NAME, "2 actors have the name “Georgia”: choose one of them."),
    ("Utopia", NAME, "The project has no actor “Utopia”."),
    ("perhaps", Attribute("conditional", "boolean"), "“perhaps” is neither yes nor no."),
    (" ", ISSUE, "Nothing is written there."),
    ("x" * 201, ISSUE, "A category may have 200 characters, and this one has 201."),
    ("DE, Utopia", COUNTRIES_OF, "“Utopia” is no country’s two letters of ISO 3166-1, as DE or UA."),
    (";", COUNTRIES_OF, "The list is empty."),
]  # fmt: skip


@pytest.mark.parametrize(("written", "attribute", "sentence"), REFUSED)
def test_what_cannot_be_is_refused_in_plain_words(written, attribute, sentence):
    assert fault(written, attribute) == sentence


STORED = [
    (math.nan, NUMBER, "NaN is no number."),
    (math.inf, NUMBER, "The number is too large."),
    (10**400, NUMBER, "A number of about 401 digits is too large."),
    (10**5000, NUMBER, "A number of about 5,001 digits is too large."),
    (True, NUMBER, "true is no number."),
    ("80", NUMBER, "“80” is no number."),
    (2022, DATE, f"“2022” is no date: {FORM}."),
    ("2022-13-45", DATE, "There is no month 13."),
    ("uk", COUNTRY, "“uk” is no country’s two letters of ISO 3166-1; United Kingdom is GB."),
    ("id-9", NAME, "The project has no actor with the id “id-9”."),
    ("Support", STANCE, "“Support” is none of: support, oppose, very_mixed."),
    (None, STANCE, "nothing is none of: support, oppose, very_mixed."),
    (1, Attribute("conditional", "boolean"), "“1” is neither true nor false."),
    ({"a": 1}, ISSUE, "an object is no category."),
    ("a\ud800", Attribute("condition", "text"), "“a\\ud800” holds half of a surrogate pair."),
    ("DE", COUNTRIES_OF, "“DE” is no list."),
    ([["DE"]], COUNTRIES_OF, "a list is no country’s two letters of ISO 3166-1, as DE or UA."),
]  # fmt: skip


@pytest.mark.parametrize(("value", "attribute", "sentence"), STORED, ids=range(len(STORED)))
def test_what_a_file_brings_is_held_to_the_kind(value, attribute, sentence):
    assert fault(value, attribute, stored=True) == sentence


def test_the_countries_are_those_of_the_standard():
    listed = Path("/usr/share/zoneinfo/iso3166.tab")
    if not listed.is_file():
        pytest.skip("this computer has no list of countries")
    rows = listed.read_text(encoding="utf-8").splitlines()
    assert set(COUNTRIES) == {row[:2] for row in rows if row and not row.startswith("#")}


def test_codes_for_own_use_are_countries_too():
    own = ["AA", *(f"Q{letter}" for letter in "MNOPQRSTUVWXYZ"), *(f"X{chr(n)}" for n in range(65, 91)), "ZZ"]
    assert all(map(is_country, own))
    assert not any(map(is_country, ["QL", "AB", "EU", "UK", "", "D", "DEU", "de"]))


numbers = st.integers(-(10**300), 10**300) | st.floats(allow_nan=False, allow_infinity=False)
names = st.text(
    st.characters(codec="utf-8", exclude_categories=["Zs", "Zl", "Zp", "Cc", "Cs"]), min_size=1, max_size=40
)


@given(numbers, st.sampled_from(["en", "de", "fr", "ar", ""]))
@example(1234, "de")
@example(1.234, "en")
@example(1.234e300, "de")
@example(-0.0, "de")
def test_a_number_that_is_shown_reads_as_itself(number, language):
    context = Context(language)
    assert parse(show(number, NUMBER, context), NUMBER, context) == number


@given(st.dates(), st.integers(1, 3))
def test_a_date_that_is_shown_reads_as_itself(day, parts):
    stored = "-".join(day.isoformat().split("-")[:parts])
    assert parse(show(stored, DATE), DATE) == stored


@given(
    st.lists(st.sampled_from(sorted(COUNTRIES)), min_size=1, unique=True),
    st.sampled_from(["country", "text", "category"]),
)
def test_a_list_that_is_shown_reads_as_itself(codes, of):
    attribute = Attribute("country", "list", of=of)
    assert parse(show(codes, attribute), attribute) == codes


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
attributes = st.sampled_from(
    [STANCE, COUNTRY, NUMBER, DATE, NAME, ISSUE, Attribute("b", "boolean"), Attribute("t"), Attribute("x", "telepathy")]
    + [Attribute("l", "list", of=of, values=("a",)) for of in codebook.ATTRIBUTE_KINDS]
)


@given(json_values, attributes)
def test_whatever_comes_is_taken_whole_or_refused_with_one_sentence(value, attribute):
    for take in (parse, check):
        try:
            taken = take(value, attribute, PROJECT)
        except AnnotatorError as error:
            said = str(error)
        else:
            said = show(check(taken, attribute, PROJECT), attribute, PROJECT) + "."
        assert said.endswith(".")
        assert len(said) > 1
