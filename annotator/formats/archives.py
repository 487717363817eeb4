"""ZIP archives of strangers: members are named and sized before anything is unpacked, nothing leaves its folder."""

import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

from annotator.errors import AnnotatorError
from annotator.formats import kinds
from annotator.formats.format import Format
from annotator.formats.guards import open_file
from annotator.formats.report import Reason, Report

MEMBERS = 100_000
SIZE = 4 * 1024 * 1024 * 1024  # bytes of all members together
RATIO = 200  # of a member's size to what it takes in the archive, past _SMALL
_SMALL = 1024 * 1024
_CHUNK = 1024 * 1024


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive whose list of members is harmless. Raises AnnotatorError for one that is broken, or is a bomb."""
    try:
        with open_file(path) as file, zipfile.ZipFile(file) as archive:
            _refuse_bomb(archive, path.name)
            yield archive
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, ValueError) as fault:
        raise AnnotatorError(f"Cannot read {path.name}: it is a damaged archive ({fault}).") from fault
    except OSError as fault:
        raise AnnotatorError(f"Cannot read {path.name}: {(fault.strerror or str(fault)).lower()}.") from fault


def member(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """The bytes of a member. Raises AnnotatorError if there is none, it is damaged, or has more than `limit` bytes."""
    try:
        with archive.open(name) as file:
            data = file.read(limit + 1)
    except KeyError:
        raise AnnotatorError(f"The archive holds no {name}.") from None
    except RuntimeError:
        raise AnnotatorError(f"{name} in the archive is encrypted.") from None
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as fault:
        raise AnnotatorError(f"{name} in the archive is damaged ({fault}).") from fault
    except Exception as fault:  # what zlib, bz2 and lzma raise has no common class
        raise AnnotatorError(f"{name} in the archive is damaged.") from fault
    if len(data) > limit:
        raise AnnotatorError(f"{name} in the archive is larger than {limit // 1024 // 1024} MB.")
    return data


@contextmanager
def unpacked(path: Path, report: Report) -> Iterator[Path]:
    """The members of an archive as files in a folder that goes when the block ends.

    Members with names that lead elsewhere, links and encrypted ones are refused in the report.
    """
    with tempfile.TemporaryDirectory(prefix="annotator-") as made, opened_zip(path) as archive:
        folder = Path(made) / path.stem
        folder.mkdir()
        for info in archive.infolist():
            if info.is_dir():
                continue
            fault = _fault(info)
            if fault:
                report.refuse(f"{path.name}, {info.filename[:200]!r}", fault, Reason.UNREADABLE)
            else:
                _unpack(archive, info, folder, path.name, report)
        yield folder


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path, name: str, report: Report) -> None:
    target = folder.joinpath(*PurePosixPath(info.filename).parts)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(info) as source, target.open("xb") as file:
            shutil.copyfileobj(source, file, _CHUNK)  # never more than the size that the archive announced
    except Exception as fault:  # what zlib, bz2 and lzma raise has no common class
        if target.is_file():
            target.unlink()
        report.refuse(f"{name}, {info.filename[:200]}", f"damaged ({fault})", Reason.UNREADABLE)


def _refuse_bomb(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    if len(members) > MEMBERS:
        raise AnnotatorError(f"Cannot read {name}: it holds more than {MEMBERS:,} files.")
    if sum(each.file_size for each in members) > SIZE:
        raise AnnotatorError(f"Cannot read {name}: unpacked it is larger than {SIZE >> 30} GB.")
    for each in members:
        if each.file_size > _SMALL and each.file_size > RATIO * max(1, each.compress_size):
            shown = each.filename[:100]
            raise AnnotatorError(f"Cannot read {name}: {shown} in it is packed too tightly to be a document.")


def _fault(info: zipfile.ZipInfo) -> str:
    """Why a member is not unpacked; empty if nothing speaks against it."""
    inside, windows = PurePosixPath(info.filename), PureWindowsPath(info.filename)
    if inside.is_absolute() or windows.drive or windows.root or ".." in inside.parts or ".." in windows.parts:
        return "its name leads out of the archive"
    if not inside.parts or "\0" in info.filename or any(len(part.encode()) > 250 for part in inside.parts):
        return "its name cannot be used"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link"
    return "it is encrypted" if info.flag_bits & 1 else ""


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a file is an archive of files, and none of the document kinds that are archives inside."""
    return kinds.kind_by_content(head, path.name) is kinds.ARCHIVE


ZIP = Format(
    name="zip",
    label="ZIP archive",
    patterns=("*.zip",),
    description="An archive of any files that are read; each is looked at by what it holds.",
    detect=detect,
    unpacks=unpacked,
)
