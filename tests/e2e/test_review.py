"""Review by keys alone: the disagreements of real readings, decided, repeated, explained, sent back, learnt from."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QListView

from annotator.operations import deciding, review_settings, rounds, talking
from annotator.operations.coders import add_coder
from annotator.operations.reviewing import review_article
from annotator.settings import Settings
from annotator.storage import queries, review_queries
from annotator.storage.project import Project
from tests.core import review_tools
from tests.core.review_tools import annotation, article, project_of
from ui.keys.action import Context
from ui.keys.registry import ACTIONS
from ui.review.agreed_sheet import AgreedSheet

TEXT = "The army of Ruritania said the army of Ruritania would not attack Graustark on Monday, 12 May."
DOCUMENTS = ("First", "Second")


def named(project, name):
    return review_tools.coder(project, name)


@pytest.fixture
def two_articles(tmp_path) -> Path:
    """Ada and Ben coded two articles; Lea reviews. They agree on Graustark; of the army Ben leaves out the article."""

    def told(title, at):
        marks = [
            annotation("Ada", "actor", at, at + 8, id=f"{title}-a1"),
            annotation("Ben", "actor", at + 4, at + 8, id=f"{title}-b1"),
            annotation("Ada", "actor", at + 27, at + 35, id=f"{title}-a2"),
            annotation("Ben", "actor", at + 31, at + 35, id=f"{title}-b2"),
            annotation("Ada", "actor", at + 66, at + 75, id=f"{title}-a3"),
            annotation("Ben", "actor", at + 66, at + 75, id=f"{title}-b3"),
            annotation("Ben", "figure", at + 87, at + 93, id=f"{title}-b4"),
        ]
        return article(" " * at + TEXT, marks, title=title)

    path = tmp_path / "two.annotator"
    with project_of(path, [told(title, at) for at, title in enumerate(DOCUMENTS)]) as project:
        add_coder(project, "Lea")
        lea = next(each.id for each in queries.coders(project) if each.name == "Lea")
        Settings().set_place(project.meta("project"), {"coder": lea})
    return path


@pytest.fixture
def review(two_articles, open_driver):
    return opened(open_driver(two_articles))


def opened(driver):
    driver.press("Ctrl+2")
    driver.qtbot.waitUntil(lambda: not driver.desk.review.session.is_busy)
    return driver


def here(driver) -> str:
    case = driver.desk.review.session.case
    return f"{case.document} {case.place.quote}"


def head(driver) -> str:
    driver.settle()
    return driver.window.findChild(QLabel, "review_head").text()


def gold(driver, document: int) -> list[tuple[str, str]]:
    return sorted((quote, tag) for quote, tag, _ in review_tools.gold(driver.desk.workspace.project, document)[0])


def decisions(driver, document=1):
    found = review_queries.decisions(driver.desk.workspace.project, [document]).get(document, [])
    return sorted(found, key=lambda each: each.stamp)


def told_details(driver) -> str:
    driver.settle()
    QApplication.processEvents()  # what was just made comes into sight
    details = driver.desk.review.details
    parts = [*details.findChildren(QLabel), *details.findChildren(QAbstractButton)]
    return "\n".join(re.sub("<[^>]+>", "", each.text()) for each in parts if each.isVisible())


# ---- the seed article


@pytest.fixture
def seed(tmp_path, shared, open_driver):
    path = tmp_path / "seed.annotator"
    with review_tools.seed_project(path, shared) as project:
        add_coder(project, "Lea")
        lea = next(each.id for each in queries.coders(project) if each.name == "Lea")
        Settings().set_place(project.meta("project"), {"coder": lea})
    return opened(open_driver(path))


def test_the_list_of_the_seed_article_is_complete_and_right(seed):
    seed.settle()
    summed = seed.window.findChild(QLabel, "review_sum").text().split(" · ")
    assert summed[:6] == [
        "34 agreed",
        "1 tag and boundary",
        "1 tag",
        "22 boundary",
        "17 only Ada",
        "6 only Ben",
    ]
    model = seed.desk.review.disagreements.model
    words = Counter(model.kind_word(model.case(row)) for row in range(model.rowCount()))
    assert {words["Only Ada"], words["Only Ben"]} <= set(range(24))
    assert model.rowCount() == len([case for case in seed.desk.review.session.article.cases if case.state == "open"])
    assert head(seed) == f"0 of {model.rowCount()} decided"


def test_values_are_told_as_people_read_them(seed):
    told = []
    for _ in range(seed.desk.review.disagreements.model.rowCount()):
        told.append(told_details(seed))
        seed.press("N")
    told = "\n".join(told)
    assert "government body" in told
    assert "_" not in told


def test_the_seed_article_comes_to_its_agreed_version_by_keyboard_alone(seed, shared):
    total = seed.desk.review.disagreements.model.rowCount()
    for _ in range(total):
        seed.press("1")
    assert head(seed) == f"{total} of {total} decided"
    assert "Ctrl+Enter" in seed.said
    seed.press("Ctrl+Enter")
    assert seed.desk.review.session.article.closed
    told = json.loads((shared / "reference" / "seed" / "gold.json").read_text("utf-8"))["annotations"]
    assert gold(seed, 1) == sorted((each["text"], each["tag"]) for each in told), "Ada's reading is the seed's gold"


# ---- one key each


def test_a_reading_is_taken_by_its_number_and_the_next_place_comes(review):
    assert here(review) == "1 The army"
    review.press("2")
    assert gold(review, 1) == [("army", "actor")]
    assert here(review) == "1 the army"
    assert head(review) == "1 of 6 decided"
    assert "Took reading 2" in review.said
    review.press("b")
    assert gold(review, 1) == [("army", "actor"), ("army", "actor"), ("the army", "actor")]
    review.press("x")
    assert here(review) == "2 The army", "on into the next article"
    assert [each.choice for each in decisions(review)] == ["take", "both", "neither"]


def test_a_decision_is_undone_by_one_key(review):
    review.press("1")
    assert gold(review, 1) == [("The army", "actor")]
    review.press("Ctrl+Z")
    assert gold(review, 1) == []
    assert head(review) == "0 of 6 decided"
    review.press("Ctrl+Y")
    assert gold(review, 1) == [("The army", "actor")]


def test_the_other_reading_is_noted_as_defensible(review):
    review.press("d", "2")
    (decision,) = decisions(review)
    ada = next(each.id for each in queries.coders(review.desk.workspace.project) if each.name == "Ada")
    assert decision.defensible == (ada,)
    review.press("1")
    assert decisions(review)[-1].defensible == ()


def test_a_reading_that_is_not_there_cannot_be_taken(review):
    review.press("5")
    assert review.said == "There is no reading 5 here; there are 2"
    assert decisions(review) == []


def test_what_the_rule_proposes_is_taken_by_space(review):
    assert "trim rule of actor" in told_details(review)
    review.press("Space")
    assert gold(review, 1) == [("army", "actor")]
    assert decisions(review)[0].basis == "trim rule of actor"


def test_an_edited_reading_is_taken(review):
    review.press("e", "Right", "Right", "Enter")
    assert gold(review, 1) == [("The army of Ruritania", "actor")]
    assert here(review) == "1 the army"
    review.press("e", "2", "c", "e", "Left", "Enter")
    assert ("the army", "claim") in gold(review, 1)
    review.press("e", "Esc", "n", "p")
    assert len(decisions(review)) == 2


def test_the_same_is_decided_for_all_like_it_after_one_has_seen_them(review):
    review.press("2", "o")
    assert "“The army”: O does it" in review.said
    assert "The army – Second" in told_details(review)
    assert gold(review, 2) == []
    review.press("o")
    assert gold(review, 2) == [("army", "actor")]
    assert here(review) == "1 the army"
    review.press("n", "x", "o", "Esc")
    assert decisions(review, 2)[-1].choice == "take", "Esc leaves the others alone"


def test_all_that_agrees_is_taken_at_once(review):
    review.press("t")
    assert gold(review, 1) == [("Graustark", "actor")]
    assert gold(review, 2) == []


def test_a_reason_is_given_before_and_after(review):
    review.press("r", "s")
    review.press("1")
    assert decisions(review)[-1].reason == "slip"
    review.press("Shift+R")
    review.press("b")
    assert decisions(review)[-1].reason == "boundary rule"
    review.press("Ctrl+Z")
    assert decisions(review)[-1].reason == "slip"


def test_a_reason_in_own_words_is_kept_for_the_project(review):
    review.press("1", "Shift+R", "Tab", "Tab", "Tab", "Tab", "Tab")
    QTest.keyClicks(QApplication.focusWidget(), "title counts")
    review.press("Tab", "Space", "Enter")
    assert decisions(review)[-1].reason == "title counts"
    assert review_settings.reasons(review.desk.workspace.project)[-1] == "title counts"


def test_a_place_is_left_for_the_meeting_and_the_page_is_written(review, two_articles):
    review.press("m")
    QTest.keyClicks(QApplication.focusWidget(), "Does the article belong?")
    review.press("Enter")
    assert head(review) == "0 of 6 decided, 1 for the meeting"
    assert here(review) == "1 the army"
    review.desk.dispatcher.perform("meeting_page")
    (page,) = two_articles.parent.glob("*.html")
    assert str(page) in review.said
    assert "Does the article belong?" in page.read_text("utf-8")


def test_an_article_is_sent_back_with_a_note_and_leaves_the_review(review):
    review.press("s", "Shift+Tab", "Right", "Tab")
    QTest.keyClicks(QApplication.focusWidget(), "Look at rule a3")
    review.press("Enter")
    project = review.desk.workspace.project
    assert queries.reading(project, 1, named(project, "Ben")).state == "returned"
    assert [each.messages[0].text for each in talking.threads(project, [1])] == ["Look at rule a3"]
    assert here(review) == "2 The army"


def test_a_message_is_written_and_settled(review):
    review.settle()
    review.press("Enter", "Tab")
    field = review.window.findChild(QLineEdit, "review_message")
    field.setFocus()
    QTest.keyClicks(field, "Is this one actor?")
    review.press("Enter")
    assert "Lea: Is this one actor?" in told_details(review)
    project = review.desk.workspace.project
    (thread,) = talking.threads(project, [1])
    assert not thread.settled
    review.desk.review.details.settle_requested.emit(thread)
    assert talking.threads(project, [1])[0].settled
    review.press("Esc")
    assert QApplication.focusWidget() in review.desk.review.view.articles


# ---- all that agrees


def test_all_that_agrees_in_all_articles_is_taken_as_one_step_after_a_look(review):
    review.press("x")  # what is decided stays as it is
    assert gold(review, 1) == []
    review.press("Shift+T")
    sheet = review.window.findChild(AgreedSheet)
    words = [each.text() for each in sheet.findChildren(QLabel) if each.isVisible()]
    assert any("2 places of 2 articles" in each for each in words)
    review.press("Esc")
    assert gold(review, 2) == []

    review.press("Shift+T", "Enter")
    review.qtbot.waitUntil(lambda: not review.desk.jobs.is_busy and not review.desk.review.session.is_busy)
    assert [gold(review, document) for document in (1, 2)] == [[("Graustark", "actor")]] * 2
    assert review.said == "Took 2 places on which all agree"
    review.press("Shift+T")
    assert review.said == "All that agrees is taken already"
    review.press("Ctrl+Z", "Ctrl+Z")  # more than one article: the first press says what it would undo
    assert [gold(review, document) for document in (1, 2)] == [[], []]


def test_a_filter_to_this_article_takes_what_agrees_in_this_one_alone(review):
    review.desk.review.disagreements._scope.choose("one", tell=True)
    review.press("Shift+T", "Enter")
    review.qtbot.waitUntil(lambda: not review.desk.jobs.is_busy)
    assert [gold(review, document) for document in (1, 2)] == [[("Graustark", "actor")], []]


# ---- walking and looking


def test_one_walks_over_all_and_over_what_waits_across_articles(review):
    review.press("2", "n", "n")
    assert here(review) == "2 The army"
    review.press("p", "p", "p")
    assert here(review) == "1 The army"
    review.press("j")
    assert here(review) == "1 the army"
    review.press("j", "j", "Shift+J")
    assert here(review) == "1 12 May"
    review.press("Ctrl+PgDown")
    assert here(review) == "2 The army"
    assert review.desk.workspace.document == 2
    review.press("Ctrl+1")
    assert review.desk.article.hasFocus()
    assert review.desk.document.about.title == "Second"


def test_the_list_is_filtered_by_kind_tag_coder_state_and_article(review):
    panel, session = review.desk.review.disagreements, review.desk.review.session

    def choose(choice: QComboBox, words: str) -> int:
        choice.setCurrentText(words)
        choice.activated.emit(choice.currentIndex())
        return len(session.rows)

    assert len(session.rows) == 6
    assert choose(panel._kind, "Only one") == 2
    assert choose(panel._kind, "All kinds") == 6
    assert choose(panel._tag, "Figure") == 2
    assert choose(panel._tag, "All tags") == 6
    assert choose(panel._coder, "Ada") == 4
    assert choose(panel._coder, "All coders") == 6
    assert choose(panel._state, "Agreed") == 2
    assert choose(panel._state, "Undecided") == 6
    panel._scope.choose("one", tell=True)
    assert len(session.rows) == 3
    review.press("1")
    assert len(session.rows) == 2
    assert here(review) == "1 the army"


def test_names_are_hidden_until_a_place_is_decided(review):
    review.desk.dispatcher.perform("hide_names")
    review.qtbot.waitUntil(lambda: not review.desk.review.session.is_busy)
    assert "Ada" not in told_details(review)
    assert "Ada" not in review.desk.review.view._facts.text()
    assert "Only Ben" not in review.window.findChild(QLabel, "review_sum").text()
    review.press("1", "p")
    assert "Ada" in told_details(review)
    review.press("n")
    assert "Ada" not in told_details(review)
    review.press("v")
    assert "Ada" in told_details(review)


def test_one_text_and_columns_show_the_same_place(review):
    view = review.desk.review.view
    review.press("w")
    assert view.mode == "columns"
    shown = [text for text in view.articles if text.isVisible()]
    assert [text.text() for text in shown] == [TEXT, TEXT]
    assert [text.caret() for text in shown] == [0, 0]
    review.press("n")
    assert [text.mark(text.current()).spans[0] for text in shown] == [(27, 35), (31, 35)]
    review.press("1")
    assert gold(review, 1) == [("the army", "actor")]
    review.press("w")
    assert view.mode == "lanes"


def test_a_narrow_window_unfolds_the_details_for_whoever_asks(review):
    review.window.resize(1000, 640)
    assert not review.desk.review.details.isVisible()
    review.press("Enter")
    assert review.desk.review.details.isVisible()
    assert "Ada" in told_details(review)
    review.press("Esc", "2", "p")
    assert "Decided: ②" in told_details(review)


def test_three_readings_are_decided_by_number_or_by_most(tmp_path, open_driver):
    marks = [
        annotation("Ada", "actor", 0, 8, id="a"),
        annotation("Ben", "actor", 4, 8, id="b"),
        annotation("Cem", "actor", 4, 8, id="c"),
        annotation("Cem", "figure", 87, 93, id="d"),
    ]
    path = tmp_path / "three.annotator"
    project_of(path, [article(TEXT, marks)]).close()
    driver = opened(open_driver(path))
    assert "majority: 2 of 3" in told_details(driver)
    driver.press("Space")
    assert gold(driver, 1) == [("army", "actor")]
    driver.press("3")
    assert gold(driver, 1) == [("12 May", "figure"), ("army", "actor")]
    driver.press("w")
    assert len([text for text in driver.desk.review.view.articles if text.isVisible()]) == 3


def test_columns_scroll_together(tmp_path, open_driver):
    text = "\n".join(f"Paragraph {n} says that the army of Ruritania would not move." for n in range(80))
    marks = [annotation("Ada", "claim", n * 20, n * 20 + 15, id=f"a{n}") for n in range(60)]
    marks.append(annotation("Ben", "actor", 5, 9, id="b"))
    path = tmp_path / "long.annotator"
    project_of(path, [article(text, marks)]).close()
    driver = opened(open_driver(path))
    driver.press("w")
    one, other = [each for each in driver.desk.review.view.articles if each.isVisible()]
    for moved, follows in ((one, other), (other, one)):
        bar = moved.verticalScrollBar()
        bar.setValue(bar.maximum() // 2 if moved is one else 3)
        QApplication.processEvents()
        assert moved.first_line()[0] > 0
        assert follows.first_line()[0] == moved.first_line()[0]


def test_the_first_reading_stands_above_the_line_and_what_agrees_once_below(review):
    lanes = review.desk.review.view.lanes
    bars = [bar for line in lanes.lines_in_sight() for bar in line.picture.bars]
    places = {bar.mark.spans[0]: bar.lane for bar in bars}
    assert places[(0, 8)] == -1
    assert places[(4, 8)] == 0
    assert [bar.mark.tag for bar in bars if bar.mark.spans[0] == (66, 75)] == ["settled"]
    for key in lanes.hot():
        assert lanes.mark(key) is not None


def test_a_click_on_a_lane_turns_to_its_place(review):
    lanes = review.desk.review.view.lanes
    case = next(each for each in review.desk.review.session.article.cases if each.place.quote == "12 May")
    lanes.mark_activated.emit(case.place.marks[0].key)
    assert here(review) == "1 12 May"
    assert review.desk.review.disagreements.list.currentIndex().row() == 2


def test_one_colleague_is_reviewed_alone(review):
    choice = review.window.findChild(QComboBox, "review_of")
    choice.setCurrentText("Ben alone")
    choice.activated.emit(choice.currentIndex())
    review.qtbot.waitUntil(lambda: not review.desk.review.session.is_busy)
    assert head(review) == "0 of 8 decided"
    review.desk.focus_text()
    review.press("1", "x", "e", "Alt+Left", "Enter")
    assert gold(review, 1) == [("Graustar", "actor"), ("army", "actor")]


def test_what_another_program_changes_comes_in(review, two_articles):
    with Project.open(two_articles) as other:
        case = review_article(other, 1).cases[0]
        deciding.take_reading(other, case, 2, named(other, "Ada"))
    review.desk.workspace.look_for_changes()
    review.qtbot.waitUntil(lambda: head(review) == "1 of 6 decided")


# ---- what is for whom


def test_keys_of_review_do_nothing_to_the_own_coding(review):
    project = review.desk.workspace.project
    lea = named(project, "Lea")
    for name in ("delete", "unsure", "retag", "note", "set_aside"):
        review.desk.dispatcher.perform(name)
    assert review.said == "This belongs to Code: Ctrl+1 leads there"
    assert queries.reading(project, 1, lea) is None
    review.press("Ctrl+1")
    review.desk.dispatcher.perform("take_both")
    assert review.said == "This belongs to Review: Ctrl+2 leads there"


@pytest.mark.parametrize(
    ("action", "key"),
    [(a.id, key) for a in ACTIONS if a.context is Context.REVIEW for key in a.keys],
)
def test_every_key_of_review_reaches_its_command_from_text_and_list(review, action, key):
    heard = []
    review.desk.dispatcher.triggered.disconnect()
    review.desk.dispatcher.triggered.connect(lambda name, payload: heard.append((name, payload)))
    review.desk.focus_text()
    review.press(key)
    review.window.findChild(QListView, "disagreement_list").setFocus()
    review.press(key)
    assert heard == [(action, int(key) if key.isdigit() else None)] * 2


def test_a_coder_sees_the_own_corrections_with_reason_and_rule(review, two_articles, open_driver):
    review.press("r", "b", "2", "1", "x")
    assert review.said.endswith("All of “First” is decided: Ctrl+Enter closes its agreed version")
    review.press("Ctrl+Enter")
    assert "agreed version closed" in review.said
    assert here(review) == "2 The army"
    review.window.close()
    project_id = json.loads(Settings().path.read_text("utf-8"))["places"]
    with Project.open(two_articles, read_only=True) as project:
        ada = next(each.id for each in queries.coders(project) if each.name == "Ada")
        assert project.meta("project") in project_id
        Settings().set_place(project.meta("project"), {"coder": ada})
    driver = open_driver(two_articles)
    driver.press("Ctrl+Shift+M")
    panel = driver.desk.review.corrections
    assert panel.isVisible()
    (correction,) = panel.model.corrections
    assert panel.model.told(correction) == ("You: actor “The army”", "Agreed: actor “army”", "boundary rule")
    assert panel._tally.text() == "1 × boundary rule"
    driver.press("Down", "Enter")
    assert driver.desk.document.annotation(driver.desk.document.current).quote == "The army"


def test_a_round_that_is_open_hides_the_others_from_whoever_codes(two_articles, open_driver):
    with Project.open(two_articles) as project:
        ada = next(each.id for each in queries.coders(project) if each.name == "Ada")
        Settings().set_place(project.meta("project"), {"coder": ada})
        assert not rounds.sees_others(project, 2, named(project, "Ada"))
    driver = opened(open_driver(two_articles))
    assert head(driver) == "Nothing to review"
    assert driver.desk.review.session.rows == []
