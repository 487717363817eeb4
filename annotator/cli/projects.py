"""Commands about one project as a whole: new, info, check, sample."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from annotator.cli.opening import opened
from annotator.cli.output import Meter, say, say_json, say_list, say_table
from annotator.model.codebook_yaml import read_codebook
from annotator.operations.check import check_project
from annotator.operations.completeness import incomplete
from annotator.operations.info import Info, project_info
from annotator.operations.near_duplicates import Alike, near_duplicates
from annotator.operations.projects import create_project
from annotator.operations.sample import build_sample, sample_path
from annotator.operations.words import counted

PATH = click.Path(path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


@click.command()
@click.argument("project", type=PATH)
@click.option("--codebook", type=PATH, metavar="FILE", help="A codebook in YAML; else the built-in one.")
@click.option("--title", default="", metavar="TEXT", help="What the project is called; else the name of its file.")
@JSON
def new(project: Path, codebook: Path | None, title: str, as_json: bool) -> None:
    """Make a new, empty PROJECT."""
    book = read_codebook(codebook) if codebook else None
    with create_project(project, title=title, codebook=book) as made:
        path, named = made.path, made.meta("title")
    if as_json:
        say_json({"project": str(path), "title": named})
    else:
        say(f"Made {path}.")


@click.command()
@click.argument("project", type=PATH)
@JSON
def info(project: Path, as_json: bool) -> None:
    """Say what PROJECT holds: documents, tags, coders, states, how far review is."""
    with opened(project) as found:
        told = project_info(found)
    if as_json:
        say_json(told.as_json())
    else:
        _say_info(told)


def _say_info(told: Info) -> None:
    say(told.title)
    say(f"Codebook: {told.codebook}")
    say(
        f"{counted(told.documents, 'document')}, {counted(told.annotations, 'annotation')}, "
        f"{counted(told.relations, 'relation')}, {counted(told.entities, 'actor')}"
    )
    if told.by_tag:
        say()
        say_table([["tag", "annotations"], *([tag, number] for tag, number in told.by_tag.items())])
    if told.coders or told.gold:
        say()
        rows: list[list[object]] = [["coder", "assigned", "documents", "annotations", "states"]]
        for each in told.coders:
            states = ", ".join(f"{number:,} {state}" for state, number in each.states.items())
            rows.append([each.name, each.assigned, each.documents, each.annotations, states])
        if told.gold:
            rows.append(["(gold)", "", told.gold, told.gold_annotations, ""])
        say_table(rows)
    if told.coders:
        say()
        say("Review: " + ", ".join(f"{number:,} {state}" for state, number in told.review.items()))
    if told.weeks:
        say()
        _say_weeks(told)


def _say_weeks(told: Info) -> None:
    names = sorted({name for week in told.weeks.values() for name in week}, key=str.casefold)
    rows: list[list[object]] = [["done in the week from", *names, "all"]]
    for week, counts in told.weeks.items():
        rows.append([week, *(counts.get(name, 0) for name in names), sum(counts.values())])
    say_table(rows)


@click.command()
@click.argument("project", type=PATH)
@click.option("--complete", is_flag=True, help="List all open points, and end with 1 if there are any.")
@click.option("--near-duplicates", "alike", is_flag=True, help="List articles that are nearly the same.")
@JSON
@click.pass_context
def check(context: click.Context, project: Path, complete: bool, alike: bool, as_json: bool) -> None:
    """Look through PROJECT for anything wrong; ends with 1 if there is.

    Open points are not wrong: a claim without source, a figure without value, a question to the lead and the like.
    Those of readings that are declared done are counted; with --complete they are listed, and those of work going on.
    Articles that are nearly the same, as agency copy in several papers is, are not wrong either.
    """
    with opened(project) as found, Meter("Checking", quiet=as_json) as meter:
        problems = check_project(found, progress=meter)
        can_tell = not any(problem.kind in ("file", "codebook") for problem in problems)
        points = incomplete(found, begun=complete, progress=meter) if can_tell else []
        groups = near_duplicates(found, progress=meter) if alike and can_tell else ()
    if as_json:
        told = {"problems": problems} | ({"open": points} if points or complete else {})
        answer: dict[str, Any] = {name: [each.as_json() for each in listed] for name, listed in told.items()}
        say_json(answer | ({"near_duplicates": [each.as_json() for each in groups]} if alike else {}))
    else:
        say_list(f"{counted(len(problems), 'problem')}:", problems, shown=200)
        if not problems:
            say("Nothing is wrong.")
        if complete:
            say_list(f"{counted(len(points), 'open point')}:", points, shown=200)
        elif points:
            are = "is" if len(points) == 1 else "are"
            say(f"In what is done there {are} {counted(len(points), 'open point')}: see --complete.")
        if alike:
            _say_alike(groups)
    context.exit(1 if problems or (complete and points) else 0)


def _say_alike(groups: Sequence[Alike]) -> None:
    if not groups:
        say("No articles are nearly the same.")
        return
    documents = counted(sum(len(each.documents) for each in groups), "document")
    say_list(f"Nearly the same ({counted(len(groups), 'group')}, {documents}):", groups, shown=200)


@click.command()
@click.argument("path", type=PATH, required=False)
@JSON
def sample(path: Path | None, as_json: bool) -> None:
    """Build the sample project at PATH, unless it is there, and say where it is."""
    made = build_sample(path or sample_path())
    if as_json:
        say_json({"project": str(made)})
    else:
        say(str(made))


COMMANDS = (new, info, check, sample)
