"""Saved export settings: what is exported, as what and how, under a name, in the project file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.parting import Parting
from annotator.operations.export_choice import Wanted
from annotator.operations.release import Release
from annotator.storage.project import Project

LAST = "last"  # the name under which the window keeps what was exported last
_KEPT = "recipes"
_LONGEST = 100  # characters of a name


@dataclass(frozen=True)
class Recipe:
    """All that `export` is told but the place; `settings` are those of the format."""

    format_name: str
    wanted: Wanted = field(default_factory=Wanted)
    settings: Mapping[str, str] = field(default_factory=dict)
    release: Release | None = None
    parting: Parting | None = None
    private_names: bool = False  # private persons are named, as nothing that is published may do

    @property
    def arguments(self) -> dict[str, Any]:
        """As `export` is called with them."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


def recipes(project: Project) -> dict[str, Recipe]:
    """The saved settings by name, in the order of the names; what cannot be read is left out."""
    kept = project.meta_json(_KEPT)
    found = {name: _recipe(each) for name, each in sorted(kept.items())} if isinstance(kept, dict) else {}
    return {name: recipe for name, recipe in found.items() if recipe is not None}


def recipe_named(project: Project, name: str) -> Recipe:
    """The settings with this name. Raises AnnotatorError if there are none."""
    found = recipes(project)
    if name not in found:
        there = ", ".join(found) or "none yet"
        raise AnnotatorError(f"{project.path.name} has no saved export settings “{name}”; it has: {there}.")
    return found[name]


def save_recipe(project: Project, name: str, recipe: Recipe) -> None:
    """Keep settings under a name, in place of those that had it. Raises AnnotatorError for a name that is none."""
    name = name.strip()
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise AnnotatorError("Saved export settings need a name: letters on one line, at most 100 of them.")
    _keep(project, {**recipes(project), name: recipe})


def forget_recipe(project: Project, name: str) -> None:
    """Take saved settings out. Raises AnnotatorError if there are none with this name."""
    recipe_named(project, name)
    _keep(project, {each: recipe for each, recipe in recipes(project).items() if each != name})


def _keep(project: Project, kept: Mapping[str, Recipe]) -> None:
    told = {name: asdict(recipe) for name, recipe in kept.items()}
    project.set_meta(_KEPT, json.dumps(told, ensure_ascii=False, sort_keys=True))


def _recipe(kept: Any) -> Recipe | None:
    try:
        wanted: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in kept["wanted"].items()
        }
        parting = kept.get("parting")
        return Recipe(
            str(kept["format_name"]),
            Wanted(**wanted),
            {str(name): str(value) for name, value in kept.get("settings", {}).items()},
            Release(**kept["release"]) if kept.get("release") else None,
            Parting(parting["by"], tuple(parting["shares"]), parting["seed"]) if parting else None,
            kept.get("private_names") is True,
        )
    except (AttributeError, KeyError, TypeError, ValueError):  # of another version of the program
        return None
