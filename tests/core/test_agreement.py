"""Agreement between coders: known numbers come out, and a result says all that one needs to judge it."""

import json
import random

import pytest

from annotator.agreement import (
    MEASURES,
    Annotation,
    Continuum,
    Document,
    Link,
    Reading,
    agreement,
    agreement_of_items,
    agreement_of_labels,
    by_name,
)
from annotator.agreement.tokens import WORDS, tokens_of

OF_READINGS = [each for each in MEASURES if each.over == "documents" and each.extra is None]


def ask(documents, *names, **more):
    return agreement(documents, [by_name(name) for name in names], **more)


def value(results, tag=None):
    (found,) = [each for each in results if each.tag == tag]
    return found


def spans(*triples):
    return Reading([Annotation(tag, ((start, end),)) for start, end, tag in triples])


# ---- the seed: a real article, a gold annotation and a second coder


@pytest.fixture(scope="module")
def seed(shared):
    folder = shared / "reference" / "seed"
    readings = {}
    for name in ("gold", "coder_b"):
        data = json.loads((folder / f"{name}.json").read_text("utf-8"))
        place = {each["id"]: number for number, each in enumerate(data["annotations"])}
        readings[name] = Reading(
            [
                Annotation(each["tag"], ((each["start"], each["end"]),), each.get("attributes") or {})
                for each in data["annotations"]
            ],
            [Link(each["type"], place[each["from"]], place[each["to"]]) for each in data["relations"]],
        )
    expected = json.loads((folder / "expected_agreement.json").read_text("utf-8"))
    return [Document((folder / "article.txt").read_text("utf-8"), readings)], expected


@pytest.mark.parametrize(
    ("measure", "key"),
    [("f1_exact", "exact"), ("f1_overlap", "overlap"), ("f1_normalised", "normalised_exact")],
)
def test_the_seed_has_the_f1_that_is_known(seed, measure, key):
    documents, expected = seed
    results = ask(documents, measure, coders=("gold", "coder_b"))
    assert {each.tag or "all" for each in results} == set(expected[key])
    for tag, known in expected[key].items():
        result = value(results, None if tag == "all" else tag)
        assert result.value == pytest.approx(known["f1"], abs=1e-6)
        assert [result.n[name] for name in ("first", "second", "matched")] == [
            known[name] for name in ("a", "b", "matched")
        ]


def test_the_seed_has_the_f1_without_tags_and_the_alpha_of_characters_that_are_known(seed):
    documents, expected = seed
    results = ask(documents, "f1_untagged", "alpha_character")
    untagged = value(results[:1])
    assert untagged.value == pytest.approx(expected["exact_any_tag"]["f1"], abs=1e-6)
    assert untagged.n["matched"] == expected["exact_any_tag"]["matched"]
    alphas = {each.tag: each.value for each in results[1:]}
    assert alphas == pytest.approx(expected["char_alpha_binary"], abs=1e-6)


def test_the_order_of_coders_and_of_documents_changes_nothing_on_the_seed(seed):
    documents, _ = seed
    one = agreement(documents, MEASURES_WITH_GAMMA, coders=("gold", "coder_b"), samples=5)
    other = agreement(documents, MEASURES_WITH_GAMMA, coders=("coder_b", "gold"), samples=5)
    assert [(each.measure, each.tag, each.why) for each in one] == [
        (each.measure, each.tag, each.why) for each in other
    ]
    values = [[each.value for each in results if each.value is not None] for results in (one, other)]
    assert values[0] == pytest.approx(values[1], abs=1e-12)


MEASURES_WITH_GAMMA = [each for each in MEASURES if each.over == "documents"]


# ---- what a result says


@pytest.mark.parametrize("measure", MEASURES, ids=lambda each: each.name)
def test_a_measure_has_a_name_a_source_and_a_rule_of_matching(measure):
    assert measure.title
    assert any(letter.isdigit() for letter in measure.source), "a source names a year"
    assert measure.matching
    assert by_name(measure.name) is measure
    assert all(by_name(alias) is measure for alias in measure.aliases)


def test_measures_have_names_of_their_own():
    names = [name for each in MEASURES for name in (each.name, *each.aliases)]
    assert len(set(names)) == len(names)


