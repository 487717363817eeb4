"""Cue words in a text (“said”, “demanded”, “threatened to”), by the rules for speech acts, and what they announce."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.model.codebook import Codebook
from annotator.model.span import Span

from .languages import primary
from .proposal import Tagged
from .speech_acts import cues, paragraphs, statements
from .speech_rules import NONE, Rules, rules_of


@dataclass(frozen=True)
class Cue:
    """A cue word, and the stretches that it may announce, the likeliest first; none where the rules find none."""

    span: Span
    contents: tuple[Span, ...] = ()


class CueFinder:
    """Finds cues by the rules of a codebook, paragraph by paragraph. Raises AnnotatorError for rules that are wrong."""

    def __init__(self, codebook: Codebook, language: str) -> None:
        self._language = primary(language or codebook.language)
        self._rules: Rules = rules_of(codebook).get(self._language, NONE)
        self._tags = {tag.id: tag for tag in codebook.active_tags}
        self.statements = {rule.tag for rules in self._rules.by_word.values() for rule in rules}
        self.statements |= {turn[0] for turn in self._rules.turns} | {tag for tag, _ in self._rules.clauses}

    @property
    def has_rules(self) -> bool:
        """Whether there are rules for the language."""
        return self._rules.cues is not None

    def in_paragraph(self, text: str, paragraph: Span) -> list[Cue]:
        """The cues of one paragraph, in order."""
        announced: defaultdict[Span, list[tuple[float, Span]]] = defaultdict(list)
        for _, span, score, cue in statements(text, self._rules, self._tags, self._language, [paragraph]):
            if cue is not None:
                announced[cue].append((-score, span))
        found = cues(text, paragraph, self._rules, self._language) if self.has_rules else ()
        return [Cue(cue, tuple(dict.fromkeys(span for _, span in sorted(announced[cue])))) for cue in found]

    def words(self, paragraph: str) -> list[Span]:
        """The cue words of one paragraph, given as a text of its own."""
        whole = Span(0, len(paragraph))
        return list(cues(paragraph, whole, self._rules, self._language)) if self.has_rules else []

    def open_cues(self, text: str, tagged: Iterable[Tagged], place: int, steps: int) -> Iterator[Cue]:
        """The cues after a place (before it, if `steps` is negative) that announce what is not tagged, nearest first.

        Of each only the contents that are not tagged yet.
        """
        made = [span for tag, spans in tagged if tag in self.statements for span in spans]
        listed = [each for each in paragraphs(text) if (each.end > place if steps > 0 else each.start < place)]
        for paragraph in listed if steps > 0 else reversed(listed):
            found = self.in_paragraph(text, paragraph)
            for cue in found if steps > 0 else reversed(found):
                there = cue.span.start >= place if steps > 0 else cue.span.end <= place
                left = _left(text, cue, made) if there else None
                if left is not None:
                    yield left


def _left(text: str, cue: Cue, made: Sequence[Span]) -> Cue | None:
    """The cue with what is not tagged of it. One that announces nothing certain is open if nothing is tagged near."""
    free = tuple(span for span in cue.contents if not any(span.overlaps(other) for other in made))
    beside = Span(max(0, cue.span.start - _BESIDE), min(len(text), cue.span.end + _BESIDE))
    taken = any((cue.span if cue.contents else beside).overlaps(other) for other in made)
    return None if taken or (cue.contents and not free) else Cue(cue.span, free)


_BESIDE = 40  # code points on either side of a cue in which what it announces would begin or end
