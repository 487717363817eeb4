"""A codebook as a REFI-QDA codebook (.qdc) and back.

A tag is a code: its label, light colour and description go over, its guid is kept. Everything else that a tag has
stands in the description for people to read; a file that comes back for a codebook that is there changes what it can
state and leaves the rest. A retired tag is a code that cannot be set.
"""

import colorsys
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.qdc_xml import Code, Codes, clean, derived_guid, is_guid, read_codes, write_codes
from annotator.model.codebook import BARS, TAG_KEYS, Codebook, Example, RelationType, Tag
from annotator.model.codebook_check import DARK_PAGE, LEAST_CONTRAST, LIGHT_PAGE, contrast
from annotator.model.codebook_diff import next_version
from annotator.model.names import key_of

_SECTION = re.compile(r"\n\n(?:Span: |Rules:\n|Tagged:\n|Not tagged:\n|Borderline:\n|Attributes:\n)")
_ID_PART = re.compile(r"[^\w.]+")
_GOLDEN = 0.618  # steps around the circle of hues that keep all hues apart


@dataclass(frozen=True)
class FromQdc:
    """A codebook that was read, and what a person should know of it."""

    codebook: Codebook
    warnings: tuple[str, ...] = ()


# ---- writing


def codebook_to_qdc(codebook: Codebook) -> tuple[bytes, dict[str, int]]:
    """The file, and what it cannot hold as data: reason → how many."""
    return write_codes(codes_of(codebook)), _lost(codebook)


def codes_of(codebook: Codebook) -> list[Code]:
    """The tags as codes, in the folders that they lie in."""
    top: list[Code] = []
    places: dict[tuple[str, ...], Code] = {}  # path of guids → the folder or tag there
    folders: set[tuple[str, ...]] = set()  # the paths where no tag stands, so far
    for tag in codebook.tags:
        siblings = top
        path: tuple[str, ...] = ()
        for folder in _group(tag):
            inside = _folder(codebook, folder, path)
            path = (*path, inside.guid)
            if path not in places:
                places[path] = inside
                folders.add(path)
                siblings.append(inside)
            siblings = places[path].codes
        code = _code(codebook, tag)
        path = (*path, code.guid)
        if path in folders:  # a tag within this one was met first
            code.codes = places[path].codes
            siblings[_index(siblings, places[path])] = code
            folders.remove(path)
        else:
            siblings.append(code)
        places.setdefault(path, code)
    return top


def _index(codes: Sequence[Code], wanted: Code) -> int:
    """The place of this very code among others that may equal it."""
    return next(number for number, code in enumerate(codes) if code is wanted)


def _folder(codebook: Codebook, folder: dict[str, Any], path: tuple[str, ...]) -> Code:
    given, name = folder.get("guid"), folder["name"]
    guid = str(given).lower() if is_guid(given) else derived_guid(codebook.id, "folder", *path, name)
    return Code(guid, name, codable=False)


def _code(codebook: Codebook, tag: Tag) -> Code:
    return Code(guid_of(codebook, tag), tag.label, not tag.retired, _written_colour(tag), _description(tag))


def guid_of(codebook: Codebook, tag: Tag) -> str:
    """The guid of a tag's code: the one that it came with, else one derived from its id."""
    given = tag.extra.get("guid")
    return str(given).lower() if is_guid(given) else derived_guid(codebook.id, tag.id)


def _group(tag: Tag) -> list[dict[str, Any]]:
    """The folders that a tag lies in, the outermost first."""
    group = tag.extra.get("group")
    listed = group if isinstance(group, list) else []
    return [each for each in listed if isinstance(each, dict) and isinstance(each.get("name"), str) and each["name"]]


def _written_colour(tag: Tag) -> str:
    """The colour that the file had, where ours is that colour made readable."""
    colours = tag.extra.get("color")
    original = colours.get("original") if isinstance(colours, dict) else None
    return original if isinstance(original, str) and _readable(original)[0] == tag.light else tag.light


