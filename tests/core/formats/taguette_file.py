"""A small project file as Taguette makes it (tables of its published models, texts of our own)."""

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

SCHEMA = """
CREATE TABLE users (login VARCHAR(30) NOT NULL PRIMARY KEY, created DATETIME NOT NULL, hashed_password VARCHAR(192));
CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
    description TEXT NOT NULL, created DATETIME NOT NULL);
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
    description TEXT NOT NULL, filename VARCHAR(200) NOT NULL, created DATETIME NOT NULL, project_id INTEGER NOT NULL,
    text_direction VARCHAR(13) NOT NULL, contents TEXT NOT NULL);
CREATE TABLE commands (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, date DATETIME NOT NULL,
    user_login VARCHAR(30) NOT NULL, project_id INTEGER NOT NULL, document_id INTEGER, payload TEXT NOT NULL);
CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL,
    start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL,
    path VARCHAR(200) NOT NULL, description TEXT NOT NULL);
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL,
    PRIMARY KEY (highlight_id, tag_id));
INSERT INTO projects VALUES (1, 'Levy', '', '2024-01-01');
INSERT INTO tags VALUES (1, 1, 'claim', 'what somebody says'), (2, 1, 'actor.person', '');
"""

HTML = "<h1>Żółć &amp; levy</h1>\n<p>Ms <b>Weber</b> 😀 said:<br>\n “no”.</p><p>The ministry\n   disagreed.</p>"
WORDS = "Żółć & levy\nMs Weber 😀 said:\n “no”.The ministry\n   disagreed."  # between the tags
TEXT = "Żółć & levy\nMs Weber 😀 said:\n“no”.\nThe ministry disagreed."

HIGHLIGHTS = (  # words between the tags, words of the snippet, tags, who
    ("Weber", "<b>Weber</b>", (2,), "ann"),
    ("Weber 😀 said:\n “no”", "<b>Weber</b> 😀 said:<br>\n “no”", (1, 2), "ben"),
    ("“no”.The ministry\n   dis", "<p>“no”.</p><p>The ministry\n   dis</p>", (1,), "ann"),
    ("disagreed", "disagreed", (), "ann"),
)


def make(path: Path, more: str = "", html: str = HTML) -> Path:
    """A project of one document; places are counted in UTF-8 bytes of the words between the tags."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(SCHEMA)
        database.execute(
            "INSERT INTO documents VALUES (1, 'Levy', 'from the wire', 'levy.txt', '', 1, 'LEFT_TO_RIGHT', ?)", (html,)
        )
        for own, (words, snippet, tags, who) in enumerate(HIGHLIGHTS, 1):
            start = len(WORDS[: WORDS.index(words)].encode())
            end = start + len(words.encode())
            database.execute("INSERT INTO highlights VALUES (?, 1, ?, ?, ?)", (own, start, end, snippet))
            database.executemany("INSERT INTO highlight_tags VALUES (?, ?)", [(own, tag) for tag in tags])
            told = json.dumps({"type": "highlight_add", "highlight_id": own, "start_offset": start, "tags": list(tags)})
            database.execute("INSERT INTO commands VALUES (NULL, '', ?, 1, 1, ?)", (who, told))
        database.executescript(more)
        database.commit()
    return path


if __name__ == "__main__":
    make(Path(sys.argv[1]))
