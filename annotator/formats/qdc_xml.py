"""The XML of a REFI-QDA codebook (.qdc), version 1.5 of the standard: codes in and out.

Root <CodeBook> in the namespace urn:QDA-XML:codebook:1.0 (some programs write 1:0, and a project file holds the same
under its own namespace); in it <Codes> with nested <Code guid name isCodable color?><Description/>. Nothing of a
file is believed: no DOCTYPE, so no entities; a limit of size and depth.
"""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.etree import ElementTree
from xml.parsers import expat

from annotator import __version__
from annotator.errors import AnnotatorError

NAMESPACE = "urn:QDA-XML:codebook:1.0"
LIMIT = 8 * 1024 * 1024  # bytes
_NAMESPACES = (NAMESPACE, "urn:QDA-XML:codebook:1:0", "urn:QDA-XML:project:1.0", "")
_DEPTH = 50
_SEPARATOR = "|"
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Code:
    """A code of a codebook: what this program calls a tag, or (not codable) a folder of them."""

    guid: str
    name: str
    codable: bool = True
    color: str = ""  # #rrggbb in small letters, or none
    description: str = ""
    codes: list["Code"] = field(default_factory=list)
    line: int = 0


@dataclass
class Codes:
    """What a file holds: its codes, the program it came from, and how many things in it are not codes."""

    codes: list[Code] = field(default_factory=list)
    origin: str = ""
    left_out: dict[str, int] = field(default_factory=dict)  # element → how many


def read_codes(data: bytes, name: str) -> Codes:
    """The codes of a file. Raises AnnotatorError: one sentence with `name`, the line and the reason."""
    if len(data) > LIMIT:
        raise AnnotatorError(f"{name} has more than {LIMIT // 1024 // 1024} MB, the most that is read of a codebook.")
    reader = _Reader(name)
    parser = reader.parser
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        raise AnnotatorError(f"{name}, line {fault.lineno}: it is not valid XML ({_reason(fault)}).") from None
    except (LookupError, ValueError):
        raise AnnotatorError(f"{name}: it is not valid XML (its encoding is not known).") from None
    if not reader.seen:
        raise AnnotatorError(f"{name}: it is no REFI-QDA codebook (there is no CodeBook with Codes in it).")
    return reader.found


def _reason(fault: expat.ExpatError) -> str:
    return str(expat.ErrorString(fault.code))


class _Reader:
    """Builds the codes while the parser runs."""

    def __init__(self, name: str) -> None:
        self.name, self.found, self.seen = name, Codes(), False
        self._path: list[str] = []
        self._codes: list[Code] = []  # that are open, the innermost last
        self._text: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _fail(self, reason: str) -> NoReturn:
        raise AnnotatorError(f"{self.name}, line {self.parser.CurrentLineNumber}: {reason}.")

    def _refuse_doctype(self, *_: Any) -> None:
        self._fail("it declares a document type (DOCTYPE), which is not read")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, local = tag.rpartition(_SEPARATOR)
        inside = self._path[-1] if self._path else ""
        self._path.append(local)
        if len(self._path) > _DEPTH:
            self._fail(f"elements lie more than {_DEPTH} deep in each other")
        if not inside and (local not in ("CodeBook", "Project") or namespace not in _NAMESPACES):
            self._fail(f"it is no REFI-QDA codebook (it begins with {local[:40]})")
        self._text = []
        if not inside:
            self.found.origin = attributes.get("origin", "")
        elif local == "Codes" and inside == "CodeBook":
            self.seen = True
        elif local == "Code" and inside in ("Codes", "Code"):
            self._code(attributes)
        elif local in ("Set", "NoteRef") and "CodeBook" in self._path:
            self.found.left_out[local] = self.found.left_out.get(local, 0) + 1

    def _code(self, attributes: dict[str, str]) -> None:
        name = " ".join(attributes.get("name", "").split())
        if not name:
            self._fail("a code has no name")
        guid = _GUID.fullmatch(attributes.get("guid", "").strip())
        color = attributes.get("color", "").strip()
        code = Code(
            guid=guid[1].lower() if guid else "",
            name=name,
            codable=attributes.get("isCodable", "true").strip() not in ("false", "0"),
            color=_six(color) if _COLOUR.fullmatch(color) else "",
            line=self.parser.CurrentLineNumber,
        )
        (self._codes[-1].codes if self._codes else self.found.codes).append(code)
        self._codes.append(code)

    def _end(self, _tag: str) -> None:
        local = self._path.pop()
        if local == "Description" and self._path[-1:] == ["Code"] and self._codes:
            self._codes[-1].description = "".join(self._text).strip()
        elif local == "Code" and self._path[-1:] in (["Code"], ["Codes"]) and self._codes:
            self._codes.pop()

    def _characters(self, text: str) -> None:
        self._text.append(text)


def _six(color: str) -> str:
    digits = color[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def write_codes(codes: Iterable[Code]) -> bytes:
    """The file of these codes, the same bytes for the same codes."""
    root = codebook_element(codes, xmlns=NAMESPACE, origin=f"annotator {__version__}")
    written: str = ElementTree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode()


def codebook_element(codes: Iterable[Code], **attributes: str) -> ElementTree.Element:
    """The element that holds these codes, in a codebook file or a project file."""
    root = ElementTree.Element("CodeBook", attributes)
    listed = ElementTree.SubElement(root, "Codes")
    for code in codes:
        _write(listed, code)
    ElementTree.indent(root, " ")
    return root


def _write(parent: ElementTree.Element, code: Code) -> None:
    attributes = {"guid": code.guid.upper(), "name": clean(code.name), "isCodable": str(code.codable).lower()}
    if code.color:
        attributes["color"] = code.color
    element = ElementTree.SubElement(parent, "Code", attributes)
    if code.description:
        ElementTree.SubElement(element, "Description").text = clean(code.description)
    for inner in code.codes:
        _write(element, inner)


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NO_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_guid(value: object) -> bool:
    """Whether something has the form of a guid, without braces."""
    return isinstance(value, str) and not value.startswith("{") and _GUID.fullmatch(value) is not None


def derived_guid(*parts: str) -> str:
    """The guid of what came from no such file: the same for the same parts."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "annotator:" + "\x1f".join(parts)))
