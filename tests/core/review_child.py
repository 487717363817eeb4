"""A second process that merges; started with `python -m tests.core.review_child PROJECT OTHER...`.

It tells how many rows it has gone through, and when the last transaction begins.
"""

import os
import sys
from pathlib import Path

from annotator.operations.merging import merge_files
from annotator.storage.batch import Batch
from annotator.storage.project import Project


def say(word: object) -> None:
    """Tell the parent, who reads lines."""
    os.write(1, f"{word}\n".encode())


def main(path: Path, *others: Path) -> None:
    """Merge, and say so."""
    finish = Batch.finish

    def finishing(batch: Batch, label: str, **how: int) -> int | None:
        say("finishing")
        return finish(batch, label, **how)

    Batch.finish = finishing  # type: ignore[method-assign, assignment]
    with Project.open(path) as project:
        merge_files(project, others, coder=1, progress=lambda done, _total: say(f"row {done // 500}"))
    say("finished")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
