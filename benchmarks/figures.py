"""`python -m benchmarks.figures`: how many figures are read right, how fast.

Phrases and coded articles come from the folder of `ANNOTATOR_SHARED` (or `shared/` beside the checkout), corpora from
that of `ANNOTATOR_CORPORA` (or `corpora/` in it). What is missing is left out and said.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.figures import Figure, parse, parse_one

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).resolve().parent / "results" / "figures.md"

GOAL_SETS = (
    ("numbers", "Number/English/NumberModel.json"),
    ("percentages", "Number/English/PercentModel.json"),
    ("currencies", "NumberWithUnit/English/CurrencyModel.json"),
)
OTHER_SETS = (
    ("ages", "NumberWithUnit/English/AgeModel.json"),
    ("dimensions", "NumberWithUnit/English/DimensionModel.json"),
    ("temperatures", "NumberWithUnit/English/TemperatureModel.json"),
    ("numbers, experimental", "Number/English/NumberModelExperimentalMode.json"),
    ("fractions as percentages", "Number/English/PercentModelPercentMode.json"),
    ("ordinals", "Number/English/OrdinalModel.json"),
)
_CLOSE = 1e-9  # the corpora round to 15 digits
_REPEATED = 20


@dataclass
class Score:
    """How many of a set are right, and what was missed."""

    name: str
    right: int = 0
    of: int = 0
    misses: list[str] = field(default_factory=list)

    def count(self, right: bool, miss: str) -> None:
        """One more; the miss is kept if it is one."""
        self.of += 1
        self.right += right
        if not right:
            self.misses.append(miss)

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 0.0

    def line(self, goal: str = "–") -> str:
        return f"| {self.name} | {self.right} / {self.of} | {self.share:.1%} | {goal} |"


def main() -> int:
    """Print the page and write it to the results."""
    parts = ["# Figures read\n", _intro()]
    phrases, corpus = shared_folder() / "reference" / "figures" / "phrases.json", corpora_folder() / "recognizers_text"
    parts.append(phrase_page(phrases) if phrases.exists() else _missing(phrases))
    parts.append(corpus_page(corpus) if corpus.exists() else _missing(corpus))
    readings = coded_articles(shared_folder())
    if readings:
        parts += [coded_page(readings), found_page(readings), speed_page(readings)]
    page = "\n".join(parts)
    print(page)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(page, encoding="utf-8")
    return 0


def _intro() -> str:
    return """\
Made by `python -m benchmarks.figures`. A value is right if it is equal, a range if both ends are, a text without
figures if none is found in it. Misses follow each table, with what was read instead.

