"""What stands on the text of a document, whatever its state: all of it goes along when the text is replaced."""

from typing import NamedTuple

from annotator.storage.project import Project

_GOING_ON = "(SELECT key FROM batch WHERE ended IS NULL)"


class OnText(NamedTuple):
    """A row of the table annotation, deleted ones too."""

    key: int
    id: str
    deleted: int
    coder: str
    kind: str
    tag: str
    spans: str
    quote: str


def annotations_on_text(project: Project, document: int) -> list[OnText]:
    """Every annotation of a document, in text order."""
    found = project.rows(
        f"""SELECT a.key, a.id, a.deleted, ifnull(c.name, ''), r.kind, a.tag, a.spans, a.quote
            FROM annotation AS a JOIN reading AS r ON r.key = a.reading LEFT JOIN coder AS c ON c.key = r.coder
            WHERE r.document = ? AND a.batch NOT IN {_GOING_ON} ORDER BY a.start, a."end" DESC, a.key""",
        (document,),
    )
    return [OnText(*row) for row in found]


def first_done_on_text(project: Project, document: int) -> list[tuple[int, str]]:
    """(key, content) of the readings of a document as they were first declared done."""
    return project.rows(
        "SELECT f.key, f.content FROM first_done AS f JOIN reading AS r ON r.key = f.reading WHERE r.document = ?",
        (document,),
    )


def comes_in(project: Project, document: int) -> bool:
    """Whether an import or merge that has not ended yet brings something that stands on a document."""
    sql = f"""SELECT 1 FROM reading AS r LEFT JOIN annotation AS a ON a.reading = r.key
        WHERE r.document = ? AND (r.batch IN {_GOING_ON} OR a.batch IN {_GOING_ON}) LIMIT 1"""
    return bool(project.rows(sql, (document,)))
