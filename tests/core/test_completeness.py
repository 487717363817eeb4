"""Open points: each rule finds what it is for, names it in a sentence, and leaves alone what is right."""

import json

from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.cli.group import cli
from annotator.formats.report import Report
from annotator.model.codebook import canonical_json
from annotator.model.codebook_json import codebook_from_json
from annotator.model.codebook_yaml import default_codebook
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord
from annotator.model.relations import Relation
from annotator.model.rows import UNSURE, Annotation
from annotator.model.span import Span, quote
from annotator.operations import annotations, entities, notes, readings
from annotator.operations.check import check_project
from annotator.operations.codebook_versions import confirm_still_right, update_codebook
from annotator.operations.completeness import Scene, incomplete, open_points, points_in
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.storage import queries
from annotator.storage.project import Project

TEXT = (
    "Veldria will close the ports, said Dornath. The Tarkess army has 80,000 men.\n"
    "“We are ready,” Dornath added. Tarkess and Veldria talk, Tarkess wins.\n"
)
ACTOR = {"name": "Somebody", "type": "state", "role": "other"}
CLAIM = {
    "stance": "support",
    "kind": "assertion",
    "polarity": "positive",
    "certainty": "certain",
    "quotation": "direct",
}
FIGURE = {"value": 80000, "unit": "man", "kind": "count", "qualifier": "exact", "measures": "men of Tarkess"}


def record(tag, words, told=(), *, at=0, **more):
    start = TEXT.index(words, at)
    attributes = {name: {"value": value, "by": "typed"} for name, value in dict(told).items()}
    return AnnotationRecord("Ann", tag, (Span(start, start + len(words)),), attributes=attributes, **more)


def points(tmp_path, *held, relations=(), kinds=()):
    with create_project(tmp_path / "p.annotator") as project:
        entities.add_entity(project, "Somebody")
        about = DocumentRecord(text=TEXT, title="Ports", language="en", annotations=held, relations=relations)
        import_records(project, [about], report=Report(), format_name="test")
        (document,) = queries.document_keys(project, None)
        found = open_points(project, document, queries.coders(project)[0].key)
        keys = {None: ""} | {
            each.key: each.quote for each in queries.annotations_of(project, document, queries.coders(project)[0].key)
        }
    return [(p.kind, keys[p.annotation], p.sentence, p.attribute) for p in found if not kinds or p.kind in kinds]


def test_what_is_whole_has_no_open_point(tmp_path):
    held = (
        record("actor", "Veldria", ACTOR, source_id="A1"),
        record("actor", "Veldria", ACTOR, at=80),
        record("claim", "Veldria will close the ports", CLAIM, source_id="C1"),
        record("figure", "80,000 men", FIGURE),
    )
    assert points(tmp_path, *held, relations=(RelationRecord("source", "C1", "A1"),)) == []


def test_a_claim_without_source_is_told(tmp_path):
    (found,) = points(tmp_path, record("claim", "Veldria will close the ports", CLAIM))
    assert found == ("source", "Veldria will close the ports", "This claim has no source", "")


def test_what_goes_on_from_a_claim_with_source_has_it_too(tmp_path):
    held = [
        record("claim", words, CLAIM, source_id=f"C{number}")
        for number, words in enumerate(["Veldria will close the ports", "We are ready", "Tarkess wins"])
    ]
    held.append(record("actor", "Dornath", ACTOR, source_id="A"))
    held.append(record("actor", "Dornath", ACTOR, at=60))
    chain = [RelationRecord("continues", "C1", "C0"), RelationRecord("continues", "C2", "C1")]
    assert [kind for kind, *_ in points(tmp_path, *held, relations=tuple(chain))] == ["source"] * 3
    (tmp_path / "p.annotator").unlink()
    chain.append(RelationRecord("source", "C0", "A"))
    assert points(tmp_path, *held, relations=tuple(chain)) == []


def test_a_figure_without_value_is_told(tmp_path):
    told = {name: value for name, value in FIGURE.items() if name != "value"}
    (found,) = points(tmp_path, record("figure", "80,000 men", told))
    assert found == ("value", "80,000 men", "This figure has no value", "value")


