"""Talking, learning and meeting: threads, articles sent back, corrections, what rules propose, the page to print."""

import pytest

from annotator.errors import AnnotatorError
from annotator.operations import (
    coders,
    corrections,
    deciding,
    gold,
    history,
    meeting,
    review_proposals,
    review_settings,
    rounds,
    talking,
)
from annotator.operations.deciding import Why
from annotator.operations.reviewing import documents_to_review, review_article
from annotator.review.corrections import tally
from annotator.storage import queries

from .review_tools import annotation, article, case_at, coder, project_of

TEXT = "The army of Ruritania, 100,000 men, said it would not attack its neighbour unless provoked by it."
NASTY = "<img src=x onerror=alert(1)> & “so on”"


def told():
    return [
        annotation("Ada", "actor", 0, 8),
        annotation("Ada", "actor", 12, 21),
        annotation("Ada", "claim", 36, 70),
        annotation("Ben", "actor", 4, 8),
        annotation("Ben", "claim", 36, 70),
    ]


@pytest.fixture
def project(tmp_path):
    with project_of(tmp_path / "p.annotator", [article(TEXT, told(), title=NASTY)]) as made:
        coders.add_coder(made, "Lea")
        yield made


@pytest.fixture
def lea(project):
    return coder(project, "Lea")


def ids(case):
    return [mark.id for mark in case.place.marks]


def test_a_thread_is_open_until_it_is_settled_and_opens_with_the_next_word(project, lea):
    case, ben = case_at(project, 1, "army"), coder(project, "Ben")
    talking.write_message(project, 1, lea, "Why without “the”?", ids(case))
    talking.write_message(project, 1, ben, "Rule A2.", ids(case)[:1])
    (thread,) = talking.threads(project, [1], about=ids(case))
    assert [(each.author, each.text) for each in thread.messages] == [(lea, "Why without “the”?"), (ben, "Rule A2.")]
    assert not thread.settled
    talking.settle_thread(project, thread, lea)
    (thread,) = talking.threads(project, [1], about=ids(case))
    assert thread.settled
    talking.write_message(project, 1, ben, "Still not sure.", ids(case))
    assert not talking.threads(project, [1], about=ids(case))[0].settled
    assert talking.threads(project, about=["another"]) == []
    assert case_at(project, 1, "army").state == "open"


def test_threads_on_other_annotations_and_on_the_article_stay_apart(project, lea):
    one, other = case_at(project, 1, "army"), case_at(project, 1, "Ruritania")
    for about in (ids(one), ids(other), []):
        talking.write_message(project, 1, lea, "Look here.", about)
    assert len(talking.threads(project)) == 3


def test_what_is_sent_back_can_be_changed_does_not_count_and_carries_the_note(project, lea):
    ada = coder(project, "Ada")
    case = case_at(project, 1, "Ruritania")
    rounds.return_reading(project, 1, ada, lead=lea, note="Land or government?", annotations=ids(case))
    reading = queries.reading(project, 1, ada)
    assert (reading.state, reading.reason) == ("returned", "Land or government?")
    assert review_article(project, 1) is None
    (thread,) = talking.threads(project, [1], about=ids(case))
    assert thread.messages[0].text == "Land or government?"
    with pytest.raises(AnnotatorError, match="declared done"):
        rounds.return_reading(project, 1, ada, lead=lea)
    history.undo(project, lea)
    assert queries.reading(project, 1, ada).state == "done"
    assert talking.threads(project, [1]) == []


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 10_001])
def test_a_message_needs_words_and_has_an_end(project, lea, text):
    with pytest.raises(AnnotatorError):
        talking.write_message(project, 1, lea, text)


