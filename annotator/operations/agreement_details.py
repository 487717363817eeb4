"""What lies behind a number of agreement: which tags are taken for which, which articles are hard, how it changes."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil
from typing import Any, NamedTuple

from annotator.agreement import Document, Measure, Result, agreement
from annotator.agreement.sample_size import RELIABLE, TENTATIVE, codings_needed
from annotator.model.pairing import pair_two
from annotator.model.span import Span, Spans
from annotator.operations.agreement import FIRST
from annotator.operations.agreement_readings import Article, Material
from annotator.operations.progress import Progress, silent
from annotator.operations.weeks import week_of

NONE = ""  # in the table of confusion: where one of the two has nothing
_DRAWS, _FEWEST = 200, 5  # draws for the interval of a stage, and articles below which it would look too sure
_QUOTE = 120  # code points of a span that are shown


class Meeting(NamedTuple):
    """What two coders have at one place; no spans where one has nothing. `document` is a key, `coders` are names."""

    document: int
    title: str
    coders: tuple[str, str]
    first: Spans
    second: Spans
    quote: str

    @property
    def outer(self) -> Span:
        """The stretch of text, in code points."""
        spans = (*self.first, *self.second)
        return Span(min(each[0] for each in spans), max(each[1] for each in spans))


@dataclass(frozen=True)
class Confusion:
    """Tag of the one in rows, of the other in columns, NONE last. `cells` holds what stands behind each number.

    Of more than two coders all pairs are added up, the first by the alphabet in the rows.
    """

    tags: tuple[str, ...]
    coders: tuple[str, ...]
    # A project has 100,000 of them: plain tuples, which Python's collector of garbage passes over.
    cells: Mapping[tuple[str, str], tuple[tuple[Any, ...], ...]]

    @property
    def rows(self) -> tuple[str, ...]:
        """The tags, and NONE behind them."""
        return (*self.tags, NONE)

    def number(self, row: str, column: str) -> int:
        """How often."""
        return len(self.cells.get((row, column), ()))

    def meetings(self, row: str, column: str) -> tuple[Meeting, ...]:
        """What stands behind a number."""
        return tuple(Meeting(*each) for each in self.cells.get((row, column), ()))

    @property
    def worst(self) -> tuple[str, str] | None:
        """The two tags that are most often taken for each other."""
        counts = {key: len(found) for key, found in self.cells.items() if key[0] != key[1] and NONE not in key}
        return max(counts, key=lambda key: counts[key]) if counts else None


def confusion(material: Material, progress: Progress = silent) -> Confusion:
    """Which tag meets which, by the rules by which review pairs readings (annotator.model.pairing)."""
    cells: defaultdict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for number, article in enumerate(material.articles):
        progress(number, len(material.articles))
        here = [coder for coder in material.coders if coder in article.document.readings]
        for pair in combinations(here, 2):
            for row, column, meeting in _meetings(article, pair):
                cells[row, column].append(meeting)
    return Confusion(material.tags, material.coders, {key: tuple(found) for key, found in cells.items()})


def _meetings(article: Article, coders: tuple[str, str]) -> list[tuple[str, str, tuple[Any, ...]]]:
    one, other = (
        sorted(article.document.readings[coder].annotations, key=lambda each: (each.spans, each.tag))
        for coder in coders
    )
    text = article.document.text

    def meeting(first: Spans, second: Spans) -> tuple[Any, ...]:
        spans = max(first, second, key=lambda listed: sum(end - start for start, end in listed))
        quote = " … ".join(" ".join(text[start:end].split()) for start, end in spans)
        plain = [tuple((start, end) for start, end in listed) for listed in (first, second)]
        return (article.key, article.title, coders, *plain, quote[:_QUOTE])

    pairs = pair_two(one, other)
    alone = set(range(len(one))) - {pair.one for pair in pairs}, set(range(len(other))) - {pair.other for pair in pairs}
    found = [
        *((one[a].tag, other[b].tag, meeting(one[a].spans, other[b].spans)) for a, b, _ in pairs),
        *((one[place].tag, NONE, meeting(one[place].spans, ())) for place in alone[0]),
        *((NONE, other[place].tag, meeting((), other[place].spans)) for place in alone[1]),
    ]
    return sorted(found, key=lambda each: each[2][3:5])


# ---- by article, by week, by version


@dataclass(frozen=True)
class Heat:
    """How far an article is agreed on: F1 exact and overlapping (None: nobody marked anything), spans of all coders."""

    document: int
    title: str
    date: str
    exact: float | None
    overlap: float | None
    spans: int


def heat(material: Material, progress: Progress = silent) -> tuple[Heat, ...]:
    """Each article, the least agreed first."""
    exact, overlap = (next(each for each in FIRST if each.name == name) for name in ("f1_exact", "f1_overlap"))
    found = []
    for number, article in enumerate(material.articles):
        progress(number, len(material.articles))
        one, other = (
            agreement([article.document], [measure], coders=material.coders, by_tag=False, draws=0)[0].value
            for measure in (exact, overlap)
        )
        spans = sum(len(each.annotations) for each in article.document.readings.values())
        found.append(Heat(article.key, article.title, article.date, one, other, spans))
    return tuple(sorted(found, key=lambda each: (each.exact is None, each.exact, each.overlap, each.title)))


@dataclass(frozen=True)
class Stage:
    """Agreement on the articles of one week (its Monday as ISO date) or one codebook version."""

    name: str
    articles: int
    results: tuple[Result, ...]


def by_week(material: Material, measures: Sequence[Measure] = FIRST) -> tuple[Stage, ...]:
    """Agreement by the week in which the last of its coders declared an article done."""
    weeks: defaultdict[str, list[Document]] = defaultdict(list)
    for article in material.articles:
        weeks[week_of(max(part.at for part in article.parts.values()))].append(article.document)
    return tuple(_stage(name, weeks[name], material, measures) for name in sorted(weeks))


def by_version(
    material: Material, versions: Mapping[str, str], measures: Sequence[Measure] = FIRST
) -> tuple[Stage, ...]:
    """Agreement by the codebook version under which an article was coded; `versions` maps id → number, oldest first.

    Articles that were coded under several are one stage of their own, the last.
    """
    stages: defaultdict[str, list[Document]] = defaultdict(list)
    for article in material.articles:
        used = {part.codebook for part in article.parts.values()}
        stages[used.pop() if len(used) == 1 else "mixed"].append(article.document)
    order = [own for own in (*versions, *sorted(stages.keys() - versions.keys() - {"mixed"}), "mixed") if own in stages]
    return tuple(_stage(versions.get(own, own), stages[own], material, measures) for own in order)


def _stage(name: str, documents: Sequence[Document], material: Material, measures: Sequence[Measure]) -> Stage:
    draws = _DRAWS if len(documents) >= _FEWEST else 0
    results = agreement(documents, measures, coders=material.coders, tags=material.tags, draws=draws)
    return Stage(name, len(documents), tuple(results))


# ---- how much a tag needs


@dataclass(frozen=True)
class Need:
    """What a tag needs before its alpha can be told from .667 and from .8, in codings: spans of all tags and coders.

    `spans` are those of the tag, `share` its part of all; `more` says how many articles are still missing for .667 and
    for .8, as they were so far. Where the need is None the tag was not used, or is the only one.
    """

    tag: str
    spans: int
    share: float
    so_far: int
    tentative: int | None
    reliable: int | None
    more: tuple[int, int]


def needs(material: Material, tags: Sequence[str] = ()) -> tuple[Need, ...]:
    """What each tag needs, those too that nobody used (`tags`: of the codebook). Formula: agreement.sample_size."""
    spans: Counter[str] = Counter()
    for article in material.articles:
        for reading in article.document.readings.values():
            spans.update(each.tag for each in reading.annotations)
    total, coders = spans.total(), max(2, len(material.coders))
    mean = total / len(material.articles) if material.articles else 0
    found = []
    for tag in (*material.tags, *(each for each in tags if each not in material.tags)):
        share = spans[tag] / total if total else 0.0
        tentative, reliable = (codings_needed(share, least, coders) for least in (TENTATIVE, RELIABLE))
        more = [max(0, ceil((need - total) / mean)) if need and mean else 0 for need in (tentative, reliable)]
        found.append(Need(tag, spans[tag], share, total, tentative, reliable, (more[0], more[1])))
    return tuple(found)
