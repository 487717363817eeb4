"""Cue words: where they stand, what they announce, and which of them announce something that is not tagged."""

from dataclasses import replace

import pytest

from annotator.errors import AnnotatorError
from annotator.model.codebook_yaml import default_codebook
from annotator.model.span import Span
from annotator.propose.cues import CueFinder

TEXT = (
    "Dornath said the port was open. The United States stayed calm.\n"
    "Veldria demanded an end to the talks and an end to the drills. “We said no,” he wrote.\n"
)


def span(words, text=TEXT):
    return Span(text.index(words), text.index(words) + len(words))


@pytest.fixture
def finder():
    return CueFinder(default_codebook(), "en-GB")


def told(found, text=TEXT):
    return [
        (text[each.span.start : each.span.end], [text[start:end] for start, end in each.contents]) for each in found
    ]


def test_cues_come_in_order_with_what_they_announce(finder):
    assert told(finder.open_cues(TEXT, [], 0, 1)) == [
        ("said", ["the port was open"]),
        ("demanded", ["an end to the talks", "an end to the drills"]),
        ("wrote", ["We said no"]),
    ]
    assert [words for words, _ in told(finder.open_cues(TEXT, [], len(TEXT), -1))] == ["wrote", "demanded", "said"]


def test_only_those_after_the_place_and_before_it(finder):
    place = span("demanded").end
    assert [words for words, _ in told(finder.open_cues(TEXT, [], place, 1))] == ["wrote"]
    assert [words for words, _ in told(finder.open_cues(TEXT, [], place, -1))] == ["demanded", "said"]


def test_what_is_tagged_as_a_statement_is_settled_and_an_actor_settles_nothing(finder):
    tagged = [("claim", (span("port was open"),)), ("actor", (span("Veldria"),))]
    assert told(finder.open_cues(TEXT, tagged, 0, 1))[0][0] == "demanded"
    tagged.append(("demand", (span("an end to the talks"),)))
    assert told(finder.open_cues(TEXT, tagged, 0, 1))[0] == ("demanded", ["an end to the drills"])


def test_a_cue_within_a_statement_is_settled(finder):
    whole = [("claim", (span("Veldria demanded an end to the talks"),))]
    assert [words for words, _ in told(finder.open_cues(TEXT, whole, 0, 1))] == ["said", "wrote"]


def test_the_words_to_show_are_those_that_announce(finder):
    first, second = TEXT.splitlines()
    assert [first[start:end] for start, end in finder.words(first)] == ["said"], "the United States state nothing"
    assert [second[start:end] for start, end in finder.words(second)] == ["demanded", "wrote"]


def test_a_language_without_rules_has_no_cues():
    finder = CueFinder(default_codebook(), "fi")
    assert not finder.has_rules
    assert list(finder.open_cues(TEXT, [], 0, 1)) == []
    assert finder.words(TEXT) == []


def test_the_rules_of_the_project_count():
    own = CueFinder(with_rules({"en": [{"tag": "claim", "words": ["stayed"]}]}), "en")
    assert [words for words, _ in told(own.open_cues(TEXT, [], 0, 1))] == ["stayed"]
    assert [TEXT[start:end] for start, end in own.words(TEXT)] == ["stayed"]
    with pytest.raises(AnnotatorError, match="needs a list of rules"):
        CueFinder(with_rules({"en": "stayed"}), "en")


def with_rules(rules):
    return replace(default_codebook(), extra={"speech_acts": rules})
