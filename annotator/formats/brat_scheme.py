"""The types that annotation.conf of a brat collection declares: entities, events, relations, attributes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats.brat_conf import CONF, LIMIT, READINGS
from annotator.formats.guards import read_bytes
from annotator.formats.scheme import Ends, Scheme

_SECTION = re.compile(r"\[(\w+)\]")
_MACRO = re.compile(r"(<[\w-]+>)\s*=\s*(.*)")
_ARGUMENT = re.compile(r"([\w-]+)(?:[?*+]|\{[\d,-]*\})*:(.*)")
_TYPE = re.compile(r"[^\s<>|,:=!-][^\s<>|,:=]*")
_MANY = 1000  # types that are taken, of each kind


def declared(path: Path, /) -> Scheme:
    """What is said in the folder of a collection, or in the one of a single file; in the folder above, else."""
    folder = path if path.is_dir() else path.parent
    for each in (folder / CONF, folder.parent / CONF):
        try:
            text = read_bytes(each, LIMIT).decode("utf-8", "replace") if each.is_file() else ""
        except (AnnotatorError, OSError):
            continue
        if text:
            return _Conf(text).scheme()
    return Scheme()


class _Conf:
    """One file on its way to being a scheme."""

    def __init__(self, text: str) -> None:
        self.ours = text.startswith(READINGS)  # it declares fields of any kind, which brat knows as flags alone
        self.sections: dict[str, list[str]] = defaultdict(list)
        self.macros: dict[str, str] = {}
        section = ""
        for line in text.splitlines():
            line = line.partition("#")[0].strip()
            if found := _SECTION.fullmatch(line):
                section = found[1]
            elif macro := _MACRO.fullmatch(line):
                self.macros[macro[1]] = macro[2].strip()
            elif line and len(self.sections[section]) < _MANY:
                self.sections[section].append(line)

    def scheme(self) -> Scheme:
        entities, events = (list(self._types(self.sections[each])) for each in ("entities", "events"))
        self.groups = {"<ENTITY>": entities, "<EVENT>": events, "<ANY>": [*entities, *events]}
        relations: dict[str, tuple[dict[str, None], dict[str, None]]] = defaultdict(lambda: ({}, {}))
        for line in self.sections["relations"]:
            name, arguments = _parted(line)
            roles = dict(self._arguments(arguments))
            if _TYPE.fullmatch(name) and {"Arg1", "Arg2"} <= roles.keys():
                for end, role in zip(relations[name], ("Arg1", "Arg2"), strict=True):
                    end.update(dict.fromkeys(roles[role]))
        for line in self.sections["events"]:
            name, arguments = _parted(line)
            for role, types in self._arguments(arguments) if _TYPE.fullmatch(name) else ():
                relations[role][0][name] = None
                relations[role][1].update(dict.fromkeys(types))
        ends: Mapping[str, Ends] = {name: (tuple(begins), tuple(leads)) for name, (begins, leads) in relations.items()}
        return Scheme(tuple(dict.fromkeys([*entities, *events])), ends, self._fields(list(ends)))

    def _fields(self, links: list[str]) -> dict[str, dict[str, tuple[str, ...]]]:
        self.groups["<RELATION>"] = links
        fields: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for line in self.sections["attributes"]:
            name, arguments = _parted(line)
            parts = filter(None, (_ARGUMENT.fullmatch(each.strip()) for each in arguments.split(",")))
            said = {found[1]: found[2] for found in parts}
            values = tuple(dict.fromkeys(filter(None, (each.strip() for each in said.get("Value", "").split("|")))))
            if not _TYPE.fullmatch(name) or (self.ours and not values):
                continue
            for of in self._named(said.get("Arg", "")):
                fields[of][name] = values
        return fields

    def _types(self, lines: Iterable[str]) -> Iterator[str]:
        """The types of a section; those behind `!` only stand above others."""
        for line in lines:
            name = _parted(line)[0]
            if _TYPE.fullmatch(name):
                yield name

    def _arguments(self, text: str) -> Iterator[tuple[str, list[str]]]:
        for each in text.split(","):
            found = _ARGUMENT.fullmatch(each.strip())
            if found:
                yield found[1], list(self._named(found[2]))

    def _named(self, text: str, depth: int = 0) -> Iterator[str]:
        """The types that are named between bars; groups and macros stand for theirs."""
        for each in filter(None, (part.strip() for part in text.split("|"))):
            if each in self.macros and depth < 5:
                yield from self._named(self.macros[each], depth + 1)
            elif each in self.groups:
                yield from self.groups[each]
            elif _TYPE.fullmatch(each):
                yield each


def _parted(line: str) -> tuple[str, str]:
    """The first word of a line, and the rest."""
    name, *rest = line.split(None, 1)
    return name, rest[0] if rest else ""
