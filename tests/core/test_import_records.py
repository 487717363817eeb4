"""What an import does to a project: documents, people, readings, annotations, and what it refuses, record by record."""

import hashlib
import json
import threading
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError, Busy
from annotator.formats.report import Report
from annotator.model.codebook_yaml import default_codebook
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord
from annotator.model.rows import UNSURE
from annotator.model.span import Span
from annotator.operations import annotations, coders, documents, history, notes
from annotator.operations.check import check_project
from annotator.operations.import_records import import_records
from annotator.operations.imports import import_paths
from annotator.operations.progress import Cancelled
from annotator.operations.projects import create_project
from annotator.storage import queries
from annotator.storage.batch import Batch
from annotator.storage.project import Project

TEXT = "Veldria will close the ports, said Minister Dornath. About 80,000 soldiers stand at the river.\n"
DORNATH = Span(35, 51)
PORTS = Span(8, 28)
TROOPS = Span(53, 74)
ANN = "018f4f0e-8d2a-7c31-9b1e-2f6a5c0d1e01"
ANN_2 = "018f4f0e-8d2a-7c31-9b1e-2f6a5c0d1e02"


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        yield made


def bring(project, *records, **options):
    report = Report()
    changes = import_records(project, records, report=report, **{"format_name": "jsonl", **options})
    return changes, report


def actor(span=DORNATH, **more):
    return AnnotationRecord(**{"coder": "Ann", "tag": "actor", "spans": (span,), **more})


def article(*held, text=TEXT, **more):
    return DocumentRecord(text=text, annotations=held, where="set.jsonl, line 1", **more)


def the_document(project):
    (key,) = queries.document_keys(project, None)
    return queries.document(project, key)


def held(project, coder="Ann", kind="own"):
    about = the_document(project)
    person = next(each for each in queries.coders(project) if each.name == coder)
    reading = queries.reading(project, about.key, person.key, kind)
    return queries.annotations_of_reading(project, reading.key)


def test_the_id_of_a_document_is_the_hash_of_its_text(project):
    changes, report = bring(project, article(title="Ports", outlet="Inland Press", date="2024-03-14"))
    about = the_document(project)
    assert about.id == hashlib.sha256(TEXT.encode()).hexdigest() == about.sha256
    assert (about.title, about.outlet, about.date) == ("Ports", "Inland Press", "2024-03-14")
    assert about.words == len(TEXT.split())
    assert queries.text_of(project, about.key) == TEXT
    assert (report.documents, changes.document) == (1, about.key)
    assert "1 article" in changes.said


def test_an_annotation_keeps_its_place_quote_and_all_that_was_said_of_it(project):
    attributes = {"role": {"value": "speaker", "by": "typed"}}
    extra = {"weight": 3}
    bring(project, article(actor(attributes=attributes, note="who?", flags=(UNSURE, "x"), extra=extra)))
    (found,) = held(project)
    assert (found.tag, found.spans, found.quote) == ("actor", (DORNATH,), "Minister Dornath")
    assert (found.attributes, found.note, found.flags, found.extra) == (attributes, "who?", (UNSURE, "x"), extra)
    assert found.codebook_made == queries.codebook_version(project)[0]


def test_pieces_are_put_in_order_and_joined_where_they_touch(project):
    bring(project, article(AnnotationRecord("Ann", "claim", (Span(20, 28), Span(8, 13), Span(13, 19)))))
    (found,) = held(project)
    assert found.spans == ((8, 19), (20, 28))
    assert found.quote == TEXT[8:19] + TEXT[20:28]


def test_readings_come_with_state_and_kind_and_the_empty_ones_too(project):
    bring(
        project,
        article(
            actor(kind="gold", coder="Rev"),
            readings=(ReadingRecord("Ann", "own", "done"), ReadingRecord("Rev", "gold", "in work")),
        ),
    )
    about = the_document(project)
    found = {
        (queries.coder(project, each.coder).name, each.kind): each.state
        for each in queries.readings_of(project, about.key)
    }
    assert found == {("Ann", "own"): "done", ("Rev", "gold"): "in work"}
    assert len(held(project, "Rev", "gold")) == 1


def test_why_a_reading_is_set_aside_and_what_its_fields_say_is_kept(project):
    extra = {"reason": "text damaged", "minutes": 12}
    bring(project, article(readings=(ReadingRecord("Ann", "own", "set aside", None, extra),)))
    person = queries.coders(project)[0]
    assert queries.reading(project, the_document(project).key, person.key).reason == "text damaged"