def test_fields_that_are_always_asked_and_empty_are_told_in_one_sentence(tmp_path):
    (found,) = points(tmp_path, record("figure", "80,000 men", {"value": 80000, "kind": "count"}))
    assert found == ("missing", "80,000 men", "Not said yet: Unit, Qualifier and What it measures", "unit")


def test_what_is_only_proposed_waits(tmp_path):
    one = record("figure", "80,000 men", FIGURE)
    attributes = {**one.attributes, "unit": {"value": "man", "by": "proposed"}}
    one = AnnotationRecord("Ann", "figure", one.spans, attributes=attributes)
    (found,) = points(tmp_path, one)
    assert found == ("proposed", "80,000 men", "Proposed, and not confirmed: Unit", "unit")


def test_a_leading_article_is_told_where_the_tag_does_not_want_it(tmp_path):
    held = (record("actor", "The Tarkess army", ACTOR), record("claim", "the ports", CLAIM))
    found = points(tmp_path, *held, kinds=["lead word"])
    assert found == [("lead word", "The Tarkess army", "It begins with “The”, which stays outside", "")]


def test_an_open_quotation_mark_is_told_a_closed_one_is_not(tmp_path):
    held = (record("claim", "We are ready,” Dornath", CLAIM), record("claim", "“We are ready,”", CLAIM))
    found = points(tmp_path, *held, kinds=["open quote"])
    assert [each[1:3] for each in found] == [
        ("We are ready,” Dornath", "The quotation mark ” has no partner within it")
    ]


def test_a_name_tagged_at_one_place_and_not_at_another_is_told_once(tmp_path):
    held = (
        record("actor", "Veldria", ACTOR),
        record("actor", "Tarkess army", ACTOR),
        record("actor", "Tarkess", ACTOR, at=99),
    )
    found = points(tmp_path, *held)
    assert [(kind, said) for kind, _, said, _ in found] == [
        ("elsewhere", "“Veldria” is tagged elsewhere, and not here"),
        ("elsewhere", "“Tarkess” is tagged elsewhere, and not here"),
    ]


def test_unsure_and_questions_are_open_until_they_are_taken_back(tmp_path):
    text = "Veldria speaks."
    with create_project(tmp_path / "p.annotator") as project:
        about = DocumentRecord(
            text=text, annotations=(AnnotationRecord("Ann", "figure", (Span(0, 7),), flags=(UNSURE,)),)
        )
        import_records(project, [about], report=Report(), format_name="test")
        coder, (document,) = queries.coders(project)[0].key, queries.document_keys(project, None)
        key = queries.annotations_of(project, document, coder)[0].key
        notes.set_question(project, key, "Is this one?")

        def kinds():
            return [p.kind for p in open_points(project, document, coder)]

        assert kinds() == ["unsure", "question", "value", "missing"]
        notes.set_unsure(project, key, False)
        notes.set_question(project, key, "")
        assert kinds() == ["value", "missing"]
        annotations.delete_annotations(project, [key])
        assert kinds() == []


def test_what_a_new_rule_touches_is_open_until_it_is_still_right(tmp_path):
    with create_project(tmp_path / "p.annotator") as project:
        held = tuple(record(*each) for each in [("figure", "80,000 men", FIGURE), ("claim", "Tarkess wins", CLAIM)])
        import_records(project, [DocumentRecord(text=TEXT, annotations=held)], report=Report(), format_name="test")
        content = json.loads(canonical_json(default_codebook()))
        content["version"] = "2"
        content["tags"][-1]["rules"][0]["rule"] = "Only the number is in the span."
        update_codebook(project, codebook_from_json(json.dumps(content)), {"tags/figure/rules/F1": "narrower"})
        coder, (document,) = queries.coders(project)[0].key, queries.document_keys(project, None)
        (point,) = [each for each in open_points(project, document, coder) if each.kind == "touched"]
        assert point.sentence == "The rules of figure have changed since it was confirmed"
        confirm_still_right(project, point.annotation)
        assert [each.kind for each in open_points(project, document, coder)] == ["source"]


