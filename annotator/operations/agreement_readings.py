"""Which readings count in agreement, as the plain data that the measures take.

Only readings that their coder declared done, as they stood when first declared done; "as they are now" is a choice.
The agreed version (gold) is nobody's reading here. Values that nobody confirmed are left out, merged actors are one,
merged coders are one person.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotator.agreement import Annotation, Document, Level, Link, Reading
from annotator.errors import AnnotatorError
from annotator.model.codebook import Codebook
from annotator.model.span import Span, Spans, normalised
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

    `coders` are names, `documents` keys, `version` the id of a codebook version under which both were begun. `viewer`
    is the key of a coder who must not learn of articles whose round is open.
    """

    coders: tuple[str, ...] = ()
    documents: frozenset[int] | None = None
    version: str = ""
    now: bool = False
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
    wanted = {own: there for own, there in found.items() if len(there) > 1}
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
        self.hashes = {key: own for own, key in agreement_queries.document_hashes(project).items()}
        registry = entity_queries.registry(project)
        version = queries.codebook_version(project)
        self.values = _Values(version[1] if version else None, registry.main_id)

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
        form, with_links = _first_form(project, content, source.values, lengths[key])
        if form is not None:
            found[key] = form
            bare += [] if with_links or not form.annotations else [key]
    missing = [row.key for row in rows if row.key not in found]
    left["not kept"] += 0 if source.which.now else len(missing)
    marks = review_queries.marks(project, [*missing, *bare])
    for key in missing:
        found[key] = _form(
            [
                (
                    mark.id,
                    mark.tag,
                    mark.spans,
                    json.loads(mark.attributes),
                    [(link.type, link.target) for link in mark.links],
                )
                for mark in marks[key]
            ],
            source.values,
        )
    for key in bare:
        links = {mark.id: [(link.type, link.target) for link in mark.links] for mark in marks[key]}
        content = json.loads(agreement_queries.first_forms(project, [key])[key])
        ids = {each["id"]: place for place, each in enumerate(content)}
        found[key] = Reading(found[key].annotations, _links(links, ids))
    return found


def _first_form(project: Project, content: str, values: "_Values", length: int) -> tuple[Reading | None, bool]:
    """What was kept, None where it is of no form that this program knows; and whether links are in it."""
    try:
        listed = json.loads(content)
        if not isinstance(listed, list):
            return None, False
        told = [
            (
                str(each["id"]),
                str(each["tag"]),
                _pieces(each["spans"], length),
                dict(each["attributes"]),
                [(str(kind), str(target)) for kind, target in each.get("links", ())],
            )
            for each in listed
        ]
    except (AnnotatorError, ValueError, TypeError, KeyError, RecursionError):
        raise AnnotatorError(
            f"{project.path.name} is damaged: what stood in a reading when it was declared done cannot be read."
        ) from None
    return _form(told, values), any("links" in each for each in listed)


def _pieces(spans: Any, length: int) -> Spans:
    if len(spans) == 1:  # nearly all, and a project may have 100,000
        start, end = spans[0]
        if type(start) is type(end) is int and 0 <= start < end <= length:
            return (Span._make((start, end)),)
    return normalised(spans, length)


_Told = tuple[str, str, Any, Mapping[str, Any], list[tuple[str, str]]]  # id, tag, spans, attributes, links


def _form(told: Sequence[_Told], values: "_Values") -> Reading:
    annotations = [
        Annotation(tag, spans, values.of(tag, attributes) if attributes else {})
        for _, tag, spans, attributes, _ in told
    ]
    links = {own: listed for own, _, _, _, listed in told if listed}
    if not links:
        return Reading(annotations)
    return Reading(annotations, _links(links, {own: place for place, (own, *_) in enumerate(told)}))


def _links(links: Mapping[str, list[tuple[str, str]]], place: Mapping[str, int]) -> list[Link]:
    return [
        Link(kind, place[source], place[target])
        for source, listed in links.items()
        if source in place
        for kind, target in listed
        if target in place
    ]


class _Values:
    """The values that people gave, as they are compared."""

    def __init__(self, codebook: Codebook | None, main_id: Callable[[str], str]) -> None:
        self._main_id = main_id
        self._places: dict[tuple[str, str], dict[str, int]] = {}
        self._actors: set[tuple[str, str]] = set()
        for tag in codebook.tags if codebook else ():
            for attribute in tag.attributes:
                if attribute.ordered:
                    self._places[tag.id, attribute.id] = {value: n for n, value in enumerate(attribute.values)}
                if "entity" in (attribute.type, attribute.of):
                    self._actors.add((tag.id, attribute.id))

    def of(self, tag: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
        """Attribute → value: places of ordered values, merged actors resolved, nothing that was only proposed."""
        found = {}
        for name, given in attributes.items():
            if not isinstance(given, dict) or given.get("by") == "proposed":
                continue
            value = self._plain((tag, name), given.get("value"))
            if value not in (None, "", []):
                found[name] = value
        return found

    def _plain(self, which: tuple[str, str], value: Any) -> Any:
        if which in self._places:
            return self._places[which].get(value) if isinstance(value, str) else None
        if which in self._actors:
            if isinstance(value, list):
                return [self._main_id(each) if isinstance(each, str) else str(each) for each in value]
            return self._main_id(value) if isinstance(value, str) else None
        return json.dumps(value, sort_keys=True) if isinstance(value, dict) else value


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
