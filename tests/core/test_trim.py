"""Trimming by the tag's rule. Expected spans come from the reference readings, or stand in the test as literals."""

import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.model.codebook import Trim, TrimWords
from annotator.model.codebook_yaml import default_codebook, read_codebook
from annotator.model.span import Span
from annotator.model.trim import trim

BOOK = default_codebook()
ACTOR, CLAIM, THREAT, DEMAND, FIGURE = (BOOK.tag(tag).trim for tag in ("actor", "claim", "threat", "demand", "figure"))


def readings(folder):
    """(name, text, language, gold annotations) of the seed and the six sample articles."""
    files = [(folder / "seed" / "article.txt", folder / "seed" / "gold.json")]
    files += [
        (folder / "sample" / "articles" / gold.name.replace(".gold.json", ".txt"), gold)
        for gold in sorted((folder / "sample" / "readings").glob("*.gold.json"))
    ]
    for article, gold in files:
        content = json.loads(gold.read_text(encoding="utf-8"))
        text = article.read_bytes().decode("utf-8").replace("\r\n", "\n")
        yield article.stem, text, content["document"]["language"], content["annotations"]


@pytest.fixture(scope="module", params=["the default", "the reference"])
def book(request, shared):
    if request.param == "the default":
        return BOOK
    return read_codebook(shared / "reference" / "codebook" / "claims-threats-demands.yaml")


def test_every_gold_span_stays_as_it_is(shared, book):
    seen = 0
    for name, text, language, annotations in readings(shared / "reference"):
        for annotation in annotations:
            span = Span(annotation["start"], annotation["end"])
            assert text[slice(*span)] == annotation["text"]
            result = trim(text, span, book.tag(annotation["tag"]).trim, language)
            assert (result.span, result.removed) == (span, ()), (name, annotation["text"])
            seen += 1
    assert seen == 75 + 367


# What a hasty coder takes along, as it stands in the text; written here apart from the codebook.
TAKEN_ALONG = {
    "en": r"(?:\b(?:the|a|an|our|his|her|its|their|my|your)\s+)?[“‘\"']?",
    "de": r"(?:\b(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|seine?|ihre?)\s+)?[„‚\"]?",
}


def widened(text, span, language):
    before = re.search(TAKEN_ALONG[language] + r"$", text[: span.start], re.IGNORECASE)
    behind = re.match(r"(?:’s|'s|’|')?[,.;:!?]?[”“’\"]?[,.;:!?]?", text[span.end :])
    return Span(span.start - len(before.group()), span.end + behind.end())


def test_every_gold_actor_is_found_from_a_selection_with_article_s_and_comma(shared):
    with_article = with_tail = 0
    for name, text, language, annotations in readings(shared / "reference"):
        for annotation in annotations:
            if annotation["tag"] != "actor":
                continue
            gold = Span(annotation["start"], annotation["end"])
            wide = widened(text, gold, language)
            result = trim(text, wide, ACTOR, language)
            assert result.span == gold, (name, text[slice(*wide)])
            cut = re.sub(r"\s", "", text[wide.start : gold.start] + text[gold.end : wide.end])
            assert "".join(result.removed) == cut
            with_article += wide.start < gold.start
            with_tail += wide.end > gold.end
    assert with_article > 50
    assert with_tail > 40


def test_every_gold_statement_is_found_from_a_selection_with_its_quotation_marks(shared):
    for name, text, language, annotations in readings(shared / "reference"):
        for annotation in annotations:
            if annotation["tag"] in ("actor", "figure"):
                continue
            gold = Span(annotation["start"], annotation["end"])
            before = re.search(r"(?:\b(?:that|to)\s+)?[“„«]?$", text[: gold.start])
            behind = re.match(r"[,.;:!?]*[”“»]?[,.;:!?]*", text[gold.end :])
            rule = BOOK.tag(annotation["tag"]).trim
            lead = before.group()
            if annotation["tag"] == "claim":
                lead = lead.removeprefix("to ")
            wide = Span(gold.start - len(lead), gold.end + behind.end())
            result = trim(text, wide, rule, language)
            assert result.span == gold, (name, text[slice(*wide)])


