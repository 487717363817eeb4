"""A format that comes after the current one, made for tests by the same machinery."""

from sqlite_utils import Database, Migrations

from annotator.storage.migrations import MIGRATIONS
from annotator.storage.opening import Formats
from annotator.storage.schema import FORMAT

LATER = Migrations("annotator")
for _known in MIGRATIONS._migrations:
    LATER(name=_known.name)(_known.fn)


@LATER()
def second_schema(db: Database) -> None:
    """A column, a table filled from another one, and an index; long enough to be interrupted."""
    db.execute("ALTER TABLE annotation ADD COLUMN weight REAL NOT NULL DEFAULT 1.0")
    db.execute("UPDATE annotation SET weight = 0.5, note = note || ' (weighed)'")
    db.execute("CREATE TABLE weighed (annotation INTEGER PRIMARY KEY, weight REAL NOT NULL) STRICT")
    db.execute("INSERT INTO weighed SELECT key, weight FROM annotation")
    db.execute("CREATE INDEX weighed_weight ON weighed (weight)")
    db.execute("UPDATE document_text SET text = text")


SECOND = Formats(lambda: LATER, FORMAT + 1, FORMAT + 1)
