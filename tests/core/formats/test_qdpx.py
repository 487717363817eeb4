"""REFI-QDA projects, as the standard (version 1.5, chapters 8–11) and other programs write them."""

import zipfile
from io import BytesIO

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions, WriteOptions
from annotator.formats.qdpx import QDPX
from annotator.formats.report import Report
from annotator.operations.codebook_files import read_codebook_file
from annotator.operations.export import Wanted, export
from tests.core.formats.full_document import full_project

TEXT = "A 😀 minister said\r\nthat Kyiv asked for talks.\r\n"
ANN, BEN = "11111111-0000-0000-0000-000000000001", "11111111-0000-0000-0000-000000000002"
ACTOR, CLAIM, INNER = (f"22222222-0000-0000-0000-00000000000{number}" for number in (1, 2, 3))
SEVERAL = "33333333-0000-0000-0000-000000000001"

HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="Study" origin="Other 1.0">
<Users><User guid="{{{ANN.upper()}}}" name="Ann"/><User guid="{BEN}" id="BE"/></Users>
<CodeBook><Codes>
 <Code guid="{ACTOR}" name="Actor" isCodable="true"/>
 <Code guid="{CLAIM}" name="Claim" isCodable="true"><Code guid="{INNER}" name="actor" isCodable="true"/></Code>
</Codes></CodeBook>
<Variables><Variable guid="44444444-0000-0000-0000-000000000001" name="Outlet" typeOfVariable="Text"/>
 <Variable guid="44444444-0000-0000-0000-000000000002" name="Page" typeOfVariable="Integer"/></Variables>
