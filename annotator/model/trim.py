"""The second step of snapping: from whole words inwards, by the rule of the tag.

The first step goes outwards to whole words, whatever the tag. This one leaves out what the codebook does not want at
the ends: articles, “that”, ’s, punctuation, quotation marks that enclose the whole or have no partner inside.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.model.abbreviations import keeps_its_stop
from annotator.model.codebook import Trim
from annotator.model.pairs import APOSTROPHES, MARKS, partners
from annotator.model.span import Span

_CLOSING = frozenset(",.;:!?…‥·،؛؟。、，；：！？।։")
_OPENING = frozenset("¿¡•▪‣◦")
_LONG_DASHES = frozenset("—―")
_DASHES = frozenset("—―–‒-")
_INVISIBLE = frozenset("\u200b\u200e\u200f\u2060\ufeff")
_NOT_CONTENT = _CLOSING | _OPENING | _DASHES | MARKS
_JOINERS = frozenset("\u200c\u200d")
_REACH = 10_000  # how far a mark's partner is looked for within its paragraph, in code points

# What a conjunction cannot stand before, so that the word is a pronoun and belongs to the content:
# "that is false", "that depends on Russia"; but "that May is late" and "that should the talks fail, …".
_KEPT_BEFORE: Mapping[str, re.Pattern[str]] = {
    "that": re.compile(
        r"\s+(?:(?:is|was|has|does|did|will|would|can|could|may|might|must|shall|ought)(?:n[’']t|not)?|won[’']t|can[’']t|"
        r"depends|means|meant|makes|made|remains|remained|seems|seemed|sounds|sounded|looks|looked|gives|gave|goes|"
        r"went|takes|took|leaves|left|becomes|became|comes|came|shows|showed|happens|happened|matters|suits|"
        r"(?:should|had)(?:n[’']t)?(?!\s+(?:the|a|an|it|he|she|they|we|you|I|any|no|this|these|his|her|its|their|[A-Z]))"
        r")(?![\w’'])"
    ),
}


@dataclass(frozen=True)
class Trimmed:
    """A trimmed span, and what was cut as it stands in the text, from the first to the last; blanks are not named."""

    span: Span
    removed: tuple[str, ...] = ()


def trim(text: str, span: Span, rule: Trim, language: str = "") -> Trimmed:
    """Cut the ends of a span of whole words by a tag's rule; `language` is the document's, as "de" or "de-AT".

    The result lies inside the span, is never empty, and trimming it again changes nothing.
    """
    at_start: list[str] = []
    at_end: list[str] = []
    while True:
        cut = _Cut(text, span, rule, language)
        cut.run()
        at_start += cut.removed_at_start
        at_end += cut.removed_at_end
        if (cut.start, cut.end) == span:
            return Trimmed(span, (*at_start, *reversed(at_end)))
        span = Span(cut.start, cut.end)


@dataclass
class _Cut:
    """One pass of cuts; `start` and `end` move inwards."""

    text: str
    span: Span
    rule: Trim
    language: str
    start: int = field(init=False)
    end: int = field(init=False)
    removed_at_start: list[str] = field(default_factory=list)
    removed_at_end: list[str] = field(default_factory=list)
    _content: int = -1  # where a character stands that is worth a span
    _partners: dict[int, int | None] | None = None

    def __post_init__(self) -> None:
        self.start, self.end = self.span
        lead, tail = self.rule.words(self.language)
        self._lead_words = sorted((_plain(word) for word in lead if word), key=len, reverse=True)
        self._tail_words = sorted((_plain(word) for word in tail if word), key=len, reverse=True)
        self._kept_names = [_same_apostrophes(name) for name in self.rule.keep if name]

    def run(self) -> None:
        """Cut until nothing more is to be cut."""
        self._cut_blanks()
        if not self._has_content(self.start, self.end):
            return
        while self._cut_pair() or self._cut_start() or self._cut_end():
            self._cut_blanks()

    def _cut_blanks(self) -> None:
        start, end = self.start, self.end
        while start < end and _is_blank(self.text[start]):
            start += 1
        while start < end and _is_blank(self.text[end - 1]):
            end -= 1
        if start == end:
            return
        self.start = start if start == self.start or not self._splits(start) else self.start
        self.end = end

    def _has_content(self, start: int, end: int) -> bool:
        """Whether something is left between these places that is neither blank nor punctuation."""
        if start <= self._content < end:
            return True
        for at in range(start, end):
            if self.text[at] not in _NOT_CONTENT and not _is_blank(self.text[at]):
                self._content = at
                return True
        return False

    def _splits(self, at: int) -> bool:
        """Whether a cut here would part a letter from its accent or an emoji from its other half."""
        sign = self.text[at : at + 1]
        return sign in _JOINERS or unicodedata.category(sign).startswith("M") if sign else False

    def _cut_pair(self) -> bool:
        """Take off marks that enclose the whole span: what is quoted is the content, not its marks."""
        if not self.rule.unpaired_quotes or self._partner(self.start) != self.end - 1:
            return False
        if self._splits(self.start + 1) or not self._has_content(self.start + 1, self.end - 1):
            return False
        self.removed_at_start.append(self.text[self.start])
        self.removed_at_end.append(self.text[self.end - 1])
        self.start, self.end = self.start + 1, self.end - 1
        return True

    # --- the start -----------------------------------------------------------------------------------------------

    def _cut_start(self) -> bool:
        length = self._length_to_cut_at_start()
        if not length:
            return False
        at = self.start + length
        if self._splits(at) or not self._has_content(at, self.end):
            return False
        self.removed_at_start.append(self.text[self.start : at])
        self.start = at
        return True

    def _length_to_cut_at_start(self) -> int:
        sign = self.text[self.start]
        following = self.text[self.start + 1 : self.start + 2]
        if self.rule.unpaired_quotes and self._is_unpaired(self.start):
            return 1
        if self.rule.punctuation and _opens_nothing(sign, following):
            return 1
        return self._lead_length()

    def _lead_length(self) -> int:
        """How long the article or other lead word is that begins the span; 0 if there is none."""
        if self.text[self.start - 1 : self.start].isalnum() and self.start > 0:
            return 0  # the span begins within a word, exactly as somebody wanted it
        for word in self._lead_words:
            at = self.start + len(word)
            if at < self.end and _plain(self.text[self.start : at]) == word and self._is_whole(word, at):
                return 0 if self._lead_is_kept(word, at) else len(word)
        return 0

    def _is_whole(self, word: str, at: int) -> bool:
        """Whether the lead word ends here: before a blank, or after its own apostrophe (l’ONU)."""
        following = self.text[at]
        return following.isalnum() if word.endswith("'") else following.isspace()

    def _lead_is_kept(self, word: str, at: int) -> bool:
        pattern = _KEPT_BEFORE.get(word)
        if pattern and pattern.match(self.text, at, self.end):
            return True
        written = self.text[self.start : at]
        upcoming = self.text[at : min(self.end, at + 50)].split(maxsplit=1)
        if len(word) > 1 and written.isupper() and not (upcoming and upcoming[0].isupper()):
            return True  # UN Women: a name in capitals, no article
        beginning = _same_apostrophes(self.text[self.start : min(self.end, self.start + 100)])
        return any(
            beginning.startswith(name) and not beginning[len(name) : len(name) + 1].isalnum()
            for name in self._kept_names
        )

    # --- the end -------------------------------------------------------------------------------------------------

    def _cut_end(self) -> bool:
        length = 0 if self._ends_with_kept_name() else self._length_to_cut_at_end()
        if not length or not self._has_content(self.start, self.end - length):
            return False
        self.removed_at_end.append(self.text[self.end - length : self.end])
        self.end -= length
        return True

    def _length_to_cut_at_end(self) -> int:
        last = self.end - 1
        if self.rule.unpaired_quotes and self._is_unpaired(last):
            return 1
        if self.rule.punctuation and self._closes(last):
            return 1
        return self._tail_length()

    def _closes(self, at: int) -> bool:
        """Whether the last sign is punctuation that belongs to the sentence, not to the word."""
        sign, before = self.text[at], self.text[at - 1 : at]
        if sign == "." and before != ".":
            word = re.search(r"[^\s()\[\]{}“”„‘«»\"—–]*$", self.text[max(self.start, at - 40) : at])
            following = self.text[at + 1 : at + 2]
            return not keeps_its_stop(word.group() if word else "", following, self.language)
        if sign in _DASHES:
            return sign != "-" or before.isspace()
        return sign in _CLOSING or sign in _OPENING

    def _tail_length(self) -> int:
        """How long the ’s or other tail is that ends the span; 0 if there is none."""
        if self.text[self.end : self.end + 1].isalnum():
            return 0
        for word in self._tail_words:
            at = self.end - len(word)
            if at <= self.start or _plain(self.text[at : self.end]) != word:
                continue
            before = self.text[at - 1]
            if (before.isalnum() or before in ".!?)" or self._splits(at - 1)) and not self._has_partner_inside(at):
                return len(word)
        return 0

    def _ends_with_kept_name(self) -> bool:
        for name in self._kept_names:
            at = self.end - len(name)
            if at >= self.start and _same_apostrophes(self.text[at : self.end]) == name:
                return at == 0 or not self.text[at - 1].isalnum()
        return False

    # --- quotation marks and brackets ----------------------------------------------------------------------------

    def _is_unpaired(self, at: int) -> bool:
        """Whether a quotation mark or bracket stands here whose partner is not in the span."""
        if self.text[at] not in MARKS or self._has_partner_inside(at):
            return False
        # An apostrophe that ends the span is either a quotation mark after all, or of two years’ imprisonment.
        ends = at == self.end - 1 and self.text[at] in APOSTROPHES and not self.text[self.end : self.end + 1].isalnum()
        return ends or at in self._marks()

    def _has_partner_inside(self, at: int) -> bool:
        partner = self._partner(at)
        return partner is not None and self.start <= partner < self.end

    def _partner(self, at: int) -> int | None:
        return self._marks().get(at) if self.text[at] in MARKS else None

    def _marks(self) -> dict[int, int | None]:
        if self._partners is None:
            line_start = self.text.rfind("\n", max(0, self.start - _REACH), self.start) + 1
            line_end = self.text.find("\n", self.end, self.end + _REACH)
            self._partners = partners(
                self.text,
                line_start or max(0, self.start - _REACH),
                line_end if line_end >= 0 else min(len(self.text), self.end + _REACH),
            )
        return self._partners


def _opens_nothing(sign: str, following: str) -> bool:
    """Whether punctuation at the start of a span can go; .5 and –5 are numbers, .NET is a name."""
    if sign in ".,":
        return not (following.isdigit() or (sign == "." and following.isalpha()))
    if sign in _DASHES:
        return sign in _LONG_DASHES or following.isspace()
    return sign in _CLOSING or sign in _OPENING


def _is_blank(sign: str) -> bool:
    return sign.isspace() or sign in _INVISIBLE


def _same_apostrophes(text: str) -> str:
    return text.replace("’", "'")


def _plain(text: str) -> str:
    return _same_apostrophes(text).lower()
