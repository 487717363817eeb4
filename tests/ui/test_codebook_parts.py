"""Parts of the codebook editor: the draft and its way back, differences in words, words for all kinds."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model import codebook
from annotator.model.attributes import ATTRIBUTE_KINDS
from annotator.model.codebook_colours import PAIRS
from annotator.model.codebook_diff import KINDS
from annotator.model.codebook_edit import EXAMPLES, with_tag
from annotator.model.codebook_yaml import default_codebook
from ui.codebook import choices
from ui.codebook.draft import Draft
from ui.codebook.word_diff import pieces

BOOK = default_codebook()


def renamed(book, tag, label):
    return with_tag(book, tag, replace(book.tag(tag), label=label))


acts = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(["actor", "claim"]), st.sampled_from(["A", "B", "C"]), st.booleans()),
    st.tuples(st.sampled_from(["undo", "redo"])),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(acts, max_size=20))
def test_the_way_back_of_a_draft_leads_to_where_it_began_and_forth_again(listed):
    draft = Draft(BOOK)
    for act in listed:
        if act[0] == "edit":
            _, tag, label, typed = act
            draft.edit(renamed(draft.book, tag, label), f"{tag}/label" if typed else None)
        else:
            getattr(draft, act[0])()
    end = draft.book
    steps = 0
    while draft.undo():
        steps += 1
    assert draft.book == draft.base
    assert not draft.is_dirty
    for _ in range(steps):
        assert draft.redo()
    assert draft.book == end


def test_what_is_written_letter_by_letter_is_one_step():
    draft = Draft(BOOK)
    for label in ("C", "Ca", "Call"):
        draft.edit(renamed(draft.book, "demand", label), "demand/label")
    assert draft.undo()
    assert draft.book == BOOK
    assert not draft.undo()


def test_what_the_project_does_meanwhile_reaches_the_draft():
    draft = Draft(BOOK)
    draft.edit(renamed(BOOK, "demand", "Call"))
    draft.follow(
        replace(renamed(BOOK, "claim", "Statement"), version="1.0.1"), lambda book: renamed(book, "claim", "Statement")
    )
    assert [draft.book.tag(each).label for each in ("claim", "demand")] == ["Statement", "Call"]
    assert draft.base.tag("demand").label == "Demand"
    draft.follow(replace(draft.book, version="1.0.2"))
    assert not draft.is_dirty, "just this was saved"


def test_a_draft_is_kept_without_what_is_wrong_in_it():
    draft = Draft(BOOK)
    draft.edit(renamed(BOOK, "demand", "Call"))
    draft.edit(with_tag(draft.book, "claim", replace(draft.book.tag("claim"), keys=("a",))))
    assert draft.fault is not None
    again = Draft(BOOK)
    again.restore(draft.kept())
    assert again.book == renamed(BOOK, "demand", "Call")
    again.restore("{")
    assert again.book == renamed(BOOK, "demand", "Call")
    assert Draft(BOOK).kept() == ""


texts = st.lists(st.sampled_from(["a", "b", "c\n", "d’s", "🪖", "  "]), max_size=12).map(" ".join)


@given(texts, texts)
def test_old_and_new_words_can_be_read_off_the_difference(before, after):
    found = list(pieces(before, after))
    for kinds, text in ((("same", "gone"), before), (("same", "come"), after)):
        assert "".join(words for kind, words in found if kind in kinds).split() == text.split()


def test_a_long_text_is_not_compared_word_by_word():
    assert [kind for kind, _ in pieces("a " * 3000, "b " * 3000)] == ["gone", "come"]


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (choices.KINDS, [kind.id for kind in ATTRIBUTE_KINDS]),
        (choices.SHORT_KINDS, [kind.id for kind in ATTRIBUTE_KINDS]),
        (choices.FORMS, codebook.FORMS),
        (choices.BARS, codebook.BARS),
        (choices.PIECES, codebook.PIECES),
        (choices.ASKS, codebook.ASKS),
        (choices.EXAMPLES, EXAMPLES),
        (choices.CHANGES, KINDS),
    ],
)
def test_every_word_of_the_file_has_words_for_people(words, known):
    assert list(words) == list(known)
    assert len(choices.COLOURS) == len(PAIRS)
