"""Searching everything: what is looked for and where, as it is saved too, and what a person may find."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotator.errors import AnnotatorError
from annotator.model.search_query import parse_query
from annotator.operations.rounds import hidden_documents
from annotator.storage import queries
from annotator.storage.concordance import NOTES, TEXT, Narrowed, Place, find_pattern, find_words
from annotator.storage.project import Project

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True)
class Search:
    """Words or a regular expression, and where they are looked for; what is left empty narrows nothing.

    `where` are values of `storage.concordance.EVERYWHERE`, `coders` ids, `attributes` pairs of id and value. `since`
    and `until` are dates of articles, as exact as one likes: 2024, 2024-03, 2024-03-18.
    """

    words: str
    regex: bool = False
    where: tuple[str, ...] = (TEXT, NOTES)
    tags: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    since: str = ""
    until: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether anything but words and places is asked for."""
        return bool(self.tags or self.coders or self.attributes or self.since or self.until)


def search_everything(
    project: Project,
    search: Search,
    viewer: int | None = None,
    *,
    best_first: bool = False,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[Place]:
    """Each place with the words around it, as it is found; articles as in the list, or those that fit best first.

    `viewer` is the coder who looks, in a package whom it was made for: as long as coders see nobody else's work on an
    article, only the viewer's own annotations are found there. `meanwhile` is called every moment, and may raise to
    stop it. Raises BadExpression for words that cannot be understood, AnnotatorError for a date or coder that is none,
    and for a regular expression that does not end.
    """
    query = None if search.regex else parse_query(search.words)
    if search.regex and not search.words:
        raise AnnotatorError("There is nothing to look for: type words or a regular expression.")
    narrowed = _narrowed(project, search, viewer if viewer is not None else project.package_coder)
    if query is None:
        return find_pattern(project, search.words, narrowed, meanwhile=meanwhile)
    return find_words(project, query, narrowed, best_first=best_first, meanwhile=meanwhile)


def own_tags(project: Project, document: int, coder: int | None) -> list[tuple[int, int, str]]:
    """(start, end, tag) of each annotation that a coder has made in a document: what search results are marked with."""
    return [(*each.outer, each.tag) for each in queries.annotations_of(project, document, coder)]


def _narrowed(project: Project, search: Search, viewer: int | None) -> Narrowed:
    for date in (search.since, search.until):
        if date and not _DATE.fullmatch(date):
            raise AnnotatorError(f"A date is written as 2024, 2024-03 or 2024-03-18, not “{date}”.")
    known = {each.id: each.key for each in queries.coders(project)}
    if any(coder not in known for coder in search.coders):
        raise AnnotatorError("The coder that this search asks for is not in the project.")
    narrowed = Narrowed(
        search.where,
        search.tags,
        [known[coder] for coder in search.coders],
        dict(search.attributes),
        search.since,
        search.until,
        viewer,
    )
    if search.where == (TEXT,) and not narrowed.by_annotation:
        return narrowed
    hidden = hidden_documents(project, queries.document_keys(project, None), viewer)
    return Narrowed(**{**vars(narrowed), "hidden": frozenset(hidden)})
