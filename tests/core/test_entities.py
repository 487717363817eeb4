"""Actors: found by name, merged and split without rewriting anything, linked by hand, and all of it undoable."""

import csv
import tempfile
import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.entities import Entity, Registry
from annotator.model.records import DocumentRecord
from annotator.operations import annotations, coders, describing, entities, history, mentions
from annotator.operations.entity_files import export_entities, import_entities
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.storage import entity_queries, queries
from annotator.storage.project import Project

TEXT = "Antony Blinken met the OSCE. Blinken said he would go, and the ministry agreed with Blinken.\n"


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        import_records(made, [DocumentRecord(text=TEXT, title="Talks")], report=Report(), format_name="test")
        yield made


@pytest.fixture
def ann(project):
    return coders.add_coder(project, "Ann")[0]


def tagged(project, coder, quote, after=0, tag="actor"):
    start = TEXT.index(quote, after)
    return annotations.tag_span(project, 1, coder, tag, [(start, start + len(quote))]).current


def name_of(project, annotation):
    known = queries.annotation(project, annotation)
    value = known.attributes.get("name", {}).get("value") if known else None
    found = entity_queries.resolve(project, value) if value else None
    return found.name if found else None


def counts(project):
    return entity_queries.mention_counts(entity_queries.registry(project), entity_queries.named(project))


def link(project, annotation, entity_id):
    """Say by hand whom an annotation names."""
    return describing.set_attribute(project, annotation, "name", entity_id)


def named(project, quote):
    """The only actor with just this name."""
    exact = entity_queries.registry(project).exact(quote)
    return exact[0] if len(exact) == 1 else None


def registry_of(*named):
    return Registry(Entity(number, f"e{number}", *each) for number, each in enumerate(named))


def close_to(registry, quote):
    return [entity.name for entity, _ in registry.match(quote).close]


# ---- whom a quote names


@pytest.mark.parametrize(
    "quote", ["Jean-Yves Le Drian", "JEAN‑YVES  LE DRIAN", "jean-yves le drian", "Jean–Yves Le\u00a0Drian"]
)
def test_a_name_is_known_whatever_its_case_and_dashes(quote):
    known = registry_of(("Jean-Yves Le Drian",), ("Le Monde",))
    assert known.match(quote).exact.name == "Jean-Yves Le Drian"


@pytest.mark.parametrize(
    ("name", "quote"),
    [("Václav Černý", "Vaclav Cerny"), ("Côte d’Ivoire", "COTE D'IVOIRE"), ("Hans Groß", "HANS GROSS")],
)
def test_accents_and_apostrophes_make_no_difference(name, quote):
    assert registry_of((name,)).match(quote).exact.name == name


@pytest.mark.parametrize(
    ("quote", "first"),
    [
        ("Blinken", "Antony Blinken"),
        ("US Secretary of State Antony Blinken", "Antony Blinken"),
        ("Anthony Blinken", "Antony Blinken"),
        ("OSCE", "Organization for Security and Cooperation in Europe"),
        ("U.S.", "United States"),
        ("State Department", "US Department of State"),
        ("Rjabkow", "Sergei Rjabkov"),
        ("Russian Deputy Foreign Minister Sergei Rjabkov", "Sergei Rjabkov"),
    ],
)
def test_close_names_are_offered_and_never_taken(quote, first):
    known = registry_of(
        ("Antony Blinken",),
        ("Organization for Security and Cooperation in Europe",),
        ("United States",),
        ("US Department of State",),
        ("Sergei Rjabkov",),
        ("Wendy Sherman",),
        ("NATO",),
    )
    assert known.match(quote).exact is None
    assert close_to(known, quote)[0] == first


@pytest.mark.parametrize("quote", ["Ukraine", "he", "the ministry", "", "…", "two superpowers"])
def test_what_is_like_nothing_proposes_nothing(quote):
    known = registry_of(("Antony Blinken",), ("NATO",), ("US Department of State",))
    match = known.match(quote)
    assert (match.exact, match.close) == (None, ())


def test_two_of_one_name_are_a_tie_that_a_person_settles(project, ann):
    first, _ = entities.add_entity(project, "John Smith", country=["US"])
    second, changes = entities.add_entity(project, "john smith", country=["GB"])
    assert changes.warnings
    match = entity_queries.registry(project).match("John Smith")
    assert match.exact is None
    assert match.tied
    assert {entity.id for entity, _ in match.close} == {first, second}
    assert named(project, "John Smith") is None


