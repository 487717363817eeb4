"""Which readings count in agreement, as the plain data that the measures take.

Only readings that their coder declared done, as they stood when first declared done; "as they are now" is a choice.
The agreed version (gold) is nobody's reading here. Values that nobody confirmed are left out, merged actors are one,
merged coders are one person.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotator.agreement import Annotation, Document, Level, Link, Reading
from annotator.errors import AnnotatorError
from annotator.model.codebook import Codebook
from annotator.operations.agreement_forms import Values, first_form, form_of_marks, links_of_marks
from annotator.operations.export_records import people
from annotator.operations.progress import Progress, silent
from annotator.operations.rounds import hidden_documents
from annotator.storage import agreement_queries, entity_queries, queries, review_queries
from annotator.storage.agreement_queries import DoneReading, Text
from annotator.storage.project import Project

_PAGE = 100  # articles that are read at once


@dataclass(frozen=True)
class Which:
    """Which readings are compared; what is left empty chooses nothing.

    `coders` are names, `documents` keys, `version` the id of a codebook version under which all were begun, `least` how
    many must have declared an article done. `viewer` is the key of a coder who must not learn of open rounds.
    """

    coders: tuple[str, ...] = ()
    documents: frozenset[int] | None = None
    version: str = ""
    now: bool = False
    least: int = 2
    viewer: int | None = None


ALL = Which()


class Part(NamedTuple):
    """What is known of one coder's reading: codebook version, when it was first done (ms since 1970)."""

    codebook: str
    at: int


@dataclass(frozen=True)
class Article:
    """An article that at least two coders declared done; `key` is 0 where only another file has it."""

    key: int
    title: str
    date: str
    words: int
    document: Document
    parts: Mapping[str, Part]


@dataclass(frozen=True)
class Material:
    """All that is compared. `left_out` counts articles: one coder alone, and those the viewer may not look at yet;
    and readings: those whose first form was not kept, which count as they are now."""

    articles: tuple[Article, ...]
    coders: tuple[str, ...]
    tags: tuple[str, ...]  # in the order of the codebook
    levels: Mapping[str, Level]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def documents(self) -> list[Document]:
        """What the measures take."""
        return [each.document for each in self.articles]


def readings_done(
    project: Project, which: Which = ALL, others: Sequence[Project] = (), progress: Progress = silent
) -> Material:
    """The articles that two coders or more declared done, in the order of the list, then those of other files alone.

    The same text is the same article in every file, the same id the same coder. Raises AnnotatorError for a coder who
    is not there, and where a form of a reading is damaged.
    """
    names: dict[str, str] = {}
    sources = [_Source(each, which, names) for each in (project, *others)]
    chosen = _chosen(project, which, list(names.values()))
    found: dict[str, dict[str, list[tuple[_Source, DoneReading]]]] = {}
    for source in sources:
        for own, by_coder in source.done().items():
            here = found.setdefault(own, {})
            for coder, rows in by_coder.items():
                if coder in chosen and coder not in here:
                    here[coder] = [(source, row) for row in rows]
    left: Counter[str] = Counter(hidden=sources[0].hidden)
    wanted = {own: there for own, there in found.items() if len(there) >= which.least}
    left["alone"] = len(found) - len(wanted)
    articles: list[Article] = []
    listed = list(wanted.items())
    for first in range(0, len(listed), _PAGE):
        progress(first, len(listed))
        articles += _page(sources, dict(listed[first : first + _PAGE]), left)
    seen = {coder for each in articles for coder in each.parts}
    codebook = queries.codebook_version(project)
    return Material(
        tuple(articles),
        tuple(coder for coder in sorted(chosen, key=str.casefold) if coder in seen or which.coders),
        _tags(codebook[1] if codebook else None, articles),
        _levels(codebook[1] if codebook else None, articles),
        left,
    )


def _chosen(project: Project, which: Which, known: Sequence[str]) -> set[str]:
    for name in which.coders:
        if name not in known:
            there = ", ".join(sorted(known)) or "nobody yet"
            raise AnnotatorError(f"{project.path.name} has no coder “{name}”; it has: {there}.")
    return set(which.coders or known)


