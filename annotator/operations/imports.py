"""Bringing files and folders into a project, whatever their kind."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats import jsonl, text_files
from annotator.formats.format import Format, ReadOptions, chosen_settings
from annotator.formats.jsonl import JSONL
from annotator.formats.plain_text import TEXT
from annotator.formats.reading_folders import owned
from annotator.formats.registry import FORMATS, by_name
from annotator.formats.report import Refusal, Report
from annotator.formats.text_files import FoundFile
from annotator.model.changes import Changes
from annotator.model.records import DocumentRecord
from annotator.operations.import_finding import Found, found_sources
from annotator.operations.import_labels import Labels
from annotator.operations.import_records import Source, import_sources
from annotator.operations.progress import Progress, silent
from annotator.operations.words import counted, shown
from annotator.storage.project import Project

Encodings = Mapping[Path, str]  # a file, and the encoding that a person chose for it


@dataclass(frozen=True)
class How:
    """How files are read: whose label is which tag here, whether it all counts as gold, which column is which."""

    labels: Mapping[str, str] = field(default_factory=dict)  # a label of theirs → a tag of ours
    as_gold: bool = False
    settings: Mapping[str, str] = field(
        default_factory=dict
    )  # of the format that was named, else of all that have them
    of_files: Mapping[Path, Mapping[str, str]] = field(default_factory=dict)  # settings of single files, by their place


def import_paths(
    project: Project,
    paths: Sequence[Path],
    *,
    format_name: str | None = None,
    encodings: Encodings | None = None,
    encoding: str | None = None,
    how: How | None = None,
    coder: str | None = None,
    at_work: int | None = None,
    delete_absent: bool = False,
    progress: Progress = silent,
    kind: str = "import",
    report: Report | None = None,
) -> tuple[Changes, Report]:
    """Import files and folders, each by what it holds (or all as `format_name`); see `import_records`.

    Text files are read in the encoding that `encodings` has for their place, else in `encoding`, else in the guessed.
    Labels that the codebook does not know are added to it in the same step, unless `how` maps them to tags; the own
    format brings its codebook along instead. A `report` that is given can be looked at while it fills. Raises
    AnnotatorError if nothing could be imported for one reason: an unknown format, a file that is none of it.
    """
    report = Report() if report is None else report
    with ExitStack() as unpacked:
        sources = sources_at(
            paths, report, unpacked, format_name=format_name, encodings=encodings, encoding=encoding, how=how
        )
        changes = import_sources(
            project,
            sources,
            report=report,
            coder=coder,
            at_work=at_work,
            delete_absent=delete_absent,
            progress=progress,
            label=f"Import {_named(paths)}",
            kind=kind,
        )
    return changes, report


def sources_at(
    paths: Sequence[Path],
    report: Report,
    unpacked: ExitStack,
    *,
    format_name: str | None = None,
    encodings: Encodings | None = None,
    encoding: str | None = None,
    how: How | None = None,
) -> Iterator[Source]:
    """What `import_paths` brings in, one source after the other, each read only while its records are asked for.

    What archives hold stays unpacked until `unpacked` is closed. Raises AnnotatorError as `import_paths` does.
    """
    given, how = reader(format_name) if format_name else None, how or How()
    _refuse_unknown(how.settings)
    chosen = _Chosen(encodings or {}, encoding, how, given)
    return _sources(found_sources(paths, given, report, unpacked), chosen, report)


@dataclass(frozen=True)
class _Chosen:
    """What a person chose: encodings, labels, settings of the format that was named."""

    of_file: Encodings
    of_all: str | None
    how: How
    named: Format | None

    def encoding(self, file: FoundFile) -> str | None:
        return self.of_file.get(file.place, self.of_all)

    def options(self, kind: Format, file: FoundFile) -> ReadOptions:
        known = {setting.name for setting in kind.read_settings}
        given = {name: value for name, value in self.how.settings.items() if kind is self.named or name in known}
        given |= self.how.of_files.get(file.place, {})
        return ReadOptions(chosen_settings(kind.read_settings, given, kind.name), self.encoding(file), file.name)


def _refuse_unknown(settings: Mapping[str, str]) -> None:
    known = {setting.name for each in FORMATS for setting in each.read_settings}
    for name in settings:
        if name not in known:
            raise AnnotatorError(f"No format that is read has a setting “{name}”.")


def reader(name: str) -> Format:
    """The format with this name. Raises AnnotatorError if it is not read, or not installed."""
    found = by_name(name)
    if found is None or not found.is_read:
        raise AnnotatorError(f"There is no format “{name}” that can be read; “annotator formats” lists them.")
    found.refuse_missing()
    return found


def _named(paths: Sequence[Path]) -> str:
    names = [text_files.shown_name(path.resolve().name) for path in paths]
    return shown(names[0], 60) if len(names) == 1 else counted(len(names), "file or folder", "files and folders")


def _sources(found: Iterator[Found | Refusal], chosen: _Chosen, report: Report) -> Iterator[Source]:
    """Files of one format next to each other become one source; a file of our own brings its project along."""

    def kind_of(each: Found | Refusal) -> Format:
        return TEXT if isinstance(each, Refusal) else each.kind

    for kind, group in groupby(found, kind_of):
        if kind is JSONL:
            for each in group:
                assert isinstance(each, Found)
                yield _own(each, chosen, report)
        elif kind is TEXT:
            texts = [each if isinstance(each, Refusal) else each.file for each in group]
            yield Source(TEXT.name, TEXT.name, _read_texts(texts, chosen, report), count=len(texts))
        else:
            yield _foreign(kind, [each for each in group if isinstance(each, Found)], chosen, report)


def _read_texts(
    found: Sequence[text_files.FoundFile | Refusal], chosen: _Chosen, report: Report
) -> Iterator[DocumentRecord]:
    for each in found:
        result = each if isinstance(each, Refusal) else text_files.read_text(each, chosen.encoding(each))
        if isinstance(result, Refusal):
            report.refused.append(result)
            continue
        if not result.sure:
            report.warn(result.file.name, text_files.doubt(result.encoding))
        yield result.record()


def _own(found: Found, chosen: _Chosen, report: Report) -> Source:
    """A file of our own, with the project records beside it."""
    path, name = found.file.path, found.file.path.name
    beside, count = jsonl.read_project(path), _lines(path)
    if beside is not None and not path.stat().st_size:
        return Source(name, JSONL.name, (), beside)  # the export of a project without documents
    if not (chosen.how.labels or chosen.how.as_gold):
        return Source(name, JSONL.name, jsonl.read(path, report), beside or {}, count)
    labels = Labels(lambda told: jsonl.read(path, told), chosen.how.labels, chosen.how.as_gold, adds=False)
    return Source(name, JSONL.name, labels.records(report), beside or {}, count, labels)


def _foreign(kind: Format, files: Sequence[Found], chosen: _Chosen, report: Report) -> Source:
    """Files of another program next to each other."""
    assert kind.reads is not None
    kind.refuse_missing()
    reads = kind.reads

    def read(told: Report) -> Iterator[DocumentRecord]:
        for found in files:
            file = found.file
            try:
                for record in reads(file.path, told, chosen.options(kind, file)):
                    named = record if record.source_name else replace(record, source_name=file.name)
                    yield owned(named, found.coder, found.reading) if found.coder else named
            except AnnotatorError as fault:
                if len(files) == 1 and not kind.texts_only:
                    raise
                told.refuse(file.name, reason_of(fault, file))

    count = len(files) if len(files) > 1 else 0
    if kind.texts_only:
        return Source(kind.name, kind.name, read(report), count=count)
    declared = [kind.declares(found.file.path) for found in files] if kind.declares else []
    labels = Labels(read, chosen.how.labels, chosen.how.as_gold, kind.new_labels, tuple(declared))
    return Source(files[0].file.name, kind.name, labels.records(report), count=count, labels=labels)


def reason_of(fault: AnnotatorError, file: FoundFile) -> str:
    """Why a file was not read, to stand behind its name."""
    return str(fault).rstrip(".").removeprefix(f"Cannot read {file.path.name}: ")


def _lines(path: Path) -> int:
    """How many lines a file has, to say how far the import is."""
    try:
        with path.open("rb") as file:
            return sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b"")) or 1
    except OSError:
        return 0