def test_the_closest_name_comes_first(project):
    for name in ("Ministry of Defence", "Ministry of Foreign Affairs of Veldria", "Ministry of Defence of Veldria"):
        entities.add_entity(project, name)
    match = entity_queries.registry(project).match("Veldria’s Ministry of Defence")
    assert match.close[0][0].name == "Ministry of Defence of Veldria"
    scores = [score for _, score in match.close]
    assert scores == sorted(scores, reverse=True)


# ---- merging, splitting


def test_merged_actors_count_as_one_without_a_row_rewritten(project, ann):
    us, _ = entities.add_entity(project, "United States", aliases=["US"])
    usa, _ = entities.add_entity(project, "USA", aliases=["America"])
    annotation = tagged(project, ann, "Blinken", 20)
    link(project, annotation, usa)
    before = queries.annotation(project, annotation)
    entities.merge_entities(project, us, [usa], coder=ann)
    assert queries.annotation(project, annotation) == before
    assert name_of(project, annotation) == "United States"
    assert named(project, "America").id == us
    assert [each.annotation for each in entity_queries.mentions(project, us)] == [annotation]
    assert [each.annotation for each in entity_queries.mentions(project, usa)] == [annotation]
    assert counts(project) == {us: 1}
    entities.split_entity(project, usa, coder=ann)
    assert name_of(project, annotation) == "USA"
    assert counts(project) == {usa: 1}
    history.undo(project, ann)
    history.undo(project, ann)
    assert entity_queries.resolve(project, usa).id == usa
    history.redo(project, ann)
    assert entity_queries.resolve(project, usa).id == us


def test_chains_and_circles_of_merges_end_at_one_actor():
    chain = [Entity(1, "a", "A", same_as="b"), Entity(2, "b", "B", same_as="c"), Entity(3, "c", "C")]
    assert {Registry(chain).main_id(each) for each in "abc"} == {"c"}
    circle = [Entity(1, "a", "A", same_as="c"), Entity(2, "b", "B", same_as="a"), Entity(3, "c", "C", same_as="b")]
    tail = Entity(4, "z", "Z", same_as="b")
    known = Registry([*circle, tail])
    assert {known.main_id(each) for each in "abcz"} == {"a"}
    assert [each.id for each in known.mains] == ["a"]
    assert known.match("z").exact.id == "a"
    assert Registry([Entity(1, "a", "A", same_as="gone")]).main_id("a") == "a"


def test_merging_both_ways_ends_with_what_was_said_last(project):
    a, _ = entities.add_entity(project, "A")
    b, _ = entities.add_entity(project, "B")
    with project.step("from another copy") as step:
        for own, other in ((a, b), (b, a)):
            step.update("entity", entity_queries.registry(project).by_id[own].key, {"same_as": other})
    assert {entity_queries.resolve(project, each).id for each in (a, b)} == {min(a, b)}
    entities.split_entity(project, max(a, b))
    assert [entity_queries.resolve(project, each).id for each in (a, b)] == [a, b]
    history.undo(project, None)
    c, _ = entities.add_entity(project, "C")
    entities.merge_entities(project, c, [b])
    assert {entity_queries.resolve(project, each).id for each in (a, b, c)} == {c}


def test_a_part_of_an_actor_is_split_off_with_its_names_and_own_mentions(project, ann):
    ben, _ = coders.add_coder(project, "Ben")
    blinken, _ = entities.add_entity(project, "Antony Blinken", aliases=["Blinken", "Secretary"], country=["US"])
    first, own = tagged(project, ann, "Antony Blinken"), tagged(project, ann, "Blinken", 20)
    his = tagged(project, ben, "Blinken", 20)
    for each in (first, own, his):
        link(project, each, blinken)
    new, changes = entities.split_off(
        project, blinken, "Other Blinken", aliases=["Blinken"], annotations=[own, his], coder=ann
    )
    assert "1 mention by colleagues" in changes.warnings[0]
    assert [name_of(project, each) for each in (first, own, his)] == [
        "Antony Blinken", "Other Blinken", "Antony Blinken",
    ]  # fmt: skip
    assert named(project, "Blinken").id == new
    assert entity_queries.resolve(project, blinken).aliases == ("Secretary",)
    history.undo(project, ann)
    assert name_of(project, own) == "Antony Blinken"
    assert named(project, "Blinken").id == blinken
    assert entity_queries.resolve(project, new) is None


