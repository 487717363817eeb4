"""What describing reads of a project: the values in use of an attribute."""

from collections import Counter
from typing import Any

from annotator.storage.project import Project
from annotator.storage.schema import visible

LATEST = 200_000  # annotations, read in less than a second


def values_in_use(project: Project, tags: list[str], attribute: str) -> Counter[str]:
    """How often each text stands in an attribute of annotations with these tags, members of lists each for itself.

    Of a very large project only the latest annotations are read: a person waits for this.
    """
    newest = project.rows("SELECT ifnull(max(key), 0) FROM annotation")[0][0]
    where = f"a.key > ? AND a.tag IN ({','.join('?' * len(tags))}) AND {visible('a')}"
    return _counted(project, where, (newest - LATEST, *tags), attribute)


def values_written_since(project: Project, step: int, tags: list[str], attribute: str) -> Counter[str] | None:
    """The same for annotations that steps after `step` have touched; None if a bulk work was among them."""
    bulk = "SELECT 1 FROM step WHERE key > ? AND (kind NOT IN ('act', 'setup') OR batch IS NOT NULL) LIMIT 1"
    if project.rows(bulk, (step,)):
        return None
    where = (
        """a.key IN (SELECT row FROM change WHERE step > ? AND "table" = 'annotation') """
        f"AND a.tag IN ({','.join('?' * len(tags))}) AND {visible('a')}"
    )
    return _counted(project, where, (step, *tags), attribute)


def last_step(project: Project) -> int:
    """The key of the latest step of the history."""
    return int(project.rows("SELECT ifnull(max(key), 0) FROM step")[0][0])


def _counted(project: Project, where: str, parameters: tuple[Any, ...], attribute: str) -> Counter[str]:
    path = f'$."{attribute}".value'
    cell = "iif(json_valid(a.attributes), a.attributes, '{}')"
    sql = (
        f"SELECT v.value, count(*) FROM annotation AS a, json_each({cell}, ?) AS v "
        f"WHERE {where} AND v.type = 'text' GROUP BY v.value"
    )
    return Counter(dict(project.rows(sql, (path, *parameters))))
