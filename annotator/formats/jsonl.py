"""The product's own lossless format, JSON Lines, out and in; written down in `docs/jsonl.md`."""

from annotator.formats.jsonl_reading import detect, read, read_project
from annotator.formats.jsonl_writing import ProjectRecords, Written, line, project_file, write

__all__ = ["ProjectRecords", "Written", "detect", "line", "project_file", "read", "read_project", "write"]
