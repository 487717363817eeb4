"""The tables of a project file, in words that the other modules of the storage share.

Every shared row has a local `key` (never leaves the file), an `id` (the same in every copy), a `stamp` (when it was
last written, comparable between copies), `deleted` (a tombstone, so that a deletion travels too) and `batch` (the
import or merge that made it, 0 for a person's own act). Texts stand in a table of their own, so that listing
100,000 documents reads none of them.
"""

from collections.abc import Mapping

FORMAT = 1  # raised by every migration; stands in PRAGMA user_version
OLDEST_WRITER = 1  # the oldest FORMAT whose program may write this file without losing anything
APPLICATION_ID = 0x414E4F54  # "ANOT"

_SHARED = """
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    {columns},
    stamp TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0,
    batch INTEGER NOT NULL DEFAULT 0
"""

# Table → its own columns. The order is the order in which rows can be written: what a row refers to stands above it.
SHARED_TABLES: Mapping[str, str] = {
    "coder": "name TEXT NOT NULL, same_as TEXT",
    "codebook": "parent TEXT, version TEXT NOT NULL, content TEXT NOT NULL",
    "document": """sha256 TEXT NOT NULL, title TEXT NOT NULL DEFAULT '', outlet TEXT NOT NULL DEFAULT '',
        date TEXT NOT NULL DEFAULT '', url TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '',
        rights TEXT NOT NULL DEFAULT '', source_name TEXT NOT NULL DEFAULT '', encoding TEXT NOT NULL DEFAULT '',
        words INTEGER NOT NULL DEFAULT 0, extra TEXT NOT NULL DEFAULT '{}'""",
    "appearance": """document INTEGER NOT NULL REFERENCES document(key), title TEXT NOT NULL DEFAULT '',
        outlet TEXT NOT NULL DEFAULT '', date TEXT NOT NULL DEFAULT '', url TEXT NOT NULL DEFAULT '',
        source_name TEXT NOT NULL DEFAULT ''""",
    "earlier_text": "document INTEGER NOT NULL REFERENCES document(key), sha256 TEXT NOT NULL, text TEXT NOT NULL",
    "assignment": "document INTEGER NOT NULL REFERENCES document(key), coder INTEGER NOT NULL REFERENCES coder(key)",
    "entity": """name TEXT NOT NULL, aliases TEXT NOT NULL DEFAULT '[]', type TEXT NOT NULL DEFAULT '',
        country TEXT NOT NULL DEFAULT '[]', note TEXT NOT NULL DEFAULT '', same_as TEXT,
        extra TEXT NOT NULL DEFAULT '{}'""",
    "reading": """document INTEGER NOT NULL REFERENCES document(key), coder INTEGER NOT NULL REFERENCES coder(key),
        kind TEXT NOT NULL DEFAULT 'own', state TEXT NOT NULL DEFAULT 'not started', reason TEXT NOT NULL DEFAULT '',
        codebook TEXT, extra TEXT NOT NULL DEFAULT '{}'""",
    "first_done": "reading INTEGER NOT NULL REFERENCES reading(key), content TEXT NOT NULL",
    "annotation": """source_id TEXT, reading INTEGER NOT NULL REFERENCES reading(key), tag TEXT NOT NULL,
        spans TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL,
        attributes TEXT NOT NULL DEFAULT '{}', note TEXT NOT NULL DEFAULT '', question TEXT NOT NULL DEFAULT '',
        flags TEXT NOT NULL DEFAULT '[]', codebook_made TEXT, codebook_confirmed TEXT,
        extra TEXT NOT NULL DEFAULT '{}'""",
    "relation": """source_id TEXT, type TEXT NOT NULL, source INTEGER NOT NULL REFERENCES annotation(key),
        target INTEGER NOT NULL REFERENCES annotation(key), attributes TEXT NOT NULL DEFAULT '{}',
        note TEXT NOT NULL DEFAULT '', extra TEXT NOT NULL DEFAULT '{}'""",
    "decision": """document INTEGER NOT NULL REFERENCES document(key), reviewer INTEGER NOT NULL REFERENCES coder(key),
        place TEXT NOT NULL, kind TEXT NOT NULL, choice TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '',
        content TEXT NOT NULL DEFAULT '{}'""",
}

# (table, column) → the table it points to: what stands on a row, and what must be mapped between two files.
REFERENCES: Mapping[tuple[str, str], str] = {
    ("appearance", "document"): "document",
    ("earlier_text", "document"): "document",
    ("assignment", "document"): "document",
    ("assignment", "coder"): "coder",
    ("reading", "document"): "document",
    ("reading", "coder"): "coder",
    ("first_done", "reading"): "reading",
    ("annotation", "reading"): "reading",
    ("relation", "source"): "annotation",
    ("relation", "target"): "annotation",
    ("decision", "document"): "document",
    ("decision", "reviewer"): "coder",
}

