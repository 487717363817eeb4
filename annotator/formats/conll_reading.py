"""Reads CoNLL files with labels in BIO, IOB, BIOES or BILOU: words become a text, labels annotations of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats.conll_writing import DOCUMENT
from annotator.formats.decoding import LIMIT
from annotator.formats.format import HEAD, ReadOptions, Setting
from annotator.formats.guards import text_lines
from annotator.formats.report import Reason, Report
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord
from annotator.model.span import Span

SETTINGS = (
    Setting("columns", "Columns with labels", "last", ("last", "all"), "All: each column after the words has labels."),
    Setting(
        "documents", "An article is", "file", ("file", "sentence"), "What lies between -DOCSTART- lines, or a sentence."
    ),
)
_LABEL = re.compile(r"[BIOESLUM]|[BIESLUM]-\S+")
_OUTSIDE = ("O", "_", "-")


def detect(_path: Path, head: bytes, /) -> bool:
    """Whether every line has a word and, in the last column, a label."""
    try:
        text = head.decode()
    except UnicodeDecodeError as fault:
        if len(head) < HEAD or fault.start < len(head) - 4:
            return False
        text = head[: fault.start].decode()
    lines = text.removeprefix("\ufeff").split("\n")
    seen = [_columns(line.rstrip("\r")) for line in lines[: -1 if len(head) >= HEAD else None]]
    rows = [row for row in seen if row and row[0] != DOCUMENT and not row[0].startswith("#")]
    return bool(rows) and all(len(row) > 1 and _LABEL.fullmatch(row[-1]) for row in rows)


def _columns(line: str) -> list[str]:
    return line.split("\t") if "\t" in line else [part for part in line.split(" ") if part]


@dataclass
class _Article:
    """A document while its lines come in."""

    parts: list[str] = field(default_factory=list)  # words and what lies between them
    length: int = 0
    labels: list[list[str]] = field(default_factory=list)  # of each word, a label a column
    words: list[Span] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)  # words with which a sentence begins
    after: str = ""  # what stands before the next word

    def word(self, word: str, labels: list[str]) -> None:
        self.parts.append(self.after + word)
        start = self.length + len(self.after)
        self.length = start + len(word)
        self.words.append(Span(start, self.length))
        self.labels.append(labels)
        self.after = " "

    def end_sentence(self) -> None:
        if self.words and self.after != "\n":
            self.after = "\n"
            self.breaks.append(len(self.words))


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The documents of a file. Words are put together with one blank, sentences with a line end."""
    by_sentence = options.settings.get("documents") == "sentence"
    every = options.settings.get("columns") == "all"
    article, number, where, width = _Article(), 0, path.name, 0
    for line_number, line in text_lines(path):
        row = _columns(line)
        begins = bool(row) and row[0] == DOCUMENT
        if article.words and (begins or (by_sentence and not row)):
            number += 1
            yield _document(article, path, number, where)
            article = _Article()
        if begins or not row:
            article.end_sentence()
            continue
        if row[0].startswith("#") and not (len(row) > 1 and _LABEL.fullmatch(row[-1])):
            continue
        labels = row[1:] if every else row[-1:]
        width = width or len(row)
        if len(row) < 2 or len(row) != width or not all(each in _OUTSIDE or _LABEL.fullmatch(each) for each in labels):
            report.refuse(f"{path.name}, line {line_number}", "no word with a label")
            labels = []
        if not article.words:
            where = f"{path.name}, line {line_number}"
        article.word(row[0], labels)
        if article.length > LIMIT // 4:
            raise AnnotatorError(f"{path.name}, line {line_number}: the article is larger than {LIMIT >> 22} MB.")
    if article.words:
        yield _document(article, path, number + 1 if number else 0, where)
    elif not number:
        report.refuse(path.name, "empty", Reason.EMPTY)


def _document(article: _Article, path: Path, number: int, where: str) -> DocumentRecord:
    width = max((len(labels) for labels in article.labels), default=0)
    annotations = [
        AnnotationRecord(coder="", tag=tag, spans=(Span(article.words[held[0]].start, article.words[held[-1]].end),))
        for column in range(width)
        for held, tag in _spans(
            [each[column] if column < len(each) else "O" for each in article.labels], article.breaks
        )
    ]
    annotations.sort(key=lambda each: (each.spans[0].start, -each.spans[0].end))
    name = f"{path.stem}-{number}{path.suffix}" if number else path.name
    return DocumentRecord(
        text="".join(article.parts),
        source_name=name,
        readings=(ReadingRecord(""),) if annotations else (),
        annotations=tuple(annotations),
        where=where,
    )


def _spans(labels: Sequence[str], breaks: Sequence[int]) -> Iterator[tuple[range, str]]:
    """The words of each annotation and its tag; a label that cannot go on from the one before begins anew."""
    ends = frozenset(breaks)
    begin, tag, closed = 0, "", True
    for number, label in enumerate([*labels, "O"]):
        letter, _, name = label.partition("-")
        if label in _OUTSIDE:
            name = ""
        goes_on = bool(name) and letter in "IELM" and not closed and name == tag and number not in ends
        if not goes_on:
            if tag:
                yield range(begin, number), tag
            begin, tag = number, name
        closed = letter in "ELUS"
