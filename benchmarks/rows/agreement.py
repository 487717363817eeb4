"""Agreement of two coders: all measures but gamma, and alpha of tokens beside krippendorff and nltk."""

import random
from collections.abc import Sequence
from functools import partial
from typing import Any

from annotator.agreement import MEASURES, Annotation, Document, Measure, Reading, Result, agreement, bootstrap
from annotator.agreement.coverage_measures import ALPHA_TOKEN
from annotator.model.span import Span

from .. import peers
from ..bench import Bench, Row
from ..measure import Figure, Goal, growth, median, timed

_EACH = 50  # annotations of a document and coder
_ALL = [each for each in MEASURES if each.over == "documents" and each.extra is None]
_NLTK = 100  # documents: it takes too long for more

Lines = list[dict[str, Any]]


def run(bench: Bench) -> list[Figure]:
    """All measures of all tags at several sizes; then one of them beside others on the same readings."""
    figures: list[Figure] = []
    totals: dict[int, float] = {}
    sizes = (20, 100) if bench.quick else (100, 300, 1_000)
    for size in sizes:
        asked = _Asked(_two_coders(bench, size))
        times = [timed(partial(asked.agreement, _ALL)) for _ in range(bench.runs(5))]
        bare = [timed(partial(asked.agreement, _ALL, draws=0)) for _ in range(bench.runs(5))]
        totals[size] = median(times)
        goal = Goal(plus=500) if size == 1_000 else None
        what = f"all measures but gamma, {size:,} documents × {_EACH} × 2"
        figures += [
            Figure(what, totals[size], "ms", len(times), goal=goal, note="with intervals"),
            Figure(what, median(bare), "ms", len(bare), note="values alone"),
        ]
    figures.append(growth("all measures but gamma", totals, 1.1))
    return [*figures, *_beside(bench, "krippendorff", sizes[-1]), *_beside(bench, "nltk", min(_NLTK, sizes[-1]))]


def _beside(bench: Bench, peer: str, size: int) -> list[Figure]:
    lines = _two_coders(bench, size)
    asked = _Asked(lines)
    tags = sorted({tag for line in lines for _, _, tag in line["A"]})
    told = peers.answered(peer, {"documents": lines, "tags": tags, "runs": 2})
    times = [timed(lambda: asked.agreement([ALPHA_TOKEN], draws=0)) for _ in range(bench.runs(5))]
    if told is not None:
        ours = {each.tag: each.value for each in asked.agreement([ALPHA_TOKEN], draws=0)}
        if any(abs((ours[tag] or 0) - value) > 1e-9 for tag, value in zip(tags, told[1], strict=True)):
            raise AssertionError(f"{peer} has other values")
    note = f"beside {peer}" if told is not None else f"{peer} is not installed"
    what = f"alpha of tokens, {len(tags)} tags, {size:,} documents"
    return [Figure(what, median(times), "ms", len(times), median(told[0]) if told else None, note=note)]


class _Asked:
    """Documents that remember nothing of the run before."""

    def __init__(self, lines: Lines) -> None:
        self._annotations = [
            (line["text"], {coder: [Annotation(tag, (Span(*pair),)) for *pair, tag in line[coder]] for coder in "AB"})
            for line in lines
        ]

    def agreement(self, measures: Sequence[Measure], draws: int = bootstrap.DRAWS) -> list[Result]:
        """What the measures say."""
        documents = [
            Document(text, {coder: Reading(found) for coder, found in readings.items()})
            for text, readings in self._annotations
        ]
        return agreement(documents, measures, draws=draws)


def _two_coders(bench: Bench, size: int) -> Lines:
    """The seeded articles with their spans, and a second coder who marks most of it alike."""
    chance = random.Random(size)
    lines: Lines = []
    for article in bench.corpus.articles(size, _EACH):
        other = []
        for start, end, tag in article.spans:
            drawn = chance.random()
            if drawn < 0.7:
                other.append((start, end, tag))
            elif drawn < 0.9:
                longer = min(len(article.text), end + chance.randint(0, 8))
                other.append((max(0, start - chance.randint(0, 8)), longer, tag))
            else:
                other.append((start, end, chance.choice(article.spans)[2]))
        lines.append({"text": article.text, "A": article.spans, "B": other})
    return lines


ROW = Row("agreement", "Agreement of two coders", run, window=False)
