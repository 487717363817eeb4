"""The text of a document, which the hash in its row names: it goes where that hash goes, back and forth.

The history holds no texts. Every text that a document had, or has had and left again, stands in `earlier_text`: those
that a person should see of are live rows, the others tombstones, which keep their text.
"""

import sqlite3

from annotator.errors import AnnotatorError
from annotator.storage import rows, search_index
from annotator.storage.ids import derived_id, text_id


def row_id(document_id: str, sha256: str) -> str:
    """The id of the row that keeps a text of a document, the same in every copy."""
    return derived_id("earlier_text", document_id, sha256)


def follow(connection: sqlite3.Connection, document: int) -> None:
    """Let a document have the text that its row names. Raises AnnotatorError if that text is not in the file."""
    row = rows.columns_of(connection, "document", document, ("id", "sha256", "stamp"))
    current = rows.text_of(connection, document)
    if current is None or text_id(current) == row["sha256"]:
        return
    found = connection.execute(
        "SELECT text FROM earlier_text WHERE document = ? AND sha256 = ? LIMIT 1", (document, row["sha256"])
    ).fetchone()
    if found is None:
        raise AnnotatorError("The text that the article had is not in the file any more.")
    hashed = text_id(current)
    if rows.find(connection, "earlier_text", row_id(row["id"], hashed)) is None:
        kept = {"id": row_id(row["id"], hashed), "document": document, "sha256": hashed, "text": current}
        rows.insert(connection, "earlier_text", {**kept, "stamp": row["stamp"], "deleted": 1})
    put(connection, document, current, str(found[0]))


def put(connection: sqlite3.Connection, document: int, old: str, new: str) -> None:
    """Exchange the stored text, and what is found by it."""
    search_index.remove(connection, document, old)
    connection.execute("UPDATE document_text SET text = ? WHERE document = ?", (new, document))
    search_index.add(connection, document, new)
