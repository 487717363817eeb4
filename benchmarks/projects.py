"""The product's own projects to measure on, made by its own import."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.storage import queries, schema
from annotator.storage.project import Project

from .corpus import CODER, FOLDER, Article, Corpus


def new_project(path: Path) -> Project:
    """An empty project in place of the one that may lie there."""
    for old in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        old.unlink(missing_ok=True)
    return create_project(path)


def project_with(path: Path, articles: Sequence[Article]) -> Project:
    """A project that holds these articles with their annotations."""
    return project_of_lines(path, (article.as_line() for article in articles))


def project_of_lines(path: Path, lines: Iterable[str]) -> Project:
    """A project that holds what these lines of the product's own format say."""
    file, expected = path.with_suffix(".jsonl"), 0
    with file.open("w", encoding="utf-8") as out:
        for line in lines:
            expected += len(json.loads(line)["annotations"])
            out.write(line)
    project = new_project(path)
    _, report = import_paths(project, [file], coder=CODER)
    file.unlink()
    if report.annotations != expected:
        raise AssertionError(f"imported {report.annotations} of {expected} annotations: {report.refused[:3]}")
    return project


def coder_and_document(project: Project) -> tuple[int, int]:
    """Keys of the coder whose annotations the project holds, and of its first document."""
    coder = queries.coders(project)[0].key
    return coder, queries.document_keys(project, coder)[0]


def big_project(documents: int, annotations: int) -> Path:
    """A project with so many documents and so many annotations in each; kept while the tables stay as they are."""
    tables = hashlib.sha256("\n".join(schema.statements()).encode()).hexdigest()[:8]
    path = FOLDER / f"project-{documents}x{annotations}-{tables}.annotator"
    if not path.exists():
        FOLDER.mkdir(exist_ok=True)
        for old in FOLDER.glob(f"*project-{documents}x{annotations}-*"):  # of other tables, or not finished
            old.unlink()
        draft = path.with_name(f"draft-{path.name}")
        project_with(draft, Corpus().articles(documents, annotations)).close()
        draft.rename(path)
    return path
