"""The laws of merging, through the product's own operations: three coders on copies, copies of copies and packages.

Random histories of tagging, retagging, deleting, undo and redo, merging of actors and coders, new codebooks, merges and
their undo, with clocks that are a day off.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from annotator.errors import AnnotatorError
from annotator.model.span import Span
from annotator.operations import annotations, assigning, coders, entities, history, merging, readings, rounds, sharing
from annotator.operations.codebook_versions import current_version, update_codebook
from annotator.operations.projects import create_project
from annotator.storage import entity_queries, queries, stamps
from annotator.storage import merge as storage_merge
from annotator.storage.ids import text_id
from annotator.storage.project import Project
from tests.core.storage_world import Act, check_integrity, shared_state, verbatim

pytestmark = pytest.mark.long
NAMES = ("Ada", "Ben", "Cleo")
TEXTS = ("The ferry talks went on, said Ilka Dornath.", "About 40 lorries waited on Monday in Sellen.")
TAGS = ("actor", "claim", "threat", "demand")
KINDS = (
    "tag", "tag", "tag", "edge", "retag", "delete", "undo", "undo", "redo", "actor", "unite", "rename", "same",
    "codebook", "state", "assign", "close", "send_back", "merge", "merge", "unmerge", "copy", "package", "clock",
)  # fmt: skip
_number = st.integers(0, 7)


# Everybody has tagged something; there are a copy, a copy of the copy, and a package.
START: list[Act] = [
    *(("tag", 0, coder, document) for coder in range(3) for document in range(2)),
    ("copy", 0, 0, 0), ("actor", 1, 0, 0), ("actor", 0, 1, 1), ("copy", 1, 0, 0), ("package", 0, 1, 0),
]  # fmt: skip


def acts(size: int = 30, kinds: Sequence[str] = KINDS, least: int = 12) -> st.SearchStrategy[list[Act]]:
    """Lists of acts: a kind, and numbers that choose the copy, the coder and what it is about."""
    return st.lists(st.tuples(st.sampled_from(kinds), _number, _number, _number), min_size=least, max_size=size)


class Team:
    """Copies of one project in a folder, each open, and a clock that the acts can move."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.made = folder, 1_700_000_000_000, 0
        first = create_project(folder / "copy0.annotator")
        for name in NAMES:
            coders.add_coder(first, name)
        with first.step("texts", kind="setup") as step:
            for text in TEXTS:
                step.insert_document({"id": text_id(text), "sha256": text_id(text), "title": text[:9]}, text)
        self.copies = [first]

    def now(self) -> int:
        self.clock += 3
        return self.clock

    def close(self) -> None:
        for each in self.copies:
            each.close()

    def run(self, listed: Sequence[Act]) -> None:
        """Do acts one after the other. What is refused with a sentence changes nothing."""
        for kind, a, b, c in listed:
            project = self.copies[a % len(self.copies)]
            before = verbatim(project)
            try:
                getattr(self, f"_{kind}")(project, b, c)
            except AnnotatorError:
                assert verbatim(project) == before or kind == "close", kind

    # ---- the acts: who does them is chosen by b, what they are about by c

    def _who(self, project: Project, b: int) -> int:
        people = queries.coders(project)
        return project.package_coder or people[b % len(people)].key

    def _document(self, project: Project, c: int) -> int:
        return queries.documents(project)[c % 2].key

    def _one(self, project: Project, b: int, c: int) -> int:
        found = queries.annotations_of(project, self._document(project, c), self._who(project, b))
        if not found:
            raise AnnotatorError("There is none.")
        return found[c % len(found)].key

    def _tag(self, project: Project, b: int, c: int) -> None:
        start = 4 * (self.made % 8)
        self.made += 1
        who, document = self._who(project, b), self._document(project, c)
        annotations.tag_span(project, document, who, TAGS[c % 4], [(start, start + 5)])

    def _edge(self, project: Project, b: int, c: int) -> None:
        key = self._one(project, b, c)
        outer = queries.annotation(project, key).outer
        annotations.set_spans(project, key, [Span(outer.start, min(outer.end + 1 + c % 2, len(TEXTS[0])))])

    def _retag(self, project: Project, b: int, c: int) -> None:
        annotations.retag(project, self._one(project, b, c), TAGS[(b + c) % 4])

    def _delete(self, project: Project, b: int, c: int) -> None:
        annotations.delete_annotations(project, [self._one(project, b, c)])

    def _undo(self, project: Project, b: int, _c: int) -> None:
        history.undo(project, self._who(project, b))

    def _redo(self, project: Project, b: int, _c: int) -> None:
        history.redo(project, self._who(project, b))

    def _actor(self, project: Project, b: int, c: int) -> None:
        entities.add_entity(project, f"Actor {c}", coder=self._who(project, b))

    def _unite(self, project: Project, b: int, c: int) -> None:
        mains = entity_queries.registry(project).mains
        if len(mains) > 1:
            pair = mains[c % len(mains)].id, mains[(c + 1) % len(mains)].id
            entities.merge_entities(project, pair[0], [pair[1]], coder=self._who(project, b))

    def _rename(self, project: Project, b: int, c: int) -> None:
        coders.rename_coder(project, self._who(project, b), f"Name {c}")

    def _same(self, project: Project, b: int, c: int) -> None:
        people = queries.coders(project)
        one, other = people[b % len(people)].key, people[(b + 1) % len(people)].key
        if c % 2:
            coders.merge_coders(project, one, [other], coder=one)
        else:
            coders.split_coders(project, one, by=one)

    def _codebook(self, project: Project, b: int, c: int) -> None:
        book = current_version(project).codebook
        actor = replace(book.tag("actor"), definition=f"definition {c}")
        update_codebook(project, replace(book, tags=(actor, *book.tags[1:])), coder=self._who(project, b))

    def _state(self, project: Project, b: int, c: int) -> None:
        state = ("done", "in work", "set aside")[c % 3]
        readings.set_state(project, self._document(project, c), self._who(project, b), state)

    def _assign(self, project: Project, b: int, c: int) -> None:
        pair = self._document(project, c), self._who(project, b)
        if c % 2:
            assigning.assign(project, [pair], coder=pair[1])
        else:
            assigning.unassign(project, [pair[0]], [pair[1]], coder=pair[1])

    def _close(self, project: Project, b: int, c: int) -> None:
        """Whoever codes there has finished, and the lead closes the round."""
        document = self._document(project, c)
        if not project.is_package:
            for each in queries.readings_of(project, document):
                if each.kind == "own" and each.state in ("in work", "returned"):
                    readings.set_state(project, document, each.coder, "done")
        rounds.close_round(project, [document], self._who(project, b))

    def _send_back(self, project: Project, b: int, c: int) -> None:
        rounds.return_reading(project, self._document(project, c), self._who(project, b), lead=self._who(project, c))

    def _merge(self, project: Project, b: int, c: int) -> None:
        others = [each.path for each in self.copies if each is not project]
        chosen = others[c % len(others) :][: 1 + b % 2] if others else []
        if chosen:
            preview = merging.preview_merge(project, chosen)
            _, found = merging.merge_files(project, chosen, coder=self._who(project, b))
            assert found == preview
            again = merging.preview_merge(project, chosen)
            assert (again.new, again.changed) == (0, 0)

    def _unmerge(self, project: Project, b: int, c: int) -> None:
        """A merge, its undo, and the same merge again."""
        others = [each.path for each in self.copies if each is not project]
        if not others:
            return
        before, who = verbatim(project), self._who(project, b)
        changes, _ = merging.merge_files(project, [others[c % len(others)]], coder=who)
        if changes.history:
            after = shared_state(project)
            history.undo(project, who)
            assert verbatim(project) == before
            merging.merge_files(project, [others[c % len(others)]], coder=who)
            assert shared_state(project) == after

    def _copy(self, project: Project, _b: int, _c: int) -> None:
        if len(self.copies) < 4:
            path = self.folder / f"copy{len(self.copies)}.annotator"
            project.copy_to(path)
            self.copies.append(Project.open(path))

    def _package(self, project: Project, b: int, _c: int) -> None:
        if len(self.copies) < 4:
            path = self.folder / f"copy{len(self.copies)}.annotator"
            sharing.share(project, path, self._who(project, b), entities=True)
            self.copies.append(Project.open(path))

    def _clock(self, _project: Project, b: int, c: int) -> None:
        self.clock += (b - 4) * stamps.DAY // 4 + c


