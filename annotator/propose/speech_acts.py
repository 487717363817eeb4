"""Speech acts: the content of claims, demands and threats, with who says it.

A cue word (“said”, “demanded”, “threatened to”) or a pair of quotation marks announces a statement; the rules say
which tag it has and on which side of the cue it stands. Ends are cut by the tag's own trim rule.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from annotator.model.abbreviations import keeps_its_stop
from annotator.model.codebook import Tag
from annotator.model.pairs import partners
from annotator.model.span import Span, outer
from annotator.model.speakers import rank_speakers
from annotator.model.trim import trim

from .languages import primary
from .proposal import Article, Find, Known, Proposal, Proposer, naming
from .speech_rules import NONE, Rule, Rules, pattern_of, rules_of

NAME = "speech acts"
_QUOTED, _UNSAID, _BEHIND, _BEFORE, _LOOSE = 0.7, 0.45, 0.5, 0.55, 0.4  # scores by how clear the place is
_SHORTEST = 2  # words of a content
_LONG = 5  # letters of a word that may be one alone
_LEAD_IN = 12  # words between a cue and the word behind which its content begins
_SPEAKER = 14  # words between the comma and the cue in “…, the minister of … said”
_TAIL = 7  # words behind the cue in “…, she said on Monday”
_BACK, _AHEAD = 1_000, 300  # code points around a statement in which its source is looked for
_LONGEST = 3_000  # of a sentence; longer is a table or a list
_MOST = 50_000  # of a paragraph; quotation marks of a longer one are not paired
_STOP = re.compile(r"[.!?…]+[”’\"'»“)\]]*(?=\s)")
_WORD = re.compile(r"\w+")
_JOINED = re.compile(r"[,;]?\s+(?:and|but|while|und|aber|et|mais)(?:\s+(?:also|then|has|have))?\s*$", re.IGNORECASE)
_AND = "and|und|et"
_COMMA_OR_AND = re.compile(rf",?\s+(?:{_AND})\s+|,\s+", re.IGNORECASE)
_THAT = re.compile(r"\s+(that|dass|daß|que)\b")
_OPENING = re.compile(r"\s+(that|to|an?|dass|daß|que|eine?n?|une?)\b")
_REPORTED = re.compile(r"\b(?:that|dass|daß|que)\b")
_DATELINE = re.compile(r"\s*(?:[A-ZÄÖÜÉ]{3,}|\d)[^\n—–]{0,60}\s[—–]\s+")  # KYIV, 14 March (Wire) —
_WHEN = re.compile(r"\s+(?:on|in|at|late|after|during|am|im|nach|in|auf|à|lors|dans)\s[^,]{1,40}(?:,|$)|\s+\w+day\b")
_BREAK = re.compile(r"[;:]\s|\s[–—]\s|,\s(?:which|who)\s")
_GO_ON = '“„«»"'  # marks with which a quotation begins
_SUBJECT = re.compile(r"[,”\"“»’]\s*([^,;”\"“»]*)$")


def prepare(known: Known) -> Find:
    """Read the rules of the codebook, else those that the program brings along."""
    rules = rules_of(known.codebook)
    tags = {tag.id: tag for tag in known.codebook.active_tags}
    names = {tag.id for tag in naming(known.codebook)}

    @lru_cache(maxsize=2)  # the same article is asked for again after each act of its coder
    def said(text: str, language: str) -> list[tuple[str, Span, float]]:
        found = statements(text, rules.get(language, NONE), tags, language, paragraphs(text))
        return [(tag, span, score) for tag, span, score, _ in found]

    def find(article: Article, found: Sequence[Proposal]) -> Iterator[Proposal]:
        text = article.text
        language = primary(article.language or known.codebook.language)
        actors = sorted(
            [outer(spans) for tag, spans in article.tagged if tag in names]
            + [each.outer for each in found if each.tag in names]
        )
        for tag, span, score in said(text, language):
            yield Proposal(tag, (span,), NAME, score, source=_source(text, span, actors, language))

    return find


def _source(text: str, span: Span, actors: Sequence[Span], language: str) -> Span | None:
    window = Span(max(0, span.start - _BACK), min(len(text), span.end + _AHEAD))
    first, last = bisect_left(actors, Span(window.start, 0)), bisect_left(actors, Span(window.end, 0))
    near = tuple(_moved(actor, window.start) for actor in actors[first:last])
    best = _speaker(text[window.start : window.end], _moved(span, window.start), near, language)
    return None if best is None else actors[first + best]


@lru_cache(maxsize=4096)
def _speaker(text: str, span: Span, near: tuple[Span, ...], language: str) -> int | None:
    """Which of the actors near a statement says it."""
    ranked = rank_speakers(text, (span,), [(number, (actor,)) for number, actor in enumerate(near)], language)
    return ranked[0] if ranked else None


def _moved(span: Span, by: int) -> Span:
    return Span(span.start - by, span.end - by)


# ---- statements

Found = tuple[Rule, Span, float, Span | None]  # with the cue that announces it, if there is one


def statements(
    text: str, rules: Rules, tags: Mapping[str, Tag], language: str, within: Iterable[Span]
) -> Iterator[tuple[str, Span, float, Span | None]]:
    """(tag, span, score, cue) of what seems to be said within some paragraphs, trimmed; some may overlap."""
    for paragraph in within if rules.by_word else ():
        for rule, span, score, cue in _in_paragraph(text, paragraph, rules, language):
            for name, part in _clauses(text, span, _turned(rule.tag, text[span.start : span.end], rules), rules):
                cut = trim(text, part, tags[name].trim, language).span
                if _is_enough(_WORD.findall(text, cut.start, cut.end), rule):
                    yield name, cut, score, cue


def _is_enough(words: Sequence[str], rule: Rule) -> bool:
    """Whether a content says anything: “threatens with war” does, “denied it” and “said no” do not."""
    named = rule.content == "after" and not rule.start and len("".join(words)) >= _LONG
    return len(words) >= _SHORTEST or named


def paragraphs(text: str) -> Iterator[Span]:
    """The lines of a text."""
    begin = 0
    while begin <= len(text):
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        yield Span(begin, end)
        begin = end + 1


def cues(text: str, paragraph: Span, rules: Rules, language: str) -> Iterator[Span]:
    """The words in a paragraph that announce something, those in quotation marks left out."""
    quotes = _quotes(text, paragraph)
    for sentence in _sentences(text, paragraph, quotes, language):
        yield from (cue for cue, _ in _outside(text, sentence, rules, _inside(quotes, sentence)))


def _turned(tag: str, said: str, rules: Rules) -> str:
    """The tag of a statement by the words it holds; only what would be the first rule's tag is turned."""
    usual = next(iter(rules.by_word.values()))[0].tag
    fitting = (
        other
        for other, words, along in rules.turns
        if tag == usual and words.search(said) and (along is None or along.search(said))
    )
    return next(fitting, tag)


