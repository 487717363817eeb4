"""From a project's title to the name of its file."""

import re
import unicodedata
from pathlib import Path

from annotator.storage.project import SUFFIX

_LONGEST = 120  # bytes of UTF-8: leaves room for the suffix, for a number and for SQLite's files beside it
_REFUSED = re.compile(r'[<>:"/\\|?*]|[\x00-\x1f\x7f-\x9f\u2028\u2029]')  # by Windows; other systems' are among them
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def file_name(title: str) -> str:
    """A name without suffix that every desktop takes; "" for a title of which nothing is left."""
    name = _REFUSED.sub(" ", unicodedata.normalize("NFC", title))
    name = " ".join(name.split()).strip(". ")
    while len(name.encode()) > _LONGEST:
        name = name[:-1].rstrip(". ")
    return f"{name} project" if _DEVICES.fullmatch(name) else name


def free_path(folder: Path, name: str, suffix: str = SUFFIX) -> Path:
    """The file of this name in a folder, with a number if there is one already."""
    path, number = folder / f"{name}{suffix}", 2
    while path.exists():
        path, number = folder / f"{name} {number}{suffix}", number + 1
    return path
