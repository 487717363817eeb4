"""The first lines of an export, before it is written."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats.format import Format
from annotator.formats.whole_file import MARK
from annotator.operations.export_run import Run
from annotator.operations.progress import Progress, silent
from annotator.operations.recipes import Recipe
from annotator.storage.project import Project

_DOCUMENTS = 3
_LINES = 40
_LENGTH = 400  # characters of a line
_BYTES = 64 * 1024


@dataclass(frozen=True)
class Lines:
    """The first lines of the first file of an export that can be read as text; none where none can."""

    file: str
    lines: tuple[str, ...]


def preview_export(project: Project, recipe: Recipe, *, progress: Progress = silent) -> Lines:
    """What an export of the first documents begins with; parts are left out. Raises as `export` does.

    It is written beside the project, where its texts lie already, and taken away at once.
    """
    run = Run(project, replace(recipe, parting=None), progress, looks_ahead=True)
    assert run.kind.writes is not None
    with _folder_beside(project.path) as folder:
        suffix = "" if run.kind.folder else run.kind.patterns[0].removeprefix("*")
        written = run.kind.writes(
            islice(run.records(), _DOCUMENTS), folder / f"export{suffix}", run.beside, run.options
        )
        return first_lines(run.kind, written.files[0])


def first_lines(kind: Format, written: Path) -> Lines:
    """How what was written begins, for a person: of a folder, the file that holds annotations."""
    for path in _files(kind, written):
        lines = _lines_of(kind, path)
        if lines is not None:
            return Lines(path.relative_to(written).as_posix() if written.is_dir() else written.name, lines)
    return Lines("", ())


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    folder = path.with_name(f".annotator-{secrets.token_hex(8)}.preview")
    try:
        folder.mkdir(mode=0o700)
    except OSError as fault:
        reason = (fault.strerror or str(fault)).lower()
        raise AnnotatorError(
            f"The first lines cannot be shown: {path.parent} cannot be written to ({reason})."
        ) from fault
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _files(kind: Format, written: Path) -> list[Path]:
    """The file, or those of a folder: first what the format shows, then the outer ones."""
    if not written.is_dir():
        return [written]
    found = [each for each in written.rglob("*") if each.is_file() and each.name != MARK]

    def order(path: Path) -> tuple[bool, int, str]:
        inside = path.relative_to(written)
        shown = bool(kind.shown_first) and inside.match(kind.shown_first)
        return not shown, len(inside.parts), inside.as_posix()

    return sorted(found, key=order)


def _lines_of(kind: Format, path: Path) -> tuple[str, ...] | None:
    if kind.lines is None:
        return _text(path)
    return tuple(line[:_LENGTH] for line in islice(kind.lines(path), _LINES))


def _text(path: Path) -> tuple[str, ...] | None:
    with path.open("rb") as file:
        data = file.read(_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        if fault.start < len(data) - 4:  # else only the end is cut
            return None
        text = data[: fault.start].decode("utf-8-sig")
    if "\0" in text:
        return None
    return tuple(line[:_LENGTH].removesuffix("\r") for line in text.removesuffix("\n").split("\n")[:_LINES])
