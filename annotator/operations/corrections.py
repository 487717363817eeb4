"""My corrections: what was decided otherwise than a coder had it, in the articles whose agreed version is closed."""

from collections.abc import Mapping, Sequence

from annotator.operations.export_records import People, people
from annotator.operations.reviewing import sameness
from annotator.review.corrections import Correction, corrections
from annotator.review.decisions import Decisions
from annotator.review.readings import Held, Reader, ordered
from annotator.storage import queries, review_queries
from annotator.storage.project import Project
from annotator.storage.review_queries import ReadingRow

_PAGE = 100  # articles that are read at once


def my_corrections(project: Project, coder: int, documents: Sequence[int] | None = None) -> list[Correction]:
    """Where the agreed version differs from a coder's reading, in the order of the list; `documents` None: everywhere.

    Articles count whose agreed version is closed and is the only one. A coder under several names is one person.
    """
    known = people(project)
    wanted = known.main(coder)
    golds: dict[int, list[ReadingRow]] = {}
    own: dict[int, list[ReadingRow]] = {}
    for row in review_queries.readings(project, documents):
        if row.kind == "gold":
            golds.setdefault(row.document, []).append(row)
        elif known.main(row.coder) == wanted and row.state in ("done", "returned"):
            own.setdefault(row.document, []).append(row)
    closed = sorted(key for key, rows in golds.items() if len(rows) == 1 and rows[0].state == "done" and key in own)
    found: list[Correction] = []
    for first in range(0, len(closed), _PAGE):
        page = {key: (own[key], golds[key]) for key in closed[first : first + _PAGE]}
        found += _page(project, page, known)
    return found


def _page(
    project: Project, rows: Mapping[int, tuple[list[ReadingRow], list[ReadingRow]]], known: People
) -> list[Correction]:
    marks = review_queries.marks(project, [row.key for both in rows.values() for listed in both for row in listed])
    decisions = review_queries.decisions(project, list(rows))
    titles = review_queries.titles(project, list(rows))
    same = sameness(project)
    found: list[Correction] = []
    for document, both in rows.items():
        mine, agreed = (
            Held(_reader(project, listed, known), ordered([mark for row in listed for mark in marks[row.key]]))
            for listed in both
        )
        about = Decisions(decisions.get(document, ()))
        found += corrections(document, titles[document][1], mine, agreed, about, same)
    return found


def _reader(project: Project, rows: Sequence[ReadingRow], known: People) -> Reader:
    person = queries.coder(project, known.main(rows[0].coder))
    own, name = (person.id, person.name) if person else ("", "")
    return Reader(rows[0].coder, own, name, frozenset(row.key for row in rows))
