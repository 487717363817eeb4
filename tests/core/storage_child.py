"""What a second process does to a project in tests of the storage; started with `python -m tests.core.storage_child`.

It imports only the storage, so that it is quick, and tells its progress line by line.
"""

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.storage import history
from annotator.storage.batch import Batch
from annotator.storage.opening import prepare
from annotator.storage.project import Project


def say(word: object) -> None:
    """Tell the parent, who reads lines."""
    os.write(1, f"{word}\n".encode())


def texts(number: int) -> Iterator[str]:
    """Texts of some 200 words that are all different."""
    for i in range(number):
        yield f"text {i} " + " ".join(f"word{i * 7 % 1000 + j}" for j in range(200))


def bring_in(project: Project, number: int) -> None:
    """Import texts, and say how many rows there are each time one is written."""
    with Batch(project, kind="import", coder=1) as batch:
        for text in texts(number):
            row_id = hashlib.sha256(text.encode()).hexdigest()
            document = batch.insert("document", {"id": row_id, "sha256": row_id, "title": text[:10]}, text)
            batch.insert("reading", {"document": document, "coder": 1})
            say(f"row {batch.made}")
        say("finishing")
        batch.finish("Import", documents=number)
    say("finished")


def tag(project: Project, number: int) -> None:
    """Tag again and again, and say each tag after it is on disk."""
    for i in range(number):
        say(f"tagging {i}")
        with project.step(f"tag {i}", coder=1, document=1) as step:
            values = {"reading": 1, "tag": f"tag {i}", "spans": "[[0,1]]", "start": 0, "end": 1, "quote": "t"}
            step.insert("annotation", values)
        say(f"tagged {i}")


def main(what: str, path: Path, *more: str) -> None:
    """One job, by its name."""
    if what == "hold":
        with Project.open(path) as project, project.transaction():
            say("holding")
            sys.stdin.readline()
    elif what == "import":
        with Project.open(path) as project:
            bring_in(project, int(more[0]))
    elif what == "undo" or what == "redo":
        with Project.open(path) as project:
            say("begin")
            getattr(history, what)(project, 1)
            say("finished")
    elif what == "tag":
        with Project.open(path) as project:
            tag(project, int(more[0]))
    elif what == "close":
        for _ in range(int(more[0])):
            project = Project.open(path)
            tag(project, 3)
            say("closing")
            project.close()
            say("closed")
    elif what == "migrate":
        from tests.core.storage_formats import SECOND

        say("begin")
        try:
            say(f"finished {len(prepare(path, read_only=False, formats=SECOND))}")
        except AnnotatorError as error:
            say(f"refused {error}")
    elif what == "come and go":
        until = time.monotonic() + float(more[0])
        while time.monotonic() < until:
            with Project.open(path) as project, project.step("note", coder=1) as step:
                step.insert("entity", {"name": "x"})
                say("entity")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
