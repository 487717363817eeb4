"""Proposals in the article view: drawn apart from marks, without moving a line, and told to a screen reader."""

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from annotator.model.span import Span
from tests.ui.article_tools import click, heights, line_tops, point_of, shown, span_of, words_of

TEXT = (
    "Moscow sent troops to the border.\n\n"
    + "The minister said that 40 lorries would follow within a week. " * 12
    + "\n"
)
ACTOR, CLAIM = -11, -12


def proposed(text: str) -> list:
    claim = words_of(text, "40 lorries", "claim", CLAIM, proposed=True)
    claim = claim._replace(spans=(span_of(text, "40 lorries", "within a week"),))
    return [words_of(text, "Moscow", "actor", ACTOR, proposed=True), claim]


def test_proposals_move_no_line_and_are_no_marks(qtbot):
    view = shown(qtbot, TEXT, [words_of(TEXT, "troops", "figure", 1)])
    before, tops, picture = heights(view), line_tops(view), view.grab().toImage()
    view.set_proposals(proposed(TEXT))
    QApplication.processEvents()
    assert (heights(view), line_tops(view)) == (before, tops)
    assert view.grab().toImage() != picture, "they are drawn"
    assert [mark.key for mark in view.marks()] == [1]
    assert view.marks_at(TEXT.index("Moscow")) == []
    assert [mark.key for mark in view.proposals_at(TEXT.index("Moscow"))] == [ACTOR]
    view.set_marks_hidden(True)
    without = view.grab().toImage()
    view.set_proposals([])
    assert view.grab().toImage() == without, "for a first reading they are hidden too"


def test_what_is_painted_after_an_act_is_what_a_paint_of_all_would_show(qtbot):
    said = words_of(TEXT, "40 lorries", "claim", 2)
    view = shown(qtbot, TEXT, [words_of(TEXT, "troops", "figure", 1)])
    view.set_proposals(proposed(TEXT))

    def on_screen():
        seen = []

        def stands_still():
            QApplication.processEvents()
            seen.append(view.screen().grabWindow(view.winId()).toImage())
            return len(seen) > 1 and seen[-1] == seen[-2]

        qtbot.waitUntil(stands_still)  # a screen of its own shows what was painted a moment later
        return seen[-1]

    view.clearFocus()  # no caret that blinks
    for act in (
        lambda: view.set_proposal(ACTOR),
        lambda: view.put_mark(words_of(TEXT, "Moscow", "actor", 3)),
        lambda: view.remove_proposal(ACTOR),
        lambda: view.set_current(3),
        lambda: view.put_mark(said),
        lambda: view.set_current(2),
        lambda: view.put_mark(said._replace(tag="actor")),
        lambda: view.remove_mark(2),
        lambda: view.set_proposals([]),
    ):
        before = on_screen()
        act()
        after = on_screen()
        view.viewport().update()
        for strip in view._strips:
            strip.update()
        assert on_screen() == after, "nothing old is left"
        assert after != before


def test_a_proposed_statement_has_its_word_in_the_margin_and_is_picked_by_it(qtbot):
    view = shown(qtbot, TEXT)
    view.set_proposals(proposed(TEXT))
    words = [word.text for word in view.margin(rtl=False).words]
    assert words == ["claim"]
    assert view.margin(rtl=False).brackets == [], "brackets are for what is coded"
    strip = view._strips[0]
    (word,) = view.margin(rtl=False).words
    inside = strip._word_rect(word).center()
    found = strip.mark_at(QPointF(inside))
    assert found is not None
    assert found.key == CLAIM


def test_a_click_takes_a_proposed_name_in_hand_and_leaves_a_proposed_statement_alone(qtbot):
    view = shown(qtbot, TEXT)
    view.set_proposals(proposed(TEXT))
    heard = []
    view.proposal_changed.connect(heard.append)
    click(qtbot, view, point_of(view, TEXT.index("Moscow") + 2))
    assert view.proposal() == ACTOR
    click(qtbot, view, point_of(view, TEXT.index("lorries") + 2))
    assert view.proposal() is None
    assert heard == [ACTOR, None]
    view.set_proposal(CLAIM)
    assert view.caret() == TEXT.index("40 lorries")
    assert view.current() is None


def test_what_stays_proposed_stays_in_hand_and_what_goes_does_not(qtbot):
    view = shown(qtbot, TEXT)
    view.set_proposals(proposed(TEXT))
    view.set_proposal(CLAIM)
    view.set_proposals(proposed(TEXT))
    assert view.proposal() == CLAIM
    view.remove_proposal(CLAIM)
    assert view.proposal() is None
    assert [mark.key for mark in view.proposals()] == [ACTOR]


def test_moved_edges_are_shown_and_put_back(qtbot):
    view = shown(qtbot, TEXT)
    view.set_proposals(proposed(TEXT))
    view.set_proposal(ACTOR)
    view.show_proposal_edges((Span(0, 11),))
    assert view.proposal_mark(ACTOR).spans == (Span(0, 11),)
    view.show_proposal_edges(None)
    assert view.proposal_mark(ACTOR).spans == (Span(0, 6),)


def test_entering_a_proposal_is_told(qtbot, monkeypatch):
    view = shown(qtbot, TEXT)
    view.set_proposals(proposed(TEXT))
    said = []
    monkeypatch.setattr("ui.article_view.caret.announce", lambda _, text: said.append(text))
    view.set_caret(TEXT.index("troops"))
    view.set_caret(TEXT.index("lorries"))
    assert said[-1] == "Proposed: claim."
    view.set_announcements("full")
    view.set_caret(TEXT.index("Moscow") + 1)
    assert said[-1] == "Proposed: actor: Moscow."