def test_nothing_annotated_is_undefined_and_says_why():
    results = agreement([Document("Nothing here.", {"a": Reading(), "b": Reading()})], MEASURES_WITH_GAMMA, tags=["x"])
    assert results
    for result in results:
        assert result.value is None, result
        assert result.why.startswith("undefined, because "), result
        assert result.interval is None


def test_a_coder_without_anything_has_no_agreement():
    """Not 1, as an alpha once said: one coder's empty page is no agreement."""
    documents = [Document("Moscow sent 40 lorries to Kyiv.", {"a": spans((0, 6, "x"), (12, 22, "x")), "b": Reading()})]
    for result in agreement(documents, MEASURES_WITH_GAMMA, samples=10):
        if result.measure in ("percent_token", "ac1_token"):  # these take text that nobody tagged for agreement
            continue
        assert result.value is None or result.value <= 1e-9, result


def test_documents_that_one_coder_has_not_done_change_nothing():
    done = Document("Moscow sent 40 lorries.", {"a": spans((0, 6, "x")), "b": spans((0, 6, "x"), (12, 14, "y"))})
    not_done = Document("Kyiv was silent.", {"a": spans((0, 4, "x"), (5, 8, "z"))})
    alone = agreement([done], MEASURES_WITH_GAMMA, samples=5)
    assert agreement([done, not_done], MEASURES_WITH_GAMMA, coders=("a", "b"), samples=5) == alone


def test_units_that_overlap_are_left_out_and_counted():
    reading = spans((0, 20, "claim"), (5, 9, "actor"), (12, 18, "claim"))
    document = Document("a" * 40, {"a": reading, "b": spans((0, 20, "claim"), (5, 9, "actor"))})
    results = ask([document], "u_alpha")
    assert value(results).notes == ("3 overlapping units left out, as the measure allows none",)
    assert value(results, "claim").notes == ("1 overlapping units left out, as the measure allows none",)
    assert value(results, "actor").notes == ()
    assert value(results, "actor").value == pytest.approx(1)
    assert value(results, "claim").n["units"] == 2


def test_a_text_in_which_nobody_used_a_tag_is_a_gap_of_its_continuum():
    first = Document("a" * 20, {"a": spans((0, 5, "x")), "b": spans((2, 5, "x"))})
    second = Document("b" * 30, {"a": spans((0, 4, "y")), "b": spans((0, 4, "y"), (9, 12, "y"))})
    whole = Document(
        first.text + second.text,
        {"a": spans((0, 5, "x"), (20, 24, "y")), "b": spans((2, 5, "x"), (20, 24, "y"), (29, 32, "y"))},
    )
    for apart, one in zip(ask([first, second], "u_alpha"), ask([whole], "u_alpha"), strict=True):
        assert (apart.tag, apart.value) == (one.tag, pytest.approx(one.value))


def test_overlapping_spans_are_matched_one_to_one():
    """One long span that covers three is one match, not three."""
    document = Document("a" * 40, {"a": spans((0, 30, "x")), "b": spans((0, 5, "x"), (10, 15, "x"), (20, 25, "x"))})
    assert value(ask([document], "f1_overlap")).value == pytest.approx(2 * 1 / 4)


def test_as_many_pairs_are_matched_as_there_can_be():
    """Taking the equal spans first would leave two without a partner."""
    document = Document("a" * 20, {"a": spans((0, 10, "x"), (0, 5, "x")), "b": spans((0, 10, "x"), (8, 12, "x"))})
    assert value(ask([document], "f1_overlap")).value == 1


def test_pieces_of_an_annotation_belong_together():
    two = Reading([Annotation("x", ((0, 4), (10, 14)))])
    document = Document("a" * 20, {"a": two, "b": spans((0, 4, "x"), (10, 14, "x"))})
    results = ask([document], "f1_exact", "alpha_character")
    assert value(results[:1]).value == 0
    assert results[-1].value == 1


