"""From the tree of a codebook file to the codebook, with every fault named by its line."""

import re
from dataclasses import dataclass, field

from annotator.model.codebook import (
    ASKS,
    ATTRIBUTE_KINDS,
    BARS,
    FORMS,
    PIECES,
    TAG_KEYS,
    TAG_LETTERS,
    Attribute,
    Codebook,
    Example,
    RelationType,
    Rule,
    Tag,
    Trim,
    TrimWords,
)
from annotator.model.codebook_fields import Taken, as_text, listed
from annotator.model.nodes import Fields, Node, NodeError, Scalar, name_of

_SYNONYMS = {"iso3166_alpha2": "country"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}")
_NUMBER = re.compile(r"[+-]?\d{1,300}(\.\d{1,300})?")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_TRUTH = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}


@dataclass
class _Seen:
    """What was met so far and must not come twice, each with who has it."""

    tag_keys: dict[str, str] = field(default_factory=dict)
    relation_keys: dict[str, str] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)  # rule id -> line


def build_codebook(root: Node) -> Codebook:
    """The codebook that the tree describes. Raises NodeError."""
    taken = Taken(root, "the codebook")
    seen = _Seen()
    codebook_id = taken.id()
    version = taken.needed_text("version")
    tags_line = taken.line_of("tags")
    if not taken.has("tags"):
        raise NodeError(tags_line, "the codebook has no “tags”")
    tags = taken.records_by_id("tags", lambda node: _tag(node, seen))
    if not tags:
        raise NodeError(tags_line, "the list of “tags” is empty")
    known = [tag.id for tag in tags]
    return Codebook(
        id=codebook_id,
        version=version,
        title=taken.text("title") or codebook_id,
        language=taken.text("language"),
        general_rules=taken.records("general_rules", lambda node: _rule(node, seen)),
        boundary_rules=taken.records("boundary_rules", lambda node: _rule(node, seen)),
        tags=tags,
        relations=taken.records_by_id("relations", lambda node: _relation(node, known, seen)),
        extra=taken.rest(),
    )


def _tag(node: Node, seen: _Seen) -> Tag:
    taken = Taken(node, "the tag")
    tag_id = taken.id()
    taken.named(tag_id)
    retired = taken.flag("retired", default=False)
    keys = taken.texts_with_lines("keys")
    for key, line in keys:
        _check_tag_key(key, line, tag_id, seen, retired)
    colour = Taken(taken.need("color"), f"“color” of the tag “{tag_id}”")
    light, dark, more_colours = colour.colour("light"), colour.colour("dark"), colour.rest()
    return Tag(
        id=tag_id,
        label=taken.needed_text("label"),
        light=light,
        dark=dark,
        keys=tuple(key for key, _ in keys),
        form=taken.choice("form", FORMS, "mention"),
        bar=taken.choice("bar", BARS, "solid"),
        pieces=taken.choice("pieces", PIECES, "one"),
        across_paragraphs=taken.flag("across_paragraphs", default=False),
        trim=_trim(taken.node("trim"), tag_id),
        definition=taken.text("definition"),
        span=taken.text("span"),
        rules=taken.records("rules", lambda rule_node: _rule(rule_node, seen)),
        positive=taken.records("positive", _example),
        negative=taken.records("negative", _example),
        borderline=taken.records("borderline", _example),
        attributes=taken.records_by_id("attributes", _attribute),
        retired=retired,
        extra={**taken.rest(), **({"color": more_colours} if more_colours else {})},
    )


def _check_tag_key(key: str, line: int, tag_id: str, seen: _Seen, retired: bool) -> None:
    if key not in TAG_KEYS:
        a_letter = len(key) == 1 and "a" <= key <= "z"
        reason = "belongs to a command" if a_letter else "cannot be a tag’s key"
        free = f"free for tags are the digits 1 to 9 and the letters {' '.join(TAG_LETTERS)}"
        raise NodeError(line, f"the key “{key}” of the tag “{tag_id}” {reason}; {free}")
    if retired:
        return
    if key in seen.tag_keys:
        raise NodeError(line, f"the key “{key}” of the tag “{tag_id}” is already the key of “{seen.tag_keys[key]}”")
    seen.tag_keys[key] = tag_id


def _rule(node: Node, seen: _Seen) -> Rule:
    taken = Taken(node, "the rule")
    rule_id = taken.id()
    taken.named(rule_id)
    if rule_id in seen.rules:
        raise NodeError(node.line, f"the rule id “{rule_id}” stands twice, first in line {seen.rules[rule_id]}")
    seen.rules[rule_id] = node.line
    return Rule(rule_id, taken.needed_text("rule"), taken.text("source"), taken.text("differs_from"), taken.rest())


def _example(node: Node) -> Example:
    if isinstance(node, Scalar):
        return Example(as_text(node, "an example"))
    taken = Taken(node, "an example")
    return Example(
        taken.needed_text("text"), taken.text("decision"), taken.text("why"), taken.text("rule"), taken.rest()
    )


def _trim(node: Node | None, tag_id: str) -> Trim:
    if node is None:
        return Trim()
    taken = Taken(node, f"“trim” of the tag “{tag_id}”")
    languages = taken.node("languages")
    return Trim(
        lead=taken.texts("lead"),
        tail=taken.texts("tail"),
        punctuation=taken.flag("punctuation", default=True),
        unpaired_quotes=taken.flag("unpaired_quotes", default=True),
        keep=taken.texts("keep"),
        languages=() if languages is None else _trim_languages(languages, taken.what),
        extra=taken.rest(),
    )


