"""What a format is: the entry that each format module makes of itself, and what its functions are called with."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from annotator.errors import AnnotatorError
from annotator.formats.loss import Loss
from annotator.formats.report import Report
from annotator.formats.scheme import Scheme
from annotator.model.records import DocumentRecord, Json

HEAD = 64 * 1024  # bytes from the start of a file that `detect` is given

ProjectRecords = Mapping[str, Sequence[Json]]  # "codebook", "entities", "coders", "decisions" … each a list


@dataclass(frozen=True)
class Setting:
    """Something a person may choose about a format; the command line says it as `--set NAME=VALUE`."""

    name: str
    label: str  # as the window asks it
    default: str = ""
    values: tuple[str, ...] = ()  # what may be chosen; empty: any text
    advice: str = ""


@dataclass(frozen=True)
class ReadOptions:
    """What a person chose for reading. `settings` has a value for each of the format's `read_settings`."""

    settings: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None  # for files made of text; None: it is found out
    name: str = ""  # of the file below the chosen folder, with `/`; empty: its own name


@dataclass(frozen=True)
class WriteOptions:
    """What a person chose for writing. `settings` has a value for each of the format's `write_settings`."""

    settings: Mapping[str, str] = field(default_factory=dict)
    title: str = ""  # of the project
    release: str = ""  # the name of the release, if it is one
    splits: str = ""  # how the documents were parted, as a sentence; each then has its part as extra["split"]
    agreement: Sequence[Json] = ()  # rows of "measure", "about", "value", "low", "high" and "n", as far as it is known


@dataclass(frozen=True)
class Written:
    """What an export holds."""

    documents: int
    annotations: int
    relations: int
    files: tuple[Path, ...]  # those to name to a person: a file, or a folder, and what lies beside


class Detector(Protocol):
    """Whether a path looks, by its content, like the format; `head` are the first bytes of a file (of a folder: none).

    False as well for what cannot be read. Must not raise, and must not read much.
    """

    def __call__(self, path: Path, head: bytes, /) -> bool: ...


class Reader(Protocol):
    """Yields the documents at a path; what it could not read goes to the report. Raises AnnotatorError.

    It may run twice over one path: once to see which labels there are, once to import.
    """

    def __call__(self, path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]: ...


class Writer(Protocol):
    """Writes documents, and project records where it can, whole or not at all. Raises AnnotatorError.

    `records` may be read once only, and are never all in memory. An exception from them leaves the old files.
    """

    def __call__(
        self, records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, options: WriteOptions, /
    ) -> Written: ...


class Loses(Protocol):
    """What of a document a writer will lose for reasons that only it knows: overlaps, tokens that are cut."""

    def __call__(self, record: DocumentRecord, options: WriteOptions, /) -> Mapping[Loss, int]: ...


class Table(Protocol):
    """The columns of a table, and what they are taken for."""

    @property
    def names(self) -> tuple[str, ...]:
        """All columns."""
        ...

    @property
    def taken(self) -> Mapping[str, str]:
        """The read setting of each field, such as `text` or `date`, with the column that it is taken from."""
        ...

    @property
    def encoding(self) -> str:
        """The encoding in which a table that is text was read; empty for others."""
        ...

    @property
    def sure(self) -> bool:
        """Whether the encoding is no guess."""
        ...

    @property
    def choices(self) -> Mapping[str, tuple[str, ...]]:
        """What this file offers for settings that name no field, such as its sheets; the first is in use."""
        ...


class Declares(Protocol):
    """What the source at a path declares: empty if it declares nothing, or that cannot be read. Must not raise."""

    def __call__(self, path: Path, /) -> Scheme: ...


class Columns(Protocol):
    """The columns of the table at a path, for a person to choose from. Raises AnnotatorError."""

    def __call__(self, path: Path, options: ReadOptions, /) -> Table: ...


Unpacker = Callable[[Path, Report], AbstractContextManager[Path]]


@dataclass(frozen=True)
class Format:
    """One kind of file, and what it can hold of a project."""

    name: str  # as the command line says it
    label: str  # as the window says it
    patterns: tuple[str, ...]  # of file names, for file dialogs; in folders only such files are looked into
    description: str  # a sentence
    detect: Detector
    reads: Reader | None = None
    writes: Writer | None = None
    unpacks: Unpacker | None = None  # an archive: gives a folder whose files are looked at by what they hold
    declares: Declares | None = None  # the labels of a source, those too that nothing in it bears
    columns: Columns | None = None  # of a table: what a person may choose in the settings that name its fields
    folder: bool = False  # a whole folder is one source; `detect` and `reads` are given the folder (or one file of it)
    extra: str | None = None  # the pip extra that it needs: news-annotator[EXTRA]
    needs: tuple[str, ...] = ()  # modules of that extra
    cannot_hold: tuple[Loss, ...] = ()  # what an export loses; counted from the records
    loses: Loses | None = None  # beside that
    may_lose: tuple[Loss, ...] = ()  # what `loses` may count, for the list of formats
    verified_by: tuple[str, ...] = ()  # other people's readers that tests/formats has read what is written
    one_reading: bool = False  # holds one reading a document
    agreement: bool = False  # its card says how far coders agree, where that is known
    splits: bool = False  # says of each document which part it is in: training, validation, test (extra["split"])
    encoded: bool = False  # each file is text in some encoding, which a person may say
    texts_only: bool = False  # what is read has no annotations: articles of another kind of file
    new_labels: bool = True  # tags, attributes and relations that the codebook lacks are added to it when read
    shown_first: str = ""  # of a folder that was written: the file whose first lines a person is shown, as a pattern
    lines: Callable[[Path], Iterator[str]] | None = None  # of a file that tells a person little as it is: what it holds
    read_settings: tuple[Setting, ...] = ()
    write_settings: tuple[Setting, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether it can be imported, itself or what it packs."""
        return self.reads is not None or self.unpacks is not None

    @property
    def installed(self) -> bool:
        """Whether the packages that it needs are there."""
        return all(find_spec(module.partition(".")[0]) is not None for module in self.needs)

    @property
    def missing(self) -> str:
        """How to install what it needs, without a full stop."""
        return f'{self.label} needs more packages: pip install "news-annotator[{self.extra}]"'

    def refuse_missing(self) -> None:
        """Raise AnnotatorError, saying how to install it, when a package is missing."""
        if not self.installed:
            raise AnnotatorError(f"{self.missing}.")


def never(_path: Path, _head: bytes, /) -> bool:
    """What detects a format that is only written."""
    return False


def chosen_settings(known: Sequence[Setting], given: Mapping[str, str], format_name: str) -> dict[str, str]:
    """A value for each setting, the given one or its default. Raises AnnotatorError for what cannot be chosen."""
    by_name = {setting.name: setting for setting in known}
    for name, value in given.items():
        setting = by_name.get(name)
        if setting is None:
            there = ", ".join(by_name) or "none"
            raise AnnotatorError(f"The format {format_name} has no setting “{name}”; it has: {there}.")
        if setting.values and value not in setting.values:
            raise AnnotatorError(f"The setting {name} is one of {', '.join(setting.values)}, not “{value}”.")
    return {setting.name: given.get(setting.name, setting.default) for setting in known}
