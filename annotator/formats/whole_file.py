"""An export is whole or absent: written aside in the same folder, then put in place in one move."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from annotator.errors import AnnotatorError


@contextmanager
def whole_file(destination: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes its place when the block ends well; else the old file stays as it was.

    Raises AnnotatorError when the disk refuses.
    """
    target = Path(os.path.realpath(destination))  # a link stays a link
    if target.is_dir():
        raise AnnotatorError(f"Cannot write {destination}: it is a folder.")
    if target.exists() and not target.is_file():
        raise AnnotatorError(f"Cannot write {destination}: it is not an ordinary file.")
    aside = target.parent / f".annotator-{secrets.token_hex(8)}.part"
    try:
        handle = aside.open("xb")
    except OSError as fault:
        raise AnnotatorError(f"Cannot write {destination}: {_reason(fault)}.") from fault
    try:
        with handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        if target.exists():
            shutil.copymode(target, aside)
        os.replace(aside, target)
        _sync_folder(target.parent)
    except OSError as fault:
        raise AnnotatorError(f"Cannot write {destination}: {_reason(fault)}.") from fault
    finally:
        with suppress(OSError):  # gone already when all went well
            aside.unlink()


def _reason(fault: OSError) -> str:
    return (fault.strerror or str(fault)).lower()


def _sync_folder(folder: Path) -> None:
    """Puts the new name itself on disk, where the system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
