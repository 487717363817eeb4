"""What one version of a codebook changes in another, each change with a path, a kind and a sentence.

Kinds: `wording` (says the same in other words), `narrower` (what was right may not be any more), `wider` (what was
wrong may be right now), `new`, `retired`, `removed`, `look` (keys, colours, order: nothing about the coding). The
kind of a changed text cannot be read off it: it is wording unless a person marks it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from annotator.model.codebook import Attribute, Codebook, Example, RelationType, Rule, Tag, as_plain

KINDS = ("wording", "narrower", "wider", "new", "retired", "removed", "look")
MARKS = ("wording", "narrower", "wider", "new")  # what a person can say of a change
TOUCHING = ("narrower", "wider")  # kinds after which what was tagged before is looked at again, as after a new rule
MARKED = "changes"  # key of a codebook's extra that holds what was said of its changes
NOTED = "version_note"  # key of a codebook's extra that holds what a person wrote about the version


@dataclass(frozen=True)
class Change:
    """One change. `path` is stable: “tags/claim/rules/C2”; `tag` is the tag it is about, "" for all or none.

    `subject` names what changed where the sentence only says what it was and what it is now.
    """

    path: str
    kind: str
    before: str
    after: str
    sentence: str
    subject: str = ""

    @property
    def tag(self) -> str:
        """The tag that the change is about; "" where it is about all tags, or none."""
        parts = self.path.split("/")
        return parts[1] if parts[0] == "tags" and len(parts) > 1 else ""

    @property
    def touches_all(self) -> bool:
        """Whether it is about a rule that holds for every tag."""
        return self.path.startswith(("general_rules/", "boundary_rules/"))


def diff(old: Codebook, new: Codebook, marks: Mapping[str, str] | None = None) -> list[Change]:
    """The changes from one version to another, in the order of the file; `marks` gives kinds by path (of MARKS)."""
    changes = [
        *_texts("", "The codebook", old, new, ("title", "language", "version")),
        *_lists("general_rules", "General rule", old.general_rules, new.general_rules, _rule),
        *_lists("boundary_rules", "Boundary rule", old.boundary_rules, new.boundary_rules, _rule),
        *_lists("tags", "Tag", old.tags, new.tags, _tag),
        *_lists("relations", "Relation", old.relations, new.relations, _relation),
        *_extra("", "The codebook", _without_marks(old.extra), _without_marks(new.extra)),
    ]
    if not changes and unmarked(old) != unmarked(new):
        changes = [Change("details", "wording", "", "", "A detail differs that has no words of its own")]
    given = marks or {}
    return [
        replace(each, kind=given[each.path]) if given.get(each.path) in MARKS and each.kind in MARKS else each
        for each in changes
    ]


def marked(codebook: Codebook, changes: Iterable[Change], note: str = "") -> Codebook:
    """The codebook with what changed and how, and what a person says of it: both travel with the version."""
    told = [{"path": each.path, "kind": each.kind} for each in changes if each.kind in (*MARKS, "retired")]
    more = {**({MARKED: told} if told else {}), **({NOTED: note.strip()} if note.strip() else {})}
    return replace(codebook, extra={**_without_marks(codebook.extra), **more})


def note_of(codebook: Codebook) -> str:
    """What a person wrote about this version; empty where nothing was written."""
    note = codebook.extra.get(NOTED)
    return note if isinstance(note, str) else ""


def marks_of(codebook: Codebook) -> dict[str, str]:
    """Path → kind of the changes that a version notes of itself, as `marked` wrote them or a person in a file."""
    listed = codebook.extra.get(MARKED)
    found = {}
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, dict) and isinstance(each.get("path"), str) and each.get("kind") in KINDS:
            found[each["path"]] = str(each["kind"])
    return found


def touched_tags(codebook: Codebook) -> frozenset[str]:
    """The tags whose annotations need another look after this version: rules or limits changed, or a rule is new."""
    found: set[str] = set()
    for path, kind in marks_of(codebook).items():
        change = Change(path, kind, "", "", "")
        if kind in TOUCHING or (kind == "new" and (change.touches_all or "/rules/" in path)):
            found |= {tag.id for tag in codebook.tags} if change.touches_all else {change.tag} - {""}
    return frozenset(found)


def next_version(version: str) -> str:
    """The version after this one: 1.0.1 after 1.0.0."""
    number = re.search(r"\d+(?=\D*$)", version)
    if number is None:
        return f"{version}.1"
    return f"{version[: number.start()]}{int(number[0]) + 1}{version[number.end() :]}"


def unmarked(codebook: Codebook) -> Codebook:
    """The codebook without what is said of its changes: two that are equal so say the same."""
    return replace(codebook, extra=_without_marks(codebook.extra))


def _without_marks(extra: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in extra.items() if name not in (MARKED, NOTED)}


# ---- comparing


_Thing = TypeVar("_Thing", Rule, Tag, Attribute, RelationType)
_Compare = Callable[[str, str, _Thing, _Thing], Iterator[Change]]


def _lists(
    path: str, what: str, old: Sequence[_Thing], new: Sequence[_Thing], compare: _Compare[_Thing]
) -> Iterator[Change]:
    """Things with ids: new ones, changed ones, removed ones, and whether they stand in another order."""
    before, after = {each.id: each for each in old}, {each.id: each for each in new}
    for own, thing in after.items():
        named = f"{what} {_name(thing)}"
        if own in before:
            yield from compare(f"{path}/{own}", named, before[own], thing)
        else:
            yield Change(f"{path}/{own}", "new", "", _gist(thing), f"{named} is new{_colon(_gist(thing))}")
    for own, thing in before.items():
        if own not in after:
            yield Change(f"{path}/{own}", "removed", _gist(thing), "", f"{what} {_name(thing)} is removed")
    kept_before, kept_after = [own for own in before if own in after], [own for own in after if own in before]
    if kept_before != kept_after:
        what = f"{what.lower()}s" if what[0].isupper() else f"{what}s"
        sentence = f"The {what} stand in another order: {', '.join(kept_after)}"
        yield Change(f"{path}/order", "look", ", ".join(kept_before), ", ".join(kept_after), sentence)


def _name(thing: Rule | Tag | Attribute | RelationType) -> str:
    if isinstance(thing, Rule):
        return thing.id
    label = thing.label if thing.label and thing.label.casefold() != thing.id.casefold() else ""
    return f"“{thing.id}” ({label})" if label else f"“{thing.id}”"


def _gist(thing: Rule | Tag | Attribute | RelationType) -> str:
    """The text that says most about a thing."""
    if isinstance(thing, Rule):
        return thing.text
    if isinstance(thing, Tag):
        return thing.definition
    if isinstance(thing, Attribute):
        return ", ".join(thing.values) or thing.label
    return f"from {', '.join(thing.from_tags)} to {', '.join(thing.to_tags)}"


def _rule(path: str, what: str, old: Rule, new: Rule) -> Iterator[Change]:
    yield from _said(path, "wording", what, "", old.text, new.text)
    yield from _texts(path, what, old, new, ("source", "differs_from"))
    yield from _extra(path, what, old.extra, new.extra)


def _tag(path: str, what: str, old: Tag, new: Tag) -> Iterator[Change]:
    if old.retired != new.retired:
        sentence = f"{what} is retired: it is not set any more" if new.retired else f"{what} can be set again"
        yield Change(f"{path}/retired", "retired" if new.retired else "wider", "", "", sentence)
    yield from _texts(path, what, old, new, ("label", "definition", "span"))
    yield from _texts(path, what, old, new, ("pieces",), kind=lambda a, _: "wider" if a == "one" else "narrower")
    if old.across_paragraphs != new.across_paragraphs:
        kind, may = ("wider", "may") if new.across_paragraphs else ("narrower", "may not")
        yield Change(f"{path}/across_paragraphs", kind, "", "", f"{what} {may} cross a paragraph now")
    yield from _lists(f"{path}/rules", f"{what}: rule", old.rules, new.rules, _rule)
    for name in ("positive", "negative", "borderline"):
        yield from _examples(f"{path}/{name}", f"{what}: {name} example", getattr(old, name), getattr(new, name))
    yield from _lists(f"{path}/attributes", f"{what}: attribute", old.attributes, new.attributes, _attribute)
    yield from _words(f"{path}/keys", "look", f"{what}: keys", old.keys, new.keys)
    yield from _texts(path, what, old, new, ("light", "dark", "form", "bar"), kind=lambda *_: "look")
    yield from _said(f"{path}/trim", "wording", what, "what is cut off its spans", _trim(old), _trim(new))
    yield from _extra(path, what, old.extra, new.extra)


def _trim(tag: Tag) -> str:
    told = as_plain(Codebook("c", "", "", (tag,)))["tags"][0]["trim"]
    return "; ".join(f"{name}: {_shown(value)}" for name, value in told.items())


def _attribute(path: str, what: str, old: Attribute, new: Attribute) -> Iterator[Change]:
    kind_before, kind_after = (f"{a.type} of {a.of}" if a.of else a.type for a in (old, new))
    yield from _said(f"{path}/type", "narrower", what, "type", kind_before, kind_after)
    yield from _members(f"{path}/values", f"{what}: values", old.values, new.values)
    if old.ordered != new.ordered:
        have = "go from least to most now" if new.ordered else "stand in no order now"
        yield Change(f"{path}/ordered", "wording", "", "", f"{what}: values {have}")
    yield from _texts(path, what, old, new, ("label", "advice", "propose", "default"))
    yield from _texts(path, what, old, new, ("ask",), kind=lambda *_: "look")
    yield from _extra(path, what, old.extra, new.extra)


def _relation(path: str, what: str, old: RelationType, new: RelationType) -> Iterator[Change]:
    yield from _texts(path, what, old, new, ("label", "note", "propose"))
    yield from _members(f"{path}/from", f"{what}: begins at", old.from_tags, new.from_tags)
    yield from _members(f"{path}/to", f"{what}: leads to", old.to_tags, new.to_tags)
    if old.max_per_from != new.max_per_from:
        fewer = new.max_per_from is not None and (old.max_per_from is None or new.max_per_from < old.max_per_from)
        before, after = (str(each or "any number") for each in (old.max_per_from, new.max_per_from))
        yield from _said(f"{path}/max_per_from", "narrower" if fewer else "wider", what, "at most", before, after)
    if old.same_tag != new.same_tag:
        kind, must = ("narrower", "must") if new.same_tag else ("wider", "need not")
        yield Change(f"{path}/same_tag", kind, "", "", f"{what}: both ends {must} carry the same tag now")
    yield from _words(f"{path}/keys", "look", f"{what}: keys", old.keys, new.keys)
    yield from _lists(f"{path}/attributes", f"{what}: attribute", old.attributes, new.attributes, _attribute)
    yield from _extra(path, what, old.extra, new.extra)


def _examples(path: str, what: str, old: Sequence[Example], new: Sequence[Example]) -> Iterator[Change]:
    """Examples have no ids: one whose text stands in both is the same."""
    before, after = {each.text: each for each in old}, {each.text: each for each in new}
    for text, example in after.items():
        if text not in before:
            yield Change(f"{path}/{text}", "new", "", _told(example), f"{what} is new: {_told(example)}")
        else:
            yield from _said(f"{path}/{text}", "wording", what, "", _told(before[text]), _told(example))
    for text, example in before.items():
        if text not in after:
            yield Change(f"{path}/{text}", "removed", _told(example), "", f"{what} is removed: {_told(example)}")


def _told(example: Example) -> str:
    more = "; ".join(each for each in (example.decision, example.why, example.rule) if each)
    return f"“{example.text}”" + (f" ({more})" if more else "")


def _members(path: str, what: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Lists of what is allowed: more is wider, fewer is narrower, both is both."""
    more, fewer = [each for each in new if each not in old], [each for each in old if each not in new]
    if more:
        yield Change(f"{path}/more", "wider", "", ", ".join(more), f"{what} also {', '.join(more)} now")
    if fewer:
        yield Change(f"{path}/fewer", "narrower", ", ".join(fewer), "", f"{what} no longer {', '.join(fewer)}")
    if not more and not fewer:
        yield from _words(f"{path}/order", "look", what, old, new)