"""


def selection(start, end, codings, *, name="", guid=SEVERAL, more=""):
    listed = "".join(
        f'<Coding guid="55555555-0000-0000-0000-{number:012}" creatingUser="{user}">'
        f'<CodeRef targetGUID="{code}"/></Coding>'
        for number, (user, code) in enumerate(codings, start)
    )
    return (
        f'<PlainTextSelection guid="{guid}" name="{name}" startPosition="{start}" endPosition="{end}">'
        f"{listed}{more}</PlainTextSelection>"
    )


def source(inside="", *, kind="TextSource", path="internal://text.txt", name="Speech"):
    given = f' plainTextPath="{path}"' if path else ""
    return f'<{kind} guid="66666666-0000-0000-0000-000000000001" name="{name}"{given}>{inside}</{kind}>'


def project(tmp_path, sources, tail="", *, members=()):
    path = tmp_path / "study.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", f"{HEAD}<Sources>{sources}</Sources>{tail}</Project>")
        archive.writestr("Sources/text.txt", TEXT)
        for name, data in members:
            archive.writestr(name, data)
    return path


def read(path):
    report = Report()
    return list(QDPX.reads(path, report, ReadOptions())), report


def told(record):
    return [(each.coder, each.tag, record.text[each.spans[0].start : each.spans[0].end]) for each in record.annotations]


# ---- reading


def test_several_codings_of_one_selection_are_as_many_annotations(tmp_path):
    path = project(tmp_path, source(selection(2, 12, [(ANN, ACTOR), (BEN, CLAIM)])))
    (record,), report = read(path)
    assert record.text == "A 😀 minister said\nthat Kyiv asked for talks.\n"
    assert told(record) == [("Ann", "Actor", "😀 minister"), ("BE", "Claim", "😀 minister")]
    assert record.title == "Speech"
    assert not report.refused
    assert not report.warnings


def test_codes_that_share_a_name_are_told_apart(tmp_path):
    (record,), _ = read(project(tmp_path, source(selection(2, 3, [(ANN, INNER)]))))
    assert told(record) == [("Ann", "Claim / actor", "😀")]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(24, 28, id="code points of the file, as the standard says"),
        pytest.param(23, 27, id="CRLF counted as one"),
        pytest.param(25, 29, id="UTF-16 units"),
    ],
)
def test_names_tell_how_a_program_counts(start, end, tmp_path):
    named = selection(start, end, [(ANN, ACTOR)], name="Kyiv")
    first = selection(0, 1, [(ANN, ACTOR)], name="A", guid="33333333-0000-0000-0000-000000000002")
    (record,), _ = read(project(tmp_path, source(first + named)))
    assert told(record)[1] == ("Ann", "Actor", "Kyiv")


def test_without_names_places_are_code_points_of_the_file(tmp_path):
    (record,), _ = read(project(tmp_path, source(selection(25, 29, [(ANN, ACTOR)]))))
    assert told(record) == [("Ann", "Actor", "yiv ")]


def test_notes_links_and_what_is_known_of_an_article(tmp_path):
    other = "33333333-0000-0000-0000-000000000002"
    note = "77777777-0000-0000-0000-000000000001"
    memo = "77777777-0000-0000-0000-000000000002"
    inside = selection(0, 1, [(ANN, ACTOR)], more=f'<NoteRef targetGUID="{note}"/>')
    inside += selection(4, 12, [(ANN, CLAIM)], guid=other)
    inside += (
        '<VariableValue><VariableRef targetGUID="44444444-0000-0000-0000-000000000001"/><TextValue>Wire</TextValue>'
        '</VariableValue><VariableValue><VariableRef targetGUID="44444444-0000-0000-0000-000000000002"/>'
        "<IntegerValue>4</IntegerValue></VariableValue>"
    )
    tail = (
        f'<Notes><Note guid="{note}"><PlainTextContent>look again</PlainTextContent></Note>'
        f'<Note guid="{memo}" plainTextPath="internal://memo.txt"/></Notes>'
        f'<Links><Link guid="88888888-0000-0000-0000-000000000001" name="answers" originGUID="{other}" '
        f'targetGUID="{SEVERAL}"/><Link guid="88888888-0000-0000-0000-000000000002" originGUID="{memo}" '
        f'targetGUID="{other}"/><Link guid="88888888-0000-0000-0000-000000000003" originGUID="{ACTOR}" '
        f'targetGUID="{CLAIM}"/></Links>'
    )
    path = project(tmp_path, source(inside), tail, members=[("sources/memo.txt", "a memo\r\n")])
    (record,), report = read(path)
    assert [each.note for each in record.annotations] == ["look again", "a memo"]
    (link,) = record.relations
    by_id = {each.source_id: each.tag for each in record.annotations}
    assert (link.type, by_id[link.source], by_id[link.target]) == ("answers", "Claim", "Actor")
    assert (record.outlet, record.extra) == ("Wire", {"Page": "4"})
    assert [str(each) for each in report.warnings] == [
        "study.qdpx: links of other things than two annotations left out: 1."
    ]


def test_what_is_no_text_is_refused_by_name(tmp_path):
    kinds = ("PictureSource", "PDFSource", "AudioSource", "VideoSource")
    others = "".join(source(kind=kind, path="", name=kind[:3]) for kind in kinds)
    bare = source(path="", name="bare")
    away = source(path="internal://../../secret.txt", name="up") + source(path="relative:///x.txt", name="away")
    lost = source(path="internal://none.txt", name="lost")
    records, report = read(project(tmp_path, others + bare + away + lost))
    assert records == []
    assert [str(each).removeprefix("study.qdpx, ") for each in report.refused] == [
        "Pic: a picture, not a text.",
        "PDF: a PDF, not a text.",
        "Aud: a sound, not a text.",
        "Vid: a video, not a text.",
        "bare: it has no plain text.",
        "up: its text does not lie in the archive but at 'internal://../../secret.txt'.",
        "away: its text does not lie in the archive but at 'relative:///x.txt'.",
        "lost: the archive holds no sources/none.txt.",
    ]


def test_a_pdf_with_its_text_beside_is_read(tmp_path):
    inner = f'<Representation guid="{SEVERAL}" plainTextPath="internal://text.txt">'
    inner += selection(0, 1, [(ANN, ACTOR)]) + "</Representation>"
    (record,), _ = read(project(tmp_path, source(inner, kind="PDFSource", path="", name="Paper")))
    assert (record.title, told(record)) == ("Paper", [("Ann", "Actor", "A")])


@pytest.mark.parametrize(
    ("start", "end"), [("-1", "4"), ("4", "4"), ("9", "4"), ("0", "999"), ("NaN", "4"), ("0", "9" * 40), ("1.5", "4")]
)
def test_a_place_that_is_none_is_refused(start, end, tmp_path):
    one = selection(0, 4, [(ANN, ACTOR)]).replace('startPosition="0" endPosition="4"', "@")
    records, report = read(project(tmp_path, source(one.replace("@", f'startPosition="{start}" endPosition="{end}"'))))
    assert records[0].annotations == ()
    assert len(report.refused) == 1


def test_a_bomb_and_an_entity_are_refused(tmp_path):
    path = project(tmp_path, source())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b"<Project>" + bytes(60_000_000))
    with pytest.raises(AnnotatorError, match="packed too tightly"):
        read(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", '<!DOCTYPE x [<!ENTITY a "b">]><Project name="&a;"/>')
    with pytest.raises(AnnotatorError, match="declares entities"):
        read(path)


# ---- writing


def schema(shared):
    etree = pytest.importorskip("lxml.etree", reason="the schema is checked where lxml is")
    path = shared / "corpora" / "refi_qda" / "Project-mrt2019.xsd"
    if not path.is_file():
        pytest.skip("the schema of REFI-QDA is not among the corpora")
    return etree.XMLSchema(etree.parse(path)), etree


def test_an_export_is_valid_and_its_places_are_code_points_of_the_text(shared, tmp_path):
    valid, etree = schema(shared)
    with full_project(tmp_path / "full.annotator") as held:
        export(held, tmp_path / "out.qdpx", format_name="qdpx", wanted=Wanted())
    with zipfile.ZipFile(tmp_path / "out.qdpx") as archive:
        made = etree.parse(BytesIO(archive.read("project.qde")))
        valid.assertValid(made)
        spaces = {"q": "urn:QDA-XML:project:1.0"}
        (text_source,) = made.findall(".//q:TextSource", spaces)
        text = archive.read(text_source.get("plainTextPath").replace("internal://", "sources/")).decode()
    names = {each.get("guid"): each.get("name") for each in made.findall(".//q:User", spaces)}
    codes = {each.get("guid"): each.get("name") for each in made.findall(".//q:Code", spaces)}
    found = set()
    for each in made.findall(".//q:PlainTextSelection", spaces):
        start, end = int(each.get("startPosition")), int(each.get("endPosition"))
        assert text[start:end].startswith(each.get("name"))
        code = each.find("q:Coding/q:CodeRef", spaces).get("targetGUID")
        found.add((names[each.get("creatingUser")], codes[code], text[start:end]))
    assert ("Ann", "Figure", "100,000 troops") in found
    assert ("Ben (gold)", "Claim", "nobody else did") in found
    assert ("Ann", "Demand", "asked👨‍👩‍👧 for talks") in found  # two pieces, from the first to the last


def test_an_empty_export_is_valid(shared, tmp_path):
    valid, etree = schema(shared)
    QDPX.writes([], tmp_path / "out.qdpx", {}, WriteOptions())
    with zipfile.ZipFile(tmp_path / "out.qdpx") as archive:
        valid.assertValid(etree.parse(BytesIO(archive.read("project.qde"))))


def test_the_codebook_of_a_project_can_be_taken_alone(tmp_path):
    path = project(tmp_path, source())
    labels = [tag.label for tag in read_codebook_file(path).codebook.tags]
    assert labels == ["Actor", "Claim", "actor"]