def test_a_coder_is_known_by_name(project):
    key, _ = coders.add_coder(project, "Ann")
    bring(project, article(actor(), actor(PORTS, coder="  Ann  ")))
    assert [each.key for each in queries.coders(project)] == [key]


@pytest.mark.parametrize(
    ("options", "name"),
    [({"coder": "Zoe"}, "Zoe"), ({}, "Unknown"), ({"at_work": 1}, "Mia")],
    ids=["as told", "nobody told", "the one at work"],
)
def test_what_names_no_coder_goes_to_whoever_was_named_for_it(project, options, name):
    coders.add_coder(project, "Mia")
    bring(project, article(actor(coder="")), **options)
    assert len(held(project, name)) == 1


def test_an_unknown_tag_is_refused_with_place_and_reason_and_the_rest_comes_in(project):
    _, report = bring(project, article(actor(tag="rumour"), actor(PORTS)))
    (refusal,) = report.refused
    assert "line 1" in refusal.where
    assert "Minister Dornath" in refusal.where
    assert "rumour" in refusal.message
    assert [each.quote for each in held(project)] == [TEXT[8:28]]
    assert report.annotations == 1


@pytest.mark.parametrize("spans", [(Span(5, 5),), (Span(-1, 3),), (Span(90, 1000),), ()])
def test_a_span_that_is_none_is_refused(project, spans):
    _, report = bring(project, article(actor(spans=spans), actor()))
    assert len(report.refused) == 1
    assert len(held(project)) == 1


@pytest.mark.parametrize(
    ("field", "value"), [("date", "14/03/2024"), ("date", "2024-02-30"), ("date", "soon"), ("language", "English!")]
)
def test_a_malformed_value_is_refused_and_the_document_comes_in_without_it(project, field, value):
    _, report = bring(project, article(**{field: value}))
    assert value in report.refused[0].message
    assert getattr(the_document(project), field) == ""


@pytest.mark.parametrize("date", ["2024", "2024-03", "2024-03-14", "2024-03-14T10:30:00Z", ""])
def test_dates_may_be_a_year_a_month_or_a_day(project, date):
    _, report = bring(project, article(date=date))
    assert not report.refused
    assert the_document(project).date == date


def test_a_text_with_half_a_surrogate_pair_is_refused(project):
    _, report = bring(project, article(text="a\ud800b"))
    assert "surrogate" in report.refused[0].message
    assert len(queries.document_keys(project, None)) == 0


# ---- the same again


def rows(project):
    return {
        table: sorted(project.rows(f'SELECT id, {columns} FROM "{table}" WHERE deleted = 0'))
        for table, columns in {
            "document": "sha256, title",
            "coder": "name",
            "reading": "kind, state",
            "annotation": "tag, spans, quote, source_id",
            "relation": "type, source_id",
            "appearance": "title",
        }.items()
    }


FOREIGN = (
    actor(source_id="T1"),
    AnnotationRecord("Ann", "claim", (PORTS,), source_id="T2"),
    AnnotationRecord("Ben", "figure", (TROOPS,)),
)
LINKED = (RelationRecord("source", "T2", "T1", source_id="R1"),)


def test_importing_twice_changes_nothing_and_says_so(project):
    bring(project, article(*FOREIGN, relations=LINKED))
    before = rows(project)
    changes, report = bring(project, article(*FOREIGN, relations=LINKED))
    assert rows(project) == before
    assert (report.documents, report.annotations, report.relations, report.skipped_documents) == (0, 0, 0, 1)
    assert "already there" in str(report.skipped[0])
    assert not changes.history


def test_two_copies_that_import_one_file_hold_the_same_rows(tmp_path):
    found = []
    for name in "ab":
        with create_project(tmp_path / f"{name}.annotator") as project:
            bring(project, article(*FOREIGN, relations=LINKED))
            found.append(rows(project))
    assert found[0] == found[1]


def test_the_same_text_makes_no_second_document_but_is_told_as_an_appearance(project):
    first = article(title="Ports", outlet="Inland Press", date="2024-03-14")
    again = article(actor(), title="Ports closed", outlet="Daily", date="2024-03-15", url="https://example.org/2")
    _, report = bring(project, first, again, again)
    assert report.documents == 1
    assert report.skipped_documents == 2
    assert the_document(project).title == "Ports"
    told = project.rows("SELECT title, outlet, date, url FROM appearance")
    assert told == [("Ports closed", "Daily", "2024-03-15", "https://example.org/2")]
    assert len(held(project)) == 1


def test_a_text_that_comes_again_as_it_is_makes_no_appearance(project):
    bring(project, article(title="Ports"), article(title="Ports"))
    assert project.rows("SELECT count(*) FROM appearance") == [(0,)]


