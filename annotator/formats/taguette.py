"""Taguette (https://www.taguette.org): a SQLite file of documents in HTML with highlights that carry tags."""

from annotator.formats.format import Format
from annotator.formats.taguette_reading import detect, read

TAGUETTE = Format(
    name="taguette",
    label="Taguette project",
    patterns=("*.sqlite3", "*.sqlite", "*.db"),
    description="A project file of Taguette: documents, tags, and highlights with who made them.",
    detect=detect,
    reads=read,
)
