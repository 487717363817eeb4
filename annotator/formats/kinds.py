"""Names what a file is when it is no plain text, so that a report says "1 Word document", never "binary"."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.formats.report import Reason, Refusal


@dataclass(frozen=True)
class Kind:
    """A kind of file, named in the singular and the plural."""

    one: str
    many: str


def _kind(one: str, many: str = "") -> Kind:
    return Kind(one, many or one + "s")


WORD = _kind("Word document")
OLD_WORD = _kind("old Word document (.doc)", "old Word documents (.doc)")
ODT = _kind("OpenDocument text")
PDF = _kind("PDF")
RTF = _kind("RTF document")
HTML = _kind("HTML page")
XML = _kind("XML file")
JSON = _kind("JSON file")
JSON_LINES = _kind("JSON Lines file")
TABLE = _kind("table (CSV or TSV)", "tables (CSV or TSV)")
SPREADSHEET = _kind("spreadsheet")
SLIDES = _kind("presentation")
OFFICE = _kind("Office document")
EBOOK = _kind("e-book")
EMAIL = _kind("e-mail message")
ARCHIVE = _kind("ZIP archive")
PACKED = _kind("packed archive")
IMAGE = _kind("image")
SOUND = _kind("sound or video file")
PROJECT = _kind("annotator project")
DNA = _kind("Discourse Network Analyzer file")
DATABASE = _kind("database (SQLite)", "databases (SQLite)")
PARQUET = _kind("Parquet table")
BRAT = _kind("brat annotation file")
CONLL = _kind("CoNLL file")
QDA = _kind("QDA project (REFI)", "QDA projects (REFI)")
YAML = _kind("YAML file")
PROGRAM = _kind("program")
FONT = _kind("font")

_SIGNATURES = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n\x1a\n", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF87a", IMAGE),
    (b"GIF89a", IMAGE),
    (b"II*\0", IMAGE),
    (b"MM\0*", IMAGE),
    (b"\0\0\x01\0", IMAGE),
    (b"8BPS", IMAGE),
    (b"ID3", SOUND),
    (b"OggS", SOUND),
    (b"fLaC", SOUND),
    (b"\x1aE\xdf\xa3", SOUND),
    (b"PAR1", PARQUET),
    (b"\x1f\x8b", PACKED),
    (b"BZh", PACKED),
    (b"\xfd7zXZ\0", PACKED),
    (b"7z\xbc\xaf\x27\x1c", PACKED),
    (b"Rar!\x1a\x07", PACKED),
    (b"\x7fELF", PROGRAM),
    (b"MZ\x90\0", PROGRAM),
    (b"\0\x01\0\0\0", FONT),
    (b"OTTO\0", FONT),
    (b"wOF", FONT),
)

_ALL_SIGNATURES = tuple(signature for signature, _ in _SIGNATURES)


def _by_suffix(suffixes: dict[Kind, str]) -> dict[str, Kind]:
    return {suffix: kind for kind, listed in suffixes.items() for suffix in listed.split()}


# Suffixes of files that are ZIP archives, old Office containers and SQLite files inside.
_ZIPPED = _by_suffix(
    {
        WORD: "docx docm dotx",
        ODT: "odt",
        SPREADSHEET: "xlsx xlsm ods",
        SLIDES: "pptx odp",
        EBOOK: "epub",
        QDA: "qdpx",
    }
)
_OLE = _by_suffix({OLD_WORD: "doc dot", SPREADSHEET: "xls", SLIDES: "ppt", EMAIL: "msg"})
_SQLITE = _by_suffix({PROJECT: "annotator", DNA: "dna"})

# Text by content, but never an article: recognised by suffix alone.
_TEXTUAL = _by_suffix(
    {
        HTML: "html htm xhtml mhtml",
        XML: "xml xmi tei",
        JSON: "json jsonld",
        JSON_LINES: "jsonl ndjson",
        TABLE: "csv tsv",
        BRAT: "ann",
        CONLL: "conll conllu conll03",
        YAML: "yaml yml",
        EMAIL: "eml",
    }
)

# What a suffix says of a file whose content says nothing.
_BY_SUFFIX = {
    **_ZIPPED,
    **_OLE,
    **_SQLITE,
    **_by_suffix(
        {
            PDF: "pdf",
            RTF: "rtf",
            WORD: "pages",
            SPREADSHEET: "numbers",
            EBOOK: "mobi azw3",
            ARCHIVE: "zip",
            PACKED: "gz bz2 xz 7z rar tar zst",
            SOUND: "mp3 mp4 m4a wav avi mov mkv webm",
            IMAGE: "jpg jpeg png gif tif tiff bmp webp heic psd",
            PARQUET: "parquet",
            PROGRAM: "exe dll so",
            FONT: "ttf otf",
            DATABASE: "sqlite sqlite3 db qda",
        }
    ),
}


def kind_by_content(head: bytes, name: str) -> Kind | None:
    """The kind that the first bytes show; `name` only tells apart what shares a container."""
    suffix = _suffix(name)
    if head.startswith(_ALL_SIGNATURES):
        return next(kind for signature, kind in _SIGNATURES if head.startswith(signature))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(head, suffix)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLE.get(suffix) or _ole(head)
    if head.startswith(b"SQLite format 3\0"):
        return _SQLITE.get(suffix, DATABASE)
    if head[4:8] == b"ftyp":
        return IMAGE if head[8:12] in (b"heic", b"heix", b"avif", b"mif1") else SOUND
    if head.startswith(b"RIFF"):
        return IMAGE if head[8:12] == b"WEBP" else SOUND
    if head[257:262] == b"ustar":
        return PACKED
    return _markup(head)


def kind_of_text(name: str) -> Kind | None:
    """The kind of a file that is made of text but, by its suffix, is no article."""
    return _TEXTUAL.get(_suffix(name))


def kind_by_suffix(name: str) -> Kind | None:
    """The kind that the name promises; only for content that says nothing itself."""
    return _BY_SUFFIX.get(_suffix(name))


def counted_kinds(refusals: Iterable[Refusal]) -> list[str]:
    """How many there are of each kind met, the most frequent first: "2 Word documents"."""
    counts = Counter(refusal.kind for refusal in refusals if refusal.reason is Reason.OTHER_KIND)
    plurals = {kind.one: kind.many for kind in globals().values() if isinstance(kind, Kind)}
    return [
        f"{count:,} {name if count == 1 else plurals.get(name, name)}"
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def other_kinds(refusals: Iterable[Refusal]) -> list[str]:
    """One sentence for each kind met, the most frequent first: "2 Word documents: not read yet."."""
    return [f"{told}: not read yet." for told in counted_kinds(refusals)]


def _suffix(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return suffix.lower() if dot and stem else ""


def _zipped(head: bytes, suffix: str) -> Kind:
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:200]:
        return ODT
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in head[:200]:
        return SPREADSHEET
    if b"mimetypeapplication/vnd.oasis.opendocument.presentation" in head[:200]:
        return SLIDES
    if b"mimetypeapplication/epub+zip" in head[:200]:
        return EBOOK
    if _first_member(head).startswith(_OF_OFFICE):  # else an archive that holds such documents
        for folder, kind in ((b"word/", WORD), (b"xl/", SPREADSHEET), (b"ppt/", SLIDES)):
            if b"[Content_Types].xml" in head and folder in head:
                return kind
    return _ZIPPED.get(suffix, ARCHIVE)


_OF_OFFICE = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/", b"customXml/")


def _first_member(head: bytes) -> bytes:
    """The name of the first file in an archive (ZIP specification, 4.3.7)."""
    return head[30 : 30 + int.from_bytes(head[26:28], "little")]


def _ole(head: bytes) -> Kind:
    for stream, kind in (("WordDocument", OLD_WORD), ("Workbook", SPREADSHEET), ("PowerPoint Document", SLIDES)):
        if stream.encode("utf-16-le") in head:
            return kind
    return OFFICE


def _markup(head: bytes) -> Kind | None:
    if b"<" not in head[:64]:
        return None
    start = (
        head[:1024].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").removeprefix(b"\xff\xfe").lstrip()[:512].lower()
    )
    if start.startswith((b"<!doctype html", b"<html", b"<head>", b"<body")):
        return HTML
    if start.startswith((b"<?xml", b"<!doctype ")):
        return HTML if b"<html" in start or b"//dtd xhtml" in start else XML
    return HTML if start.startswith(b"<!--") and b"<html" in start else None
