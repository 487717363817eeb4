"""The kinds of disagreement: KINDS, the gravest first."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A way in which readings differ, with the word and the sign that tell it; colour never does."""

    id: str
    word: str
    sign: str


AGREED, ONLY, BOUNDARY, TAG = "agreed", "only", "boundary", "tag"
TAG_AND_BOUNDARY, ATTRIBUTE, RELATION, CHECK = "tag and boundary", "attribute", "relation", "check"

KINDS: tuple[Kind, ...] = (
    Kind(TAG_AND_BOUNDARY, "Tag and boundary", "⇄"),
    Kind(TAG, "Tag", "≠"),
    Kind(BOUNDARY, "Boundary", "↔"),
    Kind(ONLY, "Only one", "↑"),
    Kind(ATTRIBUTE, "Value", "="),
    Kind(RELATION, "Link", "→"),
    Kind(CHECK, "To check", "○"),  # the only reading of an article: nothing to hold it against
    Kind(AGREED, "Agreed", "✓"),
)
