"""The rules for speech acts: those that the program brings along, or those of a project's codebook.

They are lists of words, no patterns: what a stranger's project holds cannot keep this computer busy.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.codebook import Codebook
from annotator.model.nodes import plain_value
from annotator.model.yaml_nodes import parse_yaml
from annotator.paths import resource

KEY = "speech_acts"  # of a codebook that has rules of its own
_SHIPPED = "proposals/speech_acts.yaml"
_PLACES = ("after", "around", "sentence")
_MOST = 2_000  # words of a language


@dataclass(frozen=True)
class Rule:
    """Words that announce a statement, and where its content stands."""

    tag: str
    words: tuple[str, ...] = ()
    content: str = "after"
    start: tuple[str, ...] = ()  # it begins behind one of these
    needed: bool = False  # and is none without
    within: tuple[str, ...] = ()  # a statement that holds one of these has this tag
    along: tuple[str, ...] = ()  # if it holds one of these too
    clause: tuple[str, ...] = ()  # what follows one of these in a statement is a statement of its own
    several: bool = False  # “a, b and c” are three


@dataclass(frozen=True)
class Rules:
    """The rules of one language, ready to be looked for."""

    cues: re.Pattern[str] | None
    by_word: Mapping[str, tuple[Rule, ...]]
    turns: tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]  # tag, words, others needed
    clauses: tuple[tuple[str, re.Pattern[str]], ...] = ()  # tag, words
    whole: tuple[tuple[Rule, re.Pattern[str]], ...] = ()  # those whose content is the sentence that they stand in


NONE = Rules(None, {}, ())


def rules_of(codebook: Codebook) -> Mapping[str, Rules]:
    """Language → its rules. Raises AnnotatorError for a codebook whose rules cannot be read."""
    own = codebook.extra.get(KEY)
    tree = _shipped() if own is None else own
    where = "the rules for speech acts" if own is None else f"`{KEY}` of the codebook"
    active = {tag.id for tag in codebook.active_tags}
    return {
        language: _ready([rule for rule in rules if rule.tag in active])
        for language, rules in read_rules(tree, where).items()
    }


def read_rules(tree: Any, where: str) -> dict[str, list[Rule]]:
    """Language → its rules as they were written. Raises AnnotatorError, which names `where` they stand."""
    if not isinstance(tree, Mapping):
        raise AnnotatorError(f"In {where} each language needs a list of rules.")
    found = {}
    for language, listed in tree.items():
        if not isinstance(listed, list):
            raise AnnotatorError(f"In {where} each language needs a list of rules.")
        found[str(language)] = [
            _rule(each, f"{where}, {language}, rule {number}") for number, each in enumerate(listed, 1)
        ]
    return found


def shipped_text() -> str:
    """The rules that the program brings along, with what is said about them."""
    return resource(_SHIPPED).read_text("utf-8")


@lru_cache(maxsize=1)
def _shipped() -> Any:
    return plain_value(parse_yaml(shipped_text()))


def _rule(given: Any, where: str) -> Rule:
    if not isinstance(given, Mapping) or not isinstance(given.get("tag"), str):
        raise AnnotatorError(f"In {where}: a rule needs a tag.")
    listed = {name: _words(given.get(name, []), name, where) for name in ("words", "within", "clause", "with", "from")}
    if sum(bool(listed[name]) for name in ("words", "within", "clause")) != 1:
        raise AnnotatorError(f"In {where}: a rule needs words, within or clause, one of them.")
    content = given.get("content", "after")
    if content not in _PLACES:
        raise AnnotatorError(f"In {where}: content is after, around or sentence, not “{content}”.")
    return Rule(
        given["tag"],
        listed["words"],
        content,
        listed["from"],
        bool(given.get("needed")),
        listed["within"],
        listed["with"],
        listed["clause"],
        bool(given.get("several")),
    )


def _words(given: Any, name: str, where: str) -> tuple[str, ...]:
    if not isinstance(given, list) or len(given) > _MOST or not all(isinstance(each, str) and each for each in given):
        raise AnnotatorError(f"In {where}: {name} is a list of words, at most {_MOST:,}.")
    return tuple(given)


def _ready(rules: list[Rule]) -> Rules:
    by_word: dict[str, tuple[Rule, ...]] = {}
    for rule in (each for each in rules if each.content != "sentence"):
        for word in rule.words:
            by_word[word.lower()] = (*by_word.get(word.lower(), ()), rule)
    cues = pattern_of(by_word) if by_word else None
    turns = tuple(
        (rule.tag, pattern_of(rule.within), pattern_of(rule.along) if rule.along else None)
        for rule in rules
        if rule.within
    )
    clauses = tuple((rule.tag, pattern_of(rule.clause)) for rule in rules if rule.clause)
    whole = tuple((rule, pattern_of(rule.words)) for rule in rules if rule.content == "sentence")
    return Rules(cues, by_word, turns, clauses, whole)


def pattern_of(words: Collection[str]) -> re.Pattern[str]:
    """Finds any of some words as whole words, of two that begin alike the longer."""
    listed = "|".join(_whole(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(listed, re.IGNORECASE)


def _whole(word: str) -> str:
    before, after = (r"(?<!\w)" if re.match(r"\w", word) else "", r"(?!\w)" if re.search(r"\w$", word) else "")
    return before + re.escape(word) + after