def _trim_languages(node: Node, what: str) -> tuple[TrimWords, ...]:
    if not isinstance(node, Fields):
        raise NodeError(node.line, f"“languages” in {what} must be a mapping from a language, as de, to its words")
    found: list[TrimWords] = []
    for key, words in node.fields:
        language = name_of(key)
        if not _LANGUAGE.fullmatch(language):
            raise NodeError(key.line, f"“{language}” in {what} is not the code of a language, as en, de or fr")
        taken = Taken(words, f"“{language}” in {what}")
        lead = taken.texts("lead") if taken.has("lead") else None
        tail = taken.texts("tail") if taken.has("tail") else None
        if any(own.language == language.lower() for own in found):
            raise NodeError(key.line, f"the language “{language}” stands twice in {what}")
        found.append(TrimWords(language.lower(), lead, tail, taken.rest()))
    return tuple(sorted(found, key=lambda own: own.language))


def _attribute(node: Node) -> Attribute:
    taken = Taken(node, "the attribute")
    attribute_id = taken.id()
    taken.named(attribute_id)
    kind_line = taken.line_of("type")
    kind = _kind(taken, "type", "text")
    if kind != "list" and taken.has("of"):
        raise NodeError(taken.line_of("of"), f"{taken.what} says “of”, which only a list has")
    of = _kind(taken, "of", "text") if kind == "list" else ""
    if of == "list":
        raise NodeError(kind_line, f"{taken.what} is a list of lists; a list holds single values")
    values_line = taken.line_of("values")
    values = taken.texts("values")
    if "enum" in (kind, of) and not values:
        raise NodeError(values_line, f"{taken.what} is an enum and needs “values”")
    if values and "enum" not in (kind, of):
        raise NodeError(values_line, f"{taken.what} has “values”, which only an enum has; it is of type {of or kind}")
    return Attribute(
        id=attribute_id,
        type=kind,
        label=taken.text("label"),
        values=values,
        ordered=_ordered(taken, kind),
        of=of,
        propose=taken.text("propose"),
        ask=taken.choice("ask", ASKS, "always"),
        default=_default(taken, kind, values),
        advice=taken.text("advice"),
        extra=taken.rest(),
    )


def _ordered(taken: Taken, kind: str) -> bool:
    line = taken.line_of("ordered")
    ordered = taken.flag("ordered", default=False)
    if ordered and kind != "enum":
        raise NodeError(line, f"{taken.what} says “ordered”, which only an enum can be")
    return ordered


def _kind(taken: Taken, key: str, otherwise: str) -> str:
    line = taken.line_of(key)
    word = taken.text(key, otherwise)
    kind = _SYNONYMS.get(word, word)
    if kind not in ATTRIBUTE_KINDS:
        raise NodeError(line, f"“{key}” of {taken.what} is “{word}”; known kinds are {listed(ATTRIBUTE_KINDS)}")
    return kind


def _default(taken: Taken, kind: str, values: tuple[str, ...]) -> str:
    node = taken.node("default")
    if node is None or (isinstance(node, Scalar) and node.value is None and not node.text):
        return ""
    if kind == "boolean" and isinstance(node, Scalar) and node.text.lower() in _TRUTH:
        return _TRUTH[node.text.lower()]
    text = as_text(node, f"“default” of {taken.what}")
    fits = {
        "enum": text in values,
        "number": _NUMBER.fullmatch(text) is not None,
        "date": _DATE.fullmatch(text) is not None,
        "country": re.fullmatch(r"[A-Z]{2}", text) is not None,
        "boolean": False,
        "list": False,
    }
    if text and not fits.get(kind, True):
        raise NodeError(node.line, f"“default” of {taken.what} is “{text}”, which is no value of the type {kind}")
    return text


def _relation(node: Node, known: list[str], seen: _Seen) -> RelationType:
    taken = Taken(node, "the relation")
    relation_id = taken.id()
    taken.named(relation_id)
    keys = taken.texts_with_lines("keys")
    for key, line in keys:
        if len(key) != 1 or not "a" <= key <= "z":
            raise NodeError(line, f"the key “{key}” of {taken.what} must be one small letter from a to z")
        if key in seen.relation_keys:
            other = seen.relation_keys[key]
            raise NodeError(line, f"the key “{key}” of {taken.what} is already the key of “{other}”")
        seen.relation_keys[key] = relation_id
    return RelationType(
        id=relation_id,
        label=taken.text("label") or relation_id,
        from_tags=_tag_ids(taken, "from", known),
        to_tags=_tag_ids(taken, "to", known),
        keys=tuple(key for key, _ in keys),
        max_per_from=taken.count("max_per_from"),
        same_tag=taken.flag("same_tag", default=False),
        propose=taken.text("propose"),
        note=taken.text("note"),
        attributes=taken.records_by_id("attributes", _attribute),
        extra=taken.rest(),
    )


def _tag_ids(taken: Taken, key: str, known: list[str]) -> tuple[str, ...]:
    line = taken.line_of(key)
    if not taken.has(key):
        raise NodeError(taken.line, f"{taken.what} has no “{key}”")
    named = taken.texts_with_lines(key)
    if not named:
        raise NodeError(line, f"“{key}” of {taken.what} names no tag")
    for tag_id, tag_line in named:
        if tag_id not in known:
            raise NodeError(tag_line, f"“{key}” of {taken.what} names the tag “{tag_id}”, which is not defined")
    return tuple(tag_id for tag_id, _ in named)
