"""Units around a selection, each wider than the last: word, name, clause, quote, sentence, paragraph."""

import re
from itertools import pairwise

from PySide6.QtCore import QTextBoundaryFinder

from annotator.model.span import Span

from .words import snap, word_at, word_over, words_near

UNITS = ("word", "name", "clause", "quote", "sentence", "paragraph")

_BREAKS = "\n\r\u2029"
_FAR = 4000  # code points of a very long paragraph that are looked at on each side
_LINKS = "of for the de del der den des di da do dos du von van zu la le al el bin ibn ben y ter ten"
_NAME_LINKS = frozenset(_LINKS.split(" "))
_ARTICLES = "the a an der die das ein eine le la les un une el los las il lo gli"
_WITH_CAPITAL_BY_CHANCE = frozenset(_ARTICLES.split(" "))  # where a sentence begins with them
# After these a full stop ends no sentence.
_SHORT = re.compile(
    r"(?:^|[\s(“\"])(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Maj|Sgt|Capt|St|Jr|Sr|No|vs|[A-Z]|(?:[A-Za-z]\.)+[A-Za-z])\.\s+$"
)
_CLAUSE_EDGE = re.compile(r"(?<!\d)[,:](?=\s|$)|[,:](?!\d)(?=\s|$)|;|\s[—–-]\s|—|[()\[\]]|[“”«»„\"]|…(?=\s)")
_CLOSING = ".!?,;:"
_PAIRS = {"“": "”", "‘": "’", "«": "»", "„": "“", "‹": "›", "「": "」"}


def paragraph(text: str, place: int) -> Span:
    """The paragraph at a place without the blanks around it; empty on a blank line."""
    start = end = None
    for sign in _BREAKS:
        found = text.rfind(sign, start or 0, place)
        start = found + 1 if found >= 0 else start
        found = text.find(sign, place, end if end is not None else len(text))
        end = found if found >= 0 else end
    return _trimmed(text, Span(start or 0, len(text) if end is None else end))


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _around(text: str, place: int) -> Span:
    """The paragraph at a place, or what of a very long one lies near."""
    whole = paragraph(text, place)
    return Span(max(whole.start, place - _FAR), min(whole.end, place + _FAR))


def _sentence_starts(piece: str) -> list[int]:
    """Where sentences begin in a short text, its length included at the end."""
    if piece.isascii():
        finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Sentence, piece)
        found = [0]
        while (position := finder.toNextBoundary()) >= 0:
            found.append(position)
    else:
        # One stand-in per code point outside the BMP keeps the positions of the finder equal to code points.
        plain = "".join("\u25a1" if ord(sign) > 0xFFFF or "\ud800" <= sign <= "\udfff" else sign for sign in piece)
        return _sentence_starts_bmp(plain)
    return _without_short(piece, found)


def _sentence_starts_bmp(piece: str) -> list[int]:
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Sentence, piece.replace("\ufeff", "\u2060"))
    found = [0]
    while (position := finder.toNextBoundary()) >= 0:
        found.append(position)
    return _without_short(piece, found)


def _without_short(piece: str, found: list[int]) -> list[int]:
    kept = [at for at in found if at in (0, len(piece)) or not _SHORT.search(piece, max(0, at - 24), at)]
    return kept if kept[-1] == len(piece) else [*kept, len(piece)]


def sentence(text: str, place: int) -> Span:
    """The sentence at a place, without the blanks around it."""
    near = _around(text, place)
    if near.start >= near.end:
        return near
    starts = _sentence_starts(text[near.start : near.end])
    at = min(max(place, near.start), near.end - 1) - near.start
    for start, end in pairwise(starts):
        if start <= at < end:
            return _trimmed(text, Span(near.start + start, near.start + end))
    return near


def clause(text: str, place: int) -> Span:
    """The part of the sentence between commas, colons, dashes, brackets and quotation marks."""
    whole = sentence(text, place)
    start, end = whole
    for match in _CLAUSE_EDGE.finditer(text, whole.start, whole.end):
        if match.end() <= place:
            start = match.end()
        elif match.start() >= place:
            end = match.start()
            break
    found = _trimmed(text, Span(start, end))
    while found.end > found.start and text[found.end - 1] in _CLOSING:
        word = word_over(text, found.end - 1)
        if word and word.end == found.end:  # the stop of "U.S." is part of the word
            break
        found = Span(found.start, found.end - 1)
    return found


