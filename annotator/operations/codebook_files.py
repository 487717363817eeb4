"""The codebook of a project to a file and from one: YAML, JSON or REFI-QDA, by the file's suffix."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.qdc import codebook_from_qdc, codebook_to_qdc
from annotator.formats.qdc_xml import LIMIT
from annotator.formats.qdpx_reading import codebook_of_archive
from annotator.formats.whole_file import whole_file
from annotator.model.codebook import Codebook, as_plain
from annotator.model.codebook_check import codebook_warnings
from annotator.model.codebook_diff import unmarked
from annotator.model.codebook_yaml import dump_codebook, read_codebook
from annotator.storage import queries
from annotator.storage.project import Project

YAML, JSON, QDC = (".yaml", ".yml"), (".json",), (".qdc",)
_QDPX = (".qdpx",)  # a whole project, which a codebook is read from
SUFFIXES = (*YAML, *JSON, *QDC)


@dataclass(frozen=True)
class CodebookFile:
    """A codebook that was read from a file, and what a person should know of it."""

    codebook: Codebook
    warnings: tuple[str, ...] = ()


def read_codebook_file(path: Path, current: Codebook | None = None) -> CodebookFile:
    """The codebook of a file; what a REFI-QDA file cannot state is taken from the `current` one.

    Raises AnnotatorError with the place and the reason.
    """
    if path.suffix.lower() in (*QDC, *_QDPX):
        data = codebook_of_archive(path) if path.suffix.lower() in _QDPX else _bytes(path)
        found = codebook_from_qdc(data, path.name, current)
        return CodebookFile(found.codebook, (*found.warnings, *codebook_warnings(found.codebook)))
    codebook = read_codebook(path)
    return CodebookFile(codebook, tuple(codebook_warnings(codebook)))


def export_codebook(project: Project, dest: Path) -> dict[str, int]:
    """Write the current codebook, and return what the file cannot hold: what → how many. Raises AnnotatorError."""
    current = queries.codebook_version(project)
    if current is None:
        raise AnnotatorError(f"{project.path.name} has no codebook.")
    return write_codebook(current[1], dest)


def write_codebook(codebook: Codebook, dest: Path) -> dict[str, int]:
    """Write a codebook whole or not at all, and return what the file cannot hold: what → how many.

    Raises AnnotatorError for a name that no format has, and for a place that cannot be written.
    """
    data, lost = written(codebook, dest)
    with whole_file(dest) as file:
        file.write(data)
    return lost


def written(codebook: Codebook, dest: Path) -> tuple[bytes, dict[str, int]]:
    """The bytes of a codebook in the format that a file's name asks for, and what they cannot hold."""
    suffix = dest.suffix.lower()
    if suffix in QDC:
        return codebook_to_qdc(unmarked(codebook))
    if suffix in JSON:
        return (json.dumps(plain(codebook), ensure_ascii=False, indent=1) + "\n").encode(), {}
    if suffix in YAML:
        return dump_codebook(codebook).encode(), {}
    raise AnnotatorError(f"{dest.name}: a codebook is written to a file that ends with {', '.join(SUFFIXES)}.")


def plain(codebook: Codebook) -> dict[str, Any]:
    """The codebook as JSON has it."""
    return as_plain(codebook)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except OSError as error:
        raise AnnotatorError(f"{path.name} cannot be read: {error.strerror or error}.") from None
