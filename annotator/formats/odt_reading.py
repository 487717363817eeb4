"""Reads OpenDocument texts: a line for each heading and paragraph, in order, cells of tables and frames among them.

Left out are comments, what was deleted while changes were tracked, and notes, which are counted in a warning.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from annotator.errors import AnnotatorError
from annotator.formats import kinds
from annotator.formats.archives import opened_zip
from annotator.formats.article_file import article, borne_out, xml_part
from annotator.formats.format import ReadOptions
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord

_CONTENT, _META = "content.xml", "meta.xml"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_LINES = (f"{_TEXT}p", f"{_TEXT}h")
_LEFT_OUT = frozenset(
    {f"{_TEXT}note", f"{_TEXT}tracked-changes", f"{_TEXT}ruby-text", f"{_OFFICE}annotation", f"{_OFFICE}forms"}
)
_BLANKS = 1000  # that one element may stand for


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a file is an archive with an OpenDocument text inside."""
    return head.startswith(b"PK") and kinds.kind_by_content(head, path.name) is kinds.ODT


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The article of one document."""
    with opened_zip(path) as archive:
        names = set(archive.namelist())
        if _CONTENT not in names:
            raise AnnotatorError(f"Cannot read {path.name}: it holds no OpenDocument text.")
        root = xml_part(archive, _CONTENT, path)
        title = next(xml_part(archive, _META, path).iter(_TITLE), None) if _META in names else None
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise AnnotatorError(f"Cannot read {path.name}: it holds no text, or it is encrypted.")
    text = "\n".join(_lines(body))
    made = article(text, path, options, title=borne_out(title.text or "" if title is not None else "", text))
    notes = sum(1 for _ in root.iter(f"{_TEXT}note"))
    if notes:
        report.warn(made.where, f"footnotes and endnotes left out: {notes:,}")
    yield made


def _lines(element: Element) -> Iterator[str]:
    """The text of each paragraph and heading below an element; what is framed in a paragraph stands behind it."""
    for each in element:
        if each.tag in _LINES:
            yield "".join(_pieces(each))
            yield from _lines(each)
        elif each.tag not in _LEFT_OUT:
            yield from _lines(each)


def _pieces(element: Element) -> Iterator[str]:
    """What a paragraph shows. Blanks in a row are one, as the standard has it; more are elements of their own."""
    yield _one_blank(element.text)
    for each in element:
        if each.tag == f"{_TEXT}s":
            count = each.get(f"{_TEXT}c", "1")
            yield " " * min(int(count) if count.isascii() and count.isdigit() and len(count) < 9 else 1, _BLANKS)
        elif each.tag == f"{_TEXT}tab":
            yield "\t"
        elif each.tag == f"{_TEXT}line-break":
            yield "\n"
        elif each.tag not in _LEFT_OUT and each.tag not in _LINES:
            yield from _pieces(each)
        yield _one_blank(each.tail)


def _one_blank(text: str | None) -> str:
    """Each run of blanks, tabs and line ends of the XML as one blank."""
    if not text:
        return ""
    words = " ".join(part for part in text.replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" ") if part)
    lead = " " if text[0] in " \t\r\n" else ""
    return lead + words + (" " if words and text[-1] in " \t\r\n" else "")