def _description(tag: Tag) -> str:
    """What a tag means, for people; `_definition` finds the definition in it again."""
    sections = [
        f"Span: {tag.span}" if tag.span else "",
        _listed("Rules", [f"{rule.id}: {rule.text}" for rule in tag.rules]),
        _listed("Tagged", map(_example, tag.positive)),
        _listed("Not tagged", map(_example, tag.negative)),
        _listed("Borderline", map(_example, tag.borderline)),
        _listed("Attributes", [f"{each.name}: {', '.join(each.values) or each.type}" for each in tag.attributes]),
    ]
    return clean("\n\n".join(part for part in (tag.definition, *sections) if part)).strip()


def _listed(title: str, lines: Any) -> str:
    told = list(lines)
    return "\n".join([f"{title}:", *told]) if told else ""


def _example(example: Example) -> str:
    more = "; ".join(each for each in (example.decision, example.why, example.rule) if each)
    return example.text + (f" ({more})" if more else "")


def _lost(codebook: Codebook) -> dict[str, int]:
    counts = {
        "relations": len(codebook.relations),
        "general and boundary rules": len(codebook.general_rules) + len(codebook.boundary_rules),
        "rules, examples and attributes (they stand in the descriptions)": sum(
            len(tag.rules) + len(tag.positive) + len(tag.negative) + len(tag.borderline) + len(tag.attributes)
            for tag in codebook.tags
        ),
        "keys of tags": sum(bool(tag.keys) for tag in codebook.tags),
        "other parts of the codebook": len(codebook.extra),
    }
    return {what: number for what, number in counts.items() if number}


# ---- reading


def codebook_from_qdc(data: bytes, name: str, current: Codebook | None = None) -> FromQdc:
    """The codebook of a file; with a `current` one, that one as the file changes it.

    A code is the tag with its guid, else with its name. Raises AnnotatorError as `read_codes`, and for a file
    without any code to tag with.
    """
    codes = read_codes(data, name)
    base = current or Codebook(
        _new_id(name.rpartition(".")[0] or name, set()), "1", name.rpartition(".")[0] or name, ()
    )
    listed = list(_flat(codes.codes, ()))
    taking = _Taking(base, {code.guid for _, code in listed})
    for path, code in listed:
        taking.take(path, code)
    if not any(not tag.retired for tag in taking.tags):
        raise AnnotatorError(f"{name}: there is no code in it that can be set.")
    left = {tag.id for tag in taking.tags}
    relations = tuple(each for relation in base.relations if (each := _without(relation, left)) is not None)
    codebook = replace(base, tags=tuple(taking.tags), relations=relations)
    if current is not None and codebook != current:
        codebook = replace(codebook, version=next_version(current.version))
    return FromQdc(codebook, (*_left_out(codes), *taking.warnings))


def _flat(codes: Sequence[Code], path: tuple[Code, ...]) -> Iterator[tuple[tuple[Code, ...], Code]]:
    for code in codes:
        yield path, code
        yield from _flat(code.codes, (*path, code))


class _Taking:
    """Codes on their way to being tags."""

    def __init__(self, base: Codebook, guids: Set[str]) -> None:
        self.base = base
        self.tags: list[Tag] = []
        self.warnings: list[str] = []
        self._by_guid = {guid_of(base, tag): tag for tag in base.tags}
        without = [tag for tag in base.tags if guid_of(base, tag) not in guids]
        self._by_name = {key_of(name): tag for tag in without for name in (tag.id, tag.label)}
        self._ids = {tag.id for tag in base.tags}
        self._keys = {key for tag in base.active_tags for key in tag.keys}

    def take(self, path: Sequence[Code], code: Code) -> None:
        """One code; one that cannot be set is a tag only if it is known as one."""
        known = self._by_guid.get(code.guid)
        if known is None and code.codable:
            known = self._by_name.get(key_of(code.name))
        if known is not None and any(tag.id == known.id for tag in self.tags):
            known = None
        if known is not None:
            self.tags.append(self._changed(known, path, code))
        elif code.codable:
            self.tags.append(self._new(path, code))

    def _changed(self, tag: Tag, path: Sequence[Code], code: Code) -> Tag:
        changed = replace(tag, label=code.name, retired=not code.codable)
        if code.description != _description(tag):
            changed = replace(changed, definition=_definition(code.description))
        if code.color and code.color != _written_colour(tag):
            changed = _coloured(changed, code.color)
        group = [each.name for each in path]
        if group != [each["name"] for each in _group(tag)]:
            changed = replace(changed, extra=_placed(tag.extra, path))
        if code.guid and code.guid != guid_of(self.base, tag):
            changed = replace(changed, extra={**changed.extra, "guid": code.guid})
        return changed

    def _new(self, path: Sequence[Code], code: Code) -> Tag:
        own = _new_id(code.name, self._ids)
        self._ids.add(own)
        key = self._free_key(code.name)
        if not key:
            self.warnings.append(f"no key was left for the tag “{code.name}”")
        extra = _placed({}, path) | ({"guid": code.guid} if code.guid else {})
        number = len(self.tags)
        tag = Tag(
            own, code.name, "", "", keys=(key,) if key else (), bar=BARS[number % len(BARS)],
            definition=code.description, extra=extra,
        )  # fmt: skip
        return _coloured(tag, code.color) if code.color else _uncoloured(tag, number)

    def _free_key(self, name: str) -> str:
        letters = [letter for letter in key_of(name) if letter in TAG_KEYS]
        key = next((key for key in (*TAG_KEYS[:9], *letters, *TAG_KEYS) if key not in self._keys), "")
        self._keys.add(key)
        return key


