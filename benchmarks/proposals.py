"""`python -m benchmarks.proposals`: how well each proposer finds what people have tagged, and who says it.

The seed and the sample come from the folder of `ANNOTATOR_SHARED` (or `shared/` beside the checkout), corpora from that
of `ANNOTATOR_CORPORA` (or `corpora/` in it). What is missing is left out and said. Everything is parted by document,
always in the same way; nothing of the articles that are scored is known to what is scored.
"""

import hashlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.model.codebook_yaml import default_codebook
from annotator.model.entities import Entity, Registry
from annotator.model.matching import pair_overlapping
from annotator.model.span import Span
from annotator.model.speakers import rank_speakers
from annotator.propose import Article, Coded, Known, Proposal, ready
from annotator.propose.learned import is_installed, train

from .proposal_corpora import GoldArticle, coded_articles, corpora_sets

RESULTS = Path(__file__).resolve().parent / "results" / "proposals.md"
CODEBOOK = default_codebook()
TRAINED_ON = (5, 10, 20, 40)
STATEMENTS = ("claim", "threat", "demand")

Find = Callable[[Article], list[Proposal]]
Make = Callable[[GoldArticle], Find]


@dataclass
class Counts:
    """Spans marked by people, spans proposed, and how many of them are the same or overlap, one to one."""

    marked: int = 0
    proposed: int = 0
    exact: int = 0
    overlap: int = 0

    def add(self, marked: Sequence[Span], proposed: Sequence[Span]) -> None:
        """Count one article."""
        self.marked += len(marked)
        self.proposed += len(proposed)
        self.exact += len(set(marked) & set(proposed))
        self.overlap += len(pair_overlapping([(each,) for each in marked], [(each,) for each in proposed]))

    def cells(self) -> str:
        """Marked, proposed, then precision, recall and F1 of exact spans and of overlaps."""
        told = [f"{self.marked} | {self.proposed}"]
        for right in (self.exact, self.overlap):
            precision, recall = right / max(self.proposed, 1), right / max(self.marked, 1)
            f1 = 2 * right / max(self.marked + self.proposed, 1)
            told.append(f"{precision:.2f} | {recall:.2f} | **{f1:.2f}**")
        return " | ".join(told)


@dataclass
class Table:
    """Rows of counts under one heading."""

    title: str
    said: str = ""
    rows: list[str] = field(default_factory=list)

    def row(self, name: str, counts: Counts, goal: str = "–") -> None:
        """One more line."""
        self.rows.append(f"| {name} | {counts.cells()} | {goal} |")

    def page(self) -> str:
        """The whole as Markdown."""
        head = "| what | marked | proposed | P exact | R exact | F1 exact | P overlap | R overlap | F1 overlap | goal |"
        rule = "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|"
        return "\n".join([f"## {self.title}\n", *([self.said, ""] if self.said else []), head, rule, *self.rows, ""])


def main() -> int:
    """Print the page and write it to the results."""
    parts = ["# Proposals\n", __doc__.partition("\n\n")[2].replace("\n", " ").strip() + "\n"]
    articles = coded_articles()
    if articles:
        parts += [ours(articles).page(), sources(articles), speed(articles)]
    else:
        parts.append("Not measured: the seed and the sample are not there.\n")
    if not is_installed():
        parts.append("Not measured: what is learned, since the extra `learn` is not installed.\n")
    for name, tag, proposers, found in corpora_sets():
        if not found:
            parts.append(f"Not measured: {name} is not there.\n")
        elif "learned" in proposers:
            parts.append(learning(name, tag, found).page())
        else:
            table = Table(name)
            table.row(proposers[0], score(found, tag, _always(ready(Known(CODEBOOK), proposers))), _goal(tag))
            parts.append(table.page())
    page = "\n".join(parts)
    print(page)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(page, encoding="utf-8")
    return 0


def _always(find: Find) -> Make:
    return lambda _: find


