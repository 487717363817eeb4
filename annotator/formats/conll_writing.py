"""Writes CoNLL: a word and its label a line, an empty line after each sentence, -DOCSTART- before each article."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.formats.format import ProjectRecords, Setting, WriteOptions, Written
from annotator.formats.loss import Loss
from annotator.formats.project_records import codebook_of
from annotator.formats.tokens import Grid, sentences, tokens
from annotator.formats.twice import remembered
from annotator.formats.whole_file import whole_file
from annotator.model.records import AnnotationRecord, DocumentRecord
from annotator.model.span import Span, outer

DOCUMENT = "-DOCSTART-"
SCHEMES = {"bio": "BIIB", "bioes": "BIES", "bilou": "BILU"}  # first, inner, last, only word

SETTINGS = (
    Setting("scheme", "Labels", "bio", tuple(SCHEMES), "BIO is what most programs read."),
    Setting(
        "overlaps",
        "Where annotations overlap",
        "longest",
        ("longest", "columns"),
        "The longest stays, the others are counted; or each tag has a column of its own.",
    ),
)


@dataclass
class Labelled:
    """A document as words, and which of them each annotation that is kept labels: the words, its tag."""

    words: Sequence[Span]
    sentences: list[range]
    kept: list[tuple[range, str]] = field(default_factory=list)
    lost: Counter[Loss] = field(default_factory=Counter)

    def columns(self, scheme: str, tags: Sequence[str]) -> list[list[str]]:
        """One list of labels, or one for each of the tags."""
        column_of = {tag: number for number, tag in enumerate(tags)}
        made = [["O"] * len(self.words) for _ in range(max(1, len(column_of)))]
        for held, tag in self.kept:
            _label(made[column_of.get(tag, 0)], held, tag, SCHEMES[scheme])
        return made


@remembered
def labelled(record: DocumentRecord, options: WriteOptions) -> Labelled:
    """The words of a document with what labels them; of two that overlap in a column the longer stays."""
    words = tokens(record.text)
    made = Labelled(words, [])
    grid = Grid(made.words)
    placed: list[tuple[range, AnnotationRecord]] = []
    for each in record.annotations:
        held = grid.touched(outer(each.spans))
        if held:
            placed.append((held, each))
        else:
            made.lost[Loss.OUTSIDE_TOKENS] += 1
    placed.sort(key=lambda item: (-len(item[0]), item[0].start, item[1].tag))
    own_column = _own_column(options)
    taken: dict[str, set[int]] = {}
    for held, each in placed:
        there = taken.setdefault(each.tag if own_column else "", set())
        if not there.isdisjoint(held):
            made.lost[Loss.OVERLAPS] += 1
            continue
        there.update(held)
        made.lost[Loss.TOKENS] += grid.cuts(outer(each.spans))
        made.kept.append((held, each.tag))
    made.sentences = _uncut(sentences(record.text, words), (held for held, _ in made.kept))
    if _as_read(record.text, made) != record.text:
        made.lost[Loss.SPACING] = 1
    return made


def _own_column(options: WriteOptions) -> bool:
    """Whether each tag has a column of its own."""
    return options.settings.get("overlaps") == "columns"


def _uncut(found: Sequence[range], kept: Iterable[range]) -> list[range]:
    """The sentences, joined where an annotation goes on into the next: no reader lets one cross a sentence's end."""
    crossed: set[int] = set()
    for held in kept:
        crossed.update(range(held.start + 1, held.stop))
    joined: list[range] = []
    for each in found:
        if joined and each.start in crossed:
            joined[-1] = range(joined[-1].start, each.stop)
        else:
            joined.append(each)
    return joined


def _as_read(text: str, made: Labelled) -> str:
    """The text that a reader makes of words and sentences: one blank, one line end."""
    lines = ([text[start:end] for start, end in made.words[held.start : held.stop]] for held in made.sentences)
    return "\n".join(" ".join(line) for line in lines)


def _label(column: list[str], held: range, tag: str, scheme: str) -> None:
    first, inner, last, only = tuple(scheme)
    letters = [only] if len(held) == 1 else [first, *inner * (len(held) - 2), last]
    for word, letter in zip(held, letters, strict=True):
        column[word] = f"{letter}-{tag}"


def loses(record: DocumentRecord, options: WriteOptions, /) -> Mapping[Loss, int]:
    """Overlaps, cut words, blanks."""
    return +labelled(record, options).lost


def write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, options: WriteOptions, /
) -> Written:
    """One file for all documents; whole or not at all."""
    codebook = codebook_of(project)
    tags = [tag.id for tag in codebook.tags] if codebook and _own_column(options) else []
    scheme = options.settings.get("scheme", "bio")
    documents = annotations = 0
    with whole_file(destination) as file:
        for record in records:
            made = labelled(record, options)
            columns = made.columns(scheme, tags)
            width = len(columns)
            file.write(f"{DOCUMENT}{' O' * width}\n\n".encode())
            labels = columns[0] if width == 1 else [" ".join(each) for each in zip(*columns, strict=True)]
            for sentence in made.sentences:
                lines = [f"{record.text[slice(*made.words[word])]} {labels[word]}\n" for word in sentence]
                file.write("".join([*lines, "\n"]).encode())
            documents += 1
            annotations += len(made.kept)
    return Written(documents, annotations, 0, (destination,))
