"""Plain text files as articles: find them, look at their encodings before the import, read them one by one.

Nothing here waits for a pipe or a device, follows a loop of links, or stops at a file that cannot be read: such a
file becomes a `Refusal`, and the rest go on.
"""

import errno
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, repeat
from pathlib import Path

from annotator.formats import kinds, metadata
from annotator.formats.decoding import HEAD, LIMIT, NotTextError, decode, decode_head
from annotator.formats.encodings import label
from annotator.formats.report import Reason, Refusal
from annotator.model.records import DocumentRecord

_DIGITS = re.compile(r"([0-9]+)")
Order = Callable[[str], tuple[tuple[str, int, str], ...]]
_PROJECT = re.compile(r"\.annotator(-wal|-shm|-journal)?$", re.IGNORECASE)


@dataclass(frozen=True)
class FoundFile:
    """A file that was chosen, itself or with its folder."""

    path: Path
    name: str  # below the chosen folder, with `/`, fit to show and to store
    inside: Path | None = None  # for what an archive holds: the archive, and the way in it

    @property
    def place(self) -> Path:
        """What names the file when it is looked at and when it is imported: archives are unpacked anew each time."""
        return self.inside or self.path


@dataclass(frozen=True)
class ReadText:
    """A file that was read whole."""

    file: FoundFile
    text: str
    encoding: str
    sure: bool

    def record(self) -> DocumentRecord:
        """The document with the title, outlet, date and address that its file proposes."""
        proposal = metadata.propose(self.text, self.file.name)
        return DocumentRecord(
            text=self.text,
            title=proposal.title,
            outlet=proposal.outlet,
            date=proposal.date,
            url=proposal.url,
            source_name=self.file.name,
            extra={"encoding": self.encoding},
            where=self.file.name,
        )


@dataclass(frozen=True)
class Look:
    """What the first bytes of a file show."""

    file: FoundFile
    encoding: str
    sure: bool
    sample: str  # a telling line as it will read


@dataclass(frozen=True)
class EncodingGroup:
    """Files that seem to have the same encoding; one choice changes them all."""

    encoding: str
    sure: bool
    looks: tuple[Look, ...]  # never empty, in the order found

    @property
    def sample(self) -> Look:
        """The look whose line tells most: the first with letters beyond ASCII, else the first."""
        return next((look for look in self.looks if not look.sample.isascii()), self.looks[0])


def find_files(paths: Iterable[Path]) -> Iterator[FoundFile | Refusal]:
    """Ordinary files, folders with all below them, in natural order; what cannot be read is refused by name.

    Hidden files in a folder are passed over, and so is a folder that was already visited by another way.
    """
    yield from _files(paths, natural_key)


def first_files(folder: Path, count: int) -> list[Path]:
    """Up to `count` ordinary files of a folder and those below it: a few, soon found, tell what a large one holds."""
    return [each.path for each in islice(_files([folder], None), count) if isinstance(each, FoundFile)]


def _files(paths: Iterable[Path], order: Order | None) -> Iterator[FoundFile | Refusal]:
    visited: set[tuple[int, int]] = set()
    for path in paths:
        waiting = [iter([(path, shown_name(path.name or path.resolve().name))])]
        while waiting:  # a stack: folders may lie deeper than Python calls may
            place = next(waiting[-1], None)
            if place is None:
                waiting.pop()
                continue
            found = _found(*place, visited, order)
            if isinstance(found, FoundFile | Refusal):
                yield found
            else:
                waiting.append(found)


def read_text(file: FoundFile, encoding: str | None = None) -> ReadText | Refusal:
    """The whole text of a file; `encoding` is a person's choice."""
    data = _bytes(file, LIMIT + 1)
    if isinstance(data, Refusal):
        return data
    other = _other_kind(file, data[:HEAD])
    if other:
        return other
    try:
        decoded = decode(data, encoding)
    except NotTextError as fault:
        return _no_text(file, fault)
    if not decoded.text.strip("\ufeff\0 \t\n\v\f\x85\xa0\u2028\u2029"):
        return _empty(file)
    return ReadText(file, decoded.text, decoded.encoding, decoded.sure)


def look_at(file: FoundFile, encoding: str | None = None) -> Look | Refusal:
    """How a file will read, from its first 64 kB."""
    head = _bytes(file, HEAD)
    if isinstance(head, Refusal):
        return head
    other = _other_kind(file, head)
    if other:
        return other
    try:
        decoded = decode(head, encoding) if len(head) < HEAD else decode_head(head, encoding)
    except NotTextError as fault:
        return _no_text(file, fault)
    sample = _telling_line(decoded.text)
    if not sample and len(head) < HEAD:
        return _empty(file)
    return Look(file, decoded.encoding, decoded.sure, sample)


def group(looks: Iterable[Look]) -> tuple[EncodingGroup, ...]:
    """The files by guessed encoding: doubtful guesses first, then the larger groups."""
    groups: dict[tuple[bool, str], list[Look]] = {}
    for look in looks:
        groups.setdefault((look.sure, look.encoding), []).append(look)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1]))
    return tuple(EncodingGroup(encoding, sure, tuple(members)) for (sure, encoding), members in ordered)


