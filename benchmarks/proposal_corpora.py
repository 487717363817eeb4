"""The coded articles that proposals are scored on: the seed, the sample, and corpora in forms of their own."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.formats.format import ReadOptions
from annotator.formats.registry import FORMATS
from annotator.formats.report import Report
from annotator.model.codebook_yaml import default_codebook
from annotator.model.span import Span
from annotator.model.trim import trim

from .figures import corpora_folder, shared_folder

Tagged = list[tuple[str, Span]]
_TWEETS = 25  # of one "article"
_PRONOUNS = re.compile(
    r"(?:i|me|my|mine|myself|we|us|our|ours|ourselves|you|your|yours|yourself|he|him|his|himself|she|her|hers|herself|"
    r"they|them|their|theirs|themselves|it|its|itself|who|whom|whose|which|that|this|these|those|one|ones|someone|"
    r"anyone|everyone|everybody|nobody|somebody|no one|each other)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class GoldArticle:
    """An article with what people tagged; `sources` are its statements with all spans of who says each."""

    name: str
    language: str
    text: str
    gold: Tagged
    sources: list[tuple[Span, list[Span]]] = field(default_factory=list)

    def spans(self, tag: str) -> list[Span]:
        """The spans of one tag, in order, none twice."""
        return sorted({span for name, span in self.gold if name == tag})


def coded_articles() -> list[GoldArticle]:
    """The seed and the sample, as far as they are there."""
    found = []
    seed, sample = shared_folder() / "reference" / "seed", shared_folder() / "reference" / "sample"
    if (seed / "gold.json").exists():
        found.append(_coded("seed", "en", seed / "article.txt", seed / "gold.json"))
    if (sample / "articles" / "metadata.json").exists():
        for article in json.loads((sample / "articles" / "metadata.json").read_text("utf-8"))["articles"]:
            name = Path(article["file"]).stem
            gold = sample / "readings" / f"{name}.gold.json"
            found.append(_coded(name, article["language"], sample / "articles" / article["file"], gold))
    return found


def _coded(name: str, language: str, text: Path, gold: Path) -> GoldArticle:
    told = json.loads(gold.read_text("utf-8"))
    spans = {each["id"]: Span(each["start"], each["end"]) for each in told["annotations"]}
    said: dict[Span, list[Span]] = {}
    for each in told["relations"]:
        if each["type"] == "source":
            said.setdefault(spans[each["from"]], []).append(spans[each["to"]])
    with text.open(encoding="utf-8", newline="") as file:
        tagged = [(each["tag"], spans[each["id"]]) for each in told["annotations"]]
        return GoldArticle(name, language, file.read(), tagged, list(said.items()))


def corpora_sets() -> Iterator[tuple[str, str, tuple[str, ...], Sequence[GoldArticle]]]:
    """(name, tag, proposers, articles) of each corpus; no articles where it is not there."""
    learned, folder = ("before", "learned"), corpora_folder()
    yield "Actors: names of people and organisations in tweets (Broad Twitter)", "actor", learned, tweets(folder)
    yield "Actors: named people and organisations in news (GUM)", "actor", learned, gum(folder, named=True)
    yield (
        "Actors: all mentions of people and organisations but pronouns (GUM)",
        "actor",
        learned,
        gum(folder, named=False),
    )
    yield "Actors: people, organisations and states in novels (LitBank)", "actor", learned, litbank(folder)
    yield "Figures: quantities in scientific articles (MeasEval)", "figure", ("figures",), measeval(folder)
    yield (
        "Quotes: speech and writing in German prose (Redewiedergabe)",
        "claim",
        ("speech acts",),
        redewiedergabe(folder),
    )


def tweets(folder: Path) -> list[GoldArticle]:
    """Each 25 tweets in a row are one article."""
    path = folder / "broad_twitter" / "f.conll"
    if not path.exists():
        return []
    parts = [part for part in path.read_text("utf-8").split("\n\n") if part.strip()]
    return [
        _of_labels(f"tweets {first}", parts[first : first + _TWEETS], ("PER", "ORG"))
        for first in range(0, len(parts), _TWEETS)
    ]


def _of_labels(name: str, parts: Sequence[str], kinds: tuple[str, ...]) -> GoldArticle:
    text, gold, begun = "", [], None
    for part in parts:
        for line in [*part.splitlines(), "\tO"]:
            word, _, label = line.rpartition("\t")
            if begun is not None and not label.startswith("I-"):
                gold.append(("actor", Span(begun, len(text.rstrip()))))
                begun = None
            if label[:2] == "B-" and label[2:] in kinds:
                begun = len(text)
            text += word + " " if word else ""
        text = text.rstrip() + "\n"
    return GoldArticle(name, "en", text, gold)


def gum(folder: Path, *, named: bool) -> list[GoldArticle]:
    """The outermost mentions of people and organisations that are no pronouns; or only those that have a name."""
    reader = next(each.reads for each in FORMATS if each.name == "webanno")
    assert reader is not None
    found = []
    for path in sorted((folder / "gum" / "webanno_tsv").glob("*.tsv")):
        for record in reader(path, Report(), ReadOptions()):
            spans = []
            for each in record.annotations:
                values = {name: (given or {}).get("value") for name, given in each.attributes.items()}
                whole = Span(each.spans[0].start, each.spans[-1].end)
                words = record.text[whole.start : whole.end]
                kind = values.get("entity") in ("person", "organization")
                named_here = bool(values.get("identity")) and any(word[:1].isupper() for word in words.split())
                if kind and not _PRONOUNS.fullmatch(words.strip()) and (named_here or not named):
                    spans.append(whole)
            found.append(GoldArticle(path.stem, "en", record.text, _outermost(record.text, spans)))
    return found


def litbank(folder: Path) -> list[GoldArticle]:
    """The outermost people, organisations and states."""
    found = []
    for path in sorted((folder / "litbank" / "entities" / "brat").glob("*.ann")):
        with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line.startswith("T")]
        places = [row[1].split() for row in rows]
        spans = [Span(int(place[1]), int(place[-1])) for place in places if place[0][:3] in ("PER", "ORG", "GPE")]
        found.append(GoldArticle(path.stem, "en", text, _outermost(text, spans)))
    return found


def _outermost(text: str, spans: Sequence[Span]) -> Tagged:
    """The spans that lie in no other, without the articles and ’s that the codebook leaves out of an actor."""
    actor = default_codebook().tag("actor")
    assert actor is not None
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda each: (each.start, -each.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return [("actor", trim(text, span, actor.trim, "en").span) for span in kept]


def measeval(folder: Path) -> list[GoldArticle]:
    """The quantities of the training part."""
    base = folder / "measeval" / "train"
    found = []
    for path in sorted((base / "tsv").glob("*.tsv")):
        text = base / "text" / f"{path.stem}.txt"
        if text.exists():
            with path.open(encoding="utf-8", newline="") as file:
                rows = [row for row in csv.DictReader(file, delimiter="\t") if row["annotType"] == "Quantity"]
            gold = [("figure", Span(int(row["startOffset"]), int(row["endOffset"]))) for row in rows]
            found.append(GoldArticle(path.stem, "en", text.read_text("utf-8"), gold))
    return found


def redewiedergabe(folder: Path) -> list[GoldArticle]:
    """What one coder of each text marked as direct or indirect speech or writing; thought is left out."""
    path = folder / "redewiedergabe" / "normalized.jsonl"
    found = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        told = json.loads(line)
        coder = sorted(told["coders"])[0]
        text, place = _closed_up(told["text"])
        gold = [
            ("claim", Span(place[each["fragments"][0][0]], place[each["fragments"][-1][1] - 1] + 1))
            for each in told["coders"][coder]
            if re.fullmatch(r"stwr:(?:direct|indirect)\.(?:speech|writing)", each["label"])
        ]
        found.append(GoldArticle(told["doc"], "de", text, [(tag, _inner(text, span)) for tag, span in gold]))
    return found


def _closed_up(text: str) -> tuple[str, list[int]]:
    """A text of tokens with the blanks taken out that no printed text has, and where each character has gone."""
    gone = {found.start() for found in re.finditer(r" (?=[,.;:!?«)])|(?<=[»(]) ", text)}
    place, at = [], 0
    for number in range(len(text)):
        place.append(at)
        at += number not in gone
    return "".join(sign for number, sign in enumerate(text) if number not in gone), place


def _inner(text: str, span: Span) -> Span:
    """Without quotation marks and punctuation at the ends, as our statements are."""
    whole = text[span.start : span.end]
    start = len(whole) - len(whole.lstrip('»«„“"–—- '))
    end = len(whole.rstrip('»«„“",.;:!?–—- '))
    return Span(span.start + start, span.start + end) if start < end else span
