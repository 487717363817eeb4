"""The command about actors: list them, bring a table of them in, write one, mark private persons."""

from pathlib import Path

import click

from annotator.cli.exchange import JSON, PATH
from annotator.cli.opening import opened
from annotator.cli.output import Meter, say, say_json, say_list, say_table
from annotator.errors import AnnotatorError
from annotator.model.entities import Entity, Registry
from annotator.operations.entities import set_entity_fields
from annotator.operations.entity_files import export_entities, import_entities
from annotator.operations.words import counted
from annotator.storage import entity_queries


@click.command()
@click.argument("project", type=PATH)
@click.option("--import", "table", type=PATH, metavar="FILE", help="Bring in the actors of a table (CSV).")
@click.option("--export", "dest", type=PATH, metavar="FILE", help="Write all actors as a table (CSV).")
@click.option("--private", multiple=True, metavar="NAME", help="Mark a private person, whom exports do not name.")
@click.option("--public", multiple=True, metavar="NAME", help="Take that mark away; both can be repeated.")
@JSON
def actors(
    project: Path,
    table: Path | None,
    dest: Path | None,
    private: tuple[str, ...],
    public: tuple[str, ...],
    as_json: bool,
) -> None:
    """List the actors of PROJECT, after what the options ask for."""
    with opened(project) as found:
        if table is not None:
            with Meter("Importing", quiet=as_json) as meter:
                changes, report = import_entities(found, table, progress=meter)
            if not as_json:
                say(f"{changes.said}.")
                say_list("Refused:", report.refused)
                say_list("Worth a look:", report.warnings)
        for names, mark in ((private, True), (public, False)):
            for name in names:
                set_entity_fields(found, _named(entity_queries.registry(found), name).id, private=mark)
        known = entity_queries.registry(found)
        if dest is not None:
            written = export_entities(found, dest)
            if not as_json:
                say(f"Wrote {counted(written, 'actor')} to {dest}.")
    if as_json:
        say_json([_told(each, known) for each in known.mains])
    elif known.mains:
        rows = [
            [each.name, each.type or "–", ", ".join(each.country) or "–", "private" if each.is_private else ""]
            for each in known.mains
        ]
        say_table([["name", "type", "countries", ""], *rows])
    else:
        say("There are no actors yet.")


def _named(known: Registry, name: str) -> Entity:
    """The one actor with this name or id. Raises AnnotatorError."""
    by_id = known.main(name)
    found = (by_id,) if by_id else known.exact(name)
    if len(found) != 1:
        there = f"{len(found)} actors are" if found else "No actor is"
        raise AnnotatorError(f"{there} named “{name}”; the id of each stands in --json.")
    return found[0]


def _told(each: Entity, known: Registry) -> dict[str, object]:
    return {
        "id": each.id,
        "name": each.name,
        "names": list(known.names(each)),
        "type": each.type,
        "country": list(each.country),
        "note": each.note,
        "private": each.is_private,
    }


COMMANDS = (actors,)
