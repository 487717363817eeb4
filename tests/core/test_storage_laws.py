"""The laws of stamps, history and merging, over copies of copies with undo, redo, imports and wrong clocks."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, example, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from annotator.errors import AnnotatorError
from annotator.storage import history, stamps
from annotator.storage import merge as merging
from annotator.storage.merge import merge
from annotator.storage.past import PastStep
from annotator.storage.project import Project
from annotator.storage.step import JOIN_WITHIN
from tests.core.storage_world import (
    Act,
    World,
    acts,
    check_integrity,
    content,
    shared_state,
    verbatim,
    world,
)

steady = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PERSONAL = ("document", "tag", "note", "retag", "delete", "nudge", "bulk", "relate", "state")


@contextmanager
def clock(now: Callable[[], int]) -> Iterator[None]:
    """The computer's clock shows what a world says."""
    with mock.patch.object(stamps, "now", now):
        yield


# ---- (a) merging


def merged(first: Project, *others: Project, name: str) -> Project:
    """A copy of the first project into which the others have come, one after the other."""
    path = first.path.with_name(f"{name}.annotator")
    first.copy_to(path)
    made = Project.open(path)
    for other in others:
        merge(made, other)
    return made


def check_merge(here: World) -> None:
    """Idempotent, commutative, associative, over every pair and the first three of the copies."""
    here.do(("copy", 0, 0, 0))
    one, two, *more = here.copies
    three = more[0] if more else one
    both = merged(one, two, name="both")
    swapped = merged(two, one, name="swapped")
    assert shared_state(both) == shared_state(swapped)
    before, steps = verbatim(both), len(history.steps(both))
    merge(both, two)
    merge(both, one)
    assert verbatim(both) == before
    assert len(history.steps(both)) == steps
    left = merged(both, three, name="left")
    right = merged(one, merged(two, three, name="inner"), name="right")
    assert shared_state(left) == shared_state(right)
    for project in (both, left, right):
        check_integrity(project)


def run_and_merge(listed: Sequence[Act]) -> None:
    with world(clock) as here:
        here.run(listed)
        check_merge(here)


@steady
@given(acts())
def test_merge_is_idempotent_commutative_and_associative(listed: list[Act]) -> None:
    run_and_merge(listed)


@steady
@given(acts(size=40))
def test_stamps_grow_whatever_the_clock_and_the_file_stays_sound(listed: list[Act]) -> None:
    with world(clock) as here:
        here.run(listed)
        for project in here.copies:
            check_integrity(project)


# ---- (b) undo and redo


@steady
@given(acts(), st.integers(0, 1), acts(PERSONAL, 8), st.booleans())
def test_undo_brings_back_what_was_and_redo_what_came(
    listed: list[Act], coder: int, mine: list[Act], reopen: bool
) -> None:
    """Any number of a coder's acts, taken back one by one and done again one by one, across a restart."""
    with world(clock) as here:
        here.run(listed)
        seen = [content(here.copies[0])]
        for kind, _, _, c in mine:
            last = history.next_undo(here.copies[0], coder + 1)
            here.do((kind, 0, coder, c))
            made = history.next_undo(here.copies[0], coder + 1)
            if made != last:
                joined = made is not None and last is not None and made.key == last.key
                seen[len(seen) - joined :] = [content(here.copies[0])]
            assert content(here.copies[0]) == seen[-1]
        if reopen:
            here.do(("reopen", 0, 0, 0))
        for expected in reversed(seen[:-1]):
            done = history.undo(here.copies[0], coder + 1)
            assert done is not None
            assert done.steps
            assert not done.refused
            assert content(here.copies[0]) == expected
        for expected in seen[1:]:
            assert history.redo(here.copies[0], coder + 1) is not None
            assert content(here.copies[0]) == expected
        check_integrity(here.copies[0])


