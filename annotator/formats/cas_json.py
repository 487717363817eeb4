"""UIMA CAS JSON 0.4: the same as XMI, with the types inside."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.cas import Cas, Sofa, Structure
from annotator.formats.cas_types import ANNOTATION, own_types
from annotator.formats.cas_writing import SOFA, Reading, Text, write_readings
from annotator.formats.format import Format, ProjectRecords, ReadOptions, WriteOptions, Written
from annotator.formats.guards import json_file
from annotator.formats.json_text import encoded, spread
from annotator.formats.loss import Loss
from annotator.formats.reading_folders import READINGS, holds_mostly
from annotator.formats.report import Report
from annotator.formats.uima_layers import CANNOT_HOLD, LINK, SETTINGS, SPAN, lost_attributes
from annotator.formats.xmi_reading import read_files
from annotator.model.records import DocumentRecord

SUFFIX = ".json"
_HEAD = re.compile(rb'\s*\{\s*"%(?:TYPES|FEATURE_STRUCTURES|VIEWS|HEADER)"\s*:')
_Number = str | int | float


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a file begins with a field of CAS JSON; or a folder holds little else."""
    if path.is_dir():
        return holds_mostly(path, lambda name: name.endswith(SUFFIX) and name != READINGS, detect)
    return _HEAD.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


# ---- reading


def read(path: Path, report: Report, options: ReadOptions, /) -> Iterator[DocumentRecord]:
    """The documents of a file or a folder, each with all its readings."""
    yield from read_files(path, report, options, SUFFIX, _cas, lambda _: False)


def _cas(path: Path, _report: Report) -> Cas:
    value = json_file(path)
    held = value.get("%FEATURE_STRUCTURES") if isinstance(value, dict) else None
    if isinstance(held, dict):
        held = [{"%ID": own, **each} for own, each in held.items() if isinstance(each, dict)]
    if not isinstance(held, list):
        raise AnnotatorError("it holds no feature structures")
    cas = Cas(above=_above(value.get("%TYPES")))
    for each in held:
        if not isinstance(each, dict) or not isinstance(each.get("%TYPE"), str):
            raise AnnotatorError("a feature structure has no type")
        own = str(each.get("%ID"))
        if each["%TYPE"] == "uima.cas.Sofa":
            text = each.get("sofaString")
            cas.sofas[own] = Sofa(str(each.get("sofaID", "")), text if isinstance(text, str) else "")
        else:
            cas.structures[own] = _structure(own, each)
    views = value.get("%VIEWS")
    for view in views.values() if isinstance(views, dict) else ():
        if isinstance(view, dict) and isinstance(view.get("%MEMBERS"), list):
            sofa = cas.sofas.get(str(view.get("%SOFA")))
            if sofa is not None:
                sofa.members = frozenset(map(str, view["%MEMBERS"]))
    return cas


def _above(types: Any) -> dict[str, str]:
    if not isinstance(types, dict):
        return {}
    return {name: str(each.get("%SUPER_TYPE", "")) for name, each in types.items() if isinstance(each, dict)}


def _structure(own: str, given: dict[str, Any]) -> Structure:
    made = Structure(own, given["%TYPE"])
    elements = given.get("%ELEMENTS")
    if isinstance(elements, list):
        made.refs["elements"] = [str(each) for each in elements]
    for name, value in given.items():
        if name == "@sofa":
            made.sofa = str(value)
        elif name.startswith("@"):
            made.refs[name[1:]] = [str(value)]
        elif name == "begin":
            made.begin = _offset(value)
        elif name == "end":
            made.end = _offset(value)
        elif not name.startswith("%") and value is not None:
            made.values[name.removeprefix("^")] = value if isinstance(value, str) else json.dumps(value)
    return made


def _offset(value: Any) -> _Number | None:
    return value if value is None or isinstance(value, str | int | float) else "no number"


# ---- writing


def write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, _options: WriteOptions, /
) -> Written:
    """A folder with readings.json; whole or not at all."""
    return write_readings(records, destination, project, SUFFIX, _divisions, _data, lambda _: None)


def loses(record: DocumentRecord, _options: WriteOptions, /) -> Mapping[Loss, int]:
    """Attributes that cannot be features."""
    return lost_attributes(record)


def _divisions(text: Text) -> str:
    lines: list[str] = []
    for type_name, stretches in text.divisions:
        head = f'"%TYPE": "{type_name}", "@sofa": {SOFA}'
        lines += [
            f'{{"%ID": {number}, {head}, "begin": {begin}, "end": {end}}}'
            for number, (begin, end) in enumerate(stretches, SOFA + 2 + len(lines))
        ]
    return ",\n".join(lines)


def _data(reading: Reading, divisions: str) -> bytes:
    text = reading.text
    sofa = {"%ID": SOFA, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text"}
    whole = {"begin": 0, "end": text.units.units, "language": text.language}
    structures = [
        encoded({**sofa, "sofaString": text.text}),
        encoded({"%ID": SOFA + 1, "%TYPE": "uima.tcas.DocumentAnnotation", "@sofa": SOFA, **whole}),
        *([divisions] if divisions else ()),
    ]
    for each in reading.members:
        refs = {f"@{name}": number for name, number in each.refs.items()}
        place = {"%ID": each.id, "%TYPE": each.type, "@sofa": SOFA, "begin": each.begin, "end": each.end}
        structures.append(encoded({**place, **refs, **each.values}))
    view = {"%SOFA": SOFA, "%MEMBERS": list(reading.ids())}
    return spread(
        {
            "%TYPES": encoded(_types(reading)),
            "%FEATURE_STRUCTURES": structures,
            "%VIEWS": encoded({"_InitialView": view}),
        }
    ).encode()


def _types(reading: Reading) -> dict[str, Any]:
    made = {}
    for name, features in own_types(reading.names(SPAN), reading.names(LINK)).items():
        ranges = {feature: {"%NAME": feature, "%RANGE": value} for feature, value in features}
        made[name] = {"%NAME": name, "%SUPER_TYPE": ANNOTATION, **ranges}
    return made


CAS_JSON = Format(
    name="cas-json",
    label="UIMA CAS JSON",
    patterns=("*.json",),
    description="For UIMA programs and dkpro-cassis, a folder for each coder; with attributes and relations.",
    verified_by=("dkpro-cassis",),
    detect=detect,
    reads=read,
    writes=write,
    folder=True,
    shown_first="*/*.json",
    loses=loses,
    may_lose=(Loss.CHARACTERS,),
    cannot_hold=CANNOT_HOLD,
    read_settings=SETTINGS,
)
