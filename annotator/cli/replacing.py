"""The command that gives an article another text."""

from pathlib import Path

import click

from annotator.cli.opening import opened
from annotator.cli.output import say, say_json, say_list
from annotator.errors import AnnotatorError
from annotator.operations.replacing import (
    LOST,
    MOVED,
    REWORDED,
    STAYS,
    Carried,
    Replacement,
    decoded_anew,
    replace_text,
    text_of_file,
    what_replacing_does,
)
from annotator.operations.words import counted, shown
from annotator.storage import queries
from annotator.storage.project import Project

PATH = click.Path(path_type=Path)
_KEYS = {STAYS: "stay", MOVED: "moved", REWORDED: "read_otherwise", LOST: "do_not_fit"}


@click.command("replace-text")
@click.argument("project", type=PATH)
@click.argument("document")
@click.argument("file", type=PATH, required=False)
@click.option("--encoding", metavar="NAME", help="Encoding of FILE; without FILE, the one the article is read anew in.")
@click.option(
    "--was", default="", metavar="NAME", help="Without FILE: in what it was read wrongly; else what is noted."
)
@click.option("--dry-run", is_flag=True, help="List what would become of the annotations, and change nothing.")
@click.option(
    "--accept", is_flag=True, help="Replace although annotations are listed: those that do not fit are deleted."
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_context
def replace_text_command(
    context: click.Context,
    project: Path,
    document: str,
    file: Path | None,
    encoding: str | None,
    was: str,
    dry_run: bool,
    accept: bool,
    as_json: bool,
) -> None:
    """Give DOCUMENT of PROJECT the text of FILE, as one step that can be undone. The old text is kept.

    DOCUMENT is its number in the list, or its id. Annotations go along with their words. Those whose words
    are other ones now, and those that do not fit, are listed first: without --accept nothing is changed then, and the
    command ends with 1.
    """
    if file is None and encoding is None:
        raise AnnotatorError("Name a file with the new text, or with --encoding the encoding to read the article in.")
    with opened(project) as found:
        key = _document(found, document)
        if file is None:
            text, codec = decoded_anew(found, key, str(encoding), was), str(encoding)
        else:
            text, codec = text_of_file(file, encoding)
        done = what_replacing_does(found, key, text)
        waits = bool(done.of(REWORDED, LOST)) and not accept
        if not (dry_run or waits):
            replace_text(found, key, text, encoding=codec, accepted=accept)
    _say(done, replaced=not (dry_run or waits), as_json=as_json)
    context.exit(1 if waits and not dry_run else 0)


def _document(project: Project, named: str) -> int:
    """The key of the article with this number in the list, or with this id or the beginning of it."""
    every = queries.documents(project)
    if named.isascii() and named.isdigit() and 1 <= int(named) <= len(every):
        return every[int(named) - 1].key
    found = [each.key for each in every if len(named) >= 6 and each.id.startswith(named.lower())]
    if len(found) != 1:
        raise AnnotatorError(f"There is no document {named} in this project, which has {len(every):,}.")
    return found[0]


def _say(done: Replacement, *, replaced: bool, as_json: bool) -> None:
    if as_json:
        numbers = {_KEYS[fate]: len(done.of(fate)) for fate in _KEYS}
        listed = [{**_told(each), "fate": _KEYS[each.fate]} for each in done.of(REWORDED, LOST)]
        say_json({"replaced": replaced, **numbers, "annotations": listed})
        return
    say_list("Read otherwise now:", [_line(each) for each in done.of(REWORDED)])
    say_list("Do not fit:", [_line(each) for each in done.of(LOST)])
    fitting = counted(len(done.of(STAYS)), "annotation")
    say(f"{fitting} where they were; {len(done.of(MOVED)):,} moved with their words.")
    say("The text is replaced." if replaced else "Nothing was changed.")


def _told(each: Carried) -> dict[str, object]:
    return {"coder": each.coder, "tag": each.tag, "spans": each.spans, "text": each.quote, "reads": each.words}


def _line(each: Carried) -> str:
    reads = f" → {shown(each.words)}" if each.words else ""
    return f"{each.coder}, {each.tag} {shown(each.quote)}{reads}"


COMMANDS = (replace_text_command,)
