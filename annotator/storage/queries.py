"""What panels and operations read. Long lists come as keys first, then in pages, so that no row is read unseen."""

import json
import re
from array import array
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from annotator.errors import AnnotatorError
from annotator.model.codebook import Codebook
from annotator.model.codebook_json import codebook_from_json
from annotator.model.rows import Annotation, Coder, Document, DocumentRow, Reading
from annotator.model.span import Span, Spans, outer
from annotator.storage import assignments, people
from annotator.storage.project import Project
from annotator.storage.schema import visible

_DOCUMENT = (
    "d.key, d.id, d.sha256, d.title, d.outlet, d.date, d.url, d.language, d.rights, d.source_name, d.encoding, d.words"
)
_ANNOTATION = (
    "a.key, a.id, a.reading, a.tag, a.spans, a.quote, a.attributes, a.note, a.question, a.flags, a.source_id, "
    'a.codebook_made, a.codebook_confirmed, a.extra, a.start, a."end"'
)
_READING = "r.key, r.id, r.document, r.coder, r.kind, iif(r.deleted, 'not started', r.state), r.reason, r.codebook"


# ---- coders and codebook


def coders(project: Project) -> list[Coder]:
    """The people of the project, by name; those merged into another are left out."""
    found = project.rows(f"SELECT c.key, c.id, c.name FROM coder AS c WHERE {visible('c')}")
    merged = people.mains(project)
    return sorted((Coder(*row) for row in found if row[0] not in merged), key=lambda coder: coder.name.casefold())


def coder(project: Project, key: int) -> Coder | None:
    """A coder by key."""
    found = project.rows("SELECT key, id, name FROM coder WHERE key = ?", (key,))
    return Coder(*found[0]) if found else None


@lru_cache(maxsize=8)
def _parsed(content: str) -> Codebook:
    return codebook_from_json(content, "the project's codebook")


def codebook_version(project: Project) -> tuple[str, Codebook] | None:
    """The id and content of the current codebook version: the latest head."""
    found = project.rows(
        f"SELECT b.id, b.content FROM codebook AS b WHERE {visible('b')} ORDER BY b.stamp DESC LIMIT 1"
    )
    return (found[0][0], _parsed(found[0][1])) if found else None


# ---- documents


def document_keys(project: Project, coder: int | None, *, words: str = "", show: str = "all") -> "array[int]":
    """Keys of the documents in the order of the list; `words` filters title, outlet and date.

    `show` is "all", "to do", "done", "returned" or "set aside"; of what is to be done, only what a coder is assigned.
    """
    where: list[str] = [visible("d")]
    parameters: dict[str, Any] = {}
    for number, word in enumerate(words.split()):
        # LIKE folds ASCII only; for other letters Python's case folding costs a call a row and is right.
        told = "d.title || ' ' || d.outlet || ' ' || d.date"
        folded = told if word.isascii() else f"folded({told})"
        where.append(f"{folded} LIKE :w{number} ESCAPE '!'")
        parameters[f"w{number}"] = "%" + re.sub("([!%_])", r"!\1", word.casefold()) + "%"
    state = f"""(SELECT max(nullif(r.state, 'not started')) FROM reading AS r WHERE r.document = d.key
        AND +r.coder IN {people.listed(project, coder)} AND r.kind = 'own' AND r.deleted = 0)"""
    if show in ("done", "returned", "set aside"):
        where.append(f"{state} = '{show}'")
    elif show == "to do":
        where.append(f"ifnull({state}, '') NOT IN ('done', 'set aside')")
        if coder is not None and assignments.is_anything_assigned(project):
            where.append(f"d.key IN {_to_code(project, coder)}")
    found = project.rows(f"SELECT d.key FROM document AS d WHERE {' AND '.join(where)} ORDER BY d.key", parameters)
    return array("q", [row[0] for row in found])


def is_assigned_any(project: Project, coder: int | None) -> bool:
    """Whether a coder is assigned any document."""
    return bool(project.rows(f"SELECT 1 WHERE EXISTS {_to_code(project, coder)}"))


def _to_code(project: Project, coder: int | None) -> str:
    return f"""(SELECT a.document FROM assignment AS a
        WHERE a.coder IN {people.listed(project, coder)} AND {visible("a")})"""


