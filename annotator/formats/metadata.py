"""Proposes title, outlet, date and address of an article from its name and its first lines; the text stays whole.

A proposal rests on what stands there, never on a guess:

- date: a line `date 2022-01-10` or `Published: 10 January 2022`, else a short line above the body that holds exactly
  one date, else the file name, else a folder (`2022-01-10/`, `2022/01/10/`). Days that do not exist and forms that
  can be read two ways (01/10/2022) are not taken.
- title: a line `title: …`, else the first line above the body that looks like a headline, else the file name.
- outlet: a line `outlet: …`, `source: …`, `newspaper: …` and the like. Folder names are not taken: most are not
  outlets, and a wrong outlet in every document of a folder is worse than none.
"""

import re
from dataclasses import dataclass
from datetime import date

HEAD_LINES = 15  # lines with text that are looked at
_HEAD = 4000  # code points that are looked at
_LONGEST_TITLE = 160
_SHORT_LINE = 100

_KEYS = {
    key: field
    for field, keys in {
        "title": "title|headline",
        "outlet": "outlet|source|newspaper|publication|publisher",
        "url": "url|link",
        "date": "date|published|publication date|date published|published on|datum",
        "other": "updated|author|authors|byline|section|language|words|length|copyright",
    }.items()
    for key in keys.split("|")
}
_KEY_LINE = re.compile(r"([A-Za-z][A-Za-z ]{1,18}?)\s*[:=]\s*(\S.*)")
_BARE_DATE_LINE = re.compile(r"(?:date|published|updated)\s+(?=\S*\d)(.*)", re.IGNORECASE)

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(1[6-9]\d\d|20\d\d)"
_ANY_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_DATES = (
    (re.compile(rf"(?<!\d){_YEAR}-(\d\d)-(\d\d)(?!\d)"), "ymd"),
    (re.compile(rf"(?<!\d){_YEAR}/(\d\d?)/(\d\d?)(?!\d)"), "ymd"),
    (
        re.compile(rf"(?<!\d)(\d\d?)(?:st|nd|rd|th)?\.?(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}(?!\d)", re.IGNORECASE),
        "dmy",
    ),
    (re.compile(rf"\b{_MONTH}\s+(\d\d?)(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)", re.IGNORECASE), "mdy"),
    (re.compile(rf"(?<!\d)(\d\d?)\.\s?(\d\d?)\.\s?{_YEAR}(?!\d)"), "dmy"),
    (re.compile(rf"(?<!\d)(\d\d?)/(\d\d?)/{_YEAR}(?!\d)"), "slashed"),
)
_COMPACT = re.compile(rf"(?<!\d){_YEAR}(\d\d)(\d\d)(?!\d)")
_NAMED = re.compile(rf"(?<!\d){_YEAR}[-_. ](\d\d)[-_. ](\d\d)(?!\d)")