def test_a_deleted_document_comes_back_with_what_it_held(project):
    bring(project, article(actor()))
    documents.delete_documents(project, [the_document(project).key])
    _, report = bring(project, article())
    assert report.documents == 1
    assert report.skipped_documents == 0
    assert "deleted" in str(report.warnings[0])
    assert len(held(project)) == 1


def test_a_replaced_text_is_known_by_its_first_hash_and_quotes_are_carried_over(project):
    bring(project, article())
    about = the_document(project)
    new = "Updated.\n" + TEXT
    with project.step("Replaced the text") as step:
        step.update("document", about.key, {"sha256": hashlib.sha256(new.encode()).hexdigest()})
        project.connection.execute("UPDATE document_text SET text = ? WHERE document = ?", (new, about.key))
    _, report = bring(project, article(actor(), actor(Span(29, 30), tag="claim")))
    assert report.skipped_documents == 1
    (found,) = held(project)
    assert found.quote == "Minister Dornath"
    assert new[slice(*found.spans[0])] == "Minister Dornath"
    assert len(report.repaired) == 1
    assert len(report.refused) == 1  # a blank stands in many places: nothing shifts silently


def test_the_present_text_of_a_replaced_document_makes_no_second_one_either(project):
    old = hashlib.sha256(b"Old text").hexdigest()
    bring(project, article(id=old))
    assert the_document(project).id == old
    _, report = bring(project, article())
    assert report.skipped_documents == 1
    assert the_document(project).id == old


def test_a_tag_on_a_span_by_a_coder_is_kept_once(project):
    _, report = bring(project, article(actor(source_id="T1"), actor(source_id="T2"), actor(coder="Ben")))
    assert len(held(project)) == 1
    assert len(held(project, "Ben")) == 1
    assert any("kept once" in str(each) for each in report.warnings)


def test_relations_follow_a_tag_that_was_kept_once(project):
    claim = AnnotationRecord("Ann", "claim", (PORTS,), source_id="T3")
    bring(
        project,
        article(actor(source_id="T1"), actor(source_id="T2"), claim, relations=(RelationRecord("source", "T3", "T2"),)),
    )
    (source, target) = project.rows("SELECT source, target FROM relation")[0]
    assert queries.annotation(project, source).tag == "claim"
    assert queries.annotation(project, target).quote == "Minister Dornath"


def test_what_a_coder_tagged_by_hand_is_not_doubled_by_a_file(project):
    bring(project, article())
    key, _ = coders.add_coder(project, "Ann")
    annotations.tag_span(project, the_document(project).key, key, "actor", [DORNATH])
    _, report = bring(project, article(actor(source_id="T1")))
    assert len(held(project)) == 1
    assert report.annotations == 0


# ---- merge by id


def test_a_changed_annotation_is_brought_to_the_file_and_shown_old_and_new(project):
    bring(project, article(actor(id=ANN, note="first")))
    _, report = bring(project, article(actor(span=PORTS, id=ANN, tag="claim", note="second")))
    (found,) = held(project)
    assert (found.id, found.tag, found.spans, found.note) == (ANN, "claim", (PORTS,), "second")
    said = str(report.warnings[0]).partition("changed:")[2]
    for old, new in (("actor", "claim"), ("Minister Dornath", "close the ports"), ("first", "second")):
        assert said.index(old) < said.index(new)
    assert report.annotations == 0


def test_the_change_of_a_file_is_undone_with_the_import(project):
    bring(project, article(actor(id=ANN, note="first")))
    bring(project, article(actor(id=ANN, note="second"), actor(PORTS, id=ANN_2)))
    history.undo(project, None)
    assert [(each.id, each.note) for each in held(project)] == [(ANN, "first")]
    history.redo(project, None)
    assert {(each.id, each.note) for each in held(project)} == {(ANN, "second"), (ANN_2, "")}
    history.undo(project, None)
    history.undo(project, None)
    assert len(queries.document_keys(project, None)) == 0
    bring(project, article(actor(id=ANN, note="first")))
    assert [(each.id, each.note) for each in held(project)] == [(ANN, "first")]


def test_a_file_that_names_the_document_changes_what_is_known_of_it(project):
    bring(project, article(title="Ports", outlet="Inland Press"))
    about = the_document(project)
    _, report = bring(project, article(id=about.id, title="Ports closed"))
    assert (the_document(project).title, the_document(project).outlet) == ("Ports closed", "Inland Press")
    assert "“Ports” → “Ports closed”" in str(report.warnings[0])


