"""Changes to a codebook as people make them: a tag comes, goes, is renamed; an example is pinned."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from annotator.model.codebook import (
    BARS,
    TAG_KEYS,
    Attribute,
    Codebook,
    Example,
    RelationType,
    Rule,
    Tag,
)
from annotator.model.codebook_colours import PAIRS
from annotator.model.codebook_diff import next_version
from annotator.model.names import key_of

EXAMPLES = ("positive", "negative", "borderline")  # the lists of examples that a tag has
PINNED = "document"  # of an example: the id of the document that it was taken from, among what is extra

_NOT_IN_AN_ID = re.compile(r"[^\w.]+")
_NUMBERED = re.compile(r"(\D*)(\d+)")


# ---- ids


def id_from(label: str, taken: Collection[str], otherwise: str) -> str:
    """An id that says what the label says and is not taken; `otherwise` where the label has no letter."""
    plain = _NOT_IN_AN_ID.sub("_", key_of(label)).strip("_.")[:90] or otherwise
    own, number = plain, 1
    while own in taken:
        number += 1
        own = f"{plain}_{number}"
    return own


def next_rule_id(own: Iterable[Rule], taken: Collection[str], letter: str) -> str:
    """The id of one more rule in a list: C4 after C3, else the letter with 1; never one that is taken."""
    start, number = letter, 0
    for rule in own:
        found = _NUMBERED.fullmatch(rule.id)
        if found and int(found[2]) >= number:
            start, number = found[1], int(found[2])
    while f"{start}{number + 1}" in taken:
        number += 1
    return f"{start}{number + 1}"


# ---- tags


def free_keys(codebook: Codebook) -> tuple[str, ...]:
    """The keys that no tag in use has."""
    taken = {key for tag in codebook.active_tags for key in tag.keys}
    return tuple(key for key in TAG_KEYS if key not in taken)


def new_tag(codebook: Codebook, label: str) -> Tag:
    """A tag that is not in the codebook yet, told apart from the others by key, bar and colours where any are left."""
    tags = codebook.active_tags
    bar = next((each for each in BARS if each not in {tag.bar for tag in tags}), BARS[len(tags) % len(BARS)])
    used = {(tag.light, tag.dark) for tag in tags}
    pair = next((each for each in PAIRS if each not in used), PAIRS[len(tags) % len(PAIRS)])
    own = id_from(label, [tag.id for tag in codebook.tags], "tag")
    return Tag(own, label, *pair, keys=free_keys(codebook)[:1], bar=bar)


def with_tag(codebook: Codebook, tag_id: str, new: Tag) -> Codebook:
    """A tag in place of the one with this id; if its id is another, relations follow."""
    tags = tuple(new if tag.id == tag_id else tag for tag in codebook.tags)
    if new.id == tag_id:
        return replace(codebook, tags=tags)
    relations = tuple(
        replace(
            each,
            from_tags=tuple(new.id if own == tag_id else own for own in each.from_tags),
            to_tags=tuple(new.id if own == tag_id else own for own in each.to_tags),
        )
        for each in codebook.relations
    )
    return replace(codebook, tags=tags, relations=relations)


def without_tag(codebook: Codebook, tag_id: str) -> Codebook:
    """The codebook without a tag; a relation that has no end any more goes too."""
    relations = (
        replace(
            each,
            from_tags=tuple(own for own in each.from_tags if own != tag_id),
            to_tags=tuple(own for own in each.to_tags if own != tag_id),
        )
        for each in codebook.relations
    )
    return replace(
        codebook,
        tags=tuple(tag for tag in codebook.tags if tag.id != tag_id),
        relations=tuple(each for each in relations if each.from_tags and each.to_tags),
    )


def with_retired(codebook: Codebook, tag_id: str) -> Codebook:
    """The next version of the codebook, in which a tag can be set no more."""
    tags = tuple(replace(tag, retired=True) if tag.id == tag_id else tag for tag in codebook.tags)
    return replace(codebook, version=next_version(codebook.version), tags=tags)


# ---- relations, attributes, examples


def new_relation(codebook: Codebook, label: str) -> RelationType:
    """A kind of link that is not in the codebook yet, from any tag to any."""
    tags = tuple(tag.id for tag in codebook.active_tags)
    return RelationType(id_from(label, [each.id for each in codebook.relations], "link"), label, tags, tags)


def with_relation(codebook: Codebook, relation_id: str, new: RelationType) -> Codebook:
    """A kind of link in place of the one with this id."""
    relations = tuple(new if each.id == relation_id else each for each in codebook.relations)
    return replace(codebook, relations=relations)


def new_attribute(attributes: Iterable[Attribute], label: str) -> Attribute:
    """One more attribute beside these."""
    return Attribute(id_from(label, [each.id for each in attributes], "field"), label=label)


def with_example(codebook: Codebook, tag_id: str, example: Example) -> Codebook:
    """The codebook with one more passage that is tagged so; the same text stands once."""
    tags = tuple(
        replace(tag, positive=(*(each for each in tag.positive if each.text != example.text), example))
        if tag.id == tag_id
        else tag
        for tag in codebook.tags
    )
    return replace(codebook, tags=tags)
