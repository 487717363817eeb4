"""What a proposal is, what a proposer goes by, and what it must be able to do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.model.codebook import Codebook, Tag
from annotator.model.entities import Registry
from annotator.model.span import Span, Spans, outer

if TYPE_CHECKING:
    from .learned import Learned

SURE = 0.8  # score from which a proposal is taken with all the sure ones
LEAST = 0.3  # score below which nothing is proposed

Tagged = tuple[str, Spans]  # a tag and where it stands
NOBODY = Registry(())


@dataclass(frozen=True)
class Proposal:
    """Spans that may deserve a tag.

    `by` names the proposer, `score` is how sure it is, 0 to 1. `source` is the outer span of who says it.
    `attributes` are values (id → value) that the proposer knows.
    """

    tag: str
    spans: Spans
    by: str
    score: float
    source: Span | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict, hash=False)
    document: int = 0  # the key of its document; 0 if it has none

    @property
    def outer(self) -> Span:
        """From the start of the first piece to the end of the last."""
        return outer(self.spans)

    @property
    def is_sure(self) -> bool:
        """Whether it is among those that can be taken all at once."""
        return self.score >= SURE


@dataclass(frozen=True)
class Article:
    """A text to look through, with what stands in it already."""

    text: str
    language: str = "en"
    tagged: Sequence[Tagged] = ()


@dataclass(frozen=True)
class Coded:
    """A text that a person has read, with all that was tagged in it, and what was refused there."""

    text: str
    tagged: Sequence[Tagged]
    refused: Sequence[Tagged] = ()
    whole: bool = True  # whether the reading is finished, so that what is not tagged was left out on purpose
    language: str = "en"


@dataclass(frozen=True)
class Known:
    """What the proposers go by: the codebook, the project's actors, and what was coded before."""

    codebook: Codebook
    registry: Registry = NOBODY
    coded: Sequence[Coded] = ()
    wordings: Mapping[tuple[str, str], int] = field(
        default_factory=dict, hash=False
    )  # (tag, words) → how often, elsewhere
    learned: "Learned | None" = None  # the models trained on what was coded, if there are any


Found = Iterable[Proposal]
Find = Callable[[Article, Sequence[Proposal]], Found]  # of the article, with what the proposers before it have found


@dataclass(frozen=True)
class Proposer:
    """One way to find proposals. `prepare` is asked once and may take long; what it gives is asked for each article.

    `needs` names the extra that must be installed; `usual` says whether it works unless it is switched off.
    """

    name: str
    label: str  # what people read
    prepare: Callable[[Known], Find]
    needs: str = ""
    usual: bool = True


def naming(codebook: Codebook) -> list[Tag]:
    """The tags in use whose annotations name an actor."""
    return [tag for tag in codebook.active_tags if any(each.type == "entity" for each in tag.attributes)]


def entity_attribute(tag: Tag) -> str:
    """The id of the attribute that says which actor is named; empty if there is none."""
    return next((each.id for each in tag.attributes if each.type == "entity"), "")
