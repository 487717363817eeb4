"""Whether a statement holds only under a condition, and the words that say which."""

import re
from collections.abc import Mapping

from annotator.model.span import Spans, outer, quote

# What begins a condition. “Should” does where it stands before its subject: “should Russia invade”.
_BEGIN: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:if|unless|in case|in the event (?:that|of)|provided that|on condition that|as long as)\b"
        r"|\bshould\s+(?:the|a|an|any|it|he|she|they|there|we|you|its|his|her|their|this|that|these)\b"
        r"|\b(?i:should)\s+[A-Z]",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:wenn|falls|sofern|solange|es sei denn|im Falle?|für den Fall|vorausgesetzt)\b|(?:^|[,;] )sollte[n]?\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:si|à moins (?:que|de)|au cas où|en cas d[e’']|dans le cas où|à condition (?:que|de)|pourvu que|"
        r"tant que|faute de)(?=[\s’'])|\bs[’']ils?\b",
        re.IGNORECASE,
    ),
}
_OTHERWISE: Mapping[str, re.Pattern[str]] = {  # a condition that stands elsewhere
    "en": re.compile(r"\b(?:otherwise|or else)\b", re.IGNORECASE),
    "de": re.compile(r"\b(?:sonst|andernfalls|ansonsten)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:sinon|autrement)\b", re.IGNORECASE),
}
_REACH = 300  # code points before and behind a span
_SENTENCE_END = re.compile(r"(?<=[.!?:;])[”“’»\"]?\s|\n")
_QUOTES = "“”„‘’«»\"'"
_ENDS = " \t\n,;:.–—"


def condition(text: str, spans: Spans, language: str = "en") -> tuple[bool, str]:
    """Whether a statement is conditional, and its condition from the conditional on; empty if that is not found.

    The condition may also stand just behind the span or just before it, in the same sentence.
    """
    primary = language.replace("_", "-").partition("-")[0].lower()
    primary = primary if primary in _BEGIN else "en"
    said = quote(text, spans)
    found = _begin(said, primary)
    if found is not None:
        if said[: found.start()].strip(_ENDS):
            return True, said[found.start() :].strip(_ENDS)
        # The condition stands first: it ends where the main clause begins.
        comma = said.find(",", found.end())
        return True, said[found.start() : comma if comma >= 0 else len(said)].strip(_ENDS)
    beside = _beside(text, *outer(spans), primary)
    return bool(beside) or _OTHERWISE[primary].search(said) is not None, beside


def _beside(text: str, start: int, end: int, language: str) -> str:
    behind = _SENTENCE_END.split(text[end : end + _REACH], maxsplit=1)[0]
    found = _begin(behind, language)
    if found is not None and not behind[: found.start()].strip(", "):
        return re.split("[,;]", behind[found.start() :], maxsplit=1)[0].strip(_ENDS)
    before = _SENTENCE_END.split(text[max(0, start - _REACH) : start])[-1]
    found = _begin(before, language)
    if found is not None and not before[: found.start()].strip(_ENDS + _QUOTES) and before.rstrip().endswith(","):
        return before[found.start() :].strip(_ENDS)
    return ""


def _begin(said: str, language: str) -> re.Match[str] | None:
    for found in _BEGIN[language].finditer(said):
        # “The council should The …” is no English; a capital behind “should” begins a name: “should Russia invade”.
        if language == "en" and found[0].lower().startswith("should") and not _is_inverted(said, found):
            continue
        return found
    return None


def _is_inverted(said: str, found: re.Match[str]) -> bool:
    behind = said[found.end() - 1 : found.end()]
    return not behind.isupper() or found[0].split()[-1][0].isupper()
