"""Releases: nobody is known by them, no id tells a time, two cannot be joined, the same one has the same bytes."""

import hashlib
import hmac
import io
import json
import re
import uuid
import zipfile

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.registry import FORMATS
from annotator.formats.report import Report
from annotator.model.parting import Parting
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord
from annotator.model.span import Span
from annotator.operations.export import export, foresee
from annotator.operations.export_choice import Wanted
from annotator.operations.import_records import import_records
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.operations.recipes import Recipe
from annotator.operations.release import Release
from annotator.storage.schema import SHARED_TABLES
from tests.core.formats.full_document import full_project

WRITTEN = [each for each in FORMATS if each.writes]
V7 = re.compile(  # with hyphens or without, but not a part of something longer
    rb"(?<![0-9a-f])[0-9a-f]{8}(-?)[0-9a-f]{4}(?:\1)"
    rb"7[0-9a-f]{3}\1[89ab][0-9a-f]{3}\1[0-9a-f]{12}(?![0-9a-f])",
    re.IGNORECASE,
)
ANNABEL = Wanted(coders=("Annabel Quist",))
TOLD_ON = (
    b"Annabel Quist", b"Benedikt Ro", b"Late", b'Ann"', b"T23:59", b"08:00", b"Really?", b"talks.txt",
)  # fmt: skip
TALKS = DocumentRecord(
    "Kyiv said no. Moscow said yes.",
    title="Talks",
    date="2022-01-10T23:59:01Z",
    source_name="Annabel Quist/talks.txt",
    readings=(
        ReadingRecord("Annabel Quist", state="done"),
        ReadingRecord("Benedikt Ro", state="done"),
        ReadingRecord("Late"),
    ),
    annotations=(
        AnnotationRecord("Annabel Quist", "actor", (Span(0, 4),), note="as Benedikt Ro says", source_id="a"),
        AnnotationRecord("Annabel Quist", "claim", (Span(10, 12),), source_id="b", extra={"question": "Really?"}),
        AnnotationRecord("Benedikt Ro", "actor", (Span(14, 20),), extra={"made_at": "2022-01-10T08:00:00"}),
        AnnotationRecord("Late", "actor", (Span(0, 4),)),
    ),
    relations=(RelationRecord("source", "b", "a"),),
)


def each_written():
    return [
        pytest.param(kind, id=kind.name, marks=pytest.mark.skipif(not kind.installed, reason=f"needs [{kind.extra}]"))
        for kind in WRITTEN
    ]


@pytest.fixture
def project(tmp_path):
    """Rows that were made here and now, so that their ids tell the time; all that could tell on somebody."""
    with full_project(tmp_path / "full.annotator") as found:
        report = Report()
        import_records(found, [TALKS], report=report, format_name="jsonl")
        assert not report.refused, report.refused
        yield found


def release_of(project, folder, name="June", kind="jsonl", wanted=ANNABEL, **more):
    found = next(each for each in WRITTEN if each.name == kind)
    folder.mkdir(parents=True, exist_ok=True)
    dest = folder / ("out" if found.folder else f"out{found.patterns[0][1:]}")
    told = export(project, dest, format_name=kind, wanted=wanted, release=Release(name, **more))
    return told, bytes_of(folder)


def bytes_of(folder):
    """Each file by name; what is packed is unpacked."""
    found = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        data = path.read_bytes()
        found[str(path.relative_to(folder))] = data
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                found.update({f"{path.name}!{name}": packed.read(name) for name in packed.namelist()})
    return found


def lines(files):
    return [json.loads(line) for line in files["out.jsonl"].splitlines()]


def ids_in(project, *tables):
    return {own for table in tables for (own,) in project.rows(f"SELECT id FROM {table}")}


@pytest.mark.parametrize("kind", each_written())
def test_nothing_tells_a_name_a_time_or_an_id(kind, project, tmp_path):
    assert V7.search("\n".join(ids_in(project, "annotation", "coder")).encode())
    told, files = release_of(project, tmp_path / "one", kind=kind.name)
    assert told.documents == 1
    inside = b"\n".join(files.values())
    assert not V7.search(inside)
    assert not [words for words in TOLD_ON if words in inside]
    assert not [name for name in files if "Annabel" in name]
    # The id of a document is the SHA-256 of its text, which everybody can take who has the text.
    assert not [own for own in ids_in(project, *SHARED_TABLES.keys() - {"document"}) if own.encode() in inside]
    _, again = release_of(project, tmp_path / "two", kind=kind.name)
    assert again == files


