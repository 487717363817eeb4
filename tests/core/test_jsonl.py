"""The product's own format loses nothing, gives the same bytes, and names each line that is wrong."""

import hashlib
import json
import os
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats import jsonl, jsonl_lines
from annotator.formats.report import Report
from annotator.model.records import KINDS, AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord
from annotator.model.rows import STATES
from annotator.model.span import Span

ROOT = Path(__file__).resolve().parents[2]
ID_A = "018f4a3e-0000-7000-8000-00000000000a"
ID_B = "018f4a3e-0000-7000-8000-00000000000b"
ID_R = "018f4a3e-0000-7000-8000-00000000000c"

# --- arbitrary records -------------------------------------------------------------------------------------------

odd = st.sampled_from(
    [
        "\U0001f468‍\U0001f469‍\U0001f467",
        "e\u0301",
        "שלום",
        "\u202e",
        "\0",
        "\x85",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\x7f",
        "\x1b",
    ]
)
words = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5) | odd, max_size=8).map("".join)
stored_text = words.map(lambda text: text.replace("\r", "")).filter(bool)
name = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(name, inner, max_size=3),
    max_leaves=5,
)
extra = st.dictionaries(name.map(lambda key: "x-" + key), plain, max_size=2)
uuid = st.uuids().map(str)
attributes = st.dictionaries(
    name, st.fixed_dictionaries({"value": plain, "by": st.sampled_from(["typed", "confirmed", "proposed"])}), max_size=2
)


@st.composite
def annotations(draw, text):
    edges = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=4)))
    spans = tuple(Span(*edges[at : at + 2]) for at in range(0, len(edges) - 1, 2))
    return AnnotationRecord(
        coder=draw(words),
        tag=draw(name),
        spans=spans,
        text="".join(text[start:end] for start, end in spans),
        id=draw(uuid),
        source_id=draw(st.none() | name),
        kind=draw(st.sampled_from(KINDS)),
        attributes=draw(attributes),
        note=draw(words),
        flags=tuple(draw(st.lists(name, max_size=2))),
        extra=draw(extra),
    )


@st.composite
def documents(draw):
    text = draw(stored_text)
    made = draw(st.lists(annotations(text), max_size=3, unique_by=lambda record: record.id))
    ends = [record.id for record in made]
    relation = st.builds(
        RelationRecord,
        type=name,
        source=st.sampled_from(ends or [""]),
        target=st.sampled_from(ends or [""]),
        id=uuid,
        source_id=st.none() | name,
        attributes=attributes,
        note=words,
        extra=extra,
    )
    reading = st.builds(
        ReadingRecord,
        coder=words,
        kind=st.sampled_from(KINDS),
        state=st.sampled_from(STATES),
        codebook_version=st.none() | name,
        extra=extra,
    )
    fields = {field: draw(words) for field in ("title", "outlet", "date", "url", "language", "rights", "source_name")}
    return DocumentRecord(
        text=text,
        id=hashlib.sha256(text.encode()).hexdigest(),
        readings=tuple(draw(st.lists(reading, max_size=2, unique_by=lambda record: (record.coder, record.kind)))),
        annotations=tuple(made),
        relations=tuple(draw(st.lists(relation, max_size=2, unique_by=lambda record: record.id))) if ends else (),
        extra=draw(extra),
        **fields,
    )


def distinct(records):
    """Ids are unique in a project: no annotation or relation id comes twice."""
    ids = [each.id for record in records for each in (*record.annotations, *record.relations)]
    return len(ids) == len(set(ids))


def read_all(path, *, clean=True):
    report = Report()
    records = [replace(record, where="") for record in jsonl.read(path, report)]
    if clean:
        assert report == Report()
    return records, report