def test_the_seed_gold_lacks_nothing_but_what_its_text_does(shared):
    folder = shared / "reference" / "seed"
    text = (folder / "article.txt").read_bytes().decode("utf-8").replace("\r\n", "\n")
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    keys = {each["id"]: number for number, each in enumerate(gold["annotations"], 1)}
    held = [
        Annotation(
            keys[each["id"]], each["id"], 1, each["tag"], (Span(each["start"], each["end"]),), each["text"],
            {name: {"value": value, "by": "typed"} for name, value in each["attributes"].items()},
            "", "", (), None, None, None, {},
        )
        for each in gold["annotations"]
    ]  # fmt: skip
    linked = [Relation(n, "", r["type"], keys[r["from"]], keys[r["to"]]) for n, r in enumerate(gold["relations"])]
    found = points_in(Scene(text, "en", default_codebook(), held, linked))
    # The article has a stray quotation mark; four names stand in it as places and as parts of other nouns.
    assert sorted(point.kind for point in found) == ["elsewhere"] * 4 + ["open quote"]


# ---- check


def test_check_tells_the_open_points_of_what_is_done_and_only_of_that(tmp_path):
    path = tmp_path / "p.annotator"
    with create_project(path) as project:
        held = (record("claim", "Veldria will close the ports", CLAIM), record("figure", "80,000 men"))
        import_records(
            project, [DocumentRecord(text=TEXT, title="Ports", annotations=held)], report=Report(), format_name="test"
        )
        assert incomplete(project) == []
        readings.set_state(project, queries.document_keys(project, None)[0], queries.coders(project)[0].key, "done")
        found = incomplete(project)
        assert check_project(project) == []
    assert [point.kind for point in found] == ["source", "value", "missing"]
    assert found[0].where == "“Ports”, Ann, claim “Veldria will close the ports”"
    assert str(found[0]).endswith(": this claim has no source.")

    def run(*words, code=0):
        ended = CliRunner().invoke(cli, ["check", str(path), *words], standalone_mode=False)
        assert ended.return_value == code
        return ended.stdout

    assert run() == "Nothing is wrong.\nIn what is done there are 3 open points: see --complete.\n"
    told = json.loads(run("--json"))
    assert told["problems"] == []
    assert [each["kind"] for each in told["open"]] == ["source", "value", "missing"]
    assert all(each.keys() == {"kind", "where", "message"} for each in told["open"])
    assert "3 open points:" in run("--complete", code=1)


def test_the_sample_is_not_wrong_and_has_few_open_points(sample_path):
    with Project.open(sample_path) as project:
        assert check_project(project) == []
        found = incomplete(project)
    assert {point.kind for point in found} <= {"source", "elsewhere", "lead word", "open quote"}
    assert len(found) < 30


def test_a_reading_that_is_begun_counts_only_when_it_is_done(tmp_path):
    with create_project(tmp_path / "p.annotator") as project:
        held = (record("figure", "80,000 men"),)
        reading = ReadingRecord("Ann", state="done")
        about = DocumentRecord(text=TEXT, annotations=held, readings=(reading,))
        import_records(project, [about], report=Report(), format_name="test")
        assert [point.kind for point in incomplete(project)] == ["value", "missing"]
        key, coder = queries.document_keys(project, None)[0], queries.coders(project)[0].key
        readings.set_state(project, key, coder, "in work")
        assert incomplete(project) == []
        assert [point.kind for point in incomplete(project, begun=True)] == ["value", "missing"]
        readings.set_state(project, key, coder, "set aside", reason="skipped")
        assert incomplete(project, begun=True) == []


# ---- whatever the text


texts = st.text(st.sampled_from("aB “”‘’'\".\n漢é"), max_size=60)


@given(
    texts,
    st.lists(st.tuples(st.sampled_from(["actor", "claim", "figure", "gone"]), st.integers(0, 60), st.integers(1, 20))),
)
@settings(max_examples=200)
def test_every_point_lies_in_the_text_and_in_order(text, placed):
    held = []
    for number, (tag, start, length) in enumerate(placed, 1):
        if start < len(text):
            spans = (Span(start, min(len(text), start + length)),)
            held.append(Annotation(number, "", 1, tag, spans, quote(text, spans), {}, "", "", (), None, None, None, {}))
    held.sort(key=lambda each: each.outer)
    found = points_in(Scene(text, "en", default_codebook(), held, ()))
    assert [point.span.start for point in found] == sorted(point.span.start for point in found)
    covered = {place for each in held if each.tag == "actor" for place in range(*each.outer)}
    for point in found:
        assert 0 <= point.span.start < point.span.end <= len(text)
        if point.kind == "elsewhere":
            assert not covered & set(range(*point.span))
