"""docs/formats.md says what the program does: it is written from the list of formats, and that is held to the tests."""

from pathlib import Path

import pytest

from annotator.formats.format import WriteOptions, chosen_settings
from annotator.formats.loss import Loss
from annotator.formats.registry import FORMATS
from docs.formats_page import PAGE, formats_page
from tests.core.formats.full_document import FULL

FOREIGN = Path(__file__).resolve().parents[2] / "formats"
NAMES = {
    "dkpro-cassis": "cassis",
    "label-studio-sdk": "label_studio_sdk",
}  # as its tests call it, where that is another name
WRITTEN = [each for each in FORMATS if each.writes]


def test_the_page_is_that_of_the_program():
    assert PAGE.read_text("utf-8") == formats_page(), "run: python docs/formats_page.py"


def test_every_format_has_a_row_with_all_that_is_asked_for():
    rows = [line for line in formats_page().splitlines() if line.startswith("| ")]
    header = next(line for line in rows if line.startswith("| format | name |"))
    assert header == "| format | name | in | out | cannot hold | read by | extra |"
    for each in FORMATS:
        (row,) = [line for line in rows if line.startswith(f"| {each.label} | `{each.name}` |")]
        assert row.count(" | ") == header.count(" | ")


def test_no_two_formats_share_a_name():
    names = [each.name for each in FORMATS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("kind", [pytest.param(each, id=each.name) for each in WRITTEN])
def test_who_is_said_to_read_it_does_so_in_a_test(kind):
    said = "\n".join(path.read_text("utf-8") for path in FOREIGN.glob("*/test_*.py")).lower()
    for name in kind.verified_by:
        assert NAMES.get(name, name).lower() in said


@pytest.mark.parametrize("kind", [pytest.param(each, id=each.name) for each in WRITTEN if each.loses])
def test_what_a_format_may_lose_is_said(kind):
    assert kind.may_lose
    options = WriteOptions(chosen_settings(kind.write_settings, {}, kind.name))
    if kind.installed:
        assert set(kind.loses(FULL, options)) <= {*kind.may_lose, *kind.cannot_hold}
    assert Loss.HISTORY in kind.cannot_hold