None of this was unseen: the phrases, the sets of Recognizers-Text and the coded figures were read while the rules were
made, and two rules (bare “twice” and most ordinals are left out) came from what was found but not marked in the coded
articles. The shares say what is covered; text of other kinds fares worse.
"""


def _missing(path: Path) -> str:
    return f"Not measured: `{path.name}` is not there.\n"


def shared_folder() -> Path:
    """Where outside data lie."""
    return Path(os.environ.get("ANNOTATOR_SHARED", ROOT.parent / "shared"))


def corpora_folder() -> Path:
    """Where corpora lie."""
    return Path(os.environ.get("ANNOTATOR_CORPORA", shared_folder() / "corpora"))


# phrases


def score_phrases(path: Path) -> dict[str, Score]:
    """Value, unit and qualifier of the figure that each sentence holds; the value is the first that fits."""
    scores = {name: Score(name) for name in ("value", "unit", "qualifier")}
    for case in json.loads(path.read_text("utf-8")):
        found = parse(case["sentence"], case["lang"])
        fitting = [figure for figure in found if _fits(figure, case["value"])]
        silent = case["value"] is None
        best = fitting[0] if fitting else None
        scores["value"].count(not found if silent else best is not None, f"{case['id']}: {told(found)}")
        for name in ("unit", "qualifier"):
            right = not found if silent else best is not None and getattr(best, name) == case[name]
            scores[name].count(right, f"{case['id']}: {case[name]!r} expected, {told(found)}")
    return scores


def _fits(figure: Figure, value: Any) -> bool:
    if value == "date":
        return figure.kind == "date"
    if isinstance(value, list):
        return figure.high is not None and equal(figure.low, value[0]) and equal(figure.high, value[1])
    return value is not None and figure.high is None and equal(figure.low, value)


def equal(one: float, other: float) -> bool:
    """Equal but for the rounding of what was written down."""
    return abs(one - other) <= _CLOSE * max(1.0, abs(other))


def told(figures: list[Figure]) -> str:
    """Figures in one line."""
    return "; ".join(_one(figure) for figure in figures) or "nothing"


def _one(figure: Figure) -> str:
    value = f"{figure.low}" if figure.high is None else f"{figure.low}–{figure.high}"
    return f"“{figure.text}” = {value} {figure.unit} ({figure.kind}, {figure.qualifier})".replace("  ", " ")


def phrase_page(path: Path) -> str:
    scores = score_phrases(path)
    goal = {"value": "42 of 44"}
    return _page("Phrases", "what", [(score, goal.get(name, "–")) for name, score in scores.items()])


# Recognizers-Text


def score_set(path: Path, name: str) -> tuple[Score, Score]:
    """The values of one file of Recognizers-Text, and its inputs in which nothing stands."""
    values, silent = Score(name), Score(f"{name}: nothing to find")
    for case in json.loads(path.read_text("utf-8-sig")):
        text, found = case["Input"], parse(case["Input"])
        if not case["Results"]:
            silent.count(not found, f"`{_short(text)}`: {told(found)}")
        for expected, start, end in _values(case):
            over = [figure for figure in found if figure.start < end and start < figure.end]
            right = any(figure.high is None and equal(figure.low, expected) for figure in over)
            values.count(right, f"`{_short(text[max(0, start - 20) : end + 20])}`: {expected:g} expected, {told(over)}")
    return values, silent


def _values(case: dict[str, Any]) -> Iterator[tuple[float, int, int]]:
    """Expected values with their place (the corpus counts ends inclusive); what has no number is left out."""
    for result in case["Results"]:
        try:
            value = float(str((result.get("Resolution") or {}).get("value")).rstrip("%"))
        except ValueError:
            continue
        start = result.get("Start", 0)
        yield value, start, result.get("End", len(case["Input"]) - 1) + 1


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 70 else flat[:69] + "…"


def corpus_page(folder: Path) -> str:
    """The three sets of the goal together, then the others, which are for information."""
    rows: list[tuple[Score, str]] = []
    total = Score("**the three together**")
    silents = []
    for sets, goal in ((GOAL_SETS, True), (OTHER_SETS, False)):
        for name, place in sets:
            values, silent = score_set(folder / place, name)
            rows.append((values, "–"))
            silents.append(silent)
            if goal:
                total.right, total.of = total.right + values.right, total.of + values.of
        if goal:
            rows.append((total, "90 %"))
    rows += [(silent, "–") for silent in silents if silent.of]
    return _page("Recognizers-Text, English", "set", rows) + _REMARK


_REMARK = """
Missed on purpose: parts of an IP address, names (`SCP-173`), codes with leading zeros, ordinals that only name
(`2nd`, `first word`), fractions told as percentages. “Nothing to find” of a set means nothing of its own sort there
(a length is no number, `May 4th` no dimension), while all sorts of figures are read here.
"""

# coded articles


@dataclass(frozen=True)
class Coded:
    """An article with the figures that people coded in it."""

    name: str
    language: str
    text: str
    figures: list[dict[str, Any]]


def coded_articles(shared: Path) -> list[Coded]:
    """The seed article and the sample, as far as they are there."""
    found = []
    seed = shared / "reference" / "seed"
    if (seed / "gold.json").exists():
        found.append(_coded("seed", "en", seed / "article.txt", seed / "gold.json"))
    sample = shared / "reference" / "sample"
    if (sample / "articles" / "metadata.json").exists():
        for article in json.loads((sample / "articles" / "metadata.json").read_text("utf-8"))["articles"]:
            name = Path(article["file"]).stem
            gold = sample / "readings" / f"{name}.gold.json"
            found.append(_coded(name, article["language"], sample / "articles" / article["file"], gold))
    return found


def _coded(name: str, language: str, text: Path, gold: Path) -> Coded:
    annotations = json.loads(gold.read_text("utf-8"))["annotations"]
    figures = [each for each in annotations if each["tag"] == "figure"]
    with text.open(encoding="utf-8", newline="") as file:
        return Coded(name, language, file.read(), figures)


def score_coded(coded: list[Coded]) -> dict[str, Score]:
    """`parse_one` on each figure that people marked, against the attributes they gave it."""
    scores = {name: Score(name) for name in ("value", "unit", "kind", "qualifier")}
    for article in coded:
        for each in article.figures:
            read, gold = parse_one(each["text"], article.language), each["attributes"]
            miss = f"{article.name}, “{each['text']}”: "
            high = gold.get("value_max")
            value = read is not None and equal(read.low, gold["value"]) and (read.high is None) == (high is None)
            value = value and (high is None or equal(read.high, high))  # type: ignore[union-attr, arg-type]
            scores["value"].count(value, f"{miss}{gold['value']} expected, {told([read] if read else [])}")
            for name in ("unit", "kind", "qualifier"):
                got = getattr(read, name) if read else None
                right = got == gold[name] or (name == "unit" and f"{got}s" == gold[name])  # the seed's are plurals
                scores[name].count(right, f"{miss}{gold[name]!r} expected, {got!r} read")
    return scores


def coded_page(coded: list[Coded]) -> str:
    scores = score_coded(coded)
    title = "Coded articles: what a marked figure says (`parse_one`)"
    return _page(title, "attribute", [(score, "–") for score in scores.values()])


def found_page(coded: list[Coded]) -> str:
    """`parse` on whole articles against the spans people marked; dates count only where they were marked (rule F6)."""
    lines = [
        "## Coded articles: figures found in the text (`parse`)\n",
        "Dates and clock times that nobody marked are left out: whether a claim rests on them is not for a parser.\n",
        "| article | marked | found | same span | overlapping | precision | recall |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    extra, lost = [], []
    totals = [0, 0, 0, 0]
    for article in coded:
        marked = {(each["start"], each["end"]) for each in article.figures}
        found = [
            figure
            for figure in parse(article.text, article.language)
            if figure.kind != "date" or any(figure.start < end and start < figure.end for start, end in marked)
        ]
        spans = {(figure.start, figure.end) for figure in found}
        hit = [figure for figure in found if any(figure.start < end and start < figure.end for start, end in marked)]
        extra += [f"{article.name}: {_one(figure)}" for figure in found if figure not in hit]
        lost += [f"{article.name}: “{article.text[a:b]}”" for a, b in sorted(marked) if not _over(a, b, spans)]
        row = [len(marked), len(found), len(marked & spans), len(hit)]
        totals = [one + other for one, other in zip(totals, row, strict=True)]
        lines.append(_found_line(article.name, row))
    lines.append(_found_line("**all**", totals))
    lines += ["\nFound, but not marked:\n", *(f"- {each}" for each in extra)]
    lines += ["\nMarked, but not found:\n", *(f"- {each}" for each in lost), ""]
    return "\n".join(lines)


def _over(start: int, end: int, spans: set[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)


def _found_line(name: str, row: list[int]) -> str:
    marked, found, same, hit = row
    return f"| {name} | {marked} | {found} | {same} | {hit} | {hit / max(found, 1):.2f} | {hit / max(marked, 1):.2f} |"


def speed_page(coded: list[Coded]) -> str:
    head = "| article | code points | median ms of processor time | goal |"
    lines = ["## Time per article\n", head, "|---|--:|--:|---|"]
    for article in coded:
        parse(article.text, article.language)  # the tables are made at the first use
        times = []
        for _ in range(_REPEATED):
            began = time.process_time()
            parse(article.text, article.language)
            times.append(time.process_time() - began)
        middle = sorted(times)[_REPEATED // 2] * 1000
        lines.append(f"| {article.name} | {len(article.text)} | {middle:.1f} | < 10 |")
    return "\n".join([*lines, ""])


def _page(title: str, what: str, rows: list[tuple[Score, str]]) -> str:
    lines = [f"## {title}\n", f"| {what} | right | share | goal |", "|---|--:|--:|---|"]
    lines += [score.line(goal) for score, goal in rows]
    for score, _ in rows:
        if score.misses:
            lines += [f"\n{score.name}, missed:\n", *(f"- {miss}" for miss in score.misses)]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