# ---- fields


def test_fields_names_and_aliases_are_set_each_in_one_step(project, ann):
    osce, _ = entities.add_entity(project, " OSCE ", aliases=["osce", "O.S.C.E.", " "], coder=ann)
    assert entity_queries.resolve(project, osce).names == ("OSCE", "O.S.C.E.")
    entities.rename_entity(project, osce, "Organization for Security and Cooperation in Europe", coder=ann)
    assert named(project, "OSCE").id == osce
    entities.set_entity_fields(project, osce, type="international_org", country=["at", "AT"], note="Vienna", coder=ann)
    found = entity_queries.resolve(project, osce)
    assert (found.type, found.country, found.note) == ("international_org", ("AT",), "Vienna")
    assert not entities.set_entity_fields(project, osce, note="Vienna", coder=ann).history
    for _ in range(2):
        history.undo(project, ann)
    assert entity_queries.resolve(project, osce).name == "OSCE"


@pytest.mark.parametrize(
    "act",
    [
        lambda project: entities.add_entity(project, "  "),
        lambda project: entities.add_entity(project, "x" * 501),
        lambda project: entities.add_entity(project, "X", country=["USA"]),
        lambda project: entities.add_alias(project, "gone", "X"),
        lambda project: entities.merge_entities(project, "gone", []),
        lambda project: entities.split_entity(project, "gone"),
        lambda project: link(project, 99, None),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(project, act):
    steps = len(history.history.steps(project))
    with pytest.raises(AnnotatorError, match=r"\.$"):
        act(project)
    assert len(history.history.steps(project)) == steps


def test_an_actor_in_use_is_not_removed(project, ann):
    blinken, _ = entities.add_entity(project, "Antony Blinken")
    link(project, tagged(project, ann, "Blinken", 20), blinken)
    with pytest.raises(AnnotatorError, match="1 annotation names"):
        entities.remove_entity(project, blinken)
    history.undo(project, ann)
    entities.remove_entity(project, blinken, coder=ann)
    assert entity_queries.resolve(project, blinken) is None
    assert entity_queries.registry(project).match("Antony Blinken").exact is None
    history.undo(project, ann)
    assert named(project, "Antony Blinken").id == blinken


# ---- linking by hand


def test_a_pronoun_is_linked_to_the_mention_before(project, ann):
    blinken, _ = entities.add_entity(project, "Antony Blinken")
    osce, _ = entities.add_entity(project, "OSCE")
    link(project, tagged(project, ann, "Antony Blinken"), blinken)
    meeting = tagged(project, ann, "OSCE")
    link(project, meeting, osce)
    surname = tagged(project, ann, "Blinken", 20)
    link(project, surname, blinken)
    he = tagged(project, ann, "he ", 40)
    before = mentions.mentions_before(project, he)
    assert [(key, entity.name) for key, entity in before] == [(surname, "Antony Blinken"), (meeting, "OSCE")]
    said = link(project, he, before[0][1].id).said
    assert said == "Canonical name: Antony Blinken – “he”"
    assert queries.annotation(project, he).attributes["name"] == {"value": blinken, "by": "typed"}
    assert not link(project, he, blinken).history
    describing.clear_attribute(project, he, "name")
    assert "name" not in queries.annotation(project, he).attributes


def test_words_that_are_a_name_can_be_kept_as_one_more_name_of_the_actor(project, ann):
    blinken, _ = entities.add_entity(project, "Antony Blinken")
    surname, he = tagged(project, ann, "Blinken", 20), tagged(project, ann, "he ", 40)
    for each in (surname, he):
        link(project, each, blinken)
    assert mentions.name_to_keep(project, he) is None, "“he” is no name"
    entity, name = mentions.name_to_keep(project, surname)
    entities.add_alias(project, entity.id, name, coder=ann)
    assert named(project, "Blinken").id == blinken
    assert mentions.name_to_keep(project, surname) is None
    history.undo(project, ann)
    assert named(project, "Blinken") is None


def test_who_has_a_close_name_is_offered_before_who_was_mentioned_before(project, ann):
    blinken, _ = entities.add_entity(project, "Antony Blinken")
    osce, _ = entities.add_entity(project, "OSCE")
    link(project, tagged(project, ann, "OSCE"), osce)
    surname = tagged(project, ann, "Blinken", 40)
    assert [each.id for each in mentions.actor_choices(project, surname)] == [blinken, osce]


def test_all_of_one_name_are_offered_and_none_is_taken(project, ann):
    twins = {entities.add_entity(project, "Antony Blinken", note=str(number))[0] for number in range(5)}
    key = tagged(project, ann, "Antony Blinken")
    assert {each.id for each in mentions.actor_choices(project, key)} == twins
    assert "name" not in queries.annotation(project, key).attributes


# ---- the registry keeps up with the file


def test_another_process_and_undo_are_seen_at_once(project, ann):
    with Project.open(project.path) as other:
        blinken, _ = entities.add_entity(other, "Antony Blinken")
        assert named(project, "antony blinken").id == blinken
        entities.rename_entity(project, blinken, "A. Blinken")
        assert entity_queries.resolve(other, blinken).name == "A. Blinken"


KINDS = (
    "add", "add", "alias", "rename", "merge", "merge", "split", "off", "remove", "link", "undo", "undo", "redo", "note",
)  # fmt: skip
ACTS = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.integers(0, 5),
        st.integers(0, 5),
        st.sampled_from(["Alpha", "Beta Alpha", "Gamma", "Gamma Delta", "alpha"]),
    ),
    max_size=25,
)