@steady
@given(acts(), acts((*PERSONAL, "import", "merge", "undo", "redo"), 12))
@example([], [("state", 0, 0, 0), ("import", 0, 0, 0)])
@example([], [("import", 0, 0, 0), ("import", 0, 0, 2), ("relate", 0, 0, 1)])
@example([("tag", 0, 0, 0), ("nudge", 0, 0, 0)], [("nudge", 0, 0, 0)])
def test_going_back_takes_back_all_of_ones_own_and_redo_brings_it_again(listed: list[Act], mine: list[Act]) -> None:
    with world(clock) as here:
        here.run([*listed, ("copy", 0, 0, 0)])
        project = here.copies[0]
        start = history.steps(project, limit=1)[0].key
        before, alone = content(project), history.next_undo(project, 1)
        here.clock += JOIN_WITHIN  # a nudge that joins the step before would be no step of its own
        here.run([(kind, 0, 0, c) for kind, _, _, c in mine])
        earlier_untouched = alone is None or state_of(project, alone.key) == "done"
        after = content(project)
        outcome = history.undo_since(project, 1, start)
        assert not outcome.refused
        if earlier_untouched and not any(kind == "redo" for kind, *_ in mine):
            assert content(project) == before
        if outcome.steps:
            assert history.redo(project, 1) is not None
        assert content(project) == after
        check_integrity(project)


def state_of(project: Project, step: int) -> str:
    found = project.rows("SELECT state FROM step WHERE key = ?", (step,))
    return str(found[0][0])


def test_repeated_nudges_of_one_edge_are_one_step() -> None:
    with world(clock) as here:
        here.run([("tag", 0, 0, 0)])
        before = content(here.copies[0])
        here.run([("nudge", 0, 0, 0)] * 5)
        assert len(history.steps(here.copies[0])) == 4
        history.undo(here.copies[0], 1)
        assert content(here.copies[0]) == before
        here.run([("nudge", 0, 0, 0), ("nudge", 0, 0, 1), ("nudge", 0, 0, 0)])
        assert len(history.steps(here.copies[0])) == 8


def test_two_coders_can_take_back_in_any_order_only_what_stands_on_top() -> None:
    with world(clock) as here:
        project = here.copies[0]
        with project.step("first", coder=1) as step:
            step.update("document", 1, {"title": "one"})
        with project.step("second", coder=2) as step:
            step.update("document", 1, {"title": "two"})
        refused = history.undo(project, 1)
        assert refused is not None
        assert "“second” changed the same since" in refused.refused[0]
        history.undo(project, 2)
        history.undo(project, 1)
        assert project.rows("SELECT title FROM document") == [("title 0",)]
        with pytest.raises(AnnotatorError, match="“second” cannot be done again: what it changed is not as it was"):
            history.redo(project, 2)
        history.redo(project, 1)
        history.redo(project, 2)
        assert project.rows("SELECT title FROM document") == [("two",)]


def test_what_others_have_built_on_cannot_be_taken_from_under_them() -> None:
    with world(clock) as here:
        project = here.copies[0]
        here.do(("document", 0, 0, 5))
        with project.step("their reading", coder=2) as step:
            reading = step.insert("reading", {"document": 2, "coder": 2})
        refused = history.undo(project, 1)
        assert refused is not None
        assert refused.refused == ("“document” was not taken back: other coding stands on it.",)
        assert not refused.steps
        with project.step("their tag", coder=1) as step:
            values = {"reading": reading, "tag": "t", "spans": "[[0,1]]", "start": 0, "end": 1, "quote": "x"}
            step.insert("annotation", values)
        refused = history.undo(project, 2)
        assert refused is not None
        assert refused.refused == ("“their reading” was not taken back: other tagging stands on it.",)
        history.undo(project, 1)
        history.undo(project, 2)
        done = history.undo(project, 1)
        assert done is not None
        assert [step.label for step in done.steps] == ["document"]


