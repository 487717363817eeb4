"""Tagging by a key in the window, and taking it back: from the key press until it is on disk and painted."""

import gc
from itertools import cycle

from .. import floors
from ..bench import Bench, Row
from ..coding import TAG, Coder, free_words
from ..corpus import CODER, Article
from ..measure import Figure, Goal, growth, median, p95, timed
from ..projects import project_with
from ..windows import main_window


def run(bench: Bench) -> list[Figure]:
    """Tag and undo in documents of each size, in turns with one bare FULL commit of the same row."""
    figures: list[Figure] = []
    typical: dict[str, dict[int, float]] = {"tag": {}, "undo": {}}
    for size in bench.sizes:
        times = _at(bench, bench.corpus.large(size))
        bare = times.pop("floor")
        for act, taken in times.items():
            typical[act][size] = median(taken)
            what = f"{act}, {size:,} annotations"
            goals = (Goal(1, 8), Goal(1, 14)) if act == "tag" else (None, None)
            figures += [
                Figure(what, median(taken), "ms", len(taken), median(bare), goals[0]),
                Figure(f"{what}, p95", p95(taken), "ms", len(taken), p95(bare), goals[1]),
            ]
    return [*figures, *(growth(act, by_size, 0.1) for act, by_size in typical.items())]


def _at(bench: Bench, article: Article) -> dict[str, list[float]]:
    runs = bench.runs(100)
    path = bench.folder / f"tag{len(article.spans)}.annotator"
    project_with(path, [article]).close()
    times: dict[str, list[float]] = {"tag": [], "undo": [], "floor": []}
    with main_window(path) as window, floors.bare_file(bench.folder / "floor.db") as connection:
        window.desk.workspace.become(CODER)
        coder, spans, reading = Coder(window, article), cycle(free_words(article)), floors.fill(connection, article)

        def commit() -> float:
            start, end = next(spans)
            return timed(lambda: floors.commit_one(connection, reading, start, end, TAG, article.text[start:end]))

        gc.collect()
        for act in ("tag", "undo"):
            for _ in range(runs):
                times[act].append(coder.tag() if act == "tag" else coder.undo())
                times["floor"].append(commit())
    return times


ROW = Row("tag", "Key press → committed (FULL) and repainted", run)
