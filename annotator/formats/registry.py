"""The formats that can be read and written: adding one is a module and a line in FORMATS."""

from pathlib import Path

from annotator.formats.archives import ZIP
from annotator.formats.articles_csv import ARTICLES_CSV
from annotator.formats.articles_json import ARTICLES_JSON
from annotator.formats.articles_xlsx import ARTICLES_XLSX
from annotator.formats.brat import BRAT
from annotator.formats.cas_json import CAS_JSON
from annotator.formats.conll import CONLL
from annotator.formats.dataset import DATASET
from annotator.formats.delimited import CSV, TSV
from annotator.formats.dna import DNA
from annotator.formats.doccano import DOCCANO
from annotator.formats.docx import DOCX
from annotator.formats.format import Format
from annotator.formats.guards import first_bytes
from annotator.formats.html_page import HTML_PAGE
from annotator.formats.jsonl import JSONL
from annotator.formats.label_studio import LABEL_STUDIO
from annotator.formats.mail import MAIL
from annotator.formats.odt import ODT
from annotator.formats.offsets import OFFSETS
from annotator.formats.parquet import PARQUET
from annotator.formats.pdf import PDF
from annotator.formats.plain_text import TEXT
from annotator.formats.prodigy import PRODIGY
from annotator.formats.qdpx import QDPX
from annotator.formats.qualcoder import QUALCODER
from annotator.formats.rtf import RTF
from annotator.formats.spacy_docbin import SPACY
from annotator.formats.spacy_json import SPACY_JSON
from annotator.formats.statements import STATEMENTS
from annotator.formats.taguette import TAGUETTE
from annotator.formats.web_annotation import WEB_ANNOTATION
from annotator.formats.web_page import WEB_PAGE
from annotator.formats.webanno import WEBANNO
from annotator.formats.xlsx import XLSX
from annotator.formats.xmi import XMI

# In the order in which content is tried: the most particular first, plain text last.
FORMATS: tuple[Format, ...] = (
    OFFSETS,
    ARTICLES_JSON,
    JSONL,
    BRAT,
    WEB_ANNOTATION,
    DOCCANO,
    PRODIGY,
    LABEL_STUDIO,
    WEBANNO,
    XMI,
    CAS_JSON,
    SPACY,
    SPACY_JSON,
    QDPX,
    DNA,
    TAGUETTE,
    QUALCODER,
    CONLL,
    STATEMENTS,
    CSV,
    TSV,
    XLSX,
    PARQUET,
    HTML_PAGE,
    DATASET,
    WEB_PAGE,
    PDF,
    DOCX,
    ODT,
    RTF,
    MAIL,
    ARTICLES_CSV,
    ARTICLES_XLSX,
    ZIP,
    TEXT,
)


def detect(path: Path) -> Format | None:
    """The format that reads a path, by its content; a folder of no particular kind is a folder of texts."""
    folder = path.is_dir()
    head = b"" if folder else first_bytes(path)
    for each in FORMATS:
        if each.is_read and (not folder or each.folder or each is TEXT) and each.detect(path, head):
            return each
    return None


def by_name(name: str) -> Format | None:
    """The format that the command line calls `name`."""
    return next((each for each in FORMATS if each.name == name), None)
