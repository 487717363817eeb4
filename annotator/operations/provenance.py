"""Where an annotation came from that was not marked by hand, and what a person made of it. Exported with it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from annotator.model.span import Spans

if TYPE_CHECKING:
    from annotator.propose import Proposal  # a start of the window does without the proposers

PROPOSED_BY = "proposed"  # key of an annotation's extra
TAKEN, EDITED = "taken", "edited"


def taken(proposal: "Proposal", tag: str, spans: Spans) -> dict[str, Any]:
    """The extra of an annotation that is made of a proposal: who proposed what, how sure, and what became of it."""
    told = {"by": proposal.by, "score": round(proposal.score, 3), "tag": proposal.tag, "spans": _pairs(proposal.spans)}
    return after_edit({PROPOSED_BY: {**told, "became": TAKEN}}, tag, spans)


def after_edit(extra: Mapping[str, Any], tag: str, spans: Spans) -> dict[str, Any]:
    """The same where the annotation now has this tag and these spans: edited, if they are not those proposed."""
    told = extra.get(PROPOSED_BY)
    if not isinstance(told, Mapping):
        return dict(extra)
    same = told.get("tag") == tag and [list(each) for each in told.get("spans", ())] == _pairs(spans)
    return {**extra, PROPOSED_BY: {**told, "became": TAKEN if same else EDITED}}


def _pairs(spans: Spans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
