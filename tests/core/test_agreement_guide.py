"""The worked example of the guide is computed again, and the guide names every measure."""

import re
from pathlib import Path

import pytest

from annotator.agreement import MEASURES, Annotation, Document, Reading, agreement, by_name

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "guide" / "agreement.md").read_text("utf-8")


def table(head):
    """The rows of the table whose first line is this."""
    found = re.search(rf"^\| {re.escape(head)} .*\|\n\|[-|]+\|\n((?:\|.*\|\n)+)", PAGE, re.MULTILINE)
    assert found, head
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found[1].splitlines()]


@pytest.fixture(scope="module")
def example():
    text = re.search(r"^> (.+)$", PAGE, re.MULTILINE)[1]
    coders = {"Anna": [], "Ben": []}
    for anna_tag, anna, ben_tag, ben in table("Anna’s tag"):
        for coder, tag, words in (("Anna", anna_tag, anna), ("Ben", ben_tag, ben)):
            assert text.count(words) == 1 or coder == "Ben", words
            start = text.index(words)
            coders[coder].append(Annotation(tag, ((start, start + len(words)),)))
    return Document(text, {coder: Reading(found) for coder, found in coders.items()})


def test_the_values_of_the_guide_are_those_of_the_program(example):
    rows = table("measure")
    assert len(rows) > 20
    for name, tag, value in rows:
        measure = by_name(name.strip("`"))
        (result,) = [each for each in agreement([example], [measure]) if (each.tag or "all") == tag]
        assert value == (f"{result.value:.3f}" if result.value is not None else result.why), (name, tag)


def test_the_text_of_the_example_says_what_its_table_says():
    told = dict(re.findall(r"(?:is |/ 14 = |tag: |same: )[^=.]*?(?:= )?(0\.\d{3})()", PAGE))
    values = {value for name, _, value in table("measure") if name.startswith("`f1_")}
    assert set(told) <= values
    assert len(told) == 4


def test_the_guide_names_every_measure_of_readings():
    for measure in MEASURES:
        if measure.over == "documents" and not measure.name.startswith("alpha_attribute_"):
            assert f"`{measure.name}`" in PAGE, measure.name


def test_the_guide_says_how_many_random_texts_gamma_draws():
    from annotator.agreement import gamma

    assert f"{gamma._DOCUMENT_ALONE} texts" in PAGE
    assert f"at least {gamma._SAMPLES}" in PAGE
