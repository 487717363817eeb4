"""The codebook of a project: every version stays, the latest is current."""

import hashlib
from collections.abc import Collection

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.codebook import Codebook, canonical_json
from annotator.storage import queries, version_queries
from annotator.storage.project import Project
from annotator.storage.step import Step


def set_codebook(project: Project, codebook: Codebook, *, coder: int | None = None) -> Changes:
    """Make a codebook the current version. A tag in use may be retired, not left out (AnnotatorError names it)."""
    current = queries.codebook_version(project)
    if current is not None and current[1] == codebook:
        return Changes("The codebook is this one already", history=False, undoable=False)
    refuse_tags_left_out(project, codebook)
    label = f"Codebook {codebook.title or codebook.id} {codebook.version}"
    # The first codebook belongs to the making of the project: undo must not leave a project without one.
    with project.step(label, coder=coder, kind="act" if current else "setup") as step:
        write_version(step, codebook, current[0] if current else None)
    return Changes(label, codebook=True, everything=True)


def refuse_tags_left_out(project: Project, codebook: Codebook, *, but: Collection[str] = ()) -> None:
    """Raise AnnotatorError, naming the tag, where a codebook leaves out one that is in use, `but` for some."""
    missing = [tag for tag in queries.tags_in_use(project) if codebook.tag(tag) is None and tag not in but]
    if missing:
        raise AnnotatorError(
            f"The codebook leaves out the tag “{missing[0]}”, which is in use: mark it as retired instead."
        )


def write_version(step: Step, codebook: Codebook, parent: str | None) -> str:
    """Make a codebook the current version within a step, and return the version's id."""
    content = canonical_json(codebook)
    version = hashlib.sha256(f"{parent or ''}\n{content}".encode()).hexdigest()
    known = version_queries.key_of(step.project, version)
    if known is not None:  # it was taken back before: it is the same version again
        step.update("codebook", known, {"deleted": 0})
    else:
        row = {"id": version, "parent": parent, "version": codebook.version, "content": content}
        step.insert("codebook", row)
    return version
