"""What a source declares beside what it uses: its tags, links and fields, of which a codebook can be made."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Ends = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Scheme:
    """Labels as the source calls them. `fields` maps a tag, or a kind of link, to its attributes with their values.

    An attribute without values is one that is there or not. Kinds of links map to the tags that they may lead from and
    to; empty: any.
    """

    tags: tuple[str, ...] = ()
    relations: Mapping[str, Ends] = field(default_factory=dict)
    fields: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