def document_rows(project: Project, keys: Sequence[int], coder: int | None) -> list[DocumentRow]:
    """Lines of the list for these documents, in the given order; documents that are gone are left out."""
    marks = ",".join("?" * len(keys))
    found = project.rows(
        f"""SELECT d.key, d.title, d.outlet, d.date,
                ifnull(max(iif(r.deleted, NULL, nullif(r.state, 'not started'))), 'not started'),
                sum((SELECT count(*) FROM annotation AS a WHERE a.reading = r.key AND {visible("a")}))
            FROM document AS d
            LEFT JOIN reading AS r
                ON r.document = d.key AND +r.coder IN {people.listed(project, coder)} AND r.kind = 'own'
            WHERE d.key IN ({marks}) AND {visible("d")} GROUP BY d.key""",
        tuple(keys),
    )
    by_key = {row[0]: DocumentRow(*row) for row in found}
    return [by_key[key] for key in keys if key in by_key]


def state_counts(project: Project, coder: int | None) -> dict[str, int]:
    """How many documents are in each state for a coder; `all` counts all of them.

    `to code` counts those that the coder is assigned (all, if nobody is assigned any), `to do` those of them that are
    not finished.
    """
    total = project.rows(f"SELECT count(*) FROM document AS d WHERE {visible('d')}")[0][0]
    found = project.rows(
        f"""SELECT ifnull(state, 'not started'), count(*) FROM (
                SELECT max(nullif(r.state, 'not started')) AS state FROM reading AS r
                JOIN document AS d ON d.key = r.document
                WHERE r.coder IN {people.listed(project, coder)} AND r.kind = 'own'
                AND {visible("r")} AND {visible("d")} GROUP BY r.document) GROUP BY state"""
    )
    counts = dict(found)
    counts["all"] = total
    counts["to code"] = total
    counts["to do"] = total - counts.get("done", 0) - counts.get("set aside", 0)
    if coder is not None and assignments.is_anything_assigned(project):
        mine = f"SELECT d.key FROM document AS d WHERE d.key IN {_to_code(project, coder)} AND {visible('d')}"
        counts["to code"] = project.rows(f"SELECT count(*) FROM ({mine})")[0][0]
        counts["to do"] = len(document_keys(project, coder, show="to do"))
    return counts


def document(project: Project, key: int) -> Document | None:
    """A document by key, if it is there and not deleted."""
    found = project.rows(f"SELECT {_DOCUMENT} FROM document AS d WHERE d.key = ? AND {visible('d')}", (key,))
    return Document(*found[0]) if found else None


def documents(project: Project, keys: Collection[int] | None = None) -> list[Document]:
    """The documents with these keys, or all, in the order of the list."""
    if keys is not None and len(keys) < 500:
        where = f"d.key IN ({', '.join(map(str, keys))}) AND {visible('d')}"
        return [
            Document(*row) for row in project.rows(f"SELECT {_DOCUMENT} FROM document AS d WHERE {where} ORDER BY 1")
        ]
    found = project.rows(f"SELECT {_DOCUMENT} FROM document AS d WHERE {visible('d')} ORDER BY d.key")
    return [Document(*row) for row in found if keys is None or row[0] in keys]


def document_of_text(project: Project, text_id: str) -> tuple[int, bool] | None:
    """Key of the document with this id, or whose present text has this hash, and whether it is deleted."""
    found = project.rows("SELECT key, deleted FROM document WHERE id = ?", (text_id,))
    return (found[0][0], bool(found[0][1])) if found else None


def text_of(project: Project, document: int) -> str:
    """The stored text of a document. Raises AnnotatorError if it is gone, as after an undo in another window."""
    found = project.rows("SELECT text FROM document_text WHERE document = ?", (document,))
    if not found:
        raise AnnotatorError("The article is not in the project any more.")
    return str(found[0][0])


# ---- readings and annotations


def reading(project: Project, document: int, coder: int, kind: str = "own") -> Reading | None:
    """A coder's reading of a document, if it was ever begun; of two by one person, the one that is further."""
    found = project.rows(
        f"""SELECT {_READING} FROM reading AS r
            WHERE r.document = ? AND +r.coder IN {people.listed(project, coder)} AND r.kind = ?
            ORDER BY r.deleted, r.state = 'not started', r.state DESC, r.coder <> ? LIMIT 1""",
        (document, kind, coder),
    )
    return Reading(*found[0]) if found else None


def reading_by_key(project: Project, key: int) -> Reading:
    """A reading by key. Raises IndexError if there is none."""
    return Reading(*project.rows(f"SELECT {_READING} FROM reading AS r WHERE r.key = ?", (key,))[0])


def reading_extra(project: Project, key: int) -> dict[str, Any]:
    """What a reading holds beside its columns; nothing where that is damaged, which `check` tells."""
    found = project.rows("SELECT extra FROM reading WHERE key = ?", (key,))
    try:
        extra = _object(found[0][0]) if found else {}
    except (ValueError, RecursionError):
        extra = {}
    return extra if isinstance(extra, dict) else {}


