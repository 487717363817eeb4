"""Real articles that two coders and more have read, adjudicated versions among them, go the same way as the seed."""

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model.codebook import Tag, as_plain
from annotator.model.codebook_yaml import default_codebook
from annotator.operations import coders, corrections, deciding, gold
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.operations.reviewing import documents_to_review, review, review_article
from annotator.storage import queries, review_queries

from .review_tools import annotation, article


@pytest.fixture(scope="module")
def corpora(shared):
    return Path(os.environ.get("ANNOTATOR_CORPORA", shared / "corpora"))


def normalised(path, gold_name=""):
    """Articles of a file that has {"coders": {name: [{label, fragments}]}} on each line; one name may be the gold."""
    for line in path.read_text("utf-8").splitlines():
        told = json.loads(line)
        yield article(
            told["text"],
            [
                {
                    **annotation(name, re.sub(r"\W", ".", each["label"]), 0, 0),
                    "spans": each["fragments"],
                    "kind": "gold" if name == gold_name else "own",
                }
                for name, listed in told["coders"].items()
                for each in listed
            ],
            title=told["doc"],
        )


def curation_case(folder):
    """An article from three WebAnno TSV files: the values of each token, put together, are its tag."""
    text, annotations = "", []
    for name in ("user1", "user2", "curator"):
        lines = (folder / f"{name}.tsv").read_text("utf-8").splitlines()
        text = "\n".join(line.partition("=")[2] for line in lines if line.startswith("#Text="))
        for line in lines:
            cells = line.split("\t")
            if not re.fullmatch(r"\d+-\d+", cells[0]) or len(cells) < 4 or cells[3] == "_":
                continue
            start, end = map(int, cells[1].split("-"))
            for values in zip(*(cell.split("|") for cell in cells[3:] if cell), strict=True):
                own = annotation(name, "x" + "-".join(re.sub(r"\W", "", each) for each in values), start, end)
                annotations.append({**own, "kind": "gold" if name == "curator" else "own"})
    kinds = (("user1", "own"), ("user2", "own"), ("curator", "gold"))
    told = article(text, annotations, title=folder.name)
    return {**told, "readings": [{"coder": name, "kind": kind, "state": "done"} for name, kind in kinds]}


def project_of_tags(path, articles):
    """A project whose codebook knows the tags of these articles and nothing else."""
    tags = sorted({each["tag"] for one in articles for each in one["annotations"]})
    codebook = replace(
        default_codebook(), tags=tuple(Tag(tag, tag, "#205493", "#9ec5fe") for tag in tags), relations=()
    )
    lines = path.with_suffix(".jsonl")
    lines.write_text("".join(json.dumps(each) + "\n" for each in articles), encoding="utf-8")
    beside = {"format": "annotator-project", "version": 1, "codebook": [{"content": as_plain(codebook)}]}
    Path(f"{lines}.project.json").write_text(json.dumps(beside), encoding="utf-8")
    project = create_project(path)
    _, report = import_paths(project, [lines])
    assert not report.refused, report.refused[:3]
    return project


def marks(project, document):
    """Coder and kind → {(tag, spans)}, as the project has them."""
    return {
        (reading.coder, reading.kind): {
            (each.tag, each.spans) for each in queries.annotations_of_reading(project, reading.key)
        }
        for reading in queries.readings_of(project, document)
    }


def check_counts(project, document):
    """The units hold each mark once, and as many of two coders agree as are equal in both."""
    found, held = review_article(project, document), marks(project, document)
    units = [unit for case in found.cases for unit in case.place.units]
    seen = [mark.id for unit in units for mark in unit.there]
    own = [spans for (_, kind), spans in held.items() if kind == "own"]
    assert len(seen) == len(set(seen)) == sum(map(len, own))
    if len(own) == 2:
        assert sum(unit.marking == "agreed" for unit in units) == len(own[0] & own[1])


def test_two_coders_of_quantities_with_spans_in_pieces_are_compared_and_decided(corpora, tmp_path):
    path = corpora / "measeval" / "iaa_normalized.jsonl"
    if not path.is_file():
        pytest.skip("MeasEval is not there")
    articles = list(normalised(path))
    with project_of_tags(tmp_path / "p.annotator", articles) as project:
        lea, _ = coders.add_coder(project, "Lea")
        documents = documents_to_review(project)
        assert len(documents) == len(articles)
        for document in documents:
            check_counts(project, document)
        for found in list(review(project, documents[:12])):
            for case in found.cases:
                if case.waits:
                    deciding.take_reading(project, case, 2, lea)
            gold.close_gold(project, review_article(project, found.document), lea)
            held = marks(project, found.document)
            assert held[lea, "gold"] == held[found.readers[1].coder, "own"]
            assert not any(case.waits for case in review_article(project, found.document).cases)


def test_two_to_seven_coders_of_speech_with_an_adjudicated_version(corpora, tmp_path):
    path = corpora / "redewiedergabe" / "normalized.jsonl"
    if not path.is_file():
        pytest.skip("Redewiedergabe is not there")
    articles = list(normalised(path, "consensus"))
    with project_of_tags(tmp_path / "p.annotator", articles) as project:
        documents = documents_to_review(project)
        assert max(len(found.readers) for found in review(project, documents)) > 2
        for document in documents:
            check_counts(project, document)
        people = queries.coders(project)
        told = {each.key: corrections.my_corrections(project, each.key) for each in people}
        assert any(told.values())
        golds = [row for row in review_queries.readings(project, documents) if row.kind == "gold"]
        assert golds
        for row in golds:
            found, held = review_article(project, row.document), marks(project, row.document)
            assert found.closed
            assert not any(case.waits for case in found.cases)
            for reader in found.readers:
                differs = held[reader.coder, "own"] != held[row.coder, "gold"]
                assert any(each.document == row.document for each in told[reader.coder]) == differs


def test_what_a_curation_tool_tests_itself_with_differs_where_its_files_do(corpora, tmp_path):
    folder = corpora / "inception" / "inception-curation" / "testsuite"
    if not folder.is_dir():
        pytest.skip("INCEpTION's curation cases are not there")
    for number, case in enumerate(sorted(folder.glob("simpleSpan*"))):
        with project_of_tags(tmp_path / f"{number}.annotator", [curation_case(case)]) as project:
            found = review_article(project, 1)
            check_counts(project, 1)
            assert found.closed
            alike = (case / "user1.tsv").read_bytes() == (case / "user2.tsv").read_bytes()
            assert all(each.place.agreed for each in found.cases) == alike, case.name
