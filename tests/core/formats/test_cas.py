"""What is particular to UIMA CAS: type systems beside the file or none, arrays, roles, names that are no code."""

import json

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.cas_json import CAS_JSON
from annotator.formats.format import ReadOptions, WriteOptions
from annotator.formats.loss import Loss
from annotator.formats.report import Report
from annotator.formats.xmi import XMI
from annotator.model.records import DocumentRecord, ReadingRecord
from annotator.model.span import quote

XML = """<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:tcas="http:///uima/tcas.ecore"
 xmlns:c="http:///webanno/custom.ecore" xmlns:noNamespace="http:///uima/noNamespace.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/>{body}
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{text}"/>
<cas:View sofa="1" members="{members}"/></xmi:XMI>"""

TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types><typeDescription>
<name>webanno.custom.Who</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>year</name><rangeTypeName>uima.cas.Integer</rangeTypeName></featureDescription>
<featureDescription><name>friend</name><rangeTypeName>uima.tcas.Annotation</rangeTypeName></featureDescription>
</features></typeDescription></types></typeSystemDescription>"""


def xmi(tmp_path, body, text="Kyiv met Lviv", members="2 3", **chosen):
    path = tmp_path / "a.xmi"
    path.write_text(XML.format(body=body, text=text, members=members), encoding="utf-8")
    report = Report()
    return list(XMI.reads(path, report, ReadOptions(chosen))), report


def links(record):
    by_id = {each.source_id: quote(record.text, each.spans) for each in record.annotations}
    return [(each.type, by_id[each.source], by_id[each.target]) for each in record.relations]


def test_a_type_system_tells_numbers_from_references(tmp_path):
    body = '<c:Who xmi:id="2" sofa="1" begin="0" end="4" year="3" friend="3"/>'
    body += '<c:Who xmi:id="3" sofa="1" begin="9" end="13" year="2"/>'
    (tmp_path / "TypeSystem.xml").write_text(TYPES, encoding="utf-8")
    (record,), report = xmi(tmp_path, body)
    assert [(each.tag, each.attributes["year"]["value"]) for each in record.annotations] == [("Who", "3"), ("Who", "2")]
    assert links(record) == [("friend", "Kyiv", "Lviv")]
    assert not report.warnings


def test_without_one_only_usual_names_are_taken_for_references(tmp_path):
    body = '<c:Who xmi:id="2" sofa="1" begin="0" end="4" year="3"/><c:Who xmi:id="3" sofa="1" begin="9" end="13"/>'
    body += '<c:Meets xmi:id="4" sofa="1" begin="9" end="13" Governor="2" Dependent="3" label="host"/>'
    (record,), report = xmi(tmp_path, body, members="2 3 4")
    assert record.annotations[0].attributes["year"]["value"] == "3"
    assert links(record) == [("host", "Kyiv", "Lviv")]
    assert "no type system says what Dependent, Governor point to" in str(report.warnings[0])


def test_what_is_not_indexed_is_not_read(tmp_path):
    body = '<c:Who xmi:id="2" sofa="1" begin="0" end="4"/><c:Who xmi:id="3" sofa="1" begin="9" end="13"/>'
    (record,), _ = xmi(tmp_path, body, members="3")
    assert [quote(record.text, each.spans) for each in record.annotations] == ["Lviv"]


def test_offsets_are_utf16_over_the_text_with_its_own_line_ends(tmp_path):
    body = '<c:Who xmi:id="2" sofa="1" begin="4" end="8" value="LOC"/><c:Who xmi:id="3" sofa="1" begin="1" end="2"/>'
    (record,), report = xmi(tmp_path, body, text="😀&#13;&#10;Kyiv")
    assert record.text == "😀\nKyiv"
    assert [(each.tag, quote(record.text, each.spans)) for each in record.annotations] == [("LOC", "Kyiv")]
    assert "cuts a character in two" in str(report.refused[0])


def test_roles_and_lists_lead_to_what_they_hold(tmp_path):
    body = (
        '<c:Meeting xmi:id="2" sofa="1" begin="5" end="8" who="10 11"/><c:Who xmi:id="3" sofa="1" begin="0" end="4"/>'
    )
    body += '<c:Who xmi:id="4" sofa="1" begin="9" end="13"><names>Lviv</names><names>Lemberg</names></c:Who>'
    body += '<c:Role xmi:id="10" role="host" target="3"/><c:Role xmi:id="11" target="4"/>'
    (record,), _ = xmi(tmp_path, body, members="2 3 4")
    assert links(record) == [("host", "met", "Kyiv"), ("who", "met", "Lviv")]
    assert record.annotations[2].attributes["names"]["value"] == "Lviv; Lemberg"


def test_names_are_never_code(tmp_path):
    """A type system of a stranger may call its features anything."""
    odd = "a=open('owned','w')"
    held = [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": "Kyiv"},
        {"%ID": 2, "%TYPE": "my.Who", "@sofa": 1, "begin": 0, "end": 4, "class": "x", odd: "y"},
    ]
    types = {"my.Who": {"%NAME": "my.Who", "%SUPER_TYPE": "uima.tcas.Annotation", odd: {"%RANGE": "uima.cas.String"}}}
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"%TYPES": types, "%FEATURE_STRUCTURES": held, "%VIEWS": {}}), encoding="utf-8")
    (record,) = CAS_JSON.reads(path, Report(), ReadOptions())
    assert {name: each["value"] for name, each in record.annotations[0].attributes.items()} == {"class": "x", odd: "y"}
    assert not list(tmp_path.glob("**/owned"))


def test_characters_without_a_place_in_xml_are_counted(tmp_path):
    record = DocumentRecord("Kyiv\x0bsaid\x00no", source_name="a.txt", readings=(ReadingRecord("Ann"),))
    assert XMI.loses(record, WriteOptions()) == {Loss.CHARACTERS: 1}
    XMI.writes([record], tmp_path / "out", {}, WriteOptions())
    (back,) = XMI.reads(tmp_path / "out", Report(), ReadOptions())
    assert back.text == "Kyiv\ufffdsaid\ufffdno"
    assert CAS_JSON.loses(record, WriteOptions()) == {}


def test_a_cas_without_text_is_refused(tmp_path):
    with pytest.raises(AnnotatorError, match=r"Cannot read a\.xmi: it holds no text\."):
        xmi(tmp_path, "", text="")


def test_lists_that_lead_back_to_themselves_end(tmp_path):
    body = '<c:Who xmi:id="2" sofa="1" begin="0" end="4" source="7"/><cas:NonEmptyFSList xmi:id="7" head="3" tail="7"/>'
    body += '<c:Who xmi:id="3" sofa="1" begin="9" end="13"/>'
    (record,), _ = xmi(tmp_path, body)
    assert links(record) == [("source", "Kyiv", "Lviv")]
