"""The whole project at a glance: how far it is, how far coders agree and where not, what each coder does.

Computed once, as plain data: the window, the report and the command line show the same numbers.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from time import perf_counter

from annotator.agreement import Document, Measure, Result
from annotator.model.codebook import Codebook
from annotator.operations import assigning, overview_settings, review_settings, rounds
from annotator.operations.agreement import FIRST, QUICK, measured
from annotator.operations.agreement_details import (
    Confusion,
    Heat,
    Need,
    Stage,
    by_version,
    by_week,
    confusion,
    heat,
    needs,
)
from annotator.operations.agreement_paper import Paper, paper
from annotator.operations.agreement_readings import ALL, Material, Which, readings_done
from annotator.operations.info import Info, project_info
from annotator.operations.progress import Progress, silent
from annotator.operations.training import Score, scores
from annotator.storage import agreement_queries, assignments, overview_queries, queries, review_queries
from annotator.storage.export_pages import coder_rows
from annotator.storage.people import resolved
from annotator.storage.project import Project

_IDLE = 60_000  # milliseconds after which somebody is taken to do something else


@dataclass(frozen=True)
class CoderRow:
    """One coder's work on what the coder declared done. `rates` are spans per 1,000 words by tag; `hourly` (spans) and
    `daily` (articles) are medians, None unless the project counts speeds and there is enough to count."""

    name: str
    assigned: int
    begun: int
    done: int
    words: int
    rates: Mapping[str, float]
    hourly: float | None = None
    daily: float | None = None


@dataclass(frozen=True)
class Reason:
    """How often a rule (its id, with its text) or another reason was given for a decision."""

    name: str
    text: str
    number: int


@dataclass(frozen=True)
class Overview:
    """All that is shown; the articles of `material` are without their texts.

    `sample` is (done by two, drawn), None without one and for those who code themselves.
    """

    title: str
    which: Which
    info: Info
    material: Material
    results: tuple[Result, ...]  # of all coders together
    pairs: tuple[Result, ...]  # of each two, the first measures alone
    confusion: Confusion
    heat: tuple[Heat, ...]
    by_week: tuple[Stage, ...]
    by_version: tuple[Stage, ...]
    needs: tuple[Need, ...]
    sample: tuple[int, int] | None
    coders: tuple[CoderRow, ...]
    speeds: bool
    reasons: tuple[Reason, ...]
    training: tuple[Score, ...]
    paper: Paper
    versions: Mapping[str, str]  # id of each codebook version → its number
    labels: Mapping[str, str]  # tag → what people read
    seconds: float

    def result(self, measure: str, tag: str | None) -> Result | None:
        """What a measure says of a tag, or of all together."""
        return next((each for each in self.results if (each.measure, each.tag) == (measure, tag)), None)


def overview(
    project: Project, which: Which = ALL, measures: Sequence[Measure] = QUICK, progress: Progress = silent
) -> Overview:
    """Everything at once. `which.viewer` is the coder at work (key), who learns nothing before a round is closed."""
    began = perf_counter()
    steps = _Steps(progress)
    material = readings_done(project, which, progress=steps.next())
    results = measured(material, measures, progress=steps.next())
    pairs = measured(material, FIRST, pairs=True, progress=steps.next()) if len(material.coders) > 2 else []
    confused = confusion(material, steps.next())
    hot = heat(material, steps.next())
    version = queries.codebook_version(project)
    codebook = version[1] if version else None
    numbers = agreement_queries.versions(project)
    steps.next()(0, 1)
    weekly, versioned = by_week(material), by_version(material, numbers)
    info = project_info(project)
    steps.next()(0, 1)
    needed = needs(material, [tag.id for tag in codebook.active_tags] if codebook else ())
    words = paper(project, which, material, [each for each in results if each.measure in _NAMES])
    material = _without_texts(material)
    return Overview(
        title=project.meta("title"),
        which=which,
        info=info,
        material=material,
        results=tuple(results),
        pairs=tuple(each for each in pairs if len(each.coders) == 2),
        confusion=confused,
        heat=hot,
        by_week=weekly,
        by_version=versioned,
        needs=needed,
        sample=_sample(project, which, material),
        coders=_coders(project, info, which.viewer),
        speeds=overview_settings.shows_speed(project),
        reasons=_reasons(project, codebook, which),
        training=tuple(scores(project, which.viewer)),
        paper=words,
        versions=numbers,
        labels={tag.id: tag.label for tag in codebook.tags} if codebook else {},
        seconds=perf_counter() - began,
    )


def _without_texts(material: Material) -> Material:
    """Which articles there are, without what stands in them: a window keeps this as long as somebody looks."""
    return replace(material, articles=tuple(replace(each, document=_NO_TEXT) for each in material.articles))


_NO_TEXT = Document("", {})
_NAMES = tuple(each.name for each in FIRST)


class _Steps:
    """Joins the progress of seven works into one from 0 to 700."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._number = progress, -1

    def next(self) -> Progress:
        """The progress of the next work."""
        self._number += 1
        first = 100 * self._number
        return lambda done, total: self._progress(first + round(100 * done / max(1, total)), 700)


