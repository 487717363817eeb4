"""Whose file it is: what one says of itself, and which of some belongs to a package. Read whenever a file is opened."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.storage.connection import connect, explained
from annotator.storage.opening import inspect
from annotator.storage.project import Project


@dataclass(frozen=True)
class PackageInfo:
    """What a package says of itself: ids of project and coder, and when it was made, in milliseconds since 1970."""

    project: str
    title: str
    coder: str
    made: int


def own_file(package: Path, known: Iterable[Path]) -> Path | None:
    """Of some files, the one that a package is an update of: the same coder's of the same project, and not itself."""
    try:
        wanted = package_info(package)
    except AnnotatorError:
        return None  # whoever opens it is told what is wrong
    for path in known:
        if wanted is None or path.absolute() == package.absolute() or not path.is_file():
            continue
        try:
            found = package_info(path)
        except AnnotatorError:
            continue
        if found is not None and (found.project, found.coder) == (wanted.project, wanted.coder):
            return path
    return None


def package_info(path: Path) -> PackageInfo | None:
    """What the file at `path` says of itself, if it is a coder's package; None if it is any other project.

    Raises AnnotatorError if it is no project, or one that this version cannot read.
    """
    told = _told(path)
    made = str(told.get("package") or "")
    if not made:
        return None
    return PackageInfo(
        told.get("project", ""), told.get("title", ""), told.get("coder", ""), int(made) if made.isdigit() else 0
    )


def is_copy_of(project: Project, path: Path) -> bool:
    """Whether another file holds the same project: a copy, or a package of it.

    Raises AnnotatorError if it is no project, or one that this version cannot read.
    """
    return path.absolute() != project.path.absolute() and _told(path).get("project") == project.meta("project")


def _told(path: Path) -> dict[str, str]:
    """What the file says of itself."""
    with closing(connect(path, read_only=True)) as connection, explained(path):
        inspect(connection, path)
        return dict(connection.execute("SELECT name, value FROM meta").fetchall())
