"""Who is to code what, how far each document is, and what a coder may still change.

Coders that were merged into one count as one person. A document that is assigned to nobody is everybody's.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from annotator.storage import people
from annotator.storage.project import Project
from annotator.storage.schema import visible

FINISHED = ("done", "set aside")  # states in which a coder has nothing left to do
WAITING, READY, IN_REVIEW, GOLD = "waiting", "ready for review", "in review", "gold"
DOCUMENT_STATES = (WAITING, READY, IN_REVIEW, GOLD)

_CLOSED = f"""EXISTS (SELECT 1 FROM reading AS g WHERE g.document = {{}} AND g.kind = 'gold' AND {visible("g")})"""


def assigned(project: Project, documents: Collection[int] | None = None) -> dict[int, tuple[int, ...]]:
    """Document → the coders it is assigned to, by key; documents that are assigned to nobody are left out."""
    merged = people.mains(project)
    only = "" if documents is None else f" AND a.document IN ({', '.join(map(str, documents))})"
    found: defaultdict[int, set[int]] = defaultdict(set)
    for document, coder in project.rows(
        f"""SELECT a.document, a.coder FROM assignment AS a JOIN document AS d ON d.key = a.document
            WHERE {visible("a")} AND {visible("d")}{only}"""
    ):
        found[document].add(merged.get(coder, coder))
    return {document: tuple(sorted(coders)) for document, coders in found.items()}


def is_anything_assigned(project: Project) -> bool:
    """Whether any document is assigned to anybody."""
    return bool(project.rows(f"SELECT 1 FROM assignment AS a WHERE {visible('a')} LIMIT 1"))


def documents_of(project: Project, coder: int) -> list[int]:
    """The documents that a coder is to code, in the order of the list: all, if nobody is assigned any."""
    live = f"SELECT d.key FROM document AS d WHERE {visible('d')}"
    if is_anything_assigned(project):
        whose = people.listed(project, coder)
        live += f" AND d.key IN (SELECT a.document FROM assignment AS a WHERE a.coder IN {whose} AND {visible('a')})"
    return [key for (key,) in project.rows(f"{live} ORDER BY d.key")]


def rows_between(project: Project, documents: Sequence[int], coders: Sequence[int]) -> dict[tuple[int, int], Any]:
    """(document, coder) → (key, deleted) of the assignments there are, deleted ones too."""
    wanted, whose = set(documents), ", ".join(map(str, coders))
    found = project.rows(f"SELECT document, coder, key, deleted FROM assignment WHERE coder IN ({whose})")
    return {(document, coder): (key, bool(gone)) for document, coder, key, gone in found if document in wanted}


# ---- how far each document is


def document_states(project: Project, documents: Collection[int] | None = None) -> dict[int, str]:
    """Document → one of DOCUMENT_STATES, in the order of the list; of these documents, or of all.

    Ready for review: everybody it is assigned to (everybody who began, if nobody is) has declared it done or set it
    aside, and somebody done. In review: an agreed version was begun. Gold: it was declared done.
    """
    merged = people.mains(project)
    only = "" if documents is None else f" AND {{}} IN ({', '.join(map(str, documents))})"
    gold: dict[int, str] = {}
    own: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for document, coder, kind, state in project.rows(
        f"""SELECT r.document, r.coder, r.kind, r.state FROM reading AS r
            WHERE {visible("r")} AND r.state <> 'not started'{only.format("r.document")}"""
    ):
        if kind == "gold":
            gold[document] = GOLD if GOLD in (gold.get(document), _gold(state)) else IN_REVIEW
        else:
            states = own[document]
            main = merged.get(coder, coder)
            states[main] = max(state, states.get(main, ""))  # of two by one person, as the list of articles has it
    to_code = assigned(project, documents)
    live = f"SELECT d.key FROM document AS d WHERE {visible('d')}{only.format('d.key')} ORDER BY d.key"
    listed = project.rows(live)
    return {key: gold.get(key) or _before_review(own.get(key, {}), to_code.get(key, ())) for (key,) in listed}


def _gold(state: str) -> str:
    return GOLD if state == "done" else IN_REVIEW


def _before_review(states: dict[int, str], to_code: tuple[int, ...]) -> str:
    expected = [states.get(coder, "not started") for coder in to_code] or list(states.values())
    is_ready = all(state in FINISHED for state in expected) and "done" in expected
    return READY if is_ready else WAITING


def state_counts(project: Project) -> dict[str, int]:
    """How many documents are in each of DOCUMENT_STATES."""
    counts = Counter(document_states(project).values())
    return {state: counts[state] for state in DOCUMENT_STATES}


# ---- a coder's queue


def queue(project: Project, coder: int) -> list[int]:
    """What a coder still has to do: what was sent back, then what is begun, then the rest in the order of the list."""
    states = own_states(project, coder)
    order = {"returned": 0, "in work": 1, "not started": 2}
    found = [(order.get(states.get(key, "not started")), key) for key in documents_of(project, coder)]
    return [key for _, key in sorted((place, key) for place, key in found if place is not None)]


def own_states(project: Project, coder: int) -> dict[int, str]:
    """Document → state of the coder's reading, for all the coder ever began."""
    return dict(
        project.rows(
            f"""SELECT r.document, ifnull(max(nullif(r.state, 'not started')), 'not started') FROM reading AS r
                WHERE r.coder IN {people.listed(project, coder)} AND r.kind = 'own' AND {visible("r")}
                GROUP BY r.document"""
        )
    )


# ---- rounds


def is_closed(project: Project, document: int) -> bool:
    """Whether the lead has closed the coding of a document: there is an agreed version, though nothing be in it yet."""
    return bool(project.rows(f"SELECT {_CLOSED.format('?')}", (document,))[0][0])


def closed(project: Project) -> set[int]:
    """All documents whose coding is closed."""
    found = project.rows(f"SELECT r.document FROM reading AS r WHERE r.kind = 'gold' AND {visible('r')}")
    return {document for (document,) in found}


def reviewed_for(project: Project, coder: int, documents: Sequence[int]) -> list[int]:
    """Those of some documents whose coding is closed, and on which the coder has nothing left to do, or to do again."""
    whose, wanted = people.listed(project, coder), set(documents)
    found = project.rows(
        f"""SELECT DISTINCT r.document FROM reading AS r WHERE r.coder IN {whose} AND r.kind = 'own'
            AND r.state IN ('done', 'set aside', 'returned') AND {visible("r")} AND {_CLOSED.format("r.document")}
            ORDER BY r.document"""
    )
    return [document for (document,) in found if document in wanted]


def is_coder_of(project: Project, document: int, coder: int) -> bool:
    """Whether a person codes this document: it is assigned to them, or they began it.

    Where nothing is assigned, whoever has begun any document codes all of them.
    """
    whose = people.listed(project, coder)
    begun = f"SELECT 1 FROM reading AS r WHERE r.coder IN {whose} AND r.kind = 'own' AND {visible('r')}"
    if not is_anything_assigned(project):
        return bool(project.rows(f"{begun} LIMIT 1"))
    to_code = f"SELECT 1 FROM assignment AS a WHERE a.coder IN {whose} AND a.document = ? AND {visible('a')}"
    return bool(project.rows(f"{begun} AND r.document = ? UNION ALL {to_code} LIMIT 1", (document, document)))
