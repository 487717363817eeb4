"""What an import will meet, before anything is written: kinds, guessed encodings, proposals, what is left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from annotator.formats import text_files
from annotator.formats.registry import FORMATS, Format
from annotator.formats.report import Refusal
from annotator.formats.text_files import EncodingGroup, FoundFile, Look
from annotator.model.records import DocumentRecord
from annotator.operations.imports import annotated_kind, found_files
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
    found: list[FoundFile | Refusal] = []
    for each in found_files(paths):
        found.append(each)
        progress(len(found), 0)
    state, named = _Looking(), set(paths)
    for done, each in enumerate(found, 1):
        _look(each, state, named)
        progress(done, len(found))
    annotated = [(kind, tuple(state.annotated[kind.name])) for kind in FORMATS if kind.name in state.annotated]
    return Preview(
        tuple(paths),
        text_files.group(state.looks),
        tuple(annotated),
        tuple(state.refused),
        tuple(_proposals(state.looks)),
    )


def reread(look: Look, encoding: str) -> Look | Refusal:
    """How the sample of a group reads in another encoding."""
    return text_files.look_at(look.file, encoding)


def _look(found: FoundFile | Refusal, state: _Looking, named: set[Path]) -> None:
    if isinstance(found, Refusal):
        state.refused.append(found)
        return
    kind = annotated_kind(found.path, chosen=found.path in named)
    if kind is not None:
        state.annotated.setdefault(kind.name, []).append(found)
        return
    look = text_files.look_at(found)
    if isinstance(look, Refusal):
        state.refused.append(look)
    else:
        state.looks.append(look)


def _proposals(looks: Iterable[Look]) -> Iterable[DocumentRecord]:
    for look in islice(looks, PROPOSALS):
        read = text_files.read_text(look.file, None if look.sure else look.encoding)
        if not isinstance(read, Refusal):
            yield read.record()
