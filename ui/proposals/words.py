"""How a proposal is told: who proposes it, and how sure."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

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


def _tr(text: str) -> str:
    return QCoreApplication.translate("proposals", text)
