"""The full-text index over the documents' texts, kept by the writer.

Scripts that write no blanks between words are indexed by trigrams as well; for the others that index would double
the file and the time of an import for nothing.
"""

import sqlite3

_OTHER_BYTES = bytes({*range(256)} - {0xE0, 0xE1, *range(0xE3, 0xEA), *range(0xF0, 0xF4)})


def has_parts(text: str) -> bool:
    """Whether a text is indexed by trigrams as well."""
    # In UTF-8 these scripts begin with few bytes that hardly any other text has: five times faster to look for.
    if not text.encode().translate(None, _OTHER_BYTES):
        return False
    from annotator.model.wording import NO_BLANKS  # takes 3 ms to be made, which no start needs

    return NO_BLANKS.search(text) is not None


def add(connection: sqlite3.Connection, document: int, text: str) -> None:
    """Make a stored text findable; the text must already stand in `document_text`."""
    connection.execute("INSERT INTO search (rowid, text) VALUES (?, ?)", (document, text))
    if has_parts(text):
        connection.execute("INSERT INTO search_parts (rowid, text) VALUES (?, ?)", (document, text))


def expect_many(connection: sqlite3.Connection) -> None:
    """Prepare the index for bulk work: every slice leaves a segment, and merging four at a time costs a quarter more
    than merging eight, while searches cost the same."""
    connection.execute("INSERT INTO search (search, rank) VALUES ('automerge', 8)")


def remove(connection: sqlite3.Connection, document: int, text: str) -> None:
    """Forget a text; `text` must be the one that was added (the index keeps no copy to look it up)."""
    connection.execute("INSERT INTO search (search, rowid, text) VALUES ('delete', ?, ?)", (document, text))
    if has_parts(text):
        connection.execute(
            "INSERT INTO search_parts (search_parts, rowid, text) VALUES ('delete', ?, ?)", (document, text)
        )


def rebuild(connection: sqlite3.Connection) -> None:
    """Make both indexes anew from the stored texts, whatever stood in them."""
    connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
    connection.execute("INSERT INTO search_parts (search_parts) VALUES ('delete-all')")
    rows = connection.execute("SELECT document, text FROM document_text")
    for document, text in iter(rows.fetchone, None):
        if has_parts(text):
            connection.execute("INSERT INTO search_parts (rowid, text) VALUES (?, ?)", (document, text))
