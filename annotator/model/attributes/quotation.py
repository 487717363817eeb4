"""How a statement is quoted: in direct speech, in indirect speech, mixed, or in the reporter's own words."""

import re
from collections.abc import Mapping

from annotator.model.pairs import partners
from annotator.model.span import Spans, outer

DIRECT, INDIRECT, MIXED, PARAPHRASE = "direct", "indirect", "mixed", "paraphrase"

_BRACKETS = "()[]{}"
_REACH = 2_000  # code points of the paragraph on either side that are looked at

_I_AND_WE: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:I|we|We|WE|me|us|my|My|our|Our|OUR|ours|mine|myself|ourselves)\b(?!\.)"),
    "de": re.compile(r"\b(?:ich|mir|mich|wir|uns|mein(?:e[nmrs]?)?|unser(?:e[nmrs]?)?)\b", re.IGNORECASE),
    "fr": re.compile(r"(?:\b(?:je|me|moi|mon|ma|mes|nous|notre|nos)\b|\bj[’'])", re.IGNORECASE),
}
_THAT: Mapping[str, str] = {"en": "that", "de": "dass|daß|ob", "fr": "que|qu[’']"}
_SAY: Mapping[str, str] = {
    "en": "sa(?:y|ys|id|ying)|tell|tells|told|telling|add(?:s|ed|ing)?|warn(?:s|ed|ing)?|state[sd]?|stating|"
    "insist(?:s|ed|ing)?|argu(?:e[sd]?|ing)|claim(?:s|ed|ing)?|announc(?:e[sd]?|ing)|repl(?:y|ies|ied)|"
    "explain(?:s|ed|ing)?|maintain(?:s|ed)|stress(?:es|ed)|declare[sd]?|write|writes|wrote|admit(?:s|ted)|"
    "conced(?:es|ed)|suggest(?:s|ed)|recall(?:s|ed)|predict(?:s|ed)|promise[sd]?|vow(?:s|ed)|not(?:es|ed)",
    "de": "sag(?:e|t|te|ten)|erklär(?:e|t|te|ten)|teilte[n]?|warn(?:t|te|ten)|beton(?:t|te|ten)|so|laut|meinte[n]?|"
    "behaupte(?:t|te|ten)|ergänzte[n]?|fügte[n]?|kündigte[n]?|versicherte[n]?|schrieb(?:en)?|hieß|heißt",
    "fr": "dit|disent|déclare(?:nt)?|déclaré|affirm(?:e|é|ent)|assur(?:e|é|ent)|ajout(?:e|é|ent)|expliqu(?:e|é)|"
    "averti(?:t)?|annonc(?:e|é)|estim(?:e|é)|selon",
}
_ASK: Mapping[str, re.Pattern[str]] = {  # what is asked for follows: asked the council to …, fordert …, … zu …
    "en": re.compile(r"\b(?:ask|urge|call|appeal|want|tell|told|order|press|offer|promise|vow)\w*\b[^.;]*\bto$", re.I),
    "de": re.compile(r"\b(?:forder|verlang|bitte|bat\b|appell|ruf|rief\b|mahn|dräng)\w*[^.;]*(?:,|\bund)$", re.I),
    "fr": re.compile(r"\b(?:demand|appel|exhort|exig|pri|invit)\w*\b[^.;]*\b(?:à|de)$|\bd[’']$", re.I),
}
_REPORTED_MOOD = re.compile(
    r"\b(?:sei(?:en)?|müsse|könne|habe|werde|solle|dürfe|wolle|wisse|gebe|bleibe|komme)\b"
)  # de


def quotation(text: str, spans: Spans, language: str = "en") -> str:
    """One of direct, indirect, mixed and paraphrase, read off the quotation marks, “that” and the verb of saying."""
    start, end = outer(spans)
    primary = language.replace("_", "-").partition("-")[0].lower()
    primary = primary if primary in _SAY else "en"
    first = max(text.rfind("\n", max(0, start - _REACH), start) + 1, start - _REACH, 0)
    last = text.find("\n", end, end + _REACH)
    last = last if last >= 0 else min(len(text), end + _REACH)
    by_marks = _by_marks(text, start, end, first, last)
    if by_marks:
        return by_marks
    said = text[start:end]
    if _I_AND_WE[primary].search(said):
        return DIRECT
    before, behind = text[first:start], text[end:last]
    reported = _is_reported(before, behind, primary) or (primary == "de" and _REPORTED_MOOD.search(said))
    return INDIRECT if reported else PARAPHRASE


def _by_marks(text: str, start: int, end: int, first: int, last: int) -> str:
    """Direct inside one pair of marks, mixed where a pair begins or ends within; empty where no mark says anything."""
    pairs = [
        (opened, closed)
        for opened, closed in partners(text, first, last).items()
        if closed is not None and opened < closed and text[opened] not in _BRACKETS
    ]
    if any(opened <= start and end <= closed + 1 for opened, closed in pairs):
        return DIRECT
    touched = sum(max(0, min(end, closed) - max(start, opened + 1)) for opened, closed in pairs)
    return MIXED if touched else ""


def _is_reported(before: str, behind: str, language: str) -> bool:
    """Whether “that” or a verb of saying stands just before, or the verb follows: …, she said."""
    that, say = _THAT[language], _SAY[language]
    if _ASK[language].search(before.rstrip()):
        return True
    lead = before.rstrip(" \u00a0:,")
    if re.search(rf"(?:^|\W)(?:{that})$", lead, re.IGNORECASE):
        return True
    if re.search(rf"(?:^|\W)(?:{say})$", lead, re.IGNORECASE):
        return True
    if re.search(rf"\b(?:{say})\s+(?:\w+\s+){{0,3}}\w+$", lead, re.IGNORECASE) and before.rstrip().endswith((",", ":")):
        return True
    sentence = re.split(r"[.;!?]\s", behind, maxsplit=1)[0]
    return bool(re.match(rf",\s(?:[\w’'-]+\s){{0,6}}?(?:{say})\b", sentence, re.IGNORECASE))
