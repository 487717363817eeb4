"""The command that says how far coders agree."""

from pathlib import Path

import click

from annotator.agreement import Result
from annotator.cli.opening import opened
from annotator.cli.output import Meter, say, say_json, say_list, say_table
from annotator.operations.agreement import OF_READINGS, agreement_of, measures_named
from annotator.operations.agreement_paper import paper, rests_on
from annotator.operations.agreement_readings import Material, Which
from annotator.operations.words import counted

PATH = click.Path(path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


@click.command()
@click.argument("project", type=PATH)
@click.argument("others", type=PATH, nargs=-1, metavar="[OTHER]...")
@click.option("--coder", "coders", multiple=True, metavar="NAME", help="Only these coders; can be repeated.")
@click.option("--measure", "measures", multiple=True, metavar="NAME", help="Only these measures; can be repeated.")
@click.option("--pairs", is_flag=True, help="Each two of the coders too, not only all together.")
@click.option("--now", is_flag=True, help="Readings as they are now, not as they stood when first declared done.")
@click.option("--paper", "for_paper", is_flag=True, help="A table and a paragraph for a paper.")
@JSON
def agreement(
    project: Path,
    others: tuple[Path, ...],
    coders: tuple[str, ...],
    measures: tuple[str, ...],
    pairs: bool,
    now: bool,
    for_paper: bool,
    as_json: bool,
) -> None:
    """Say how far the coders of PROJECT agree, with readings in OTHER files (copies, packages) beside it.

    Only readings that were declared done count, as they stood then. All measures but gamma are asked for, unless some
    are named.
    """
    asked = measures_named(measures)
    with opened(project) as found, Meter("Comparing", quiet=as_json) as meter:
        which = Which(coders=coders, now=now)
        material, results = agreement_of(found, which, asked, others=others, pairs=pairs, progress=meter)
        told = paper(found, which, material, results) if for_paper else None
    if as_json:
        say_json([each.as_json() for each in results])
    elif told is not None:
        say_table(told.table)
        say()
        for sentence in told.sentences:
            say(sentence)
    else:
        _say(material, results, named=bool(measures))


def _say(material: Material, results: list[Result], *, named: bool) -> None:
    articles = len(material.articles)
    say(f"{counted(articles, 'document')} that {_names(material.coders)} declared done.")
    alone = material.left_out.get("alone", 0)
    if alone:
        say(f"{counted(alone, 'document')} that only one coder declared done: not counted.")
    not_kept = material.left_out.get("not kept", 0)
    if not_kept:
        say(f"{counted(not_kept, 'reading')} without a first form: counted as they are now.")
    if articles:
        rows: list[list[object]] = [["measure", "tag", "coders", "value", "interval", "n"]]
        rows += [_row(each) for each in results if each.value is not None]
        if len({each.coders for each in results}) == 1:  # the first line has named them
            rows = [[*row[:2], *row[3:]] for row in rows]
        say()
        say_table(rows)
        undefined = [f"{each.measure}, {each.tag or 'all'}: {each.why}" for each in results if each.value is None]
        say_list("Without a value:", undefined)
        notes = [f"{each.measure}, {each.tag or 'all'}: {note}" for each in results for note in each.notes]
        say_list("Worth knowing:", notes)
    if not named:
        slow = " and ".join(each.name for each in OF_READINGS if each.extra)
        say(f"{slow} take longer: ask for them with --measure.")


def _names(coders: tuple[str, ...]) -> str:
    return " and ".join(", ".join(coders).rsplit(", ", 1)) if coders else "two coders"


def _row(result: Result) -> list[object]:
    between = f"{result.interval.low:.3f} to {result.interval.high:.3f}" if result.interval else "–"
    return [
        result.measure,
        result.tag or "all",
        ", ".join(result.coders),
        f"{result.value:.3f}",
        between,
        rests_on(result, "documents"),
    ]


COMMANDS = (agreement,)
