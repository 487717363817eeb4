"""Writes UIMA CAS XMI, with the type system in a file for the whole folder."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from annotator.formats.cas_types import FILE, own_types, type_system_xml
from annotator.formats.cas_writing import SOFA, Reading, Text, write_readings
from annotator.formats.format import ProjectRecords, WriteOptions, Written
from annotator.formats.loss import Loss
from annotator.formats.project_records import Values
from annotator.formats.uima_layers import LINK, SPAN, features, lost_attributes
from annotator.formats.xmi_reading import SUFFIX
from annotator.formats.xml_text import attribute, is_held
from annotator.model.records import DocumentRecord

_PREFIXES = {"webanno.custom": "custom", "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type": "type"}


def write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, _options: WriteOptions, /
) -> Written:
    """A folder with readings.json and TypeSystem.xml; whole or not at all."""
    names: set[str] = set()
    link_names: set[str] = set()

    def data(reading: Reading, divisions: str) -> bytes:
        names.update(reading.names(SPAN))
        link_names.update(reading.names(LINK))
        return "\n".join([*_lines(reading, divisions), ""]).encode()

    def beside(root: Path) -> None:
        (root / FILE).write_bytes(type_system_xml(own_types(names, link_names)).encode())

    return write_readings(records, destination, project, SUFFIX, _divisions, data, beside)


def loses(record: DocumentRecord, _options: WriteOptions, /) -> Mapping[Loss, int]:
    """Attributes that cannot be features, and documents with characters that XML has no place for."""
    lost = lost_attributes(record)
    values = Values({})
    said = [record.text]
    for each in record.annotations:
        said += [value for _, value in features(each.attributes, each.note, values)]
    for link in record.relations:
        said += [value for _, value in features(link.attributes, link.note, values)]
    lost[Loss.CHARACTERS] = not all(map(is_held, said))
    return +lost


def _divisions(text: Text) -> str:
    lines: list[str] = []
    for type_name, stretches in text.divisions:
        element = _element(type_name)
        lines += [
            f'<{element} xmi:id="{number}" sofa="{SOFA}" begin="{begin}" end="{end}"/>'
            for number, (begin, end) in enumerate(stretches, SOFA + 2 + len(lines))
        ]
    return "\n".join(lines)


def _lines(reading: Reading, divisions: str) -> Iterator[str]:
    text = reading.text
    spaces = " ".join(f'xmlns:{prefix}="http:///{_path(name)}.ecore"' for name, prefix in _PREFIXES.items())
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
        f'xmlns:tcas="http:///uima/tcas.ecore" {spaces} xmi:version="2.0">'
    )
    yield '<cas:NULL xmi:id="0"/>'
    yield (
        f'<tcas:DocumentAnnotation xmi:id="{SOFA + 1}" sofa="{SOFA}" begin="0" end="{text.units.units}" '
        f'language="{attribute(text.language)}"/>'
    )
    if divisions:
        yield divisions
    for each in reading.members:
        place = f'xmi:id="{each.id}" sofa="{SOFA}" begin="{each.begin}" end="{each.end}"'
        said = [f'{feature}="{number}"' for feature, number in each.refs.items()]
        said += [f'{feature}="{attribute(value)}"' for feature, value in each.values.items()]
        yield f"<{_element(each.type)} {' '.join([place, *said])}/>"
    yield (
        f'<cas:Sofa xmi:id="{SOFA}" sofaNum="1" sofaID="_InitialView" mimeType="text" '
        f'sofaString="{attribute(text.text)}"/>'
    )
    yield f'<cas:View sofa="{SOFA}" members="{" ".join(map(str, reading.ids()))}"/>'
    yield "</xmi:XMI>"


def _element(type_name: str) -> str:
    package, _, name = type_name.rpartition(".")
    return f"{_PREFIXES[package]}:{name}"


def _path(package: str) -> str:
    return package.replace(".", "/")
