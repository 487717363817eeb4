"""Parquet: tables with types that join by id; what JSON and SQL could stumble over comes through."""

import pytest

from annotator.formats.format import WriteOptions
from annotator.formats.parquet import PARQUET
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord
from annotator.model.span import Span
from annotator.operations.export import export
from tests.core.formats.full_document import TEXT, full_project, id_of

pytestmark = pytest.mark.skipif(not PARQUET.installed, reason="needs [parquet]: make test-formats runs it with that")


def ask(folder, query):
    import duckdb

    with duckdb.connect() as connection:
        query = query.format(**{path.stem: f"read_parquet('{path}')" for path in folder.glob("*.parquet")})
        return connection.execute(query).fetchall()


def test_the_tables_have_types_and_join(tmp_path):
    with full_project(tmp_path / "full.annotator") as project:
        export(project, tmp_path / "out", format_name="parquet")
    folder = tmp_path / "out"
    assert sorted(path.stem for path in folder.glob("*.parquet")) == [
        "actors", "annotations", "codebook", "documents", "readings", "relations",
    ]  # fmt: skip
    assert sorted(path.name for path in folder.iterdir() if path.suffix != ".parquet") == [".annotator-export"]
    types = dict(ask(folder, "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {annotations})"))
    assert {name: types[name] for name in ("start", "spans", "value", "conditional", "flags", "quote")} == {
        "start": "BIGINT",
        "spans": 'STRUCT("start" BIGINT, "end" BIGINT)[]',
        "value": "DOUBLE",
        "conditional": "BOOLEAN",
        "flags": "VARCHAR[]",
        "quote": "VARCHAR",
    }
    (figure,) = ask(folder, f"SELECT value, value_max, kind, proposed FROM {{annotations}} WHERE id = '{id_of(3)}'")
    assert figure == (40.0, 60.5, "percent", ["unit"])
    joined = ask(
        folder,
        "SELECT l.type, a.quote, d.text FROM {relations} l JOIN {annotations} a ON a.id = l.target "
        "JOIN {documents} d ON d.document = a.document ORDER BY l.type",
    )
    assert [row[:2] for row in joined][1] == ("source", "inister Żółć")
    assert {row[2] for row in joined} == {TEXT}


@pytest.mark.parametrize("text", ["a\x00b", "é😀\u2028\x85", "'); DROP TABLE x; --", "x" * 300_000, "\\u0041 \\"])
def test_texts_come_through_as_they_are(text, tmp_path):
    end = len(text)
    annotation = AnnotationRecord("O'Neil", "claim", (Span(0, end),), note=text, id=id_of(1))
    record = DocumentRecord(text, id="0" * 64, readings=(ReadingRecord("O'Neil"),), annotations=(annotation,))
    folder = tmp_path / "a 'quoted' folder"
    PARQUET.writes([record], folder, {}, WriteOptions())
    import duckdb

    with duckdb.connect() as connection:
        path = str(folder / "annotations.parquet")
        (row,) = connection.execute("SELECT quote, note, coder FROM read_parquet(?)", [path]).fetchall()
    assert row == (text, text, "O'Neil")
