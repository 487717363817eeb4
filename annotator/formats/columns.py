"""Tables of articles, one a row: which column is the text, which the title and so on, guessed and then chosen.

Of CSV, spreadsheets and JSON alike. A setting named as the field says the column, by its name or as `#3`; `-` means
that there is none, and empty that it goes by the header. Columns that are taken for nothing stay with the article as
fields of their own.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from datetime import date, datetime
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.format import Setting
from annotator.formats.jsonl_fields import DOCUMENT
from annotator.formats.metadata import dates
from annotator.formats.newlines import unified
from annotator.formats.report import Reason, Report
from annotator.model.records import DocumentRecord

NONE = "-"  # what a person chooses when no column is it
FIELDS = {
    "text": "Text",
    "title": "Title",
    "date": "Date",
    "outlet": "Outlet",
    "url": "Address",
    "language": "Language",
    "coder": "To be coded by",
}
_DAYS = ("clear ones", "day first", "month first")
SETTINGS = (
    *(Setting(name, label, "", (), "A column; empty: by its header; -: none.") for name, label in FIELDS.items()),
    Setting("days", "Dates such as 01/10/2022", _DAYS[0], _DAYS, "Clear ones: only dates that can be read one way."),
)
# Headers by which columns are known, best first, without blanks and signs.
_HEADERS = {
    "text": "text fulltext articletext bodytext maintext body content articlebody article story fullcontent volltext "
    "inhalt artikel texte contenu corps texto contenido cuerpo testo tekst",
    "title": "title headline articletitle heading head titel überschrift titre titulo título titolo",
    "date": "date published publicationdate datepublished publishedat publisheddate datepublish pubdate publishdate "
    "datum erscheinungsdatum fecha data created createdat timestamp",
    "outlet": "outlet newspaper publication publisher medium source sourcename sourcedomain sitename site zeitung "
    "quelle journal medio periodico",
    "url": "url link address uri weburl sourceurl canonicalurl permalink href",
    "language": "language lang sprache langue idioma lingua",
    "coder": "coder codedby assignedto annotator codierer kodierer codeur",
}
_KNOWN = {name: words.split() for name, words in _HEADERS.items()}
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_SLASHED = re.compile(r"\s*(\d\d?)[/.-](\d\d?)[/.-](\d{4})\b.*", re.DOTALL)
_CODERS = re.compile(r"[;,|]")
# Names that mean something among the fields of an article here; a column called so is kept under another name.
_OUR_WORDS = DOCUMENT | {"encoding", "appearances", "assigned_to", "earlier_texts", "reason", "question"}


@dataclass(frozen=True)
class Columns:
    """The columns of a table by name, and the one that each field is taken from."""

    names: tuple[str, ...]
    taken: Mapping[str, str]
    encoding: str = ""  # in which a table that is text was read
    sure: bool = True  # False for a guess
    choices: Mapping[str, tuple[str, ...]] = made_by(default_factory=dict)  # of other settings; the first is in use


def named(header: Sequence[str]) -> tuple[str, ...]:
    """A name for each column: its header, with its number where that is empty or stands twice."""
    made: list[str] = []
    for number, cell in enumerate(header, 1):
        name = " ".join(cell.removeprefix("\ufeff").split())[:100]
        made.append(name if name and name not in made else f"{name} #{number}".strip())
    return tuple(made)


def guessed(names: Sequence[str], rows: Iterable[Mapping[str, Any]] = ()) -> dict[str, str]:
    """The column of each field by its header; without a header for the text, the column with the longest cells."""
    plain = {re.sub(r"[\W_]+", "", name.casefold()): name for name in reversed(names)}
    found: dict[str, str] = {}
    for field, known in _KNOWN.items():
        name = next((plain[word] for word in known if word in plain), None)
        if name is not None and name not in found.values():
            found[field] = name
    if "text" not in found:
        lengths = dict.fromkeys(names, 0)
        for row in rows:
            for name, value in row.items():
                lengths[name] = lengths.get(name, 0) + (len(value) if isinstance(value, str) else 0)
        longest = max(lengths, key=lambda name: lengths[name], default=None)
        if longest is not None and lengths[longest] and longest not in found.values():
            found["text"] = longest
    return found


def chosen(
    names: Sequence[str], settings: Mapping[str, str], file: str, rows: Iterable[Mapping[str, Any]] = ()
) -> Columns:
    """The columns as a person chose them, for the rest as they are guessed. Raises AnnotatorError.

    `rows` are a few of the table, to know the text by its length.
    """
    taken: dict[str, str] = {}
    for field in FIELDS:
        wish = settings.get(field, "")
        if wish and wish != NONE:
            taken[field] = _column(wish, names, file)
    wished = set(taken.values())
    by_header = guessed(names, rows).items()
    taken |= {field: name for field, name in by_header if not settings.get(field) and name not in wished}
    if "text" not in taken:
        raise AnnotatorError(f"Cannot read {file}: say which column is the text, out of {_listed(names)}.")
    return Columns(tuple(names), taken)


def article_of(
    row: Mapping[str, Any], columns: Columns, where: str, report: Report, settings: Mapping[str, str], source: str
) -> DocumentRecord | None:
    """The article of a row; None, and refused in the report, where it has no text."""
    text = _plain(row.get(columns.taken["text"]))
    if not text.strip():
        report.refuse(where, "it has no text", Reason.EMPTY)
        return None
    told = {field: " ".join(_plain(row.get(name)).split()) for field, name in columns.taken.items() if field != "text"}
    extra = {
        _own_name(name): value
        for name, value in row.items()
        if name not in columns.taken.values() and value not in ("", None)
    }
    day = _date(row.get(columns.taken.get("date", "")), settings.get("days", ""))
    if told.get("date") and not day:
        report.warn(where, f"its date {told['date'][:40]!r} can be read in several ways, or in none; it was left empty")
        extra[columns.taken["date"]] = told["date"]
    coders = [name.strip() for name in _CODERS.split(told.get("coder", "")) if name.strip()]
    return DocumentRecord(
        text=unified(text),
        title=told.get("title", ""),
        outlet=told.get("outlet", ""),
        date=day,
        url=told.get("url", ""),
        language=told.get("language", ""),
        source_name=source,
        extra=extra | ({"assigned_to": coders} if coders else {}),
        where=where,
    )


def _own_name(column: str) -> str:
    """Under which name a column stays with the article."""
    if column.casefold() == "id":
        return "source_id"
    return f"{column} (column)" if column in _OUR_WORDS else column


def _column(wish: str, names: Sequence[str], file: str) -> str:
    if wish in names:
        return wish
    folded = [name for name in names if name.casefold() == wish.casefold()]
    number = int(wish[1:]) if re.fullmatch(r"#\d{1,5}", wish) else 0
    if len(folded) == 1:
        return folded[0]
    if 1 <= number <= len(names):
        return names[number - 1]
    raise AnnotatorError(f"Cannot read {file}: there is no column “{wish[:60]}”; there are {_listed(names)}.")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name[:40]}”" for name in names[:20]) + (", …" if len(names) > 20 else "")


def _plain(value: Any) -> str:
    """A cell as text; a list of words, as JSON has it, with commas."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str) else str(value)


def _date(value: Any, days: str) -> str:
    """An ISO day (or year, or month); empty for what is none, or could be two."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    said = _plain(value).strip()
    if _DAY.fullmatch(said):
        return said
    slashed = _SLASHED.fullmatch(said)
    if slashed and days in _DAYS[1:]:
        first, second, year = (int(part) for part in slashed.groups())
        day, month = (first, second) if days == "day first" else (second, first)
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return ""
    return next(iter(dates(said.replace("T", " "))), "")
