"""The sample project is the reference: texts byte by byte, every reading, every count of its table."""

import json
import re

import pytest

from annotator.model.rows import Annotation
from annotator.operations.check import check_project
from annotator.operations.info import project_info
from annotator.operations.sample import build_sample, sample_path
from annotator.paths import resource
from annotator.storage import history, queries
from annotator.storage.project import Project

KINDS = {"coder_a": ("Coder A", "own"), "coder_b": ("Coder B", "own"), "gold": ("Reviewer", "gold")}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = build_sample(tmp_path_factory.mktemp("sample") / "sample.annotator")
    with Project.open(path) as project:
        yield project


@pytest.fixture(scope="module")
def reference(shared):
    return shared / "reference" / "sample"


def the_documents(project):
    keys = queries.document_keys(project, None)
    return {about.source_name.removesuffix(".txt"): about for about in (queries.document(project, key) for key in keys)}


def reading_of(project, document, name, kind) -> list[Annotation]:
    person = next(each for each in queries.coders(project) if each.name == name)
    found = queries.reading(project, document.key, person.key, kind)
    assert found is not None
    assert found.state == "done"
    return queries.annotations_of_reading(project, found.key)


def test_texts_and_what_is_known_of_them_are_those_of_the_articles(sample, reference):
    told = json.loads((reference / "articles" / "metadata.json").read_bytes())["articles"]
    found = the_documents(sample)
    assert list(found) == [each["id"] for each in told]
    for each in told:
        about = found[each["id"]]
        raw = (reference / "articles" / each["file"]).read_bytes()
        assert queries.text_of(sample, about.key).encode() == raw
        assert resource(f"sample/articles/{each['file']}").read_bytes() == raw
        facts = {name: getattr(about, name) for name in ("title", "outlet", "date", "url", "language", "rights")}
        assert facts == {name: each[name] for name in facts}
        assert about.id == each["sha256"]
        assert about.words == each["words"]


def test_every_reading_is_there_with_its_spans_values_notes_and_links(sample, reference):
    entities = dict(sample.rows("SELECT id, name FROM entity"))
    for article, about in the_documents(sample).items():
        for file, (name, kind) in KINDS.items():
            told = json.loads((reference / "readings" / f"{article}.{file}.json").read_bytes())
            held = {each.source_id: each for each in reading_of(sample, about, name, kind)}
            assert held.keys() == {each["id"] for each in told["annotations"]}
            for each in told["annotations"]:
                found = held[each["id"]]
                assert (found.tag, found.quote) == (each["tag"], each["text"])
                assert found.spans == ((each["start"], each["end"]),)
                assert found.note == each.get("note", "")
                values = {key: value["value"] for key, value in found.attributes.items()}
                if each["tag"] == "actor":
                    values["name"] = entities[values["name"]]
                assert values == each["attributes"]
            keys = {each.key: each.source_id for each in held.values()}
            links = [
                (own, link, keys[source], keys[target])
                for own, link, source, target in sample.rows("SELECT source_id, type, source, target FROM relation")
                if source in keys
            ]
            assert sorted(links) == sorted((r["id"], r["type"], r["from"], r["to"]) for r in told["relations"])


def test_the_counts_are_those_of_the_table(sample, reference):
    lines = (reference / "README.md").read_text("utf-8").split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith("| article | words"))
    names = [cell.strip() for cell in lines[start].strip("|").split("|")]
    documents = the_documents(sample)
    seen = 0
    for line in lines[start + 2 :]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != len(names) or cells[0] not in documents:
            break
        told = dict(zip(names, cells, strict=True))
        about = documents[told["article"]]
        gold = reading_of(sample, about, "Reviewer", "gold")
        own = {"A": reading_of(sample, about, "Coder A", "own"), "B": reading_of(sample, about, "Coder B", "own")}
        counts = {"gold": len(gold), "A": len(own["A"]), "B": len(own["B"]), "words": about.words}
        counts |= {
            tag: sum(each.tag == tag for each in gold) for tag in ("actor", "claim", "threat", "demand", "figure")
        }
        counts["code points"] = len(queries.text_of(sample, about.key))
        keys = {each.key for each in gold}
        counts["relations"] = sum(source in keys for (source,) in sample.rows("SELECT source FROM relation"))
        assert {name: int(told[name]) for name in counts} == counts
        seen += 1
    assert seen == 6
    total = dict(zip(names, [cell.strip() for cell in lines[start + 8].strip("|").split("|")], strict=True))
    info = project_info(sample)
    assert [(each.name, each.annotations) for each in info.coders] == [
        ("Coder A", int(total["A"])),
        ("Coder B", int(total["B"])),
    ]
    assert info.gold_annotations == int(total["gold"])


def test_it_is_sound_and_says_that_it_is_the_sample(sample):
    assert check_project(sample) == []
    assert sample.meta("kind") == "sample"
    assert sample.meta("title") == "Sample: six articles"


def test_undo_does_not_take_the_sample_away(sample):
    assert history.next_undo(sample, None) is None


def test_it_lies_with_the_data_of_the_person_alone(own_home):
    assert own_home in sample_path().parents
    path = build_sample(sample_path())
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name]


def test_a_sample_that_is_there_stays_as_it_was_left(tmp_path):
    path = build_sample(tmp_path / "deep" / "sample")
    assert path == tmp_path / "deep" / "sample.annotator"
    with Project.open(path) as project:
        project.set_meta("title", "Mine now")
    assert build_sample(path) == path
    with Project.open(path) as project:
        assert project.meta("title") == "Mine now"


def test_no_word_of_the_sample_is_about_a_machine(reference):
    for file in ("sample.jsonl", "sample.jsonl.project.json"):
        assert not re.search(r"/(home|work|tmp)/", resource(f"sample/{file}").read_text("utf-8"))
