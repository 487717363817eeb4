"""Files that appear whole or not at all, and errors of the file system in one sentence."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.storage.connection import explained

Identity = tuple[int, int]


def identity(path: Path) -> Identity | None:
    """Which file a path leads to just now; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def beside(path: Path) -> tuple[Path, ...]:
    """The files that SQLite may have put beside a file."""
    return tuple(Path(f"{path}{ending}") for ending in ("-journal", "-wal", "-shm"))


def remove(path: Path) -> None:
    """Take away an unfinished file with all that SQLite put beside it."""
    for leftover in (path, *beside(path)):
        leftover.unlink(missing_ok=True)


def appear(draft: Path, path: Path) -> None:
    """Give a finished file its name, on disk; raises FileExistsError rather than replace another file."""
    _flush(draft)
    try:
        os.link(draft, path)
        draft.unlink()
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # a file system without links (a memory stick, some shares)
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        draft.rename(path)
    if os.name == "posix":
        _flush(path.parent)


def _flush(path: Path) -> None:
    """Wait until the disk holds a file or, on systems that know it, a folder."""
    opened = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def explained_file(path: Path, lost: str = "this change is not saved") -> Iterator[None]:
    """Errors of the file system, and SQLite's, as one sentence; `lost` says what a full disk prevents."""
    try:
        with explained(path, lost):
            yield
    except OSError as error:
        raise AnnotatorError(f"{path} cannot be used: {error.strerror or error}.") from error
