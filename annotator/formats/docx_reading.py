"""Reads Word documents: a line for each paragraph of the body, in order, cells of tables and text boxes among them.

Taken are tracked insertions and what a field shows; left out are tracked deletions, comments, page headers and
footers, field codes. Notes at the foot are counted in a warning.
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

BODY = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "Fallback", "txbxContent"})
_NOTES = ("footnoteReference", "endnoteReference")


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a file is an archive with a Word document inside; old ones (.doc) are none."""
    return head.startswith(b"PK") and kinds.kind_by_content(head, path.name) is kinds.WORD


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The article of one document."""
    with opened_zip(path) as archive:
        names = set(archive.namelist())
        if BODY not in names:
            raise AnnotatorError(f"Cannot read {path.name}: it holds no Word document.")
        root = xml_part(archive, BODY, path)
        title = xml_part(archive, _PROPERTIES, path).findtext(_TITLE, "") if _PROPERTIES in names else ""
    text = "\n".join(_paragraphs(root))
    made = article(text, path, options, title=borne_out(title, text))
    notes = sum(_local(each) in _NOTES for each in root.iter())
    if notes:
        report.warn(made.where, f"footnotes and endnotes left out: {notes:,}")
    yield made


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _paragraphs(element: Element) -> Iterator[str]:
    """The text of each paragraph below an element."""
    for each in element:
        name = _local(each)
        if name == "p":
            yield "".join(_pieces(each))
            for box in _boxes(each):
                yield from _paragraphs(box)
        elif name not in _LEFT_OUT:
            yield from _paragraphs(each)


def _pieces(element: Element) -> Iterator[str]:
    """What the runs of a paragraph show."""
    for each in element:
        name = _local(each)
        if name == "t":
            yield each.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in _LEFT_OUT and name != "p":
            yield from _pieces(each)


def _boxes(element: Element) -> Iterator[Element]:
    """The text boxes that hang on a paragraph; the form of a drawing for old programs (Fallback) only repeats them."""
    for each in element:
        name = _local(each)
        if name == "txbxContent":
            yield each
        elif name != "Fallback":
            yield from _boxes(each)