def test_a_coder_sees_what_was_decided_otherwise_why_and_how_often_by_rule(project, lea):
    deciding.take_reading(project, case_at(project, 1, "army"), 2, lea, why=Why("boundary rule", "A2"))
    deciding.take_neither(project, case_at(project, 1, "Ruritania"), lea, why=Why("slip"))
    ada, ben = coder(project, "Ada"), coder(project, "Ben")
    assert corrections.my_corrections(project, ada) == []  # not before the agreed version is closed
    gold.close_gold(project, review_article(project, 1), lea)
    found = corrections.my_corrections(project, ada)
    assert [
        ([mark.quote for mark in each.mine], [mark.quote for mark in each.agreed], each.place.kind, each.rule)
        for each in found
    ] == [(["The army"], ["army"], "boundary", "A2"), (["Ruritania"], [], "only", "slip")]
    assert found[0].decision.reason == "boundary rule"
    assert tally([*found, found[0]]) == [("A2", 2), ("slip", 1)]
    assert corrections.my_corrections(project, ben) == []


def test_a_reading_that_was_defensible_too_is_told_so(project, lea):
    deciding.take_reading(project, case_at(project, 1, "army"), 2, lea, others_defensible=True)
    deciding.take_reading(project, case_at(project, 1, "Ruritania"), 1, lea)
    gold.close_gold(project, review_article(project, 1), lea)
    (found,) = corrections.my_corrections(project, coder(project, "Ada"))
    assert found.defensible


def test_an_imported_agreed_version_corrects_too(tmp_path):
    lines = [article(TEXT, [*told(), annotation("Lea", "actor", 4, 8, kind="gold")])]
    with project_of(tmp_path / "p.annotator", lines) as project:
        found = corrections.my_corrections(project, coder(project, "Ada"))
        assert [each.place.kind for each in found] == ["boundary", "only", "only"]
        assert {each.rule for each in found} == {"no reason given"}


def test_the_trim_rule_proposes_the_span_without_its_article_and_is_written_down(project, lea):
    case = case_at(project, 1, "army")
    number, basis = review_proposals.proposal(project, case)
    assert (number, basis) == (2, "trim rule of actor")
    review_proposals.take_proposed(project, case, lea)
    decided = case_at(project, 1, "army")
    assert (decided.choice, decided.followed, decided.decision.basis) == ("take", (2,), "trim rule of actor")
    with pytest.raises(AnnotatorError, match="No rule proposes"):
        review_proposals.take_proposed(project, case_at(project, 1, "Ruritania"), lea)


def test_the_page_for_the_meeting_shows_what_is_open_and_runs_nothing(project, lea, tmp_path):
    with pytest.raises(AnnotatorError, match="Nothing is left"):
        meeting.write_meeting_page(project, tmp_path / "m.html")
    case = case_at(project, 1, "army")
    deciding.leave_for_meeting(project, case, lea, note=NASTY, why=Why(rule="A2"))
    talking.write_message(project, 1, coder(project, "Ben"), NASTY, ids(case))
    said = meeting.write_meeting_page(project, tmp_path / "m.html").said
    page = (tmp_path / "m.html").read_text("utf-8")
    assert said == "Wrote 1 place to m.html"
    assert "<img" not in page
    assert page.count("&lt;img src=x onerror=alert(1)&gt; &amp;") == 3  # title, note, message
    assert "The <u>army</u> of Ruritania" in page
    assert "<u>The army</u> of Ruritania" in page
    assert "<b>Ada</b>" in page
    review_settings.hide_names(project, True)
    page, _ = meeting.meeting_html(project)
    assert "Ada" not in page
    assert "Ben" not in page


def test_hidden_names_keep_the_numbers_of_an_article_in_every_copy(project):
    review_settings.hide_names(project, True)
    first = [reader.name for reader in review_article(project, 1).readers]
    assert sorted(first) == ["Ada", "Ben"]
    assert [reader.name for reader in review_article(project, 1).readers] == first


def test_a_project_has_its_own_short_list_of_reasons(project):
    assert "slip" in review_settings.reasons(project)
    review_settings.set_reasons(project, [" own act ", "slip", "slip"])
    assert review_settings.reasons(project) == ("own act", "slip")
    with pytest.raises(AnnotatorError, match="20 reasons"):
        review_settings.set_reasons(project, [str(number) for number in range(21)])


def test_who_codes_an_article_does_not_see_its_disagreements_before_the_round_is_closed(project, lea):
    ada = coder(project, "Ada")
    assert documents_to_review(project, lea) == [1]
    assert documents_to_review(project, ada) == []
    rounds.close_round(project, [1], lea)
    assert documents_to_review(project, ada) == [1]