def _goal(tag: str) -> str:
    return {"figure": "overlap ≥ 0.80"}.get(tag, "–")


def score(articles: Sequence[GoldArticle], tag: str, make: Make, *, given: Sequence[str] = ()) -> Counts:
    """Counts over articles; spans of the tags `given` stand in them when proposals are made."""
    counts = Counts()
    for article in articles:
        tagged = [(name, (span,)) for name, span in article.gold if name in given]
        found = make(article)(Article(article.text, article.language, tagged))
        counts.add(article.spans(tag), [each.outer for each in found if each.tag == tag])
    return counts


# ---- the seed and the sample


def ours(articles: Sequence[GoldArticle]) -> Table:
    """Each proposer on each tag; what is learned or counted goes by all other articles."""
    table = Table(
        "The seed and the sample",
        "Seven articles with the codebook's own tags. What goes by earlier coding knows the other six. The rules for "
        "statements were made while looking at these articles, and those for figures too: text of other kinds fares "
        "worse.",
    )

    def by_rule(*names: str) -> Make:
        return lambda _: ready(Known(CODEBOOK), names)

    def by_others(*names: str) -> Make:
        return lambda article: ready(
            _known([each for each in articles if each is not article], "learned" in names), names
        )

    table.row("figures, by rule", score(articles, "figure", by_rule("figures"), given=STATEMENTS), "overlap ≥ 0.80")
    for tag in STATEMENTS:
        table.row(f"{tag}s, by cue words", score(articles, tag, by_rule("speech acts"), given=("actor",)))
    any_tag = [GoldArticle(a.name, a.language, a.text, _one_tag(a.gold)) for a in articles]
    counts = Counts()
    for article, merged in zip(articles, any_tag, strict=True):
        actors = [(name, (span,)) for name, span in article.gold if name == "actor"]
        found = ready(Known(CODEBOOK), ("speech acts",))(Article(article.text, article.language, actors))
        counts.add(merged.spans("statement"), sorted({each.outer for each in found if each.tag in STATEMENTS}))
    table.row("statements, whatever their tag", counts)
    table.row("actors, known by name", score(articles, "actor", by_others("actors")))
    table.row("actors, tagged before", score(articles, "actor", by_others("before")))
    if is_installed():
        table.row("actors, learned from 6 articles", score(articles, "actor", by_others("learned")))
        table.row("actors, all together", score(articles, "actor", by_others("actors", "before", "learned")))
    half = _half_way(articles)
    table.row("actors, tagged before, in the second half of an article coded so far", half)
    return table


def _half_way(articles: Sequence[GoldArticle]) -> Counts:
    """What is proposed where the first half of the article is coded: the names come again."""
    counts = Counts()
    for article in articles:
        middle = len(article.text) // 2
        first = [(tag, (span,)) for tag, span in article.gold if span.end <= middle]
        found = ready(Known(CODEBOOK), ("before",))(Article(article.text, article.language, first))
        counts.add(
            [span for span in article.spans("actor") if span.start >= middle],
            [each.outer for each in found if each.tag == "actor" and each.outer.start >= middle],
        )
    return counts


def _one_tag(gold: Sequence[tuple[str, Span]]) -> list[tuple[str, Span]]:
    return [("statement" if tag in STATEMENTS else tag, span) for tag, span in gold]


def _known(articles: Sequence[GoldArticle], learns: bool) -> Known:
    """What the proposers know after these articles were coded: the wordings as names of actors, and the models."""
    coded = [Coded(each.text, [(tag, (span,)) for tag, span in each.gold], language=each.language) for each in articles]
    names = dict.fromkeys(each.text[span.start : span.end] for each in articles for span in each.spans("actor"))
    entities = [Entity(number, f"e{number}", name) for number, name in enumerate(names, 1)]
    learned = train(coded, ("actor",)) if learns and is_installed() else None
    return Known(CODEBOOK, Registry(entities), coded, learned=learned)