def readings_of(project: Project, document: int) -> list[Reading]:
    """All readings of a document, gold after the coders' own."""
    found = project.rows(
        f"SELECT {_READING} FROM reading AS r WHERE r.document = ? AND "
        "r.batch NOT IN (SELECT key FROM batch WHERE ended IS NULL) ORDER BY r.kind DESC, r.key",
        (document,),
    )
    return [Reading(*row) for row in found]


def documents_of_coder(project: Project, coder: int) -> list[int]:
    """The documents that a coder has begun."""
    found = project.rows(
        f"""SELECT DISTINCT r.document FROM reading AS r
            WHERE r.coder IN {people.listed(project, coder)} AND {visible("r")} ORDER BY r.document"""
    )
    return [row[0] for row in found]


# "+": a document has few readings, a coder many; SQLite would go by the index of the coders.
_OF_PERSON = "SELECT r.key FROM reading AS r WHERE r.document = ? AND +r.coder IN {} AND r.kind = 'own'"


def annotations_of_reading(
    project: Project, reading: int, *, inside: Span | None = None, outside: Span | None = None
) -> list[Annotation]:
    """The annotations of a reading in text order, outer before inner.

    With `inside` only those that lie in this stretch of the text, with `outside` only those that do not lie in that.
    """
    wanted = "".join(
        f' AND {sign} (a.start >= ? AND a."end" <= ?)' for sign, where in (("", inside), ("NOT", outside)) if where
    )
    return _annotations(project, f"a.reading = ?{wanted}", (reading, *(inside or ()), *(outside or ())))


def _annotations(project: Project, where: str, parameters: tuple[int, ...]) -> list[Annotation]:
    found = project.rows(f"SELECT {_ANNOTATION} FROM annotation AS a WHERE {where} AND {visible('a')}", parameters)
    found.sort(key=lambda row: (row[14], -row[15], row[0]))  # sooner done than in SQL, which would sort whole rows
    return [_annotation(row) for row in found]


def annotations_of(project: Project, document: int, coder: int | None) -> list[Annotation]:
    """A coder's annotations of a document in text order, outer before inner."""
    return _annotations(project, f"a.reading IN ({_OF_PERSON.format(people.listed(project, coder))})", (document,))


def annotations_on(project: Project, document: int, coder: int, spans: Spans) -> list[Annotation]:
    """A coder's annotations of exactly these spans; the others of the document are not read."""
    where = outer(spans)
    found = _annotations(
        project,
        f'a.reading IN ({_OF_PERSON.format(people.listed(project, coder))}) AND a.start = ? AND a."end" = ?',
        (document, where.start, where.end),
    )
    return [each for each in found if each.spans == spans]


def annotation(project: Project, key: int) -> Annotation | None:
    """An annotation by key, if it is there and not deleted."""
    found = project.rows(f"SELECT {_ANNOTATION} FROM annotation AS a WHERE a.key = ? AND {visible('a')}", (key,))
    return _annotation(found[0]) if found else None


def place_of(project: Project, annotation: int) -> tuple[int, int] | None:
    """Document and coder (the person they count as) of an annotation, deleted or not."""
    found = project.rows(
        "SELECT r.document, r.coder FROM annotation AS a JOIN reading AS r ON r.key = a.reading WHERE a.key = ?",
        (annotation,),
    )
    return (found[0][0], people.keys_of(project, found[0][1])[0]) if found else None


def tags_in_use(project: Project) -> dict[str, int]:
    """How many annotations carry each tag."""
    return dict(project.rows(f"SELECT a.tag, count(*) FROM annotation AS a WHERE {visible('a')} GROUP BY a.tag"))


def _annotation(row: tuple[Any, ...]) -> Annotation:
    # A document may have 10,000: they are made by place, and nothing is parsed that need not be.
    (key, own, reading, tag, spans, quote, attributes, note, question, flags, source, made, confirmed, extra) = row[:14]
    return Annotation(
        key,
        own,
        reading,
        tag,
        (Span(row[14], row[15]),) if spans.count("[") == 2 else tuple(Span(*pair) for pair in json.loads(spans)),
        quote,
        _object(attributes),
        note,
        question,
        () if flags == "[]" else tuple(json.loads(flags)),
        source,
        made,
        confirmed,
        _object(extra),
    )


def _object(text: str) -> dict[str, Any]:
    return {} if text == "{}" else json.loads(text)
