"""The same words elsewhere: which places are found in which script, and tagging those that were ticked as one step."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.model.span import Span
from annotator.model.wording import wording_places
from annotator.operations import annotations, assigning, coders, history, readings, rounds
from annotator.operations.check import check_project
from annotator.operations.import_records import import_records
from annotator.operations.naming_actors import name_actor
from annotator.operations.projects import create_project
from annotator.operations.same_words import MOST, same_words, tag_same
from annotator.storage import queries

TEXTS = {
    "Geneva": "Veldria said no. Diplomats from Veldria left. “VELDRIA,” they wrote. Veldrian troops stayed.",
    "Kyiv": "In Veldria’s north nothing moved; Pan-Veldria did.",
    "Ostrell": "The veldria flower is blue.",
    "Beirut": "وقالت فلدريا لا. خرجوا من فلدريا وفلدريا صامتة.",
}


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("US", "The US told us; US-led, US’s, U.S.", ["US", "US"]),
        ("U.S.", "The U.S. and the U.S.A.", ["U.S."]),
        ("May", "May may go in May.", ["May", "May"]),
        ("troops", "Troops: more troops, a troopship.", ["Troops", "troops"]),
        ("100", "100, 1,100 and 100.5 and 100%", ["100", "100"]),
        ("close the port", "to close\nthe port and close the ports", ["close\nthe port"]),
        ("“no”", 'He said "no" and «no».', ['"no"', "«no»"]),
        ("Zürich", "Zurich, ZÜRICH, Zu\u0308rich", ["Zurich", "ZÜRICH", "Zu\u0308rich"]),
        ("俄罗斯", "中国和俄罗斯说俄罗斯人", ["俄罗斯", "俄罗斯"]),
        ("러시아", "러시아는 대러시아", ["러시아"]),
        ("روسيا", "وروسيا قالت إن بروسيا مدينة", ["روسيا", "روسيا"]),
        ("רוסיה", "ורוסיה אמרה שברוסיה", ["רוסיה", "רוסיה"]),
        ("भारत", "भारत भारती", ["भारत"]),
        ("…", "a … b", []),
    ],
)
def test_the_same_words_are_whole_words_in_their_script(words, text, found):
    assert [text[start:end] for start, end in wording_places(words, text)] == found


@given(st.text(st.sampled_from("aAß é.,-\u0301\n1Ω"), max_size=30), st.text(st.sampled_from("aAßé 1"), max_size=4))
def test_places_lie_in_the_text_in_order_and_words_alone_are_found(text, words):
    found = wording_places(words, text)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    if any(sign.isalnum() for sign in words):
        assert wording_places(words, f"— {words.strip()} —")[0].start == 2


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        records = [DocumentRecord(text=text, title=title) for title, text in TEXTS.items()]
        import_records(made, records, report=Report(), format_name="test")
        ann, _ = coders.add_coder(made, "Ann")
        coders.add_coder(made, "Ben")
        annotations.tag_span(made, 1, ann, "actor", [(0, 7)])
        diplomats = (TEXTS["Geneva"].index("Diplomats"), TEXTS["Geneva"].index(" left"))
        annotations.tag_span(made, 1, ann, "actor", [diplomats])
        annotations.tag_span(made, 2, 2, "actor", [(3, 10)])
        yield made


def told(found):
    return [(each.place.title, each.place.match, each.tagged, each.same) for each in found]


def test_this_article_first_then_the_others_and_what_is_tagged_is_named(project):
    here = [("Geneva", "Veldria", ("Actor",), True), ("Geneva", "VELDRIA", (), False)]
    assert told(same_words(project, 1)) == here
    annotations.tag_span(project, 2, 1, "claim", [(3, 10)])
    assert told(same_words(project, 1, everywhere=True)) == [*here, ("Kyiv", "Veldria", ("Claim",), False)]


def test_words_with_a_joined_and_are_found_in_all_articles(project):
    made = annotations.tag_span(project, 4, 1, "actor", [(6, 12)]).current
    assert told(same_words(project, made)) == [("Beirut", "فلدريا", (), False)] * 2
    other = [DocumentRecord(text=f"{number} وبفلدريا", title=str(number)) for number in range(30)]
    import_records(project, other, report=Report(), format_name="test")
    assert len(list(same_words(project, made, everywhere=True))) == 32


def test_what_is_ticked_is_one_step_with_the_actor_proposed(project):
    name_actor(project, 1, "name", "Veldria (state)")
    places = [(each.place.document, each.span) for each in same_words(project, 1, everywhere=True) if not each.same]
    changes = tag_same(project, 1, places)
    assert changes.said == "Tagged 2 more places of “Veldria” as actor in 2 articles"
    made = [queries.annotation(project, key) for key in sorted(changes.annotations)]
    assert [each.quote for each in made] == ["VELDRIA", "Veldria"]
    whom = queries.annotation(project, 1).attributes["name"]["value"]
    assert [each.attributes["name"] for each in made] == [{"value": whom, "by": "proposed"}] * 2
    assert check_project(project) == []
    assert history.undo(project, 1).said == f"Undid: {changes.said}"
    assert [each.same for each in same_words(project, 1, everywhere=True)] == [True, False, False]
    history.redo(project, 1)
    assert all(each.same for each in same_words(project, 1, everywhere=True))


def test_a_place_that_has_the_tag_is_passed_over_and_nothing_left_is_said(project):
    place = (1, Span(32, 39))
    assert tag_same(project, 1, [place, place]).said == "Tagged 1 more place of “Veldria” as actor"
    with pytest.raises(AnnotatorError, match="Nothing is left to tag"):
        tag_same(project, 1, [place])
    with pytest.raises(AnnotatorError, match=f"At most {MOST:,} places"):
        tag_same(project, 1, [(1, Span(at, at + 1)) for at in range(MOST + 1)])
    with pytest.raises(AnnotatorError, match="does not lie in the text"):
        tag_same(project, 1, [(1, Span(9, 9000))])


def test_only_articles_that_the_coder_codes_and_that_are_not_closed(project):
    assigning.assign(project, [(1, 1), (4, 1)])
    assert {each.place.title for each in same_words(project, 1, everywhere=True)} == {"Geneva"}
    assigning.assign(project, [(2, 1)])
    assert {each.place.title for each in same_words(project, 1, everywhere=True)} == {"Geneva", "Kyiv"}
    readings.set_state(project, 2, 1, "done")
    rounds.close_round(project, [2], 2)
    assert {each.place.title for each in same_words(project, 1, everywhere=True)} == {"Geneva"}


def test_what_cannot_be_looked_for_is_said(project):
    parts = annotations.tag_span(project, 3, 1, "claim", [(0, 3), (12, 18)]).current
    with pytest.raises(AnnotatorError, match="several parts"):
        list(same_words(project, parts))
    annotations.delete_annotations(project, [parts])
    with pytest.raises(AnnotatorError, match="not there any more"):
        list(same_words(project, parts))
