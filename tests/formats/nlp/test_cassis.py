"""dkpro-cassis reads what we write as UIMA CAS: XMI with its type system, and JSON."""

import warnings

import cassis
import pytest

SPAN, LINK = "webanno.custom.Annotation", "webanno.custom.Relation"
READINGS = [("Ann", "own", "Ann"), ("Ben", "own", "Ben"), ("Cleo", "own", "Cleo"), ("Ben", "gold", "gold - Ben")]


def xmi(path):
    types = cassis.load_typesystem(path.parents[1] / "TypeSystem.xml")
    return cassis.load_cas_from_xmi(path.with_name(f"{path.name}.xmi"), typesystem=types)


def cas_json(path):
    with path.with_name(f"{path.name}.json").open("rb") as file:
        return cassis.load_cas_from_json(file)


@pytest.fixture(params=[("xmi", xmi), ("cas-json", cas_json)], ids=lambda each: each[0])
def loaded(request, exported):
    name, load = request.param

    def of(folder, document):
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # cassis warns of an offset that does not fit
            return load(exported / name / folder / document)

    return of


@pytest.mark.parametrize(("coder", "kind", "folder"), READINGS)
def test_each_reading_has_its_spans_tags_and_values(loaded, facts, own, coder, kind, folder):
    cas = loaded(folder, "speech")
    document = facts["speech"]
    assert cas.sofa_string == document["text"]
    found = sorted((each.begin, each.end, each.tag) for each in cas.select(SPAN))
    wanted = own(document, coder, kind)
    assert found == [told[:3] for told in wanted]
    by_place = {(each.begin, each.end, each.tag): each for each in cas.select(SPAN)}
    for start, end, tag, told in wanted:
        each = by_place[start, end, tag]
        assert each.get_covered_text() == document["text"][start:end]
        assert (each.note or "") == told["note"]
        for name, value in told["attributes"].items():
            assert each.get(name) == written(value), name


def written(value):
    if isinstance(value, list):
        return "; ".join(value)
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def test_relations_lead_from_annotation_to_annotation(loaded, facts):
    cas = loaded("Ann", "speech")
    told = facts["speech"]
    wanted = sorted(
        (link["type"], *(told["annotations"][link[end]]["quote"][:9] for end in ("source", "target")), link["note"])
        for link in told["relations"]
    )
    found = sorted(
        (each.label, each.Governor.get_covered_text()[:9], each.Dependent.get_covered_text()[:9], each.note or "")
        for each in cas.select(LINK)
    )
    assert found == wanted


def test_words_and_sentences_cover_the_text(loaded, facts):
    cas = loaded("Ann", "simple")
    package = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"
    words = [each.get_covered_text() for each in cas.select(f"{package}.Token")]
    assert "".join(words) == "".join(facts["simple"]["text"].split())
    assert [each.get_covered_text() for each in cas.select(f"{package}.Sentence")] == facts["simple"]["text"].split(
        "\n"
    )
