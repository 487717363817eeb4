"""Commands that bring files in, and that say which can be brought in and written: import, formats."""

from pathlib import Path

import click

from annotator.cli.opening import opened
from annotator.cli.output import Meter, say, say_json, say_list, say_table
from annotator.errors import AnnotatorError
from annotator.formats.format import Format
from annotator.formats.kinds import other_kinds
from annotator.formats.registry import FORMATS
from annotator.formats.report import Report
from annotator.model.changes import Changes
from annotator.operations.import_survey import Survey, survey
from annotator.operations.imports import How, import_paths
from annotator.operations.near_duplicates import newest, warn_of_near_duplicates
from annotator.operations.words import counted, listed

PATH = click.Path(path_type=Path)
SETTINGS = click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A setting of the format.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


@click.command("import")
@click.argument("project", type=PATH)
@click.argument("paths", type=PATH, nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "format_name", metavar="NAME", help="What the files are; else it is found out.")
@click.option("--coder", metavar="NAME", help="Whose the annotations are that name no coder.")
@click.option("--encoding", metavar="NAME", help="Encoding of all text files (utf-8, cp1252 …); else it is found out.")
@click.option(
    "--map",
    "labels",
    multiple=True,
    metavar="LABEL=TAG",
    help="Read a label of the files as a tag of ours; LABEL=- leaves it out.",
)
@click.option("--as-gold", is_flag=True, help="Take what the files hold as the gold reading.")
@SETTINGS
@click.option("--delete-absent", is_flag=True, help="Delete annotations that a reading in the files no longer has.")
@click.option("--preview", is_flag=True, help="List what annotated files hold and what each label becomes; no more.")
@JSON
@click.pass_context
def import_command(
    context: click.Context,
    project: Path,
    paths: tuple[Path, ...],
    format_name: str | None,
    coder: str | None,
    encoding: str | None,
    labels: tuple[str, ...],
    as_gold: bool,
    settings: tuple[str, ...],
    delete_absent: bool,
    preview: bool,
    as_json: bool,
) -> None:
    """Bring files and folders at PATH into PROJECT, as one step that can be undone."""
    for path in paths:
        if not path.exists():
            raise AnnotatorError(f"There is no file or folder {path}.")
    how = How(pairs(labels, "--map"), as_gold, pairs(settings, "--set"))
    if preview:
        with opened(project) as found, Meter("Looking", quiet=as_json) as meter:
            seen = survey(found, paths, format_name=format_name, encoding=encoding, how=how, progress=meter)
        say_json(seen.as_json()) if as_json else _say_seen(seen)
        return
    with opened(project) as found, Meter("Importing", quiet=as_json) as meter:
        before = newest(found)
        changes, report = import_paths(
            found,
            paths,
            format_name=format_name,
            encoding=encoding,
            how=how,
            coder=coder,
            delete_absent=delete_absent,
            progress=meter,
        )
        warn_of_near_duplicates(found, before, report)
    if as_json:
        told = report.as_json()
        told["warnings"] += other_kinds(report.refused)
        say_json(told)
    else:
        say(f"{_outcome(changes, report)}.")
        _say_report(report)
    context.exit(1 if report.refused else 0)


def _say_seen(seen: Survey) -> None:
    """What annotated files hold, in the words of `--json`."""
    held = ((seen.documents, "document"), (seen.annotations, "annotation"), (seen.relations, "relation"))
    say(f"Annotated files: {listed(held) or 'none'}.")
    if seen.coders:
        say_table([["coder", "annotations"], *([name or "(not named)", number] for name, number in seen.coders)])
    if seen.labels:
        rows = [
            [each.name, each.number, "links" if each.link else "annotations", _FATES[each.fate].format(each.becomes)]
            for each in seen.labels
        ]
        say_table([["label", "number", "of", "becomes"], *rows])
    say_list("Not read to the end:", seen.faults)


_FATES = {
    "known": "{}",
    "new": "new in the codebook",
    "refused": "refused: not in the codebook",
    "left out": "left out",
}


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


def pairs(given: tuple[str, ...], option: str) -> dict[str, str]:
    """NAME=VALUE, as often as given. Raises AnnotatorError for what has no equals sign."""
    pairs = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            raise AnnotatorError(f"{option} takes NAME=VALUE, not “{each}”.")
        pairs[name.strip()] = value.strip()
    return pairs


@click.command()
@JSON
def formats(as_json: bool) -> None:
    """List what can be read and written, and what must be installed for it."""
    if as_json:
        say_json(
            [
                {
                    "name": each.name,
                    "reads": each.is_read,
                    "writes": bool(each.writes),
                    "extra": each.extra,
                    "installed": each.installed,
                }
                for each in FORMATS
            ]
        )
        return
    rows: list[list[object]] = [["name", "reads", "writes", "extra", ""]]
    for each in FORMATS:
        does = ["yes" if each.is_read else "–", "yes" if each.writes else "–"]
        rows.append([each.name, *does, _extra(each), each.description])
    say_table(rows)
    missing = sorted({each.extra for each in FORMATS if each.extra and not each.installed})
    for extra in missing:
        say(f'To install {extra}: pip install "news-annotator[{extra}]"')


def _extra(kind: Format) -> str:
    if kind.extra is None:
        return "–"
    return kind.extra if kind.installed else f"{kind.extra} (not installed)"


COMMANDS = (import_command, formats)