@given(records=st.lists(documents(), max_size=3, unique_by=lambda record: record.text).filter(distinct))
def test_write_then_read_gives_the_same_and_the_same_bytes(records, tmp_path_factory):
    folder = tmp_path_factory.mktemp("round")
    written = jsonl.write(records, folder / "a.jsonl")
    if not records:
        return
    again, _ = read_all(folder / "a.jsonl")
    assert again == records
    jsonl.write(again, folder / "b.jsonl")
    data = (folder / "a.jsonl").read_bytes()
    assert data == (folder / "b.jsonl").read_bytes()

    # What any other program makes of the file: Python's own reader, line by line and by its idea of a line.
    lines = data.decode().splitlines()
    assert len(lines) == len(records) == written.documents
    for line, record in zip(lines, records, strict=True):
        seen = json.loads(line)
        assert seen["text"] == record.text
        assert seen["sha256"] == hashlib.sha256(record.text.encode()).hexdigest()
        for shown, annotation in zip(seen["annotations"], record.annotations, strict=True):
            assert "".join(seen["text"][start:end] for start, end in shown["spans"]) == shown["text"] == annotation.text


def test_the_written_line_by_hand(tmp_path):
    text = "Kyiv\x85 said\u2028“60%”\x7f\x00."
    record = DocumentRecord(
        text=text,
        title="T",
        readings=(ReadingRecord("Ann", state="done"),),
        annotations=(AnnotationRecord("Ann", "figure", (Span(12, 15),), id=ID_A, source_id="T1", flags=("unsure",)),),
    )
    jsonl.write([record], tmp_path / "x.jsonl")
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert (tmp_path / "x.jsonl").read_bytes().decode() == (
        '{"format":"annotator","version":1,"offset_unit":"codepoint",'
        f'"id":"{digest}","sha256":"{digest}","title":"T","outlet":"","date":"","url":"","language":"","rights":"",'
        '"source_name":"","text":"Kyiv\\u0085 said\\u2028“60%”\\u007f\\u0000.",'
        '"readings":[{"coder":"Ann","kind":"own","state":"done","codebook_version":null}],'
        f'"annotations":[{{"id":"{ID_A}","coder":"Ann","kind":"own","tag":"figure","spans":[[12,15]],"text":"60%",'
        '"attributes":{},"note":"","flags":["unsure"],"source_id":"T1"}],"relations":[]}\n'
    )


# --- lines made by others ------------------------------------------------------------------------------------------


def written_lines(path, *lines):
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    return path


def test_minimal_lines_are_enough(tmp_path):
    path = written_lines(
        tmp_path / "x.jsonl",
        {"text": "Kyiv said no", "annotations": [{"tag": "actor", "spans": [[0, 4]]}]},
        b"\r",
        {
            "text": "Six \U0001f600 men",
            "annotations": [{"coder": "Ann", "tag": "figure", "spans": [[6, 9]]}],
            "title": None,
        },
        {"text": "Bare article", "date": "2022-01-10"},
    )
    records, _ = read_all(path)
    assert records == [
        DocumentRecord("Kyiv said no", annotations=(AnnotationRecord("", "actor", (Span(0, 4),), text="Kyiv"),)),
        DocumentRecord(
            "Six \U0001f600 men", annotations=(AnnotationRecord("Ann", "figure", (Span(6, 9),), text="men"),)
        ),
        DocumentRecord("Bare article", date="2022-01-10"),
    ]


def test_a_mark_at_the_start_and_crlf_line_ends_do_no_harm(tmp_path):
    (tmp_path / "x.jsonl").write_bytes(b'\xef\xbb\xbf{"text": "a"}\r\n{"text": "\xef\xbb\xbfb"}\r\n')
    records, _ = read_all(tmp_path / "x.jsonl")
    assert [record.text for record in records] == ["a", "\ufeffb"]


def test_crlf_in_a_text_is_unified_and_offsets_follow(tmp_path):
    text = "One\r\nTwo\r\nThree \U0001f600\r\nFour"
    spans = {word: [text.index(word), text.index(word) + len(word)] for word in ("Two", "Three \U0001f600", "Four")}
    line = {
        "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "annotations": [{"tag": "t", "spans": [span], "text": word} for word, span in spans.items()]
        + [{"tag": "t", "spans": [[0, 8]], "text": "One\r\nTwo"}],
    }
    (record,), _ = read_all(written_lines(tmp_path / "x.jsonl", line))
    assert record.text == "One\nTwo\nThree \U0001f600\nFour"
    assert [annotation.text for annotation in record.annotations] == ["Two", "Three \U0001f600", "Four", "One\nTwo"]
    assert record.annotations[0].spans == (Span(4, 7),)


