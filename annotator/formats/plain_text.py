"""Plain text files as a format of the registry; the work is done in `text_files`."""

from collections.abc import Iterator
from pathlib import Path

from annotator.formats.format import Format, ReadOptions
from annotator.formats.report import Refusal, Report
from annotator.formats.text_files import FoundFile, Look, doubt, find_files, look_at, read_text, shown_name
from annotator.model.records import DocumentRecord


def detect(path: Path, _head: bytes, /) -> bool:
    """Whether a path is a folder or a file that reads as plain text."""
    return path.is_dir() or isinstance(look_at(FoundFile(path, shown_name(path.name))), Look)


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """Every text file at or below a path as a document."""
    for found in find_files([path]):
        result = read_text(found, options.encoding) if isinstance(found, FoundFile) else found
        if isinstance(result, Refusal):
            report.refused.append(result)
            continue
        if not result.sure:
            report.warn(result.file.name, doubt(result.encoding))
        yield result.record()


TEXT = Format(
    name="text",
    label="Plain text",
    patterns=("*.txt", "*.text", "*.md"),
    description="Text files and folders of them; each file becomes an article.",
    detect=detect,
    reads=read,
)