# Table → column → what kind of JSON its cells hold ("" for any).
JSON_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "codebook": {"content": "object"},
    "document": {"extra": "object"},
    "entity": {"aliases": "array", "country": "array", "extra": "object"},
    "reading": {"extra": "object"},
    "first_done": {"content": ""},
    "annotation": {"spans": "array", "attributes": "object", "flags": "array", "extra": "object"},
    "relation": {"attributes": "object", "extra": "object"},
    "decision": {"content": ""},
}

_LOCAL = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE document_text (document INTEGER PRIMARY KEY REFERENCES document(key), text TEXT NOT NULL) STRICT;
CREATE TABLE batch (
    key INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, touched INTEGER NOT NULL, ended INTEGER
) STRICT;
CREATE TABLE step (
    key INTEGER PRIMARY KEY AUTOINCREMENT, coder INTEGER, at INTEGER NOT NULL,
    stamp TEXT NOT NULL, kind TEXT NOT NULL, label TEXT NOT NULL, document INTEGER, documents INTEGER NOT NULL,
    session TEXT NOT NULL, state TEXT NOT NULL, taken_by INTEGER, batch INTEGER, joins TEXT
) STRICT;
CREATE TABLE change (
    step INTEGER NOT NULL REFERENCES step(key), "table" TEXT NOT NULL, row INTEGER NOT NULL,
    columns TEXT, PRIMARY KEY (step, "table", row)
) STRICT, WITHOUT ROWID;
CREATE TABLE packed (
    step INTEGER NOT NULL REFERENCES step(key), number INTEGER NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (step, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_row ON change ("table", row);
CREATE INDEX batch_unfinished ON batch (key) WHERE ended IS NULL;
CREATE INDEX step_taken ON step (taken_by) WHERE taken_by IS NOT NULL;
CREATE INDEX step_undoable ON step (coder, key) WHERE state = 'done' AND kind IN ('act', 'import', 'merge');
CREATE INDEX step_redoable ON step (coder, key) WHERE state = 'open';
CREATE INDEX reading_document ON reading (document);
CREATE INDEX reading_coder ON reading (coder, state);
CREATE INDEX first_done_reading ON first_done (reading);
CREATE INDEX annotation_reading ON annotation (reading, deleted, start, batch);
CREATE INDEX relation_source ON relation (source);
CREATE INDEX relation_target ON relation (target);
CREATE INDEX appearance_document ON appearance (document);
CREATE INDEX earlier_text_document ON earlier_text (document);
CREATE INDEX assignment_document ON assignment (document);
CREATE INDEX assignment_coder ON assignment (coder);
CREATE INDEX decision_document ON decision (document);
"""

# What sqlite-utils keeps of the migrations that a file has been through, as it writes it.
MIGRATIONS_TABLE = (
    """CREATE TABLE "_sqlite_migrations"
        ( "id" INTEGER PRIMARY KEY, "migration_set" TEXT, "name" TEXT, "applied_at" TEXT )""",
    """CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
        ON "_sqlite_migrations" ("migration_set", "name")""",
)

# External content: the index holds no second copy of the texts. `search_parts` (trigrams) has only the documents in
# scripts that write no blanks between words.
SEARCH_TABLES: Mapping[str, str] = {
    "search": """CREATE VIRTUAL TABLE search USING fts5
        (text, content='document_text', content_rowid='document', tokenize='unicode61')""",
    "search_parts": """CREATE VIRTUAL TABLE search_parts USING fts5
        (text, content='document_text', content_rowid='document', tokenize='trigram')""",
}


def statements() -> list[str]:
    """Every statement that makes an empty project file of the current format, in order."""
    made = [
        f"CREATE TABLE {name} ({_SHARED.format(columns=columns).strip()}) STRICT"
        for name, columns in SHARED_TABLES.items()
    ]
    made += [statement.strip() for statement in _LOCAL.split(";") if statement.strip()]
    made += [f"CREATE INDEX {name}_batch ON {name} (batch) WHERE batch <> 0" for name in SHARED_TABLES]
    return made + list(SEARCH_TABLES.values())


def visible(alias: str) -> str:
    """The SQL condition under which a row of a shared table counts: not deleted, and not of a work still going on."""
    return f"{alias}.deleted = 0 AND {alias}.batch NOT IN (SELECT key FROM batch WHERE ended IS NULL)"
