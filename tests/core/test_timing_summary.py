"""What `python -m benchmarks.timing` says of a log, counted by hand."""

import json

import pytest

from benchmarks.timing import page, read_log, summarise


def log(*events):
    """Lines of a log: (second, what, what goes with it)."""
    for second, what, *told in events:
        with_it = told[0] if told else {}
        yield json.dumps({"at": f"2026-01-10T09:{second // 60:02}:{second % 60:02}.000", "what": what, **with_it})


DRAG_AND_KEY = (
    (0, "begin", {"version": "0.1.0"}),
    (0, "article", {"spans": 0}),
    (3, "press", {"moved": True}),
    (4, "selected"),
    (4, "release", {"moved": True}),
    (5, "key"),
    (5, "act", {"id": "tag", "tag": "actor"}),
    (6, "saved", {"spans": 1}),
)


def test_a_drag_and_a_key_is_what_the_model_of_keystrokes_says():
    told = summarise(read_log(log(*DRAG_AND_KEY)))
    assert (told.keys, told.moves, told.buttons, told.homing, told.spans) == (1, 2, 2, 0, 1)
    assert told.hand_seconds(told.spans) == pytest.approx(4.03), "4.03 s: drag, tag key, and making up one's mind"
    assert told.waits == [2.0], "from where something was selected until it was saved"


def test_the_hand_with_the_mouse_goes_to_keys_on_its_side_and_back():
    told = summarise(
        read_log(
            log(
                *DRAG_AND_KEY,
                (7, "key"),
                (7, "act", {"id": "next_open"}),
                (8, "key"),
                (8, "act", {"id": "previous_open"}),
                (9, "press", {"moved": True}),
                (9, "release"),
            )
        )
    )
    assert told.homing == 2, "to J, where it stays, and back to the mouse"


def test_pauses_are_left_out_and_other_articles_count_from_their_own_number():
    told = summarise(
        read_log(log(*DRAG_AND_KEY, (606, "article", {"spans": 40}), (610, "key"), (611, "saved", {"spans": 42})))
    )
    assert told.spans == 3
    assert told.worked == 6 + 5
    assert "3 spans in 0.2 minutes" in page(told)


def test_undo_takes_nothing_from_what_was_done_and_torn_lines_are_passed_over():
    lines = [*log(*DRAG_AND_KEY, (8, "saved", {"spans": 0}), (9, "saved", {"spans": 1})), '{"at": "2026-01', "[]", ""]
    assert summarise(read_log(lines)).spans == 2
