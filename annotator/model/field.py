"""One field of the form of an annotation, as the window shows it; `attributes.walk` makes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.model.codebook import Attribute

if TYPE_CHECKING:
    from annotator.model.attributes.kind import Value  # with it come all kinds, which the start does without

HUMAN = ("typed", "confirmed")
PROPOSED = "proposed"

_LONGEST_NAME = 24


@dataclass(frozen=True)
class Field:
    """One attribute of an annotation. `by` is empty where nothing stands and nothing is proposed."""

    attribute: Attribute
    value: "Value | None" = None
    by: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)  # value of an enum → the key that takes it

    @property
    def is_human(self) -> bool:
        """Whether a person typed or confirmed what stands there."""
        return self.by in HUMAN

    @property
    def waits(self) -> bool:
        """Whether the describe pass stops here: asked always and not yet answered, or asked because of a proposal."""
        if self.is_human:
            return False
        return self.attribute.ask == "always" or (self.attribute.ask == "if_proposed" and self.by == PROPOSED)


def short_name(attribute: Attribute) -> str:
    """What an attribute is called in a sentence: the label without what stands in brackets, else the id in words."""
    name = attribute.name.partition(" (")[0].strip()
    if len(name) > _LONGEST_NAME:
        name = attribute.id.replace("_", " ")
    return name[:1].upper() + name[1:]
