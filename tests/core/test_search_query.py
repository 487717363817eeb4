"""What a person searches for: how an expression is read, where it stands in a text, and what is said of a bad one."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.model.search_query import parse_query, places

TEXT = "Talks in Geneva went on. Blinken said that talks were frank; NATO’s door stays open in Élysée."


def words(asked, text=TEXT):
    return [text[span.start : span.end] for span in places(parse_query(asked), text)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("talks", ["Talks", "talks"]),
        ("talk", []),
        ("talk*", ["Talks", "talks"]),
        ("elysee", ["Élysée"]),
        ("geneva blinken", ["Geneva", "Blinken"]),
        ("geneva AND moscow", []),
        ("geneva OR moscow", ["Geneva"]),
        ("geneva NOT moscow", ["Geneva"]),
        ("NOT moscow geneva", ["Geneva"]),
        ("geneva NOT (moscow OR frank)", []),
        ("(geneva OR moscow) AND frank", ["Geneva", "frank"]),
        ('"talks were frank"', ["talks were frank"]),
        ("“talks were fra”*", ["talks were frank"]),
        ('"were talks"', []),
        ("NEAR(blinken frank, 3)", []),  # “said that talks were” are four words
        ("NEAR(blinken frank, 4)", ["Blinken said that talks were frank"]),
        ("NEAR(frank blinken)", ["Blinken said that talks were frank"]),
        ("NEAR(geneva frank, 2)", []),
        ("and", []),
        ("nato's", ["NATO’s"]),
    ],
)
def test_what_is_asked_is_found(asked, found):
    assert words(asked) == found


@pytest.mark.parametrize(
    ("asked", "place", "reason"),
    [
        ("", 1, "nothing to look for"),
        ("   ", 1, "nothing to look for"),
        ("talks (geneva", 7, "never closed"),
        ("talks) geneva", 6, "closes nothing"),
        ('talks "in geneva', 7, "never closed"),
        ("talks AND", 10, "a word is missing"),
        ("AND talks", 1, "a word is missing"),
        ("talks OR OR x", 10, "a word is missing"),
        ("talks AND ?!", 11, "no letter or number"),
        ("NOT talks", 1, "NOT needs"),
        ("geneva OR NOT talks", 11, "NOT needs"),
        ("NEAR(talks)", 1, "two words or more"),
        ("NEAR(talks geneva", 1, "never closed"),
        ("NEAR(talks (geneva), 2)", 12, "words and phrases alone"),
        ("x " * 2_500, 4_001, "4,000 characters"),
    ],
)
def test_a_bad_expression_is_told_with_its_place(asked, place, reason):
    with pytest.raises(AnnotatorError) as told:
        parse_query(asked)
    assert f"at character {place} " in str(told.value)
    assert reason in str(told.value)


def test_scripts_without_blanks_are_searched_by_parts_of_words():
    text = "北京市昨天发表声明。"
    assert places(parse_query("北京"), text) == []
    assert [text[a:b] for a, b in places(parse_query("北京"), text, parts=True)] == ["北京"]


PIECES = ["a", "b", "AND", "OR", "NOT", "(", ")", "NEAR(", ", 3)", '"', "*", "x*", "“a b”"]


@given(st.text(alphabet='ab c"()*,“”', max_size=30) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_any_expression_is_understood_or_refused_and_never_upsets_the_index(asked):
    from annotator.storage.search_candidates import _match

    try:
        query = parse_query(asked)
    except AnnotatorError:
        return
    places(query, "a b c a x AND xy")
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5 (text)")
    connection.execute("SELECT * FROM t WHERE t MATCH ?", (_match(query),)).fetchall()
    connection.close()
