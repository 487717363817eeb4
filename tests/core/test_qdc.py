"""REFI-QDA codebooks: what other programs write is read safely, what is written comes back, nothing is overwritten."""

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats.qdc import codebook_from_qdc, codebook_to_qdc
from annotator.formats.qdc_xml import Code, read_codes, write_codes
from annotator.model.codebook import TAG_KEYS
from annotator.model.codebook_check import DARK_PAGE, LEAST_CONTRAST, LIGHT_PAGE, codebook_warnings, contrast
from annotator.model.codebook_yaml import default_codebook, dump_codebook, load_codebook

NAMESPACE = "{urn:QDA-XML:codebook:1.0}"
OTHER = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Another program 7">
 <Codes>
  <Code guid="A182CD3A-D83C-4D8C-BC80-26D9103EC6D6" name="Speech acts" isCodable="false" color="#00FF00">
   <Code guid="{2D2466F0-D77F-4F8C-BDF9-628966B6B74D}" name="Threat of war" isCodable="true" color="#fa0">
    <Description>Announces &lt;harm&gt; &amp; cost.

Second paragraph.</Description>
    <NoteRef targetGUID="2D2466F0-D77F-4F8C-BDF9-628966B6B74E"/>
    <Code guid="086AC733-7B1C-4749-A138-D7182F63A5C9" name="Veiled" isCodable="true"/>
   </Code>
  </Code>
  <Code guid="086AC733-7B1C-4749-A138-D7182F63A5CA" name="Frieden &#x2014; Ja" isCodable="true" color="#123456"/>
 </Codes>
 <Sets><Set guid="086AC733-7B1C-4749-A138-D7182F63A5CB" name="S">
  <MemberCode targetGUID="086AC733-7B1C-4749-A138-D7182F63A5CA"/></Set></Sets>
