"""A small database as Discourse Network Analyzer 3 makes it (tables of its documentation, texts of our own)."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

TEXT = "Ms 😀 Weber said:\r\n“The levy is unfair.” The ministry disagreed."

SCHEMA = """
CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL);
CREATE TABLE CODERS(ID INTEGER NOT NULL PRIMARY KEY, Name TEXT NOT NULL, Password TEXT NOT NULL);
CREATE TABLE DOCUMENTS(ID INTEGER NOT NULL PRIMARY KEY, Title TEXT NOT NULL, Text TEXT NOT NULL, Coder INTEGER,
    Author TEXT NOT NULL DEFAULT '', Source TEXT NOT NULL DEFAULT '', Section TEXT NOT NULL DEFAULT '',
    Notes TEXT NOT NULL DEFAULT '', Type TEXT NOT NULL DEFAULT '', Date INTEGER NOT NULL);
CREATE TABLE STATEMENTTYPES(ID INTEGER NOT NULL PRIMARY KEY, Label TEXT NOT NULL);
CREATE TABLE VARIABLES(ID INTEGER NOT NULL PRIMARY KEY, Variable TEXT NOT NULL, DataType TEXT NOT NULL,
    StatementTypeId INTEGER);
CREATE TABLE STATEMENTS(ID INTEGER NOT NULL PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER,
    Start INTEGER NOT NULL, Stop INTEGER NOT NULL, Coder INTEGER);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
    Value INTEGER NOT NULL DEFAULT 1);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
    Value INTEGER NOT NULL DEFAULT 0);
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL, Value TEXT NOT NULL DEFAULT '');
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL,
    VariableId INTEGER NOT NULL, Entity INTEGER NOT NULL);
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
    Value TEXT DEFAULT '');
CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL,
    AttributeVariable TEXT NOT NULL);
CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY NOT NULL, EntityId INTEGER NOT NULL,
    AttributeVariableId INTEGER NOT NULL, AttributeValue TEXT NOT NULL DEFAULT '');
INSERT INTO CODERS VALUES (1, 'Admin', 'x'), (2, 'Ann', 'x'), (3, 'Ben', 'x');
INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement');
INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'concept', 'short text', 1),
    (3, 'agreement', 'boolean', 1), (4, 'weight', 'integer', 1), (5, 'why', 'long text', 1);
INSERT INTO ENTITIES VALUES (1, 1, 'Weber'), (2, 2, 'levy'), (3, 1, '');
INSERT INTO ATTRIBUTEVARIABLES VALUES (1, 1, 'Type'), (2, 1, 'Alias'), (3, 1, 'Notes');
INSERT INTO ATTRIBUTEVALUES VALUES (1, 1, 1, 'Business'), (2, 1, 2, 'Ms Weber'), (3, 1, 3, 'owns a mill');
INSERT INTO DATASHORTTEXT VALUES (1, 1, 1, 1), (2, 1, 2, 2), (3, 2, 1, 3);
INSERT INTO DATABOOLEAN VALUES (1, 1, 3, 0);
INSERT INTO DATAINTEGER VALUES (1, 1, 4, 7);
INSERT INTO DATALONGTEXT VALUES (1, 2, 5, 'see below');
"""


def make(path: Path, more: str = "") -> Path:
    """A database of two documents; places are counted in UTF-16 units, CRLF as two."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(SCHEMA)
        row = "INSERT INTO DOCUMENTS VALUES (?, ?, ?, 1, ?, ?, '', '', '', ?)"
        database.execute(row, (1, "Levy", TEXT, "Smith", "Inland Press", 1106697600))  # 26 January 2005
        database.execute(row, (2, "Empty of statements", "Nothing.", "", "", 1106697600000))
        units = TEXT.encode("utf-16-le")
        for own, quoted, coder in ((1, "The levy is unfair.", 2), (2, "The ministry disagreed", 3)):
            start = units.index(quoted.encode("utf-16-le")) // 2
            database.execute(
                "INSERT INTO STATEMENTS VALUES (?, 1, 1, ?, ?, ?)", (own, start, start + len(quoted), coder)
            )
        database.executescript(more)
        database.commit()
    return path


if __name__ == "__main__":
    make(Path(sys.argv[1]))
