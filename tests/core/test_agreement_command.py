"""Agreement on real projects: which readings count, in which form, and what the command says of them."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.sample_size import codings_needed
from annotator.cli import cli
from annotator.errors import AnnotatorError
from annotator.operations.agreement import agreement_of, measures_named
from annotator.operations.agreement_readings import ALL, Which, readings_done
from annotator.operations.annotations import delete_annotations, tag_span
from annotator.operations.assigning import draw_sample
from annotator.operations.codebook_versions import update_codebook
from annotator.operations.coders import add_coder, merge_coders
from annotator.operations.entities import add_entity, merge_entities
from annotator.operations.imports import import_paths
from annotator.operations.readings import set_state
from annotator.operations.relations import add_relation
from annotator.operations.rounds import close_round, return_reading, set_blind
from annotator.storage import history, queries
from annotator.storage.project import Project
from tests.core.review_tools import annotation, article, coder, project_of, seed_article, seed_project

TEXT = "Moscow sent 40 lorries to Kyiv, and Kyiv said no. "
TAGS = ("actor", "claim", "figure")
FEW = settings(max_examples=15, deadline=None)

spans = st.tuples(st.sampled_from(TAGS), st.integers(0, 30), st.integers(1, 18))
marks = st.lists(spans, max_size=4, unique=True)


def run(*arguments) -> list[dict]:
    found = CliRunner().invoke(cli, ["agreement", *map(str, arguments), "--json"], standalone_mode=False)
    if found.exception:
        raise found.exception
    return json.loads(found.stdout)


def numbers(project: Project, which=ALL, names=()):
    _, results = agreement_of(project, which, measures_named(names))
    return {(each.measure, each.tag): each.value for each in results if each.value is not None}


def of(coder_name: str, listed) -> list[dict]:
    return [annotation(coder_name, tag, start, start + length) for tag, start, length in listed]


def project_with(path: Path, *articles) -> Project:
    """Each article is the marks of Anna and of Ben, who declared both done."""
    made = []
    for number, (anna, ben) in enumerate(articles):
        told = article(f"{TEXT}{number}", of("Anna", anna) + of("Ben", ben), title=f"Article {number}")
        told["readings"] = [{"coder": name, "kind": "own", "state": "done"} for name in ("Anna", "Ben")]
        made.append(told)
    return project_of(path, made)


@pytest.fixture
def project(tmp_path: Path):
    some = [("actor", 0, 6), ("figure", 12, 10)], [("actor", 0, 6), ("figure", 12, 2)]
    with project_with(tmp_path / "two.annotator", some, some) as made:
        yield made


def test_the_seed_comes_out_as_expected(tmp_path: Path, shared: Path) -> None:
    seed_project(tmp_path / "seed.annotator", shared).close()
    told = {(each["measure"], each["tag"]): each for each in run(tmp_path / "seed.annotator")}
    expected = json.loads((shared / "reference/seed/expected_agreement.json").read_text("utf-8"))
    for name, measure in (("exact", "f1_exact"), ("overlap", "f1_overlap"), ("normalised_exact", "f1_normalised")):
        for tag, row in expected[name].items():
            found = told[measure, None if tag == "all" else tag]
            assert found["value"] == pytest.approx(row["f1"], abs=1e-6)
            assert found["n"] == {"documents": 1, "first": row["a"], "second": row["b"], "matched": row["matched"]}
            assert found["coders"] == ["Ada", "Ben"]
    assert told["f1_untagged", None]["value"] == pytest.approx(expected["exact_any_tag"]["f1"], abs=1e-6)
    for tag, value in expected["char_alpha_binary"].items():
        assert told["alpha_character", tag]["value"] == pytest.approx(value, abs=1e-6)
    for row in told.values():
        assert set(row) >= {"measure", "tag", "coders", "value", "n", "interval", "why"}
        assert (row["value"] is None) == row["why"].startswith("undefined, because ")


def test_two_files_give_what_one_does(tmp_path: Path, shared: Path) -> None:
    """Ada's file and Ben's, each made for itself from the same article."""
    whole = seed_article(shared)
    for name in ("Ada", "Ben"):
        own = [each for each in whole["annotations"] if each["coder"] == name]
        ids = {each["id"] for each in own}
        links = [each for each in whole["relations"] if each["source"] in ids]
        readings = [each for each in whole["readings"] if each["coder"] == name]
        told = {**whole, "annotations": own, "relations": links, "readings": readings}
        project_of(tmp_path / f"{name}.annotator", [told]).close()
    seed_project(tmp_path / "both.annotator", shared).close()
    apart = run(tmp_path / "Ada.annotator", tmp_path / "Ben.annotator")
    together = run(tmp_path / "both.annotator")
    assert apart == together
    assert sorted(each.name for each in tmp_path.iterdir() if each.suffix == ".annotator") == [
        "Ada.annotator",
        "Ben.annotator",
        "both.annotator",
    ]


@FEW
@given(marks, marks, marks, st.sampled_from(["in work", "set aside", "not started"]))
def test_an_article_that_one_has_not_declared_done_changes_no_number(anna, ben, more, state) -> None:
    with tempfile.TemporaryDirectory() as folder, project_with(Path(folder) / "p.annotator", (anna, ben)) as project:
        before = numbers(project)
        (Path(folder) / "more.jsonl").write_text(
            json.dumps(
                {
                    **article("Another article of some length, of Kyiv.", of("Anna", more) + of("Ben", more)),
                    "readings": [
                        {"coder": "Anna", "kind": "own", "state": "done"},
                        {"coder": "Ben", "kind": "own", "state": state},
                    ],
                }
            )
            + "\n",
            "utf-8",
        )
        import_paths(project, [Path(folder) / "more.jsonl"])
        assert len(queries.documents(project)) == 2
        assert numbers(project) == before


@FEW
@given(marks, marks, marks, st.booleans())
def test_what_is_changed_after_done_changes_no_first_number(anna, ben, later, taken_back) -> None:
    with tempfile.TemporaryDirectory() as folder, project_with(Path(folder) / "p.annotator", (anna, ben)) as project:
        before = numbers(project)
        document, who = 1, coder(project, "Ben")
        if taken_back:
            set_state(project, document, who, "in work")
        delete_annotations(project, [each.key for each in queries.annotations_of(project, document, who)])
        for tag, start, length in later:
            tag_span(project, document, who, tag, [(start, start + length)])
        held = queries.annotations_of(project, document, who)
        if len(held) > 1 and {held[0].tag, held[1].tag} == {"actor", "claim"}:
            claim, actor = sorted(held[:2], key=lambda each: each.tag, reverse=True)
            add_relation(project, "source", claim.key, actor.key)
        if taken_back:
            set_state(project, document, who, "done")
        assert numbers(project) == before


@FEW
@given(marks)
def test_the_same_marks_agree_and_names_do_not_matter(found) -> None:
    with tempfile.TemporaryDirectory() as folder, project_with(Path(folder) / "p.annotator", (found, found)) as project:
        told = numbers(project)
        assert told == numbers(project, Which(coders=("Ben", "Anna")))
        assert all(value == pytest.approx(1) for value in told.values())


def test_as_it_is_now_is_a_choice_of_its_own(project: Project) -> None:
    before, who = numbers(project, names=["f1_exact"]), coder(project, "Ben")
    for document in (1, 2):
        delete_annotations(project, [each.key for each in queries.annotations_of(project, document, who)])
    assert numbers(project, names=["f1_exact"]) == before
    assert numbers(project, Which(now=True), ["f1_exact"])["f1_exact", None] == 0
    return_reading(project, 1, who)
    assert numbers(project, names=["f1_exact"]) == before, "sent back, it keeps its first form"
    assert len(readings_done(project, Which(now=True)).articles) == 1


def test_undoing_done_leaves_the_article_out(project: Project) -> None:
    who = coder(project, "Ben")
    set_state(project, 1, who, "in work")
    assert [each.key for each in readings_done(project).articles] == [2]
    history.undo(project, who)
    assert [each.key for each in readings_done(project).articles] == [1, 2]


def test_gold_is_no_coder_and_a_coder_under_two_names_is_one(tmp_path: Path) -> None:
    listed = [annotation("Anna", "actor", 0, 6), annotation("Ben", "actor", 0, 6)]
    golden = [annotation("Lead", "actor", 0, 6, kind="gold")]
    with project_of(tmp_path / "p.annotator", [article(TEXT, listed + golden)]) as project:
        material = readings_done(project)
        assert material.coders == ("Anna", "Ben")
        merge_coders(project, coder(project, "Anna"), [coder(project, "Ben")])
        assert readings_done(project).articles == ()
        assert readings_done(project).left_out["alone"] == 1


def test_values_are_those_of_people_with_merged_actors_and_ordered_values_resolved(project: Project) -> None:
    book = queries.codebook_version(project)[1]
    figure = book.tag("figure")
    ordered = tuple(replace(each, ordered=each.id == "qualifier") for each in figure.attributes)
    tags = tuple(replace(tag, attributes=ordered) if tag.id == "figure" else tag for tag in book.tags)
    update_codebook(project, replace(book, version="2", tags=tags))
    (one, _), (other, _) = add_entity(project, "Russia"), add_entity(project, "Russian government")
    people = coder(project, "Anna"), coder(project, "Ben")
    for number, who in enumerate(people):
        set_state(project, 1, who, "in work")
        actor, figure_mark = queries.annotations_of(project, 1, who)
        with project.step("values") as step:
            name = {"value": (one, other)[number], "by": "typed"}
            step.update("annotation", actor.key, {"attributes": json.dumps({"name": name})})
            told = {
                "qualifier": {"value": ("approx", "at_least")[number], "by": "typed"},
                "value": {"value": 40, "by": ("typed", "proposed")[number]},
            }
            step.update("annotation", figure_mark.key, {"attributes": json.dumps(told)})
    merge_entities(project, one, [other])
    which = Which(now=True)
    for who in people:
        set_state(project, 1, who, "done")
    material = readings_done(project, which)
    anna, ben = (material.articles[0].document.readings[name].annotations for name in ("Anna", "Ben"))
    assert anna[0].attributes == ben[0].attributes == {"name": one}
    assert [each[1].attributes["qualifier"] for each in (anna, ben)] == [1, 2]
    assert "value" in anna[1].attributes
    assert "value" not in ben[1].attributes, "nobody confirmed it"
    assert material.levels["figure.qualifier"] == "ordinal"
    assert material.levels["figure.value"] == "ratio"
    assert material.levels["actor.name"] == "nominal"


def test_a_coder_learns_nothing_of_articles_whose_round_is_open(project: Project) -> None:
    anna, lead = coder(project, "Anna"), add_coder(project, "Lead")[0]
    assert readings_done(project, Which(viewer=anna)).articles == ()
    assert readings_done(project, Which(viewer=anna)).left_out["hidden"] == 2
    assert len(readings_done(project, Which(viewer=lead)).articles) == 2
    close_round(project, [1], lead)
    assert [each.key for each in readings_done(project, Which(viewer=anna)).articles] == [1]
    set_blind(project, False)
    assert len(readings_done(project, Which(viewer=anna)).articles) == 2


def test_what_a_paper_says(project: Project) -> None:
    draw_sample(project, 2, [coder(project, "Anna"), coder(project, "Ben")], seed=7)
    found = CliRunner().invoke(cli, ["agreement", str(project.path), "--paper", "--measure", "f1_exact"])
    said = " ".join(found.output.split())
    for told in (
        "Hripcsak & Rothschild 2005",
        "same start, end and tag",
        "2 articles coded by 2 coders (Anna 4 spans, Ben 4 spans); tags: actor, figure",
        "version 1.0.0 of the codebook",
        "drawn at random, spread over the whole period (seed 7)",
        "only their own work until",
        "Proposals of spans are switched off; 0 of 8 spans in these readings had been proposed",
        "no coder confirmed",
        "95% interval",
        "Too few spans to conclude from: actor (4), figure (4)",
    ):
        assert told in said, told
    assert "Versions of the codebook are mixed" not in said


def test_a_paper_says_that_versions_are_mixed(project: Project) -> None:
    with project.step("older") as step:
        step.update("reading", 1, {"codebook": "another"})
    found = CliRunner().invoke(cli, ["agreement", str(project.path), "--paper"])
    assert "Versions of the codebook are mixed" in found.output


def test_three_coders_by_pairs(tmp_path: Path) -> None:
    listed = [annotation(name, "actor", 0, 6) for name in ("Anna", "Ben")] + [annotation("Cleo", "actor", 26, 30)]
    with project_of(tmp_path / "p.annotator", [article(TEXT, listed)]):
        pass
    told = run(tmp_path / "p.annotator", "--measure", "f1_exact", "--pairs")
    values = {tuple(each["coders"]): each["value"] for each in told if each["tag"] is None}
    assert values == {
        ("Anna", "Ben", "Cleo"): pytest.approx(1 / 3),
        ("Anna", "Ben"): 1,
        ("Anna", "Cleo"): 0,
        ("Ben", "Cleo"): 0,
    }
    told = run(tmp_path / "p.annotator", "--measure", "f1_exact", "--coder", "Anna", "--coder", "Cleo")
    assert [each["coders"] for each in told] == [["Anna", "Cleo"]] * 2


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (["--measure", "kappa"], "There is no measure of readings named “kappa”"),
        (["--measure", "cohen_kappa"], "There is no measure of readings named “cohen_kappa”"),
        (["--coder", "Nobody"], "two.annotator has no coder “Nobody”; it has: Anna, Ben."),
    ],
)
def test_what_is_not_there_is_told_in_one_sentence(project: Project, option, said) -> None:
    with pytest.raises(AnnotatorError, match=said):
        run(project.path, *option)


def test_a_damaged_first_form_is_told(project: Project) -> None:
    with project.step("damage") as step:
        step.update("first_done", 1, {"content": '[{"id": "x", "tag": "actor", "spans": [[0, 99999999999]]}]'})
    with pytest.raises(AnnotatorError, match=r"two\.annotator is damaged: what stood in a reading"):
        readings_done(project)


def test_the_calculator_gives_the_codings_of_the_research() -> None:
    """The shares of the seed's tags, z = 1.645, two coders; 139 and 81 are the examples of a manual."""
    needed = {
        tag: (codings_needed(share / 75, 0.667), codings_needed(share / 75, 0.8))
        for tag, share in {"actor": 48, "claim": 16, "figure": 6, "demand": 4, "threat": 1}.items()
    }
    assert needed == {
        "actor": (65, 112),
        "claim": (91, 156),
        "figure": (212, 360),
        "demand": (310, 527),
        "threat": (1198, 2033),
    }
    assert codings_needed(0, 0.8) is None