_NESTED = re.compile(rf"(?:^|/){_YEAR}/(\d\d?)/(\d\d?)/")
_SUFFIX = re.compile(r"(?<=.)\.[A-Za-z][A-Za-z0-9]{0,4}$")
_BLANK_SIGNS = re.compile(r"(?:[\s_+]|%20|(?<!\s)-(?!\s))+")
_ADDRESS = re.compile(r"https?://\S+")
_BYLINE = re.compile(r"(?:by|from|photo|image|reporting by|edited by)\b", re.IGNORECASE)
_TIMES = re.compile(
    r"\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)day\b|\b\d\d?[:.]\d\d\b|\b(?:[ap]\.?m\.?|at|gmt|utc|cet|et|on)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Proposal:
    """What the fields of a new document may start with; a person can change all of it."""

    title: str
    outlet: str = ""
    date: str = ""  # ISO 8601 day, or empty
    url: str = ""


def propose(text: str, name: str) -> Proposal:
    """A proposal for a text and its name, which is a path with `/` below the folder that was chosen."""
    lines = _head(text)
    said = _key_lines(lines)
    return Proposal(
        title=said.get("title") or _headline(lines) or readable_name(name),
        outlet=said.get("outlet", ""),
        date=said.get("date") or _date_line(lines) or date_in_name(name),
        url=said.get("url", ""),
    )


def dates(line: str) -> list[str]:
    """The days that a line names in full, as ISO 8601, in the order of the forms known; each once."""
    found: list[str] = []
    if not _ANY_YEAR.search(line):
        return found
    for pattern, order in _DATES:
        for parts in pattern.findall(line):
            day = _day(parts, order)
            if day and day not in found:
                found.append(day)
    return found


def date_in_name(name: str) -> str:
    """The day in a file name (2022-01-10, 2022_01_10, 20220110), else in its folders; empty if there is not one."""
    for part in reversed(name.split("/")):
        found = {_iso(*parts) for pattern in (_NAMED, _COMPACT) for parts in pattern.findall(part)} - {""}
        if len(found) == 1:
            return found.pop()
    nested = _NESTED.search(name) if "/" in name else None
    return _iso(*nested.groups()) if nested else ""


def readable_name(name: str) -> str:
    """A file name as a title: without suffix, date and the signs that stand for blanks."""
    last = name.rsplit("/", 1)[-1]
    stem = _SUFFIX.sub("", last)
    words = _COMPACT.sub(" ", _NAMED.sub(" ", stem))
    words = _BLANK_SIGNS.sub(" ", words).strip(" -.,")
    return words[:1].upper() + words[1:] if words else stem


def _head(text: str) -> list[tuple[str, str]]:
    """The lines with text above the body, each with the line straight below it."""
    lines = text[:_HEAD].split("\n")
    head: list[tuple[str, str]] = []
    for number, whole in enumerate(lines):
        line = whole.strip("\ufeff \t\0\f\v")
        if not line or line.isspace():
            continue
        if _is_body(line) or len(head) == HEAD_LINES:
            break
        head.append((line, lines[number + 1].strip() if number + 1 < len(lines) else ""))
    return head


def _key_lines(lines: list[tuple[str, str]]) -> dict[str, str]:
    said: dict[str, str] = {}
    for line, _ in lines:
        field, value = _key_line(line)
        if field == "date":
            value = next(iter(dates(value)), "")
        if field == "url" and not value.startswith(("http://", "https://")):
            continue
        if value and field != "other":
            said.setdefault(field, value)
    return said


def _key_line(line: str) -> tuple[str, str]:
    bare = _BARE_DATE_LINE.fullmatch(line)
    if bare and dates(bare[1]):
        return ("other" if line[:7].lower() == "updated" else "date"), bare[1]
    if _ADDRESS.fullmatch(line):
        return "url", line
    match = _KEY_LINE.fullmatch(line)
    if not match or len(line) > 2 * _LONGEST_TITLE:
        return "", ""
    return _KEYS.get(match[1].lower(), ""), match[2]


def _is_body(line: str) -> bool:
    """Whether the article itself begins: a long line, or a sentence with its full stop."""
    return len(line) > _LONGEST_TITLE * 1.25 or (
        len(line) > _SHORT_LINE * 0.6 and line.endswith((".", ".”", '."', "。"))
    )


def _headline(lines: list[tuple[str, str]]) -> str:
    for marked, below in lines:
        line = marked.removeprefix("# ")  # Markdown
        if _key_line(line)[0] or _without_dates(line) == "" or not _looks_like_headline(line, below):
            continue
        return line
    return ""


def _looks_like_headline(line: str, below: str) -> bool:
    wrapped = below[:1].islower() or line.endswith((",", "-", ";", ":"))
    place_or_rubric = len(line.split()) < 3 and len(line) < 25 and line.isascii()
    byline = _BYLINE.match(line)
    fullstop = line.endswith((".", "。")) and not line.endswith(("...", "U.S.", "U.N.", "U.K.", "E.U."))
    if len(line) > _LONGEST_TITLE or wrapped or place_or_rubric or byline or fullstop:
        return False
    return sum(map(str.isalpha, line)) * 2 > len(line)


def _date_line(lines: list[tuple[str, str]]) -> str:
    """The day in a short line above the body that names exactly one."""
    for line, _ in lines:
        found = dates(line) if len(line) <= _SHORT_LINE else []
        if len(found) == 1:
            return found[0]
    return ""


def _without_dates(line: str) -> str:
    """The letters of a line that are not part of a date, a weekday or a time."""
    if not _ANY_YEAR.search(line):
        return line
    for pattern, _ in _DATES:
        line = pattern.sub(" ", line)
    return re.sub(r"[\W\d_]+", "", _TIMES.sub(" ", line))


def _day(parts: tuple[str, ...], order: str) -> str:
    if order == "ymd":
        return _iso(*parts)
    if order == "dmy":
        return _iso(parts[2], parts[1], parts[0])
    if order == "mdy":
        return _iso(parts[2], parts[0], parts[1])
    first, second = int(parts[0]), int(parts[1])
    if first > 12:
        return _iso(parts[2], parts[1], parts[0])
    return _iso(parts[2], parts[0], parts[1]) if second > 12 or first == second else ""


def _iso(year: str, month: str, day: str) -> str:
    number = _MONTHS.get(month.lower()) or (int(month) if month.isdecimal() else 0)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return ""
