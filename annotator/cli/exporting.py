"""Commands that write files: export, the export settings that were saved, texts attached to what has none."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from annotator.cli.exchange import JSON, PATH, SETTINGS, pairs
from annotator.cli.opening import opened
from annotator.cli.output import Meter, say, say_json, say_list, say_table
from annotator.errors import AnnotatorError
from annotator.formats.registry import FORMATS
from annotator.model.parting import WAYS, Parting
from annotator.operations.attaching import attach
from annotator.operations.export import ExportReport
from annotator.operations.export import export as write_export
from annotator.operations.recipes import Recipe, forget_recipe, recipe_named, recipes, save_recipe
from annotator.operations.release import Release
from annotator.operations.splits import shares_of
from annotator.operations.words import counted


@click.command("export")
@click.argument("project", type=PATH)
@click.argument("dest", type=PATH)
@click.option("--format", "format_name", metavar="NAME", help="What to write; else it goes by the name of DEST.")
@click.option("--coder", "coders", multiple=True, metavar="NAME", help="Only this coder's readings; can be repeated.")
@click.option("--gold", is_flag=True, help="The gold readings; without --coder, only these.")
@click.option("--done", is_flag=True, help="Only readings that were declared done.")
@click.option("--state", "states", multiple=True, metavar="STATE", help="Only readings in this state; can be repeated.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only annotations with this tag; can be repeated.")
@click.option("--since", default="", metavar="DATE", help="Only articles of this date and later.")
@click.option("--until", default="", metavar="DATE", help="Only articles of this date and earlier.")
@click.option("--release", "release", metavar="NAME", help="Done readings only; nobody and no id is known by it.")
@click.option("--no-notes", is_flag=True, help="A release without the coders' notes.")
@click.option("--private-names", is_flag=True, help="Name private persons; else they go under pseudonyms.")
@click.option("--split", "split_by", type=click.Choice(WAYS), help="Part the articles for training and testing.")
@click.option("--shares", default="", metavar="A,B,C", help="Of training, validation and test; else 80,10,10.")
@click.option("--seed", default="", metavar="TEXT", help="Another chance for --split hash and stratified.")
@click.option("--recipe", "recipe_name", metavar="NAME", help="Settings that were saved under a name.")
@click.option("--save-recipe", "kept_as", metavar="NAME", help="Save these settings under a name.")
@SETTINGS
@JSON
def export_command(
    project: Path, dest: Path, recipe_name: str | None, kept_as: str | None, as_json: bool, **given: Any
) -> None:
    """Write PROJECT to DEST, and say what the format could not hold.

    With --recipe, what is given besides stands in the place of what was saved.
    """
    with opened(project) as found, Meter("Exporting", quiet=as_json) as meter:
        base = recipe_named(found, recipe_name) if recipe_name else None
        recipe = _recipe(base, dest, given)
        report = write_export(found, dest, progress=meter, **recipe.arguments)
        if kept_as is not None:
            save_recipe(found, kept_as, recipe)
    if as_json:
        say_json(report.as_json())
    else:
        _say(report)


def _recipe(base: Recipe | None, dest: Path, given: dict[str, Any]) -> Recipe:
    """The saved settings with what was given in their place; without saved ones, what was given."""
    known = base or Recipe(given["format_name"] or _format_of(dest))
    wanted = {name: given[name] for name in asdict(known.wanted) if given[name]}
    settings = {**known.settings, **pairs(given["settings"], "--set")}
    release = known.release
    if given["release"] is not None:
        release = Release(given["release"], not given["no_notes"])
    elif given["no_notes"]:
        if release is None:
            raise AnnotatorError("--no-notes belongs to a release: say --release NAME.")
        release = replace(release, notes=False)
    return Recipe(
        given["format_name"] or known.format_name,
        replace(known.wanted, **wanted),
        settings,
        release,
        _parting(known.parting, given),
        known.private_names or given["private_names"],
    )


def _parting(base: Parting | None, given: dict[str, Any]) -> Parting | None:
    if given["split_by"] is None and base is None:
        if given["shares"] or given["seed"]:
            raise AnnotatorError(f"--shares and --seed belong to --split: say --split with one of {', '.join(WAYS)}.")
        return None
    known = base or Parting()
    return Parting(
        given["split_by"] or known.by,
        shares_of(given["shares"]) if given["shares"] else known.shares,
        given["seed"] or known.seed,
    )


def _format_of(dest: Path) -> str:
    for each in FORMATS:
        if each.writes and any(dest.match(pattern) for pattern in each.patterns):
            return each.name
    names = ", ".join(each.name for each in FORMATS if each.writes)
    raise AnnotatorError(f"The name of {dest.name} does not tell the format: say --format with one of {names}.")


def _say(report: ExportReport) -> None:
    say(
        f"Wrote {counted(report.documents, 'document')}, {counted(report.annotations, 'annotation')} and "
        f"{counted(report.relations, 'relation')}."
    )
    for path in report.files:
        say(f"  {path}")
    if report.not_done:
        say(f"{counted(report.not_done, 'reading')} in it: not declared done. --done leaves them out.")
    say_list("Left out:", [f"{number:,} {reason}" for reason, number in report.lost.items()])


@click.command("recipes")
@click.argument("project", type=PATH)
@click.option("--forget", "gone", multiple=True, metavar="NAME", help="Take these out first; can be repeated.")
@JSON
def recipes_command(project: Path, gone: tuple[str, ...], as_json: bool) -> None:
    """List the export settings that were saved in PROJECT."""
    with opened(project) as found:
        for name in gone:
            forget_recipe(found, name)
        kept = recipes(found)
    if as_json:
        say_json({name: asdict(recipe) for name, recipe in kept.items()})
        return
    if not kept:
        say("No export settings are saved.")
        return
    rows: list[list[object]] = [["name", "format", "release", "parts"]]
    for name, each in kept.items():
        release, parting = each.release, each.parting
        rows.append([name, each.format_name, release.name if release else "–", parting.by if parting else "–"])
    say_table(rows)


@click.command("attach")
@click.argument("source", type=PATH, metavar="OFFSETS")
@click.argument("texts", type=PATH, nargs=-1, required=True, metavar="TEXT...")
@click.argument("dest", type=PATH)
@JSON
@click.pass_context
def attach_command(context: click.Context, source: Path, texts: tuple[Path, ...], dest: Path, as_json: bool) -> None:
    """Put texts back to OFFSETS, annotations that were published without them, and write both to DEST (JSON Lines).

    TEXT are your own copies: files, folders, archives, of any kind that can be imported.
    """
    for path in (source, *texts):
        if not path.exists():
            raise AnnotatorError(f"There is no file or folder {path}.")
    with Meter("Reading", quiet=as_json) as meter:
        told = attach(source, texts, dest, progress=meter)
    if as_json:
        say_json(told.as_json())
    else:
        found = told.exact + told.aligned
        say(f"Attached {counted(told.annotations, 'annotation')} to {counted(found, 'document')}.")
        if told.aligned:
            say(f"{counted(told.aligned, 'document')} by a copy whose blanks, quotation marks or dashes differ.")
        for path in told.files:
            say(f"  {path}")
        say_list(f"Without a text ({counted(len(told.missing), 'document')}):", told.missing)
        say_list(f"Left out ({len(told.unfit):,}):", told.unfit)
        say_list(f"Not read ({len(told.refused):,}):", told.refused, shown=5)
    context.exit(0 if told.is_whole else 1)


COMMANDS = (export_command, recipes_command, attach_command)
