"""What annotated files hold, before they are imported: articles, annotations, coders, and what each label becomes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.jsonl import JSONL
from annotator.formats.report import Report
from annotator.model.codebook import Codebook
from annotator.model.records import DocumentRecord
from annotator.operations.import_labels import LEFT_OUT, known_relation, known_tag
from annotator.operations.import_project import codebook_versions, takes_codebook
from annotator.operations.import_records import Source
from annotator.operations.imports import Encodings, How, sources_at
from annotator.operations.progress import Cancelled, Progress, silent
from annotator.storage import queries
from annotator.storage.project import Project


@dataclass(frozen=True)
class Label:
    """A label of the files, of annotations or (`link`) of the links between them."""

    name: str
    number: int
    link: bool = False
    becomes: str = ""  # id of the tag or kind of link that it is taken for; "" if there is none
    fate: str = "new"  # "known", "new": added to the codebook, "refused": the codebook lacks it, "left out"


@dataclass(frozen=True)
class Survey:
    """What an import of annotated files would bring; files of articles alone are not in it."""

    documents: int = 0
    annotations: int = 0
    relations: int = 0
    coders: tuple[tuple[str, int], ...] = ()  # with their annotations, most first; "" for those that name nobody
    labels: tuple[Label, ...] = ()  # of annotations, then of links, most frequent first
    faults: tuple[str, ...] = ()  # why a file could not be read to its end

    def as_json(self) -> dict[str, Any]:
        """The keys that `annotator import --preview --json` prints."""
        return {
            "documents": self.documents,
            "annotations": self.annotations,
            "relations": self.relations,
            "coders": dict(self.coders),
            "labels": [
                {
                    "label": each.name,
                    "number": each.number,
                    "of": "links" if each.link else "annotations",
                    "fate": each.fate,
                    "becomes": each.becomes or None,
                }
                for each in self.labels
            ],
            "faults": list(self.faults),
        }


def survey(
    project: Project,
    paths: Sequence[Path],
    *,
    format_name: str | None = None,
    encodings: Encodings | None = None,
    encoding: str | None = None,
    how: How | None = None,
    progress: Progress = silent,
) -> Survey:
    """Read the annotated files at the paths as `import_paths` would, and store nothing.

    Raises AnnotatorError for a project without a codebook and an unknown format or setting, Cancelled when `progress`
    does.
    """
    version = queries.codebook_version(project)
    if version is None:
        raise AnnotatorError(f"{project.path.name} has no codebook: give it one first.")
    how = how or How()
    seen, report = _Seen(), Report()
    with ExitStack() as unpacked:
        sources = sources_at(
            paths, report, unpacked, format_name=format_name, encodings=encodings, encoding=encoding, how=how
        )
        for source in sources:
            if source.labels is not None or source.project or source.format_name == JSONL.name:
                _look_through(source, seen, progress)
    books = [version[1], *(book for book in seen.codebooks if takes_codebook(project, version[1], book))]
    return Survey(
        seen.documents,
        seen.tags.total(),
        seen.links.total(),
        tuple(sorted(seen.coders.items(), key=lambda item: (-item[1], item[0]))),
        tuple(_labels(seen, books, how)),
        tuple(seen.faults),
    )


@dataclass
class _Seen:
    documents: int = 0
    tags: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    coders: Counter[str] = field(default_factory=Counter)
    added: set[str] = field(default_factory=set)  # labels that stand in files whose labels go into the codebook
    codebooks: list[Codebook] = field(default_factory=list)  # that files of our own bring along
    faults: list[str] = field(default_factory=list)


def _look_through(source: Source, seen: _Seen, progress: Progress) -> None:
    adds = source.labels is not None and source.labels.adds
    records: Iterable[DocumentRecord] = source.labels.read(Report()) if source.labels is not None else source.records
    for scheme in source.labels.schemes if source.labels is not None and adds else ():
        for counts, names in ((seen.tags, scheme.tags), (seen.links, scheme.relations)):
            counts.update(dict.fromkeys(names, 0))  # they come into the codebook although nothing bears them
            seen.added.update(names)
    try:
        seen.codebooks += [book for _, book in codebook_versions(source.project, source.name)[-1:]]
        for record in records:
            seen.documents += 1
            for annotation in record.annotations:
                seen.tags[annotation.tag] += 1
                seen.coders[annotation.coder] += 1
            for link in record.relations:
                seen.links[link.type] += 1
            for reading in record.readings:
                seen.coders[reading.coder] += 0
            if adds:
                seen.added.update(each.tag for each in record.annotations)
                seen.added.update(each.type for each in record.relations)
            progress(seen.documents, 0)
    except Cancelled:
        raise
    except AnnotatorError as fault:
        seen.faults.append(str(fault))


def _labels(seen: _Seen, books: Sequence[Codebook], how: How) -> Iterable[Label]:
    for link, counted in ((False, seen.tags), (True, seen.links)):
        for name, number in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
            wanted = how.labels.get(name, name)
            if wanted == LEFT_OUT:
                yield Label(name, number, link, fate="left out")
                continue
            known = (known_relation(book, wanted) if link else known_tag(book, wanted) for book in books)
            found = next((each for each in known if each is not None), None)
            adds = name in seen.added or name in how.labels
            fate = "known" if found else "new" if adds else "refused"
            yield Label(name, number, link, found.id if found else "", fate)
