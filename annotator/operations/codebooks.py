"""The codebook of a project: every version stays, the latest is current."""

import hashlib

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.codebook import Codebook, canonical_json
from annotator.storage import queries
from annotator.storage.project import Project


def set_codebook(project: Project, codebook: Codebook, *, coder: int | None = None) -> Changes:
    """Make a codebook the current version. A tag in use may be retired, not left out (AnnotatorError names it)."""
    current = queries.codebook_version(project)
    if current is not None and current[1] == codebook:
        return Changes("The codebook is this one already", history=False, undoable=False)
    missing = [tag for tag in queries.tags_in_use(project) if codebook.tag(tag) is None]
    if missing:
        raise AnnotatorError(
            f"The codebook leaves out the tag “{missing[0]}”, which is in use: mark it as retired instead."
        )
    content = canonical_json(codebook)
    parent = current[0] if current else ""
    label = f"Codebook {codebook.title or codebook.id} {codebook.version}"
    # The first codebook belongs to the making of the project: undo must not leave a project without one.
    with project.step(label, coder=coder, kind="act" if current else "setup") as step:
        step.insert(
            "codebook",
            {
                "id": hashlib.sha256(f"{parent}\n{content}".encode()).hexdigest(),
                "parent": parent or None,
                "version": codebook.version,
                "content": content,
            },
        )
    return Changes(label, codebook=True, everything=True)
