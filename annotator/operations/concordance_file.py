"""A concordance as a table: for the clipboard, and as a CSV or TSV file that spreadsheets open."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.formats.cells import guarded, joined
from annotator.formats.whole_file import whole_file
from annotator.operations.progress import Progress, silent
from annotator.storage.concordance import Place

HEAD = ("before", "match", "after", "title", "date", "in", "tags", "coders", "start", "end", "document")
_TOLD = 500  # rows between two words about progress


def save_concordance(places: Iterable[Place], dest: Path, *, progress: Progress = silent) -> int:
    """Write places to `dest`, with tabs if it ends with .tsv, else as CSV; it appears whole or not at all.

    Returns how many rows it has. Raises AnnotatorError if it cannot be written.
    """
    delimiter = "\t" if dest.suffix.lower() == ".tsv" else ","
    number = 0
    with whole_file(dest) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="")
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
        writer.writerow(HEAD)
        for number, row in enumerate(map(_cells, places), 1):
            if number % _TOLD == 0:
                progress(number, 0)
            writer.writerow([guarded(cell) for cell in row])
        text.flush()
        text.detach()
    return number


def as_clipboard(places: Iterable[Place]) -> str:
    """Places as lines with tabs between the cells, without the head."""
    return "\n".join("\t".join(_cells(place)) for place in places)


def _cells(place: Place) -> Iterator[str]:
    yield from (" ".join(each.split()) for each in (place.before, place.match, place.after, place.title))
    yield from (place.date, place.where)
    yield joined(dict.fromkeys(mark.tag for mark in place.marks))
    yield joined(dict.fromkeys(mark.coder for mark in place.marks))
    yield from (str(place.start), str(place.end), place.document_id)
