"""How a proposal is told: who proposes it, and how sure."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from annotator.operations.provenance import EDITED, PROPOSED_BY

if TYPE_CHECKING:
    from annotator.propose import Proposal


def told(proposal: "Proposal") -> str:
    """Such as "Known actors, sure"."""
    name = proposer_label(proposal.by)
    return f"{name}, {_tr('sure')}" if proposal.is_sure else name


def proposer_label(name: str) -> str:
    """What people read of a proposer; its name if this version has none such."""
    from annotator.propose import by_name  # with all proposers, which a start of the window does without

    known = by_name(name)
    return _tr(known.label) if known else name


def came_from(extra: Mapping[str, Any]) -> str:
    """What is told of an annotation that was a proposal: who proposed it and what a person made of it; else nothing."""
    told = extra.get(PROPOSED_BY)
    if not isinstance(told, Mapping) or not isinstance(told.get("by"), str):
        return ""
    changed = told.get("became") == EDITED
    sentence = _tr("Proposed by: {name}; changed by you.") if changed else _tr("Proposed by: {name}; taken by you.")
    return sentence.format(name=proposer_label(told["by"]))


def _tr(text: str) -> str:
    return QCoreApplication.translate("proposals", text)
