"""The codebook that comes along and the reference codebook: what coders find in them."""

import json
import re
from pathlib import Path

import pytest
import yaml

from annotator.model.codebook import canonical_json
from annotator.model.codebook_check import codebook_warnings, contrast
from annotator.model.codebook_json import codebook_from_json
from annotator.model.codebook_yaml import (
    default_codebook,
    dump_codebook,
    load_codebook,
    read_codebook,
)


@pytest.fixture(scope="module")
def reference_file(shared) -> Path:
    return shared / "reference" / "codebook" / "claims-threats-demands.yaml"


def test_the_reference_codebook_loads_as_it_stands(reference_file):
    book = read_codebook(reference_file)
    assert (book.id, book.version, book.language) == ("claims-threats-demands", "1.0.0", "en")
    assert [(tag.id, tag.keys, tag.form, tag.bar) for tag in book.tags] == [
        ("actor", ("1", "a"), "mention", "solid"),
        ("claim", ("2", "c"), "statement", "double"),
        ("threat", ("3", "t"), "statement", "dash"),
        ("demand", ("4", "d"), "statement", "dot"),
        ("figure", ("5", "f"), "mention", "wave"),
    ]
    assert [rule.id for rule in book.boundary_rules] == ["B1", "B2", "B3", "B4", "B5"]
    assert len(book.relations) == 9
    assert codebook_warnings(book) == []


def test_nothing_of_the_reference_codebook_is_lost(reference_file):
    """The program's own picture of the file holds all that another YAML reader finds in it."""
    book = read_codebook(reference_file)
    original = yaml.safe_load(reference_file.read_text(encoding="utf-8"))
    again = yaml.safe_load(dump_codebook(book))
    assert _told(again) == _told(original)


def _told(value):
    """Without defaults that may be left out, and with the one synonym resolved."""
    if isinstance(value, dict):
        return {
            key: _told(member) for key, member in value.items() if member not in (None, False) or key == "conditional"
        }
    if isinstance(value, list):
        return [_told(member) for member in value]
    return "country" if value == "iso3166_alpha2" else value


def test_the_default_codebook_says_what_the_reference_says(reference_file):
    own, reference = default_codebook(), read_codebook(reference_file)
    assert own.rules() == reference.rules()
    assert own.extra == reference.extra
    assert own.relations == reference.relations
    for tag, expected in zip(own.tags, reference.tags, strict=True):
        assert (tag.id, tag.definition, tag.span, tag.keys) == (
            expected.id,
            expected.definition,
            expected.span,
            expected.keys,
        )
        assert (tag.positive, tag.negative, tag.borderline) == (
            expected.positive,
            expected.negative,
            expected.borderline,
        )
        assert tag.trim.words("en") == expected.trim.words("en")
        assert [(a.id, a.type, a.values) for a in tag.attributes] == [
            (a.id, a.type, a.values) for a in expected.attributes
        ]
    assert codebook_warnings(own) == []


def test_the_default_codebook_knows_the_articles_of_other_languages():
    words = default_codebook().tag("actor").trim.words
    assert "der" in words("de")[0]
    assert words("de-AT") == words("de_DE") == words("de")
    assert "l’" in words("fr")[0]
    assert "the" in words("")[0]
    assert words("xx") == words("")


def test_the_describe_pass_asks_for_nothing_that_the_reference_reading_leaves_empty(shared):
    """Fields that are always asked for are filled in every annotation of the seed's gold."""
    gold = json.loads((shared / "reference" / "seed" / "gold.json").read_text(encoding="utf-8"))
    book = default_codebook()
    for annotation in gold["annotations"]:
        for attribute in book.tag(annotation["tag"]).attributes:
            if attribute.ask == "always":
                assert attribute.id in annotation["attributes"], (annotation["id"], attribute.id)


def test_a_retired_tag_is_kept_and_cannot_be_set():
    book = default_codebook()
    assert [tag.id for tag in book.active_tags if {"1", "a"} <= {*tag.keys}] == ["actor"]
    text = dump_codebook(book).replace("  label: Actor\n", "  label: Actor\n  retired: true\n")
    retired = load_codebook(text)
    assert retired.tag("actor").retired
    assert [tag.id for tag in retired.active_tags] == ["claim", "threat", "demand", "figure"]


def test_relations_know_what_they_may_join():
    book = default_codebook()
    assert book.relation("source").allows("claim", "actor")
    assert not book.relation("source").allows("actor", "claim")
    assert book.relation("continues").allows("claim", "claim")
    assert not book.relation("continues").allows("claim", "demand")
    assert {relation.id for relation in book.relations_from("figure")} == {"supports"}


def test_canonical_json_is_the_same_however_the_file_is_laid_out(reference_file):
    text = reference_file.read_text(encoding="utf-8")
    book = load_codebook(text)
    flow = json.dumps(yaml.safe_load(text), sort_keys=True)
    assert canonical_json(load_codebook(flow)) == canonical_json(book)
    assert canonical_json(load_codebook(dump_codebook(book))) == canonical_json(book)
    assert canonical_json(book).isascii()
    assert codebook_from_json(canonical_json(book)) == book
    assert canonical_json(load_codebook(text.replace("label: Actor", "label: Person"))) != canonical_json(book)


def test_writing_is_stable(reference_file):
    once = dump_codebook(read_codebook(reference_file))
    assert dump_codebook(load_codebook(once)) == once
    assert not re.search(r"[&*]id\d", once)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    # Reference values: WCAG 2.2 defines 21:1 for black on white; #767676 on white is the known 4.54:1.
    [("#000000", "#ffffff", 21.0), ("#767676", "#ffffff", 4.54), ("#ffffff", "#ffffff", 1.0)],
)
def test_contrast(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


def test_warnings_name_what_will_trouble_coders():
    book = load_codebook(
        "id: b\nversion: 1\ntags:\n"
        "- {id: x, label: X, color: {light: '#ffee00', dark: '#222222'}, defintion: oops}\n"
        "- {id: y, label: Y, keys: [b], color: {light: '#123ea5', dark: '#5b96ef'}, positive: [{text: t, rule: Z9}]}\n"
    )
    warnings = " ".join(codebook_warnings(book))
    for part in ("light colour #ffee00", "dark colour #222222", "same bar", "“x” has no key", "Z9", "“defintion”"):
        assert part in warnings