def test_more_than_two_coders_are_compared_in_all_pairs():
    """Alpha with three coders: 10 characters, marked by 3, 2 and 0 of them: counted by hand."""
    readings = {"a": spans((0, 4, "x")), "b": spans((0, 4, "x")), "c": spans((0, 2, "x"))}
    document = Document("a b c d e ", readings)
    results = ask([document], "alpha_character", "f1_exact", "kappa_token")
    differing = 2 * 2  # two characters, each with 2 · (2·1) / (3 − 1) differing pairs
    inside, outside = 10, 20
    assert results[0].value == pytest.approx(1 - (30 - 1) * differing / (2 * inside * outside))
    assert value([each for each in results if each.measure == "f1_exact"]).value == pytest.approx(2 * 1 / 6)
    assert results[-1].why == "undefined, because it compares two coders, and here are 3"


def test_a_coder_who_read_only_some_documents_is_missing_in_the_others():
    first = Document("a b c d e ", {"a": spans((0, 4, "x")), "b": spans((0, 4, "x")), "c": spans((0, 4, "x"))})
    second = Document("a b c d e ", {"a": spans((0, 4, "x")), "b": spans((0, 4, "x"))})
    results = ask([first, second], "alpha_character", "u_alpha", "fleiss_token", "gamma", samples=5)
    assert [each.value for each in results if each.measure in ("alpha_character", "u_alpha", "gamma")] == [1] * 5
    (fleiss,) = [each for each in results if each.measure == "fleiss_token"]
    assert fleiss.value is None
    assert "left out" in fleiss.why


# ---- attributes and relations


def described(*values):
    return Reading([Annotation("figure", ((10 * n, 10 * n + 5),), {"low": low}) for n, low in enumerate(values)])


def test_attributes_are_compared_on_matched_annotations_by_their_level():
    documents = [Document("a" * 60, {"a": described(1, 2, 3, 4, None), "b": described(1, 2, 3, 5, 9, 7)})]
    numbers = [(1, 1), (2, 2), (3, 3), (4, 5)]
    for level in ("nominal", "ordinal", "interval", "ratio"):
        (result,) = ask(documents, f"alpha_attribute_{level}", levels={"figure.low": level})
        (plain,) = agreement_of_items(numbers, [by_name(f"krippendorff_alpha_{level}")])
        assert result.tag == "figure.low"
        assert result.value == pytest.approx(plain.value)
        assert (result.n["matched"], result.n["compared"]) == (5, 4)
        assert result.notes == ("1 matched pairs left out, as only one coder gave a value",)


def test_a_list_of_values_is_one_value_in_any_order():
    def reading(*lists):
        return Reading(
            [Annotation("actor", ((10 * n, 10 * n + 5),), {"country": each}) for n, each in enumerate(lists)]
        )

    documents = [Document("a" * 40, {"a": reading(["US", "RU"], ["UA"]), "b": reading(["RU", "US"], ["UA"])})]
    (result,) = ask(documents, "alpha_attribute_nominal", levels={"actor.country": "nominal"})
    assert result.value == 1


def test_relations_match_where_their_ends_are_matched():
    first = Reading(
        [Annotation("claim", ((0, 10),)), Annotation("actor", ((12, 18),)), Annotation("actor", ((20, 26),))],
        [Link("source", 0, 1), Link("about", 0, 2)],
    )
    second = Reading(  # another boundary of the claim, the same actors in another order of the list
        [Annotation("actor", ((20, 26),)), Annotation("claim", ((2, 10),)), Annotation("actor", ((12, 18),))],
        [Link("source", 1, 2), Link("about", 1, 2)],
    )
    results = ask([Document("a" * 30, {"a": first, "b": second})], "f1_relation")
    assert value(results).value == pytest.approx(1 / 2)
    assert value(results, "source").value == 1
    assert value(results, "about").value == 0


# ---- intervals


def many(number, seed=1):
    chance = random.Random(seed)
    documents = []
    for _ in range(number):
        places = [(at, at + 4, chance.choice("xy")) for at in range(0, 100, 10)]
        other = [each for each in places if chance.random() < 0.8]
        documents.append(Document("word " * 20, {"a": spans(*places), "b": spans(*other)}))
    return documents