@contextmanager
def team() -> Iterator[Team]:
    """A team in a folder of its own, whose clock stands in place of the computer's."""
    with ExitStack() as stack:
        memory = Path("/dev/shm")  # the laws are not about disks
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None))
        clock = stack.enter_context(mock.patch.object(stamps, "now", return_value=1_700_000_000_000))
        made = Team(Path(folder))
        clock.side_effect = made.now
        stack.callback(made.close)
        yield made


def merged(first: Project, others: Sequence[Project], name: str) -> Project:
    """A copy of a project into which others have come, one after the other."""
    first.copy_to(first.path.with_name(f"{name}.annotator"))
    made = Project.open(first.path.with_name(f"{name}.annotator"))
    for other in others:
        merging.merge_files(made, [other.path])
    return made


def check_laws(listed: Sequence[Act]) -> None:
    """Any order gives the same project, all at once or one by one; again changes nothing; what was live is live."""
    with team() as here:
        here.run([*listed, ("copy", 0, 0, 0)])
        whole = [each for each in here.copies if not each.is_package]
        packages = [each for each in here.copies if each.is_package]
        first = whole[0]
        others = [*whole[1:], *packages]
        made = [merged(first, others[::-1], "backwards")]
        if len(whole) > 1:
            made.append(merged(whole[1], [first, *whole[2:], *packages], "other"))
        at_once = merged(first, [], "together")  # in their order
        merging.merge_files(at_once, [each.path for each in others])
        states = [shared_state(each) for each in (*made, at_once)]
        assert all(state == states[0] for state in states[1:])
        again, _ = merging.merge_files(at_once, [each.path for each in (first, *others)])
        assert not again.history
        check_nothing_is_lost(states[0], here.copies)
        for each in (*made, at_once):
            check_integrity(each)
            each.close()


