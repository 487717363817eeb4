"""What a person searches for: words, "phrases", AND, OR, NOT, (…), NEAR(… …, 5), and begin* for beginnings of words.

Words beside each other must all be there. AND, OR, NOT and NEAR are operators only in capitals.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NoReturn

from annotator.errors import AnnotatorError
from annotator.model.folding import Folded, fold, pattern_of
from annotator.model.span import Span

NEAR = 10  # words between the terms of NEAR(…), if it does not say
_MOST = 10_000  # places of one term in one text
_DEEPEST = 30  # brackets within each other
_LONGEST = 4_000  # characters
_TOKEN = re.compile(
    r"""(?P<blank>\s+) | (?P<near>NEAR\s*\() | (?P<open>\() | (?P<close>\)) | (?P<comma>,(?=\s*\d+\s*\)))
    | ["“„«](?P<phrase>[^"“”„«»]*)(?P<end>["”“»]|$)(?P<begin>\*?) | (?P<word>(?:(?!,\s*\d+\s*\))[^\s()"“”„«»])+)""",
    re.VERBOSE,
)
_LETTER = re.compile(r"[^\W_]")
_IN_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Words:
    """A word or a phrase; of a `prefix` only the beginning is known."""

    words: str
    prefix: bool = False


@dataclass(frozen=True)
class Near:
    """Terms with at most so many words between the first and the last."""

    terms: tuple[Words, ...]
    distance: int


@dataclass(frozen=True)
class Every:
    """All of `parts`, and none of `without`."""

    parts: tuple["Query", ...]
    without: tuple["Query", ...] = ()


@dataclass(frozen=True)
class Either:
    """At least one of the parts."""

    parts: tuple["Query", ...]


Query = Words | Near | Every | Either


class BadExpression(AnnotatorError):
    """An expression that cannot be understood; `place` is where, in code points from 0."""

    def __init__(self, asked: str, place: int, reason: str) -> None:
        near = asked[place : place + 12].strip() or "the end"
        super().__init__(f"In the search, at character {place + 1} (“{near}”): {reason}.")
        self.place = place


def parse_query(asked: str) -> Query:
    """Read what a person asks. Raises BadExpression with one sentence that points at the place."""
    if len(asked) > _LONGEST:
        raise BadExpression(asked, _LONGEST, f"a search may have {_LONGEST:,} characters")
    return _Parser(asked.replace("\0", " ")).parse()


class _Parser:
    """Reads from left to right; `OR` binds less than `AND`, which stands between any two words without an operator."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        self.tokens = [found for found in _TOKEN.finditer(asked) if found.lastgroup != "blank"]
        self.at, self.depth = 0, 0

    def parse(self) -> Query:
        if not self.tokens:
            self._refuse(0, "there is nothing to look for")
        found = self._either()
        if self.at < len(self.tokens):
            self._refuse(self._place(), "this bracket closes nothing")
        return found

    def _either(self) -> Query:
        parts = [self._every()]
        while self._takes("OR"):
            parts.append(self._every())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self) -> Query:
        begin = self._place()
        parts: list[Query] = []
        without: list[Query] = []
        while True:
            wanted = without if self._takes("NOT") else parts
            wanted.append(self._one())
            joined = self._takes("AND")
            if not joined and (self._ends() or self._is("OR")):
                break
        if not parts:
            self._refuse(begin, "NOT needs something beside it that is looked for")
        return parts[0] if len(parts) == 1 and not without else Every(tuple(parts), tuple(without))

    def _one(self) -> Query:
        if self._ends() or self._is("AND") or self._is("OR"):
            self._refuse(self._place(), "a word is missing here")
        token = self.tokens[self.at]
        if token["near"]:
            return self._near()
        if token["open"]:
            return self._bracket()
        return self._term()

    def _bracket(self) -> Query:
        opened = self._place()
        self.at, self.depth = self.at + 1, self.depth + 1
        if self.depth > _DEEPEST:
            self._refuse(opened, f"more than {_DEEPEST} brackets lie within each other")
        found = self._either()
        if self.at >= len(self.tokens):
            self._refuse(opened, "this bracket is never closed")
        self.at, self.depth = self.at + 1, self.depth - 1
        return found

    def _near(self) -> Query:
        opened = self._place()
        self.at += 1
        terms: list[Words] = []
        distance = NEAR
        while not self._ends():
            token = self.tokens[self.at]
            if token["comma"]:
                distance = int(self.tokens[self.at + 1]["word"])
                self.at += 2
                break
            if token["open"] or token["near"] or any(self._is(word) for word in ("AND", "OR", "NOT")):
                self._refuse(self._place(), "between the brackets of NEAR stand words and phrases alone")
            terms.append(self._term())
        if self.at >= len(self.tokens) or not self.tokens[self.at]["close"]:
            self._refuse(opened, "this bracket is never closed")
        if len(terms) < 2:
            self._refuse(opened, "NEAR needs two words or more: NEAR(talks Geneva, 5)")
        self.at += 1
        return Near(tuple(terms), distance)

    def _term(self) -> Words:
        token = self.tokens[self.at]
        begin = self._place()
        if token["phrase"] is not None:
            if not token["end"]:
                self._refuse(begin, "this quotation mark is never closed")
            words, prefix = token["phrase"], bool(token["begin"])
        else:
            words = (token["word"] or "").rstrip("*")
            prefix = token[0].endswith("*")
        if not _LETTER.search(words):
            self._refuse(begin, "there is no letter or number to look for")
        self.at += 1
        return Words(" ".join(words.split()), prefix)

    def _is(self, word: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at]["word"] == word

    def _takes(self, word: str) -> bool:
        taken = self._is(word)
        self.at += taken
        return taken

    def _ends(self) -> bool:
        return self.at >= len(self.tokens) or bool(self.tokens[self.at]["close"])

    def _place(self) -> int:
        return self.tokens[self.at].start() if self.at < len(self.tokens) else len(self.asked)

    def _refuse(self, at: int, reason: str) -> NoReturn:
        raise BadExpression(self.asked, at, reason)


