"""One article out of one file of another program: what its reader found, and for the rest what the text proposes."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from annotator.errors import AnnotatorError
from annotator.formats import metadata
from annotator.formats.archives import member
from annotator.formats.decoding import LIMIT
from annotator.formats.format import ReadOptions
from annotator.formats.newlines import unified
from annotator.formats.text_files import shown_name
from annotator.formats.xml_guard import xml_root
from annotator.model.records import DocumentRecord

XML_LIMIT = 64 * 1024 * 1024  # bytes of one XML part of a document, unpacked
_TAGS = 2_000_000  # opening and closing tags in such a part: each element costs some 200 bytes once parsed
_BLANK = "\ufeff\0 \t\n\v\f\x85\xa0\u2028\u2029"


def article(
    text: str,
    path: Path,
    options: ReadOptions,
    *,
    title: str = "",
    outlet: str = "",
    date: str = "",
    url: str = "",
    language: str = "",
    extra: Mapping[str, object] | None = None,
) -> DocumentRecord:
    """The article of a file; a fact that the file does not state is proposed from its text and name.

    Raises AnnotatorError for a file without text, and for one with more than a project can hold.
    """
    text = unified(text)
    if not text.strip(_BLANK):
        raise AnnotatorError(f"Cannot read {path.name}: it holds no text.")
    if len(text) * 4 > LIMIT and len(text.encode(errors="surrogatepass")) > LIMIT:
        raise AnnotatorError(f"Cannot read {path.name}: its text is larger than {LIMIT >> 20} MB.")
    name = options.name or shown_name(path.name)
    proposal = metadata.propose(text, name)
    return DocumentRecord(
        text=text,
        title=title or proposal.title,
        outlet=outlet or proposal.outlet,
        date=date or proposal.date,
        url=url or proposal.url,
        language=language,
        source_name=name,
        extra=extra or {},
        where=name,
    )


def borne_out(title: str, text: str) -> str:
    """A title that a file states of itself, if it stands among the first lines; else nothing.

    Word and its kin keep the title of the template, or of the first document that was saved under another name.
    """
    said = " ".join(title.split())
    return said if said and said in " ".join(text[:2000].split()) else ""


def xml_part(archive: zipfile.ZipFile, name: str, path: Path) -> Element:
    """The root of an XML part of a document that is an archive inside. Raises AnnotatorError."""
    data = member(archive, name, XML_LIMIT)
    if data.count(b"<") > _TAGS:
        raise AnnotatorError(f"Cannot read {path.name}: {name} in it has more than {_TAGS // 2:,} elements.")
    return xml_root(data, f"{path.name}, {name}")
