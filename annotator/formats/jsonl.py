"""The product's own lossless format, JSON Lines, out and in; written down in `docs/jsonl.md`."""

from annotator.formats.format import Format
from annotator.formats.jsonl_reading import detect, read, read_project
from annotator.formats.jsonl_writing import line, project_file, write
from annotator.formats.loss import Loss

JSONL = Format(
    name="jsonl",
    label="Annotated JSON Lines",
    patterns=("*.jsonl", "*.ndjson"),
    description="Keeps everything that this program knows: one article a line, with readings, annotations and links.",
    detect=detect,
    reads=read,
    writes=write,
    cannot_hold=(Loss.HISTORY,),
    splits=True,
    new_labels=False,  # it brings its codebook along
)

__all__ = ["JSONL", "detect", "line", "project_file", "read", "read_project", "write"]