def act(project, ann, annotation, kind, one, two, name):
    ids = sorted(entity_queries.registry(project).by_id)
    first, second = (ids[number % len(ids)] if ids else "" for number in (one, two))
    {
        "add": lambda: entities.add_entity(project, name, aliases=[name[:3]], coder=ann),
        "alias": lambda: entities.add_alias(project, first, name, coder=ann),
        "rename": lambda: entities.rename_entity(project, first, name, coder=ann),
        "merge": lambda: entities.merge_entities(project, first, [second], coder=ann),
        "split": lambda: entities.split_entity(project, first, coder=ann),
        "off": lambda: entities.split_off(project, first, name, aliases=[name], annotations=[annotation], coder=ann),
        "remove": lambda: entities.remove_entity(project, first, coder=ann),
        "link": lambda: link(project, annotation, first),
        "undo": lambda: history.undo(project, ann),
        "redo": lambda: history.redo(project, ann),
        "note": lambda: entities.set_entity_fields(project, first, note=name, coder=ann),
    }[kind]()


def seen(project, annotation):
    """What a person sees of the actors."""
    known = Registry(entity_queries._entities(project, "e.deleted = 0"))
    return known.by_id, {own: known.main_id(own) for own in known.by_id}, name_of(project, annotation)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ACTS)
def test_the_registry_never_differs_from_the_file_and_undo_leads_back(listed):
    with (
        tempfile.TemporaryDirectory() as folder,
        create_project(Path(folder) / "p.annotator") as project,
    ):
        import_records(project, [DocumentRecord(text=TEXT)], report=Report(), format_name="test")
        ann, _ = coders.add_coder(project, "Ann")
        annotation = tagged(project, ann, "Blinken", 20)
        states, begin = [seen(project, annotation)], history.history.steps(project)[0].key
        for each in listed:
            try:
                act(project, ann, annotation, *each)
            except AnnotatorError:
                assert seen(project, annotation) == states[-1]
            states.append(seen(project, annotation))
            kept, fresh = entity_queries.registry(project), Registry(states[-1][0].values())
            assert dict(kept.by_id) == dict(fresh.by_id)
            for quote in ("alpha", "Gamma Delta", "Bet", "Beta Alpha Gamma"):
                assert kept.exact(quote) == fresh.exact(quote)
                assert {e.id for e, _ in kept.match(quote).close} == {e.id for e, _ in fresh.match(quote).close}
        if history.history.next_undo(project, ann):
            done = [step for step in history.history.steps(project) if step.key > begin and step.state == "done"]
            if any(step.kind == "act" for step in done):
                history.go_back(project, ann, begin)
        assert seen(project, annotation) == states[0]


# ---- speed


def best_of(work, times=30):
    took = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return min(took)


