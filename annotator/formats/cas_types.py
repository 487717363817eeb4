"""Type systems of UIMA: what a feature may hold, from a file beside the data, or guessed from the data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats.uima_layers import LABEL, LINK, NOTE, SENTENCE, SPAN, TAG, TOKEN
from annotator.formats.xml_guard import xml_file
from annotator.formats.xml_text import attribute

FILE = "TypeSystem.xml"
_LIMIT = 32 * 1024 * 1024
_UPWARDS = 3  # folders that are looked into: its own, and those above
_TRIED = 20  # files in them
_NAMESPACE = "{http://uima.apache.org/resourceSpecifier}"
_KINDS = ["String", "Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double"]
PLAIN = frozenset(
    f"uima.cas.{each}" for kind in _KINDS for each in (kind, f"{kind}Array", f"{kind}List")
)  # a value, not another structure


@dataclass
class TypeSystem:
    """The types of a file: the one above each, and the range of each feature."""

    above: dict[str, str] = field(default_factory=dict)
    ranges: dict[tuple[str, str], str] = field(default_factory=dict)  # type, feature → type of the value

    def knows(self, type_name: str) -> bool:
        """Whether it says something of a type."""
        return type_name in self.above

    def is_plain(self, type_name: str, feature: str) -> bool | None:
        """Whether a feature holds a value; None if nothing is known of it."""
        for _ in range(50):
            found = self.ranges.get((type_name, feature))
            if found is not None:
                return found in PLAIN or self.above.get(found) == "uima.cas.String"
            type_name = self.above.get(type_name, "")
            if not type_name:
                return None
        return None


def is_type_system(name: str) -> bool:
    """Whether a file is one by its name."""
    lower = name.lower()
    return lower.endswith(".xml") and "typesystem" in lower


def type_system_for(path: Path, used: Iterable[str]) -> TypeSystem | None:
    """The type system near a file that knows most of its types; of equal ones the nearest."""
    wanted = set(used)
    best, most = None, 0
    for each in _near(path):
        try:
            found = read_type_system(each)
        except AnnotatorError:
            continue
        number = sum(map(found.knows, wanted))
        if number > most:
            best, most = found, number
    return best


def _near(path: Path) -> Iterator[Path]:
    tried = 0
    for folder in path.absolute().parents[:_UPWARDS]:
        try:
            names = sorted(each for each in folder.iterdir() if is_type_system(each.name) and each.is_file())
        except OSError:
            continue
        names.sort(key=lambda each: not each.name.lower().startswith(path.stem.lower()))
        for each in names[: _TRIED - tried]:
            tried += 1
            yield each


def read_type_system(path: Path) -> TypeSystem:
    """What a type system file says. Raises AnnotatorError."""
    made = TypeSystem()
    for each in xml_file(path, _LIMIT).iter(f"{_NAMESPACE}typeDescription"):
        name = (each.findtext(f"{_NAMESPACE}name") or "").strip()
        if not name:
            continue
        made.above[name] = (each.findtext(f"{_NAMESPACE}supertypeName") or "").strip()
        for feature in each.iter(f"{_NAMESPACE}featureDescription"):
            own = (feature.findtext(f"{_NAMESPACE}name") or "").strip()
            made.ranges[name, own] = (feature.findtext(f"{_NAMESPACE}rangeTypeName") or "").strip()
    return made


# ---- ours


ANNOTATION = "uima.tcas.Annotation"


def own_types(names: Iterable[str], link_names: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """The types that an export has: type → (feature, range); all stand below uima.tcas.Annotation."""
    text = "uima.cas.String"
    return {
        SPAN: [(name, text) for name in (TAG, *_others(names))],
        LINK: [("Governor", SPAN), ("Dependent", SPAN), *((name, text) for name in (LABEL, *_others(link_names)))],
        TOKEN: [],
        SENTENCE: [],
    }


def _others(names: Iterable[str]) -> list[str]:
    """Features in an order of their own, the note last."""
    return [*sorted(set(names) - {TAG, LABEL, NOTE}), NOTE]


def type_system_xml(types: Mapping[str, list[tuple[str, str]]]) -> str:
    """The file that says so."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines += ['<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">', "<types>"]
    for name, features in types.items():
        lines += ["<typeDescription>", f"<name>{attribute(name)}</name>", "<description/>"]
        lines += [f"<supertypeName>{ANNOTATION}</supertypeName>", "<features>"]
        for feature, value in features:
            lines += ["<featureDescription>", f"<name>{attribute(feature)}</name>", "<description/>"]
            lines += [f"<rangeTypeName>{value}</rangeTypeName>", "</featureDescription>"]
        lines += ["</features>", "</typeDescription>"]
    return "\n".join([*lines, "</types>", "</typeSystemDescription>", ""])
