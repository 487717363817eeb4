"""The formats that can be read and written: adding one is a module and a line in FORMATS."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from annotator.formats import jsonl, text_files
from annotator.formats.jsonl_writing import ProjectRecords, Written
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord


class Reader(Protocol):
    """Yields the documents at a path; what it could not read goes to the report. Raises AnnotatorError."""

    def __call__(self, path: Path, report: Report) -> Iterator[DocumentRecord]: ...


class Writer(Protocol):
    """Writes documents, and project records where it can, whole or not at all. Raises AnnotatorError."""

    def __call__(
        self, records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords | None = None
    ) -> Written: ...


class Detector(Protocol):
    """Whether a file looks, by its content, like the format; False as well when it cannot be read."""

    def __call__(self, path: Path) -> bool: ...


@dataclass(frozen=True)
class Format:
    """One kind of file, and what it can hold of a project."""

    name: str  # as the command line says it
    label: str  # as the window says it
    patterns: tuple[str, ...]  # of file names, for file dialogs
    description: str
    detect: Detector
    reads: Reader | None = None
    writes: Writer | None = None
    extra: str | None = None  # the pip extra that it needs: news-annotator[EXTRA]
    cannot_hold: tuple[str, ...] = ()  # what an export loses, in words


JSONL = Format(
    name="jsonl",
    label="Annotated JSON Lines",
    patterns=("*.jsonl", "*.ndjson"),
    description="The lossless format of this program: one document a line, with readings, annotations, relations.",
    detect=jsonl.detect,
    reads=jsonl.read,
    writes=jsonl.write,
    cannot_hold=("history",),
)

TEXT = Format(
    name="text",
    label="Plain text",
    patterns=("*.txt", "*.text", "*.md"),
    description="Text files and folders of them; each file becomes a document.",
    detect=text_files.detect,
    reads=text_files.read,
)

FORMATS: tuple[Format, ...] = (JSONL, TEXT)  # in the order in which content is tried: the most particular first


def detect(path: Path) -> Format | None:
    """The format that reads a file, by its content; a folder is a folder of texts."""
    return next((each for each in FORMATS if each.reads and each.detect(path)), None)


def by_name(name: str) -> Format | None:
    """The format that the command line calls `name`."""
    return next((each for each in FORMATS if each.name == name), None)