def check_nothing_is_lost(state: dict[str, dict[str, dict[str, object]]], copies: Sequence[Project]) -> None:
    """Of each annotation, the form with the greatest stamp of all copies; nothing deleted later is live."""
    for copy in copies:
        for own, row in shared_state(copy)["annotation"].items():
            kept = state["annotation"][own]
            assert kept["stamp"] >= row["stamp"]
            if kept["stamp"] == row["stamp"]:
                assert kept == row


steady = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.mark.parametrize("part", range(4))  # a hundred histories, on as many cores as there are
@pytest.mark.timeout(400)
@settings(steady, max_examples=25)
@given(listed=acts())
def test_merging_keeps_its_laws_over_random_histories(part: int, listed: list[Act]) -> None:
    check_laws(START + listed)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@settings(steady, max_examples=1000)
@given(acts(size=40))
def test_merging_keeps_its_laws_over_a_thousand_histories(listed: list[Act]) -> None:
    check_laws(START + listed)


# ---- the suite notices when a law is broken


def merging_breaks_a_law(tries: int = 25) -> bool:
    """Whether among so many lists of acts on two copies one ends in a broken law."""
    start: list[Act] = [("tag", 0, 0, 0), ("tag", 0, 1, 1), ("copy", 0, 0, 0)]

    def is_broken(listed: list[Act]) -> bool:
        try:
            check_laws(start + listed)
        except AssertionError:
            return True
        return False

    many = settings(steady, max_examples=tries, derandomize=True, database=None, phases=[Phase.generate])
    try:
        find(acts(8, ("tag", "retag", "delete", "merge", "undo"), least=0), is_broken, settings=many)
    except NoSuchExample:
        return False
    return True


def test_the_laws_hold_where_the_mutations_are_tried() -> None:
    assert not merging_breaks_a_law(10)  # the mutations show within three; whole histories are tried above


@pytest.mark.parametrize("answer", [True, False])
def test_without_the_comparison_of_stamps_the_laws_break(answer: bool) -> None:
    with mock.patch.object(storage_merge, "is_newer", return_value=answer):
        assert merging_breaks_a_law()


def test_without_tombstones_the_laws_break() -> None:
    everything: Callable[[Project, str, list[str]], Iterator[tuple[object, ...]]] = storage_merge.rows_of

    def only_live(other: Project, table: str, names: list[str]) -> Iterator[tuple[object, ...]]:
        return (row for row in everything(other, table, names) if not row[names.index("deleted")])

    with mock.patch.object(storage_merge, "rows_of", only_live):
        assert merging_breaks_a_law()
