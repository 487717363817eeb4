"""Articles that are nearly the same, as agency copy in several papers is: pointed out, never dropped."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotator.formats.report import Report
from annotator.model.near_duplicates import Sketcher, groups
from annotator.model.rows import Document
from annotator.operations.near_process import Page, groups_beside
from annotator.operations.progress import Progress, silent
from annotator.operations.words import counted, shown
from annotator.storage import audit, queries, totals, turns
from annotator.storage.project import Project

AT_IMPORT = 20_000  # articles of a project up to which an import looks for them; all are sketched, new and old
_NAMED = 3  # of a group
_FEW = 500  # articles that take less time than a process needs to begin
_PAGE = 50  # articles that are sketched at once: a twentieth of a second


@dataclass(frozen=True)
class Alike:
    """Articles that are nearly the same, in the order of the list; no other article of the project is like them."""

    documents: tuple[Document, ...]

    def __str__(self) -> str:
        named = ", ".join(_named(each) for each in self.documents[:_NAMED])
        others = len(self.documents) - _NAMED
        return f"{named} and {counted(others, 'other')}" if others > 0 else named

    def as_json(self) -> list[dict[str, Any]]:
        """The keys that `annotator check --json` prints."""
        return [
            {"id": each.id, "title": each.title, "outlet": each.outlet, "date": each.date} for each in self.documents
        ]


def near_duplicates(project: Project, *, progress: Progress = silent) -> tuple[Alike, ...]:
    """Groups of articles that are nearly the same; whoever keeps groups together parts none that are alike.

    Raises Cancelled when `progress` does.
    """
    if totals.documents(project) > _FEW:
        found = _found_beside(project, progress)
    else:
        sketcher = Sketcher()
        pages = _pages(project, progress)
        found = list(groups((key, sketcher.sketch(text)) for page in pages for key, text in page))
    known = {each.key: each for each in queries.documents(project, [key for group in found for key in group])}
    listed = (tuple(known[key] for key in group if key in known) for group in found)
    return tuple(Alike(documents) for documents in listed if len(documents) > 1)


def newest(project: Project) -> int:
    """The key of the newest article, 0 without any: to tell those that an import adds."""
    return max(queries.document_keys(project, None), default=0)


def warn_of_near_duplicates(project: Project, after: int, report: Report, *, progress: Progress = silent) -> int:
    """Point out in the report which new articles, those with a key above `after`, are nearly the same as others.

    Returns how many. A project of more than AT_IMPORT articles is not looked through.
    """
    if not report.documents or totals.documents(project) > AT_IMPORT:
        return 0
    met = 0
    for alike in near_duplicates(project, progress=progress):
        new = [each for each in alike.documents if each.key > after]
        if new:
            met += len(new)
            others = Alike(tuple(each for each in alike.documents if each is not new[0]))
            report.warn(_named(new[0]), f"nearly the same text as {others}")
    return met


def _found_beside(project: Project, progress: Progress) -> list[tuple[int, ...]]:
    told = (0, totals.documents(project))

    def tell(done: int, total: int) -> None:
        nonlocal told
        told = done, total
        progress(done, total)

    return groups_beside(_pages(project, tell), lambda: progress(*told))


def _pages(project: Project, progress: Progress) -> Iterator[Page]:
    """The texts of all articles by their keys, page by page."""
    page: Page = []
    total = totals.documents(project)
    for done, (key, _, _, _, text, deleted) in enumerate(audit.documents(project), 1):
        if text is not None and not deleted:
            page.append((key, text))
        if len(page) == _PAGE:
            yield page
            page = []
            turns.give_way(project.path)
            progress(done, max(done, total))
    yield page


def _named(document: Document) -> str:
    title = shown(document.title, 60)
    where = ", ".join(each for each in (document.outlet, document.date) if each)
    return f"{title} ({where})" if where else title