def test_a_proposal_among_5000_actors_takes_less_than_a_millisecond(project, ann):
    first = ("An", "Be", "Cor", "Dim", "El", "Fre", "Ger", "Hol", "Iv", "Jo")
    last = ("Alb", "Bor", "Chern", "Dav", "Er", "Fal", "Gor", "Hov", "Ish", "Jar")
    with project.step("many") as step:
        for number in range(5000):
            a, b, c, d = (int(digit) for digit in f"{number:04}")
            given, family = f"{first[a]}{first[b].lower()}", f"{last[c]}{last[d].lower()}"
            entities.insert_entity(step, f"Minister {given} {family}", aliases=[f"{family} {number}"])
    entity_queries.registry(project).match("Minister Nobody")
    for quote in ("Albbor", "Minister Anbe Chernow", "Secretary of Transport Corel Jaralb", "minister anan albalb"):
        assert best_of(lambda quote=quote: entity_queries.registry(project).match(quote)) < 0.001, quote
    # One more actor costs no new index.
    entities.add_entity(project, "Corel Jaralb", coder=ann)
    start = time.process_time()
    assert named(project, "Corel Jaralb") is not None
    assert time.process_time() - start < 0.1


def test_an_empty_registry_costs_a_tag_nothing(project, ann):
    def after_a_write():
        annotation = tagged(project, ann, "Blinken", 20)
        start = time.perf_counter()
        assert named(project, "Blinken") is None
        took.append(time.perf_counter() - start)
        annotations.delete_annotations(project, [annotation])

    took: list[float] = []
    for _ in range(20):
        after_a_write()
    assert min(took) < 0.0005


# ---- tables


def all_of(project):
    return {
        each.id: (each.name, each.aliases, each.type, each.country, each.note, each.same_as, dict(each.extra))
        for each in entity_queries.registry(project).by_id.values()
    }


NAMES = st.text(
    st.one_of(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), st.sampled_from("=+-@;\\'\"|, ")),
    min_size=1,
    max_size=8,
).map(lambda text: " ".join(text.split()))
NOTES = st.text(st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from('\n=;"')), max_size=20)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            NAMES.filter(bool), st.lists(NAMES.filter(bool), max_size=3), st.sampled_from(["", "state", "=x"]),
            st.lists(st.sampled_from(["UA", "US"]), unique=True), NOTES,
        ),
        max_size=4,
    ),
    st.booleans(),
)  # fmt: skip
def test_a_table_of_actors_comes_back_as_it_was(listed, bom):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with create_project(folder / "p.annotator") as project:
            ids = [
                entities.add_entity(project, name, aliases=aliases, type=kind, country=country, note=note)[0]
                for name, aliases, kind, country, note in listed
            ]
            if len(ids) > 1:
                entities.merge_entities(project, ids[0], ids[1:2])
            export_entities(project, folder / "actors.csv", bom=bom)
            expected = all_of(project)
            changes, report = import_entities(project, folder / "actors.csv")
            assert (changes.history, report.refused, report.warnings) == (False, [], [])
            assert all_of(project) == expected
        with create_project(folder / "q.annotator") as other:
            _, report = import_entities(other, folder / "actors.csv")
            assert report.refused == []
            assert all_of(other) == expected
            export_entities(other, folder / "again.csv", bom=bom)
        assert (folder / "again.csv").read_bytes() == (folder / "actors.csv").read_bytes()


def table(folder, text, encoding="utf-8"):
    path = folder / "actors.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_no_cell_is_a_formula(project, tmp_path):
    entities.add_entity(project, "=HYPERLINK(1)", aliases=["+1", "-2", "@x"], note="\tx")
    export_entities(project, tmp_path / "actors.csv")
    cells = [cell for row in csv.reader((tmp_path / "actors.csv").read_text("utf-8").splitlines()) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)


