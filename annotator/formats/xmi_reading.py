"""Reads UIMA CAS XMI; which features point to others, a type system beside the file says, else it is guessed."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from annotator.errors import AnnotatorError
from annotator.formats.cas import Cas, Sofa, Structure, documents
from annotator.formats.cas_types import TypeSystem, is_type_system, type_system_for
from annotator.formats.format import ReadOptions
from annotator.formats.reading_folders import ReadingFile, documents_in, holds_mostly, joined
from annotator.formats.report import Report
from annotator.formats.uima_layers import Choice
from annotator.formats.xml_guard import xml_file
from annotator.model.records import DocumentRecord

SUFFIX = ".xmi"
_ID = "{http://www.omg.org/XMI}id"
_CAS = "uima.cas."
_NAMESPACE = re.compile(r"\{http:///(.*)\.ecore\}(.+)")
_IDS = re.compile(r"\d+(?: \d+)*")
_NONE = "uima.noNamespace."
_POINTING = frozenset({"Governor", "Dependent", "source", "target", "from", "to", "next", "first"})
_LIST_REFS = frozenset({"elements", "head", "tail"})


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a file is XMI of a CAS; or a folder holds little else."""
    if path.is_dir():
        return holds_mostly(path, lambda name: name.endswith(SUFFIX) or is_type_system(name), detect)
    return b"http://www.omg.org/XMI" in head and b"http:///uima/cas.ecore" in head


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The documents of a file or a folder, each with all its readings."""
    yield from read_files(path, report, options, SUFFIX, _cas, is_type_system)


def read_files(
    path: Path,
    report: Report,
    options: ReadOptions,
    suffix: str,
    parse: Callable[[Path, Report], Cas],
    accompanies: Callable[[str], bool],
) -> Iterator[DocumentRecord]:
    """The documents of the files at a path, each of which `parse` reads."""
    choice = Choice(options.settings)

    def text_of(file: ReadingFile) -> str | None:
        try:
            return next((sofa.text for sofa in parse(file.path, Report()).sofas.values() if sofa.text), None)
        except AnnotatorError:
            return None

    for files in documents_in(path, (suffix,), text_of, report, accompanies):
        parts: list[tuple[ReadingFile, DocumentRecord]] = []
        for file in files:
            try:
                cas = parse(file.path, report)
                parts += [(file, each) for each in documents(cas, file.name, report, choice)]
            except AnnotatorError as fault:
                said = str(fault).rstrip(".")
                if not path.is_dir():
                    raise AnnotatorError(f"{said}." if file.path.name in said else _whole(file, said)) from fault
                report.refuse(file.name, said)
        yield from joined(parts)


def _whole(file: ReadingFile, said: str) -> str:
    return f"Cannot read {file.path.name}: {said}."


def _cas(path: Path, report: Report) -> Cas:
    root = xml_file(path)
    names = {tag: _type(tag) for tag in {each.tag for each in root}}
    elements = [(each, names[each.tag]) for each in root]
    types = type_system_for(path, {name for name in names.values() if not name.startswith("uima.")})
    cas = Cas(above=types.above if types else {})
    views: dict[str, str] = {}
    for each, name in elements:
        if name == f"{_CAS}Sofa":
            cas.sofas[each.get(_ID, "")] = Sofa(each.get("sofaID", ""), each.get("sofaString", ""))
        elif name == f"{_CAS}View":
            views[each.get("sofa", "")] = each.get("members", "")
        elif name and (own := each.get(_ID)) is not None:
            cas.structures[own] = _structure(each, name)
    for own, sofa in cas.sofas.items():
        sofa.members = frozenset(views[own].split()) if own in views else None
    if not cas.sofas and root.tag != "{http://www.omg.org/XMI}XMI":
        raise AnnotatorError("it is no XMI of a CAS")
    guessed = _point(cas, types)
    if guessed:
        report.warn(path.name, f"no type system says what {', '.join(guessed[:3])} point to; it was guessed")
    return cas


def _type(tag: str) -> str:
    """The name of a type: its namespace is made of its packages."""
    found = _NAMESPACE.fullmatch(tag)
    if found is None:
        return ""
    return f"{found[1].replace('/', '.')}.{found[2]}".removeprefix(_NONE)


def _structure(element: Element, name: str) -> Structure:
    values = element.attrib
    own, sofa = values.pop(_ID, ""), values.pop("sofa", "")
    made = Structure(own, name, values, {}, sofa, values.pop("begin", None), values.pop("end", None))
    for feature in [feature for feature in values if feature.startswith("{")]:
        del values[feature]
    if len(element):
        listed: dict[str, list[str]] = {}
        for child in element:
            listed.setdefault(child.tag, []).append(child.text or "")
        values |= {feature: "; ".join(texts) for feature, texts in listed.items()}
    return made


def _point(cas: Cas, types: TypeSystem | None) -> list[str]:
    """Turn the features that point to others from values into references; those that were guessed are told."""
    plain: dict[tuple[str, str], bool | None] = {}
    guessed: dict[tuple[str, str], bool] = {}
    for each in cas.structures.values():
        for feature, value in each.values.items():
            key = (each.type, feature)
            if key not in plain:
                plain[key] = _is_plain(each.type, feature, types)
            if plain[key] is None:
                guessed[key] = guessed.get(key, True) and _may_point(feature, value, cas)
    pointing = {key for key, said in plain.items() if said is False or guessed.get(key)}
    holders = {name for name, _ in pointing}
    for each in cas.structures.values():
        if each.type in holders:
            for feature in [name for name in each.values if (each.type, name) in pointing]:
                each.refs[feature] = each.values.pop(feature).split()
    _put_in_lists(cas)
    return sorted({feature for (_, feature), points in guessed.items() if points})


def _may_point(feature: str, value: str, cas: Cas) -> bool:
    """Whether a value of which nothing is known looks like a reference: one number alone may be a number."""
    if _IDS.fullmatch(value) is None or (feature not in _POINTING and " " not in value):
        return False
    return all(own in cas.structures for own in value.split(" "))


def _is_plain(type_name: str, feature: str, types: TypeSystem | None) -> bool | None:
    if type_name.startswith(_CAS):
        return not (feature in _LIST_REFS and ("FS" in type_name or feature == "tail"))
    return types.is_plain(type_name, feature) if types else None


def _put_in_lists(cas: Cas) -> None:
    """Arrays and lists of values that stand apart are values of what points to them."""
    for each in cas.structures.values():
        for feature, ids in list(each.refs.items()):
            first = cas.structures.get(ids[0]) if len(ids) == 1 else None
            if first is not None and first.type.startswith(_CAS) and "FS" not in first.type:
                each.values[feature] = "; ".join(_listed(cas, first))
                del each.refs[feature]


def _listed(cas: Cas, first: Structure) -> Iterator[str]:
    met: set[str] = set()
    waiting: Structure | None = first
    while waiting is not None and waiting.id not in met:
        met.add(waiting.id)
        yield from (waiting.values[name] for name in ("elements", "head") if name in waiting.values)
        behind = waiting.refs.get("tail", [""])
        waiting = cas.structures.get(behind[0]) if behind else None
