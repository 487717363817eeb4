"""The proposers: adding one is a module and a line in PROPOSERS. Each sees what those above it have found."""

from . import actors, before, figures, learned, spacy_models, speech_acts
from .proposal import Proposer

PROPOSERS: tuple[Proposer, ...] = (
    actors.PROPOSER,
    before.PROPOSER,
    learned.PROPOSER,
    spacy_models.PROPOSER,
    speech_acts.PROPOSER,
    figures.PROPOSER,
)


def by_name(name: str) -> Proposer | None:
    """The proposer of this name."""
    return next((each for each in PROPOSERS if each.name == name), None)