</CodeBook>
"""


def book(text=OTHER, current=None, name="other.qdc"):
    return codebook_from_qdc(text.encode(), name, current)


# ---- from other programs


def test_codes_become_tags_with_names_colours_descriptions_and_guids():
    made = book()
    tags = {tag.label: tag for tag in made.codebook.tags}
    assert list(tags) == ["Threat of war", "Veiled", "Frieden — Ja"]
    threat, veiled, peace = tags.values()
    assert threat.definition == "Announces <harm> & cost.\n\nSecond paragraph."
    assert threat.extra["guid"] == "2d2466f0-d77f-4f8c-bdf9-628966b6b74d"
    assert [each["name"] for each in threat.extra["group"]] == ["Speech acts"]
    assert [each["name"] for each in veiled.extra["group"]] == ["Speech acts", "Threat of war"]
    assert (threat.id, peace.id) == ("threat-of-war", "frieden-ja")
    assert peace.light == "#123456"
    assert threat.extra["color"] == {"original": "#ffaa00"}
    assert made.codebook.title == "other"
    assert made.warnings == ("sets of codes were left out (1)", "notes on codes were left out (1)")
    for tag in made.codebook.tags:
        assert contrast(tag.light, LIGHT_PAGE) >= LEAST_CONTRAST
        assert contrast(tag.dark, DARK_PAGE) >= LEAST_CONTRAST
        assert tag.keys
    assert not [each for each in codebook_warnings(made.codebook) if "does not know" in each]
    assert load_codebook(dump_codebook(made.codebook)) == made.codebook


def test_what_was_read_is_written_as_it_was():
    first = read_codes(OTHER.encode(), "x")
    data, _ = codebook_to_qdc(book().codebook)
    again = read_codes(data, "x")

    def told(codes):
        return [(c.guid, c.name, c.codable, c.color if c.codable else "", c.description, told(c.codes)) for c in codes]

    expected = told(first.codes)
    written = told(again.codes)
    assert written[0][:3] == expected[0][:3]
    threat = written[0][5][0]
    assert threat[:5] == expected[0][5][0][:5]
    assert threat[5][0][:3] == expected[0][5][0][5][0][:3]
    assert written[1] == expected[1]


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:1:0", ""])
def test_the_namespaces_that_programs_write_are_read(namespace):
    text = OTHER.replace("urn:QDA-XML:codebook:1.0", namespace) if namespace else OTHER.replace("xmlns=", "was=")
    assert len(book(text).codebook.tags) == 3


@pytest.mark.parametrize("project", ["nvivo_project.qdpx", "target-atlas-project.qdpx"])
def test_codebooks_of_real_projects_are_read(shared, project):
    with zipfile.ZipFile(shared / "corpora/refi_qda" / project) as packed:
        data = packed.read("project.qde")
    root = ElementTree.parse(io.BytesIO(data)).getroot()
    expected = [each for each in root.iter("{urn:QDA-XML:project:1.0}Code") if each.get("isCodable") == "true"]
    codebook = codebook_from_qdc(data, project).codebook
    assert [tag.label for tag in codebook.tags] == [each.get("name") for each in expected]
    assert [tag.extra["guid"] for tag in codebook.tags] == [each.get("guid").lower() for each in expected]
    assert len({tag.id for tag in codebook.tags}) == len(expected)
    keys = [key for tag in codebook.tags for key in tag.keys]
    assert len(set(keys)) == len(keys)
    assert set(keys) <= set(TAG_KEYS)
    written, _ = codebook_to_qdc(codebook)
    guids = [each.get("guid").lower() for each in ElementTree.fromstring(written).iter(f"{NAMESPACE}Code")]
    assert guids == [each.get("guid").lower() for each in root.iter("{urn:QDA-XML:project:1.0}Code")]


# ---- our own, out and in


def test_a_codebook_is_written_as_the_standard_says():
    codebook = default_codebook()
    data, lost = codebook_to_qdc(codebook)
    root = ElementTree.fromstring(data)
    assert root.tag == f"{NAMESPACE}CodeBook"
    assert set(root.attrib) == {"origin"}
    (codes,) = root
    assert codes.tag == f"{NAMESPACE}Codes"
    for code, tag in zip(codes, codebook.tags, strict=True):
        assert set(code.attrib) == {"guid", "name", "isCodable", "color"}
        assert (code.get("name"), code.get("isCodable"), code.get("color")) == (tag.label, "true", tag.light)
        (description,) = code
        assert description.tag == f"{NAMESPACE}Description"
        assert description.text.startswith(tag.definition)
        assert all(rule.text in description.text for rule in tag.rules)
    assert lost["relations"] == 9
    assert codebook_to_qdc(codebook)[0] == data


def test_a_codebook_comes_back_unchanged_where_the_file_was_not_changed():
    codebook = default_codebook()
    retired = tuple(replace(tag, retired=tag.id == "threat") for tag in codebook.tags)
    for each in (codebook, replace(codebook, tags=retired), book().codebook):
        data, _ = codebook_to_qdc(each)
        assert codebook_from_qdc(data, "same.qdc", each).codebook == each


def test_what_another_program_changed_is_taken_and_the_rest_stays():
    codebook = default_codebook()
    data = codebook_to_qdc(codebook)[0].decode()
    data = data.replace('name="Claim"', 'name="Assertion"').replace("#123ea5", "#000099")
    data = data.replace("What an actor is reported to state", "What anybody states")
    data = data.replace('name="Demand" isCodable="true"', 'name="Demand" isCodable="false"')
    data = data.replace(
        "</Codes>", '<Code guid="086AC733-7B1C-4749-A138-D7182F63A5C9" name="Offer" isCodable="true"/></Codes>'
    )
    made = codebook_from_qdc(data.encode(), "changed.qdc", codebook).codebook
    claim, was = made.tag("claim"), codebook.tag("claim")
    assert claim.label == "Assertion"
    assert claim.definition == was.definition.replace("What an actor is reported to state", "What anybody states")
    assert (claim.rules, claim.attributes, claim.keys, claim.span) == (was.rules, was.attributes, was.keys, was.span)
    assert made.tag("actor").light == "#000099"
    assert made.tag("demand").retired
    assert made.tag("offer").keys == ("6",)
    assert made.relations == codebook.relations
    assert made.version == "1.0.1"
    assert load_codebook(dump_codebook(made)) == made


def test_a_tag_that_the_file_leaves_out_goes_with_its_relations():
    codebook = default_codebook()
    root = ElementTree.fromstring(codebook_to_qdc(codebook)[0])
    codes = root[0]
    for code in list(codes):
        if code.get("name") == "Actor":
            codes.remove(code)
    made = codebook_from_qdc(ElementTree.tostring(root), "less.qdc", codebook).codebook
    assert made.tag("actor") is None
    assert [each.id for each in made.relations] == ["supports", "backs", "responds_to", "continues"]
    assert load_codebook(dump_codebook(made)) == made


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)
XML_TEXT = st.text(st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.just("\n")), max_size=30).map(str.strip)
UUIDS = st.uuids(version=4).map(str)
CODES = st.recursive(
    st.builds(
        Code, UUIDS, NAMES.filter(bool), st.booleans(), st.sampled_from(["", "#a1b2c3", "#ffffff", "#000000"]), XML_TEXT
    ),
    lambda inner: st.builds(
        Code, UUIDS, NAMES.filter(bool), st.booleans(), st.just("#ff0000"), XML_TEXT, st.lists(inner, max_size=3)
    ),
    max_leaves=8,
)


def without_lines(codes):
    return [replace(each, line=0, codes=without_lines(each.codes)) for each in codes]


def any_codable(codes):
    return any(each.codable or any_codable(each.codes) for each in codes)


@settings(max_examples=60, deadline=None)
@given(st.lists(CODES, max_size=4))
def test_any_codes_are_written_and_read_back(codes):
    assert without_lines(read_codes(write_codes(codes), "x").codes) == without_lines(codes)


@settings(max_examples=60, deadline=None)
@given(st.lists(CODES, min_size=1, max_size=4))
def test_any_codes_make_a_codebook_that_is_valid_and_comes_back(codes):
    data = write_codes(codes)
    if not any_codable(codes):
        with pytest.raises(AnnotatorError, match="no code in it that can be set"):
            codebook_from_qdc(data, "any.qdc")
        return
    made = codebook_from_qdc(data, "any.qdc").codebook
    assert load_codebook(dump_codebook(made)) == made
    again = codebook_to_qdc(made)[0]
    assert codebook_from_qdc(again, "any.qdc", made).codebook == made


# ---- what is no codebook, or means harm


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="" name="&b;" isCodable="true"/></Codes></CodeBook>"""
OUTSIDE = BOMB.replace('"aaaaaaaaaa"', 'SYSTEM "file:///etc/hostname"')
DEEP = "<CodeBook><Codes>" + '<Code name="a" isCodable="true">' * 60 + "</Code>" * 60 + "</Codes></CodeBook>"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BOMB, "DOCTYPE"),
        (OUTSIDE, "DOCTYPE"),
        (DEEP, "50 deep"),
        ("<CodeBook><Codes>", "line 1: it is not valid XML"),
        ("", "not valid XML"),
        ("id: yaml\n", "not valid XML"),
        ("<html/>", "no REFI-QDA codebook"),
        ("<CodeBook/>", "no REFI-QDA codebook"),
        ("<CodeBook xmlns='urn:x'><Codes/></CodeBook>", "no REFI-QDA codebook"),
        ("<CodeBook><Codes/></CodeBook>", "no code in it"),
        (
            "<CodeBook><Codes>\n<Code guid='' name=' ' isCodable='true'/></Codes></CodeBook>",
            "line 2: a code has no name",
        ),
        ('<?xml version="1.0" encoding="klingon"?><CodeBook/>', "not valid XML"),
        ("<CodeBook><Codes>&nothing;</Codes></CodeBook>", "not valid XML"),
    ],
)
def test_what_cannot_be_read_is_refused_with_place_and_reason(text, reason):
    with pytest.raises(AnnotatorError, match=reason) as caught:
        book(text)
    assert str(caught.value).startswith("other.qdc")


def test_a_file_too_large_is_not_parsed():
    with pytest.raises(AnnotatorError, match="more than 8 MB"):
        codebook_from_qdc(b" " * (8 * 1024 * 1024 + 1), "large.qdc")