def test_a_state_that_a_file_changes_is_shown(project):
    bring(project, article(readings=(ReadingRecord("Ann", "own", "in work"),)))
    _, report = bring(project, article(readings=(ReadingRecord("Ann", "own", "done"),)))
    assert "“in work” → “done”" in str(report.warnings[0])
    assert project.rows("SELECT count(*) FROM first_done") == [(1,)]


def test_a_deleted_annotation_comes_back_when_the_file_holds_it(project):
    bring(project, article(actor(id=ANN)))
    annotations.delete_annotations(project, [held(project)[0].key])
    _, report = bring(project, article(actor(id=ANN)))
    assert [each.id for each in held(project)] == [ANN]
    assert report.annotations == 1


def test_what_a_file_leaves_out_stays_as_it_is_in_the_project(project, tmp_path):
    attributes = {"role": {"value": "speaker", "by": "typed"}}
    full = actor(id=ANN, note="first", flags=(UNSURE,), attributes=attributes, extra={"question": "who?", "x": 1})
    bring(project, article(full, readings=(ReadingRecord("Ann", "own", "set aside", None, {"reason": "skipped"}),)))
    bare = {"id": ANN, "tag": "claim", "spans": [DORNATH], "coder": "Ann"}
    path = tmp_path / "bare.jsonl"
    path.write_text(json.dumps({"text": TEXT, "annotations": [bare], "readings": [{"coder": "Ann"}]}) + "\n")
    import_paths(project, [path])
    (found,) = held(project)
    assert (found.tag, found.note, found.flags, found.attributes) == ("claim", "first", (UNSURE,), attributes)
    assert (found.question, found.extra) == ("who?", {"x": 1})
    reading = queries.reading(project, the_document(project).key, queries.coders(project)[0].key)
    assert (reading.state, reading.reason) == ("set aside", "skipped")
    path.write_text(json.dumps({"text": TEXT, "annotations": [{**bare, "note": "", "flags": None}]}) + "\n")
    import_paths(project, [path])
    (found,) = held(project)
    assert (found.note, found.flags) == ("", ())


def test_an_id_of_another_document_is_refused(project):
    bring(project, article(actor(id=ANN)))
    other = DocumentRecord(text="Ann spoke.", annotations=(actor(Span(0, 3), id=ANN),), where="line 2")
    _, report = bring(project, other)
    assert "another article" in report.refused[0].message
    assert len(held_everywhere(project)) == 1


def held_everywhere(project):
    return project.rows("SELECT id FROM annotation WHERE deleted = 0")


def test_what_is_absent_from_a_file_is_left_alone(project):
    bring(project, article(actor(id=ANN), actor(PORTS, id=ANN_2)))
    bring(project, article(actor(id=ANN)))
    assert len(held(project)) == 2


def test_what_is_absent_is_deleted_only_if_told_so_and_only_in_readings_of_the_file(project):
    ben = actor(TROOPS, coder="Ben", tag="figure")
    bring(project, article(actor(id=ANN), actor(PORTS, id=ANN_2), ben))
    changes, report = bring(project, article(actor(id=ANN)), delete_absent=True)
    assert [each.id for each in held(project)] == [ANN]
    assert len(held(project, "Ben")) == 1
    assert "deleted" in str(report.warnings[0])
    assert "1 deletion" in changes.said


def test_nothing_absent_is_deleted_where_a_part_of_the_document_was_refused(project):
    bring(project, article(actor(id=ANN), actor(PORTS, id=ANN_2)))
    bring(project, article(actor(id=ANN), actor(tag="rumour")), delete_absent=True)
    assert len(held(project)) == 2


def test_a_relation_whose_end_was_refused_is_refused_too(project):
    _, report = bring(
        project,
        article(
            actor(source_id="T1"),
            AnnotationRecord("Ann", "rumour", (PORTS,), source_id="T2"),
            relations=(RelationRecord("source", "T2", "T1"), RelationRecord("telepathy", "T1", "T1")),
        ),
    )
    assert len(report.refused) == 3
    assert report.relations == 0


# ---- one step, all or nothing


def test_an_import_is_one_step_of_the_coder_at_work(project):
    key, _ = coders.add_coder(project, "Mia")
    bring(project, article(*FOREIGN, relations=LINKED), DocumentRecord(text="Second.\n"), at_work=key)
    said = history.undo(project, key).said
    assert "2 articles, 3 annotations and 1 link" in said
    assert len(queries.document_keys(project, None)) == 0
    assert project.rows("SELECT count(*) FROM annotation") == [(0,)]


