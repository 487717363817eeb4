"""The labelling interface with which Label Studio shows exported tasks: tags, links and fields of the codebook."""

from collections.abc import Collection
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from annotator.model.codebook import Attribute, Codebook

TEXT, LABELS = "text", "label"  # names of the controls, which regions point to


def interface(codebook: Codebook | None, tags: Collection[str], links: Collection[str]) -> bytes:
    """The XML, for what the codebook knows and what was written beside."""
    known = {tag.id: tag.light for tag in codebook.tags} if codebook else {}
    view = Element("View")
    held = SubElement(view, "Relations")
    relations = [each.id for each in codebook.relations] if codebook else []
    for name in [*relations, *sorted(set(links) - set(relations))]:
        SubElement(held, "Relation", value=name)
    labels = SubElement(view, "Labels", name=LABELS, toName=TEXT)
    for name in [*known, *sorted(set(tags) - known.keys())]:
        SubElement(labels, "Label", {"value": name, **({"background": known[name]} if name in known else {})})
    SubElement(view, "Text", name=TEXT, value="$text")
    for attribute in fields(codebook).values():
        _field(view, attribute)
    indent(view)
    return bytes(tostring(view, encoding="utf-8")) + b"\n"


def fields(codebook: Codebook | None) -> dict[str, Attribute]:
    """The attributes of all tags by their ids; of two with one id, the later."""
    return {each.id: each for tag in codebook.tags for each in tag.attributes} if codebook else {}


def control(attribute: Attribute | None) -> str:
    """The kind of control in which a value of an attribute is kept."""
    if attribute is None:
        return "textarea"
    return {"enum": "choices", "boolean": "choices", "number": "number"}.get(attribute.type, "textarea")


def _field(view: Element, attribute: Attribute) -> None:
    said = {"name": attribute.id, "toName": TEXT, "perRegion": "true"}
    kind = control(attribute)
    made = SubElement(view, {"choices": "Choices", "number": "Number", "textarea": "TextArea"}[kind], said)
    if kind == "choices":
        for name in attribute.values if attribute.type == "enum" else ("true", "false"):
            SubElement(made, "Choice", value=name)
