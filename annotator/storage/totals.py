"""Counts over the whole project, each by one statement."""

from typing import Any

from annotator.storage.project import Project
from annotator.storage.schema import visible

_OF_VISIBLE = f"""JOIN reading AS r ON r.key = a.reading JOIN document AS d ON d.key = r.document
    WHERE {visible("a")} AND {visible("d")}"""


def documents(project: Project) -> int:
    """How many documents there are."""
    return int(project.rows(f"SELECT count(*) FROM document AS d WHERE {visible('d')}")[0][0])


def annotations_by(project: Project) -> list[tuple[int, str, str, int]]:
    """(coder, kind of reading, tag, number of annotations), for the documents that are not deleted."""
    return list(
        project.rows(f"SELECT r.coder, r.kind, a.tag, count(*) FROM annotation AS a {_OF_VISIBLE} GROUP BY 1, 2, 3")
    )


def relations(project: Project) -> int:
    """How many relations there are whose two ends are there."""
    found = project.rows(
        f"""SELECT count(*) FROM relation AS l JOIN annotation AS b ON b.key = l.target
            JOIN annotation AS a ON a.key = l.source {_OF_VISIBLE} AND {visible("l")} AND {visible("b")}"""
    )
    return int(found[0][0])


def readings_by(project: Project) -> list[tuple[int, str, str, int]]:
    """(coder, kind, state, number of readings), for the documents that are not deleted."""
    found: list[Any] = project.rows(
        f"""SELECT r.coder, r.kind, r.state, count(*) FROM reading AS r JOIN document AS d ON d.key = r.document
            WHERE {visible("r")} AND {visible("d")} GROUP BY 1, 2, 3"""
    )
    return found