def choices(groups: Iterable[EncodingGroup], chosen: Mapping[str, str]) -> dict[Path, str]:
    """The encoding to read each file with: what was chosen for its group, else the doubtful guess as it was shown.

    Files whose encoding was sure and not changed are left out: they are judged by their whole content.
    """
    binding: dict[Path, str] = {}
    for each in groups:
        encoding = chosen.get(each.encoding, None if each.sure else each.encoding)
        if encoding:
            binding.update((look.file.place, encoding) for look in each.looks)
    return binding


def doubt(encoding: str) -> str:
    """The warning for a guessed encoding."""
    return f"read as {label(encoding)}, which is a guess"


def natural_key(name: str) -> tuple[tuple[str, int, str], ...]:
    """Sorts "page 9" before "page 10" and pays no heed to case."""
    parts = _DIGITS.split(name.casefold())
    numbers = [*map(int, parts[1::2]), -1]
    return (*zip(parts[0::2], numbers, repeat("")), ("", 0, name))


def shown_name(name: str) -> str:
    """A file name fit to show and to store: bytes that are no UTF-8 become question marks in a diamond."""
    return os.fsencode(name).decode("utf-8", "replace")


def _found(
    path: Path, name: str, visited: set[tuple[int, int]], order: Order | None
) -> FoundFile | Refusal | Iterator[tuple[Path, str]]:
    """The file itself, or what lies in the folder, in order."""
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode):
            return FoundFile(path, name)
        if not stat.S_ISDIR(status.st_mode):
            return Refusal(name, "not an ordinary file", Reason.UNREADABLE)
        if (status.st_dev, status.st_ino) in visited:
            return iter(())
        visited.add((status.st_dev, status.st_ino))
        there = (entry for entry in os.listdir(path) if not entry.startswith(".") and not _beside_a_project(entry))
        entries = sorted(there, key=order)
    except (OSError, ValueError) as fault:
        return _unreadable(path, name, fault)
    return ((path / entry, f"{name}/{shown_name(entry)}") for entry in entries)


def _beside_a_project(name: str) -> bool:
    found = _PROJECT.search(name)
    return found is not None and found[1] is not None


def is_of_a_project(path: Path) -> bool:
    """Whether a file is a project, or part of one that is open, by its name.

    It may be open in this very process: to open and close it here as well would give away SQLite's locks on it.
    """
    return _PROJECT.search(path.name) is not None


def _bytes(file: FoundFile, limit: int) -> bytes | Refusal:
    """At most `limit` bytes from the start of a file; opening does not wait should it have become a pipe."""
    if is_of_a_project(file.path):
        return _is_kind(file, kinds.PROJECT)
    try:
        handle = os.open(file.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                return Refusal(file.name, "not an ordinary file", Reason.UNREADABLE)
            pieces = [os.read(handle, min(limit, status.st_size + 1))]
            while pieces[-1] and sum(map(len, pieces)) < limit:
                pieces.append(os.read(handle, limit - sum(map(len, pieces))))
        finally:
            os.close(handle)
    except (OSError, ValueError) as fault:
        return _unreadable(file.path, file.name, fault)
    return pieces[0] if len(pieces) == 2 else b"".join(pieces)


def _unreadable(path: Path, name: str, fault: OSError | ValueError) -> Refusal:
    number = fault.errno if isinstance(fault, OSError) else None
    if number == errno.ENOENT:
        reason = "the link leads nowhere" if path.is_symlink() else "not there (any more)"
    elif number in (errno.EACCES, errno.EPERM):
        reason = "no permission to read it"
    elif number == errno.ELOOP:
        reason = "the link leads in a circle"
    else:
        reason = f"cannot be read ({os.strerror(number) if number else fault})"
    return Refusal(name, reason, Reason.UNREADABLE)


def _other_kind(file: FoundFile, head: bytes) -> Refusal | None:
    kind = kinds.kind_by_content(head, file.name) or kinds.kind_of_text(file.name)
    return _is_kind(file, kind) if kind else None


def _is_kind(file: FoundFile, kind: kinds.Kind) -> Refusal:
    return Refusal(file.name, f"{kind.one}, not read as an article", Reason.OTHER_KIND, kind.one)


def _no_text(file: FoundFile, fault: NotTextError) -> Refusal:
    kind = kinds.kind_by_suffix(file.name) if fault.reason is Reason.BINARY else None
    return _is_kind(file, kind) if kind else Refusal(file.name, str(fault), fault.reason)


def _empty(file: FoundFile) -> Refusal:
    return Refusal(file.name, "empty", Reason.EMPTY)


_SAMPLE_LENGTH = 120


def _telling_line(text: str) -> str:
    """The first line with letters beyond ASCII, cut to the place of the first of them; else the first with text."""
    if not text.isascii():
        found = re.search(r"[^\x00-\x7f\ufeff]", text)
        if found:
            start = text.rfind("\n", 0, found.start()) + 1
            line = text[start : start + 4096].split("\n", 1)[0]
            from_here = max(0, found.start() - start - _SAMPLE_LENGTH // 2)
            cut = line[from_here : from_here + _SAMPLE_LENGTH].strip()
            return ("…" if from_here else "") + cut + ("…" if from_here + _SAMPLE_LENGTH < len(line) else "")
    line = text.lstrip("\ufeff\0 \t\n\v\f").split("\n", 1)[0]
    return line[:_SAMPLE_LENGTH].strip() + ("…" if len(line) > _SAMPLE_LENGTH else "")
