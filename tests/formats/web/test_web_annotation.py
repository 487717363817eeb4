"""pyld and jsonschema hold our W3C Web Annotation against the recommendation: as linked data, and as a model.

The recommendation's context, its own rules and its samples are taken from the corpora; nothing is fetched.
"""

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from pyld import jsonld
from referencing import Registry
from referencing.jsonschema import DRAFT4

SHARED = Path(os.environ.get("ANNOTATOR_SHARED", Path(__file__).resolve().parents[4] / "shared"))
CORPORA = Path(os.environ.get("ANNOTATOR_CORPORA", SHARED / "corpora"))
CONTEXT = next(iter(sorted(CORPORA.rglob("anno.jsonld"))), None)
SAMPLES = sorted(CORPORA.glob("*/tools/samples/*/*.json"))
MODEL = json.loads((Path(__file__).parent / "web-annotation.schema.json").read_text(encoding="utf-8"))
BASE = "https://example.org/press/"
OA, RDF = "http://www.w3.org/ns/oa#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ITEMS = "http://www.w3.org/ns/activitystreams#items"

needs_context = pytest.mark.skipif(CONTEXT is None, reason="the recommendation's context is not among the corpora")


@pytest.fixture
def pages(exported):
    """File name of each text → its page."""
    found = sorted((exported / "web-annotation").glob("*.jsonld"))
    return {each.stem: json.loads(each.read_text(encoding="utf-8")) for each in found}


# ---- as linked data


def expanded(page):
    """Its nodes; a key that no context knows would stand under unknown:."""

    def load(url, _options):
        assert url == "http://www.w3.org/ns/anno.jsonld"
        document = json.loads(CONTEXT.read_text(encoding="utf-8"))
        return {"contextUrl": None, "documentUrl": url, "contentType": "application/ld+json", "document": document}

    known = {**page, "@context": [*page["@context"], {"@vocab": "unknown:"}]}
    return jsonld.expand(known, {"documentLoader": load, "base": BASE})


def only(node, key):
    (each,) = node[key]
    return each.get("@value", each.get("@id", each))


@needs_context
def test_every_key_is_a_term_of_a_vocabulary(pages):
    for page in pages.values():
        assert "unknown:" not in json.dumps(expanded(page))


@needs_context
def test_annotations_point_into_their_text_and_say_their_tag(pages, facts):
    for name, page in pages.items():
        (found,) = expanded(page)
        nodes = found[ITEMS][0]["@list"]
        told, text = [], facts[name]["text"]
        for node in nodes:
            assert node["@type"] == [f"{OA}Annotation"]
            if only(node, f"{OA}motivatedBy") == f"{OA}linking":
                continue
            spans = []
            for target in node[f"{OA}hasTarget"]:
                assert only(target, f"{OA}hasSource") == f"{BASE}{name}.txt"
                place, words = target[f"{OA}hasSelector"]
                start, end = only(place, f"{OA}start"), only(place, f"{OA}end")
                assert only(words, f"{OA}exact") == text[start:end]
                assert text[:start].endswith(only(words, f"{OA}prefix"))
                assert text[end:].startswith(only(words, f"{OA}suffix"))
                spans.append([start, end])
            told.append((creator(node), tags(node), spans))
        wanted = [(each["coder"], [each["tag"]], each["spans"]) for each in facts[name]["annotations"]]
        assert sorted(told) == sorted(wanted)


@needs_context
def test_links_lead_from_annotation_to_annotation(pages, facts):
    for name, page in pages.items():
        (found,) = expanded(page)
        nodes = found[ITEMS][0]["@list"]
        quotes = {node["@id"]: "".join(quote(each) for each in node[f"{OA}hasTarget"]) for node in nodes}
        told = [
            (tags(node), *(quotes[end["@id"]] for end in node[f"{OA}hasTarget"]))
            for node in nodes
            if only(node, f"{OA}motivatedBy") == f"{OA}linking"
        ]
        held = facts[name]["annotations"]
        wanted = [
            ([link["type"]], held[link["source"]]["quote"], held[link["target"]]["quote"])
            for link in facts[name]["relations"]
        ]
        assert sorted(told) == sorted(wanted)


def creator(node):
    return only(only(node, "http://purl.org/dc/terms/creator"), "http://xmlns.com/foaf/0.1/name")


def tags(node):
    bodies = node[f"{OA}hasBody"]
    return [only(each, f"{RDF}value") for each in bodies if only(each, f"{OA}hasPurpose") == f"{OA}tagging"]


def quote(target):
    selectors = target.get(f"{OA}hasSelector", ())
    return "".join(only(each, f"{OA}exact") for each in selectors if f"{OA}exact" in each)


# ---- as a model


def test_pages_are_as_the_model_wants_them(pages):
    for page in pages.values():
        Draft202012Validator(MODEL).validate(page)


def sample(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None


@pytest.mark.skipif(not SAMPLES, reason="the recommendation's samples are not among the corpora")
def test_the_model_takes_the_right_samples_and_refuses_wrong_ones():
    """What we hold ourselves against is neither too narrow nor open for everything."""
    model = Draft202012Validator({"$defs": MODEL["$defs"], "$ref": "#/$defs/annotation"})
    held = {path: sample(path) for path in SAMPLES}
    right = {path.name: each for path, each in held.items() if path.parent.name == "correct" and "target" in each}
    wrong = {path.name: each for path, each in held.items() if path.parent.name == "incorrect"}
    assert [name for name, each in right.items() if not model.is_valid(each)] == []
    assert len([name for name, each in wrong.items() if not model.is_valid(each)]) > len(wrong) / 2


@pytest.mark.skipif(CONTEXT is None, reason="the recommendation's rules are not among the corpora")
def test_annotations_keep_every_rule_that_the_recommendation_says_must_be_kept(pages):
    folder = CONTEXT.parent
    named = [json.loads(path.read_text()) for path in sorted(folder.glob("definitions/*.json"))]
    registry = Registry().with_resources((each["id"], DRAFT4.create_resource(each)) for each in named)
    rules = [json.loads(path.read_text()) for path in sorted(folder.glob("annotations/*.json"))]
    musts = [each for each in rules if each["assertionType"] == "must"]
    assert musts
    for page in pages.values():
        for each in page["items"]:
            alone = {"@context": page["@context"], **each}
            broken = [rule["title"] for rule in musts if not Draft4Validator(rule, registry=registry).is_valid(alone)]
            assert broken == []
