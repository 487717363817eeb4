"""Tagging by a key in the window, and taking it back: from the key press until it is on disk and painted."""

import gc
from dataclasses import dataclass, field
from itertools import cycle

from .. import floors
from ..bench import Bench, Row
from ..coding import TAG, Coder, free_words
from ..corpus import CODER, Article
from ..measure import Figure, Goal, growth, median, p95, timed
from ..projects import project_with
from ..windows import main_window


def run(bench: Bench) -> list[Figure]:
    """Tag and undo in documents of each size, in turns with one bare FULL commit of the same row.

    Growth is that of the processor time: the disk's is the same at every size, and would hide it.
    """
    figures: list[Figure] = []
    work: dict[str, dict[int, float]] = {"tag": {}, "undo": {}}
    for size in bench.sizes:
        taken, bare = _at(bench, bench.corpus.large(size))
        for act, times in taken.items():
            work[act][size] = median(times.processor)
            what, n = f"{act}, {size:,} annotations", len(times.whole)
            goals = (Goal(1, 8), Goal(1, 14)) if act == "tag" else (None, None)
            figures += [
                Figure(what, median(times.whole), "ms", n, median(bare), goals[0]),
                Figure(f"{what}, p95", p95(times.whole), "ms", n, p95(bare), goals[1]),
                Figure(f"{what}, processor time of that", work[act][size], "ms", n),
                Figure(f"{what}, lists and counts beside the article too", median(times.followed), "ms", n),
            ]
    return [*figures, *(growth(f"{act}, processor time", by_size, 0.1) for act, by_size in work.items())]


@dataclass
class _Times:
    whole: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    followed: list[float] = field(default_factory=list)


def _at(bench: Bench, article: Article) -> tuple[dict[str, _Times], list[float]]:
    path = bench.folder / f"tag{len(article.spans)}.annotator"
    project_with(path, [article]).close()
    taken = {"tag": _Times(), "undo": _Times()}
    bare: list[float] = []
    with main_window(path) as window, floors.bare_file(bench.folder / "floor.db") as connection:
        window.desk.workspace.become(CODER)
        coder, spans, reading = Coder(window, article), cycle(free_words(article)), floors.fill(connection, article)

        def commit() -> None:
            start, end = next(spans)
            floors.commit_one(connection, reading, start, end, TAG, article.text[start:end])

        gc.collect()
        for act, times in taken.items():
            for _ in range(bench.runs(100)):
                times.whole.append(coder.tag() if act == "tag" else coder.undo())
                times.processor.append(coder.processor)
                times.followed.append(coder.followed)
                bare.append(timed(commit))
    return taken, bare


ROW = Row("tag", "Key press → committed (FULL) and repainted", run)
