"""What a collection declares beside what it uses comes into the codebook: tags, links with their ends, values."""

import pytest

from annotator.operations.codebook_versions import current_version
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from tests.core.formats import test_qdpx

CONF = """# a collection about speeches
[entities]
!Actor-or-so
\tSpeaker
Place
# Nobody

[relations]
<WHO>=Speaker|Place
Speaks-in   Arg1:Speaker, Arg2:Place
Near        Arg1:<WHO>, Arg2:<WHO>, <REL-TYPE>:symmetric
<OVERLAP>   Arg1:Speaker, Arg2:Place, <OVL-TYPE>:<ANY>

[events]
Threat      By:Speaker, Against?:<WHO>, Because*:<EVENT>

[attributes]
Certainty   Arg:<EVENT>, Value:High|Neutral|Low
Denied      Arg:<EVENT>
Mention     Arg:<ENTITY>, Value:Name|Other
"""
ANN = (
    "T1\tSpeaker 0 4\tKyiv\nT2\tThreat 5 9\tsaid\nE1\tThreat:T2 By:T1\nA1\tCertainty E1 High\nA2\tMention T1 Nickname\n"
)


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        yield made


def codebook(project):
    return current_version(project).codebook


def brat(folder):
    folder.mkdir()
    (folder / "annotation.conf").write_text(CONF)
    (folder / "a.txt").write_text("Kyiv said no.\n")
    (folder / "a.ann").write_text(ANN)
    return folder


def test_the_types_of_a_brat_collection_become_tags_links_and_values(project, tmp_path):
    before = {tag.id for tag in codebook(project).tags}
    _, report = import_paths(project, [brat(tmp_path / "speeches")])
    assert not report.refused
    book = codebook(project)
    assert {tag.id for tag in book.tags} - before == {"Speaker", "Place"}  # a threat is there, whatever its case
    near, speaks, by = (book.relation(each) for each in ("Near", "Speaks-in", "By"))
    assert (set(near.from_tags), set(near.to_tags)) == ({"Speaker", "Place"},) * 2
    assert (speaks.from_tags, speaks.to_tags) == (("Speaker",), ("Place",))
    assert (by.from_tags, by.to_tags) == (("threat",), ("Speaker",))
    assert "threat" in book.relation("Because").to_tags
    threat = book.tag("threat")
    assert (threat.attribute("Certainty").type, threat.attribute("Certainty").values) == (
        "enum",
        ("High", "Neutral", "Low"),
    )
    assert threat.attribute("Denied").type == "boolean"
    assert book.tag("Place").attribute("Mention").values == ("Name", "Other")


def test_a_value_that_is_not_declared_leaves_the_attribute_open(project, tmp_path):
    import_paths(project, [brat(tmp_path / "speeches")])
    mention = codebook(project).tag("Speaker").attribute("Mention")
    assert (mention.type, mention.values) == ("text", ())
    held = [row[0] for row in project.rows("SELECT attributes FROM annotation")]
    assert any("Nickname" in each for each in held)
    assert any("High" in each for each in held)


def test_codes_that_nothing_is_coded_with_come_along(project, tmp_path):
    before = {tag.id for tag in codebook(project).tags}
    path = test_qdpx.project(tmp_path, test_qdpx.source(test_qdpx.selection(0, 1, [(test_qdpx.ANN, test_qdpx.ACTOR)])))
    _, report = import_paths(project, [path])
    assert not report.refused
    added = {tag.label for tag in codebook(project).tags if tag.id not in before}
    assert added == {"Claim / actor"}
    assert "the tag “Claim / actor” was added to the codebook" in str(report.warnings)