class _Source:
    """One file: its readings that count, by the text of the article and the name of the coder."""

    def __init__(self, project: Project, which: Which, names: dict[str, str]) -> None:
        self.project, self.which = project, which
        self.hidden = 0
        self.known = people(project)
        self.name = self._names(names)
        self.hashes: dict[int, str] = {}  # of the documents that somebody declared done
        registry = entity_queries.registry(project)
        version = queries.codebook_version(project)
        self.values = Values(version[1] if version else None, registry.main_id)

    def _names(self, names: dict[str, str]) -> dict[int, str]:
        """Key of each coder → the name that stands for them; `names` (by id) goes from file to file."""
        ids = {each.key: each.id for each in queries.coders(self.project)}
        found = {}
        for key, name in self.known.names.items():
            own = ids.get(key, "")
            if own not in names:
                taken = name in names.values()
                names[own] = f"{name} ({self.project.path.stem})" if taken else name
            found[key] = names[own]
        return found

    def done(self) -> dict[str, dict[str, list[DoneReading]]]:
        """Hash of the text → coder → the readings that count; several where two names are one person."""
        which = self.which
        rows = agreement_queries.done_readings(self.project)
        self.hashes = agreement_queries.document_hashes(self.project, list({row.document for row in rows}))
        hidden = hidden_documents(self.project, {row.document for row in rows}, which.viewer)
        out_of_sight: dict[int, set[str]] = {}
        found: dict[str, dict[str, list[DoneReading]]] = {}
        for row in rows:
            if (
                (which.documents is not None and row.document not in which.documents)
                or (which.version and row.codebook != which.version)
                or (which.now and row.state != "done")
                or (not row.kept and row.state != "done")
            ):
                continue
            coder = self.name[self.known.main(row.coder)]
            if row.document in hidden:
                out_of_sight.setdefault(row.document, set()).add(coder)
                continue
            found.setdefault(self.hashes[row.document], {}).setdefault(coder, []).append(row)
        self.hidden = sum(len(coders) > 1 for coders in out_of_sight.values())
        return found


def _page(
    sources: Sequence[_Source], page: Mapping[str, Mapping[str, list[tuple[_Source, DoneReading]]]], left: Counter[str]
) -> list[Article]:
    texts: dict[str, tuple[int, Text]] = {}
    forms: dict[tuple[int, int], Reading] = {}
    for number, source in enumerate(sources):
        rows = [row for there in page.values() for listed in there.values() for s, row in listed if s is source]
        documents = list({row.document for row in rows})
        for key, text in agreement_queries.texts(source.project, documents).items():
            texts.setdefault(source.hashes[key], (key if not number else 0, text))
        lengths = {row.key: len(texts[source.hashes[row.document]][1].text) for row in rows}
        forms |= {(number, key): form for key, form in _forms(source, rows, lengths, left).items()}
    place = {id(source): number for number, source in enumerate(sources)}
    articles = []
    for own, there in page.items():
        key, text = texts[own]
        readings, parts = {}, {}
        for coder, listed in there.items():
            readings[coder] = _joined([forms[place[id(source)], row.key] for source, row in listed])
            parts[coder] = Part(listed[0][1].codebook, max(row.at for _, row in listed))
        articles.append(Article(key, text.title, text.date, text.words, Document(text.text, readings), parts))
    return articles


def _joined(readings: Sequence[Reading]) -> Reading:
    """The readings of one person under several names as one."""
    if len(readings) == 1:
        return readings[0]
    annotations: list[Annotation] = []
    links: list[Link] = []
    for each in readings:
        first = len(annotations)
        annotations += each.annotations
        links += [Link(link.type, link.source + first, link.target + first) for link in each.relations]
    return Reading(annotations, links)


# ---- one reading


def _forms(
    source: _Source, rows: Sequence[DoneReading], lengths: Mapping[int, int], left: Counter[str]
) -> dict[int, Reading]:
    """Reading → what stood in it: at first, or now where that is wanted or the first form was not kept."""
    project = source.project
    kept = [row.key for row in rows if row.kept and not source.which.now]
    found: dict[int, Reading] = {}
    bare: list[int] = []  # kept by an earlier version, which kept no links
    for key, content in agreement_queries.first_forms(project, kept).items():
        form, with_links = first_form(project, content, source.values, lengths[key])
        if form is not None:
            found[key] = form
            bare += [] if with_links or not form.annotations else [key]
    missing = [row.key for row in rows if row.key not in found]
    left["not kept"] += 0 if source.which.now else len(missing)
    marks = review_queries.marks(project, [*missing, *bare])
    found |= {key: form_of_marks(marks[key], source.values) for key in missing}
    for key in bare:
        content = json.loads(agreement_queries.first_forms(project, [key])[key])
        found[key] = Reading(found[key].annotations, links_of_marks(marks[key], [each["id"] for each in content]))
    return found


def _tags(codebook: Codebook | None, articles: Sequence[Article]) -> tuple[str, ...]:
    used = {tag for article in articles for tag in article.document.tags()}
    order = [tag.id for tag in codebook.tags if tag.id in used] if codebook else []
    return (*order, *sorted(used - set(order)))


def _levels(codebook: Codebook | None, articles: Sequence[Article]) -> dict[str, Level]:
    """ "tag.attribute" → how its values compare: numbers as amounts, unless some are below 0."""
    used: defaultdict[str, list[Any]] = defaultdict(list)
    for article in articles:
        for reading in article.document.readings.values():
            for each in reading.annotations:
                for name, value in each.attributes.items():
                    used[f"{each.tag}.{name}"].append(value)
    found: dict[str, Level] = {}
    for tag in codebook.tags if codebook else ():
        for attribute in tag.attributes:
            name = f"{tag.id}.{attribute.id}"
            if name not in used:
                continue
            numbers = [value for value in used[name] if isinstance(value, int | float) and not isinstance(value, bool)]
            if attribute.ordered:
                found[name] = "ordinal"
            elif attribute.type == "number" and len(numbers) == len(used[name]):
                found[name] = "ratio" if min(numbers) >= 0 else "interval"
            else:
                found[name] = "nominal"
    return found
