"""The seed's gold annotation is entered in the real window by real keys, exported, and comes back equal."""

from pathlib import Path
from typing import Any

import pytest

from annotator.operations.export import export
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.storage import queries
from annotator.storage.project import Project
from benchmarks.keys import SIZE, enter, make_project
from tests.core.seed_gold import expected, held

WHOLE = 75
# Keys that each may take on the average (benchmarks/results/keys.md has the counts of the whole).
MOST = {"span": 12, "link": 3, "value": 4}

# The offscreen platform, at the pop-up that lists names.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)


def first(gold: dict[str, Any], number: int) -> dict[str, Any]:
    """The gold annotation as far as the first annotations and the links between them."""
    kept = gold["annotations"][:number]
    own = {each["id"] for each in kept}
    links = [each for each in gold["relations"] if {each["from"], each["to"]} <= own]
    return gold | {"annotations": kept, "relations": links}


@pytest.mark.parametrize("number", [20, pytest.param(WHOLE, marks=pytest.mark.slow)])
def test_the_gold_annotation_is_entered_by_keys_alone_and_comes_back_equal(
    number: int, shared: Path, open_driver: Any, tmp_path: Path
) -> None:
    path = tmp_path / "seed.annotator"
    gold = first(make_project(path, shared), number)
    links = len(gold["relations"])
    driver = open_driver(path)
    driver.window.resize(*SIZE)
    counts = enter(driver.window, gold)
    driver.window.close()
    assert (counts.spans, counts.links) == (number, links)
    assert counts.values == sum(len(each["attributes"]) for each in gold["annotations"])
    if number == WHOLE:
        assert links == 51
    with Project.open(path) as project:
        (coder,) = queries.coders(project)
        assert held(project, coder.key) == expected(gold)
        report = export(project, tmp_path / "gold.jsonl", format_name="jsonl")
        assert (report.lost, report.annotations, report.relations) == ({}, number, links)
    with create_project(tmp_path / "again.annotator") as other:
        _, report = import_paths(other, [tmp_path / "gold.jsonl"])
        assert (report.refused, report.repaired) == ([], [])
        assert held(other, queries.coders(other)[0].key) == expected(gold)
    keys = counts.keys
    assert keys["tag"] == number, "tagging is one key"
    assert (keys["select"] + keys["tag"]) / counts.spans <= MOST["span"]
    assert (keys["link"] + keys["link value"]) / counts.links <= MOST["link"]
    assert (keys["value"] + keys["write"]) / counts.values <= MOST["value"]
