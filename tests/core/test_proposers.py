"""Each proposer finds what it is for, and nothing stands in the way of what is tagged."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.model.codebook_yaml import default_codebook, dump_codebook, load_codebook
from annotator.model.entities import Entity, Registry
from annotator.model.matching import pair_overlapping
from annotator.model.span import Span
from annotator.propose import PROPOSERS, Article, Coded, Known, by_name, ready
from annotator.propose.learned import is_installed, train
from annotator.propose.places import FreePlaces
from annotator.propose.trie import Trie
from benchmarks.figures import corpora_folder
from benchmarks.proposal_corpora import coded_articles, tweets
from benchmarks.proposals import score

BOOK = default_codebook()
STATEMENTS = ("claim", "threat", "demand")


def found(text, *names, known=None, language="en", tagged=()):
    """(tag, words) of what these proposers find."""
    propose = ready(known or Known(BOOK), names)
    return [(each.tag, text[each.outer.start : each.outer.end]) for each in propose(Article(text, language, tagged))]


def places(text, *words):
    return [("actor", (Span(text.index(word), text.index(word) + len(word)),)) for word in words]


def coded(text, *words, whole=True):
    spans = [("actor", (Span(*match.span()),)) for word in words for match in re.finditer(re.escape(word), text)]
    return Coded(text, spans, whole=whole)


# ---- what holds for all


@pytest.mark.parametrize("proposer", PROPOSERS, ids=lambda each: each.name)
@pytest.mark.parametrize(
    "text", ["", "\n\n", "“", "“…” said", "said", "she said that", "100", "\0said\0", "ß’ 👍🏽 said x y"]
)
def test_every_proposer_reads_any_text_and_stays_within_it(proposer, text):
    assert by_name(proposer.name) is proposer
    for each in ready(Known(BOOK), [proposer.name])(Article(text, "en")):
        assert 0 <= each.outer.start < each.outer.end <= len(text)
        assert BOOK.tag(each.tag) is not None
        assert 0 < each.score <= 1


@given(
    st.lists(st.sampled_from(["Ann said that", "“we go”,", "must", "100 men", "\n", ". ", "unless", "Bo", ","])).map(
        " ".join
    )
)
def test_proposals_for_one_tag_never_overlap_each_other_or_what_is_tagged(text):
    known = Known(BOOK, Registry([Entity(1, "e1", "Ann"), Entity(2, "e2", "Bo")]))
    tagged = [("claim", (Span(0, len(text) // 2),))] if len(text) > 4 else []
    listed = ready(known)(Article(text, "en", tagged))
    for number, one in enumerate(listed):
        for other in listed[number + 1 :]:
            assert one.tag != other.tag or not one.outer.overlaps(other.outer)
        assert one.tag != "claim" or not any(one.outer.overlaps(spans[0]) for _, spans in tagged)
    assert [each.outer.start for each in listed] == sorted(each.outer.start for each in listed)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5))), st.tuples(st.integers(0, 30), st.integers(1, 5)))
def test_a_place_is_free_if_no_character_of_it_is_taken(taken, asked):
    spans = [Span(start, start + length) for start, length in taken]
    span = Span(asked[0], sum(asked))
    assert FreePlaces(spans).is_free(span) == (not any(span.overlaps(each) for each in spans))


# ---- known actors


def test_the_longest_name_is_found_where_its_capitals_are():
    names = ["US", "Russia", "US State Department", "May"]
    known = Known(BOOK, Registry([Entity(number, f"e{number}", name) for number, name in enumerate(names)]))
    text = "The US State Department told us that Russia and the U.S. may meet; may Russian or RUSSIA object?"
    assert found(text, "actors", known=known) == [
        ("actor", "US State Department"),
        ("actor", "Russia"),
        ("actor", "U.S."),
        ("actor", "RUSSIA"),
    ]


def test_a_name_of_one_actor_comes_with_that_actor_and_one_of_several_without():
    known = Known(BOOK, Registry([Entity(1, "e1", "Anna Smith", ("Smith",)), Entity(2, "e2", "Bob Smith", ("Smith",))]))
    one, both = ready(known, ["actors"])(Article("Anna Smith met Smith."))
    assert (one.attributes, both.attributes) == ({"name": "e1"}, {})
    assert one.score > both.score


@given(
    st.lists(st.text(alphabet="ab AB.", min_size=1, max_size=6), max_size=8), st.text(alphabet="ab AB.", max_size=40)
)
def test_what_the_trie_finds_is_one_of_the_names(names, text):
    folded = {re.sub(r"[\W_]+", "", name).lower() for name in names}
    last = 0
    for hit in Trie((name, name) for name in names).hits(text):
        assert hit.span.start >= last
        last = hit.span.end
        assert re.sub(r"[\W_]+", "", text[hit.span.start : hit.span.end]).lower() in folded


# ---- tagged before


def test_words_tagged_here_are_offered_at_their_other_places():
    text = "Dornath spoke. Then Dornath left with Ruhn."
    assert found(text, "before", tagged=[("actor", (Span(0, 7),))]) == [("actor", "Dornath")]


def test_words_that_were_mostly_left_without_the_tag_are_not_offered():
    often = coded("Talks on NATO expansion. NATO expansion and NATO expansion. Then NATO spoke.")
    often = Coded(often.text, [("actor", (Span(65, 69),))])
    assert often.text[65:69] == "NATO"
    assert found("NATO expansion", "before", known=Known(BOOK, coded=[often])) == []
    begun = Coded(often.text, often.tagged, whole=False)  # of a reading that is not finished nothing can be told
    assert found("NATO expansion", "before", known=Known(BOOK, coded=[begun])) == [("actor", "NATO")]


def test_refusals_make_words_less_sure():
    text = "Dornath spoke."
    before = Coded(text, [("actor", (Span(0, 7),))], whole=False)
    refusal = Coded("Dornath left", [], [("actor", (Span(0, 7),))], whole=False)
    scores = [
        ready(Known(BOOK, coded=[before, *[refusal] * number]), ["before"])(Article("So Dornath came."))
        for number in (0, 1, 5)
    ]
    assert scores[0][0].score > scores[1][0].score
    assert scores[2] == []


# ---- statements


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dornath said that the units were leaving.", [("claim", "the units were leaving")]),
        ("“We are not bluffing,” Dornath told reporters.", [("claim", "We are not bluffing")]),
        ("The units were leaving, a spokesman said on Monday.", [("claim", "The units were leaving")]),
        ("Tarkess denied planning an attack.", [("claim", "planning an attack")]),
        ("She urged both governments to reopen the hotline.", [("demand", "reopen the hotline")]),
        ("He asked to leave the room.", []),
        ("Russia demanded an end to NATO expansion.", [("demand", "an end to NATO expansion")]),
        ("She urged them to pull back and to let us in.", [("demand", "pull back"), ("demand", "let us in")]),
        ("The speaker threatened to clear the gallery.", [("threat", "clear the gallery")]),
        ("Dornath said that Tarkess must withdraw its tanks.", [("demand", "Tarkess must withdraw its tanks")]),
        ("A spokesman, Colonel Neyrat, said the units were taking part in a spring exercise near the border.",
         [("claim", "the units were taking part in a spring exercise near the border")]),
        ("The United States and Russia held talks.", []),
        ("Unless they leave by noon, we will close the port, Dornath said.",
         [("demand", "they leave by noon"), ("threat", "we will close the port")]),
        ("Maliq said he would walk out unless Ruhn resigned.",
         [("threat", "he would walk out"), ("demand", "Ruhn resigned")]),
        ("Maliq said he will walk out if Ruhn stays.", [("threat", "he will walk out if Ruhn stays")]),
        ("Nurses want rest. The union demanded a pay rise, longer breaks and an inquiry.",
         [("demand", "a pay rise"), ("demand", "longer breaks"), ("demand", "an inquiry")]),
        ("“We begin at dawn. Nobody waits.\n“And we end at dusk,” she said.",
         [("claim", "We begin at dawn. Nobody waits"), ("claim", "And we end at dusk")]),
        ("Her country was “open to talks”, she wrote.", [("claim", "Her country was “open to talks”")]),
    ],
)  # fmt: skip
def test_cue_words_announce_statements(text, expected):
    assert found(text, "speech acts") == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Dornath sagte am Montag, die Einheiten zögen ab.", ("claim", "die Einheiten zögen ab")),
        ("de", "„Wir lassen uns nicht erpressen“, sagte der Minister.", ("claim", "Wir lassen uns nicht erpressen")),
        ("de", '„Wir lassen uns nicht erpressen", sagte der Minister.', ("claim", "Wir lassen uns nicht erpressen")),
        ("de", "Zuvor müsse die Bahn zahlen.", ("demand", "Zuvor müsse die Bahn zahlen")),
        ("de", "Das sei am 1. Mai nicht geplant.", ("claim", "Das sei am 1. Mai nicht geplant")),
        ("de", "Sie forderte beide Seiten auf, die Preise zu senken.", ("demand", "die Preise zu senken")),
        ("de", "Die Gewerkschaft drohte mit Streik.", ("threat", "Streik")),
        ("fr", "Le ministre a déclaré que les unités partaient.", ("claim", "les unités partaient")),
    ],
)
def test_statements_of_other_languages(language, text, expected):
    assert found(text, "speech acts", language=language) == [expected]


def test_who_says_it_comes_with_the_statement():
    text = "Ruhn spoke first. Dornath said that the units were leaving."
    (proposal,) = ready(Known(BOOK), ["speech acts"])(Article(text, "en", places(text, "Ruhn", "Dornath")))
    assert text[proposal.source.start : proposal.source.end] == "Dornath"


def test_a_project_has_its_own_rules_in_its_codebook():
    rules = "speech_acts:\n  en:\n  - {tag: threat, content: after, words: [growled that]}\n"
    book = load_codebook(dump_codebook(BOOK) + rules)
    text = "Maliq growled that ships would burn. Dornath said that it rained."
    assert found(text, "speech acts", known=Known(book)) == [("threat", "ships would burn")]


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ("[1]", "each language needs a list"),
        ("{en: 5}", "each language needs a list"),
        ("{en: [{words: [said]}]}", "rule 1: a rule needs a tag"),
        ("{en: [{tag: claim}]}", "words, within or clause"),
        ("{en: [{tag: claim, words: said}]}", "words is a list of words"),
        ("{en: [{tag: claim, words: [said], content: beside}]}", "after, around or sentence, not “beside”"),
    ],
)
def test_rules_that_cannot_be_read_are_told(rules, reason):
    with pytest.raises(AnnotatorError, match=reason):
        ready(Known(load_codebook(dump_codebook(BOOK) + f"speech_acts: {rules}\n")), ["speech acts"])


def test_a_long_text_costs_no_more_than_its_length():
    def seconds(number):
        text = "Dornath said that the units were leaving, and Ruhn demanded a vote. " * number
        began = time.process_time()
        ready(Known(BOOK), ["speech acts"])(Article(text, "en", places(text, "Dornath")))
        return time.process_time() - began

    assert seconds(400) < 40 * max(seconds(40), 0.01)  # ten times as long


# ---- figures


def test_figures_come_with_their_values_and_dates_only_within_statements():
    text = "On 3 June 100,000 troops came. Dornath said that they joined in 1997."
    listed = ready(Known(BOOK), ["speech acts", "figures"])(Article(text, "en"))
    told = {text[each.outer.start : each.outer.end]: each.attributes for each in listed if each.tag == "figure"}
    assert set(told) == {"100,000 troops", "in 1997"} or set(told) == {"100,000 troops", "1997"}
    assert told["100,000 troops"]["value"] == 100_000


# ---- learned


@pytest.fixture(scope="module")
def articles():
    names = ["Anna Dornath", "Pavel Ruhn", "Oren Maliq", "Ilka Brask", "Una Wynn", "Bassim Neyrat", "Lidia Amarant"]
    lines = ["{} spoke on Monday.", "In Geneva {} met the press.", "The talks ended, and {} went home to Ostrell."]
    texts = [
        "\n".join(line.format(names[(at + number) % len(names)]) for number, line in enumerate(lines * 2))
        for at in range(9)
    ]
    return [coded(text, *names) for text in texts]


@pytest.mark.skipif(not is_installed(), reason="needs the extra learn")
def test_what_was_coded_is_learned_and_found_with_names_never_seen(articles):
    learned = train(articles, ["actor", "claim"])
    assert set(learned.models) == {"actor"}, "there is nothing to learn of claims"
    model = learned.models["actor"]
    assert model.is_on
    assert (model.articles, model.spans) == (9, 54)
    text = "Marit Ossendal spoke on Monday.\nIn Geneva Joost Pellegrin met the press."
    names = [("actor", "Marit Ossendal"), ("actor", "Joost Pellegrin")]
    assert found(text, "learned", known=Known(BOOK, learned=learned)) == names


@pytest.mark.skipif(not is_installed(), reason="needs the extra learn")
def test_the_same_articles_give_the_same_models(articles):
    one, other = (train(articles, ["actor"]).models["actor"] for _ in range(2))
    assert (one.content, one.f1) == (other.content, other.f1)


@pytest.mark.skipif(not is_installed(), reason="needs the extra learn")
def test_an_article_of_another_kind_teaches_more_than_one_of_a_known_kind(articles):
    learned = train(articles, ["actor"])
    usual = "Anna Dornath spoke on Monday.\nIn Geneva Pavel Ruhn met the press."
    strange = "Dockers? no, said Old Tom & Sons of Port Ansel.\nAccording to TKA, the Lantern Watch of Quella agreed."
    assert learned.teaches(strange, "en") > 2 * learned.teaches(usual, "en")


@pytest.mark.skipif(not is_installed(), reason="needs the extra learn")
def test_a_model_that_finds_too_little_is_switched_off(articles):
    words = [
        Coded(each.text, [("actor", (Span(at, at + 1),)) for at in range(number, 90, 17)])
        for number, each in enumerate(articles)
    ]
    learned = train(words, ["actor"])
    assert not learned.models["actor"].is_on
    assert found("Anna Dornath spoke on Monday.", "learned", known=Known(BOOK, learned=learned)) == []


def test_too_little_is_not_learned_from(articles):
    if is_installed():
        assert train(articles[:4], ["actor"]).models == {}
    else:
        with pytest.raises(AnnotatorError, match="extra “learn”"):
            train(articles[:4], ["actor"])


def test_nothing_is_proposed_where_nothing_was_learned():
    assert found("Anna Dornath spoke.", "learned", known=Known(BOOK, learned=None)) == []


# ---- the goals, on the seed article


@pytest.fixture(scope="module")
def seed(shared):
    return next(each for each in coded_articles() if each.name == "seed")


def test_figures_of_the_seed_are_found(seed):
    listed = ready(Known(BOOK), ["figures"])(
        Article(seed.text, "en", [(tag, (span,)) for tag, span in seed.gold if tag in STATEMENTS])
    )
    right = len(pair_overlapping([(each,) for each in seed.spans("figure")], [each.spans for each in listed]))
    assert 2 * right / (len(seed.spans("figure")) + len(listed)) >= 0.8


def test_the_source_proposed_with_a_statement_of_the_seed_is_mostly_right(seed):
    tagged = [(tag, (span,)) for tag, span in seed.gold if tag == "actor"]
    listed = {each.outer: each for each in ready(Known(BOOK), ["speech acts"])(Article(seed.text, "en", tagged))}
    said_by = dict(seed.sources)
    right = [listed[span].source in said_by[span] for span in listed if span in said_by]
    assert len(right) >= 15, "most statements of the seed are found as they were marked"
    assert sum(right) >= 0.75 * len(right)


@pytest.mark.skipif(not is_installed(), reason="needs the extra learn")
def test_actors_are_found_after_twenty_articles():
    """Names in tweets, 25 of them to an article: a small part of what the scorer counts."""
    articles = tweets(corpora_folder())
    if not articles:
        pytest.skip("the corpus is not there")
    learned = train([coded_gold(each) for each in articles[:20]], ["actor"])
    counts = score(articles[20:30], "actor", lambda _: ready(Known(BOOK, learned=learned), ["learned"]))
    assert 2 * counts.exact / (counts.marked + counts.proposed) >= 0.55


def coded_gold(article):
    return Coded(article.text, [(tag, (span,)) for tag, span in article.gold])
