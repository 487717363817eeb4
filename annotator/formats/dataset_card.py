"""The card of a dataset (README.md): what is in it, how it was made, what is missing, what it is not for.

Its head is the YAML that Hugging Face's `datasets` reads: which file is which part, and the type of each field.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from annotator.formats.dataset_counts import Counts
from annotator.formats.dataset_rows import Type
from annotator.formats.format import ProjectRecords, WriteOptions
from annotator.formats.project_records import codebook_of
from annotator.model.codebook import Codebook

_LICENCE = re.compile(r"[a-z0-9][a-z0-9.-]{1,40}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def card(
    features: Mapping[str, Type],
    counts: Counts,
    lost: Mapping[str, int],
    project: ProjectRecords,
    options: WriteOptions,
    parts: Sequence[str],
) -> str:
    """The whole text."""
    codebook = codebook_of(project)
    title = options.title or "Annotated news articles"
    head = yaml.safe_dump(
        _head(title, features, counts, options, parts), sort_keys=False, allow_unicode=True, width=1000
    )
    sections = (
        _about(title, counts, codebook, options),
        _loading(),
        _numbers(counts, codebook, parts, options),
        _fields(codebook),
        _people(counts),
        _agreement(options),
        _gaps(counts, lost, project),
        _rights(counts, options),
        _uses(),
    )
    return f"---\n{head}---\n\n" + "\n".join("\n".join(section) + "\n" for section in map(list, sections) if section)


# ---- the head


def _head(
    title: str, features: Mapping[str, Type], counts: Counts, options: WriteOptions, parts: Sequence[str]
) -> dict[str, Any]:
    primary = {language.replace("_", "-").partition("-")[0].lower() for language in counts.languages}
    languages = sorted(each for each in primary if _LANGUAGE.fullmatch(each))
    rows = counts.readings.total()
    size = next((name for limit, name in _SIZES if rows < limit), "1M<n<10M")
    return {
        "pretty_name": " ".join(title.split()),  # on one line: the head ends where a line is ---
        **({"language": languages} if languages else {}),
        "license": _licence(counts, options),
        "task_categories": ["token-classification"],
        "annotations_creators": ["expert-generated"],
        "size_categories": [size],
        "tags": ["news", "claims", "quotation-attribution"],
        "configs": [
            {
                "config_name": "default",
                "data_files": [{"split": _split(part), "path": f"data/{part}.jsonl"} for part in parts],
            }
        ],
        "dataset_info": {"features": _described(features)},
    }


def _split(part: str) -> str:
    return re.sub(r"\W", "_", part)


def _described(features: Mapping[str, Type]) -> list[dict[str, Any]]:
    return [{"name": name, **_type(kind)} for name, kind in features.items()]


def _type(kind: Type) -> dict[str, Any]:
    if isinstance(kind, str):
        return {"dtype": kind}
    if isinstance(kind, list):
        member = kind[0]
        return {"sequence": member} if isinstance(member, str) else {"list": _described(member)}
    return {"struct": _described(kind)}


def _licence(counts: Counts, options: WriteOptions) -> str:
    given = options.settings.get("license", "").strip()
    named = [each for each in counts.rights if each]
    if given or len(counts.rights) == 1 == len(named):
        one = (given or named[0]).lower()
        return one if _LICENCE.fullmatch(one) else "other"
    return "other" if named else "unknown"


# ---- the sections


def _about(title: str, counts: Counts, codebook: Codebook | None, options: WriteOptions) -> Iterator[str]:
    yield f"# {_plain(title)}"
    yield ""
    if options.release:
        yield f"Release: {_plain(options.release)}. Coders and ids have other names in every release."
        yield ""
    period = f" from {counts.first} to {counts.last}" if counts.first else ""
    outlets = len([outlet for outlet in counts.outlets if outlet])
    of_outlets = f" by {_counted(outlets, 'outlet')}" if outlets else ""
    tags = ", ".join(tag.label for tag in codebook.active_tags) if codebook else "tags of its own"
    articles = _counted(counts.documents.total(), "news article")
    yield f"{articles}{of_outlets}{period}, in which people tagged spans as: {tags}."
    if codebook:
        yield ""
        named = _plain(codebook.title or codebook.id)
        yield f"Codebook: {named}, version {_plain(codebook.version)} (`codebook.jsonl`)."


def _loading() -> Iterator[str]:
    yield "## Loading"
    yield ""
    yield "```python"
    yield "from datasets import load_dataset"
    yield ""
    yield 'dataset = load_dataset("path/to/this/folder")'
    yield "row = next(iter(dataset.values()))[0]"
    yield 'for annotation in row["annotations"]:'
    yield '    spans = annotation["spans"]'
    yield '    assert annotation["text"] == "".join(row["text"][each["start"]:each["end"]] for each in spans)'
    yield "```"
    yield ""
    yield "One row is one reading: one coder's annotations of one article, or the agreed version (`reading` is `gold`)."
    yield "An article that two coders read stands in two rows, both in the same part. Offsets count Unicode code"
    yield "points, the end is exclusive. An annotation of several pieces has several `spans`."


def _numbers(counts: Counts, codebook: Codebook | None, parts: Sequence[str], options: WriteOptions) -> Iterator[str]:
    yield "## Numbers"
    yield ""
    yield from _table(
        ("part", "articles", "readings", "annotations"),
        [(part, counts.documents[part], counts.readings[part], counts.annotations[part]) for part in parts],
    )
    yield ""
    yield options.splits or "The articles were not parted for training and testing."
    yield ""
    order = [tag.id for tag in codebook.tags] if codebook else []
    tags = [tag for tag in order if tag in counts.tags] + sorted(counts.tags.keys() - set(order))
    yield from _table(
        ("tag", *parts, "meaning"),
        [(tag, *(counts.tags[tag][part] for part in parts), _meaning(codebook, tag)) for tag in tags],
    )
    if counts.relations:
        yield ""
        yield from _table(("relation", "number"), sorted(counts.relations.items()))


def _meaning(codebook: Codebook | None, tag: str) -> str:
    known = codebook.tag(tag) if codebook else None
    return known.definition if known else ""


def _fields(codebook: Codebook | None) -> Iterator[str]:
    owners = [tag for tag in codebook.tags if tag.attributes] if codebook else []
    if not owners:
        return
    yield "## Attributes"
    yield ""
    yield from _table(
        ("tag", "attribute", "kind", "values"),
        [
            (tag.id, each.id, f"list of {each.of}" if each.of else each.type, ", ".join(each.values))
            for tag in owners
            for each in tag.attributes
        ],
    )
    yield ""
    yield "`confirmed` names the attributes whose value a machine proposed and a person took, `proposed` those that"
    yield "nobody confirmed: they are no human values. All others were typed by a person."


def _people(counts: Counts) -> Iterator[str]:
    yield "## Coders"
    yield ""
    yield from _table(
        ("coder", "reading", "articles"),
        [(coder or "unknown", kind, number) for (coder, kind), number in sorted(counts.by_coder.items())],
    )
    told = ", ".join(f"{number:,} {state}" for state, number in sorted(counts.states.items()))
    yield ""
    yield f"States of the readings: {told}." if told else "Nothing is said of the states of the readings."


def _agreement(options: WriteOptions) -> Iterator[str]:
    if not options.agreement:
        return
    yield "## Agreement"
    yield ""
    yield "Between coders who declared the same articles done, as they first stood; the agreed version is no coder."
    yield "Intervals are of 95 %, drawn by documents."
    yield ""
    yield from _table(
        ("measure", "about", "value", "interval", "n"),
        [
            (each["measure"], each.get("about", ""), each["value"], _interval(each), each.get("n", ""))
            for each in options.agreement
        ],
    )


def _interval(row: Mapping[str, Any]) -> str:
    return f"{row['low']}–{row['high']}" if row.get("low") is not None and row.get("high") is not None else ""


def _gaps(counts: Counts, lost: Mapping[str, int], project: ProjectRecords) -> Iterator[str]:
    yield "## Known gaps"
    yield ""
    not_done = counts.states.total() - counts.states["done"]
    gaps = (
        (not_done, "readings that nobody declared done"),
        (counts.bare, "readings without an annotation"),
        (counts.undated, "articles without a date"),
        (counts.languages[""], "articles whose language is not stated"),
        (counts.unsure, "annotations that their coder was unsure of"),
        (counts.unconfirmed, "attribute values that a machine proposed and nobody confirmed"),
    )
    yield from (f"- {number:,} {words}" for number, words in gaps if number)
    yield from (f"- not in this dataset: {number:,} {reason}" for reason, number in sorted(lost.items()) if number)
    private = sum(row.get("pseudonym") is True for row in project.get("entities", ()))
    if private:
        told = _counted(private, "actor")
        yield f"- {told} marked as a private person: under a pseudonym. Texts may still name them."
    yield "- Texts stand as the articles were stored, damage included. Attributes can repeat words of the text."


def _rights(counts: Counts, options: WriteOptions) -> Iterator[str]:
    yield "## Rights"
    yield ""
    given = options.settings.get("license", "").strip()
    if given:
        yield f"Licence of the annotations: {_plain(given)}."
        yield ""
    yield from _table(
        ("rights of the articles", "articles"),
        [(rights or "not stated", number) for rights, number in sorted(counts.rights.items())],
    )


def _uses() -> Iterator[str]:
    yield "## What it is for, and what it is not"
    yield ""
    yield "The names of tags are technical: “claim” does not mean false, and “threat” is read from the words, not from"
    yield "who speaks. The dataset does not say whether what is claimed is true. It is not made for watching persons or"
    yield "for judging speakers by machine. Readings that differ are kept side by side: a minority reading is no error."


def _table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(f"{cell:,}" if isinstance(cell, int) else _plain(str(cell)) for cell in row) + " |"


def _plain(words: str) -> str:
    """Words on one line that no Markdown reader takes for markup or for the end of a cell."""
    return re.sub(r"([\\`*_|<\[])", r"\\\1", " ".join(words.split()))


def _counted(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"
