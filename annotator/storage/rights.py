"""What may not be written: a reading whose round is closed, and what belongs to the lead in a coder's package.

Every step asks here, so that no operation can forget it, and undo and redo ask too.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from annotator.errors import AnnotatorError
from annotator.storage import people

if TYPE_CHECKING:
    from annotator.storage.past import PastStep
    from annotator.storage.project import Project
    from annotator.storage.step import Step

_OF_LEAD = ("codebook", "document", "appearance", "earlier_text", "assignment")
# Declared done or set aside, on a document of which there is an agreed version: see operations.rounds.
_SETTLED = """r.kind = 'own' AND r.deleted = 0 AND r.state IN ('done', 'set aside') AND EXISTS (
    SELECT 1 FROM reading AS g WHERE g.document = r.document AND g.kind = 'gold' AND g.deleted = 0
    AND g.batch NOT IN (SELECT key FROM batch WHERE ended IS NULL))"""
_WHOSE: Mapping[str, str] = {  # table → the reading that a row of it belongs to
    "annotation": "annotation AS a JOIN reading AS r ON r.key = a.reading WHERE a.key = ?",
    "relation": """relation AS l JOIN annotation AS a ON a.key = l.source JOIN reading AS r ON r.key = a.reading
        WHERE l.key = ?""",
    "reading": "reading AS r WHERE r.key = ?",
}
_TOUCHED: Mapping[str, str] = {  # the same of what a step changed
    "annotation": "JOIN annotation AS a ON a.key = c.row JOIN reading AS r ON r.key = a.reading",
    "relation": """JOIN relation AS l ON l.key = c.row JOIN annotation AS a ON a.key = l.source
        JOIN reading AS r ON r.key = a.reading""",
    "reading": "JOIN reading AS r ON r.key = c.row",
}
_IN_REVIEW = "The article is in review: your coding of it can be changed again when it is sent back to you."
_PACKAGE = "{} is a coder's package: its articles and its codebook are the lead's, and can only be read here."


def refuse_insert(step: "Step", table: str, values: Mapping[str, Any]) -> None:
    """Raise AnnotatorError if this step may not make such a row."""
    project = step.project
    if project.is_package:
        by_another = table == "decision" and values.get("reviewer") != project.package_coder
        if table in _OF_LEAD or table == "coder" or by_another:
            raise AnnotatorError(_PACKAGE.format(project.path.name))
    if table == "annotation":
        _refuse_settled(step, "reading", values["reading"])
    elif table == "relation":
        _refuse_settled(step, "annotation", values["source"])


def refuse_update(step: "Step", table: str, row: int) -> None:
    """Raise AnnotatorError if this step may not change this row."""
    project = step.project
    if project.is_package and (table in _OF_LEAD or (table == "decision" and _is_of_another(project, row))):
        raise AnnotatorError(_PACKAGE.format(project.path.name))
    if table in _WHOSE:
        _refuse_settled(step, table, row)


def refuse_import(project: "Project") -> None:
    """Raise AnnotatorError if nothing may be imported into this file."""
    if project.is_package:
        raise AnnotatorError(_PACKAGE.format(project.path.name))


def _is_of_another(project: "Project", decision: int) -> bool:
    """Whether a decision is somebody else's than the coder's whose package this is."""
    sql = "SELECT 1 FROM decision WHERE key = ? AND reviewer IS NOT ?"
    return bool(project.rows(sql, (decision, project.package_coder)))


def _refuse_settled(step: "Step", table: str, row: int) -> None:
    if step.kind != "act" or step.as_lead or step.coder is None:
        return
    found = step.project.rows(f"SELECT r.coder FROM {_WHOSE[table]} AND {_SETTLED}", (row,))
    if found and found[0][0] in people.keys_of(step.project, step.coder):
        raise AnnotatorError(_IN_REVIEW)


def why_not_move(project: "Project", step: "PastStep") -> str | None:
    """Why undo and redo leave a step alone: it changed the coder's own reading, which is read-only now."""
    if step.coder is None or step.batch is not None or step.documents != 1:
        return None
    for table, joins in _TOUCHED.items():
        sql = f"""SELECT r.coder FROM change AS c {joins}
            WHERE c.step = ? AND c."table" = '{table}' AND {_SETTLED} LIMIT 1"""
        found = project.rows(sql, (step.key,))
        if found and found[0][0] in people.keys_of(project, step.coder):
            return f"“{step.label}” stays as it is: the article is in review."
    return None
