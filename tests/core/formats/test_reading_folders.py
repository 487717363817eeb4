"""Whose reading lies in which folder: of our own exports, of INCEpTION's, and of coders who were given folders."""

from annotator.operations.export import Wanted
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from tests.core.formats.full_document import records_of

ANN = "Kyiv B-actor\nsaid O\nno O\n. O\n"
BEN = "Kyiv O\nsaid O\nno B-claim\n. O\n"


def imported(folder, tmp_path):
    with create_project(tmp_path / "made.annotator") as project:
        _, report = import_paths(project, [folder])
        return records_of(project, Wanted()), report


def put(root, **texts):
    for name, text in texts.items():
        path = root / name.replace("__", "/")
        path = path.with_name(path.name.replace("_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def readings(record):
    return {(each.coder, each.kind): each.tag for each in record.annotations}


def test_folders_that_hold_the_same_articles_are_coders(tmp_path):
    made = put(tmp_path / "set", Ann__a_conll=ANN, Ben__a_conll=BEN, gold__a_conll=BEN)
    (record,), report = imported(made, tmp_path)
    assert readings(record) == {("Ann", "own"): "actor", ("Ben", "own"): "claim", ("gold", "gold"): "claim"}
    assert any("Ann, Ben, gold: taken for the names of coders" in str(each) for each in report.warnings)


def test_folders_of_other_articles_are_no_coders(tmp_path):
    made = put(tmp_path / "set", train__a_conll=ANN, test__a_conll=BEN.replace("Kyiv", "Moscow"))
    records, report = imported(made, tmp_path)
    assert {each.coder for record in records for each in record.annotations} == {"Unknown"}
    assert not any("taken for" in str(each) for each in report.warnings)


TSV = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Claim|value\n\n\n#Text=Kyiv said no\n1-1\t0-4\tKyiv\t{}\t\n"


def test_a_project_that_inception_packed(tmp_path):
    """annotation/DOCUMENT/CODER and curation/DOCUMENT/CURATION_USER: one article, two coders and the agreed version."""
    made = tmp_path / "set"
    for name, tag in (
        ("annotation/news.txt/ann", "who"),
        ("annotation/news.txt/ben", "place"),
        ("annotation/news.txt/INITIAL_CAS", "_"),
        ("curation/news.txt/CURATION_USER", "place"),
    ):
        path = made / f"{name}.tsv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TSV.format(tag), encoding="utf-8")
    (record,), report = imported(made, tmp_path)
    assert not report.refused
    assert record.text == "Kyiv said no"
    assert record.source_name == "news.txt"
    assert readings(record) == {("ann", "own"): "who", ("ben", "own"): "place", ("Unknown", "gold"): "place"}