def test_cancel_takes_everything_back(project):
    def stop(done, _total):
        if done == 700:
            raise Cancelled

    records = (DocumentRecord(text=f"Text {number}.\n", annotations=(actor(Span(0, 4)),)) for number in range(1000))
    before = rows(project)
    with pytest.raises(Cancelled):
        import_records(project, records, report=Report(), format_name="jsonl", progress=stop)
    assert len(queries.document_keys(project, None)) == 0
    assert not queries.coders(project)
    with Project.open(project.path) as again:  # what could not be taken out in a moment is swept away by now
        assert rows(again) == before
        assert again.rows("SELECT count(*) FROM batch") == [(0,)]
    bring(project, article())


def test_a_fault_of_the_reader_takes_everything_back(project):
    def records():
        yield article(actor())
        raise AnnotatorError("The disk is gone.")

    with pytest.raises(AnnotatorError, match="The disk is gone"):
        import_records(project, records(), report=Report(), format_name="jsonl")
    assert len(queries.document_keys(project, None)) == 0
    assert check_project(project) == []


def test_nothing_is_seen_before_the_end_and_tags_are_set_meanwhile(project):
    bring(project, article())
    key, _ = coders.add_coder(project, "Mia")
    records = [DocumentRecord(text=f"Text {number}. " * 100) for number in range(1500)]
    seen, ended, faults = [], threading.Event(), []

    def tag():
        try:
            with Project.open(project.path) as other:
                start = 0
                while not ended.is_set():
                    annotations.tag_span(other, 1, key, "actor", [(start % 90, start % 90 + 1)])
                    seen.append(len(queries.document_keys(other, None)))
                    start += 2
        except AnnotatorError as error:
            faults.append(error)

    thread = threading.Thread(target=tag)
    thread.start()
    import_records(project, records, report=Report(), format_name="jsonl")
    ended.set()
    thread.join()
    assert not faults
    assert set(seen) <= {1, 1501}
    assert seen.count(1) > 5
    assert len(queries.document_keys(project, None)) == 1501
    assert check_project(project) == []


def test_a_second_import_meanwhile_is_refused_in_one_sentence(project):
    with (
        Batch(project, kind="import"),
        Project.open(project.path) as other,
        pytest.raises(Busy, match="Another import"),
    ):
        bring(other, article())


def test_progress_says_how_many_of_how_many(project):
    told = []
    bring(project, article(), article(text="Other.\n"), progress=lambda done, total: told.append((done, total)))
    assert (1, 0) in told
    assert told[-1] == (2, 2)
    assert told == sorted(told)


def test_notes_and_questions_that_were_written_meanwhile_are_shown_when_a_file_changes_them(project):
    bring(project, article(actor(id=ANN)))
    notes.set_note(project, held(project)[0].key, "mine")
    _, report = bring(project, article(actor(id=ANN, note="theirs")))
    assert "“mine” → “theirs”" in str(report.warnings[0])


# ---- what stands beside an export


def beside(**changes):
    content = json.loads(default_json())
    return {"codebook": [{"content": {**content, **changes}}]}


def default_json():
    from annotator.model.codebook import canonical_json

    return canonical_json(default_codebook())


def test_an_empty_project_takes_over_the_codebook_of_the_file(project):
    records = beside(version="9.9.9")
    changes, report = bring(project, article(actor()), beside=records)
    assert queries.codebook_version(project)[1].version == "9.9.9"
    assert changes.codebook
    assert "taken over" in str(report.warnings[0])
    assert held(project)[0].codebook_made == queries.codebook_version(project)[0]


def test_a_project_with_documents_keeps_its_codebook(project):
    bring(project, article())
    _, report = bring(project, article(text="Other.\n"), beside=beside(version="9.9.9"))
    assert queries.codebook_version(project)[1].version != "9.9.9"
    assert "stays as it is" in str(report.warnings[0])


def test_coders_come_with_their_ids_and_entities_too(project):
    own = {"id": "018f4f0e-8d2a-7c31-9b1e-2f6a5c0d1e99", "name": "Ann"}
    entity = {"id": "018f4f0e-8d2a-7c31-9b1e-2f6a5c0d1e98", "name": "Veldria", "aliases": ["VEL"], "type": "state"}
    bring(project, article(actor()), beside={"coders": [own], "entities": [entity]})
    assert [(each.id, each.name) for each in queries.coders(project)] == [(own["id"], "Ann")]
    assert project.rows("SELECT name, aliases, type FROM entity") == [("Veldria", '["VEL"]', "state")]


def test_a_project_without_codebook_is_told_so(tmp_path: Path):
    with Project.create(tmp_path / "bare.annotator") as project, pytest.raises(AnnotatorError, match="no codebook"):
        bring(project, article())
