"""Searches under a name, kept in the project for all who open it. Those that name no coder go into packages too."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations.searching import Search
from annotator.operations.words import shown
from annotator.storage.project import Project
from annotator.storage.properties import SEARCHES

_LONGEST = 100  # characters of a name


def saved_searches(project: Project) -> dict[str, Search]:
    """The saved searches by name, in the order of the names; what cannot be read is left out."""
    kept = project.meta_json(SEARCHES)
    found = {name: _search(each) for name, each in kept.items()} if isinstance(kept, dict) else {}
    named = {name: search for name, search in found.items() if search is not None}
    return dict(sorted(named.items(), key=lambda each: each[0].casefold()))


def search_named(project: Project, name: str) -> Search:
    """The search with this name. Raises AnnotatorError if there is none."""
    found = saved_searches(project)
    if name not in found:
        there = ", ".join(found) or "none yet"
        raise AnnotatorError(f"{project.path.name} has no saved search “{name}”; it has: {there}.")
    return found[name]


def save_search(project: Project, name: str, search: Search, *, coder: int | None = None) -> Changes:
    """Keep a search under a name, in place of the one that had it. Raises AnnotatorError for a name that is none."""
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise AnnotatorError("A saved search needs a name: letters on one line, at most 100 of them.")
    return _keep(project, {**saved_searches(project), name: search}, f"Saved the search {shown(name)}", coder)


def forget_search(project: Project, name: str, *, coder: int | None = None) -> Changes:
    """Take a saved search out. Raises AnnotatorError if there is none with this name."""
    search_named(project, name)
    left = {each: search for each, search in saved_searches(project).items() if each != name}
    return _keep(project, left, f"Deleted the search {shown(name)}", coder)


def searches_for_package(project: Project) -> str:
    """The saved searches as a package takes them along: without those that name coders, for the others stay unnamed."""
    return _as_json({name: search for name, search in saved_searches(project).items() if not search.coders})


def _keep(project: Project, kept: Mapping[str, Search], label: str, coder: int | None) -> Changes:
    with project.step(label, coder=coder) as step:
        step.set_meta(SEARCHES, _as_json(kept))
    return Changes(label)


def _as_json(kept: Mapping[str, Search]) -> str:
    told = {name: asdict(search) for name, search in kept.items()}
    return json.dumps(told, ensure_ascii=False, sort_keys=True) if told else ""


def _search(kept: Any) -> Search | None:
    try:
        return Search(
            words=str(kept["words"]),
            regex=kept["regex"] is True,
            where=tuple(map(str, kept["where"])),
            tags=tuple(map(str, kept["tags"])),
            coders=tuple(map(str, kept["coders"])),
            attributes=tuple((str(name), str(value)) for name, value in kept["attributes"]),
            since=str(kept["since"]),
            until=str(kept["until"]),
        )
    except (KeyError, TypeError, ValueError):  # of another version of the program
        return None
