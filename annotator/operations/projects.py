"""Making a project that can be coded in at once."""

from pathlib import Path

from annotator.model.codebook import Codebook
from annotator.model.codebook_yaml import default_codebook
from annotator.operations.codebooks import set_codebook
from annotator.storage.project import SUFFIX, Project


def create_project(path: Path | str, *, title: str = "", codebook: Codebook | None = None) -> Project:
    """Make and open a new project with a codebook (the built-in one, if none is given).

    Raises AnnotatorError if the file exists or cannot be written; then nothing is left behind.
    """
    path = Path(path)
    if not path.suffix:
        path = path.with_suffix(SUFFIX)
    book = codebook or default_codebook()
    project = Project.create(path, title=title)
    try:
        set_codebook(project, book)
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    return project
