"""Writes a dataset folder: data/PART.jsonl, the codebook, the actors, and README.md, the card that describes them."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from annotator.formats.dataset_card import card
from annotator.formats.dataset_counts import Counts
from annotator.formats.dataset_rows import DatasetRows, within
from annotator.formats.file_names import safe_name
from annotator.formats.format import ProjectRecords, Setting, WriteOptions, Written
from annotator.formats.loss import Loss, losses, project_losses
from annotator.formats.whole_file import whole_folder
from annotator.model.records import DocumentRecord, Json

CANNOT_HOLD = (
    Loss.UNREAD, Loss.SOURCES, Loss.APPEARANCES, Loss.ASSIGNMENTS, Loss.EARLIER_TEXTS, Loss.FIRST_DONE,
    Loss.OTHER_FIELDS, Loss.DECISIONS, Loss.HISTORY,
)  # fmt: skip
SETTINGS = (
    Setting(
        "license",
        "Licence",
        advice="As Hugging Face names it, such as cc-by-4.0; empty: what the articles say of their rights.",
    ),
)

_WHOLE = "train"  # the part that everything is in if nothing was parted, as readers expect it


def write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, options: WriteOptions, /
) -> Written:
    """A folder, whole or not at all, that `datasets.load_dataset(FOLDER)` reads."""
    rows, counts, lost = DatasetRows(project), Counts(), Counter[str]()
    with whole_folder(destination) as folder, ExitStack() as stack:
        data = _Parts(folder, stack)
        for record in records:
            part = safe_name(str(record.extra.get("split", "")), _WHOLE)
            counts.add(record, part)
            lost.update(losses(record, CANNOT_HOLD))
            lost.update({str(loss): number for loss, number in loses(record, options).items()})
            for row in rows.rows(record):
                data.of(part).write(_line(row))
        for part in counts.documents or (_WHOLE,):
            data.of(part)
        _write_lines(folder / "codebook.jsonl", project.get("codebook", ()))
        _write_lines(folder / "actors.jsonl", project.get("entities", ()))
        numbers = {name: len(listed) for name, listed in project.items()}
        lost.update(project_losses(numbers, CANNOT_HOLD))
        text = card(rows.features, counts, lost, project, options, list(data.files))
        (folder / "README.md").write_bytes(text.encode())
    documents = counts.documents.total() - counts.unread
    return Written(documents, counts.annotations.total(), counts.relations.total(), (destination,))


def loses(record: DocumentRecord, _options: WriteOptions, /) -> Mapping[Loss, int]:
    """Relations between two readings: each row holds one."""
    owner = {name: (each.coder, each.kind) for each in record.annotations for name in (each.source_id, each.id) if name}
    kept = sum(owner.get(each.source) == owner.get(each.target) for each in within(record, dict.fromkeys(owner, "")))
    return {Loss.RELATIONS: len(record.relations) - kept} if kept < len(record.relations) else {}


class _Parts:
    """The file of each part, opened when its first document comes."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder / "data", stack
        self._folder.mkdir()
        self._open: dict[str, BinaryIO] = {}

    @property
    def files(self) -> Iterable[str]:
        """The parts there are, in the order readers know."""
        known = {"train": 0, "validation": 1, "test": 2}
        return sorted(self._open, key=lambda part: (known.get(part, 3), part))

    def of(self, part: str) -> BinaryIO:
        """The file of a part."""
        if part not in self._open:
            self._open[part] = self._stack.enter_context((self._folder / f"{part}.jsonl").open("xb"))
        return self._open[part]


def _line(row: Json) -> bytes:
    return json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def _write_lines(path: Path, rows: Iterable[Any]) -> None:
    with path.open("xb") as file:
        for row in rows:
            file.write(_line(row))
