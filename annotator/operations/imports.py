"""Bringing files and folders into a project, whatever their kind."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats import jsonl, text_files
from annotator.formats.registry import FORMATS, JSONL, TEXT, Format, by_name
from annotator.formats.report import Refusal, Report
from annotator.formats.text_files import FoundFile
from annotator.model.changes import Changes
from annotator.model.records import DocumentRecord
from annotator.operations.import_records import Source, import_sources
from annotator.operations.progress import Progress, silent
from annotator.operations.words import counted, shown
from annotator.storage.project import Project

_JSONL_NAMES = (".jsonl", ".ndjson")

Encodings = Mapping[Path, str]  # a file, and the encoding that a person chose for it


def import_paths(
    project: Project,
    paths: Sequence[Path],
    *,
    format_name: str | None = None,
    encodings: Encodings | None = None,
    encoding: str | None = None,
    coder: str | None = None,
    at_work: int | None = None,
    delete_absent: bool = False,
    progress: Progress = silent,
    kind: str = "import",
    report: Report | None = None,
) -> tuple[Changes, Report]:
    """Import files and folders, each by what it holds (or all as `format_name`); see `import_records`.

    Text files are read in the encoding that `encodings` has for their path, else in `encoding`, else in the guessed.
    A `report` that is given can be looked at while it fills. Raises AnnotatorError if nothing could be imported for
    one reason: an unknown format, a file that is none of it.
    """
    given = _reader(format_name) if format_name else None
    report = Report() if report is None else report
    changes = import_sources(
        project,
        _sources(paths, given, _Chosen(encodings or {}, encoding), report),
        report=report,
        coder=coder,
        at_work=at_work,
        delete_absent=delete_absent,
        progress=progress,
        label=f"Import {_named(paths)}",
        kind=kind,
    )
    return changes, report


@dataclass(frozen=True)
class _Chosen:
    """The encodings that a person chose."""

    of_file: Encodings
    of_all: str | None

    def of(self, path: Path) -> str | None:
        return self.of_file.get(path, self.of_all)


def _reader(name: str) -> Format:
    found = by_name(name)
    if found is None or found.reads is None:
        raise AnnotatorError(f"There is no format “{name}” that can be read; “annotator formats” lists them.")
    return found


def _named(paths: Sequence[Path]) -> str:
    names = [text_files.shown_name(path.resolve().name) for path in paths]
    return shown(names[0], 60) if len(names) == 1 else counted(len(names), "file or folder", "files and folders")


def _sources(paths: Sequence[Path], given: Format | None, chosen: _Chosen, report: Report) -> Iterator[Source]:
    """Text files next to each other become one source; every file of a format with annotations is one of its own."""
    texts: list[FoundFile | Refusal] = []
    named = set(paths)
    for found in found_files(paths, given):
        if isinstance(found, Refusal):
            texts.append(found)
            continue
        kind = given or annotated_kind(found.path, chosen=found.path in named)
        if kind is None or kind is TEXT:
            texts.append(found)
            continue
        if texts:
            yield _texts(texts, chosen, report)
            texts = []
        yield _annotated(found, kind, report)
    if texts:
        yield _texts(texts, chosen, report)


def annotated_kind(path: Path, *, chosen: bool) -> Format | None:
    """The format of a file with annotations; in a folder, only files whose name promises it are looked into."""
    if path.suffix in _JSONL_NAMES and not path.stat().st_size and jsonl.project_file(path).is_file():
        return JSONL
    for each in FORMATS:
        if each is TEXT or each.reads is None:
            continue
        if (chosen or f"*{path.suffix.lower()}" in each.patterns) and each.detect(path):
            return each
    return None


def found_files(paths: Sequence[Path], given: Format | None = None) -> Iterator[FoundFile | Refusal]:
    """All files; in folders, without those that only stand beside an export."""
    named = set(paths)
    for found in text_files.find_files(paths):
        if isinstance(found, FoundFile) and found.path not in named:
            if found.path.name.endswith(".project.json") and found.path.with_name(found.path.name[:-13]).is_file():
                continue
            if given is JSONL and found.path.suffix not in _JSONL_NAMES:
                continue
        yield found


def _texts(found: list[FoundFile | Refusal], chosen: _Chosen, report: Report) -> Source:
    return Source(TEXT.name, TEXT.name, _read_texts(found, chosen, report), count=len(found))


def _read_texts(found: Iterable[FoundFile | Refusal], chosen: _Chosen, report: Report) -> Iterator[DocumentRecord]:
    for each in found:
        result = text_files.read_text(each, chosen.of(each.path)) if isinstance(each, FoundFile) else each
        if isinstance(result, Refusal):
            report.refused.append(result)
            continue
        if not result.sure:
            report.warn(result.file.name, text_files.doubt(result.encoding))
        yield result.record()


def _annotated(found: FoundFile, kind: Format, report: Report) -> Source:
    assert kind.reads is not None
    beside = jsonl.read_project(found.path) if kind is JSONL else None
    count = _lines(found.path) if kind is JSONL else 0
    if beside is not None and not found.path.stat().st_size:
        return Source(found.path.name, kind.name, (), beside)  # the export of a project without documents
    return Source(found.path.name, kind.name, kind.reads(found.path, report), beside or {}, count)


def _lines(path: Path) -> int:
    """How many lines a file has, to say how far the import is."""
    try:
        with path.open("rb") as file:
            return sum(part.count(b"\n") for part in iter(lambda: file.read(1 << 20), b"")) or 1
    except OSError:
        return 0
