"""Parquet: the tables of annotations, relations, readings, documents, actors and codebook, a file each, with types."""

from annotator.formats import parquet_writing
from annotator.formats.format import Format, never
from annotator.formats.tables import LOSES

PARQUET = Format(
    name="parquet",
    label="Parquet tables",
    patterns=("*.parquet",),
    description="A folder of flat tables with types, for pandas, R and DuckDB: annotations, links, documents.",
    verified_by=("pyarrow",),
    detect=never,
    writes=parquet_writing.write,
    folder=True,
    shown_first="annotations.parquet",
    lines=parquet_writing.lines,
    splits=True,
    extra="parquet",
    needs=("duckdb",),
    cannot_hold=LOSES,
)
