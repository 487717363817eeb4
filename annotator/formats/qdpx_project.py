"""What a REFI-QDA project says beside its sources: users, codes, variables, notes, links."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from annotator.formats.article_facts import FACTS
from annotator.formats.qdpx_terms import GOLD, NAMESPACE, OF_GOLD, ORIGIN, variable_guid
from annotator.formats.xml_guard import xml_elements
from annotator.model.names import key_of

SOURCE_KINDS = {
    "TextSource": "text",
    "PictureSource": "picture",
    "PDFSource": "PDF",
    "AudioSource": "sound",
    "VideoSource": "video",
}
_ELEMENTS = ("User", "Codes", "Variable", "Case", "Note", "Link", "Set", "Graph", "Project", *SOURCE_KINDS)


def elements(path: Path) -> Iterator[Element]:
    """What a project file is made of, piece by piece; each is emptied when the next is asked for."""
    for each in xml_elements(path, *(f"{{{NAMESPACE}}}{local}" for local in _ELEMENTS)):
        yield each
        each.clear()


def local_name(element: Element) -> str:
    """The tag of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, *locals_: str) -> Iterator[Element]:
    """The children with one of these tags, in their order."""
    return (each for each in element if local_name(each) in locals_)


def guid_in(element: Element, attribute: str = "guid") -> str:
    """A guid as it is compared: small letters, no braces; empty if there is none."""
    return element.get(attribute, "").strip().strip("{}").lower()


def refers_to(element: Element, local: str) -> list[str]:
    """The guids that the references of this kind in an element lead to."""
    return [guid_in(each, "targetGUID") for each in children(element, local)]


@dataclass(frozen=True)
class Link:
    """A relation between two things that have guids."""

    guid: str
    name: str
    origin: str
    target: str
    notes: tuple[str, ...]  # guids


@dataclass
class Project:
    """What a project file says beside its sources; guids are in small letters, without braces."""

    ours: bool = False  # written by this program, so that guids are ids and empty facts are known to be empty
    users: dict[str, tuple[str, str]] = field(default_factory=dict)  # → coder and kind
    codes: dict[str, str] = field(default_factory=dict)  # → name, each different
    variables: dict[str, str] = field(default_factory=dict)  # → name
    notes: dict[str, str] = field(default_factory=dict)  # → text
    links: list[Link] = field(default_factory=list)
    of_cases: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))  # source → its cases' values
    left_out: Counter[str] = field(default_factory=Counter)  # what this program has no place for → how many

    def coder(self, guid: str) -> tuple[str, str]:
        """Coder and kind of the reading that a user's codings belong to; nobody for one who is not known."""
        return self.users.get(guid, ("", "own"))

    def values(self, element: Element) -> dict[str, str]:
        """Variable → value, as text, of what stands in an element."""
        found = {}
        for each in children(element, "VariableValue"):
            name = next((self.variables.get(guid, "") for guid in refers_to(each, "VariableRef")), "")
            told = next((value.text for value in each if local_name(value) != "VariableRef" and value.text), "")
            if name and told.strip():
                found[name] = told.strip()
        return found


def read_project(path: Path, text_of: Callable[[Element], str]) -> Project:
    """The project in a file; `text_of` gives the text of a note. Raises AnnotatorError for XML that is none."""
    made = Project()
    for each in elements(path):
        match local_name(each):
            case "User":
                made.users[guid_in(each)] = _user(each)
            case "Codes":
                made.codes = codes_in(each)
            case "Variable":
                made.variables[guid_in(each)] = _variable(each)
            case "Case":
                _case(each, made)
            case "Note":
                made.notes[guid_in(each)] = text_of(each)
            case "Link":
                made.links.append(_link(each))
            case "Project":
                made.ours = each.get("origin", "").startswith(f"{ORIGIN} ")
            case "Set" | "Graph":
                made.left_out[f"{local_name(each).lower()}s"] += 1
    return made


def _user(element: Element) -> tuple[str, str]:
    name = " ".join((element.get("name") or element.get("id") or "").split())
    if element.get("id") == GOLD and name.endswith(OF_GOLD.strip()):
        return name.removesuffix(OF_GOLD.strip()).rstrip(), "gold"
    return name, "own"


def _variable(element: Element) -> str:
    own = guid_in(element)
    return next((fact for fact in FACTS if variable_guid(fact) == own), " ".join(element.get("name", "").split()))


def _case(element: Element, made: Project) -> None:
    """What is said of a case is said of the sources that belong to it."""
    values = made.values(element)
    name = " ".join(element.get("name", "").split())
    sources = refers_to(element, "SourceRef")
    for guid in sources:
        made.of_cases[guid] |= {**values, **({"case": name} if name else {})}
    made.left_out["codes of cases"] += len(refers_to(element, "CodeRef"))
    made.left_out["selections in cases"] += len(refers_to(element, "SelectionRef"))
    made.left_out["cases without a source"] += not sources


def _link(element: Element) -> Link:
    name = " ".join(element.get("name", "").split())
    notes = tuple(refers_to(element, "NoteRef"))
    return Link(guid_in(element), name, guid_in(element, "originGUID"), guid_in(element, "targetGUID"), notes)


def codes_in(element: Element) -> dict[str, str]:
    """Guid → name of each code; those that share a name are told apart by the codes that they lie in."""
    paths: dict[str, tuple[str, ...]] = {}
    waiting: list[tuple[Element, tuple[str, ...]]] = [(element, ())]
    while waiting:
        parent, path = waiting.pop()
        for each in children(parent, "Code"):
            own = (*path, " ".join(each.get("name", "").split()) or "code")
            paths[guid_in(each)] = own
            waiting.append((each, own))
    shown = {guid: path[-1:] for guid, path in paths.items()}
    for depth in range(2, 1 + max(map(len, paths.values()), default=0)):
        taken = Counter(key_of("/".join(each)) for each in shown.values())
        again = {guid: paths[guid][-depth:] for guid, each in shown.items() if taken[key_of("/".join(each))] > 1}
        if not again:
            break
        shown |= again
    return {guid: " / ".join(path) for guid, path in shown.items()}
