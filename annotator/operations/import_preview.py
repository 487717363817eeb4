"""What an import will meet, before anything is written: kinds, guessed encodings, proposals, what is left out."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats import text_files
from annotator.formats.format import Format, ReadOptions, Table, chosen_settings
from annotator.formats.plain_text import TEXT
from annotator.formats.registry import FORMATS
from annotator.formats.report import Refusal, Report
from annotator.formats.text_files import EncodingGroup, FoundFile, Look
from annotator.model.records import DocumentRecord
from annotator.operations.import_finding import Found, found_sources
from annotator.operations.imports import reader, reason_of
from annotator.operations.progress import Progress, silent

PROPOSALS = 5  # articles whose title, outlet and date are shown
ROWS = 3  # articles of a table that are shown


@dataclass(frozen=True)
class TableGroup:
    """Tables with the same columns; one choice of columns holds for all of them."""

    kind: Format
    files: tuple[FoundFile, ...]  # never empty, in the order found
    table: Table  # of the first
    rows: tuple[DocumentRecord, ...] = ()  # the first articles, as they will be read
    fault: str = ""  # why there are none; "" if there are


@dataclass(frozen=True)
class Preview:
    """Everything found at the paths, looked at but not read whole. What archives hold stays unpacked until `close`."""

    paths: tuple[Path, ...]
    groups: tuple[EncodingGroup, ...] = ()  # text files: doubtful guesses first, then the larger groups
    documents: tuple[tuple[Format, tuple[FoundFile, ...]], ...] = ()  # other files that are an article each
    tables: tuple[TableGroup, ...] = ()  # files that hold an article a row
    annotated: tuple[tuple[Format, tuple[FoundFile, ...]], ...] = ()  # files that bring annotations
    refused: tuple[Refusal, ...] = ()
    proposals: tuple[DocumentRecord, ...] = ()
    unpacked: ExitStack = field(default_factory=ExitStack, compare=False)

    @property
    def texts(self) -> int:
        """How many text files will be read."""
        return sum(len(group.looks) for group in self.groups)

    @property
    def single(self) -> int:
        """How many files will be read that are an article each."""
        return self.texts + sum(len(found) for _, found in self.documents)

    @property
    def files(self) -> int:
        """How many files will be read."""
        in_tables = sum(len(group.files) for group in self.tables)
        return self.single + in_tables + sum(len(found) for _, found in self.annotated)

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to ask: every file is surely UTF-8, and none is left out."""
        asks = self.refused or self.tables or not all(g.sure and g.encoding == "utf-8" for g in self.groups)
        return bool(self.files) and not asks

    def encodings(self, chosen: Mapping[int, str]) -> dict[Path, str]:
        """The encoding to read each file with; `chosen` is a person's choice by the group's place in `groups`."""
        binding: dict[Path, str] = {}
        for place, group in enumerate(self.groups):
            own = {group.encoding: chosen[place]} if place in chosen else {}
            binding |= text_files.choices([group], own)
        return binding

    def close(self) -> None:
        """Let go of what was unpacked."""
        self.unpacked.close()


@dataclass
class _Looking:
    looks: list[Look] = field(default_factory=list)
    documents: dict[str, list[FoundFile]] = field(default_factory=dict)
    tables: dict[tuple[str, tuple[str, ...]], tuple[Table, list[FoundFile]]] = field(default_factory=dict)
    annotated: dict[str, list[FoundFile]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)


def preview(paths: Sequence[Path], *, format_name: str | None = None, progress: Progress = silent) -> Preview:
    """Look at every file at or below the paths, each as what it is, or all as `format_name`.

    Raises Cancelled when `progress` does, AnnotatorError for a format that cannot be read.
    """
    state, given = _Looking(), reader(format_name) if format_name else None
    with ExitStack() as unpacked:
        found: list[Found | Refusal] = []
        told = Report()
        for each in found_sources(paths, given, told, unpacked):
            found.append(each)
            progress(len(found), 0)
        state.refused += told.refused  # members of archives that lead elsewhere, or are locked
        for done, each in enumerate(found, 1):
            _look(each, state)
            progress(done, len(found))
        proposals = tuple(_proposals(state))
        kept = unpacked.pop_all()
    return Preview(
        tuple(paths),
        text_files.group(state.looks),
        _by_kind(state.documents),
        tuple(_tables(state)),
        _by_kind(state.annotated),
        tuple(state.refused),
        proposals,
        kept,
    )