def _clauses(text: str, span: Span, tag: str, rules: Rules) -> Iterator[tuple[str, Span]]:
    """A statement, and apart from it the clause within that is another one: “unless they leave, we will strike”."""
    for other, words in rules.clauses:
        found = words.search(text, *span)
        if found is None:
            continue
        comma = text.find(",", found.end(), span.end)
        end = comma if comma > 0 else span.end
        rest = (
            Span(span.start, found.start())
            if text[span.start : found.start()].strip('“„«»"‘’ ')
            else Span(end, span.end)
        )
        if _WORD.search(text, *rest):
            yield other, Span(found.end(), end)
            yield tag, rest
            return
    yield tag, span


def _in_paragraph(text: str, paragraph: Span, rules: Rules, language: str) -> Iterator[Found]:
    all_quotes = _quotes(text, paragraph)
    usual = next(iter(rules.by_word.values()))[0]
    spoken = False
    for sentence in _sentences(text, paragraph, all_quotes, language):
        quotes = _inside(all_quotes, sentence)
        outside = _outside(text, sentence, rules, quotes)
        said = [quote for quote in quotes if sentence.contains(quote) and _is_speech(text, sentence, quote)]
        spoken = spoken or bool(outside)
        found: list[Found] = [
            (usual, quote, _QUOTED if spoken else _UNSAID, _nearest(quote, outside)) for quote in said
        ]
        for number, (cue, fitting) in enumerate(outside):
            behind = outside[number + 1][0] if number + 1 < len(outside) else None
            narrow: set[str] = set()  # tags of which a rule has found where exactly the content begins
            for rule in sorted(fitting, key=lambda each: not each.needed):
                for span, score in _contents(text, sentence, cue, behind, rule, quotes):
                    if not any(quote.overlaps(span) for quote in said) and (rule.needed or rule.tag not in narrow):
                        found.append((rule, span, score, cue))
                        narrow |= {rule.tag} if rule.needed else set()
        if not found and not outside:
            found += _reported(text, sentence, rules, quotes)
        yield from (each for each in found if each[2] > _LOOSE or not _holds_another(each, found))


def _reported(text: str, sentence: Span, rules: Rules, quotes: Sequence[Span]) -> Iterator[Found]:
    """A sentence that tells by its verb alone that somebody has said it: “Das sei nicht geplant.”"""
    for rule, words in rules.whole:
        found = words.search(text, *sentence)
        if found and not any(quote.contains(Span(*found.span())) for quote in quotes):
            yield rule, sentence, _LOOSE, Span(*found.span())