def test_a_table_without_ids_merges_by_name_and_undo_takes_it_back_in_one_step(project, ann, tmp_path):
    nato, _ = entities.add_entity(project, "NATO", aliases=["the alliance"], country=["BE"])
    before = all_of(project)
    path = table(
        tmp_path,
        'Name;Aliases;Type;Country;Note;Colour\r\nnato;"Alliance\\; Western; The Alliance";international_org;us;x;red'
        "\r\n"
        "Rheinland Union;RU;party;de;;\r\n",
    )
    changes, report = import_entities(project, path, coder=ann)
    assert [str(each) for each in report.warnings] == ["actors.csv: the column “colour” is not known and was left out."]
    found = entity_queries.resolve(project, nato)
    assert found.aliases == ("the alliance", "Alliance; Western")
    assert (found.type, found.country, found.note) == ("international_org", ("BE",), "x")
    assert named(project, "RU").country == ("DE",)
    assert "1 new one, 1 changed" in changes.said
    assert not import_entities(project, path, coder=ann)[0].history
    history.undo(project, ann)
    assert all_of(project) == before
    import_entities(project, path, coder=ann)
    assert named(project, "RU").name == "Rheinland Union"


def test_a_row_with_an_id_sets_what_the_table_states(project, ann, tmp_path):
    nato, _ = entities.add_entity(project, "NATO", aliases=["alliance"], note="kept")
    import_entities(project, table(tmp_path, f"id,name,aliases\n{nato},N.A.T.O.,\n"))
    found = entity_queries.resolve(project, nato)
    assert (found.name, found.aliases, found.note) == ("N.A.T.O.", (), "kept")


def test_what_is_wrong_in_a_table_is_named_and_the_rest_is_read(project, tmp_path):
    nato, _ = entities.add_entity(project, "NATO")
    path = table(
        tmp_path,
        f"id,name,country,same_as,extra\n,,UA,,\n,Kyiv,Ukraine,,\n{nato},NATO,,gone,\n{nato},NATO,,,\n"
        ",Lviv,UA,,[1]\n,Odesa,UA,,,more\n,Dnipro,UA,,\n",
    )
    _, report = import_entities(project, path)
    assert [str(each) for each in report.refused] == [
        "actors.csv, line 2: the actor has no name.",
        "actors.csv, line 6: its “extra” is no JSON object and was left out.",
        "actors.csv, line 7: it has more cells than the first line.",
        "actors.csv, line 3: “Ukraine” is not a country code of two letters (ISO 3166-1), as UA or US.",
        "actors.csv, line 5: its id stood before, in actors.csv, line 4.",
        "actors.csv, line 4: it is the same as “gone”, which is not there.",
    ]
    assert {each.name for each in entity_queries.registry(project).mains} == {"NATO", "Lviv", "Dnipro"}


@pytest.mark.parametrize("text", ["", "id,title\n1,x\n", "name,name\na,b\n", 'name\n"open', "\x00\x00\x01\x02"])
def test_a_file_that_is_no_table_of_actors_is_refused_whole(project, tmp_path, text):
    with pytest.raises(AnnotatorError):
        import_entities(project, table(tmp_path, text))
    assert all_of(project) == {}


def test_tables_of_spreadsheets_are_read(project, tmp_path):
    import_entities(project, table(tmp_path, "name\taliases\nČesko\tCzechia; ČR\n", "utf-16"))
    import_entities(project, table(tmp_path, "name,note\nÖVP,ja\n", "utf-8-sig"))
    assert named(project, "čr").name == "Česko"
    assert named(project, "ÖVP").note == "ja"


def test_what_a_person_does_is_not_kept_waiting_by_ten_thousand_actors(project, ann, tmp_path):
    """Were they one transaction, nothing could be written before its end."""
    listed = "\n".join(f"Person {number:05},person,UA" for number in range(10_000))
    path = table(tmp_path, f"name,type,country\n{listed}\n")
    begun, over = threading.Event(), threading.Event()
    seen: list[int] = []

    def meanwhile() -> None:
        begun.wait(30)
        with Project.open(project.path) as another:
            while not over.is_set() and len(seen) < 3:
                entities.add_entity(another, f"Meanwhile {len(seen)}")
                if not over.is_set():
                    seen.append(len(entity_queries.registry(another).mains))

    person = threading.Thread(target=meanwhile)
    person.start()
    changes, _ = import_entities(project, path, coder=ann, progress=lambda done, _: done < 200 or begun.set())
    over.set()
    person.join(30)
    assert seen == [1, 2, 3], "three acts are done before the end, which nobody has seen then"
    assert "10,000 new ones" in changes.said
    assert len(entity_queries.registry(project).mains) == 10_003
    history.undo(project, ann)
    assert {each.name for each in entity_queries.registry(project).mains} == {f"Meanwhile {each}" for each in range(3)}