def reread(look: Look, encoding: str) -> Look | Refusal:
    """How the sample of a group reads in another encoding."""
    return text_files.look_at(look.file, encoding)


def read_again(group: TableGroup, settings: Mapping[str, str], encoding: str | None = None) -> TableGroup:
    """The same tables with the columns that a person chose, and in another encoding."""
    kind, file = group.kind, group.files[0]
    assert kind.reads is not None
    assert kind.columns is not None
    options = ReadOptions(chosen_settings(kind.read_settings, settings, kind.name), encoding, file.name)
    try:
        table = kind.columns(file.path, options)
        rows = tuple(islice(kind.reads(file.path, Report(), options), ROWS))
    except AnnotatorError as fault:
        return replace(group, rows=(), fault=reason_of(fault, file))
    return replace(group, table=table, rows=rows, fault="" if rows else "no row has a text")


def first_article(
    kind: Format, file: FoundFile, settings: Mapping[str, str], encoding: str | None = None
) -> DocumentRecord:
    """The first article of a file as a person chose to read it. Raises AnnotatorError if there is none."""
    assert kind.reads is not None
    options = ReadOptions(chosen_settings(kind.read_settings, settings, kind.name), encoding, file.name)
    found = next(iter(kind.reads(file.path, Report(), options)), None)
    if found is None:
        raise AnnotatorError(f"{file.name} holds no article.")
    return found


def _look(found: Found | Refusal, state: _Looking) -> None:
    if isinstance(found, Refusal):
        state.refused.append(found)
    elif found.kind.columns is not None:
        _look_at_table(found, state)
    elif found.kind is not TEXT:
        listed = state.documents if found.kind.texts_only else state.annotated
        listed.setdefault(found.kind.name, []).append(found.file)
    else:
        look = text_files.look_at(found.file)
        if isinstance(look, Refusal):
            state.refused.append(look)
        else:
            state.looks.append(look)


def _look_at_table(found: Found, state: _Looking) -> None:
    assert found.kind.columns is not None
    settings = chosen_settings(found.kind.read_settings, {}, found.kind.name)
    try:
        table = found.kind.columns(found.file.path, ReadOptions(settings, name=found.file.name))
    except AnnotatorError as fault:
        state.refused.append(Refusal(found.file.name, reason_of(fault, found.file)))
        return
    state.tables.setdefault((found.kind.name, table.names), (table, []))[1].append(found.file)


def _tables(state: _Looking) -> Iterable[TableGroup]:
    kinds = {kind.name: kind for kind in FORMATS}
    for (name, _), (table, files) in state.tables.items():
        yield read_again(TableGroup(kinds[name], tuple(files), table), {})


def _by_kind(files: Mapping[str, Sequence[FoundFile]]) -> tuple[tuple[Format, tuple[FoundFile, ...]], ...]:
    return tuple((kind, tuple(files[kind.name])) for kind in FORMATS if files.get(kind.name))


def _proposals(state: _Looking) -> Iterable[DocumentRecord]:
    """The first articles. A document that turns out not to be readable is left out here already."""
    shown = 0
    for look in islice(state.looks, PROPOSALS):
        read = text_files.read_text(look.file, None if look.sure else look.encoding)
        if not isinstance(read, Refusal):
            shown += 1
            yield read.record()
    for kind, files in _by_kind(state.documents):
        for file in files:
            if shown == PROPOSALS:
                return
            settings = chosen_settings(kind.read_settings, {}, kind.name)
            assert kind.reads is not None
            try:
                yield from kind.reads(file.path, Report(), ReadOptions(settings, name=file.name))
                shown += 1
            except AnnotatorError as fault:
                state.refused.append(Refusal(file.name, reason_of(fault, file)))
                state.documents[kind.name].remove(file)