def is_coder(project: Project, viewer: int | None) -> bool:
    """Whether somebody codes in this project, and so must not know what is in the sample."""
    if viewer is None:
        return False
    to_code = {coder for coders in assignments.assigned(project).values() for coder in coders}
    return bool(assignments.own_states(project, viewer)) or viewer in to_code


def sample_documents(project: Project, viewer: int | None) -> frozenset[int]:
    """The articles of the latest sample; none for those who code themselves."""
    drawn = assigning.samples(project)
    return frozenset(drawn[-1].documents) if drawn and not is_coder(project, viewer) else frozenset()


def _sample(project: Project, which: Which, material: Material) -> tuple[int, int] | None:
    drawn = sample_documents(project, which.viewer)
    return (len(drawn & {each.key for each in material.articles}), len(drawn)) if drawn else None


def _people(project: Project) -> tuple[dict[int, str], dict[int, int]]:
    rows = coder_rows(project)
    return {row["key"]: row["name"] for row in rows}, resolved((r["key"], r["id"], r["same_as"]) for r in rows)


def _coders(project: Project, info: Info, viewer: int | None) -> tuple[CoderRow, ...]:
    """Of each coder; whoever codes blind sees of others how far they are, and neither how they tag nor how fast."""
    names, main = _people(project)
    blind = viewer is not None and rounds.is_blind(project) and is_coder(project, viewer)
    told = {names[main.get(viewer, viewer)]} if blind and viewer is not None else {each.name for each in info.coders}

    def name(key: int) -> str:
        return names[main.get(key, key)]

    done: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for coder, articles, number in overview_queries.words_done(project):
        done[name(coder)] += articles
        words[name(coder)] += number
    tags: Counter[tuple[str, str]] = Counter()
    for coder, tag, number in overview_queries.tags_done(project):
        tags[name(coder), tag] += number
    hourly, daily = _speeds(project, name_of=names, main=main) if overview_settings.shows_speed(project) else ({}, {})
    return tuple(
        CoderRow(
            each.name,
            each.assigned,
            each.documents,
            done[each.name],
            words[each.name],
            {
                tag: 1000 * tags[each.name, tag] / words[each.name]
                for tag in info.by_tag
                if words[each.name] and each.name in told
            },
            hourly.get(each.name) if each.name in told else None,
            daily.get(each.name) if each.name in told else None,
        )
        for each in info.coders
    )


def _speeds(
    project: Project, name_of: Mapping[int, str], main: Mapping[int, int]
) -> tuple[dict[str, float], dict[str, float]]:
    """Spans an hour and articles a day, as medians over days. What lies more than a minute after an act is no work."""
    time: Counter[tuple[str, int]] = Counter()
    made: Counter[tuple[str, int]] = Counter()
    last: dict[int, int] = {}
    for act in overview_queries.acts(project):
        who, day = name_of[main.get(act.coder, act.coder)], act.at // 86_400_000
        gap = act.at - last.get(act.coder, 0)
        last[act.coder] = act.at
        if gap <= _IDLE:
            time[who, day] += gap
            made[who, day] += act.made
    hours: defaultdict[str, list[float]] = defaultdict(list)
    for (who, day), spent in time.items():
        if spent >= _IDLE:
            hours[who].append(made[who, day] * 3_600_000 / spent)
    days: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for row in agreement_queries.done_readings(project):
        days[name_of[main.get(row.coder, row.coder)]][row.at // 86_400_000] += 1
    hourly = {who: float(median(found)) for who, found in hours.items()}
    return hourly, {who: float(median(found.values())) for who, found in days.items()}


def _reasons(project: Project, codebook: Codebook | None, which: Which) -> tuple[Reason, ...]:
    """What reviewers gave as reason, the most frequent first; nothing for coders while names are hidden from them."""
    if is_coder(project, which.viewer) and review_settings.names_hidden(project):
        return ()
    counts: Counter[str] = Counter()
    for listed in review_queries.decisions(project).values():
        counts.update(each.rule or each.reason for each in listed if each.rule or each.reason)
    found = []
    for name, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        rule = codebook.rule(name) if codebook else None
        found.append(Reason(name, rule.text if rule else "", number))
    return tuple(found)
