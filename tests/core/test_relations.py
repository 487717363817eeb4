"""Links between annotations: what the codebook allows, one step each, hidden with a deleted end; who seems to speak."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.codebook_yaml import default_codebook
from annotator.model.records import DocumentRecord
from annotator.model.span import Span
from annotator.model.speakers import rank_speakers
from annotator.operations import annotations, coders, history, relations
from annotator.operations.codebooks import set_codebook
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.storage import queries, relation_queries

TEXT = (
    "Veldria will close the ports, said Dornath. The council of Ostrell met.\n"
    "Maliq threatened to cut off the gas. 80,000 soldiers stand at the river.\n"
)


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        import_records(made, [DocumentRecord(text=TEXT, language="en")], report=Report(), format_name="test")
        yield made


@pytest.fixture
def ann(project):
    return coders.add_coder(project, "Ann")[0]


def tagged(project, coder, tag, quote):
    start = TEXT.index(quote)
    return annotations.tag_span(project, 1, coder, tag, [(start, start + len(quote))]).current


@pytest.fixture
def spans(project, ann):
    return {
        "claim": tagged(project, ann, "claim", "Veldria will close the ports"),
        "threat": tagged(project, ann, "threat", "cut off the gas"),
        "dornath": tagged(project, ann, "actor", "Dornath"),
        "veldria": tagged(project, ann, "actor", "Veldria"),
        "maliq": tagged(project, ann, "actor", "Maliq"),
        "figure": tagged(project, ann, "figure", "80,000 soldiers"),
    }


def links(project, annotation):
    return [(each.type, each.source, each.target) for each in relation_queries.relations_at(project, annotation)]


# ---- linking


def test_a_link_is_made_listed_and_removed_each_in_one_step(project, ann, spans):
    changes = relations.add_relation(project, "source", spans["claim"], spans["dornath"])
    assert changes.said == "“Veldria will close the ports” said by “Dornath”"
    assert changes.annotations == {spans["claim"], spans["dornath"]}
    expected = [("source", spans["claim"], spans["dornath"])]
    assert links(project, spans["claim"]) == links(project, spans["dornath"]) == expected
    (link,) = relation_queries.relations_at(project, spans["claim"])
    relations.remove_relation(project, link.key)
    assert links(project, spans["claim"]) == []
    undone = history.undo(project, ann)
    assert undone.annotations == {spans["claim"], spans["dornath"]}
    assert links(project, spans["claim"]) == expected
    history.undo(project, ann)
    assert links(project, spans["claim"]) == []
    history.redo(project, ann)
    assert links(project, spans["claim"]) == expected


def test_the_same_link_twice_says_so_and_changes_nothing(project, spans):
    relations.add_relation(project, "source", spans["claim"], spans["dornath"])
    again = relations.add_relation(project, "source", spans["claim"], spans["dornath"])
    assert again.said.endswith("already")
    assert not again.history
    assert len(links(project, spans["claim"])) == 1
    relations.add_relation(project, "source", spans["claim"], spans["maliq"])  # a joint statement
    assert len(links(project, spans["claim"])) == 2


@pytest.mark.parametrize(
    ("kind", "source", "target", "reason"),
    [
        ("source", "claim", "claim", "itself"),
        ("source", "dornath", "claim", "begins at claim, threat or demand, not at actor"),
        ("source", "claim", "threat", "leads to actor, not to threat"),
        ("target", "figure", "dornath", "begins at claim or threat"),
        ("continues", "claim", "threat", "two of the same tag"),
        ("said", "claim", "dornath", "no relation “said”"),
    ],
)
def test_what_the_codebook_does_not_allow_is_refused_with_the_reason(project, spans, kind, source, target, reason):
    with pytest.raises(AnnotatorError, match=reason):
        relations.add_relation(project, kind, spans[source], spans[target])
    assert all(links(project, each) == [] for each in spans.values())


def test_links_stay_within_one_reading_and_within_the_number_that_is_allowed(project, ann, spans):
    ben, _ = coders.add_coder(project, "Ben")
    his = tagged(project, ben, "actor", "Dornath")
    with pytest.raises(AnnotatorError, match="one article and one coder"):
        relations.add_relation(project, "source", spans["claim"], his)
    book = default_codebook()
    limited = tuple(replace(each, max_per_from=1) if each.id == "source" else each for each in book.relations)
    set_codebook(project, replace(book, relations=limited, version="2"))
    relations.add_relation(project, "source", spans["claim"], spans["dornath"])
    with pytest.raises(AnnotatorError, match="allows no more"):
        relations.add_relation(project, "source", spans["claim"], spans["maliq"])


def test_a_link_with_a_deleted_end_is_hidden_and_returns_with_it(project, ann, spans):
    relations.add_relation(project, "source", spans["claim"], spans["dornath"])
    reading = queries.reading(project, 1, ann).key
    annotations.delete_annotations(project, [spans["dornath"]])
    assert links(project, spans["claim"]) == []
    assert relation_queries.relations_of(project, reading) == []
    assert relation_queries.hidden(project) == 1
    history.undo(project, ann)
    assert len(relation_queries.relations_of(project, reading)) == 1
    assert relation_queries.hidden(project) == 0


def test_attributes_and_a_note_of_a_link_are_kept_and_undone(project, ann, spans):
    relations.add_relation(project, "responds_to", spans["claim"], spans["threat"])
    (link,) = relation_queries.relations_at(project, spans["claim"])
    relations.set_relation_attributes(project, link.key, {"polarity": {"value": "reject", "by": "typed"}})
    relations.set_relation_note(project, link.key, "in the same breath")
    (found,) = relation_queries.relations_at(project, spans["claim"])
    assert (found.attributes["polarity"]["value"], found.note) == ("reject", "in the same breath")
    history.undo(project, ann)
    history.undo(project, ann)
    (found,) = relation_queries.relations_at(project, spans["claim"])
    assert (found.attributes, found.note) == ({}, "")


ACT = st.tuples(st.sampled_from(["link", "remove", "delete", "undo", "redo"]), st.integers(0, 4), st.integers(0, 4))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ACT, max_size=20))
def test_undoing_everything_leads_back_and_no_link_hangs_in_the_air(listed):
    with (
        tempfile.TemporaryDirectory() as folder,
        create_project(Path(folder) / "p.annotator") as project,
    ):
        import_records(project, [DocumentRecord(text=TEXT)], report=Report(), format_name="test")
        ann, _ = coders.add_coder(project, "Ann")
        keys = [tagged(project, ann, "claim", "Veldria will close the ports")]
        keys += [tagged(project, ann, "actor", each) for each in ("Dornath", "Maliq", "Veldria", "council")]
        begin = history.history.steps(project)[0].key
        reading = queries.reading(project, 1, ann).key
        for kind, one, two in listed:
            there = relation_queries.relations_of(project, reading)
            try:
                if kind == "link":
                    relations.add_relation(project, "source" if one == 0 else "same_as", keys[one], keys[two])
                elif kind == "remove" and there:
                    relations.remove_relation(project, there[one % len(there)].key)
                elif kind == "delete":
                    annotations.delete_annotations(project, [keys[one]])
                elif kind == "undo" and (step := history.history.next_undo(project, ann)) and step.key > begin:
                    history.undo(project, ann)
                elif kind == "redo":
                    history.redo(project, ann)
            except AnnotatorError:
                assert relation_queries.relations_of(project, reading) == there
            live = {each.key for each in queries.annotations_of_reading(project, reading)}
            for each in relation_queries.relations_of(project, reading):
                assert {each.source, each.target} <= live
        while (step := history.history.next_undo(project, ann)) and step.key > begin:
            history.undo(project, ann)
        assert relation_queries.relations_of(project, reading) == []


# ---- who seems to speak, and what is near


def test_candidates_are_allowed_not_linked_yet_and_the_likeliest_first(project, spans):
    assert relations.candidates(project, spans["claim"], "source")[0] == spans["dornath"]
    assert relations.candidates(project, spans["threat"], "source")[0] == spans["maliq"]
    assert set(relations.candidates(project, spans["claim"], "source")) == {
        spans["dornath"], spans["veldria"], spans["maliq"],
    }  # fmt: skip
    relations.add_relation(project, "source", spans["claim"], spans["dornath"])
    assert spans["dornath"] not in relations.candidates(project, spans["claim"], "source")
    assert relations.candidates(project, spans["claim"], "target")[0] == spans["veldria"]  # inside the claim
    assert relations.candidates(project, spans["figure"], "supports") == [spans["threat"], spans["claim"]]
    assert relations.candidates(project, spans["figure"], "source") == []
    assert relations.candidates(project, spans["claim"], "unheard of") == []
    assert [each.id for each in relations.kinds_from(project, spans["figure"])] == ["supports"]


# Each sentence: actors in [], the statement in {}; the speaker stands in [*…].
SPOKEN = {
    "en": [
        "[Ostrell] met [Tarkess]. [*Maliq] said that {the talks had failed}.",
        "{“We stay”}, said [*Dornath], while [Ruhn] left.",
        "{“We stay”}, [*Dornath] said after [Ruhn] left.",
        "[Ruhn] left. According to [*the ministry], {the bridge is closed}.",
        "[*Dornath] told [reporters] that {[Veldria] would not move}.",
        "[*Dornath] met [Ruhn] and said {it was over}.",
        "[*Dornath] arrived in the rain and warned. [Ruhn] fell. {“It was cold”}, warned [*Dornath].",
        "[*Maliq] warned [Tarkess]. He said {the time was up}.",
        "[Ruhn] was late. [*Harbour police]: {any boat will be towed}.",
        "[*Ruhn] spoke of war.\nNobody there said a word. [Maliq] was sad.\n[*Ruhn] denied {he had lied}.",
    ],
    "de": [
        "[Ostrell] traf [Tarkess]. [*Maliq] sagte, {die Gespräche seien gescheitert}.",
        "{„Wir bleiben“}, sagte [*Dornath], während [Ruhn] ging.",
        "[Ruhn] ging. Laut [*Ministerium] {ist die Brücke gesperrt}.",
        "[*Dornath] kam und forderte {ein Ende der Gewalt}, nicht [Ruhn].",
    ],
    "fr": [
        "[Ostrell] a vu [Tarkess]. [*Maliq] a déclaré que {les pourparlers avaient échoué}.",
        "{« Nous restons »}, a dit [*Dornath], quand [Ruhn] partait.",
        "[Ruhn] part. Selon [*le ministère], {le pont est fermé}.",
    ],
}


def read(marked):
    """The text, the statement, the actors by number, and the numbers of those that speak."""
    text, opened, actors, speak, statement = "", [], [], set(), None
    for sign in marked:
        if sign in "[{":
            opened.append(len(text))
        elif sign == "*":
            speak.add(opened[-1])
        elif sign == "]":
            actors.append((Span(opened.pop(), len(text)),))
        elif sign == "}":
            statement = (Span(opened.pop(), len(text)),)
        else:
            text += sign
    numbered = [(number, spans) for number, spans in enumerate(actors)]
    return text, statement, numbered, {number for number, spans in numbered if spans[0].start in speak}


@pytest.mark.parametrize(
    ("language", "marked"), [(language, each) for language, listed in SPOKEN.items() for each in listed]
)
def test_the_subject_of_the_speech_verb_comes_first(language, marked):
    text, statement, actors, speak = read(marked)
    for known in (language, f"{language}-XX", ""):
        ranked = rank_speakers(text, statement, actors, known)
        assert ranked[0] in speak, text[slice(*actors[ranked[0]][1][0])]
        assert sorted(ranked) == [number for number, _ in actors]


def test_without_a_verb_the_order_is_before_after_then_other_paragraphs_and_inside_last():
    text, statement, actors, _ = read("[A] x.\n[B] y.\n[C] by [D] {z of [E]} [F] w.\n[G] v.")
    names = [text[slice(*spans[0])] for _, spans in actors]
    assert "".join(names[each] for each in rank_speakers(text, statement, actors, "en")) == "DCFBAGE"


def test_the_speakers_of_real_and_sample_articles_are_among_the_first_three_offered(shared):
    first, offered, total = 0, 0, 0
    articles = [(shared / "reference/seed/gold.json", shared / "reference/seed/article.txt")]
    sample = shared / "reference/sample"
    articles += [
        (path, sample / "articles" / f"{path.name.partition('.')[0]}.txt")
        for path in sorted((sample / "readings").glob("*.gold.json"))
    ]
    assert len(articles) == 7
    for gold, article in articles:
        told, text = json.loads(gold.read_text("utf-8")), article.read_text("utf-8")
        places = {each["id"]: (Span(each["start"], each["end"]),) for each in told["annotations"]}
        actors = [(each["id"], places[each["id"]]) for each in told["annotations"] if each["tag"] == "actor"]
        numbered = [(number, spans) for number, (_, spans) in enumerate(actors)]
        sources: dict[str, set[str]] = {}
        for link in told["relations"]:
            if link["type"] == "source":
                sources.setdefault(link["from"], set()).add(link["to"])
        for statement, speakers in sources.items():
            ranked = [actors[number][0] for number in rank_speakers(text, places[statement], numbered)]
            first += ranked[0] in speakers
            offered += bool(speakers & set(ranked[:3]))
            total += 1
    assert total > 130
    assert first / total > 0.8
    assert offered / total > 0.95
