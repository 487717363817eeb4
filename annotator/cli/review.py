"""Commands for several people: share, merge."""

from pathlib import Path

import click

from annotator.cli.opening import coder_named, opened
from annotator.cli.output import Meter, say, say_json, say_list, say_table
from annotator.errors import AnnotatorError
from annotator.operations.merge_preview import KINDS, MergePreview, Unknown
from annotator.operations.merge_settling import CODEBOOKS, LATER, Choices
from annotator.operations.merging import merge_files, preview_merge
from annotator.operations.sharing import share as write_package
from annotator.operations.sharing import share_mine
from annotator.operations.words import counted
from annotator.storage import queries
from annotator.storage.project import Project

PATH = click.Path(path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


@click.command()
@click.argument("project", type=PATH)
@click.argument("dest", type=PATH)
@click.option("--coder", "name", metavar="NAME", help="Whom the package is for; with --mine, who you are.")
@click.option("--mine", is_flag=True, help="A whole copy of your own file, to send home.")
@click.option("--actors", is_flag=True, help="The actors that the project knows go along.")
@JSON
def share(project: Path, dest: Path, name: str | None, mine: bool, actors: bool, as_json: bool) -> None:
    """Write a package of PROJECT for one coder to DEST, or your own work to send home.

    A package holds the documents assigned to that coder (all, if nobody is assigned any), the codebook and the coder's
    own work, and nothing of others. If DEST is a folder, the file is named project–coder–date.
    """
    if not mine and name is None:
        raise click.UsageError("Say whom the package is for: --coder NAME, or --mine for your own work.")
    with opened(project) as found:
        if mine:
            made = share_mine(found, dest, _myself(found, name))
        else:
            made = write_package(found, dest, coder_named(found, str(name)).key, entities=actors)
    if as_json:
        say_json(made.as_json())
    else:
        what = f"the work of {made.coder}" if mine else f"the package for {made.coder}"
        say(f"Wrote {what}, {counted(made.documents, 'document')}: {made.path}")


def _myself(project: Project, name: str | None) -> int:
    people = queries.coders(project)
    if name is not None:
        return coder_named(project, name).key
    if project.package_coder is not None:
        return project.package_coder
    if len(people) != 1:
        raise AnnotatorError("Say who you are: --coder NAME.")
    return people[0].key


@click.command()
@click.argument("project", type=PATH)
@click.argument("others", type=PATH, nargs=-1, required=True, metavar="OTHER...")
@click.option("--dry-run", is_flag=True, help="Say what would come in, and change nothing.")
@click.option("--coder", "name", metavar="NAME", help="Who does it, and can undo it; else anybody can.")
@click.option("--codebook", type=click.Choice(CODEBOOKS), default=LATER, help="Which codebook goes on if two differ.")
@click.option("--same-names", is_flag=True, help="Coders of the same name are the same person.")
@click.option("--unite-actors", is_flag=True, help="Actors of the same name are the same actor.")
@JSON
@click.pass_context
def merge(
    context: click.Context,
    project: Path,
    others: tuple[Path, ...],
    dry_run: bool,
    name: str | None,
    codebook: str,
    same_names: bool,
    unite_actors: bool,
    as_json: bool,
) -> None:
    """Bring the work in OTHER files (packages, copies) into PROJECT, as one step that can be undone.

    Of each row the later form stays, so the order of the files does not matter, and bringing one in twice changes
    nothing. Ends with 1 if something of them was refused; if a file cannot be used, none of them comes in.
    """
    with opened(project) as found, Meter("Merging", quiet=as_json) as meter:
        coder = coder_named(found, name).key if name is not None else None
        if dry_run or same_names or unite_actors:
            told = preview_merge(found, others, progress=meter)
        if not dry_run:
            people = _single(told.people) if same_names else {}
            actors = _single(told.entities) if unite_actors else {}
            choices = Choices(people, actors, codebook)
            changes, told = merge_files(found, others, choices, coder=coder, progress=meter)
    if as_json:
        say_json(told.as_json())
    else:
        say("Nothing is changed. This would come in:" if dry_run else f"{changes.said}.")
        _say_merged(told)
    context.exit(1 if told.refused else 0)


def _single(unknown: tuple[Unknown, ...]) -> dict[str, str]:
    """Those of which there is just one of a like name here."""
    return {each.id: each.ours[0][0] for each in unknown if len(each.ours) == 1}


def _say_merged(told: MergePreview) -> None:
    rows: list[list[object]] = [["", "new", "changed", "already there"]]
    rows += [[f"{KINDS[kind]}s", each.new, each.changed, each.already] for kind, each in told.kinds.items()]
    say_table([row for row in rows if row[0] == "" or any(row[1:])])
    say_list(
        "By coder:", [f"{name}: {each.new:,} new, {each.changed:,} changed" for name, each in told.by_coder.items()]
    )
    for news in told.codebooks:
        say_list(f"Codebook {news.version} of {news.file}:", [change.sentence for change in news.changes])
    say_list(f"Worth a look ({len(told.conflicts):,}):", told.conflicts)
    say_list(f"Refused ({len(told.refused):,}):", told.refused)


COMMANDS = (share, merge)
