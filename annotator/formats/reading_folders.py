"""Whose reading lies in which folder, for formats that have one file for each reading of a document.

Our own exports say it in readings.json. Of others two customs are understood, where files of one name or one folder
hold the same text: a folder for each coder, CODER/DOCUMENT, and, as INCEpTION packs its projects, a folder for each
document, DOCUMENT/CODER.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.file_names import FileNames, safe_name
from annotator.formats.guards import first_bytes, json_file
from annotator.formats.report import Refusal, Report
from annotator.formats.text_files import find_files, first_files
from annotator.model.records import KINDS, AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord

READINGS = "readings.json"
_LIMIT = 8 * 1024 * 1024
_SEEN = 400  # files of a folder that are looked at
_AGREED = "CURATION_USER"  # what INCEpTION calls the agreed version
_NOBODY = "INITIAL_CAS"  # and a document before anybody read it
_PACKED = ("annotation", "curation")  # the folders it packs them in

Readings = Mapping[str, tuple[str, str]]  # folder → (coder, kind)
Content = Callable[[str], Hashable]  # the text of the file with this name, None if it cannot be read


def reading_of(name: str) -> tuple[str, str]:
    """Coder and kind of the reading in a folder that was given this name."""
    return name, "gold" if name.casefold() == "gold" else "own"


def coder_folders(names: Iterable[str], content: Content, report: Report) -> Readings:
    """Upper folders are coders' if two of them hold a file of the same name and the same text."""
    held: dict[str, list[str]] = defaultdict(list)
    for name in names:
        folder, slash, rest = name.partition("/")
        if slash:
            held[rest].append(folder)
    rest, shared = next(((rest, folders) for rest, folders in held.items() if len(folders) > 1), ("", []))
    if not _alike((f"{folder}/{rest}" for folder in shared), content):
        return {}
    folders = sorted({folder for listed in held.values() for folder in listed})
    report.warn(", ".join(folders[:10]), "taken for the names of coders, whose readings lie in these folders")
    return {folder: reading_of(folder) for folder in folders}


def _alike(names: Iterable[str], content: Content) -> bool:
    """Whether two of the files hold the same."""
    texts = [text for text in map(content, names) if text is not None]
    return bool(texts) and Counter(texts).most_common(1)[0][1] > 1


# ---- reading


def holds_mostly(folder: Path, own: Callable[[str], bool], detect: Callable[[Path, bytes], bool]) -> bool:
    """Whether four of five files of a folder are its own by their names, and the first of them that counts too."""
    found = first_files(folder, _SEEN)
    mine = [each for each in found if own(each.name.lower())]
    if not mine or (len(mine) + sum(each.name == READINGS for each in found)) * 5 < len(found) * 4:
        return False
    return any(detect(each, first_bytes(each)) for each in mine[:5])


@dataclass(frozen=True)
class ReadingFile:
    """A file that holds a reading of a document; `declared` if its place says whose it is."""

    path: Path
    name: str  # below the chosen folder
    coder: str = ""
    kind: str = "own"
    declared: bool = False


TextOf = Callable[[ReadingFile], Hashable]


def documents_in(
    root: Path, suffixes: Sequence[str], text_of: TextOf, report: Report, accompanies: Callable[[str], bool]
) -> Iterator[list[ReadingFile]]:
    """The files of each document, in natural order; for a single file, that file alone.

    What is no part of the collection is told, but for what `accompanies` it by its name.
    """
    if not root.is_dir():
        yield [ReadingFile(root, root.name)]
        return
    found: dict[str, ReadingFile] = {}
    others: list[str] = []
    for each in find_files([root]):
        if isinstance(each, Refusal):
            report.refused.append(each)
            continue
        name = each.name.partition("/")[2]
        if name == READINGS:
            continue
        if each.path.suffix.lower() in suffixes:
            found[name] = ReadingFile(each.path, name)
        elif not accompanies(name):
            others.append(name)
    if others:
        more = f" and {len(others) - 3:,} more" if len(others) > 3 else ""
        report.warn(root.name, f"no part of the collection, left out: {', '.join(others[:3])}{more}")
    yield from _grouped(root, found, lambda name: text_of(found[name]), report).values()


def _grouped(
    root: Path, found: Mapping[str, ReadingFile], content: Content, report: Report
) -> dict[str, list[ReadingFile]]:
    declared = _declared(root / READINGS)
    groups: dict[str, list[ReadingFile]] = defaultdict(list)
    if declared is None and _is_by_document(found, content):
        for name, file in found.items():
            key, own = _by_document(name, file)
            groups[key].append(own)
        return {key: _without_nobody(files) for key, files in groups.items()}
    folders = declared if declared is not None else coder_folders(found, content, report)
    for name, file in found.items():
        folder, slash, rest = name.partition("/")
        if slash and folder in folders:
            coder, kind = folders[folder]
            groups[rest].append(replace(file, coder=coder, kind=kind, declared=True))
        else:
            groups[name].append(file)
    return groups


