"""The files of a merge: each is copied, checked and brought up to date before a row of it is looked at."""

import os
import re
import shutil
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.operations.words import shown
from annotator.storage import audit, lookups, merge_queries, people, version_queries
from annotator.storage.ids import text_id
from annotator.storage.merge import KNOWN, NEW, Coming, Rule, all_welcome
from annotator.storage.project import Project
from annotator.storage.stranger import take_in
from annotator.storage.works import process_lives

_PREFIX = ".annotator-merge-"
_HOST = re.sub(r"\W", "_", socket.gethostname())


@dataclass(frozen=True)
class Refused:
    """Something that does not come in: where it stands, and why."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}."


@dataclass(frozen=True)
class Source:
    """A file to merge, as the checked copy of it."""

    path: Path
    project: Project

    @property
    def name(self) -> str:
        """The file's name, for people."""
        return self.path.name


@contextmanager
def taken_in(
    project: Project, paths: Sequence[Path], *, copies_only: bool = True
) -> Iterator[tuple[list[Source], list[AnnotatorError]]]:
    """Checked copies of the files, and why the others cannot be used. The copies go with the block.

    Without `copies_only` they may be of other projects. The copies lie beside the project, never in a folder for
    temporary files: they hold the articles.
    """
    sources: list[Source] = []
    faults: list[AnnotatorError] = []
    folder = None if project.read_only else project.path.parent
    if folder is not None:
        clear_away(folder)
    prefix = f"{_PREFIX}{_HOST}-{os.getpid()}-"
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=prefix, dir=folder)))
        for number, path in enumerate(dict.fromkeys(path.absolute() for path in paths)):
            copy = place / f"{number}" / path.name
            copy.parent.mkdir()
            try:
                take_in(path, copy, searchable=False)
                other = stack.enter_context(Project.open(copy, read_only=True))
                if copies_only:
                    _refuse_unfit(project, other, path)
            except AnnotatorError as error:
                faults.append(AnnotatorError(str(error).replace(str(copy), str(path))))
            else:
                sources.append(Source(path, other))
        yield sources, faults


def clear_away(folder: Path) -> None:
    """Take away the copies that merges on this computer have left beside a project when they were killed.

    Only those of processes that are gone: what another window or computer works on stays.
    """
    for left in folder.glob(f"{_PREFIX}{_HOST}-*-*"):
        process = left.name.removeprefix(f"{_PREFIX}{_HOST}-").split("-")[0]
        if process.isdigit() and int(process) != os.getpid() and not process_lives(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _refuse_unfit(project: Project, other: Project, path: Path) -> None:
    """Raise AnnotatorError for a file of which nothing can come in."""
    if project.meta("project") != other.meta("project"):
        raise AnnotatorError(f"{path.name} is another project, not a copy of {project.path.name}.")
    if project.is_package and (not other.is_package or other.meta("coder") != project.meta("coder")):
        raise AnnotatorError(
            f"{project.path.name} is a coder's package: only a newer package for the same coder can be brought into it."
        )
    if other.is_package and other.package_coder is None:
        raise AnnotatorError(f"{path.name} is damaged: the coder it was made for is not in it.")
    try:
        version_queries.versions(other)
    except AnnotatorError as error:
        raise AnnotatorError(f"{path.name} is damaged: its codebook cannot be read ({error}).") from error
    ours = {own: row.values["sha256"] for own, row in _documents(project, other).items()}
    earlier = merge_queries.earlier_texts(project), merge_queries.earlier_texts(other)
    both = {own for own, _ in earlier[0] & earlier[1]}
    from_lead = project.is_package  # which says what an article's text is, and sends no earlier ones

    def is_strange(own: str, hashed: str) -> bool:
        """Whether another text stands there than here, and neither file knows of a replacement."""
        here = ours.get(own, hashed)
        told = (own, hashed) in earlier[0] or (own, here) in earlier[1] or own in both
        return here != hashed and not (told or from_lead)

    for _, own, title, hashed, text, _ in audit.documents(other):
        if text is None or text_id(text) != hashed or is_strange(own, hashed):
            raise AnnotatorError(
                f"{path.name} holds another text of {shown(title or own[:12])} than it should: nothing is brought in."
            )


def _documents(project: Project, other: Project) -> dict[str, lookups.Known]:
    ids = [own for (own,) in other.rows("SELECT id FROM document")]
    return lookups.by_ids(project, "document", ids, ("sha256",))


def rule_for(project: Project, source: Source) -> Rule:
    """What may come in from a file. From a package, only what its coder may write."""
    other = source.project
    if not other.is_package or project.is_package:
        return all_welcome
    coder = other.package_coder
    assert coder is not None
    whose = set(people.keys_of(other, coder))
    own = {key for (key,) in other.rows(f"SELECT key FROM reading WHERE kind = 'own' AND coder IN {_listed(whose)}")}
    mine = {
        "annotation": {key for (key,) in other.rows(f"SELECT key FROM annotation WHERE reading IN {_listed(own)}")},
    }

    def may(coming: Coming) -> bool:
        table, values = coming.table, coming.values
        if table == "coder":
            return values["key"] in whose or coming.fate == NEW
        if table in ("codebook", "document", "assignment"):
            return coming.fate == NEW  # a reduced form, which the whole one replaces
        if table in ("annotation", "first_done"):
            return values["reading"] in own
        return {
            "reading": values["key"] in own,
            "relation": values.get("source") in mine["annotation"],
            "decision": values.get("reviewer") in whose,
        }.get(table, table == "entity")

    return lambda coming: None if coming.fate == KNOWN or may(coming) else "only the lead may change that"


def _listed(keys: set[int]) -> str:
    return "(" + ", ".join(map(str, sorted(keys))) + ")"