def test_unknown_keys_are_kept_at_every_level(tmp_path):
    line = {
        "text": "Kyiv said",
        "annotations": [{"tag": "t", "spans": [[0, 4]], "id": ID_A, "score": 0.5}],
        "relations": [{"type": "r", "source": ID_A, "target": ID_A, "id": ID_R, "why": ["a"]}],
        "readings": [{"coder": "Ann", "minutes": 12}],
        "section": {"name": "World"},
    }
    records, report = read_all(written_lines(tmp_path / "x.jsonl", line), clean=False)
    assert [str(note) for note in report.warnings] == ["x.jsonl: kept as they are, but not read: section."]
    jsonl.write(records, tmp_path / "y.jsonl")
    back = json.loads((tmp_path / "y.jsonl").read_text(encoding="utf-8"))
    assert back["section"] == {"name": "World"}
    assert back["annotations"][0]["score"] == 0.5
    assert back["relations"][0]["why"] == ["a"]
    assert back["readings"][0]["minutes"] == 12


def test_an_unknown_key_never_hides_a_known_one(tmp_path):
    record = DocumentRecord("right", extra={"text": "wrong"})
    jsonl.write([record], tmp_path / "x.jsonl")
    assert json.loads((tmp_path / "x.jsonl").read_bytes())["text"] == "right"


def test_foreign_ids_become_source_ids_and_relations_still_find_them(tmp_path):
    line = {
        "id": 17,
        "text": "Kyiv said",
        "annotations": [{"id": "T1", "tag": "a", "spans": [[0, 4]]}, {"id": 2, "tag": "b", "spans": [[5, 9]]}],
        "relations": [{"id": "R1", "type": "source", "source": 2, "target": "T1"}],
    }
    (record,), _ = read_all(written_lines(tmp_path / "x.jsonl", line))
    assert (record.id, record.extra) == (None, {"source_id": "17"})
    assert [(each.id, each.source_id) for each in record.annotations] == [(None, "T1"), (None, "2")]
    assert record.relations == (RelationRecord("source", "2", "T1", source_id="R1"),)


def test_bare_attribute_values_count_as_typed(tmp_path):
    line = {
        "text": "60%",
        "annotations": [{"tag": "f", "spans": [[0, 3]], "attributes": {"kind": "percent", "n": {"low": 1}}}],
    }
    (record,), _ = read_all(written_lines(tmp_path / "x.jsonl", line))
    assert record.annotations[0].attributes == {
        "kind": {"value": "percent", "by": "typed"},
        "n": {"value": {"low": 1}, "by": "typed"},
    }


# --- wrong lines ---------------------------------------------------------------------------------------------------

