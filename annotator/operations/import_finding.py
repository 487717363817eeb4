"""Finding what is to be imported: every file at or below the chosen paths, and the format that reads each."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats import jsonl, text_files
from annotator.formats.format import Format, ReadOptions, chosen_settings
from annotator.formats.guards import first_bytes
from annotator.formats.jsonl import JSONL
from annotator.formats.plain_text import TEXT
from annotator.formats.reading_folders import coder_folders
from annotator.formats.registry import FORMATS
from annotator.formats.report import Reason, Refusal, Report
from annotator.formats.text_files import FoundFile
from annotator.operations.loss_report import SUFFIX as LOSS_REPORT

_JSONL_NAMES = (".jsonl", ".ndjson")
_ARCHIVES = 5  # archives that may lie in each other


@dataclass(frozen=True)
class Found:
    """A file, or a folder that one format reads as a whole; `kind` reads it."""

    file: FoundFile
    kind: Format
    coder: str = ""  # whose reading the folder says it is
    reading: str = "own"  # own | gold


def found_sources(
    paths: Sequence[Path], given: Format | None, report: Report, unpacked: ExitStack, depth: int = 0
) -> Iterator[Found | Refusal]:
    """Everything at or below the paths in natural order; all of it as `given` if that is not None.

    What archives hold is unpacked into folders that stay until `unpacked` is closed.
    """
    for path in paths:
        for found in _at(path, given, report):
            if isinstance(found, Found) and found.kind.unpacks is not None:
                if depth == _ARCHIVES:
                    yield Refusal(found.file.name, f"lies in more than {_ARCHIVES} archives", Reason.UNREADABLE)
                    continue
                try:
                    folder = unpacked.enter_context(found.kind.unpacks(found.file.path, report))
                except AnnotatorError as fault:
                    yield Refusal(found.file.name, str(fault).rstrip("."), Reason.UNREADABLE)
                    continue
                inside = None if given is found.kind else given
                for each in found_sources([folder], inside, report, unpacked, depth + 1):
                    yield _within(each, found.file, folder)
            elif isinstance(found, Found) and not found.kind.installed:
                yield Refusal(found.file.name, found.kind.missing, Reason.NOT_INSTALLED, found.kind.label)
            else:
                yield found


def _within(found: Found | Refusal, archive: FoundFile, folder: Path) -> Found | Refusal:
    """What was found in an archive, with its place there."""
    if isinstance(found, Refusal):
        return found
    inside = found.file.place.relative_to(folder)
    return replace(found, file=replace(found.file, inside=archive.place / inside))


def _at(path: Path, given: Format | None, report: Report) -> Iterator[Found | Refusal]:
    """What lies at or below one path, the archives unopened."""
    folder = path.is_dir()
    if folder:
        whole = given if given is not None and given.folder else None if given else _folder_kind(path)
        if whole is not None:
            yield Found(FoundFile(path, text_files.shown_name(path.resolve().name)), whole)
            return
    all_found = (
        each if isinstance(each, Refusal) else Found(each, given or _file_kind(each.path, chosen=not folder) or TEXT)
        for each in text_files.find_files([path])
        if isinstance(each, Refusal) or not folder or not _stands_beside(each.path, given)
    )
    yield from _with_coders(list(all_found), report) if folder else all_found


def _with_coders(found: list[Found | Refusal], report: Report) -> Iterator[Found | Refusal]:
    """The files of a folder, those in folders of coders as their readings; as brat and the like do for themselves."""
    held = [each for each in found if isinstance(each, Found) and _unnamed(each.kind)]
    by_name = {each.file.name.partition("/")[2]: each for each in held}
    coders = coder_folders(by_name, lambda name: _first_text(by_name[name]), report)
    for each in found:
        folder = "" if isinstance(each, Refusal) else each.file.name.partition("/")[2].partition("/")[0]
        if isinstance(each, Found) and folder in coders and _unnamed(each.kind):
            coder, reading = coders[folder]
            yield replace(each, coder=coder, reading=reading)
        else:
            yield each


def _unnamed(kind: Format) -> bool:
    """Whether files of a kind hold annotations, but may not say whose."""
    return kind.reads is not None and kind not in (TEXT, JSONL) and not kind.texts_only


def _first_text(found: Found) -> str | None:
    kind = found.kind
    if kind.reads is None or not kind.installed:
        return None
    options = ReadOptions(chosen_settings(kind.read_settings, {}, kind.name))
    try:
        record = next(iter(kind.reads(found.file.path, Report(), options)), None)
    except AnnotatorError:
        return None
    return record.text if record is not None else None


def _folder_kind(path: Path) -> Format | None:
    return next((each for each in FORMATS if each.folder and each.is_read and each.detect(path, b"")), None)


def _file_kind(path: Path, *, chosen: bool) -> Format | None:
    """The format of a file other than plain text; in a folder, only files whose name promises it are looked into."""
    suffix = path.suffix
    if suffix.lower() in _JSONL_NAMES and not path.stat().st_size and jsonl.project_file(path).is_file():
        return JSONL
    tried = _all_but_text() if chosen else _by_suffix().get(suffix.lower(), ())
    if not tried or text_files.is_of_a_project(path):
        return None
    head = first_bytes(path)
    return next((each for each in tried if each.detect(path, head)), None)


@lru_cache(maxsize=1)
def _all_but_text() -> tuple[Format, ...]:
    return tuple(each for each in FORMATS if each is not TEXT and each.is_read)


@lru_cache(maxsize=1)
def _by_suffix() -> dict[str, tuple[Format, ...]]:
    """What a suffix promises; plain text is what is left."""
    found: dict[str, tuple[Format, ...]] = {}
    for each in _all_but_text():
        for pattern in each.patterns:
            suffix = pattern[pattern.rindex(".") :].lower()
            found[suffix] = (*found.get(suffix, ()), each)
    return found


def _stands_beside(path: Path, given: Format | None) -> bool:
    """Whether a file in a folder only accompanies an export, or is none of the format that was asked for."""
    for suffix in (".project.json", LOSS_REPORT):
        if path.name.endswith(suffix) and path.with_name(path.name[: -len(suffix)]).exists():
            return True
    return given is JSONL and path.suffix.lower() not in _JSONL_NAMES
