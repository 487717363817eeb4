"""Sending work out and home: a package for one coder, and a coder's own file as a whole copy.

A package is a project file that holds what one coder needs and nothing else; opening it makes you that coder. Made
again it is an update, which `updating.bring_update` brings into the coder's file.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.codebook_diff import MARKED
from annotator.model.codebook_edit import PINNED
from annotator.model.rows import Coder
from annotator.operations.saved_searches import searches_for_package
from annotator.storage import assignments, package, people, queries, version_queries
from annotator.storage.package import Order
from annotator.storage.project import SUFFIX, Project


@dataclass(frozen=True)
class Shared:
    """What was written, and where it lies."""

    path: Path
    coder: str
    documents: int

    def as_json(self) -> dict[str, Any]:
        """The keys that `annotator share --json` prints."""
        return {"file": str(self.path), "coder": self.coder, "documents": self.documents}


def share(project: Project, dest: Path, coder: int, *, entities: bool = False) -> Shared:
    """Write a package for one coder to `dest`; in a folder, as project–coder–date.

    It holds the articles assigned to the coder (all, if nobody is assigned any), the codebook without the examples that
    were taken from these articles, and the coder's own work; the registry of actors only with `entities`. Of articles
    whose round is closed the agreed version and the decisions come along. Raises AnnotatorError if there is nothing
    to code, if this is a package itself, or if `dest` cannot be written.
    """
    person = _person(project, coder)
    if project.is_package:
        raise AnnotatorError(f"{project.path.name} is a coder's package: only the lead's project makes packages.")
    documents = assignments.documents_of(project, person.key)
    if not documents:
        raise AnnotatorError(f"Nothing is assigned to {person.name}: assign articles first.")
    path = _path(project, dest, person)
    ids = {about.id for about in queries.documents(project, set(documents))}
    texts = _pinned(version_queries.contents(project), ids)
    order = Order(
        person.key,
        documents,
        entities,
        lambda content: _without_examples(content, ids, texts),
        searches_for_package(project),
    )
    package.write_package(project, path, order)
    return Shared(path, person.name, len(documents))


def share_mine(project: Project, dest: Path, coder: int) -> Shared:
    """Write a whole, closed copy of this file to send home; in a folder, as project–coder–date. Says where it lies."""
    person = _person(project, coder)
    path = _path(project, dest, person)
    project.copy_to(path)
    return Shared(path, person.name, len(queries.documents_of_coder(project, person.key)))


# ---- names


def _person(project: Project, coder: int) -> Coder:
    found = queries.coder(project, people.keys_of(project, coder)[0])
    if found is None:
        raise AnnotatorError("The coder is not in the project.")
    return found


def _path(project: Project, dest: Path, person: Coder) -> Path:
    """`dest` itself, or in that folder the first free name of project–coder–date."""
    if not dest.is_dir():
        return dest if dest.suffix else dest.with_suffix(SUFFIX)
    title = project.meta("title") or project.path.stem
    name = "–".join((_in_file_name(title), _in_file_name(person.name), date.today().isoformat()))
    number = 1
    while True:
        path = dest / f"{name}{'' if number == 1 else f'-{number}'}{SUFFIX}"
        if not path.exists():
            return path
        number += 1


def _in_file_name(text: str) -> str:
    """A text without what some file system does not allow in a name."""
    kept = re.sub(r'[\x00-\x1f<>:"/\\|?*\u2013]+', " ", text)
    return " ".join(kept.split()).strip(". ")[:60] or "project"


# ---- the codebook without its examples from these articles


def _pinned(contents: Collection[str], documents: Collection[str]) -> set[str]:
    """The texts of all examples, in whatever version, that were taken from these documents (ids)."""
    return {
        example["text"]
        for content in contents
        for example in _examples(json.loads(content))
        if isinstance(example, dict) and example.get(PINNED) in documents and isinstance(example.get("text"), str)
    }


def _examples(codebook: dict[str, Any]) -> list[Any]:
    return [example for tag in codebook.get("tags", ()) for kind in _KINDS for example in tag.get(kind, ())]


_KINDS = ("positive", "negative", "borderline")


def _without_examples(content: str, documents: Collection[str], texts: Collection[str]) -> str:
    """A version of the codebook without these examples, and without its changes that tell of them."""
    codebook = json.loads(content)
    for tag in codebook.get("tags", ()):
        for kind in _KINDS:
            kept = [each for each in tag.get(kind, ()) if not _is_pinned(each, documents, texts)]
            if kept != tag.get(kind, kept):
                tag[kind] = kept
    told = codebook.get(MARKED)
    if isinstance(told, list):
        codebook[MARKED] = [
            each for each in told if not any(text in json.dumps(each, ensure_ascii=False) for text in texts)
        ]
    changed = json.dumps(codebook, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return content if codebook == json.loads(content) else changed


def _is_pinned(example: Any, documents: Collection[str], texts: Collection[str]) -> bool:
    text = example.get("text") if isinstance(example, dict) else example
    return text in texts or (isinstance(example, dict) and example.get(PINNED) in documents)
