"""XML of strangers, read without trusting it: no entities are declared or fetched, depth and size are bounded."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from annotator.errors import AnnotatorError
from annotator.formats.guards import FILE_LIMIT, open_file, read_bytes

DEPTH = 200
ELEMENTS = 5_000_000
_CHUNK = 256 * 1024


def xml_file(path: Path, limit: int = FILE_LIMIT) -> Element:
    """The root of an XML file. Raises AnnotatorError."""
    return xml_root(read_bytes(path, limit), path.name)


def xml_root(data: bytes, name: str) -> Element:
    """The root of the XML in `data`; `name` is for messages. Tags read `{namespace}local`. Raises AnnotatorError."""
    builder = _Builder(name)
    builder.feed(data, final=True)
    return builder.root()


def xml_elements(path: Path, *tags: str) -> Iterator[Element]:
    """Each element with one of these tags, as soon as it ends; keep none longer than needed and `clear()` it.

    For files that are too large to hold: what lies around stays small only if what was yielded is cleared.
    """
    builder = _Builder(path.name, frozenset(tags))
    try:
        with open_file(path) as file:
            yield from _fed(builder, file)
    except OSError as fault:
        raise AnnotatorError(f"Cannot read {path.name}: {(fault.strerror or str(fault)).lower()}.") from fault


def _fed(builder: "_Builder", file: BinaryIO) -> Iterator[Element]:
    while data := file.read(_CHUNK):
        builder.feed(data, final=False)
        yield from builder.ended
        builder.ended.clear()
    builder.feed(b"", final=True)
    yield from builder.ended


class _Builder:
    """Builds elements while the parser runs."""

    def __init__(self, name: str, wanted: frozenset[str] = frozenset()) -> None:
        self.name, self.wanted = name, wanted
        self.ended: list[Element] = []
        self._tree = TreeBuilder()
        self._names = _Names()
        self._depth = self._count = 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.EntityDeclHandler = self._refuse_entity
        self._parser.UnparsedEntityDeclHandler = self._refuse_entity
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._tree.data

    def feed(self, data: bytes, *, final: bool) -> None:
        """Parse further. Raises AnnotatorError with the line."""
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError as fault:
            self._fail(f"it is not valid XML ({expat.ErrorString(fault.code)})", fault.lineno)
        except (LookupError, ValueError):
            self._fail("it is not valid XML (its encoding is not known)", 1)

    def root(self) -> Element:
        """The whole, once everything was fed."""
        return self._tree.close()

    def _fail(self, reason: str, line: int | None = None) -> NoReturn:
        raise AnnotatorError(f"{self.name}, line {line or self._parser.CurrentLineNumber}: {reason}.")

    def _refuse_entity(self, *_: Any) -> None:
        self._fail("it declares entities, which are not read")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEPTH:
            self._fail(f"elements lie more than {DEPTH} deep in each other")
        if self._count > ELEMENTS:
            self._fail(f"it has more than {ELEMENTS:,} elements")
        names = self._names
        self._tree.start(names[tag], {names[name]: value for name, value in attributes.items()})

    def _end(self, tag: str) -> None:
        self._depth -= 1
        element = self._tree.end(self._names[tag])
        if element.tag in self.wanted:
            self.ended.append(element)


class _Names(dict[str, str]):
    """A name as the parser gives it → as elements have it; made once for each, however often it stands in the file."""

    def __missing__(self, name: str) -> str:
        made = self[name] = "{" + name if "}" in name else name
        return made