GOOD = {"text": "good"}
DEEP = b'{"text":"a","x":' + b"[" * 60 + b"]" * 60 + b"}"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"text": "a" "x"}', "not valid JSON (expecting ',' delimiter, column 14)"),
        (b'{"text": "a", "x": NaN}', "NaN is no JSON number"),
        (b'{"text": "a", "x": -Infinity}', "-Infinity is no JSON number"),
        (b'{"text": "a", "x": 1e400}', "the number 1e400 is too large"),
        (b'{"text": "a", "x": 1' + b"0" * 5000 + b"}", "a number with too many digits"),
        (DEEP, "nested deeper than 50 levels"),
        (b'{"text":"a","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested deeper than 50 levels"),
        (b'{"text": "a", "text": "b"}', "the key 'text' stands twice in one object"),
        (b'{"text": "caf\xe9"}', "byte 14 is not valid UTF-8"),
        (b'{"text": "\\ud83d"}', "a text holds a lone surrogate (U+D83D), half of a character"),
        (b'{"text": "a", "title": "\\uDE00"}', "a text holds a lone surrogate (U+DE00), half of a character"),
        (b"[1, 2]", "a list instead of an object"),
        (b"null", "null instead of an object"),
        ({"title": "x"}, "an object without 'text'"),
        ({"text": 5}, "'text' is a number"),
        ({"text": ""}, "the text is empty"),
        ({"text": "a", "title": 5}, "'title' must be a text, not a number"),
        ({"text": "a", "annotations": {}}, "'annotations' must be a list, not an object"),
        ({"text": "a", "format": "other"}, "the format is 'other', not 'annotator'"),
        ({"text": "a", "version": "1"}, "'version' must be a whole number, not a text"),
        ({"text": "a", "offset_unit": "utf-16"}, "its offsets count 'utf-16'; only 'codepoint' is read"),
        (
            {"text": "a", "version": 99},
            "it was written by a newer version of the program (format version 99; this one reads up to 1)",
        ),
        ({"text": "a", "label": [[0, 1, "X"]]}, "a doccano example, which is not read yet"),
    ],
)
def test_a_wrong_line_is_refused_with_its_number_and_the_rest_is_read(tmp_path, line, message):
    records, report = read_all(written_lines(tmp_path / "x.jsonl", GOOD, line, {"text": "more"}), clean=False)
    assert [record.text for record in records] == ["good", "more"]
    assert [str(refusal) for refusal in report.refused] == [f"x.jsonl, line 2: {message}."]


MANY = "(a number of very many digits)"
TEXT = "Kyiv said Moscow would go. Moscow said no."


@pytest.mark.parametrize(
    ("annotation", "message"),
    [
        ({"spans": [[0, 4]]}, "no tag"),
        ({"tag": "", "spans": [[0, 4]]}, "no tag"),
        ({"tag": 7, "spans": [[0, 4]]}, "'tag' must be a text, not a number"),
        ({"tag": "t"}, "'spans' must be a list of [start, end]"),
        ({"tag": "t", "spans": []}, "'spans' must be a list of [start, end]"),
        ({"tag": "t", "spans": [[0]]}, "'spans' must be a list of [start, end] in whole numbers"),
        ({"tag": "t", "spans": [[0, 4.0]]}, "'spans' must be a list of [start, end] in whole numbers"),
        ({"tag": "t", "spans": [[False, True]]}, "'spans' must be a list of [start, end] in whole numbers"),
        ({"tag": "t", "spans": [[4, 4]]}, "the span 4–4 is empty, reversed or negative"),
        ({"tag": "t", "spans": [[4, 0]]}, "the span 4–0 is empty, reversed or negative"),
        ({"tag": "t", "spans": [[-4, 2]]}, "the span -4–2 is empty, reversed or negative"),
        ({"tag": "t", "spans": [[0, 43]]}, "the span 0–43 does not lie in the text, which has 42 characters"),
        (
            {"tag": "t", "spans": [[0, 10**400]]},
            f"the span 0–{MANY} does not lie in the text, which has 42 characters",
        ),
        (
            {"tag": "t", "spans": [[5, 11]], "text": "Moscow"},
            "the text at 5–11 is not “Moscow”, which does not stand once nearby either",
        ),
        (
            {"tag": "t", "spans": [[10**400, 10**400 + 4]], "text": "Kyiv"},
            f"the text at {MANY}–{MANY} is not “Kyiv”, which does not stand once nearby either",
        ),
        ({"tag": "t", "spans": [[0, 4]], "kind": "x"}, "the kind 'x' is none of own, gold"),
        ({"tag": "t", "spans": [[0, 4]], "flags": "unsure"}, "'flags' must be a list, not a text"),
        ({"tag": "t", "spans": [[0, 4]], "flags": [1]}, "'flags' must be a list of texts"),
        ({"tag": "t", "spans": [[0, 4]], "attributes": []}, "'attributes' must be an object, not a list"),
        ("actor", "a text instead of an object"),
        ({"id": ID_A, "tag": "t", "spans": [[0, 4]]}, f"the id {ID_A} stands a second time"),
    ],
)
def test_a_wrong_annotation_is_refused_and_the_others_are_read(tmp_path, annotation, message):
    good = {"id": ID_A, "tag": "actor", "spans": [[0, 4]], "text": "Kyiv"}
    path = written_lines(tmp_path / "x.jsonl", {"text": TEXT, "annotations": [good, annotation]})
    (record,), report = read_all(path, clean=False)
    assert [each.id for each in record.annotations] == [ID_A]
    assert [str(refusal) for refusal in report.refused] == [f"x.jsonl, line 1, annotation 2: {message}."]
    assert report.repaired == []