# The selection stands between ‹ and ›; the rule is the default codebook's.
CASES = [
    (ACTOR, "en", "said ‹the U.S.’s,› envoy", "U.S.", ("the", "’s", ",")),
    (ACTOR, "en", "‹The Kremlin's›", "Kremlin", ("The", "'s")),
    (ACTOR, "en", "with ‹its allies’› help", "allies", ("its", "’")),
    (ACTOR, "en", "‹America’s top diplomat›", "America’s top diplomat", ()),
    (ACTOR, "en", "‹citizens’ group›", "citizens’ group", ()),
    (ACTOR, "en", "‹Acme Inc.› It fell", "Acme Inc.", ()),
    (ACTOR, "en", "‹Acme.› It fell", "Acme", (".",)),
    (ACTOR, "en", "‹J.›, ‹x›", "J.", ()),
    (ACTOR, "en", "‹example.org.›", "example.org", (".",)),
    (ACTOR, "en", "‹Moody’s,› which", "Moody’s", (",",)),
    (ACTOR, "en", "‹(RIA)›", "RIA", ("(", ")")),
    (ACTOR, "en", "‹RIA (Moscow)›", "RIA (Moscow)", ()),
    (ACTOR, "en", "(reported by ‹RIA)›", "RIA", (")",)),
    (ACTOR, "en", "the ‹‘Ukraine.›", "Ukraine", ("‘", ".")),
    (ACTOR, "en", "‹the›", "the", ()),
    (ACTOR, "en", "‹the ›", "the", ()),
    (ACTOR, "en", "‹the,›", "the", (",",)),
    (ACTOR, "en", "‹The 🚢›", "🚢", ("The",)),
    (ACTOR, "en", "ba‹the man›", "the man", ()),
    (ACTOR, "en", "‹a\u00a0spokesman\u00a0›", "spokesman", ("a",)),
    (ACTOR, "en", "‹cafe\u0301,›", "cafe\u0301", (",",)),
    (ACTOR, "en", "‹…›", "…", ()),
    (ACTOR, "en", "‹   ›", "   ", ()),
    (ACTOR, "de", "sagte ‹der Sprecher›.", "Sprecher", ("der",)),
    (ACTOR, "de-AT", "‹Das Ministerium,›", "Ministerium", ("Das", ",")),
    (ACTOR, "de", "‹„Möwe II“›", "Möwe II", ("„", "“")),
    (ACTOR, "de", "‹»Die Linke«›", "Linke", ("»", "Die", "«")),
    (ACTOR, "de", "‹the Sprecher›", "the Sprecher", ()),
    (ACTOR, "fr", "à ‹l’ONU›", "ONU", ("l’",)),
    (ACTOR, "fr", "‹« Le Monde »›", "Monde", ("«", "Le", "»")),
    (ACTOR, "fr", "‹UN Women›", "UN Women", ()),
    (ACTOR, "es", "‹El Salvador›", "El Salvador", ()),
    (ACTOR, "es", "‹el Gobierno›", "Gobierno", ("el",)),
    (ACTOR, "uk", "‹«Нафтогаз»›", "Нафтогаз", ("«", "»")),
    (ACTOR, "pl", "‹the group›", "the group", ()),
    (ACTOR, "sv", "‹the group›", "group", ("the",)),
    (CLAIM, "en", "said ‹that Russia lied.›", "Russia lied", ("that", ".")),
    (CLAIM, "en", "say ‹that is false.›", "that is false", (".",)),
    (CLAIM, "en", "‹That depends on Russia›", "That depends on Russia", ()),
    (CLAIM, "en", "said ‹that May is late›", "May is late", ("that",)),
    (CLAIM, "en", "said ‹that should the talks fail, we leave›", "should the talks fail, we leave", ("that",)),
    (CLAIM, "en", "said ‹that should be enough›", "that should be enough", ()),
    (CLAIM, "en", "said ‹that it “cannot pay”.›", "it “cannot pay”", ("that", ".")),
    (CLAIM, "en", "“‹We stay,”› he", "We stay", (",", "”")),
    (CLAIM, "en", '"‹We stay,"› he said. "Bye."', "We stay", (",", '"')),
    (CLAIM, "en", "‘‹the allies’ plan failed’›", "the allies’ plan failed", ("’",)),
    (CLAIM, "en", "‹the talks collapsed...›", "the talks collapsed", (".", ".", ".")),
    (CLAIM, "de", "sagte, ‹dass der Füllstand sinkt.›", "der Füllstand sinkt", ("dass", ".")),
    (CLAIM, "es", "‹¿Quién miente?›", "Quién miente", ("¿", "?")),
    (THREAT, "en", "threat ‹to impose sanctions›", "impose sanctions", ("to",)),
    (DEMAND, "en", "calls ‹for an apology;›", "an apology", ("for", ";")),
    (DEMAND, "en", "‹hold off until 6 p.m.›", "hold off until 6 p.m.", ()),
    (DEMAND, "en", "‹• no fines›", "no fines", ("•",)),
    (FIGURE, "en", "‹the 310 million›", "310 million", ("the",)),
    (FIGURE, "en", "‹a fifth,›", "a fifth", (",",)),
    (FIGURE, "en", "‹two years’› imprisonment", "two years", ("’",)),
    (FIGURE, "en", "‹60%.›", "60%", (".",)),
    (FIGURE, "en", "‹–5 degrees›", "–5 degrees", ()),
    (FIGURE, "en", "‹.5 percent›", ".5 percent", ()),
    (FIGURE, "de", "‹rund 3 Mio.› Taler", "rund 3 Mio.", ()),
]


