"""Reads PDFs page by page with PDFium, which finds the order of the words; `pdf_lines` makes paragraphs of them."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.article_file import article, borne_out
from annotator.formats.decoding import LIMIT
from annotator.formats.format import ReadOptions, Setting
from annotator.formats.guards import read_bytes
from annotator.formats.pdf_lines import Line, as_they_stand, joined
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord

SETTINGS = (
    Setting(
        "lines",
        "Lines of a page are",
        "joined",
        ("joined", "kept"),
        "Joined: to paragraphs, and words that were cut at a line end are whole again.",
    ),
)
_SIZE = 256 * 1024 * 1024  # bytes
_PAGES = 5_000
_HYPHENS = (0x02, 0xFFFE)  # what PDFium gives for a hyphen and the line end behind it
_LINE_ENDS = (0x0D, 0x0A, *_HYPHENS)
_pdfium = threading.Lock()  # PDFium may be used by one thread at a time


def detect(_path: Path, head: bytes, /) -> bool:
    """Whether the mark of a PDF stands in the first kilobyte, where programs look for it."""
    return b"%PDF-" in head[:1024]


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The article of one file. Raises AnnotatorError for one that is scanned, locked or broken."""
    data = read_bytes(path, _SIZE)
    with _pdfium:
        pages, title = _contents(path, data, report)
    if not any(line.text.strip() for page in pages for line in page):
        raise AnnotatorError(
            f"Cannot read {path.name}: it holds no text, only pictures of pages; let a program for text recognition "
            "(OCR) read it first."
        )
    text = as_they_stand(pages) if options.settings.get("lines") == "kept" else joined(pages)
    yield article(text, path, options, title=borne_out(title, text))


def _contents(path: Path, data: bytes, report: Report) -> tuple[list[list[Line]], str]:
    """The lines of each page, and the title that the file gives itself."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        locked = "password" in str(fault).lower()
        why = "it is locked by a password" if locked else "it is a damaged PDF"
        raise AnnotatorError(f"Cannot read {path.name}: {why}.") from None
    try:
        if len(document) > _PAGES:
            raise AnnotatorError(f"Cannot read {path.name}: it has more than {_PAGES:,} pages.")
        pages: list[list[Line]] = []
        size = 0
        for number in range(len(document)):
            try:
                page = _page(document, number)
            except pypdfium2.PdfiumError:
                report.refuse(f"{path.name}, page {number + 1}", "damaged")
                continue
            size += sum(len(line.text) for line in page)
            if size > LIMIT // 4:
                raise AnnotatorError(f"Cannot read {path.name}: its text is larger than {LIMIT >> 20} MB.")
            pages.append(page)
        return pages, document.get_metadata_dict().get("Title", "")
    finally:
        document.close()


def _page(document: Any, number: int) -> list[Line]:
    """The lines of a page in the order in which PDFium reads them."""
    import pypdfium2.raw as pdfium

    page = document[number]
    words = page.get_textpage()
    lines: list[Line] = []
    begin, characters = 0, list[str]()
    for index in range(min(words.count_chars(), LIMIT // 4)):
        character = pdfium.FPDFText_GetUnicode(words, index)
        if character in _LINE_ENDS:
            if characters:
                lines.append(_line(words, characters, begin, index - 1, cut=character in _HYPHENS))
            characters = []
        else:
            if not characters:
                begin = index
            characters.append(chr(character) if 0 < character < 0x110000 else "")
    if characters:
        lines.append(_line(words, characters, begin, begin + len(characters) - 1, cut=False))
    words.close()
    page.close()
    return lines


def _line(words: Any, characters: list[str], first: int, last: int, *, cut: bool) -> Line:
    """A line with its place on the page, in points from below and from the left."""
    while first < last and characters[first - last - 1].isspace():
        first += 1
    left, bottom, _, top = words.get_charbox(first, loose=True)
    right = words.get_charbox(last, loose=True)[2]
    # PDFium gives what lies beyond the Basic Multilingual Plane in halves.
    text = "".join(characters).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Line(text.replace("\0", ""), left, right, top, bottom, cut)
