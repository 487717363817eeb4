"""Commands that bring files in and write files: import, export, formats."""

from pathlib import Path

import click

from annotator.cli.opening import opened
from annotator.cli.output import Meter, say, say_json, say_list, say_table
from annotator.errors import AnnotatorError
from annotator.formats.kinds import other_kinds
from annotator.formats.registry import FORMATS
from annotator.formats.report import Report
from annotator.model.changes import Changes
from annotator.operations.export import export as write_export
from annotator.operations.imports import import_paths
from annotator.operations.words import counted, listed

PATH = click.Path(path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


@click.command("import")
@click.argument("project", type=PATH)
@click.argument("paths", type=PATH, nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "format_name", metavar="NAME", help="What the files are; else it is found out.")
@click.option("--coder", metavar="NAME", help="Whose the annotations are that name no coder.")
@click.option("--encoding", metavar="NAME", help="Encoding of all text files (utf-8, cp1252 …); else it is found out.")
@click.option("--delete-absent", is_flag=True, help="Delete annotations that a reading in the files no longer has.")
@JSON
@click.pass_context
def import_command(
    context: click.Context,
    project: Path,
    paths: tuple[Path, ...],
    format_name: str | None,
    coder: str | None,
    encoding: str | None,
    delete_absent: bool,
    as_json: bool,
) -> None:
    """Bring files and folders at PATH into PROJECT, as one step that can be undone."""
    for path in paths:
        if not path.exists():
            raise AnnotatorError(f"There is no file or folder {path}.")
    with opened(project) as found, Meter("Importing", quiet=as_json) as meter:
        changes, report = import_paths(
            found,
            paths,
            format_name=format_name,
            encoding=encoding,
            coder=coder,
            delete_absent=delete_absent,
            progress=meter,
        )
    if as_json:
        told = report.as_json()
        told["warnings"] += other_kinds(report.refused)
        say_json(told)
    else:
        say(f"{_outcome(changes, report)}.")
        _say_report(report)
    context.exit(1 if report.refused else 0)


def _outcome(changes: Changes, report: Report) -> str:
    """What an import did, in the words of `--json`."""
    refused = f"; {len(report.refused):,} refused" if report.refused else ""
    if not changes.history:
        there = counted(report.skipped_documents, "document")
        return (f"Nothing new: {there} already there" if report.skipped_documents else "Nothing was imported") + refused
    made = listed(((report.documents, "document"), (report.annotations, "annotation"), (report.relations, "relation")))
    more = [
        counted(number, name) for number, name in ((report.changed, "change"), (report.deleted, "deletion")) if number
    ]
    return "; ".join([f"Imported {made or 'nothing new'}", *more]) + refused


def _say_report(report: Report) -> None:
    for sentence in other_kinds(report.refused):
        say(sentence)
    say_list(f"Refused ({len(report.refused):,}):", report.refused)
    say_list(f"Repaired ({len(report.repaired):,}):", report.repaired)
    say_list(f"Already there ({counted(len(report.skipped), 'document')}):", report.skipped, shown=5)
    say_list(f"Worth a look ({len(report.warnings):,}):", report.warnings)


@click.command("export")
@click.argument("project", type=PATH)
@click.argument("dest", type=PATH)
@click.option("--format", "format_name", metavar="NAME", help="What to write; else it goes by the name of DEST.")
@click.option("--coder", "coders", multiple=True, metavar="NAME", help="Only this coder's readings; can be repeated.")
@click.option("--gold", is_flag=True, help="The gold readings; without --coder, only these.")
@click.option("--done", is_flag=True, help="Only readings that were declared done.")
@JSON
def export_command(
    project: Path,
    dest: Path,
    format_name: str | None,
    coders: tuple[str, ...],
    gold: bool,
    done: bool,
    as_json: bool,
) -> None:
    """Write PROJECT to DEST, and say what the format could not hold."""
    chosen = format_name or _format_of(dest)
    with opened(project) as found, Meter("Exporting", quiet=as_json) as meter:
        report = write_export(
            found, dest, format_name=chosen, coders=coders or None, gold=gold, done=done, progress=meter
        )
    if as_json:
        say_json(report.as_json())
        return
    say(
        f"Wrote {counted(report.documents, 'document')}, {counted(report.annotations, 'annotation')} and "
        f"{counted(report.relations, 'relation')}."
    )
    for path in report.files:
        say(f"  {path}")
    say_list("Left out:", [f"{number:,} {reason}" for reason, number in report.lost.items()])


def _format_of(dest: Path) -> str:
    for each in FORMATS:
        if each.writes and any(dest.match(pattern) for pattern in each.patterns):
            return each.name
    names = ", ".join(each.name for each in FORMATS if each.writes)
    raise AnnotatorError(f"The name of {dest.name} does not tell the format: say --format with one of {names}.")


@click.command()
@JSON
def formats(as_json: bool) -> None:
    """List what can be read and written."""
    if as_json:
        say_json(
            [
                {"name": each.name, "reads": bool(each.reads), "writes": bool(each.writes), "extra": each.extra}
                for each in FORMATS
            ]
        )
        return
    rows: list[list[object]] = [["name", "reads", "writes", "extra", ""]]
    for each in FORMATS:
        does = ["yes" if each.reads else "–", "yes" if each.writes else "–", each.extra or "–"]
        rows.append([each.name, *does, each.description])
    say_table(rows)


COMMANDS = (import_command, export_command, formats)