def test_ids_are_made_of_the_secret_the_release_and_the_id(project, tmp_path):
    _, files = release_of(project, tmp_path / "one", wanted=Wanted())
    (line,) = [each for each in lines(files) if each["title"] == "Talks"]
    secret = bytes.fromhex(project.meta("secret"))

    def code(own):
        return hmac.new(secret, b"June\0" + own.encode(), hashlib.sha256).hexdigest()

    assert line["id"] in {code(own) for own in ids_in(project, "document")}
    pseudonyms = {f"coder-{code(own)[:8]}" for own in ids_in(project, "coder")}
    assert len({each["coder"] for each in line["readings"]} & pseudonyms) == 2
    free = [digit for digit in range(32) if digit not in (12, 16)]  # the others say which version of UUID it is
    made = {"".join(code(own)[digit] for digit in free) for own in ids_in(project, "annotation")}
    told = [each["id"] for each in line["annotations"]]
    assert {"".join(own.replace("-", "")[digit] for digit in free) for own in told} < made
    assert {uuid.UUID(own).version for own in told} == {8}
    assert [(link["source"] in told, link["target"] in told) for link in line["relations"]] == [(True, True)]


def test_only_what_is_done_goes(project, tmp_path):
    told, files = release_of(project, tmp_path / "one", wanted=Wanted())
    found = {each["title"]: each for each in lines(files)}
    assert {each["state"] for line in found.values() for each in line["readings"]} == {"done"}
    assert len(found["Talks"]["annotations"]) == 3
    assert told.not_done == 0


def test_two_releases_have_nothing_in_common(project, tmp_path):
    def ids(files):
        beside = json.loads(files["out.jsonl.project.json"])
        own = {row["id"] for name in ("coders", "entities", "codebook") for row in beside[name]}
        for line in lines(files):
            own |= {line["id"]} | {each["id"] for each in (*line["annotations"], *line["relations"])}
            own |= {each[name] for each in line["readings"] for name in ("coder", "codebook_version")}
        return own

    june, july = (release_of(project, tmp_path / name, name=name, wanted=Wanted())[1] for name in ("June", "July"))
    assert len(ids(june)) > 8
    assert not ids(june) & ids(july)


def test_what_stays_behind_is_counted_and_foreseen(project, tmp_path):
    told, files = release_of(project, tmp_path / "one")
    assert told.lost["questions dropped"] == 1
    assert told.lost["names and encodings of source files dropped"] == 1
    assert told.lost["times cut to the day"] == 1
    assert foresee(project, Recipe("jsonl", ANNABEL, release=Release("June"))).lost == told.lost
    (note,) = [each["note"] for each in lines(files)[0]["annotations"] if each["note"]]
    assert re.fullmatch(r"as coder-[0-9a-f]{8} says", note)
    told, files = release_of(project, tmp_path / "two", notes=False)
    assert told.lost["notes dropped"] == 1
    assert not [each for each in lines(files)[0]["annotations"] if each["note"]]


def test_a_release_can_be_read_again(project, tmp_path):
    _, files = release_of(project, tmp_path / "one", wanted=Wanted())
    with create_project(tmp_path / "other.annotator") as other:
        _, report = import_paths(other, [tmp_path / "one" / "out.jsonl"])
        assert not report.refused
        assert (report.documents, report.annotations, report.relations) == (2, 4, 1)
        coders = {each["coder"] for line in lines(files) for each in line["readings"]}
        assert {name for (name,) in other.rows("SELECT name FROM coder")} == coders


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 201])
def test_a_release_needs_a_name(name, project, tmp_path):
    with pytest.raises(AnnotatorError, match="A release needs a name"):
        export(project, tmp_path / "out.jsonl", format_name="jsonl", release=Release(name))
    assert not (tmp_path / "out.jsonl").exists()


def test_the_secret_stays_here(project, tmp_path):
    secret = project.meta("secret")
    assert re.fullmatch("[0-9a-f]{64}", secret)
    for kind in ("jsonl", "csv", "huggingface", "html-page"):
        _, files = release_of(project, tmp_path / kind, kind=kind)
        assert not [name for name, data in files.items() if secret.encode() in data or bytes.fromhex(secret) in data]


def test_parts_go_where_they_can_be_held(project, tmp_path):
    (tmp_path / "parts").mkdir()
    parting = Parting("date", (50, 0, 50))
    told = export(project, tmp_path / "parts" / "out.jsonl", format_name="jsonl", parting=parting)
    assert {each["title"]: each["split"] for each in lines(bytes_of(tmp_path / "parts"))} == {
        "A title that the text does not hold": "train",
        "Talks": "test",
    }
    assert "fields of other programs dropped" not in told.lost
    with pytest.raises(AnnotatorError, match="brat standoff holds no parts for training and testing; these do: "):
        export(project, tmp_path / "brat", format_name="brat", parting=Parting())
    with pytest.raises(AnnotatorError, match="Articles are parted by hash, date, stratified, not by “name”"):
        export(project, tmp_path / "x.jsonl", format_name="jsonl", parting=Parting("name"))
