"""xmlschema holds what we write as a REFI-QDA project against the schema of the standard."""

import os
import zipfile
from pathlib import Path

import pytest
import xmlschema

SHARED = Path(os.environ.get("ANNOTATOR_SHARED", Path(__file__).resolve().parents[4] / "shared"))
CORPORA = Path(os.environ.get("ANNOTATOR_CORPORA", SHARED / "corpora"))
SCHEMAS = sorted(CORPORA.rglob("Project*.xsd"))


@pytest.fixture
def project(exported):
    with zipfile.ZipFile(exported / "qdpx.qdpx") as archive:
        yield archive


@pytest.mark.skipif(not SCHEMAS, reason="the schema of the standard is not among the corpora")
def test_the_project_is_valid(project):
    for path in SCHEMAS:
        xmlschema.XMLSchema(path).validate(project.read("project.qde").decode())


@pytest.mark.skipif(not SCHEMAS, reason="the schema of the standard is not among the corpora")
def test_selections_cover_what_was_tagged(project, facts):
    data = xmlschema.XMLSchema(SCHEMAS[0]).to_dict(project.read("project.qde").decode())
    codes = {each["@guid"]: each["@name"].casefold() for each in data["CodeBook"]["Codes"]["Code"]}
    for each in data["Sources"]["TextSource"]:
        text = project.read(each["@plainTextPath"].replace("internal://", "sources/")).decode()
        (told,) = (held for held in facts.values() if held["text"] == text)
        found = sorted(
            (held["@startPosition"], held["@endPosition"], codes[held["Coding"][0]["CodeRef"]["@targetGUID"]])
            for held in each["PlainTextSelection"]
        )
        assert found == sorted((held["spans"][0][0], held["spans"][-1][1], held["tag"]) for held in told["annotations"])