def test_a_row_made_and_deleted_in_one_step_stays_deleted_when_done_again() -> None:
    with world(clock) as here:
        project = here.copies[0]
        with project.step("both", coder=1) as step:
            step.delete("entity", step.insert("entity", {"name": "gone"}))
            step.insert("entity", {"name": "kept"})
        history.undo(project, 1)
        assert content(project)["entity"] == {}
        history.redo(project, 1)
        assert [row["name"] for row in content(project)["entity"].values()] == ["kept"]


def test_a_new_act_clears_redo_of_the_same_coder_only() -> None:
    with world(clock) as here:
        here.run([("tag", 0, 0, 0), ("tag", 0, 1, 1), ("undo", 0, 0, 0), ("undo", 0, 1, 0), ("tag", 0, 0, 2)])
        assert history.next_redo(here.copies[0], 1) is None
        assert history.next_redo(here.copies[0], 2) is not None


@steady
@given(acts(size=25), acts(("tag", "note", "retag", "delete", "nudge", "redo", "undo", "back"), 25))
def test_one_coders_undo_never_touches_the_others_tagging(listed: list[Act], more: list[Act]) -> None:
    with world(clock) as here:
        here.run([act for act in listed if act[0] not in ("import", "merge", "back", "undo", "redo")])
        project = here.copies[0]
        for kind, _, b, c in more:
            mine, other = 1 + b % 2, 2 - b % 2
            before = tagging_of(project, other)
            here.do((kind, 0, b, c))
            assert tagging_of(project, other) == before, (kind, mine)


def tagging_of(project: Project, coder: int) -> list[object]:
    sql = "SELECT a.* FROM annotation AS a JOIN reading AS r ON r.key = a.reading WHERE r.coder = ? ORDER BY a.key"
    return project.rows(sql, (coder,))


# ---- (c) imports and merges that did not happen


@steady
@given(acts(), st.integers(0, 7), st.sampled_from(["import", "merge"]))
def test_an_undone_import_or_merge_leaves_no_trace_and_can_be_made_again(listed: list[Act], c: int, kind: str) -> None:
    with world(clock) as here:
        here.run([*listed, ("copy", 0, 0, 0), *((kind, 1, b, c) for kind, _, b, c in listed[:6])])
        before, known = verbatim(here.copies[0]), history.next_undo(here.copies[0], 1)
        act = (kind, 0, 0, c | 1)
        here.do(act)
        after, made = verbatim(here.copies[0]), shared_state(here.copies[0])
        if history.next_undo(here.copies[0], 1) == known:
            assert after == before
            return
        for _ in range(2):
            done = history.undo(here.copies[0], 1)
            assert done is not None
            assert [step.kind for step in done.steps] == [kind]
            assert verbatim(here.copies[0]) == before
            check_integrity(here.copies[0])
            here.do(("reopen", 0, 0, 0))
            history.redo(here.copies[0], 1)
            assert verbatim(here.copies[0]) == after
        seen = content(here.copies[0])
        history.undo(here.copies[0], 1)
        here.do(act)
        assert content(here.copies[0]) == seen
        if kind == "merge":
            assert shared_state(here.copies[0]) == made


def test_work_that_was_taken_back_goes_away_with_the_import_and_returns_with_it() -> None:
    with world(clock) as here:
        project = here.copies[0]
        before = verbatim(project)
        here.do(("import", 0, 0, 1))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(World, "_pick", lambda *_: 3)  # a document that came in
            here.run([("tag", 0, 1, 0), ("tag", 0, 1, 0)])
        tagged = verbatim(project)
        refused = history.undo(project, 1)
        assert refused is not None
        assert "other coding stands on it" in refused.refused[0]
        history.undo(project, 2)
        history.undo(project, 2)
        taken_back = verbatim(project)
        history.undo(project, 1)
        assert verbatim(project) == before
        with pytest.raises(AnnotatorError, match="what it changed is gone"):
            history.redo(project, 2)
        history.redo(project, 1)
        assert verbatim(project) == taken_back
        history.redo(project, 2)
        history.redo(project, 2)
        assert len(verbatim(project)["annotation"]) == len(tagged["annotation"])
        assert content(project)["annotation"]
        check_integrity(project)


