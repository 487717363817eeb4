"""Commands about the codebook of a project: codebook show, codebook export, codebook update."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from annotator.cli.opening import opened
from annotator.cli.output import say, say_json, say_list
from annotator.errors import AnnotatorError
from annotator.model.codebook import Attribute, Codebook, Example, Rule, Tag
from annotator.model.codebook_diff import Change
from annotator.operations.codebook_files import export_codebook, plain, read_codebook_file
from annotator.operations.codebook_mapping import map_tag
from annotator.operations.codebook_versions import changes_to, update_codebook
from annotator.operations.codebooks import refuse_tags_left_out
from annotator.operations.words import counted
from annotator.storage import queries, version_queries
from annotator.storage.project import Project

PATH = click.Path(path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


@click.group("codebook")
def codebook() -> None:
    """Show, export or update the codebook of a project."""


# ---- show


@codebook.command()
@click.argument("project", type=PATH)
@JSON
def show(project: Path, as_json: bool) -> None:
    """Say what the codebook of PROJECT holds: tags, rules, attributes, relations."""
    with opened(project) as found:
        listed = version_queries.versions(found)
        used = queries.tags_in_use(found)
    if not listed:
        raise AnnotatorError(f"{project.name} has no codebook.")
    current = listed[-1]
    if as_json:
        versions = [{"id": each.id, "parent": each.parent, "version": each.version} for each in listed]
        say_json({"id": current.id, "codebook": plain(current.codebook), "versions": versions, "in_use": used})
    else:
        for line in _lines(current.codebook, used):
            say(line)


def _lines(book: Codebook, used: dict[str, int]) -> Iterator[str]:
    yield f"{book.title} {book.version}"
    yield from _rules("General rules", book.general_rules)
    yield from _rules("Boundaries", book.boundary_rules)
    for tag in book.tags:
        yield ""
        yield from _tag(tag, used.get(tag.id, 0))
    if book.relations:
        yield ""
        yield "Relations"
    for relation in book.relations:
        keys = f" ({' '.join(relation.keys)})" if relation.keys else ""
        ends = f"from {', '.join(relation.from_tags)} to {', '.join(relation.to_tags)}"
        more = [
            "both of one tag" if relation.same_tag else "",
            f"at most {relation.max_per_from}" if relation.max_per_from else "",
            relation.note,
        ]
        yield f"  {relation.id}, {relation.label}{keys}: {'; '.join([ends, *filter(None, more)])}"
        yield from _attributes(relation.attributes, "    ")


def _tag(tag: Tag, number: int) -> Iterator[str]:
    keys = f" ({' '.join(tag.keys)})" if tag.keys else ""
    state = "retired, " if tag.retired else ""
    yield f"{tag.label}{keys} – {tag.id}, {state}{counted(number, 'annotation')}"
    if tag.definition:
        yield f"  {tag.definition}"
    if tag.span:
        yield f"  Span: {tag.span}"
    yield from (f"  {rule.id}: {rule.text}" for rule in tag.rules)
    for title, examples in (("yes", tag.positive), ("no", tag.negative), ("borderline", tag.borderline)):
        yield from (f"  {title}: {_example(example)}" for example in examples)
    yield from _attributes(tag.attributes, "  ")


def _rules(title: str, rules: Iterable[Rule]) -> Iterator[str]:
    listed = [f"  {rule.id}: {rule.text}" for rule in rules]
    if listed:
        yield from ("", title, *listed)


def _example(example: Example) -> str:
    more = "; ".join(filter(None, (example.decision, example.why, example.rule)))
    return example.text + (f" ({more})" if more else "")


def _attributes(attributes: Iterable[Attribute], indent: str) -> Iterator[str]:
    for each in attributes:
        kind = f"list of {each.of}" if each.type == "list" else each.type
        yield f"{indent}{each.name} ({each.id}): {', '.join(each.values) or kind}"


# ---- export


@codebook.command()
@click.argument("project", type=PATH)
@click.argument("file", type=PATH)
@JSON
def export(project: Path, file: Path, as_json: bool) -> None:
    """Write the codebook of PROJECT to FILE: .yaml, .json, or .qdc for other programs (REFI-QDA)."""
    with opened(project) as found:
        lost = export_codebook(found, file)
    if as_json:
        say_json({"file": str(file), "lost": lost})
        return
    say(f"Wrote {file}.")
    say_list("What this format cannot hold:", [f"{what}: {number:,}" for what, number in lost.items()])


# ---- update


@codebook.command()
@click.argument("project", type=PATH)
@click.argument("file", type=PATH)
@click.option(
    "--mark", "marks", multiple=True, metavar="PATH=KIND",
    help="What kind a change is: wording, narrower, wider or new. PATH as the list of changes names it.",
)  # fmt: skip
@click.option(
    "--map", "maps", multiple=True, metavar="OLD=NEW",
    help="Give what carries the tag OLD the tag NEW, whoever made it, and retire OLD.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="List the changes and change nothing.")
@JSON
def update(
    project: Path, file: Path, marks: tuple[str, ...], maps: tuple[str, ...], dry_run: bool, as_json: bool
) -> None:
    """Make the codebook in FILE (.yaml, .qdc, .qdpx) the current one of PROJECT, and list what changes.

    A tag that is in use may be retired or mapped to another, not left out.
    """
    with opened(project) as found:
        current = queries.codebook_version(found)
        read = read_codebook_file(file, current[1] if current else None)
        given = dict(_pair(each, "--mark") for each in marks)
        changes = changes_to(found, read.codebook, given)
        pairs = [_pair(each, "--map") for each in maps]
        refuse_tags_left_out(found, read.codebook, but=[old for old, _ in pairs])
        _check_maps(pairs, read.codebook, current[1] if current else None)
        said = [] if dry_run else _update(found, read.codebook, given, pairs)
    if as_json:
        told = [_plain(each) for each in changes]
        say_json({"changes": told, "warnings": list(read.warnings), "done": said, "dry_run": dry_run})
        return
    say_list(f"{counted(len(changes), 'change')}:", [f"{each.sentence} [{each.kind}: {each.path}]" for each in changes])
    say_list("Worth a look:", read.warnings)
    for each in said or (["Nothing was changed."] if changes else ["The codebook is this one already."]):
        say(each if each.endswith(".") else f"{each}.")


def _check_maps(maps: list[tuple[str, str]], book: Codebook, current: Codebook | None) -> None:
    """Raise AnnotatorError for a mapping that cannot be made, before anything is changed."""
    for old, new in maps:
        for each in (book, current) if book.tag(old) is None else (book,):
            target = each.tag(new) if each else None
            if target is None or target.retired or old == new:
                raise AnnotatorError(f"The tag “{old}” cannot be mapped to “{new}”, which is not there to be set.")


def _update(project: Project, book: Codebook, marks: dict[str, str], maps: list[tuple[str, str]]) -> list[str]:
    """What was done, in words. A tag that the new codebook leaves out is mapped before, another one after."""
    left_out = [pair for pair in maps if book.tag(pair[0]) is None]
    done = [map_tag(project, old, new, retire=False) for old, new in left_out]
    done.append(update_codebook(project, book, marks))
    done += [map_tag(project, old, new) for old, new in maps if (old, new) not in left_out]
    done = [each for each in done if each.history]
    return [*(each.said for each in done), *(warning for each in done for warning in each.warnings)]


def _pair(text: str, option: str) -> tuple[str, str]:
    left, sign, right = text.rpartition("=")
    if not sign or not left or not right:
        raise click.UsageError(f"{option} takes two parts with = between them, not “{text}”.")
    return left, right


def _plain(change: Change) -> dict[str, str]:
    return {
        "path": change.path,
        "kind": change.kind,
        "before": change.before,
        "after": change.after,
        "sentence": change.sentence,
    }


COMMANDS = (codebook,)
