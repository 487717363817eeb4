"""The rules for statements that a project may have of its own: read as text, checked, put into the codebook."""

from dataclasses import replace
from typing import Any

import yaml

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.codebook_diff import next_version
from annotator.model.nodes import NodeError, plain_value
from annotator.model.yaml_nodes import parse_yaml
from annotator.operations.codebook_versions import current_version, update_codebook
from annotator.propose.speech_rules import KEY, read_rules, shipped_text
from annotator.storage.project import Project

_WHERE = "the rules"
_WIDTH = 110  # characters of a line


def rules_text(project: Project) -> tuple[str, bool]:
    """The rules that hold as text, and whether they are the project's own. Raises AnnotatorError without a codebook."""
    own = current_version(project).codebook.extra.get(KEY)
    if own is None:
        return shipped_text(), False
    return yaml.safe_dump(own, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=None), True


def rules_fault(text: str) -> str:
    """What is wrong with rules, as one sentence with the place; empty if nothing."""
    try:
        _tree(text)
    except AnnotatorError as error:
        return str(error)
    return ""


def set_rules(project: Project, text: str | None, *, coder: int | None = None) -> Changes:
    """Make these the project's own rules, or take those of the program again: a new version of the codebook.

    Raises AnnotatorError in a package, and for rules that cannot be read.
    """
    if project.is_package:
        raise AnnotatorError("The rules are changed by the lead, not in a coder’s own file.")
    codebook = current_version(project).codebook
    extra = {name: value for name, value in codebook.extra.items() if name != KEY}
    if text is not None:
        extra[KEY] = _tree(text)
    new = replace(codebook, version=next_version(codebook.version), extra=extra)
    return update_codebook(project, new, label="Rules for statements", coder=coder)


def _tree(text: str) -> Any:
    try:
        tree = plain_value(parse_yaml(text))
    except NodeError as error:
        line = f", line {error.line}" if error.line else ""
        raise AnnotatorError(f"In the rules{line}: {error}.") from None
    read_rules(tree, _WHERE)
    return tree