# ---- (d) what is put back wins


@pytest.mark.parametrize("kind", ["delete", "note", "retag", "nudge"])
@pytest.mark.parametrize("ahead", [-stamps.DAY, 0, stamps.DAY])
def test_what_undo_puts_back_wins_over_older_copies(kind: str, ahead: int) -> None:
    with world(clock) as here:
        here.do(("tag", 0, 0, 0))
        tagged = content(here.copies[0])
        here.run([("copy", 0, 0, 0), (kind, 0, 0, 1), ("copy", 0, 0, 0)])  # one without the change, one with it
        here.clock += ahead
        history.undo(here.copies[0], 1)
        here.run([("merge", 0, 0, 1), ("merge", 0, 0, 2), ("merge", 1, 0, 0), ("merge", 2, 0, 0)])
        assert [content(copy) for copy in here.copies] == [tagged] * 3


def test_a_deletion_wins_over_the_copy_that_has_the_row_still() -> None:
    with world(clock) as here:
        here.run([("tag", 0, 0, 0), ("copy", 0, 0, 0), ("delete", 0, 0, 0), ("merge", 0, 0, 1), ("merge", 1, 0, 0)])
        assert [content(copy)["annotation"] for copy in here.copies] == [{}, {}]


def test_a_package_without_history_is_written_after_every_stamp_it_holds() -> None:
    """The one who made it has a clock that is a day ahead."""
    with world(clock) as here:
        here.clock += stamps.DAY
        here.do(("tag", 0, 0, 0))
        project = here.copies[0]
        with project.transaction():
            project.connection.execute("DELETE FROM change")
            project.connection.execute("DELETE FROM step")
        here.clock -= 3 * stamps.DAY
        here.do(("reopen", 0, 0, 0))
        assert "check the clock" in here.copies[0].notices[0]
        here.run([("copy", 0, 0, 0), ("note", 0, 0, 0), ("merge", 1, 0, 0)])
        assert content(here.copies[1]) == content(here.copies[0])


# ---- the suite notices when a law is broken


def merging_breaks_a_law() -> bool:
    """Whether, among many lists of acts on two copies of a project with two tags, one ends in a broken law."""
    start: list[Act] = [("tag", 0, 0, 0), ("tag", 0, 1, 0), ("copy", 0, 0, 0)]

    def is_broken(listed: list[Act]) -> bool:
        try:
            run_and_merge(start + listed)
        except AssertionError:
            return True
        return False

    many = settings(max_examples=60, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
    try:
        find(acts(("tag", "note", "delete", "merge", "undo"), 8), is_broken, settings=many)
    except NoSuchExample:
        return False
    return True


def test_the_laws_hold_where_the_mutations_are_tried() -> None:
    assert not merging_breaks_a_law()


@pytest.mark.parametrize("answer", [True, False])
def test_without_the_comparison_of_stamps_merging_breaks_its_laws(answer: bool) -> None:
    with mock.patch.object(merging, "is_newer", return_value=answer):
        assert merging_breaks_a_law()


def test_without_tombstones_merging_breaks_its_laws() -> None:
    everything = merging.rows_of

    def only_live(other: Project, table: str, names: list[str]) -> Iterator[tuple[object, ...]]:
        place = names.index("deleted")
        return (row for row in everything(other, table, names) if not row[place])

    with mock.patch.object(merging, "rows_of", only_live):
        assert merging_breaks_a_law()


def test_without_a_new_stamp_what_undo_puts_back_would_lose() -> None:
    put = history._put

    def old_stamps(project: Project, step: PastStep, stamp: str, *, back: bool) -> set[tuple[str, int]]:
        return put(project, step, "0" * 24 if step.batch is None else stamp, back=back)

    with mock.patch.object(history, "_put", old_stamps), pytest.raises(AssertionError):
        test_what_undo_puts_back_wins_over_older_copies("delete", 0)
