"""The codebook: which tags there are, what they mean, what is asked about each, and how they relate.

Plain immutable data. Reading a file and checking it: codebook_yaml. What this program does not know of a file is
kept in `extra`, so that reading and writing lose nothing.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

Extra = Mapping[str, Any]  # JSON values under keys this program does not know

FORMS = ("mention", "statement")
BARS = ("solid", "double", "dash", "dot", "wave")
PIECES = ("one", "several")
ASKS = ("always", "if_proposed", "on_request")
ATTRIBUTE_KINDS = ("enum", "category", "entity", "number", "boolean", "text", "date", "country", "list")
TAG_LETTERS = "abcdfhiltyz"  # every other letter belongs to a command
TAG_KEYS = (*"123456789", *TAG_LETTERS)


@dataclass(frozen=True)
class Rule:
    """One numbered rule; coders and reviewers name it by its id."""

    id: str
    text: str
    source: str = ""  # where the rule is taken from
    differs_from: str = ""  # which known guideline decides otherwise, and why this one does not follow
    extra: Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Example:
    """A passage that is tagged, is not, or can be doubted; `rule` names the rule that decides."""

    text: str
    decision: str = ""
    why: str = ""
    rule: str = ""
    extra: Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class TrimWords:
    """The words that are cut in documents of one language; None: as in the codebook's own language."""

    language: str  # as "de"; the part before the first hyphen decides
    lead: tuple[str, ...] | None = None
    tail: tuple[str, ...] | None = None
    extra: Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Trim:
    """What is cut off the ends of a span when it is tagged (see model/trim.py)."""

    lead: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    punctuation: bool = True
    unpaired_quotes: bool = True
    keep: tuple[str, ...] = ()  # names that begin or end with what would be cut: El Salvador, Moody’s, Yahoo!
    languages: tuple[TrimWords, ...] = ()  # sorted by language
    extra: Extra = field(default_factory=dict, hash=False)

    def words(self, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words cut at the start and at the end, in a document of this language ("de", "de-AT" or "")."""
        primary = language.replace("_", "-").partition("-")[0].lower()
        for own in self.languages:
            if primary and own.language.lower() == primary:
                return (self.lead if own.lead is None else own.lead, self.tail if own.tail is None else own.tail)
        return self.lead, self.tail


@dataclass(frozen=True)
class Attribute:
    """A typed field of an annotation or a relation."""

    id: str
    type: str = "text"  # one of ATTRIBUTE_KINDS
    label: str = ""
    values: tuple[str, ...] = ()  # of an enum, or of a list of enums
    ordered: bool = False  # of an enum: its values go from least to most
    of: str = ""  # of a list: the kind of its members
    propose: str = ""  # how a value is found, in words
    ask: str = "always"  # one of ASKS
    default: str = ""  # as it is written; empty: none
    advice: str = ""
    extra: Extra = field(default_factory=dict, hash=False)

    @property
    def name(self) -> str:
        """What people read: the label, else the id in words."""
        return self.label or self.id.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Tag:
    """A kind of annotation. Its id never changes; a tag in use is retired, never removed."""

    id: str
    label: str
    light: str  # colour on the light page, #rrggbb
    dark: str  # colour on the dark page, #rrggbb
    keys: tuple[str, ...] = ()
    form: str = "mention"  # one of FORMS
    bar: str = "solid"  # one of BARS
    pieces: str = "one"  # one of PIECES
    across_paragraphs: bool = False
    trim: Trim = Trim()
    definition: str = ""
    span: str = ""  # what belongs into the span, in words
    rules: tuple[Rule, ...] = ()
    positive: tuple[Example, ...] = ()
    negative: tuple[Example, ...] = ()
    borderline: tuple[Example, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    retired: bool = False
    extra: Extra = field(default_factory=dict, hash=False)

    def attribute(self, attribute_id: str) -> Attribute | None:
        """The attribute with this id."""
        return _named(self.attributes, attribute_id)


@dataclass(frozen=True)
class RelationType:
    """A kind of directed link between annotations of certain tags."""

    id: str
    label: str
    from_tags: tuple[str, ...]
    to_tags: tuple[str, ...]
    keys: tuple[str, ...] = ()
    max_per_from: int | None = None  # None: any number
    same_tag: bool = False  # both ends carry the same tag
    propose: str = ""
    note: str = ""
    attributes: tuple[Attribute, ...] = ()
    extra: Extra = field(default_factory=dict, hash=False)

    def allows(self, from_tag: str, to_tag: str) -> bool:
        """Whether an annotation with the first tag may point to one with the second."""
        fits = from_tag in self.from_tags and to_tag in self.to_tags
        return fits and (from_tag == to_tag or not self.same_tag)

    def attribute(self, attribute_id: str) -> Attribute | None:
        """The attribute with this id."""
        return _named(self.attributes, attribute_id)


_Thing = TypeVar("_Thing", Rule, Attribute, Tag, RelationType)


@dataclass(frozen=True)
class Codebook:
    """One version of a codebook, whole."""

    id: str
    version: str
    title: str
    tags: tuple[Tag, ...]
    language: str = ""
    relations: tuple[RelationType, ...] = ()
    general_rules: tuple[Rule, ...] = ()
    boundary_rules: tuple[Rule, ...] = ()
    extra: Extra = field(default_factory=dict, hash=False)

    @property
    def active_tags(self) -> tuple[Tag, ...]:
        """The tags that can be set, in the codebook's order."""
        return tuple(tag for tag in self.tags if not tag.retired)

    def tag(self, tag_id: str) -> Tag | None:
        """The tag with this id, retired or not."""
        return _named(self.tags, tag_id)

    def relation(self, relation_id: str) -> RelationType | None:
        """The kind of relation with this id."""
        return _named(self.relations, relation_id)

    def relations_from(self, tag_id: str) -> tuple[RelationType, ...]:
        """The kinds of relation that may leave an annotation with this tag."""
        return tuple(relation for relation in self.relations if tag_id in relation.from_tags)

    def rules(self) -> tuple[Rule, ...]:
        """All rules: general, boundary, then those of each tag."""
        return self.general_rules + self.boundary_rules + tuple(rule for tag in self.tags for rule in tag.rules)

    def rule(self, rule_id: str) -> Rule | None:
        """The rule with this id, wherever it stands."""
        return _named(self.rules(), rule_id)


def _named(things: Iterable[_Thing], thing_id: str) -> _Thing | None:
    for thing in things:  # a generator for next() would take three times as long, for every annotation
        if thing.id == thing_id:
            return thing
    return None


def canonical_json(codebook: Codebook) -> str:
    """The codebook as JSON in which equal codebooks give equal bytes: keys sorted, no blanks, ASCII only."""
    return json.dumps(as_plain(codebook), sort_keys=True, separators=(",", ":"), allow_nan=False)


def as_plain(codebook: Codebook) -> dict[str, Any]:
    """The codebook as dicts, lists and scalars in the layout of the file; what has its default value is left out."""
    return {
        "id": codebook.id,
        "version": codebook.version,
        **_told(language=codebook.language),
        "title": codebook.title,
        **codebook.extra,
        **_told(
            general_rules=[_plain_rule(rule) for rule in codebook.general_rules],
            boundary_rules=[_plain_rule(rule) for rule in codebook.boundary_rules],
        ),
        "tags": [_plain_tag(tag) for tag in codebook.tags],
        **_told(relations=[_plain_relation(relation) for relation in codebook.relations]),
    }


def _told(**fields: Any) -> dict[str, Any]:
    """The fields that say something: neither empty, nor false, nor None."""
    return {name: value for name, value in fields.items() if value}


def _plain_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "rule": rule.text,
        **_told(source=rule.source, differs_from=rule.differs_from),
        **rule.extra,
    }