def sources(articles: Sequence[GoldArticle]) -> str:
    """How often the source proposed first is right, among the actors that people tagged."""
    lines = [
        "## Who says it\n",
        "The first of the actors tagged in the article, for each statement that has a source.\n",
    ]
    lines += ["| article | statements | right at first | share | goal |", "|---|--:|--:|--:|---|"]
    for article in articles:
        actors = [(number, (span,)) for number, span in enumerate(article.spans("actor"))]
        right = 0
        for span, said_by in article.sources:
            ranked = rank_speakers(article.text, (span,), actors, article.language)
            right += bool(ranked) and actors[ranked[0]][1][0] in said_by
        number = len(article.sources)
        goal = "≥ 75 %" if article.name == "seed" else "–"
        lines.append(f"| {article.name} | {number} | {right} | {right / max(number, 1):.0%} | {goal} |")
    return "\n".join([*lines, ""])


def speed(articles: Sequence[GoldArticle]) -> str:
    """Milliseconds for a first look at an article, with few names and with 50,000; a second look is remembered."""
    names = [Entity(at, f"e{at}", f"{_WORDS[at % 50]} {_WORDS[at // 50 % 50]} {at}") for at in range(50_000)]
    lines = ["## Time for an article\n", "| proposer | code points | ms |", "|---|--:|--:|"]
    article = articles[0]
    for name, known in (
        ("figures", Known(CODEBOOK)),
        ("speech acts", Known(CODEBOOK)),
        ("actors", Known(CODEBOOK, Registry(names))),
    ):
        find = ready(known, (name,))
        find(Article(article.text, article.language))
        began = time.process_time()
        for more in range(1, 11):
            find(Article(article.text + "\n" * more, article.language))
        told = f"{name}, 50,000 names" if name == "actors" else name
        lines.append(f"| {told} | {len(article.text)} | {(time.process_time() - began) * 100:.1f} |")
    return "\n".join([*lines, ""])


_WORDS = [f"Name{at}" for at in range(50)]


# ---- corpora


def learning(name: str, tag: str, articles: Sequence[GoldArticle]) -> Table:
    """What is found after 5, 10, 20 … coded articles in a third of them that is never learned from; if there are fewer
    than 20 to learn from, after all."""
    ordered = sorted(articles, key=lambda each: hashlib.sha256(each.name.encode()).hexdigest())
    held_out = ordered[: max(4, len(ordered) // 3)]
    pool = ordered[len(held_out) :]
    table = Table(name, f"{len(held_out)} articles are held out; {len(pool)} can be learned from.")
    steps = [each for each in TRAINED_ON if each <= len(pool)]
    for number in steps if len(pool) >= 20 else [*steps, len(pool)]:
        known = _known(pool[:number], learns=True)
        goal = "exact ≥ 0.55" if number == 20 else "exact ≥ 0.55 from 20" if number == len(pool) < 20 else "–"
        told_number = f"{number} articles, all that there are" if number == len(pool) < 20 else f"{number} articles"
        for told, proposers in _kinds():
            counts = score(held_out, tag, _always(ready(known, proposers)))
            is_off = proposers == ("learned",) and known.learned is not None and not known.learned.models[tag].is_on
            said = f"{told}, {told_number}" + (
                ": switched off, as it finds too little in its own trial" if is_off else ""
            )
            table.row(said, counts, goal if "learned" in proposers else "–")
    return table


def _is_off(known: Known, tag: str, proposers: Sequence[str]) -> bool:
    models = known.learned.models if known.learned else {}
    return list(proposers) == ["learned"] and tag in models and not models[tag].is_on


def _kinds() -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "tagged before", ("before",)
    if is_installed():
        yield "learned", ("learned",)
        yield "both", ("before", "learned")


if __name__ == "__main__":
    sys.exit(main())