def _outside(text: str, sentence: Span, rules: Rules, quotes: Sequence[Span]) -> list[tuple[Span, tuple[Rule, ...]]]:
    return [each for each in _cues(text, sentence, rules) if not any(quote.contains(each[0]) for quote in quotes)]


def _nearest(quote: Span, outside: Sequence[tuple[Span, tuple[Rule, ...]]]) -> Span | None:
    """The cue that stands nearest to a quotation."""
    return min(
        (cue for cue, _ in outside), key=lambda cue: max(cue.start - quote.end, quote.start - cue.end), default=None
    )


def _inside(spans: Sequence[Span], where: Span) -> Sequence[Span]:
    """Those of some disjoint spans in order that overlap a stretch."""
    first = bisect_left(spans, Span(where.start, 0))
    first -= first > 0 and spans[first - 1].end > where.start
    return spans[first : bisect_left(spans, Span(where.end, 0))]


def _cues(text: str, sentence: Span, rules: Rules) -> Iterator[tuple[Span, tuple[Rule, ...]]]:
    """The words that announce something; “United States” does not, though “states” may."""
    for found in rules.cues.finditer(text, *sentence) if rules.cues else ():
        before = text[max(sentence.start, found.start() - 5) : found.start()].rstrip()
        if not found[0][0].isupper() or not before or before[-1] in '.!?…”“„«»"':
            yield Span(*found.span()), rules.by_word[found[0].lower()]


def _holds_another(one: Found, found: Iterable[Found]) -> bool:
    return any(other[1] != one[1] and one[1].contains(other[1]) for other in found)


def _is_speech(text: str, sentence: Span, quote: Span) -> bool:
    """Whether a whole statement is quoted, rather than some words of one: her country was “open to talks”."""
    before = text[sentence.start : quote.start - 1].rstrip()
    opens = not before or before[-1] in ",:;–—(" or not before[-1].isalnum()
    return opens and len(_WORD.findall(text, quote.start, quote.end)) >= _SHORTEST


def _quotes(text: str, paragraph: Span) -> list[Span]:
    """What stands between quotation marks, the marks left out. A quotation that goes on in the next paragraph is not
    closed at the end of its own."""
    if paragraph.end - paragraph.start > _MOST:
        return []
    pairs = partners(text, *paragraph)
    spans = [Span(at + 1, other) for at, other in pairs.items() if other is not None and at + 1 < other]
    first = next(iter(pairs), None)
    if (
        first is not None
        and pairs[first] is None
        and text[first] in _GO_ON
        and not text[paragraph.start : first].strip()
    ):
        spans.append(Span(first + 1, paragraph.end))
    kept: list[Span] = []
    for span in sorted(each for each in spans if text[each.start - 1] not in "([{"):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _sentences(text: str, paragraph: Span, quotes: Sequence[Span], language: str) -> Iterator[Span]:
    """A full stop within quotation marks ends none, but where the marks end with it. What is endless is left out."""
    for sentence in _split(text, paragraph, quotes, language):
        if sentence.end - sentence.start <= _LONGEST:
            yield sentence


def _split(text: str, paragraph: Span, quotes: Sequence[Span], language: str) -> Iterator[Span]:
    begin = paragraph.start
    for stop in _STOP.finditer(text, *paragraph):
        end = stop.end()
        around = _inside(quotes, Span(stop.start(), end))
        if any(quote.start <= stop.start() and end < quote.end for quote in around):
            continue
        following = text[end : min(end + 3, paragraph.end)].lstrip()[:1]
        word = re.search(r"\S*$", text[max(begin, stop.start() - 30) : stop.start()])
        if following.islower() or (stop[0] == "." and word and _keeps_its_stop(word[0], language)):
            continue
        yield Span(begin, end)
        begin = end
    if text[begin : paragraph.end].strip():
        yield Span(begin, paragraph.end)


def _keeps_its_stop(word: str, language: str) -> bool:
    """Whether a full stop belongs to its word; in German also to a number that counts: am 1. Dezember."""
    return keeps_its_stop(word, " ", language) or (language == "de" and word.isdigit() and len(word) <= 2)


# ---- the content of one cue


