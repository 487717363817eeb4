"""Putting texts back to annotations that were published without them: one's own copies, known by their hashes.

A copy is the very text, or the same but for blanks, quotation marks and dashes. Every span is proved by its check
value; one that does not fit is named and left out, never moved in silence.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions, WriteOptions, chosen_settings
from annotator.formats.jsonl import JSONL, read_project
from annotator.formats.offsets_reading import Checked, Textless, read_offsets
from annotator.formats.report import Refusal, Report
from annotator.formats.text_keys import Folded, check_value, folded, text_hash, text_key
from annotator.model.records import AnnotationRecord, DocumentRecord
from annotator.model.span import Spans, quote
from annotator.operations.import_finding import found_sources
from annotator.operations.progress import Progress, silent


@dataclass
class Attached:
    """What was put together: documents with the very text and with an aligned one; what could not be is named."""

    exact: int = 0
    aligned: int = 0
    annotations: int = 0
    missing: list[str] = field(default_factory=list)  # documents whose text is not there
    unfit: list[str] = field(default_factory=list)  # annotations and relations that do not fit their text
    refused: list[str] = field(default_factory=list)  # lines of the file, and copies, that could not be read
    files: tuple[Path, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everything was put together."""
        return not (self.missing or self.unfit)

    def as_json(self) -> dict[str, Any]:
        """The keys that `annotator attach --json` prints."""
        return {
            "exact": self.exact,
            "aligned": self.aligned,
            "annotations": self.annotations,
            "missing": self.missing,
            "unfit": self.unfit,
            "refused": self.refused,
            "files": [str(path) for path in self.files],
        }


def attach(source: Path, texts: Sequence[Path], dest: Path, *, progress: Progress = silent) -> Attached:
    """Write the annotations of `source` with the texts at and below the paths `texts` to `dest`, as JSON Lines.

    `dest` and what lies beside appear whole, or not at all. Raises AnnotatorError when the source or the project
    records beside it cannot be read, when no text is found for any of it, and Cancelled when `progress` does.
    """
    told, report = Attached(), Report()
    wanted = {digest for each in read_offsets(source, report) for digest in (each.sha256, each.folded_sha256)}
    told.refused += [str(each) for each in report.refused]
    known = _texts(texts, wanted, told, progress)
    if not known:
        raise AnnotatorError(f"None of the texts is one that {source.name} was made of.")
    assert JSONL.writes is not None
    records = _together(source, known, told)
    written = JSONL.writes(records, dest, read_project(source) or {}, WriteOptions())
    told.annotations, told.files = written.annotations, written.files
    return told


def _texts(paths: Sequence[Path], wanted: set[str], told: Attached, progress: Progress) -> dict[str, str]:
    """The texts that are wanted, each under its hash and under that of its folded form."""
    known: dict[str, str] = {}
    with ExitStack() as unpacked:
        for number, found in enumerate(found_sources(paths, None, Report(), unpacked), 1):
            progress(number, 0)
            if isinstance(found, Refusal):
                told.refused.append(str(found))
                continue
            options = ReadOptions(chosen_settings(found.kind.read_settings, {}, found.kind.name))
            try:
                for record in found.kind.reads(found.file.path, Report(), options) if found.kind.reads else ():
                    for digest in (text_hash(record.text), text_hash(folded(record.text).text)):
                        if digest in wanted:
                            known.setdefault(digest, record.text)
            except AnnotatorError as fault:
                told.refused.append(str(fault))
    return known


def _together(source: Path, known: dict[str, str], told: Attached) -> Iterator[DocumentRecord]:
    for each in read_offsets(source, Report()):
        text = known.get(each.sha256)
        if text is not None:
            told.exact += 1
            yield _filled(each, text, _exact(each, text, told), each.record.id, told)
        elif each.folded_sha256 in known:
            told.aligned += 1
            text = known[each.folded_sha256]
            yield _filled(each, text, _aligned(each, text, told), None, told)
        else:
            told.missing.append(f"{each.record.title or 'without a title'} ({each.where})")


def _exact(each: Textless, text: str, told: Attached) -> dict[int, AnnotationRecord]:
    key, found = text_key(text), {}
    for number, one in enumerate(each.annotations):
        spans = one.record.spans
        if spans[-1].end <= len(text) and check_value(key, quote(text, spans)) == one.check:
            found[number] = replace(one.record, text=quote(text, spans))
        else:
            told.unfit.append(_unfit(each, one))
    return found


def _aligned(each: Textless, text: str, told: Attached) -> dict[int, AnnotationRecord]:
    alike, found = folded(text), {}
    for number, one in enumerate(each.annotations):
        spans = _proved(one, alike)
        if spans:
            found[number] = replace(one.record, spans=spans, text=quote(text, spans))
        else:
            told.unfit.append(_unfit(each, one))
    return found


def _proved(one: Checked, alike: Folded) -> Spans:
    if not one.folded or one.folded[-1].end > len(alike.text):
        return ()
    return alike.back(one.folded) if check_value(alike.key, quote(alike.text, one.folded)) == one.folded_check else ()


def _filled(
    each: Textless, text: str, annotations: dict[int, AnnotationRecord], own: str | None, told: Attached
) -> DocumentRecord:
    kept = {one.id for one in annotations.values()}
    relations = tuple(link for link in each.record.relations if link.source in kept and link.target in kept)
    cut = len(each.record.relations) - len(relations)
    told.unfit += [f"{each.where}: a link to an annotation that does not fit"] * cut
    return replace(each.record, text=text, id=own, annotations=tuple(annotations.values()), relations=relations)


def _unfit(each: Textless, one: Checked) -> str:
    place = one.record.spans[0]
    return f"{each.where}: {one.record.tag} at {place.start}–{place.end} does not fit the text"
