"""Reads e-mails: the plain text of a message; where it has only a page, the article in that."""

import re
from collections.abc import Iterator
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats.article_file import article
from annotator.formats.decoding import NotTextError, decode
from annotator.formats.format import ReadOptions
from annotator.formats.guards import read_bytes
from annotator.formats.report import Report
from annotator.formats.web_page import WEB_PAGE
from annotator.formats.web_page_reading import extracted
from annotator.model.records import DocumentRecord

_SIZE = 64 * 1024 * 1024  # bytes, attachments included
_PARTS = 10_000
_HEADERS = 256 * 1024  # bytes
_HEADER = re.compile(rb"(?:[!-9;-~]{1,80}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+")
_HEADER_SIZE = 4096  # bytes of one header that is looked into: the parser's time grows with the square of it
_LOOKED_INTO = re.compile(
    rb"^(?:subject|from|date|content-(?:type|disposition|transfer-encoding)):[^\n]*(?:\n[ \t][^\n]*)*", re.I | re.M
)
_TELLING = (b"from", b"date", b"subject", b"message-id", b"mime-version")


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a file is called a message and begins with the headers of one."""
    found = _HEADER.match(head) if path.suffix.lower() == ".eml" else None
    names = {line.partition(b":")[0].lower() for line in found[0].split(b"\n")} if found else set()
    return sum(name in names for name in _TELLING) > 1


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The article of one message."""
    data = read_bytes(path, _SIZE)
    _refuse_bounds(path, data)
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        text = _body(path, message)
    except AnnotatorError:
        raise
    except Exception as fault:  # what the parser raises over damaged messages has no common class
        raise AnnotatorError(f"Cannot read {path.name}: it is a damaged message.") from fault
    subject, sent, sender = (_header(message, name) for name in ("subject", "date", "from"))
    name = " ".join(sender.split())[:500]
    made = article(
        text,
        path,
        options,
        title=" ".join(subject.split())[:500],
        date=_day(sent),
        extra={"from": name} if name else {},
    )
    attached = sum(1 for _ in message.iter_attachments()) if message.is_multipart() else 0
    if attached:
        report.warn(made.where, f"attachments left out: {attached:,}")
    yield made


def _refuse_bounds(path: Path, data: bytes) -> None:
    """Raises AnnotatorError for a message that would keep the parser busy for minutes."""
    if len(re.split(rb"\r?\n\r?\n", data[: _HEADERS + 1], maxsplit=1)[0]) > _HEADERS:
        raise AnnotatorError(f"Cannot read {path.name}: its headers are larger than {_HEADERS // 1024} kB.")
    if any(len(found[0]) > _HEADER_SIZE for found in _LOOKED_INTO.finditer(data)):
        raise AnnotatorError(f"Cannot read {path.name}: one of its headers is larger than {_HEADER_SIZE // 1024} kB.")
    if data.count(b"\n--") > _PARTS:
        raise AnnotatorError(f"Cannot read {path.name}: it has more than {_PARTS:,} parts.")


def _body(path: Path, message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        raise AnnotatorError(f"Cannot read {path.name}: it holds no text.")
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    try:
        text = decode(data, part.get_content_charset() or None).text
    except NotTextError as fault:
        raise AnnotatorError(f"Cannot read {path.name}: {str(fault).rstrip('.')}.") from fault
    except AnnotatorError:  # an encoding that nobody knows
        text = data.decode("latin-1")
    if part.get_content_type() != "text/html":
        return text
    WEB_PAGE.refuse_missing()
    return extracted(path, text)[1]


def _header(message: EmailMessage, name: str) -> str:
    """What a header says; nothing for one that is damaged."""
    try:
        return str(message.get(name, ""))
    except Exception:  # what the parser raises over damaged headers has no common class
        return ""


def _day(sent: str) -> str:
    """The day on which it was sent, where it was sent."""
    try:
        found: datetime = parsedate_to_datetime(sent)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return found.date().isoformat()
