"""pyarrow reads the Parquet tables with their types."""

import pyarrow as pa
import pyarrow.parquet as pq


def test_the_tables_and_their_types(exported, facts):
    table = pq.read_table(exported / "parquet" / "annotations.parquet")
    assert table.schema.field("start").type == pa.int64()
    assert table.schema.field("value").type == pa.float64()
    assert table.schema.field("conditional").type == pa.bool_()
    assert pa.types.is_list(table.schema.field("spans").type)
    told = sorted(
        (each["coder"], each["kind"], each["tag"], each["spans"], each["quote"])
        for document in facts.values()
        for each in document["annotations"]
    )
    found = sorted(
        (
            row["coder"],
            row["reading"],
            row["tag"],
            [[span["start"], span["end"]] for span in row["spans"]],
            row["quote"],
        )
        for row in table.to_pylist()
    )
    assert found == told


def test_texts_and_links_join(exported, facts):
    documents = pq.read_table(exported / "parquet" / "documents.parquet").to_pylist()
    assert sorted(row["text"] for row in documents) == sorted(each["text"] for each in facts.values())
    links = pq.read_table(exported / "parquet" / "relations.parquet").to_pylist()
    ids = set(pq.read_table(exported / "parquet" / "annotations.parquet")["id"].to_pylist())
    assert {row["source"] for row in links} | {row["target"] for row in links} <= ids
    assert len(links) == sum(len(each["relations"]) for each in facts.values())