def test_a_shifted_quote_is_found_again_where_it_is_unique_and_the_repair_is_reported(tmp_path):
    annotations = [
        {"tag": "t", "spans": [[7, 10]], "text": "said Moscow"},
        {"tag": "t", "spans": [[2, 6], [11, 17]], "text": "KyivMoscow"},
        {"tag": "t", "spans": [[40, 60]], "text": "no."},
    ]
    path = written_lines(tmp_path / "x.jsonl", {"text": TEXT, "annotations": annotations})
    (record,), report = read_all(path, clean=False)
    assert [each.spans for each in record.annotations] == [(Span(5, 16),), (Span(39, 42),)]
    assert [str(note) for note in report.repaired] == [
        "x.jsonl, line 1, annotation 1: moved from 7–10 to 5–16, where “said Moscow” stands.",
        "x.jsonl, line 1, annotation 3: moved from 40–60 to 39–42, where “no.” stands.",
    ]
    assert len(report.refused) == 1, "the pieces of the second no longer lie at the same distance"
    shifted = {"tag": "t", "spans": [[2, 6], [12, 18]], "text": "KyivMoscow"}
    (record,), report = read_all(
        written_lines(tmp_path / "y.jsonl", {"text": TEXT, "annotations": [shifted]}), clean=False
    )
    assert record.annotations[0].spans == (Span(0, 4), Span(10, 16))


def test_a_quote_far_away_is_not_taken(tmp_path):
    text = "x" * 1000 + "Kyiv"
    path = written_lines(
        tmp_path / "x.jsonl", {"text": text, "annotations": [{"tag": "t", "spans": [[0, 4]], "text": "Kyiv"}]}
    )
    (record,), report = read_all(path, clean=False)
    assert record.annotations == ()
    assert len(report.refused) == 1


def test_wrong_readings_and_relations_are_refused_one_by_one(tmp_path):
    line = {
        "text": TEXT,
        "annotations": [{"id": ID_A, "tag": "t", "spans": [[0, 4]]}],
        "readings": [
            {"coder": "Ann"},
            {"coder": "Ann"},
            {"coder": "Ben", "state": "finished"},
            {"coder": "Ann", "kind": "gold"},
        ],
        "relations": [
            {"type": "r", "source": ID_A, "target": "T9"},
            {"type": "r", "source": ID_A},
            {"source": ID_A, "target": ID_A},
            {"type": "r", "source": ID_A, "target": ID_A},
        ],
    }
    (record,), report = read_all(written_lines(tmp_path / "x.jsonl", line), clean=False)
    assert [(each.coder, each.kind) for each in record.readings] == [("Ann", "own"), ("Ann", "gold")]
    assert record.relations == (RelationRecord("r", ID_A, ID_A),)
    assert [str(refusal).removeprefix("x.jsonl, line 1, ") for refusal in report.refused] == [
        "reading 2: a second reading by 'Ann'.",
        "reading 3: the state 'finished' is none of not started, in work, done, returned, set aside.",
        "relation 1: its target 'T9' is no annotation of this document.",
        "relation 2: no target.",
        "relation 3: no type.",
    ]


def test_one_id_with_two_texts_is_refused_but_a_second_reader_of_one_text_is_not(tmp_path):
    own = hashlib.sha256(b"one").hexdigest()
    path = written_lines(
        tmp_path / "x.jsonl", {"id": own, "text": "one"}, {"id": own, "text": "one"}, {"id": own, "text": "two"}
    )
    records, report = read_all(path, clean=False)
    assert [record.text for record in records] == ["one", "one"]
    assert [str(refusal) for refusal in report.refused] == [
        "x.jsonl, line 3: its id stands on line 1 already, with another text."
    ]