def _plain_example(example: Example) -> dict[str, Any] | str:
    more = {**_told(decision=example.decision, why=example.why, rule=example.rule), **example.extra}
    return {"text": example.text, **more} if more else example.text


def _plain_trim(trim: Trim) -> dict[str, Any]:
    languages = {}
    for own in trim.languages:
        words = {"lead": own.lead, "tail": own.tail}
        told = {name: list(listed) for name, listed in words.items() if listed is not None}
        languages[own.language] = {**told, **own.extra}
    return {
        **_told(lead=list(trim.lead), tail=list(trim.tail)),
        "punctuation": trim.punctuation,
        "unpaired_quotes": trim.unpaired_quotes,
        **_told(keep=list(trim.keep), languages=languages),
        **trim.extra,
    }


def _plain_attribute(attribute: Attribute) -> dict[str, Any]:
    return {
        "id": attribute.id,
        "type": attribute.type,
        **_told(
            label=attribute.label,
            of=attribute.of,
            values=list(attribute.values),
            ordered=attribute.ordered,
            default=attribute.default,
            propose=attribute.propose,
            ask=attribute.ask if attribute.ask != "always" else "",
            advice=attribute.advice,
        ),
        **attribute.extra,
    }


def _plain_tag(tag: Tag) -> dict[str, Any]:
    return {
        "id": tag.id,
        "label": tag.label,
        **_told(keys=list(tag.keys)),
        "color": {"light": tag.light, "dark": tag.dark, **tag.extra.get("color", {})},
        "form": tag.form,
        "bar": tag.bar,
        "pieces": tag.pieces,
        "across_paragraphs": tag.across_paragraphs,
        "trim": _plain_trim(tag.trim),
        **_told(
            retired=tag.retired,
            definition=tag.definition,
            span=tag.span,
            rules=[_plain_rule(rule) for rule in tag.rules],
            positive=[_plain_example(example) for example in tag.positive],
            negative=[_plain_example(example) for example in tag.negative],
            borderline=[_plain_example(example) for example in tag.borderline],
            attributes=[_plain_attribute(attribute) for attribute in tag.attributes],
        ),
        **{name: value for name, value in tag.extra.items() if name != "color"},
    }


def _plain_relation(relation: RelationType) -> dict[str, Any]:
    return {
        "id": relation.id,
        "label": relation.label,
        **_told(keys=list(relation.keys)),
        "from": list(relation.from_tags),
        "to": list(relation.to_tags),
        **_told(
            max_per_from=relation.max_per_from,
            same_tag=relation.same_tag,
            propose=relation.propose,
            note=relation.note,
            attributes=[_plain_attribute(attribute) for attribute in relation.attributes],
        ),
        **relation.extra,
    }
