"""spaCy's DocBin, the file that `spacy train` takes."""

import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.format import Format, ProjectRecords, ReadOptions, WriteOptions, Written
from annotator.formats.guards import read_bytes
from annotator.formats.loss import Loss
from annotator.formats.report import Report
from annotator.formats.spacy_docs import CANNOT_HOLD, GROUP, document, laid, loses
from annotator.formats.whole_file import whole_file
from annotator.model.records import DocumentRecord

_LIMIT = 1024 * 1024 * 1024  # bytes unpacked
_SHOWN = 100  # characters of a text that stand in a line for a person
_KEYS = (b"attrs", b"tokens", b"spaces", b"lengths", b"strings")
_ATTRIBUTES = ("ORTH", "ENT_IOB", "ENT_TYPE")  # others are not read: heads and the like could lead anywhere


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a file is packed as a DocBin is, and names its parts."""
    if path.is_dir() or head[:1] != b"\x78":
        return False
    with suppress(zlib.error):
        return sum(key in zlib.decompressobj().decompress(head, 4 * 1024 * 1024) for key in _KEYS) > 1
    return False


# ---- reading


def read(path: Path, report: Report, _options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The documents of a file: the entities, and the spans of every group."""
    for number, doc in enumerate(_docs(path), 1):
        told = [
            [(span.start_char, span.end_char, span.label_) for span in group]
            for group in (doc.ents, *doc.spans.values())
        ]
        yield document(doc.text, told, f"{path.stem}-{number}", f"{path.name}, document {number}", report)


def lines(path: Path) -> Iterator[str]:
    """Each document with its words and the spans below, as a person reads them."""
    for doc in _docs(path):
        yield " ".join(doc.text.split())[:_SHOWN]
        for name, group in (("ents", doc.ents), *((f"spans[{name!r}]", group) for name, group in doc.spans.items())):
            for span in group:
                yield f"  {name}  {span.label_}  {span.start}–{span.end}  {' '.join(span.text.split())[:_SHOWN]}"


def _docs(path: Path) -> Iterator[Any]:
    from spacy import attrs
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    data = read_bytes(path)
    _refuse_bomb(data, path.name)
    try:
        held = DocBin().from_bytes(data)
        kept = [held.attrs.index(attrs.IDS[name]) for name in _ATTRIBUTES if attrs.IDS[name] in held.attrs]
        held.attrs = [held.attrs[column] for column in kept]
        held.tokens = [rows[:, kept] for rows in held.tokens]
        vocab = Vocab()
        for string in held.strings:
            vocab.strings.add(string)
        docs = held.get_docs(vocab)
    except Exception as fault:  # what is wrong with a file shows in spaCy as an error of any class
        raise AnnotatorError(f"Cannot read {path.name}: it is no DocBin of spaCy.") from fault
    while True:
        try:
            doc = next(docs, None)
        except Exception as fault:
            raise AnnotatorError(f"Cannot read {path.name}: a document in it is damaged.") from fault
        if doc is None:
            return
        yield doc


def _refuse_bomb(data: bytes, name: str) -> None:
    unpacker = zlib.decompressobj()
    size, waiting = 0, data
    try:
        while waiting and size <= _LIMIT:
            size += len(unpacker.decompress(waiting, 16 * 1024 * 1024))
            waiting = unpacker.unconsumed_tail
    except zlib.error as fault:
        raise AnnotatorError(f"Cannot read {name}: it is no DocBin of spaCy.") from fault
    if size > _LIMIT:
        raise AnnotatorError(f"Cannot read {name}: unpacked it is larger than {_LIMIT >> 30} GB.")


# ---- writing


def write(
    records: Iterable[DocumentRecord], destination: Path, _project: ProjectRecords, _options: WriteOptions, /
) -> Written:
    """One file for all documents; whole or not at all."""
    from spacy.tokens import DocBin

    held = DocBin(attrs=list(_ATTRIBUTES))
    documents = annotations = 0
    with whole_file(destination) as file:
        for record in records:
            doc = _doc(record)
            held.add(doc)
            documents += 1
            annotations += len(doc.spans[GROUP])
        file.write(held.to_bytes())
    return Written(documents, annotations, 0, (destination,))


def _doc(record: DocumentRecord) -> Any:
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

    made = laid(record)
    words = [record.text[start:end] for start, end in made.tokens]
    doc = Doc(Vocab(), words=words, spaces=made.blank_after)
    doc.spans[GROUP] = [Span(doc, each.start, each.end, label=each.tag) for each in made.spans]
    doc.set_ents([Span(doc, each.start, each.end, label=each.tag) for each in made.entities()])
    return doc


SPACY = Format(
    name="spacy",
    label="spaCy DocBin",
    patterns=("*.spacy",),
    description="What “spacy train” takes: all annotations in doc.spans, the longest in doc.ents; one reading each.",
    verified_by=("spaCy",),
    detect=detect,
    reads=read,
    writes=write,
    loses=loses,
    lines=lines,
    may_lose=(Loss.OUTSIDE_TOKENS, Loss.TOKENS),
    cannot_hold=CANNOT_HOLD,
    one_reading=True,
    extra="spacy",
    needs=("spacy",),
)
