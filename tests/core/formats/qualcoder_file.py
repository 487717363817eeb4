"""A small project folder as QualCoder makes it (tables of its published description, texts of our own)."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

TEXT = "Ms 😀 Weber said no.\r\nThe ministry disagreed."

SCHEMA = """
CREATE TABLE project (databaseversion text, date text, memo text, about text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
    date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE code_image (imid integer primary key, id integer, cid integer, memo text, date text, owner text);
CREATE TABLE code_av (avid integer primary key, id integer, cid integer, memo text, date text, owner text);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text,
    date text, unique(fid,pos0,pos1,owner));
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text,
    owner text, unique(name,attr_type,id));
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text,
    date text, memo text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text, unique(name));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
    owner text, date text, memo text, avid integer, important integer, unique(cid,fid,pos0,pos1,owner));
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
    color text, unique(name));
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text, unique(name));
CREATE TABLE coder_names (name text unique not null, visibility integer not null default 1);
CREATE VIEW code_text_visible AS SELECT code_text.* FROM code_text JOIN coder_names ON owner = coder_names.name;
INSERT INTO project VALUES ('v14', '2024-01-01', '', 'QualCoder');
INSERT INTO code_name VALUES (1, 'actor', '', NULL, 'ann', '', '#F5A9A9'), (2, 'claim', '', NULL, 'ann', '', '');
INSERT INTO attribute_type VALUES ('Date', '', '', '', 'file', 'character'), ('age', '', '', '', 'case', 'numeric');
INSERT INTO attribute VALUES (1, 'Date', 'file', '2005-01-26', 1, '', ''), (2, 'age', 'case', '41', 1, '', ''),
    (3, 'Date', 'file', '', 2, '', '');
INSERT INTO cases VALUES (1, 'mill owner', '', '', ''), (2, 'ministry', '', '', '');
INSERT INTO case_text VALUES (1, 1, 1, 0, 20, '', '', ''), (2, 2, 1, 21, 44, '', '', '');
"""

CODINGS = ((1, "Weber", "ann", "who?"), (2, "The ministry disagreed.", "ben", ""))


def make(folder: Path, more: str = "", *, utf16: bool = False) -> Path:
    """A project folder; places are code points, or UTF-16 units as its text field counts beyond U+FFFF."""
    folder.mkdir(exist_ok=True)
    path = folder / "data.qda"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(SCHEMA)
        row = "INSERT INTO source VALUES (?, ?, ?, ?, ?, 'ann', '', NULL, NULL)"
        database.execute(row, (1, "Levy.txt", TEXT, "/docs/Levy.txt", "from the wire"))
        database.execute(row, (2, "mill.jpg", None, "/images/mill.jpg", ""))
        for own, (code, words, owner, memo) in enumerate(CODINGS, 1):
            start = TEXT.index(words) + (1 if utf16 else 0)
            values = (own, code, words, start, start + len(words), owner, memo)
            database.execute("INSERT INTO code_text VALUES (?, ?, 1, ?, ?, ?, ?, '', ?, NULL, NULL)", values)
        database.executescript(more)
        database.commit()
    return folder


if __name__ == "__main__":
    make(Path(sys.argv[1]))
