"""Full-text search over all articles: pages of hits, best first, each with a snippet and the place of the hit.

Words are looked for whole, the last one as the beginning of a word, in any order; words in quotation marks as they
stand. Scripts that write no blanks are searched by parts of words (the trigram index). Nothing a person types is read
as an operator. Hits are placed by the folded text, never by SQL: SQLite counts otherwise and stops at NUL.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from annotator.model.folding import Folded, fold, pattern_of
from annotator.model.span import Span
from annotator.storage.project import Project
from annotator.storage.schema import visible

PAGE = 50
_BEFORE, _AFTER = 40, 120  # code points of a snippet on either side of where its hits begin
_NEAR = 100  # code points that words may lie apart and still make one place
_LOOKED = 400  # places of each word that are weighed against each other in one text
_EXPANDED = 2_000  # trigrams that one or two characters may stand for
_PHRASES = re.compile(r'["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|([^\s"“”„«»]+)')
_IN_WORD = r"[^\W_]"
_LETTER = re.compile(_IN_WORD)


@dataclass(frozen=True)
class Term:
    """A word or a phrase; of a `prefix` only the beginning is known."""

    words: str
    prefix: bool = False


@dataclass(frozen=True)
class Hit:
    """One article: what it is, a line around the place where the words stand, and that place in its text."""

    document: int
    title: str
    outlet: str
    date: str
    snippet: str  # one line of plain text
    marked: tuple[Span, ...]  # the words within the snippet
    span: Span  # of the first of them in the document's text; empty at 0 if it could not be made out


@dataclass(frozen=True)
class Found:
    """One page of hits; `total` counts all articles that hold the words."""

    hits: tuple[Hit, ...]
    total: int


def terms(asked: str) -> tuple[Term, ...]:
    """What a person's words mean: see the module. Signs alone mean nothing."""
    found: list[Term] = []
    for match in _PHRASES.finditer(asked.replace("\0", " ")):
        words = match[1] if match[1] is not None else match[2]
        if _LETTER.search(words):
            found.append(Term(" ".join(words.split())))
    if found and asked[-1:].strip() and asked[-1] not in '"“”„«»':
        found[-1] = Term(found[-1].words, prefix=True)
    return tuple(found)


def search(project: Project, asked: str, *, limit: int = PAGE, offset: int = 0) -> Found:
    """The articles that hold all the words, best first, a page at a time; nothing for signs alone."""
    wanted = terms(asked)
    if not wanted:
        return Found((), 0)
    parts = _parts_query(project, wanted)
    source, order = (_BY_WORDS, "s.rank") if parts is None else (_BY_PARTS_TOO, "s.worth, s.key")
    given = {"words": " ".join(map(_quoted, wanted)), "parts": parts, "limit": limit, "offset": offset}
    total = project.rows(f"SELECT count(*) {source}", given)[0][0]
    if not total:
        return Found((), 0)
    key = "s.rowid" if parts is None else "s.key"
    rows = project.rows(
        f"""SELECT d.key, d.title, d.outlet, d.date, (SELECT t.text FROM document_text AS t WHERE t.document = {key})
            {source} ORDER BY {order} LIMIT :limit OFFSET :offset""",
        given,
    )
    return Found(tuple(_hit(row, wanted) for row in rows), total)


_BY_WORDS = f"FROM search AS s JOIN document AS d ON d.key = s.rowid WHERE search MATCH :words AND {visible('d')}"

# The two indexes measure on different scales: whole words go first, so parts of words get ranks nearer to nought.
_BY_PARTS_TOO = f"""FROM (
        SELECT key, min(worth) AS worth FROM (
            SELECT rowid AS key, rank AS worth FROM search WHERE search MATCH :words
            UNION ALL SELECT rowid, rank / 1e9 FROM search_parts WHERE search_parts MATCH :parts
        ) GROUP BY key
    ) AS s JOIN document AS d ON d.key = s.key WHERE {visible("d")}"""


def _quoted(term: Term) -> str:
    """A phrase of FTS5: within quotation marks nothing is an operator."""
    return '"' + term.words.replace('"', '""') + '"' + ("*" if term.prefix else "")