def test_a_changed_text_is_reported(tmp_path):
    path = written_lines(tmp_path / "x.jsonl", {"text": "changed", "sha256": hashlib.sha256(b"was").hexdigest()})
    _, report = read_all(path, clean=False)
    assert [note.where for note in report.warnings] == ["x.jsonl, line 1"]


def test_a_line_too_long_and_one_with_too_many_values_are_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(jsonl_lines, "LINE_LIMIT", 2 * 1024 * 1024)
    monkeypatch.setattr(jsonl_lines, "_PARTS_LIMIT", 500_000)
    many = b'{"text": "a", "x": [' + b"1," * 700_000 + b"1]}"
    path = written_lines(tmp_path / "x.jsonl", GOOD, b'{"text": "' + b"a" * 5_000_000 + b'"}', many, {"text": "more"})
    records, report = read_all(path, clean=False)
    assert [record.text for record in records] == ["good", "more"]
    assert [refusal.where for refusal in report.refused] == ["x.jsonl, line 2", "x.jsonl, line 3"]


def test_a_gigabyte_in_one_line_is_refused_in_bounded_memory(tmp_path):
    path = tmp_path / "huge.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "good"}\n{"text": "')
        file.truncate(1024**3)  # sparse
        file.seek(0, os.SEEK_END)
        file.write(b'\n{"text": "more"}\n')
    script = (
        "import sys; from pathlib import Path\n"
        "from annotator.formats import jsonl; from annotator.formats.report import Report\n"
        "report = Report(); print([r.text for r in jsonl.read(Path(sys.argv[1]), report)]); print(*report.refused)"
    )
    limit = 700 * 1024 * 1024
    done = subprocess.run(
        [sys.executable, "-c", script, path],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )
    assert done.stdout.splitlines() == ["['good', 'more']", "huge.jsonl, line 2: longer than 128 MB."], done.stderr


# --- other files ---------------------------------------------------------------------------------------------------


def test_foreign_files_get_one_sentence_each(shared):
    told = {}
    paths = [path for path in sorted((shared / "corpora").rglob("*")) if path.is_file()]
    for path in [
        *paths[::15],
        *(path for path in paths if path.suffix in (".jsonl", ".dna", ".xlsx", ".qdpx", ".zip")),
    ]:
        report = Report()
        try:
            records = list(jsonl.read(path, report))
        except AnnotatorError as fault:
            told[path] = str(fault)
        else:  # articles without annotations in our sense, or nothing at all
            assert all(record.annotations == () for record in records)
            assert path.stat().st_size == 0 or (records and path.suffix == ".jsonl")
    doccano = (
        shared / "corpora/doccano_labelstudio/doccano/data_export/pipeline/examples/sequence_labeling/example.jsonl"
    )
    assert told[doccano] == (
        "example.jsonl is not annotated JSON Lines: line 1: a doccano example, which is not read yet."
    )
    assert len(told) > 100
    for path, sentence in told.items():
        assert sentence.startswith(path.name)
        assert sentence.count("\n") == 0
        assert len(sentence) < 300
        assert not jsonl.detect(path, path.read_bytes())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", None),
        (b"%PDF-1.7\n", "x.jsonl is not annotated JSON Lines but a file of another kind: PDF."),
        ('{"text": "a"}'.encode("utf-16"), "x.jsonl is UTF-16; JSON Lines must be UTF-8."),
        (b'{\n "text": "a"\n}\n', "x.jsonl is not annotated JSON Lines: line 1: JSON spread over several lines"),
        (b"Just words.\n", "x.jsonl is not annotated JSON Lines: line 1: not valid JSON"),
    ],
)
def test_files_that_are_no_json_lines(tmp_path, data, message):
    (tmp_path / "x.jsonl").write_bytes(data)
    assert not jsonl.detect(tmp_path / "x.jsonl", data)
    if message is None:
        _, report = read_all(tmp_path / "x.jsonl", clean=False)
        assert [str(refusal) for refusal in report.refused] == ["x.jsonl: empty."]
        return
    with pytest.raises(AnnotatorError) as caught:
        read_all(tmp_path / "x.jsonl")
    assert str(caught.value).startswith(message)


