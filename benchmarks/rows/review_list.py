"""Opening the list of disagreements: two readings of each article, paired and told apart."""

import json
import random

from annotator.operations import reviewing

from .. import floors
from ..bench import Bench, Row
from ..corpus import Article
from ..measure import Figure, Goal, growth, interleaved, median
from ..projects import project_of_lines

_EACH = 50  # annotations of an article and coder
_CODERS = ("Coder A", "Coder B")


def run(bench: Bench) -> list[Figure]:
    """Compare all articles of projects of several sizes, in turns with reading the same rows and nothing more."""
    figures: list[Figure] = []
    whole: dict[int, float] = {}
    sizes = (20, 100) if bench.quick else (100, 300, 1_000)
    for documents in sizes:
        listed, first, floor = _at(bench, documents)
        whole[documents] = median(listed)
        goal = Goal(plus=1_000) if documents == 1_000 else None
        what = f"{documents:,} articles × 2 coders × {_EACH} annotations"
        figures.append(Figure(what, whole[documents], "ms", len(listed), median(floor), goal))
        figures.append(Figure(f"the first 100 of {documents:,}", median(first), "ms", len(first)))
    return [*figures, growth("list", whole, 1.1)]


def _at(bench: Bench, documents: int) -> tuple[list[float], list[float], list[float]]:
    lines = [_line(article, number) for number, article in enumerate(bench.corpus.articles(documents, _EACH))]
    with project_of_lines(bench.folder / "review.annotator", lines) as project:
        keys = reviewing.documents_to_review(project)
        if len(keys) != documents or not all(each.cases for each in reviewing.review(project, keys)):
            raise AssertionError("the project has nothing to review")
        listed, floor = interleaved(
            lambda: list(reviewing.review(project, reviewing.documents_to_review(project))),
            lambda: floors.read_marks(project.connection),
            bench.runs(7),
        )
        first, _ = interleaved(
            lambda: next(reviewing.review(project, keys)), lambda: floors.read_marks(project.connection), bench.runs(7)
        )
    return listed, first, floor


def _line(article: Article, seed: int) -> str:
    """An article as a line with two readings: the second agrees in two of three, has other edges, or has nothing."""
    chance = random.Random(seed)
    annotations = []
    taken = {(end, tag) for _, end, tag in article.spans}
    for start, end, tag in article.spans:
        annotations.append({"coder": _CODERS[0], "tag": tag, "spans": [[start, end]]})
        turn = chance.random()
        if turn < 0.9:
            other = end if turn < 0.66 else min(end + chance.randint(1, 12), len(article.text))
            other = end if (other, tag) in taken else other
            taken.add((other, tag))
            annotations.append({"coder": _CODERS[1], "tag": tag, "spans": [[start, other]]})
    readings = [{"coder": coder, "kind": "own", "state": "done"} for coder in _CODERS]
    return json.dumps({"text": article.text, "readings": readings, "annotations": annotations}) + "\n"


ROW = Row("review_list", "List of disagreements", run, window=False)
