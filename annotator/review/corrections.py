"""What a coder can learn: where the agreed version is other than the coder's own reading, and by which rule."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.model.codebook import Codebook, Rule
from annotator.review.comparing import Place, compare
from annotator.review.decisions import Decision, Decisions
from annotator.review.kinds import BOUNDARY
from annotator.review.readings import Held, Mark, Sameness

NO_REASON = "no reason given"


@dataclass(frozen=True)
class Correction:
    """One place where the agreed version differs. `place` compares the own reading (0) with the agreed version (1)."""

    document: int
    title: str
    place: Place
    decision: Decision | None = None  # None: the agreed version came from elsewhere
    defensible: bool = False  # the reviewer noted that the own reading could be defended too

    @property
    def mine(self) -> tuple[Mark, ...]:
        """What the coder has."""
        return self.place.of_reading(0)

    @property
    def agreed(self) -> tuple[Mark, ...]:
        """What the agreed version has."""
        return self.place.of_reading(1)

    @property
    def rule(self) -> str:
        """The rule at stake, else the reason, else that there is none."""
        if self.decision is None:
            return NO_REASON
        return self.decision.rule or self.decision.reason or NO_REASON


def corrections(
    document: int, title: str, own: Held, gold: Held, decisions: Decisions, same: Sameness
) -> list[Correction]:
    """Where the agreed version of an article differs from one reading, in text order."""
    found = []
    for place in compare([own, gold], same):
        if place.agreed:
            continue
        near = decisions.touching(name for mark in place.marks for name in (mark.id, mark.source) if name)
        decision = near[-1] if near else None
        defensible = decision is not None and own.reader.id in decision.defensible
        found.append(Correction(document, title, place, decision, defensible))
    return found


def rules_at_stake(correction: Correction, codebook: Codebook) -> tuple[Rule, ...]:
    """The rule that decided; where none is named, those that can have: of boundaries, and of the tag that is right."""
    named = codebook.rule(correction.rule)
    if named is not None:
        return (named,)
    if correction.rule != NO_REASON:
        return ()  # it was another reason
    marks = correction.agreed or correction.mine
    tags = [tag for own in dict.fromkeys(mark.tag for mark in marks) if (tag := codebook.tag(own)) is not None]
    of_tags = tuple(rule for tag in tags for rule in tag.rules)
    return (*codebook.boundary_rules, *of_tags) if correction.place.kind == BOUNDARY else of_tags


def tally(listed: Iterable[Correction]) -> list[tuple[str, int]]:
    """How many corrections each rule (else reason) accounts for, the most first."""
    counts = Counter(each.rule for each in listed)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