@pytest.mark.parametrize(("rule", "language", "marked", "expected", "removed"), CASES)
def test_what_is_cut_and_what_stays(rule, language, marked, expected, removed):
    start = marked.index("‹")
    text = marked.replace("‹", "", 1).replace("›", "", 1)
    span = Span(start, marked.index("›") - 1)
    result = trim(text, span, rule, language)
    assert (text[slice(*result.span)], result.removed) == (expected, removed)


def test_a_rule_that_cuts_nothing_cuts_blanks_only():
    text = " “The Kremlin’s”, "
    result = trim(text, Span(0, len(text)), Trim(punctuation=False, unpaired_quotes=False), "en")
    assert (text[slice(*result.span)], result.removed) == ("“The Kremlin’s”,", ())


def test_a_keycap_or_an_accent_is_never_parted_from_its_base():
    rule = Trim(lead=("a",))
    for text in ("!\ufe0f\u20e3 go", "a \u0301b", "…\u0301 x"):
        start = trim(text, Span(0, len(text)), rule).span.start
        assert text[start] not in "\ufe0f\u20e3\u0301"


def test_a_quotation_begun_long_before_the_span_is_still_no_partner_inside():
    text = "“" + "word " * 5000 + "end”"
    span = Span(len(text) - 4, len(text))
    assert trim(text, span, CLAIM, "en").span == Span(len(text) - 4, len(text) - 1)


PARTS = [
    "the", "The", "a", "that", "is", "to", "l’", "Russia", "U.S.", "p.m.", "Inc.", "s", "’s", "'s", "’", "'", '"', "“",
    "”", "„", "‘", "‚", "«", "»", "(", ")", "[", "]", ",", ".", "…", "!", "¿", "—", "–", "-", "•", "5", "%", "%s", " ",
    "\u00a0", "\n", "\u2028", "\u200b", "\u0301", "\ufe0f", "\u200d", "🚢", "قال", "\0", "El Salvador", "Moody’s",
    "ﬁ", "İ", "ß",
]  # fmt: skip
texts = st.lists(st.sampled_from(PARTS) | st.text(max_size=3), min_size=1, max_size=14).map("".join).filter(len)
rules = st.sampled_from([ACTOR, CLAIM, DEMAND, FIGURE, Trim(), Trim(punctuation=False), Trim(unpaired_quotes=False)])


@settings(max_examples=1500, deadline=None)
@given(texts, rules, st.sampled_from(["", "en", "de", "fr", "es", "nl"]), st.data())
def test_the_result_lies_inside_is_not_empty_and_stays_when_trimmed_again(text, rule, language, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    once = trim(text, span, rule, language)
    assert span.contains(once.span)
    assert once.span.start < once.span.end
    assert trim(text, once.span, rule, language) == type(once)(once.span, ())
    # What was cut is what is missing, but for blanks and invisible signs.
    missing = text[span.start : once.span.start] + text[once.span.end : span.end]
    blank = re.compile("[\\s\u200b\u200e\u200f\u2060\ufeff\x1c-\x1f\x85]+")
    assert blank.sub("", "".join(once.removed)) == blank.sub("", missing)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
@example("ΐ’s")
def test_any_text_can_be_trimmed(text):
    for rule in (ACTOR, CLAIM, Trim(lead=("’t", ""), tail=("",), keep=("", "x"), languages=(TrimWords("en"),))):
        assert Span(0, len(text)).contains(trim(text, Span(0, len(text)), rule, "en").span)
