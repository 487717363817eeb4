"""Decisions go along when the text of an article is replaced: what was decided about the same words stays decided.

A decision keeps a digest of what it stood between, places included, and counts as overtaken when one of these changes.
Only of annotations whose words are others now, or that went, should it be so.
"""

from collections.abc import Mapping
from dataclasses import replace

from annotator.model.span import Spans
from annotator.operations.reviewing import sameness
from annotator.operations.values import as_json
from annotator.review.decisions import Decision, Member
from annotator.storage import review_queries
from annotator.storage.project import Project
from annotator.storage.rows import Values


def decisions_on_new_text(project: Project, document: int, to: Mapping[int, Spans]) -> dict[int, Values]:
    """Decision (key) → its new columns, for those between annotations that stand elsewhere now.

    `to` maps annotations (keys) that keep their words to where they will stand. Call it before they are moved.
    """
    same = sameness(project)
    now: dict[Member, str] = {}  # as a decision names it, whoever the coder → its new state
    spans: dict[str, Spans] = {}
    for key, mark in review_queries.marks_by_key(project, list(to)).items():
        now[Member("", mark.id, same.state(mark))] = same.state(mark._replace(spans=to[key]))
        spans[mark.id] = to[key]
    found: dict[int, Values] = {}
    for decision in review_queries.decisions(project, [document]).get(document, ()):
        carried = replace(
            decision, between=tuple(tuple(_carried(each, now) for each in unit) for unit in decision.between)
        )
        if carried.between != decision.between:
            found[decision.key] = {"content": as_json(carried.content()), **_place(carried, spans)}
    return found


def _carried(member: Member, now: Mapping[Member, str]) -> Member:
    return replace(member, state=now.get(replace(member, coder=""), member.state))


def _place(decision: Decision, spans: Mapping[str, Spans]) -> Values:
    """Where the decision is about now; as it was where that is not known of all of it."""
    stand = [spans[own] for own in decision.annotations if own in spans]
    if not stand or len(stand) < len(decision.annotations):
        return {}
    return {"place": f"{min(each[0].start for each in stand)}-{max(each[-1].end for each in stand)}"}
