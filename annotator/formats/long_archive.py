"""ZIP archives of any number of members, written in constant memory.

`zipfile` keeps a list of all members until it writes it at the end of the archive: half a kilobyte for each. Here the
list waits on disk.
"""

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

_MADE = (1980, 1, 1, 0, 0, 0)  # when the members were made, as all of them say: the same records, the same bytes
_KEPT = (
    "filename", "CRC", "file_size", "compress_size", "header_offset", "flag_bits", "create_version", "extract_version",
)  # fmt: skip


class LongArchive:
    """An archive being written; one member after the other."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    @contextmanager
    def member(self, name: str, *, huge: bool = False) -> Iterator[IO[bytes]]:
        """A member to write to; `huge` if it may have more than 4 GB."""
        with self._archive.open(_member(name), "w", force_zip64=huge) as file:
            yield file
        self._archive.NameToInfo.clear()


@contextmanager
def long_archive(file: BinaryIO, aside: IO[bytes]) -> Iterator[LongArchive]:
    """An archive that is written to `file`, with its list of members in `aside` until the block ends."""
    with zipfile.ZipFile(file, "w") as archive:
        archive.filelist = _Listed(aside)
        yield LongArchive(archive)


class _Listed(list[zipfile.ZipInfo]):
    """The list as `zipfile` uses it while it writes: it adds to it, asks how long it is, and goes through it once."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file, self._number = file, 0

    def append(self, info: zipfile.ZipInfo, /) -> None:
        self._file.write(json.dumps([getattr(info, name) for name in _KEPT]).encode() + b"\n")
        self._number += 1

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[zipfile.ZipInfo]:
        self._file.seek(0)
        for line in self._file:
            name, *others = json.loads(line)
            info = _member(name)
            for field, value in zip(_KEPT[1:], others, strict=True):
                setattr(info, field, value)
            yield info


def _member(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, _MADE)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = 0o644 << 16
    made.create_system = 3  # on every system the same bytes
    return made
