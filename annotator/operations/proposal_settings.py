"""Whether proposals are shown, and which: the lead says so for the whole project, and it holds for all coders alike.

Off in a new project. In a blind round they stay off until that is switched on too, and then none goes by what the coder
has done before: all see the same. Not a part of the history; packages take it along.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations.rounds import is_blind
from annotator.storage import assignments, proposal_queries
from annotator.storage.project import Project

if TYPE_CHECKING:
    from annotator.propose import Proposer

_META = "proposals"
_PERSONAL = frozenset(("before", "learned"))  # proposers that go by what was coded before


def _proposers() -> "tuple[Proposer, ...]":
    from annotator.propose import PROPOSERS  # takes a tenth of a second, and most starts of the window need none

    return PROPOSERS


def _usual() -> tuple[str, ...]:
    return tuple(each.name for each in _proposers() if each.usual)


@dataclass(frozen=True)
class ProposalSettings:
    """What the lead has switched on; `proposers` are names."""

    on: bool = False
    in_blind_rounds: bool = False
    proposers: tuple[str, ...] = field(default_factory=_usual)


def proposal_settings(project: Project) -> ProposalSettings:
    """What is switched on in this project."""
    stored = _stored(project)
    listed = stored.get("proposers")
    named = tuple(each.name for each in _proposers() if each.name in listed) if isinstance(listed, list) else _usual()
    return ProposalSettings(stored.get("on") is True, stored.get("blind") is True, named)


def proposals_on(project: Project) -> bool:
    """Whether any may be shown in this project; soon told."""
    return _stored(project).get("on") is True


def _stored(project: Project) -> dict[str, Any]:
    stored = project.meta_json(_META)
    return stored if isinstance(stored, dict) else {}


def set_proposals(
    project: Project, on: bool, *, in_blind_rounds: bool = False, proposers: Sequence[str] | None = None
) -> Changes:
    """Switch proposals on or off for all coders. Raises AnnotatorError in a package, or for an unknown proposer."""
    if project.is_package:
        raise AnnotatorError("Proposals are switched on and off by the lead, not in a coder’s own file.")
    known = [each.name for each in _proposers()]
    unknown = next((name for name in proposers or () if name not in known), None)
    if unknown is not None:
        raise AnnotatorError(f"There is no proposer “{unknown}”; there are: {', '.join(known)}.")
    chosen = proposal_settings(project).proposers if proposers is None else tuple(proposers)
    told = {"on": on, "blind": on and in_blind_rounds, "proposers": list(chosen)}
    project.set_meta(_META, json.dumps(told))
    where = ", in blind rounds too" if on and in_blind_rounds else ""
    said = f"Proposals are shown{where}" if on else "Proposals are not shown"
    return Changes(said, history=False, undoable=False, everything=True)


def in_blind_round(project: Project, document: int) -> bool:
    """Whether several people code a document without seeing each other's work, as far as this file knows."""
    if not is_blind(project) or assignments.is_closed(project, document):
        return False
    return project.is_package or proposal_queries.coders_of(project, document) > 1


def proposers_for(project: Project, document: int) -> tuple[str, ...]:
    """The proposers that may show something in a document; none where proposals are off."""
    settings = proposal_settings(project)
    if not settings.on:
        return ()
    if not in_blind_round(project, document):
        return settings.proposers
    return tuple(name for name in settings.proposers if name not in _PERSONAL) if settings.in_blind_rounds else ()
