"""What a person wishes of an assignment, and what it comes to: shown before it is done."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.errors import AnnotatorError
from annotator.model.assignment import Plan
from annotator.model.changes import Changes
from annotator.operations import assigning
from annotator.operations.progress import Progress, silent
from annotator.operations.team import Member, team
from annotator.storage import assignments, totals
from annotator.storage.project import Project

HAND, EVENLY, PAIRS, SAMPLE = "hand", "evenly", "pairs", "sample"


@dataclass(frozen=True)
class Wish:
    """A way of dealing out, the coders, and the documents (none chosen: those the way takes by itself)."""

    way: str
    coders: tuple[int, ...]
    documents: tuple[int, ...] = ()
    seed: int = 1
    number: int = 0  # of a sample
    each: int = 2


@dataclass(frozen=True)
class Planned:
    """The pairs to assign that are new, the documents they are about, and how many each coder gets besides."""

    plan: Plan
    documents: frozenset[int]
    added: dict[int, int]


NOTHING = Planned([], frozenset(), {})


def planned(project: Project, wish: Wish) -> Planned:
    """What a wish comes to. Raises AnnotatorError if it cannot be, as for a pair of one."""
    chosen: Sequence[int] | None = wish.documents or None
    if wish.way == HAND:
        plan = [(document, coder) for document in wish.documents for coder in wish.coders]
    elif wish.way == EVENLY:
        plan = assigning.plan_evenly(project, wish.coders, chosen, seed=wish.seed)
    elif wish.way == PAIRS:
        plan = assigning.plan_pairs(project, wish.coders, chosen, seed=wish.seed)
    else:
        drawn, plan = assigning.plan_sample(project, wish.number, wish.coders, chosen, seed=wish.seed, each=wish.each)
        return Planned(plan, frozenset(drawn), dict(Counter(coder for _, coder in plan)))
    there = assignments.assigned(project)
    new = [(document, coder) for document, coder in plan if coder not in there.get(document, ())]
    return Planned(new, frozenset(document for document, _ in new), dict(Counter(coder for _, coder in new)))


@dataclass(frozen=True)
class Facts:
    """What one chooses from: how many articles there are, the people, and who has what already."""

    total: int
    members: Sequence[Member]
    assigned: Mapping[int, tuple[int, ...]]


def facts(project: Project) -> Facts:
    """What there is to assign, and to whom."""
    return Facts(totals.documents(project), team(project), assignments.assigned(project))


def worked_out(project: Project, wish: Wish) -> tuple[Planned, str]:
    """As `planned`, with why it cannot be, or nothing."""
    if not wish.coders or (wish.way == HAND and not wish.documents):
        return NOTHING, ""
    try:
        return planned(project, wish), ""
    except AnnotatorError as error:
        return NOTHING, str(error)


def carry_out(project: Project, wish: Wish, *, coder: int | None = None, progress: Progress = silent) -> Changes:
    """Do what was planned, as one step of `coder`. Raises AnnotatorError as `planned` does."""
    if wish.way == SAMPLE:
        return assigning.draw_sample(
            project,
            wish.number,
            wish.coders,
            seed=wish.seed,
            each=wish.each,
            documents=wish.documents or None,
            coder=coder,
            progress=progress,
        )
    return assigning.assign(project, planned(project, wish).plan, coder=coder, progress=progress)
