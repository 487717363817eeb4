"""Reads web pages with trafilatura, which finds the article; a line for each paragraph, heading, item and table row."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats import kinds
from annotator.formats.article_file import article
from annotator.formats.decoding import NotTextError, decode
from annotator.formats.encodings import label
from annotator.formats.format import ReadOptions, Setting
from annotator.formats.guards import read_bytes
from annotator.formats.metadata import dates
from annotator.formats.report import Report
from annotator.model.records import DocumentRecord

SETTINGS = (
    Setting(
        "headline",
        "A headline that stands apart is",
        "title",
        ("title", "text"),
        "Text: it becomes the first line too, so that words of it can be tagged.",
    ),
)
_SIZE = 8 * 1024 * 1024  # bytes
_TAGS = 100_000  # past this the search for the article takes more than seconds
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"<html[^>]{0,500}?\s(?:xml:)?lang\s*=\s*[\"']?([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)", re.IGNORECASE
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_LATIN = ("iso8859-1", "ascii")  # what the Web writes for Windows-1252 (WHATWG Encoding Standard)
_LINES = frozenset({"p", "head", "item", "quote", "code", "row", "list", "table", "div", "figure"})
_BLANKS = re.compile(r"[ \t\n\r\f]+")


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a file has the marks of a web page, or the name of one and no marks of anything else."""
    found = kinds.kind_by_content(head, path.name)
    return found is kinds.HTML or (found is None and kinds.kind_of_text(path.name) is kinds.HTML and b"<" in head)


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The article of one page. Raises AnnotatorError where none is found."""
    page, encoding = _decoded(path, read_bytes(path, _SIZE), report, options)
    found, text = extracted(path, page)
    title = _one_line(found.title)
    if options.settings.get("headline") == "text" and title and title not in text[: len(title) + 400]:
        text = f"{title}\n{text}"
    language = _LANGUAGE.search(page[:4000])
    author = _one_line(found.author)
    yield article(
        text,
        path,
        options,
        title=title,
        outlet=_one_line(found.sitename),
        date=next(iter(dates(found.date or "")), ""),
        url=found.url if (found.url or "").startswith(("http://", "https://")) else "",
        language=language[1] if language else "",
        extra={"encoding": encoding} | ({"author": author} if author else {}),
    )


def _decoded(path: Path, data: bytes, report: Report, options: ReadOptions) -> tuple[str, str]:
    """The page as text: the encoding a person chose, else its byte order mark, else what it says, else a guess."""
    said = _CHARSET.search(data[:4096])
    chosen = options.encoding or (_known(said[1].decode("ascii")) if said and not data.startswith(_MARKS) else None)
    try:
        try:
            found = decode(data, chosen)
        except NotTextError:
            if options.encoding or not chosen:
                raise
            found = decode(data)
            report.warn(path.name, f"it says that it is {label(chosen)}, but is not; read as {label(found.encoding)}")
    except NotTextError as fault:
        raise AnnotatorError(f"Cannot read {path.name}: {str(fault).rstrip('.')}.") from fault
    if not found.sure:
        report.warn(path.name, f"read as {label(found.encoding)}, which is a guess")
    return _DECLARATION.sub("", found.text.removeprefix("\ufeff")), found.encoding


_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _known(name: str) -> str | None:
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    return "cp1252" if codec in _LATIN else codec if not codec.startswith("utf-16") else "utf-8"


def extracted(path: Path, page: str) -> tuple[Any, str]:
    """What trafilatura finds in a page, and the text of its article; nothing is fetched.

    Raises AnnotatorError, in which `path` names the page, where there is no article.
    """
    if page.count("<") > _TAGS:
        raise AnnotatorError(f"Cannot read {path.name}: it has more than {_TAGS // 2:,} elements.")
    found = _found(page)
    text = "\n".join(_lines(found.body)) if found is not None and found.body is not None else ""
    if not text:
        raise AnnotatorError(f"Cannot read {path.name}: no article was found in the page.")
    return found, text


def _found(page: str) -> Any:
    from trafilatura import bare_extraction

    try:
        # Only dates that the page states for the article, and of these the first publication.
        dated = {"extensive_search": False, "original_date": True}
        return bare_extraction(page, with_metadata=True, include_comments=False, date_extraction_params=dated)
    except Exception:  # what lxml and the rules raise over broken pages has no common class
        return None


def _lines(body: Any) -> Iterator[str]:
    """The lines of the article as trafilatura marks them (its elements are those of TEI)."""
    for text in _blocks(body):
        line = _BLANKS.sub(" ", text).strip(" ")
        if line:
            yield line


def _blocks(element: Any) -> Iterator[str]:
    """Stretches of text between the beginnings and ends of blocks; the cells of a row are put apart with tabs."""
    if element.tag == "row":
        cells = (_BLANKS.sub(" ", "".join(cell.itertext())).strip(" ") for cell in element)
        yield "\t".join(cell for cell in cells if cell)
        return
    made = [element.text or ""]
    for each in element:
        if each.tag in _LINES:
            yield "".join(made)
            yield from _blocks(each)
            made = [each.tail or ""]
        elif each.tag == "lb":
            yield "".join(made)
            made = [each.tail or ""]
        else:
            inner = list(_blocks(each)) if isinstance(each.tag, str) else [""]
            made.append(inner[0])
            for block in inner[1:]:
                yield "".join(made)
                made = [block]
            made.append(each.tail or "")
    yield "".join(made)


def _one_line(value: str | None) -> str:
    return " ".join((value or "").split())[:500]