def _words(path: str, kind: str, what: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    if tuple(old) != tuple(new):
        before, after = " ".join(old) or "none", " ".join(new) or "none"
        yield Change(path, kind, before, after, f"{what}: {after} (was {before})", what)


def _texts(
    path: str,
    what: str,
    old: Any,
    new: Any,
    names: Iterable[str],
    kind: Callable[[str, str], str] = lambda *_: "wording",
) -> Iterator[Change]:
    for name in names:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            named = f"{path}/{name}" if path else name
            yield from _said(named, kind(before, after), what, name.replace("_", " "), before, after)


def _said(path: str, kind: str, what: str, part: str, before: str, after: str) -> Iterator[Change]:
    if before == after:
        return
    subject = f"{what}: {part}" if part else what
    if not after:
        sentence = f"{subject} is left out now (was “{before}”)"
    elif not before:
        sentence = f"{subject} is new: “{after}”"
    else:
        sentence = f"{subject} reads now “{after}” (was “{before}”)"
    yield Change(path, kind, before, after, sentence, subject)


def _extra(path: str, what: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            before, after = (_shown(each[name]) if name in each else "" for each in (old, new))
            if before == after:  # nothing and an empty value, 1 and "1"
                before, after = repr(old.get(name)), repr(new.get(name))
            yield from _said(f"{path}/{name}" if path else name, "wording", what, name.replace("_", " "), before, after)


def _shown(value: Any) -> str:
    """A value of any kind in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_shown(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_shown(each) for each in value) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _colon(text: str) -> str:
    return f": {text}" if text else ""