def test_what_cannot_be_opened_is_named(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, reason in (
        (tmp_path / "no.jsonl", "no such file"),
        (tmp_path, "is a directory"),
        (tmp_path / "pipe", "not an ord"),
    ):
        with pytest.raises(AnnotatorError, match=reason):
            list(jsonl.read(path, Report()))


# --- whole or nothing ----------------------------------------------------------------------------------------------

RECORDS = [DocumentRecord("one"), DocumentRecord("two")]


def test_an_export_that_stops_leaves_the_old_file(tmp_path):
    target = tmp_path / "x.jsonl"
    jsonl.write(RECORDS, target, {"coders": [{"name": "Ann"}]})
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(before) == {"x.jsonl", "x.jsonl.project.json"}

    def cancelled():
        yield DocumentRecord("three")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        jsonl.write(cancelled(), target, {"coders": []})
    for wrong in (DocumentRecord("half \ud83d"), DocumentRecord("x", extra={"x-n": float("nan")})):
        with pytest.raises(AnnotatorError, match="cannot be written as JSON"):
            jsonl.write([wrong], target, {"coders": []})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_full_disk_leaves_the_old_file(tmp_path):
    target = tmp_path / "x.jsonl"
    jsonl.write(RECORDS, target)
    before = target.read_bytes()
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from annotator.errors import AnnotatorError; from annotator.formats import jsonl\n"
        "from annotator.model.records import DocumentRecord\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try: jsonl.write([DocumentRecord('x' * 1000)] * 1000, Path(sys.argv[1]))\n"
        "except AnnotatorError as fault: print(fault)"
    )
    done = subprocess.run([sys.executable, "-c", script, target], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout == f"Cannot write {target}: file too large.\n", done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["x.jsonl"]
    assert target.read_bytes() == before


def test_where_it_cannot_be_written(tmp_path):
    (tmp_path / "folder").mkdir()
    for target, reason in ((tmp_path / "folder", "it is a folder"), (tmp_path / "no/x.jsonl", "no such file")):
        with pytest.raises(AnnotatorError, match=reason):
            jsonl.write(RECORDS, target)
    with pytest.raises(AnnotatorError, match="not an ordinary file"):
        jsonl.write(RECORDS, Path("/dev/null"))


def test_a_link_stays_a_link_and_permissions_stay(tmp_path):
    real = tmp_path / "real.jsonl"
    real.write_bytes(b"old")
    real.chmod(0o640)
    (tmp_path / "link.jsonl").symlink_to(real)
    jsonl.write(RECORDS, tmp_path / "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert len(real.read_bytes().splitlines()) == 2


def test_project_records_lie_beside_the_documents(tmp_path):
    target = tmp_path / "x.jsonl"
    project = {"coders": [{"name": "Ann\u2028"}], "codebook": [{"tags": ["claim"]}], "later": []}
    written = jsonl.write(RECORDS, target, project)
    assert written.files == (target, tmp_path / "x.jsonl.project.json")
    data = (tmp_path / "x.jsonl.project.json").read_bytes()
    assert json.loads(data) == {"format": "annotator-project", "version": 1, **project}
    assert b"\xe2\x80\xa8" not in data
    assert jsonl.read_project(target) == project
    assert jsonl.read_project(tmp_path / "other.jsonl") is None
    for wrong in (
        b"[]",
        b"{}",
        b'{"format": "annotator-project", "version": 9}',
        b'{"format":"annotator-project","x":[1]}',
    ):
        (tmp_path / "x.jsonl.project.json").write_bytes(wrong)
        with pytest.raises(AnnotatorError, match="Cannot read"):
            jsonl.read_project(target)
