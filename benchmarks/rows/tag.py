"""Tagging by a key in the window, and taking it back: from the key press until it is on disk and painted."""

import gc
from dataclasses import dataclass, field
from itertools import cycle

from annotator.operations.proposal_settings import set_proposals

from .. import floors
from ..bench import Bench, Row
from ..coding import TAG, Coder, free_words
from ..corpus import CODER, Article
from ..measure import Figure, Goal, growth, median, p95, timed
from ..projects import project_with
from ..windows import main_window, until

PROPOSED = (250, 1_000)  # annotations of documents in which something is proposed too: of the smaller about 1,000


def run(bench: Bench) -> list[Figure]:
    """Tag and undo in documents of each size, in turns with one bare FULL commit of the same row.

    Growth is that of the processor time: the disk's is the same at every size, and would hide it.
    """
    figures: list[Figure] = []
    work: dict[str, dict[int, float]] = {"tag": {}, "undo": {}}
    for size in bench.sizes:
        taken, bare, _ = _at(bench, bench.corpus.large(size))
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
    return [
        *figures,
        *_beside_proposals(bench),
        *(growth(f"{act}, processor time", by_size, 0.1) for act, by_size in work.items()),
    ]


def _beside_proposals(bench: Bench) -> list[Figure]:
    """Tagging while proposals are drawn and found anew after each act, beside the same document without."""
    figures = []
    for size in PROPOSED[:1] if bench.quick else PROPOSED:
        for proposing in (False, True) if size not in bench.sizes else (True,):
            taken, bare, offered = _at(bench, bench.corpus.large(size), proposing=proposing)
            times, what = taken["tag"], f"tag, {size:,} annotations and {f'{offered:,}' if offered else 'no'} proposals"
            n = len(times.whole)
            figures += [
                Figure(what, median(times.whole), "ms", n, median(bare), Goal(1, 8)),
                Figure(f"{what}, p95", p95(times.whole), "ms", n, p95(bare), Goal(1, 14)),
                Figure(f"{what}, processor time of that", median(times.processor), "ms", n),
            ]
    return figures


@dataclass
class _Times:
    whole: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    followed: list[float] = field(default_factory=list)


def _at(bench: Bench, article: Article, *, proposing: bool = False) -> tuple[dict[str, _Times], list[float], int]:
    """Times by act, those of a bare commit, and how many proposals were shown at first."""
    path = bench.folder / f"tag{len(article.spans)}{'-proposed' if proposing else ''}.annotator"
    with project_with(path, [article]) as project:
        set_proposals(project, proposing)
    taken = {"tag": _Times(), "undo": _Times()}
    bare: list[float] = []
    floor = bench.folder / f"floor{'-proposed' if proposing else ''}.db"
    with main_window(path) as window, floors.bare_file(floor) as connection:
        window.desk.workspace.become(CODER)
        proposals = window.desk.proposals
        if proposing:
            until(lambda: len(proposals) > 0, "proposed")
        offered = len(proposals)
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
    return taken, bare, offered


ROW = Row("tag", "Key press → committed (FULL) and repainted", run)
