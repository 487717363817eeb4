"""What the report of a merge reads: where rows belong, in the project and in the other file."""

from collections.abc import Sequence
from typing import NamedTuple

from annotator.storage.project import Project
from annotator.storage.schema import SHARED_TABLES, visible


class Place(NamedTuple):
    """What a reading is of: ids, names, kind and state."""

    document: str
    title: str
    coder_id: str
    coder: str
    kind: str
    state: str


def places(project: Project) -> dict[int, Place]:
    """Reading → its place, for all readings of a file."""
    found = project.rows(
        """SELECT r.key, d.id, d.title, c.id, c.name, r.kind, r.state FROM reading AS r
           JOIN document AS d ON d.key = r.document JOIN coder AS c ON c.key = r.coder"""
    )
    return {key: Place(*told) for key, *told in found}


class Text(NamedTuple):
    """Which text an article has in a file: the key of its row there, its hash, the stamp of the row, its title."""

    key: int
    sha256: str
    stamp: str
    title: str


def texts(project: Project) -> dict[str, Text]:
    """Article (id) → its text, for all articles of a file."""
    found = project.rows(
        """SELECT id, key, sha256, stamp, title FROM document
           WHERE batch NOT IN (SELECT key FROM batch WHERE ended IS NULL)"""
    )
    return {own: Text(*told) for own, *told in found}


def earlier_texts(project: Project) -> set[tuple[str, str]]:
    """(article, hash) of every text that an article had; articles by id."""
    return set(project.rows("SELECT d.id, e.sha256 FROM earlier_text AS e JOIN document AS d ON d.key = e.document"))


def ids(project: Project, table: str) -> list[str]:
    """The ids of all rows of a table, tombstones too."""
    assert table in SHARED_TABLES
    return [own for (own,) in project.rows(f'SELECT id FROM "{table}"')]


def deleted_documents(project: Project, wanted: Sequence[str]) -> list[tuple[str, str]]:
    """(title, id) of those of some documents that are deleted."""
    found = project.rows("SELECT title, id FROM document WHERE deleted = 1")
    return [(title, own) for title, own in found if own in wanted]


def reviewers(project: Project, wanted: Sequence[str]) -> dict[str, set[str]]:
    """Document (id) → ids of those who have begun an agreed version of it, for some documents."""
    found: dict[str, set[str]] = {}
    for document, coder in project.rows(
        f"""SELECT d.id, c.id FROM reading AS r JOIN document AS d ON d.key = r.document
            JOIN coder AS c ON c.key = r.coder
            WHERE r.kind = 'gold' AND r.state <> 'not started' AND {visible("r")}"""
    ):
        if document in wanted:
            found.setdefault(document, set()).add(coder)
    return found


_WHERE = {
    "annotation": """SELECT d.title || ', ' || c.name || ', ' || a.tag || ' “' || a.quote || '”' FROM annotation AS a
        JOIN reading AS r ON r.key = a.reading JOIN document AS d ON d.key = r.document
        JOIN coder AS c ON c.key = r.coder WHERE a.key = ?""",
    "reading": """SELECT d.title || ', ' || c.name FROM reading AS r JOIN document AS d ON d.key = r.document
        JOIN coder AS c ON c.key = r.coder WHERE r.key = ?""",
    "document": "SELECT title FROM document WHERE key = ?",
    "entity": "SELECT name FROM entity WHERE key = ?",
    "coder": "SELECT name FROM coder WHERE key = ?",
    "decision": "SELECT d.title FROM decision AS x JOIN document AS d ON d.key = x.document WHERE x.key = ?",
    "relation": """SELECT d.title || ', ' || c.name || ', ' || l.type FROM relation AS l
        JOIN annotation AS a ON a.key = l.source JOIN reading AS r ON r.key = a.reading
        JOIN document AS d ON d.key = r.document JOIN coder AS c ON c.key = r.coder WHERE l.key = ?""",
}


def where(project: Project, table: str, row: int) -> str:
    """Where a row stands, in words."""
    found = project.rows(_WHERE.get(table, "SELECT '' WHERE ? < 0"), (row,))
    return " ".join(str(found[0][0]).split())[:120] if found else table


def number_of_rows(project: Project) -> int:
    """How many rows a merge goes through."""
    return sum(int(project.rows(f'SELECT count(*) FROM "{table}"')[0][0]) for table in SHARED_TABLES)
