"""Who most plausibly says something: the subject of the speech verb nearest to its edge, else the nearest actor.

“X said that …”, “…”, said X, “…”, X said, X: “…”, and according to X; “she said” is whoever spoke before, and “… and
demanded” the subject of the sentence. Words of English, German and French; without a language all are looked for.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from annotator.model.span import Span, Spans, outer

Actor = tuple[int, Spans]  # key and place of an annotation that may be the speaker

_VERBS = {
    "en": """said say says saying told tell tells telling added adds adding stressed stresses stated states claimed
        claims claiming accused accuses accusing demanded demands demanding warned warns warning insisted insists
        insisting argued argues arguing announced announces announcing declared declares declaring denied denies deny
        denying rejected rejects rejecting refused refuses refusing threatened threatens threatening called calls
        calling urged urges urging asked asks asking requested requests believes believed thinks thought expects
        expected expressed expresses expressing noted notes noting explained explains reiterated reiterates emphasised
        emphasized emphasises emphasizes underlined underscored underscores described describes describing wrote
        writes tweeted posted reported reports confirmed confirms confirming vowed vows vowing pledged pledges
        promised promises responded responds replied replies commented comments suggested suggests predicted predicts
        admitted admits acknowledged acknowledges alleged alleges asserted asserts maintained maintains concluded
        criticised criticized criticises criticizes condemned condemns offered offers proposed proposes agreed agrees
        repeated repeats recalled pointed dismissed dismisses wants wanted hopes hoped fears feared countered""",
    "de": """sagt sagte sagten sagen erklärt erklärte erklärten betont betonte betonten warnt warnte warnten fordert
        forderte forderten verlangt verlangte verlangten droht drohte drohten behauptet behauptete behaupteten meint
        meinte meinten teilte teilten kündigte kündigten bestritt bestreitet bestritten lehnte lehnten lehnt wies
        wiesen verurteilt verurteilte nannte nannten nennt räumte bekräftigte bekräftigt berichtete berichtet schrieb
        schreibt rief riefen bat baten bittet äußerte äußerten kritisierte kritisiert versicherte versichert
        versprach verspricht warf warfen wirft mahnte mahnt sprach spricht hält hielt glaubt erwartet erwartete gab
        betrachtet unterstrich hob fügte ergänzte entgegnete erwiderte antwortete weigert weigerte will wollen""",
    "fr": """dit disent déclare déclaré déclarent affirme affirmé affirment annonce annoncé averti avertit demande
        demandé demandent exige exigé exigent menace menacé menacent rejette rejeté nie nié accuse accusé accusent
        estime estimé estiment ajoute ajouté souligne souligné assure assuré assurent explique expliqué insiste
        insisté promet promis indique indiqué précise précisé rappelle rappelé répond répondu appelle appelé juge jugé
        refuse refusé dénonce dénoncé critique critiqué confirme confirmé écrit espère redoute lance lancé""",
}
_LEADS = {
    "en": r"according to|in the words of|in the view of|(?:demand|call|threat|claim|statement)s? (?:by|from)",
    "de": r"laut|nach angaben (?:von|der|des)|nach den worten (?:von|der|des)|aus sicht (?:von|der|des)",
    "fr": r"selon|d[’']après|aux yeux de|de l[’']avis de",
}
_PRONOUNS = {"en": "he|she|they|it", "de": "er|sie|es", "fr": "il|elle|ils|elles|on"}
_LOOK_BACK = 3_000  # characters before the span in which the subjects of verbs are followed
_WINDOW = 240  # characters from the edge of the span in which its cue may stand
_FAR = 90  # characters between an actor and its verb: a title or a clause may stand there
_SENTENCE_END = re.compile(r"[.!?…][”’\"'»)\]]*\s+(?=[^\W\d_a-zß-ÿ]|[“„‘\"'«(])|\n")
_JOINED = re.compile(
    r"(?:\b(?:and|but|then|und|aber|sowie|et|mais|puis)|,)\s+(?:\w+ly\s+|also\s+|a\s+)?$", re.IGNORECASE
)
_QUOTED = re.compile(r"[”’\"'»“][,.–—-]?\s*$")  # what stands before an inverted verb: “…”, said X
_CUE, _SPOKE, _BEFORE, _AFTER, _EARLIER, _LATER, _INSIDE = range(7)  # the order of what is offered


class _Words(NamedTuple):
    """What a language says things with."""

    cue: re.Pattern[str]  # a speech verb, or (group “lead”) what stands before a source: according to
    pronoun_before: re.Pattern[str]
    pronoun_after: re.Pattern[str]


class _Cue(NamedTuple):
    """A speech verb (or according to) with its subject, and how far that is from it."""

    place: Span
    subject: int | None
    gap: int = 0


@lru_cache(maxsize=8)
def _words(language: str) -> _Words:
    known = [language] if language in _VERBS else list(_VERBS)
    verbs = "|".join(sorted({verb for name in known for verb in _VERBS[name].split()}))
    leads = "|".join(_LEADS[name] for name in known)
    pronouns = "|".join(_PRONOUNS[name] for name in known)
    return _Words(
        re.compile(rf"\b(?:(?P<lead>{leads})|{verbs})\b|(?P<colon>:)(?=\s)", re.IGNORECASE),
        re.compile(rf"\b(?:{pronouns})\s+(?:[\w’']+\s+){{0,2}}$", re.IGNORECASE),
        re.compile(rf"\s+(?:{pronouns})\b", re.IGNORECASE),
    )


def rank_speakers(text: str, spans: Spans, actors: Iterable[Actor], language: str = "") -> list[int]:
    """Keys of the actors, the likeliest source of what the spans say first.

    First the subject of the nearest speech verb, and who spoke last; then the same paragraph, before the span and
    after it; then the paragraphs before, nearest first, and those after; last what lies inside the span.
    """
    whole = outer(spans)
    paragraph = _paragraph(text, whole)
    placed = sorted((outer(each), key) for key, each in actors)
    subjects, spoke = _by_cue(text, whole, paragraph, placed, language)
    ranked = []
    for place, key in placed:
        if key in subjects:
            order = (_CUE, subjects[key])
        elif key == spoke:
            order = (_SPOKE, 0)
        elif whole.overlaps(place):
            order = (_INSIDE, place.start)
        elif place.start < whole.start:
            order = (_BEFORE if place.start >= paragraph.start else _EARLIER, whole.start - place.end)
        else:
            order = (_AFTER if place.start < paragraph.end else _LATER, place.start - whole.end)
        ranked.append((*order, place.start, key))
    return [key for *_, key in sorted(ranked)]


def _paragraph(text: str, span: Span) -> Span:
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)


def _by_cue(
    text: str, span: Span, paragraph: Span, actors: Sequence[tuple[Span, int]], language: str
) -> tuple[dict[int, int], int | None]:
    """The subjects of cues near the span, with how far cue and subject are in all; and who spoke last before it."""
    region = Span(max(0, span.start - _LOOK_BACK), min(paragraph.end, span.end + _WINDOW))
    first, last = (bisect_left(actors, (Span(at, 0), 0)) for at in region)
    near = [each for each in actors[first:last] if not span.overlaps(each[0])]
    found: dict[int, int] = {}
    spoke = None
    for cue in _subjects(text, region, span, near, _words(language.replace("_", "-").partition("-")[0].lower())):
        if cue.subject is None:
            continue
        if paragraph.start <= cue.place.start < span.start:
            spoke = cue.subject
        away = _away(text, span, cue.place) if cue.place.start >= paragraph.start else None
        if away is not None and away <= _WINDOW:
            found[cue.subject] = min(away + cue.gap, found.get(cue.subject, away + cue.gap))
    return found, spoke


def _away(text: str, span: Span, cue: Span) -> int | None:
    """How far a cue is from the span; None where a sentence ends between them (but not just behind the span)."""
    between = text[cue.end : span.start] if cue.end <= span.start else text[span.end : cue.start]
    end = _SENTENCE_END.search(between)
    return None if end is not None and (end.start() > 3 or cue.end <= span.start) else len(between)


def _subjects(text: str, region: Span, span: Span, actors: Sequence[tuple[Span, int]], words: _Words) -> Iterable[_Cue]:
    """The cues of a region outside the span, in order, each with its subject as far as it can be told."""
    spoke: int | None = None
    sentence, joined = region.start, None  # where this sentence begins, and the subject of its last verb
    for match in words.cue.finditer(text, region.start, region.end):
        verb = Span(*match.span())
        if span.overlaps(verb) or any(place.overlaps(verb) for place, _ in actors):
            continue
        for end in _SENTENCE_END.finditer(text, sentence, verb.start):
            sentence, joined = end.end(), None
        before = [(place, key) for place, key in actors if sentence <= place.start and place.end <= verb.start]
        behind = next(((place, key) for place, key in actors if place.start >= verb.end), None)
        if match["lead"]:
            cue = _lead(verb, behind)
        elif match["colon"]:
            cue = _nearest(verb, before)
        else:
            cue = _subject(text, verb, sentence, before, behind, joined, spoke, words)
        if cue.subject is not None:
            spoke = joined = cue.subject
        yield cue


def _lead(lead: Span, behind: tuple[Span, int] | None) -> _Cue:
    fits = behind is not None and behind[0].start - lead.end <= 12
    return _Cue(lead, behind[1] if behind and fits else None)


def _nearest(cue: Span, before: Sequence[tuple[Span, int]]) -> _Cue:
    gap = cue.start - before[-1][0].end if before else _FAR + 1
    return _Cue(cue, before[-1][1], gap) if gap <= _FAR else _Cue(cue, None)


def _subject(
    text: str,
    verb: Span,
    sentence: int,
    before: Sequence[tuple[Span, int]],
    behind: tuple[Span, int] | None,
    joined: int | None,
    spoke: int | None,
    words: _Words,
) -> _Cue:
    said_before = text[sentence : verb.start]
    close = bool(before) and verb.start - before[-1][0].end <= _FAR
    if _QUOTED.search(said_before) or (not close and said_before.rstrip().endswith((",", ":", "–", "—"))):
        if behind is not None and text[verb.end : behind[0].start].strip() in _ARTICLES:
            return _Cue(verb, behind[1])
        if words.pronoun_after.match(text, verb.end):
            return _Cue(verb, spoke)
    if words.pronoun_before.search(said_before):
        return _Cue(verb, spoke)
    if _JOINED.search(said_before):
        subject = joined if joined is not None else before[0][1] if before else spoke
        return _Cue(verb, subject)
    return _nearest(verb, before)


_ARTICLES = frozenset(
    ["", "the", "a", "an", "der", "die", "das", "ein", "eine", "le", "la", "l’", "l'", "les", "un", "une"]
)