def quotation(text: str, place: int) -> Span | None:
    """What stands between the innermost quotation marks around a place, in the same paragraph."""
    near = _around(text, place)
    best: Span | None = None
    open_marks: list[tuple[str, int]] = []
    straight: int | None = None
    for at in range(near.start, near.end):
        sign = text[at]
        if sign == '"':
            if straight is not None and straight <= place <= at:
                best = Span(straight, at)
            straight = at + 1 if straight is None else None
        elif open_marks and sign == _PAIRS[open_marks[-1][0]] and not _apostrophe(text, at):
            start = open_marks.pop()[1]
            if start <= place <= at and (best is None or at - start < best.end - best.start):
                best = Span(start, at)
        elif sign in _PAIRS and not _apostrophe(text, at):
            open_marks.append((sign, at + 1))
    return best


def _apostrophe(text: str, at: int) -> bool:
    return text[at] in "’‘" and 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()


def name(text: str, place: int) -> Span | None:
    """The run of capitalised words at a place, small links such as "of" and "for" between them included."""
    words = words_near(text, place, 400)
    here = next((nth for nth, word in enumerate(words) if word.start <= place < word.end), None)
    if here is None or not _capital(text, words[here]):
        return None
    first = last = here
    first = _run(text, words, first, -1)
    last = _run(text, words, last, 1)
    if text[words[first].start : words[first].end].lower() in _WITH_CAPITAL_BY_CHANCE and first < last:
        first += sentence(text, place).start == words[first].start
    return Span(words[first].start, words[last].end) if first <= here else None


def _capital(text: str, word: Span) -> bool:
    return text[word.start].isupper() or text[word.start].istitle()


def _run(text: str, words: list[Span], at: int, step: int) -> int:
    """How far a name goes on from word `at`, over at most two links between capitalised words."""
    links = 0
    nth = at + step
    while 0 <= nth < len(words):
        left, right = (words[nth], words[nth - step]) if step < 0 else (words[nth - step], words[nth])
        between = text[left.end : right.start]
        initial = left.end - left.start == 1 and between == ". "
        if not (between.isspace() and not any(sign in _BREAKS for sign in between)) and not initial:
            break
        if _capital(text, words[nth]):
            at, links = nth, 0
        elif text[words[nth].start : words[nth].end] in _NAME_LINKS and links < 2:
            links += 1
        else:
            break
        nth += step
    return at


def unit_at(text: str, place: int, unit: str) -> Span | None:
    """The unit of this kind at a place, None where there is none."""
    if unit == "word":
        return word_at(text, place)
    if unit == "name":
        return name(text, place)
    if unit == "quote":
        return quotation(text, place)
    found = {"clause": clause, "sentence": sentence, "paragraph": paragraph}[unit](text, place)
    return found if found.start < found.end else None


def _chain(text: str, place: int) -> list[Span]:
    """All units at a place, from the shortest to the longest, each once."""
    found = {span for unit in UNITS if (span := unit_at(text, place, unit))}
    return sorted(found, key=lambda span: (span.end - span.start, span.start))


def wider(text: str, span: Span) -> Span:
    """The smallest unit that holds the span and more; the span itself where there is none."""
    if span.start == span.end:
        return word_at(text, span.start) or span
    for unit in _chain(text, span.start):
        if unit.contains(span) and unit != span:
            return unit
    whole = snap(text, span)
    return whole if whole.contains(span) else span


def unit_of(text: str, span: Span) -> str:
    """The largest kind of unit that the span is, such as "sentence"; empty where it is none of them."""
    return next((unit for unit in reversed(UNITS) if unit_at(text, span.start, unit) == span), "")


def narrower(text: str, span: Span) -> Span:
    """The largest unit at the start of the span that is shorter than it; the span itself where there is none."""
    for unit in reversed(_chain(text, span.start)):
        if span.contains(unit) and unit != span:
            return unit
    return span


def next_start(text: str, place: int, unit: str) -> int:
    """Where the next sentence or paragraph begins after a place, else the end of the text."""
    here = sentence(text, place) if unit == "sentence" else paragraph(text, place)
    at = max(here.end, place)
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def previous_start(text: str, place: int, unit: str) -> int:
    """Where this sentence or paragraph begins, or the one before if `place` is its start."""
    find = sentence if unit == "sentence" else paragraph
    here = find(text, place)
    if here.start < place:
        return here.start
    at = min(place, here.start)
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return find(text, at - 1).start if at > 0 else 0