def _parts_query(project: Project, wanted: Sequence[Term]) -> str | None:
    """What to ask the trigram index, which has whatever holds a script without blanks; None if that is nothing."""
    if not project.rows("SELECT 1 FROM search_parts_docsize LIMIT 1"):
        return None
    asked: list[str] = []
    for term in wanted:
        if len(term.words) >= 3:
            asked.append(_quoted(Term(term.words)))
            continue
        longer = _trigrams(project, term.words)
        if not longer:
            return None
        asked.append("(" + " OR ".join(_quoted(Term(each)) for each in longer) + ")")
    return " AND ".join(asked)


def _trigrams(project: Project, start: str) -> list[str]:
    """The trigrams of the index that begin with one or two characters: too few to be looked up themselves."""
    project.rows("CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_trigrams USING fts5vocab(main, search_parts, row)")
    folded = start.casefold()
    found = project.rows(
        "SELECT term FROM temp.search_trigrams WHERE term >= ? AND term < ? LIMIT ?",
        (folded, folded + "\U0010ffff", _EXPANDED),
    )
    return [row[0] for row in found]


# ---- where the words stand


class _Text:
    """A text to find terms in. Most are found with their accents as typed: only for the others it is folded whole."""

    def __init__(self, text: str) -> None:
        self.text = text
        lower = text.lower()
        self._lower = lower if len(lower) == len(text) else ""  # else its places would not be those of the text

    @cached_property
    def _folded(self) -> Folded:
        return Folded(self.text)

    def places(self, term: Term) -> list[Span]:
        """The first places of a term: as words where there are any, else as part of words."""
        letters = re.findall(f"{_IN_WORD}+", fold(term.words))
        whole = r"[\W_]+".join(letters) + ("" if term.prefix else rf"(?!{_IN_WORD})")
        return (
            [Span(*match.span()) for match in islice(_at_word_starts(whole, self._lower), _LOOKED)]
            or [
                self._folded.span(*match.span())
                for match in islice(_at_word_starts(whole, self._folded.folded), _LOOKED)
            ]
            or list(islice(self._folded.matches(pattern_of(term.words)), _LOOKED))
        )


def _at_word_starts(pattern: str, text: str) -> Iterator[re.Match[str]]:
    # A look-behind in the pattern would be tried at every letter; a literal beginning is sought many times faster.
    for match in re.finditer(pattern, text):
        if not match.start() or not text[match.start() - 1].isalnum():
            yield match


def _hit(row: Sequence[str | int], wanted: Sequence[Term]) -> Hit:
    document, title, outlet, date, text = row
    place, places = _best_place(_Text(str(text)), wanted)
    snippet, marked = _snippet(str(text), place.start, places)
    return Hit(int(document), str(title), str(outlet), str(date), snippet, marked, place)


def _best_place(text: _Text, wanted: Sequence[Term]) -> tuple[Span, list[Span]]:
    """The first of the places close together that hold the most of the words, and all places, in order."""
    found = sorted((span, number) for number, term in enumerate(wanted) for span in text.places(term))
    best, most, first = 0, 0, 0
    for last in range(len(found)):
        while found[last][0].start - found[first][0].start > _NEAR:
            first += 1
        held = len({number for _, number in found[first : last + 1]})
        if held > most:
            best, most = first, held
            if most == len(wanted):
                break
    spans = [span for span, _ in found]
    return (spans[best] if spans else Span(0, 0)), spans


def _snippet(text: str, place: int, places: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """One line around a place, its blanks made single, and the places within it."""
    start, end = max(0, place - _BEFORE), min(len(text), place + _AFTER)
    if start:
        blank = re.compile(r"\s").search(text, start, place)
        start = blank.end() if blank else start
    line, marked, here = "…" if start else "", [], start
    for span in places:
        if start <= span.start < end and span.start >= here:
            line += _one_line(text[here : span.start])
            here = min(span.end, end)
            word = _one_line(text[span.start : here])
            marked.append(Span(len(line), len(line) + len(word)))
            line += word
    line += _one_line(text[here:end])
    return line + ("…" if end < len(text) else ""), tuple(marked)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
