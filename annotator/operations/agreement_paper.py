"""Agreement as one writes it down: a table, and sentences that name all that such a number must be read with."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.agreement import Result, by_name
from annotator.operations import assigning, rounds
from annotator.operations.agreement_readings import Material, Which
from annotator.operations.proposal_settings import proposal_settings
from annotator.operations.words import counted
from annotator.storage import agreement_queries
from annotator.storage.project import Project

FEW_SPANS = 30  # spans of a tag, of all coders together: below, its number says little
FEW_DOCUMENTS = 10  # below, the interval itself is hardly known


@dataclass(frozen=True)
class Paper:
    """The table, with its head as the first row, and the sentences below it; `limits` are the last of them."""

    table: tuple[tuple[str, ...], ...]
    sentences: tuple[str, ...]
    limits: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it as plain text: the table with tabs, which word processors and spreadsheets take as columns."""
        return "\n".join(["\t".join(row) for row in self.table] + ["", " ".join(self.sentences)])


def paper(project: Project, which: Which, material: Material, results: Sequence[Result]) -> Paper:
    """What a paper should say of these results."""
    head = ("Measure", "Tag", "Coders", "Value", "95% interval", "Rests on")
    limits = _limits(which, material)
    sentences = (
        _numbers(results),
        *_matching(results),
        _basis(material),
        _versions(project, material),
        _sample(project, material),
        _blind(project, which),
        _proposals(project, material),
        *limits,
    )
    return Paper((head, *(_row(each) for each in results)), tuple(filter(None, sentences)), limits)


def number(value: float) -> str:
    """As papers write such numbers: three places, no zero before the point."""
    told = f"{round(value, 3) + 0.0:.3f}"  # + 0.0: no minus before nothing
    return told.replace("0.", ".", 1) if told.lstrip("-").startswith("0.") else told


def rests_on(result: Result, documents: str = "articles") -> str:
    """What a value rests on, in words; `documents` is what readers call them."""
    words = ((count, documents if what == "documents" else what) for what, count in result.n.items())
    return ", ".join(f"{count:,} {what.removesuffix('s') if count == 1 else what}" for count, what in words)


def _row(result: Result) -> tuple[str, ...]:
    measure = by_name(result.measure)
    between = f"{number(result.interval.low)} to {number(result.interval.high)}" if result.interval else "none"
    value = number(result.value) if result.value is not None else result.why
    title = measure.title if measure else result.measure
    return (title, result.tag or "all", ", ".join(result.coders), value, between, rests_on(result))


def _numbers(results: Sequence[Result]) -> str:
    told = []
    for each in results:
        measure = by_name(each.measure)
        if each.tag is not None or each.value is None or measure is None:
            continue
        between = ""
        if each.interval:
            between = f", 95% interval {number(each.interval.low)} to {number(each.interval.high)}"
        told.append(f"{measure.title} ({measure.source}) was {number(each.value)}{between}")
    by_tag = {each.measure: by_name(each.measure) for each in results if each.tag is not None}
    only = [f"{m.title} ({m.source})" for name, m in by_tag.items() if m and m.rows == "tags"]
    sentences = "; ".join(told) + "." if told else ""
    if only:
        sentences += f"{' ' if told else ''}By tag the table gives {', '.join(only)}."
    if any(each.interval for each in results):
        sentences += " Intervals are percentiles of a bootstrap over articles."
    return sentences.strip()


def _matching(results: Sequence[Result]) -> list[str]:
    rules: dict[str, list[str]] = {}
    for each in results:
        measure = by_name(each.measure)
        if measure is not None and measure.title not in rules.setdefault(each.matching, []):
            rules[each.matching].append(measure.title)
    return [f"For {', '.join(titles)}, what counts as the same is: {rule}." for rule, titles in rules.items()]


def _basis(material: Material) -> str:
    if not material.articles:
        return "No article was declared done by two coders."
    spans: Counter[str] = Counter()
    for article in material.articles:
        for coder, reading in article.document.readings.items():
            spans[coder] += len(reading.annotations)
    each = ", ".join(f"{coder} {counted(spans[coder], 'span')}" for coder in material.coders)
    tags = ", ".join(material.tags) or "none was used"
    documents = counted(len(material.articles), "article")
    return f"{documents} coded by {counted(len(material.coders), 'coder')} ({each}); tags: {tags}."


def _versions(project: Project, material: Material) -> str:
    names = agreement_queries.versions(project)
    used = Counter(names.get(part.codebook, "unknown") for each in material.articles for part in each.parts.values())
    if not used:
        return ""
    if len(used) == 1:
        return f"All was coded under version {next(iter(used))} of the codebook."
    told = ", ".join(f"version {name} ({counted(count, 'reading')})" for name, count in used.items())
    return f"It was coded under several versions of the codebook: {told}."


def _sample(project: Project, material: Material) -> str:
    keys = {article.key for article in material.articles}
    for each in reversed(assigning.samples(project)):
        inside = keys & set(each.documents)
        if inside and inside == keys:
            return (
                f"The articles were drawn at random, spread over the whole period (seed {each.seed}), and hidden "
                f"among the others; {len(inside):,} of the {len(each.documents):,} drawn are done by two coders."
            )
    return "The articles were not drawn as a sample: they are all that two coders declared done."


def _blind(project: Project, which: Which) -> str:
    when = "as they are now" if which.now else "as they stood when each coder first declared them done"
    seen = (
        "coders saw only their own work until the coding of an article was closed"
        if rounds.is_blind(project)
        else "coders could see each other’s work"
    )
    return f"Readings count {when}; {seen}."


def _proposals(project: Project, material: Material) -> str:
    """Whether the program proposed spans, and how many of those that count it had proposed."""
    settings = proposal_settings(project)
    taken, total = agreement_queries.proposed(project, [each.key for each in material.articles if each.key])
    if settings.on:
        shown = f"switched on ({', '.join(settings.proposers)})" + (
            "" if settings.in_blind_rounds else ", but not in blind rounds"
        )
    else:
        shown = "switched off"
    return (
        f"Proposals of spans are {shown}; {taken:,} of {counted(total, 'span')} in these readings had been proposed. "
        "Values that the program proposed and no coder confirmed were left out."
    )


def _limits(which: Which, material: Material) -> tuple[str, ...]:
    """What the numbers may not claim."""
    found = []
    spans: Counter[str] = Counter()
    for article in material.articles:
        for reading in article.document.readings.values():
            spans.update(each.tag for each in reading.annotations)
    few = [f"{tag} ({spans[tag]:,})" for tag in material.tags if spans[tag] < FEW_SPANS]
    if few:
        found.append(f"Too few spans to conclude from: {', '.join(few)}.")
    if len(material.articles) < FEW_DOCUMENTS:
        found.append("So few articles say little of others, and the interval itself is hardly known.")
    if len({part.codebook for each in material.articles for part in each.parts.values()}) > 1:
        found.append("Versions of the codebook are mixed: no version alone can claim these numbers.")
    if which.now:
        found.append(
            "Readings may have been changed after the coders talked: this is no agreement of independent work."
        )
    if material.left_out.get("not kept"):
        missing = counted(material.left_out["not kept"], "reading")
        found.append(f"Of {missing} the first form was not kept, so that they count as they are now.")
    found.append("Nothing here says how other coders would do, or who is right.")
    return tuple(found)