def _declared(path: Path) -> Readings | None:
    try:
        value = json_file(path, _LIMIT) if path.is_file() else None
    except AnnotatorError:
        return None
    readings = value.get("readings") if isinstance(value, dict) else None
    if not isinstance(readings, dict):
        return None
    return {folder: (pair[0], pair[1]) for folder, pair in readings.items() if _is_pair(pair)}


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) and pair[1] in KINDS


def _is_by_document(found: Mapping[str, ReadingFile], content: Content) -> bool:
    """Whether the files of a folder are readings of one document."""
    held: dict[str, list[str]] = defaultdict(list)
    for name in found:
        held[name.rpartition("/")[0]].append(name)
    several = next((names for folder, names in held.items() if folder and len(names) > 1), [])
    return _alike(several[:5], content)


def _by_document(name: str, file: ReadingFile) -> tuple[str, ReadingFile]:
    folder, _, own = name.rpartition("/")
    packed, _, rest = folder.partition("/")
    document = rest if rest and packed in _PACKED else folder
    coder = own.rpartition(".")[0]
    if coder == _AGREED:
        return document, replace(file, name=document, kind="gold", declared=True)
    if coder == _NOBODY:
        return document, replace(file, name=document)
    coder, kind = reading_of(coder)
    return document, replace(file, name=document, coder=coder, kind=kind, declared=True)


def _without_nobody(files: list[ReadingFile]) -> list[ReadingFile]:
    return [file for file in files if file.declared] or files


def joined(parts: Iterable[tuple[ReadingFile, DocumentRecord]]) -> Iterator[DocumentRecord]:
    """One document for each text among the readings of a document; nearly always that is one."""
    by_text: dict[str, DocumentRecord] = {}
    for file, record in parts:
        own = _read_by(file, record)
        known = by_text.get(record.text)
        if known is not None:
            own = replace(
                known,
                readings=known.readings + own.readings,
                annotations=known.annotations + own.annotations,
                relations=known.relations + own.relations,
            )
        by_text[record.text] = own
    yield from by_text.values()


def owned(record: DocumentRecord, coder: str, kind: str) -> DocumentRecord:
    """The document, what nobody is named for as the reading of this coder."""
    readings = tuple(each for each in record.readings if each.coder)
    annotations = tuple(each if each.coder else replace(each, coder=coder, kind=kind) for each in record.annotations)
    return replace(record, readings=(*readings, ReadingRecord(coder, kind)), annotations=annotations)


def _read_by(file: ReadingFile, record: DocumentRecord) -> DocumentRecord:
    """The document as the reading of whoever read it; ids of several readings must differ."""

    def own(name: str | None) -> str:
        return f"{file.coder} {file.kind}:{name}" if file.declared else str(name)

    def annotation(each: AnnotationRecord) -> AnnotationRecord:
        return replace(each, coder=file.coder, kind=file.kind, source_id=own(each.source_id))

    def relation(each: RelationRecord) -> RelationRecord:
        return replace(each, source=own(each.source), target=own(each.target), source_id=own(each.source_id))

    return replace(
        record,
        readings=(ReadingRecord(file.coder, file.kind),) if file.declared or record.annotations else (),
        annotations=tuple(map(annotation, record.annotations)),
        relations=tuple(map(relation, record.relations)),
    )


# ---- writing


class ReadingFolders:
    """The folders of one export, one for each coder and kind of reading."""

    def __init__(self) -> None:
        self.whose: dict[str, tuple[str, str]] = {}  # folder → coder and kind
        self._names = FileNames()
        self._folder_of: dict[tuple[str, str], str] = {}

    def folder(self, root: Path, coder: str, kind: str) -> Path:
        """The folder of a reading, which is made if it is not there."""
        if (coder, kind) not in self._folder_of:
            words = coder if kind == "own" else f"gold - {coder}"
            name = self._names.free(safe_name(words, "reading"))
            self._folder_of[coder, kind] = name
            self.whose[name] = (coder, kind)
        made = root / self._folder_of[coder, kind]
        made.mkdir(exist_ok=True)
        return made

    def write(self, root: Path) -> None:
        """The file that says whose each folder is."""
        said = {"readings": {folder: list(whose) for folder, whose in sorted(self.whose.items())}}
        (root / READINGS).write_bytes(f"{json.dumps(said, ensure_ascii=False, indent=1)}\n".encode())
