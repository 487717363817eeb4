"""The scripted coder of `make bench-coding` pays for every key and pointer move, and the log of timings counts them."""

import pytest

from annotator.model.span import Span
from annotator.operations.proposal_settings import set_proposals
from annotator.settings import Settings
from annotator.storage.project import Project
from benchmarks.scripted import ScriptedCoder, Ways
from benchmarks.timing import read_log, summarise
from tests.e2e.conftest import TEXT
from ui.timing_log import timing_file


def span(words, after=0):
    start = TEXT.index(words, after)
    return Span(start, start + len(words))


WANTED = [
    ("actor", span("Ostrell")),
    ("threat", span("We will close the port")),
    ("actor", span("Tarkess")),
    ("figure", span("At least 100,000 troops")),
    ("actor", span("Tarkess", TEXT.index("The Tarkess"))),
]


@pytest.fixture
def work(project_path, open_driver):
    """Let a coder work in a window with the log on; what the log says, and the coder."""

    def go(ways, proposers=()):
        with Project.open(project_path) as project:
            if proposers:
                set_proposals(project, True, proposers=proposers)
        Settings().set("timing", True)
        driver = open_driver(project_path)
        coder = ScriptedCoder(driver.window, WANTED, ways)
        coder.settle()
        coder.work()
        driver.window.close()
        with timing_file().open(encoding="utf-8") as file:
            return summarise(read_log(file)), coder

    return go


def test_plain_tagging_costs_a_key_a_span_a_move_a_click_and_two_a_drag(work):
    told, _ = work(Ways())
    assert (told.spans, told.keys, told.moves) == (5, 5, 3 * 1 + 2 * 2)


def test_without_a_mouse_a_name_that_stands_again_is_tagged_by_o(work):
    told, _ = work(Ways(mouse=False, same=True))
    assert (told.spans, told.moves, told.buttons) == (5, 0, 0)
    assert told.acts["same_elsewhere"] == 1
    assert told.acts["tag"] == 4, "the fifth is ticked in the list"


def test_proposals_that_are_right_cost_a_key_and_wrong_ones_too(work):
    told, coder = work(Ways(proposals=True, again=True), ("figures", "speech acts", "before"))
    assert coder.taken == 3, "the figure, what is said, and the name that was tagged before"
    assert told.acts["delete"] == coder.passed
    assert told.keys_and_moves < 5 + 3 * 1 + 2 * 2
