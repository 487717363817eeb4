"""Searching articles: the best ones with the words around each place, a common word, a regular expression."""

from itertools import islice, takewhile
from pathlib import Path

from annotator.operations.imports import import_paths
from annotator.operations.searching import Search, search_everything
from annotator.storage.concordance import TEXT, Place
from annotator.storage.project import Project

from .. import floors
from ..bench import Bench, Row
from ..measure import Figure, Goal, growth, interleaved, median, timed
from ..projects import big_project, new_project

_BEST = 50
_WORDS = "Ankara AND Warsaw"
_COMMON = "talks"
_PATTERN = r"\d{1,3}(,\d{3})+ \w+"


def run(bench: Bench) -> list[Figure]:
    """The best articles of several sizes in turns with FTS5 alone; and in a large project the first and all places."""
    figures: list[Figure] = []
    whole: dict[int, float] = {}
    for documents in (200, 1_000) if bench.quick else (1_000, 3_000, 10_000):
        with new_project(bench.folder / "search.annotator") as project:
            import_paths(project, [bench.corpus.text_files(documents)])
            figures += _best(bench, project, documents)
            whole[documents] = median(timed(lambda: _all(project, Search(_COMMON, where=(TEXT,)))) for _ in range(3))
    figures.append(growth("every place of a common word", whole, 1.1))
    return [*figures, *_large(big_project(2_000 if bench.quick else 100_000, 10))]


def _best(bench: Bench, project: Project, documents: int) -> list[Figure]:
    figures = []
    for words, match in ((_COMMON, _COMMON), (_WORDS, _WORDS)):
        search = Search(words, where=(TEXT,))
        ours_found = {each.document for each in _first(project, search)}
        bare_found = {key for key, _ in floors.search(project.connection, match, documents)}
        if not ours_found or not ours_found <= bare_found:
            raise AssertionError("the articles are not those that FTS5 finds")
        ours, floor = interleaved(
            lambda search=search: _first(project, search),
            lambda match=match: floors.search(project.connection, match, _BEST),
            bench.runs(30),
        )
        goal = Goal(factor=2) if documents == 10_000 else None
        what = f"“{words}” in {documents:,} articles: the {_BEST} best, with the words around"
        figures.append(Figure(what, median(ours), "ms", len(ours), median(floor), goal))
    return figures


def _large(path: Path) -> list[Figure]:
    """A large project: until something is there, and until all is; a regular expression beside the bare engine."""
    with Project.open(path, read_only=True) as project:
        documents = project.rows("SELECT count(*) FROM document")[0][0]
        common, pattern = Search(_COMMON, where=(TEXT,)), Search(_PATTERN, regex=True, where=(TEXT,))
        first = median(timed(lambda: list(islice(search_everything(project, common), 40))) for _ in range(3))
        best = median(
            timed(lambda: list(islice(search_everything(project, common, best_first=True), 40))) for _ in range(3)
        )
        begun = median(timed(lambda: list(islice(search_everything(project, pattern), 40))) for _ in range(3))
        some = 20_000 if documents > 20_000 else documents
        number = len(floors.match(project.connection, _PATTERN, some))
        ours, floor = interleaved(
            lambda: list(islice(search_everything(project, pattern), number)),
            lambda: floors.match(project.connection, _PATTERN, some),
            3,
        )
        every = timed(lambda: _all(project, common))
    return [
        Figure(f"{documents:,} articles: the first 40 places of a common word", first, "ms", 3),
        Figure(f"{documents:,} articles: the same, best articles first", best, "ms", 3),
        Figure(f"{documents:,} articles: every place of a common word", every, "ms", 1),
        Figure(f"{documents:,} articles: the first 40 places of a regular expression", begun, "ms", 3),
        Figure(f"a regular expression in {some:,} articles", median(ours), "ms", len(ours), median(floor)),
    ]


def _first(project: Project, search: Search) -> list[Place]:
    """The places in the best articles."""
    seen: set[int] = set()

    def is_wanted(place: Place) -> bool:
        seen.add(place.document)
        return len(seen) <= _BEST

    return list(takewhile(is_wanted, search_everything(project, search, best_first=True)))


def _all(project: Project, search: Search) -> int:
    return sum(1 for _ in search_everything(project, search))


ROW = Row("search", "Search", run, window=False)