def _definition(description: str) -> str:
    """The definition in a description that this program wrote and another changed."""
    section = _SECTION.search(f"\n\n{description}")
    return description[: max(0, section.start() - 2)].strip() if section else description


def _placed(extra: Any, path: Sequence[Code]) -> dict[str, Any]:
    """A tag's further fields with the folders that it lies in."""
    kept = {name: value for name, value in extra.items() if name != "group"}
    group = [{"name": each.name, **({"guid": each.guid} if each.guid else {})} for each in path]
    return {**kept, **({"group": group} if group else {})}


def _new_id(name: str, taken: set[str]) -> str:
    plain = _ID_PART.sub("-", key_of(name)).strip("-.")[:90] or "tag"
    own, number = plain, 1
    while own in taken:
        number += 1
        own = f"{plain}-{number}"
    return own


def _without(relation: RelationType, left: set[str]) -> RelationType | None:
    """A relation between the tags that are left; None if it has an end no more."""
    begins, leads = (tuple(tag for tag in tags if tag in left) for tags in (relation.from_tags, relation.to_tags))
    return replace(relation, from_tags=begins, to_tags=leads) if begins and leads else None


def _left_out(codes: Codes) -> Iterator[str]:
    for element, what in (("Set", "sets of codes"), ("NoteRef", "notes on codes")):
        if codes.left_out.get(element):
            yield f"{what} were left out ({codes.left_out[element]})"


# ---- colours


def _coloured(tag: Tag, colour: str) -> Tag:
    """A tag in a colour, made readable on the light page and on the dark one; what it was is kept."""
    light, dark = _readable(colour)
    colours = tag.extra.get("color")
    kept = {name: value for name, value in colours.items() if name != "original"} if isinstance(colours, dict) else {}
    more = {**kept, **({"original": colour} if colour != light else {})}
    extra = {name: value for name, value in tag.extra.items() if name != "color"}
    return replace(tag, light=light, dark=dark, extra={**extra, **({"color": more} if more else {})})


def _uncoloured(tag: Tag, number: int) -> Tag:
    red, green, blue = colorsys.hls_to_rgb(number * _GOLDEN % 1, 0.35, 0.6)
    light, dark = _readable(_hex(red, green, blue))
    return replace(tag, light=light, dark=dark)


def _readable(colour: str) -> tuple[str, str]:
    """The colour for the light page and for the dark one: darker or lighter until it stands out enough."""
    return _mixed(colour, 0.0, LIGHT_PAGE), _mixed(colour, 1.0, DARK_PAGE)


def _mixed(colour: str, towards: float, page: str) -> str:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    for step in range(21):
        share = step / 20
        mixed = _hex(*(channel * (1 - share) + towards * share for channel in channels))
        if contrast(mixed, page) >= LEAST_CONTRAST:
            return mixed
    return mixed


def _hex(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in (red, green, blue))
