"""Commands that look through a project: search, propose."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from annotator.cli.opening import coder_named, opened
from annotator.cli.output import Meter, say, say_json, say_table
from annotator.errors import AnnotatorError
from annotator.model.search_query import parse_query
from annotator.operations.learning import learn, most_teaching
from annotator.operations.proposing import find_proposals, prepare
from annotator.operations.saved_searches import saved_searches, search_named
from annotator.operations.searching import Search, search_everything
from annotator.propose import PROPOSERS, Proposal
from annotator.propose.learned import NAME, Learned
from annotator.storage import queries
from annotator.storage.concordance import EVERYWHERE, Place
from annotator.storage.project import Project

PATH = click.Path(path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
DOCUMENT = click.option("--document", metavar="N", help="Only the N-th document of the list, or the one with this id.")
CODER = click.option("--coder", "name", metavar="NAME", help="For this coder, by what this coder has coded.")


# ---- search


@click.command()
@click.argument("project", type=PATH)
@click.argument("query", required=False, default="")
@click.option("--saved", metavar="NAME", help="Look for what is saved under this name.")
@click.option("--list-saved", is_flag=True, help="Only list the saved searches.")
@click.option("--regex", is_flag=True, help="QUERY is a regular expression.")
@click.option(
    "--in", "where", type=click.Choice(EVERYWHERE), multiple=True,
    help="Where to look, “annotations” being the words that are tagged; else in texts and notes.",
)  # fmt: skip
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only in annotations with this tag; can be repeated.")
@click.option("--coder", "coders", multiple=True, metavar="NAME", help="Only in annotations of this coder.")
@click.option(
    "--attribute", "attributes", multiple=True, metavar="ID=VALUE", help="Only in annotations with this value."
)
@click.option("--since", default="", metavar="DATE", help="Only articles of this date and later.")
@click.option("--until", default="", metavar="DATE", help="Only articles of this date and earlier.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Not more than N places.")
@click.option("--best-first", is_flag=True, help="Articles by how well the words fit, not as in the list.")
@JSON
def search(
    project: Path, query: str, saved: str | None, list_saved: bool, limit: int | None, best_first: bool, as_json: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Find QUERY in the articles and notes of PROJECT (or in attributes), each place with the words around it.

    Words beside each other must all be there; "phrases", AND, OR, NOT, (brackets), NEAR(one two, 5) and begin* are
    understood. Case and accents make no difference, but in a regular expression.
    """
    if bool(query) + (saved is not None) + list_saved != 1:
        raise click.UsageError("Give a QUERY, or the name of a saved search with --saved, or --list-saved.")
    if query and not options["regex"]:
        parse_query(query)
    with opened(project) as found:
        if list_saved:
            _say_saved(saved_searches(found), as_json=as_json)
            return
        wanted = _search(found, query, **options)
        if saved is not None:
            wanted = _narrowed(search_named(found, saved), wanted)
        hits = search_everything(found, wanted, best_first=best_first)
        _say_hits(_first(hits, limit), as_json=as_json)


def _search(
    project: Project, query: str, *, coders: tuple[str, ...], attributes: tuple[str, ...], **given: Any
) -> Search:
    ids = {each.key: each.id for each in queries.coders(project)}
    return Search(
        query,
        coders=tuple(ids[coder_named(project, name).key] for name in coders),
        attributes=tuple(map(_pair, attributes)),
        **{name: value for name, value in given.items() if value},
    )


def _narrowed(saved: Search, given: Search) -> Search:
    """A saved search with what else was asked for in its place."""
    usual = Search("")
    return replace(saved, **{name: value for name, value in vars(given).items() if value != getattr(usual, name)})


def _say_saved(found: Mapping[str, Search], *, as_json: bool) -> None:
    if as_json:
        say_json([{"name": name, **asdict(search)} for name, search in found.items()])
        return
    say_table([[name, search.words] for name, search in found.items()])


def _first(hits: Iterator[Place], limit: int | None) -> Iterator[Place]:
    for number, hit in enumerate(hits):
        if number == limit:
            return
        yield hit


def _say_hits(hits: Iterable[Place], *, as_json: bool) -> None:
    """Each as it is found. The list of JSON begins with the first, so that a bad expression prints nothing."""
    number = 0
    for number, hit in enumerate(hits, 1):
        if as_json:
            click.echo(("[\n " if number == 1 else ",\n ") + json.dumps(_plain(hit)), nl=False)
        else:
            field = "" if hit.where == "text" else f" ({hit.where})"
            said = f"{' '.join(hit.before.split())} [{' '.join(hit.match.split())}] {' '.join(hit.after.split())}"
            say(f"{hit.title or hit.document_id[:12]} {hit.start}–{hit.end}{field}: {said}")
    if as_json:
        click.echo("\n]" if number else "[]")


