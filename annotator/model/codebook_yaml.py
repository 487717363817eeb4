"""The codebook as a YAML file: reading with a sentence for every fault, and writing that loses nothing but comments."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from annotator.errors import AnnotatorError
from annotator.model.codebook import Codebook, as_plain
from annotator.model.codebook_build import build_codebook
from annotator.model.nodes import NodeError
from annotator.model.yaml_nodes import MAX_BYTES, parse_yaml
from annotator.paths import resource

DEFAULT = "claims-threats-demands"


def load_codebook(text: str, name: str = "codebook") -> Codebook:
    """Read a codebook. Raises AnnotatorError: one sentence with `name`, the line and the reason."""
    try:
        return build_codebook(parse_yaml(text))
    except NodeError as fault:
        place = f"{name}, line {fault.line}" if fault.line else name
        raise AnnotatorError(f"{place}: {fault}.") from None


def read_codebook(path: Path) -> Codebook:
    """Read a codebook file in UTF-8. Raises AnnotatorError as `load_codebook`, also if the file cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise AnnotatorError(f"{path.name} cannot be read: {error.strerror or error}.") from None
    if len(content) > MAX_BYTES:
        raise AnnotatorError(f"{path.name} has more than 1 MB, the most that a codebook may have.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise AnnotatorError(f"{path.name}, line {line}: the text is not in UTF-8; save the file in UTF-8.") from None
    return load_codebook(text, path.name)


def dump_codebook(codebook: Codebook) -> str:
    """The codebook as YAML in a stable order; `load_codebook` gives an equal codebook back."""
    return yaml.dump(as_plain(codebook), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=116)


@cache
def default_codebook() -> Codebook:
    """The codebook that the program brings along; read once, for it is nobody's to change."""
    return read_codebook(resource(f"codebooks/{DEFAULT}.yaml"))


class _Dumper(yaml.SafeDumper):
    """Writes short mappings and lists of single words on one line, as a person would."""

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> yaml.SequenceNode:
        node = super().represent_sequence(tag, sequence, flow_style)
        node.flow_style = all(_length(member) < 30 for member in node.value)
        return node

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:
        node = super().represent_mapping(tag, mapping, flow_style)
        node.flow_style = sum(_length(key) + _length(value) for key, value in node.value) < 90
        return node

    def ignore_aliases(self, _: Any) -> bool:
        """Equal values are written out each time: aliases are not read."""
        return True


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # PyYAML loses the rarer line breaks unless they are written as escapes, which only double quotes have.
    style = '"' if any(sign in text for sign in "\x85\u2028\u2029\ufeff") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text_node)


def _length(node: yaml.Node) -> int:
    """Characters with what stands between; a list or mapping counts as too long for a line."""
    return len(node.value) + 2 if isinstance(node, yaml.ScalarNode) else 1000
