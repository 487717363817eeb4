"""What an import will meet, before anything is written: kinds, guessed encodings, proposals, what is left out."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from annotator.formats import text_files
from annotator.formats.format import Format
from annotator.formats.plain_text import TEXT
from annotator.formats.registry import FORMATS
from annotator.formats.report import Refusal, Report
from annotator.formats.text_files import EncodingGroup, FoundFile, Look
from annotator.model.records import DocumentRecord
from annotator.operations.import_finding import Found, found_sources
from annotator.operations.progress import Progress, silent

PROPOSALS = 5  # articles whose title, outlet and date are shown


@dataclass(frozen=True)
class Preview:
    """Everything found at the paths, looked at but not read whole."""

    paths: tuple[Path, ...]
    groups: tuple[EncodingGroup, ...] = ()  # text files: doubtful guesses first, then the larger groups
    annotated: tuple[tuple[Format, tuple[FoundFile, ...]], ...] = ()  # files of other formats that are read
    refused: tuple[Refusal, ...] = ()
    proposals: tuple[DocumentRecord, ...] = ()

    @property
    def texts(self) -> int:
        """How many text files will be read."""
        return sum(len(group.looks) for group in self.groups)

    @property
    def files(self) -> int:
        """How many files will be read."""
        return self.texts + sum(len(found) for _, found in self.annotated)

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to ask: every file is surely UTF-8, and none is left out."""
        return bool(self.files) and not self.refused and all(g.sure and g.encoding == "utf-8" for g in self.groups)

    def encodings(self, chosen: Mapping[int, str]) -> dict[Path, str]:
        """The encoding to read each file with; `chosen` is a person's choice by the group's place in `groups`."""
        binding: dict[Path, str] = {}
        for place, group in enumerate(self.groups):
            own = {group.encoding: chosen[place]} if place in chosen else {}
            binding |= text_files.choices([group], own)
        return binding


@dataclass
class _Looking:
    looks: list[Look] = field(default_factory=list)
    annotated: dict[str, list[FoundFile]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)


def preview(paths: Sequence[Path], *, progress: Progress = silent) -> Preview:
    """Look at every file at or below the paths. Raises Cancelled when `progress` does."""
    state = _Looking()
    with ExitStack() as unpacked:
        found: list[Found | Refusal] = []
        for each in found_sources(paths, None, Report(), unpacked):
            found.append(each)
            progress(len(found), 0)
        for done, each in enumerate(found, 1):
            _look(each, state)
            progress(done, len(found))
        proposals = tuple(_proposals(state.looks))
    annotated = [(kind, tuple(state.annotated[kind.name])) for kind in FORMATS if kind.name in state.annotated]
    return Preview(
        tuple(paths),
        text_files.group(state.looks),
        tuple(annotated),
        tuple(state.refused),
        proposals,
    )


def reread(look: Look, encoding: str) -> Look | Refusal:
    """How the sample of a group reads in another encoding."""
    return text_files.look_at(look.file, encoding)


def _look(found: Found | Refusal, state: _Looking) -> None:
    if isinstance(found, Refusal):
        state.refused.append(found)
    elif found.kind is not TEXT:
        state.annotated.setdefault(found.kind.name, []).append(found.file)
    else:
        look = text_files.look_at(found.file)
        if isinstance(look, Refusal):
            state.refused.append(look)
        else:
            state.looks.append(look)


def _proposals(looks: Iterable[Look]) -> Iterable[DocumentRecord]:
    for look in islice(looks, PROPOSALS):
        read = text_files.read_text(look.file, None if look.sure else look.encoding)
        if not isinstance(read, Refusal):
            yield read.record()
