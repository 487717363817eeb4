"""A lead, two coders and some articles: what sharing and merging are tried on. Real files, the product's operations."""

from collections.abc import Sequence
from pathlib import Path

from annotator.operations.annotations import tag_span
from annotator.operations.coders import add_coder
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.storage import queries
from annotator.storage.ids import text_id
from annotator.storage.project import Project

TEXTS = (
    "Ferry talks resume\n\nThe ferry talks went on, said Ilka Dornath.\n",
    "Bridge closed again\n\nAbout 40 lorries waited on Monday.\n",
    "Harbour strike\n\nDockers demand higher pay, said the union.\n",
    "Storm warning\n\nThe ministry warned of floods in Sellen.\n",
)


def lead_project(folder: Path, names: Sequence[str] = ("Lead", "Anna", "Ben"), texts: Sequence[str] = TEXTS) -> Project:
    """A new project of these people with these articles."""
    articles = folder / "articles"
    articles.mkdir()
    for number, text in enumerate(texts, 1):
        (articles / f"article{number}.txt").write_text(text, "utf-8")
    project = create_project(folder / "news.annotator", title="News")
    for name in names:
        add_coder(project, name)
    import_paths(project, [articles])
    return project


def key(project: Project, name: str) -> int:
    """The key of the coder with this name."""
    return next(each.key for each in queries.coders(project) if each.name == name)


def article(project: Project, number: int) -> int:
    """The key of an article by its place in TEXTS, from 0."""
    return next(each.key for each in queries.documents(project) if each.id == text_id(TEXTS[number]))


def tag(project: Project, name: str, number: int, words: str, kind: str) -> int:
    """Let a coder tag the first place where these words stand; returns the annotation's key."""
    document = article(project, number)
    start = queries.text_of(project, document).index(words)
    made = tag_span(project, document, key(project, name), kind, [(start, start + len(words))])
    assert made.current is not None
    return made.current


def tagged(project: Project, name: str, number: int) -> list[tuple[str, str]]:
    """(tag, words) of a coder's annotations on an article."""
    found = queries.annotations_of(project, article(project, number), key(project, name))
    return [(each.tag, each.quote) for each in found]
