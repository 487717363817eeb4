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


MARK = ".annotator-export"  # in a folder that an export made, so that the next may take its place


@contextmanager
def whole_folder(destination: Path) -> Iterator[Path]:
    """A folder to write files into, which takes its place when the block ends well; else the old one stays as it was.

    A folder that is there already is replaced only if an export made it, or if it is empty. Raises AnnotatorError for
    any other, and when the disk refuses.
    """
    target = Path(os.path.realpath(destination))
    if target.exists() and not target.is_dir():
        raise AnnotatorError(f"Cannot write {destination}: it is a file, and this format is a folder.")
    aside = target.parent / f".annotator-{secrets.token_hex(8)}.part"
    try:
        if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
            raise AnnotatorError(f"Cannot write {destination}: the folder holds other files. Choose a new name.")
        aside.mkdir()
    except OSError as fault:
        raise AnnotatorError(f"Cannot write {destination}: {_reason(fault)}.") from fault
    try:
        yield aside
        (aside / MARK).write_text("Made by an export, which the next one to this place may replace.\n")
        if hasattr(os, "sync"):
            os.sync()
        _take_place(aside, target)
    except OSError as fault:
        raise AnnotatorError(f"Cannot write {destination}: {_reason(fault)}.") from fault
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def text_bytes(text: str) -> bytes:
    """A text as UTF-8 that reads back as itself: one that begins with U+FEFF gets another, which readers take off."""
    data = text.encode()
    return b"\xef\xbb\xbf" + data if data.startswith(b"\xef\xbb\xbf") else data


def _take_place(aside: Path, target: Path) -> None:
    """Folders cannot be exchanged in one move everywhere: the old one steps aside and comes back if the new fails."""
    old = aside.with_suffix(".old")
    if target.exists():
        os.replace(target, old)
    try:
        os.replace(aside, target)
    except OSError:
        if old.exists():
            os.replace(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)
    _sync_folder(target.parent)


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