# ---- where it stands in a text


def places(query: Query, text: str, *, parts: bool = False) -> list[Span]:
    """Where a text holds what is asked, in order, none twice; none if it does not hold it.

    With `parts`, for scripts without blanks, words are also found within others.
    """
    return sorted(set(_places(query, _Text(text, parts)) or ()))


def _places(query: Query, text: "_Text") -> list[Span] | None:
    """The places; None where the text does not fit."""
    match query:
        case Words():
            return text.places(query) or None
        case Near(terms, distance):
            return list(text.near(terms, distance)) or None
        case Either(parts):
            found = [each for part in parts if (each := _places(part, text)) is not None]
            return [span for each in found for span in each] if found else None
        case Every(parts, without):
            wanted = [_places(part, text) for part in parts]
            if any(each is None for each in wanted) or any(_places(part, text) is not None for part in without):
                return None
            return [span for each in wanted for span in each or ()]


class _Text:
    """A text that words are looked for in, whatever their case and accents."""

    def __init__(self, text: str, parts: bool) -> None:
        self._text, self._parts = Folded(text), parts

    def places(self, term: Words) -> list[Span]:
        """Where a term stands as whole words; else, where that is asked for, as part of words."""
        letters = _IN_WORD.findall(fold(term.words))
        pattern = r"[\W_]+".join(map(re.escape, letters)) + (r"[^\W_]*" if term.prefix else r"(?![^\W_])")
        folded = self._text.folded
        found = (
            self._text.span(*match.span())
            for match in re.finditer(pattern, folded)
            if not match.start() or not _LETTER.match(folded[match.start() - 1])
        )
        whole = list(islice(found, _MOST))
        return whole if whole or not self._parts else list(islice(self._text.matches(pattern_of(term.words)), _MOST))

    def near(self, terms: Sequence[Words], distance: int) -> Iterator[Span]:
        """The shortest stretches that hold all the terms with at most so many words between first and last."""
        found = sorted((span, number) for number, term in enumerate(terms) for span in self.places(term))
        last: dict[int, Span] = {}
        reached = -1
        for span, number in found:
            last[number] = span
            if len(last) == len(terms):
                first = min(last.values())
                inside = sum(len(_IN_WORD.findall(term.words)) for term in terms[1:-1])
                between = len(_IN_WORD.findall(self._text.text, first.end, span.start)) if span.start > first.end else 0
                if between - inside <= distance and first.start > reached:
                    reached = first.start
                    yield Span(first.start, max(each.end for each in last.values()))
