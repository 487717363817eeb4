"""A process that exports a project and says how much memory it took.

`python -m benchmarks.exporting FORMAT PROJECT DESTINATION`; the line printed is JSON.
"""

import json
import sys
from pathlib import Path

from annotator.operations.export import export
from annotator.operations.export_choice import Wanted
from annotator.operations.export_run import writer_named
from annotator.storage.project import Project

from .measure import peak_memory


def main(format_name: str, path: Path, target: Path) -> None:
    """Write one project, then tell its annotations and the most megabytes that were in memory."""
    kind = writer_named(format_name)
    with Project.open(path) as project:
        coders = tuple(name for (name,) in project.rows("SELECT name FROM coder ORDER BY id LIMIT 1"))
        done = export(project, target, format_name=kind.name, wanted=Wanted(coders) if kind.one_reading else Wanted())
    print(json.dumps({"annotations": done.annotations, "memory": peak_memory()}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