def _contents(
    text: str, sentence: Span, cue: Span, behind: Span | None, rule: Rule, quotes: Sequence[Span]
) -> Iterator[tuple[Span, float]]:
    """Where the content of a cue stands, and how clear that is; `behind` is the next cue of the sentence."""
    if rule.content == "around":
        before = _before(text, sentence, cue)
        if before is not None:
            yield before, _BEFORE
            return
    end = _end(text, Span(cue.end, sentence.end), behind, quotes)
    start = _behind_lead(text, Span(cue.end, end), rule) if rule.start else cue.end
    if start is None and rule.needed:
        return
    start = cue.end if start is None else start
    said = text[start:end]
    if not said.strip() or (rule.content == "around" and said.lstrip()[:1] in ",.;"):
        return
    joined = _THAT.match(said)
    score = _BEHIND if rule.content == "after" or joined else _LOOSE
    opening = _OPENING.match(said)
    again = opening[1] if opening else next((word for word in rule.start if word.isalpha()), "")
    parts = _listed(text, Span(start, end)) if rule.several else []
    for part in parts or _parts(text, Span(start, end), again):
        yield part, score


def _parts(text: str, content: Span, again: str) -> Iterator[Span]:
    """What is said twice in a row with one cue: to … and to …, that … and that …"""
    begin = content.start
    if again:
        joint = re.compile(rf",?\s+(?:{_AND})\s+(?={re.escape(again)}\s)", re.IGNORECASE)
        for found in joint.finditer(text, *content):
            yield Span(begin, found.start())
            begin = found.end()
    yield Span(begin, content.end)


def _listed(text: str, content: Span) -> list[Span]:
    """The parts of “a, b and c”; none where it is no list of three and more, or goes on with another clause."""
    begins = [content.start]
    ends = []
    for found in _COMMA_OR_AND.finditer(text, *content):
        ends.append(found.start())
        begins.append(found.end())
    parts = [Span(*each) for each in zip(begins, [*ends, content.end], strict=True)]
    joints = [text[one.end : two.start].strip() for one, two in pairwise(parts)]
    words = [_WORD.findall(text, *each) for each in parts]
    is_list = len(parts) > 2 and set(joints[:-1]) == {","} and joints[-1] != ","
    return parts if is_list and all(each and not each[0].endswith("ing") for each in words) else []


def _before(text: str, sentence: Span, cue: Span) -> Span | None:
    """The content that stands before its cue: from the beginning of the sentence to the comma before who says it."""
    subject = _SUBJECT.search(text, sentence.start, cue.start)
    if subject is None:
        return None
    inverted = not subject[1].strip()  # …, said X
    tail = text[cue.end : sentence.end]
    clause = re.split(r"[,;“„«\"]", tail, maxsplit=1)[0]
    ends = len(_WORD.findall(clause)) <= _TAIL or bool(_WHEN.match(tail))
    if _REPORTED.search(clause) or len(_WORD.findall(subject[1])) > _SPEAKER:
        return None
    if not ends or not (inverted or _names_somebody(subject[1])):
        return None
    dateline = _DATELINE.match(text, sentence.start, subject.start())
    return Span(dateline.end() if dateline else sentence.start, subject.start())


def _names_somebody(words: str) -> bool:
    """Whether a speaker may stand here: a name, an article, a pronoun."""
    first = words.strip().partition(" ")[0]
    return first[:1].isupper() or first.lower() in _SPEAKERS


_SPEAKERS = frozenset((
    "the", "a", "an", "he", "she", "they", "it", "his", "her", "their", "one", "we", "who", "officials", "sources",
    "police", "er", "sie", "es", "der", "die", "das", "ein", "eine", "il", "elle", "ils", "elles", "le", "la", "les",
))  # fmt: skip


def _end(text: str, rest: Span, behind: Span | None, quotes: Sequence[Span]) -> int:
    """Where the content behind a cue ends: with its sentence, at a semicolon, or before the next cue that is joined."""
    end = rest.end
    if behind is not None and behind.start > rest.start:
        joined = _JOINED.search(text, rest.start, behind.start)
        if joined is not None:
            end = joined.start()
        else:
            comma = text.rfind(",", rest.start, behind.start)
            end = comma if comma > rest.start else end
    for found in _BREAK.finditer(text, rest.start, end):
        if not any(quote.start <= found.start() < quote.end for quote in quotes):
            return found.start()
    return end


def _behind_lead(text: str, rest: Span, rule: Rule) -> int | None:
    """Behind the first of the rule's words that comes soon."""
    found = _leads(rule.start).search(text, *rest)
    between = [each[0].lower() for each in _WORD.finditer(text, rest.start, found.start())] if found else []
    if found is None or len(between) >= _LEAD_IN:
        return None
    if rule.needed and found[0][0].isalnum() and not set(between) - {"not"}:  # asked of somebody
        return None
    return found.end()


@lru_cache(maxsize=256)
def _leads(words: tuple[str, ...]) -> re.Pattern[str]:
    return pattern_of(words)


PROPOSER = Proposer(NAME, "Statements by their cue words", prepare)