def _plain(hit: Place) -> dict[str, Any]:
    told: dict[str, Any] = {
        "document": hit.document_id,
        "start": hit.start,
        "end": hit.end,
        "before": hit.before,
        "match": hit.match,
        "after": hit.after,
    }
    if hit.marks:
        told["annotations"] = [{"tag": each.tag, "coder": each.coder, "gold": each.gold} for each in hit.marks]
    return told if hit.where == "text" else {**told, "in": hit.where}


def _pair(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals or not name.strip():
        raise click.UsageError(f"--attribute takes ID=VALUE, not “{given}”.")
    return name.strip(), value


# ---- propose


@click.command()
@click.argument("project", type=PATH)
@DOCUMENT
@CODER
@click.option(
    "--from", "names", type=click.Choice([each.name for each in PROPOSERS]), multiple=True,
    help="Only what this proposer finds; can be repeated.",
)  # fmt: skip
@click.option("--teaching", is_flag=True, help="Instead: which articles would teach most, and how well it has learned.")
@JSON
def propose(
    project: Path, document: str | None, name: str | None, names: tuple[str, ...], teaching: bool, as_json: bool
) -> None:
    """Print the spans that may deserve a tag in the documents of PROJECT; nothing is changed.

    --from learned trains on what is coded and done, which takes a while; without it that proposer is left out. Whether
    coders see proposals is said in the window, by the lead.
    """
    with opened(project) as found, Meter("Learning", quiet=as_json) as meter:
        coder = coder_named(found, name).key if name is not None else None
        learned = learn(found, coder, progress=meter) if teaching or NAME in names else None
        if teaching and learned is not None:
            _say_teaching(found, coder, learned, as_json=as_json)
            return
        keys = [_document(found, document)] if document is not None else queries.document_keys(found, None)
        ready = prepare(found, keys[0] if document is not None else 0, coder, names or None, learned)
        proposed = [(key, find_proposals(found, key, coder, ready)) for key in keys]
        texts = {key: queries.text_of(found, key) for key, listed in proposed if listed and not as_json}
        titles = {each.key: each for each in queries.documents(found, set(keys))}
    if as_json:
        say_json([_told(titles[key].id, each) for key, listed in proposed for each in listed])
        return
    for key, listed in proposed:
        if listed:
            say(f"{titles[key].title or titles[key].id[:12]}:")
            say_table([[each.tag, f"{each.score:.2f}", each.by, _words(texts[key], each)] for each in listed])


def _told(document: str, proposal: Proposal) -> dict[str, Any]:
    start, end = proposal.outer
    told = {"document": document, "start": start, "end": end, "tag": proposal.tag, "from": proposal.by}
    return {**told, "score": round(proposal.score, 3)}


def _words(text: str, proposal: Proposal) -> str:
    words = " ".join(text[proposal.outer.start : proposal.outer.end].split())
    return words if len(words) <= 70 else words[:69] + "…"


def _document(project: Project, asked: str) -> int:
    """The document of this number in the list, or with this id or the beginning of it."""
    keys = queries.document_keys(project, None)
    if asked.isdigit() and 1 <= int(asked) <= len(keys):
        return keys[int(asked) - 1]
    found = [each.key for each in queries.documents(project) if len(asked) >= 6 and each.id.startswith(asked.lower())]
    if len(found) != 1:
        raise AnnotatorError(f"There is no document {asked} in this project, which has {len(keys):,}.")
    return found[0]


def _say_teaching(project: Project, coder: int | None, learned: Learned, *, as_json: bool) -> None:
    found = most_teaching(project, coder, learned)
    ids = {each.key: each.id for each in queries.documents(project, {each.document for each in found})}
    models = [
        {"tag": each.tag, "f1": round(each.f1, 3), "articles": each.articles, "spans": each.spans, "on": each.is_on}
        for each in learned.models.values()
    ]
    articles: list[dict[str, Any]] = [
        {"document": ids[each.document], "title": each.title, "worth": each.worth} for each in found
    ]
    if as_json:
        say_json({"learned": models, "articles": articles})
        return
    if not models:
        say("There is not enough coded yet to learn from.")
    for each in learned.models.values():
        state = "" if each.is_on else "; too little, so it is switched off"
        say(f"{each.tag}: F1 {each.f1:.2f} on held-out articles of {each.articles}{state}")
    for article in articles:
        say(f"  {article['worth']:.1f}  {article['title'] or article['document'][:12]}")


COMMANDS = (search, propose)
