"""The sample project: six invented articles with two coders' readings and the agreed version (gold)."""

import os
import secrets
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.paths import resource, user_data_folder
from annotator.storage.project import SUFFIX

TITLE = "Sample: six articles"


def sample_path() -> Path:
    """Where the sample project of this person lies, built or not."""
    return user_data_folder() / f"sample{SUFFIX}"


def build_sample(path: Path) -> Path:
    """Make the sample project at `path`, whole or not at all; one that is there stays as the person left it.

    Raises AnnotatorError when it cannot be written.
    """
    path = path.absolute()
    path = path if path.suffix else path.with_suffix(SUFFIX)
    if path.exists():
        return path
    draft = path.with_name(f".{path.stem}.{secrets.token_hex(4)}{SUFFIX}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with create_project(draft, title=TITLE) as project:
            project.set_meta("kind", "sample")
            _, report = import_paths(project, [resource("sample/sample.jsonl")], kind="setup")
        if report.refused:
            raise AnnotatorError(f"The sample does not fit this version of the program: {report.refused[0]}")
        if not path.exists():
            os.replace(draft, path)
    except OSError as error:
        raise AnnotatorError(f"The sample cannot be written to {path}: {error.strerror or error}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return path