def test_an_interval_is_the_same_each_time_and_holds_the_value():
    documents = many(30)
    first, second = (agreement(documents, OF_READINGS) for _ in range(2))
    assert first == second
    for result in first:
        if result.value is not None:
            assert result.interval is not None
            assert result.interval.low <= result.value <= result.interval.high
            assert (result.interval.level, result.interval.over) == (0.95, "documents")


@pytest.mark.parametrize("number", [40, 450])
def test_an_interval_is_as_wide_as_theory_says(number):
    """F1 here is 2k/(10 + k) a document with k of 10 binomial: its deviation is known by the delta method.

    450 documents are drawn in groups; the width must be that of the documents all the same.
    """
    result = value(ask(many(number), "f1_exact"))
    share = 0.8
    deviation = 2 * 10 / (10 + 10 * share) ** 2 * (10 * share * (1 - share) / number) ** 0.5
    assert result.interval.high - result.interval.low == pytest.approx(2 * 1.96 * deviation, rel=0.25)


def test_one_document_has_no_interval():
    assert all(each.interval is None for each in agreement(many(1), OF_READINGS))


def test_a_result_as_json_has_what_the_command_prints():
    told = value(ask(many(5), "f1_exact")).as_json()
    assert {"measure", "tag", "coders", "value", "n", "interval", "why"} <= set(told)
    assert json.loads(json.dumps(told)) == told


def test_progress_is_told_and_stops_the_work():
    class StopError(Exception):
        pass

    def progress(done, total):
        seen.append((done, total))
        if done == 3:
            raise StopError

    seen = []
    with pytest.raises(StopError):
        agreement(many(5), OF_READINGS, progress=progress)
    assert seen == [(0, 5), (1, 5), (2, 5), (3, 5)]


# ---- gamma


def test_gamma_without_its_solver_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "scipy", None)
    result = value(ask(many(2), "gamma"))
    assert result.value is None
    assert 'pip install "news-annotator[agreement]"' in result.why


def test_gamma_is_exact_for_three_coders_with_twenty_spans():
    """Here the reference implementation did not finish."""
    chance = random.Random(4)
    places = sorted((at := chance.randrange(2000), at + chance.randint(4, 40), chance.choice("abc")) for _ in range(20))
    units = {
        coder: [
            (start + chance.randint(0, 6), end + chance.randint(6, 12), tag)
            for start, end, tag in places
            if chance.random() < 0.9
        ]
        for coder in "ABC"
    }
    result = value(ask([Continuum(2100, units)], "gamma", samples=30))
    assert result.notes == ()
    assert 0.5 < result.value < 1


def test_gamma_says_where_it_is_approximate(monkeypatch):
    from annotator.agreement import gamma_alignment

    monkeypatch.setattr(gamma_alignment, "_MOST", 40)
    units = {coder: [(at + shift, at + shift + 30, "x") for at in range(0, 60, 4)] for shift, coder in enumerate("ABC")}
    result = value(ask([Continuum(100, units)], "gamma", samples=2))
    assert result.notes == ("approximate: in 1 documents too many units overlap for an exact best alignment",)
    assert result.value <= 1


# ---- tokens


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Moscow sent 40 lorries.",
        "Don’t say “50 %” – l'été, naïve_2 … 100,000 войск",
        "数字は四十。 今日",
        "a\u00a0b\u2029c\x1cd\u200be\ufeff",
        "e\u0301 👩‍🚀 ½ ²",
        "".join(map(chr, range(1, 700))),
    ],
)
def test_tokens_are_those_of_the_pattern(text):
    assert tokens_of(text) == tokens_of(text, f"(?:{WORDS})")


def test_a_token_that_a_span_cuts_is_outside():
    document = Document("alpha beta gamma", {"a": spans((0, 8, "x")), "b": spans((2, 10, "x"))})
    (result,) = ask([document], "percent_token")
    assert result.n == {"documents": 1, "tokens": 3, "tagged": 2}
    assert result.value == pytest.approx(1 / 3)


def test_labels_are_read_strictly():
    (result,) = agreement_of_labels(
        [(["B-X", "I-Y", "I-X", "O"], ["B-X", "O", "O", "I-X"])], [by_name("bio_span_f1_strict")]
    )
    assert result.value == 1
    assert result.n == {"sequences": 1, "first": 1, "second": 1, "matched": 1}
