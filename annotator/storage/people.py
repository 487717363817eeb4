"""Who is who: coders that turned out to be one person are merged by `same_as`, which is resolved when read.

No reading is rewritten, so that the same holds for what comes from that person later.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.storage.project import Project


def mains(project: "Project") -> dict[int, int]:
    """Key of each coder who was merged into another → key of the one they count as."""
    return resolved(project.rows("SELECT key, id, same_as FROM coder WHERE deleted = 0"))


def resolved(found: Iterable[tuple[int, str, str | None]]) -> dict[int, int]:
    """The same, of rows (key, id, same_as). Merged in opposite directions in two copies, the smallest id stands."""
    by_id = {own: (key, same) for key, own, same in found}
    main: dict[int, int] = {}
    for start, (key, same) in by_id.items():
        passed, at = [start], same
        while at in by_id and at not in passed:
            passed.append(at)
            at = by_id[at][1]
        last = min(passed[passed.index(at) :]) if at in passed else passed[-1]
        if last != start:
            main[key] = by_id[last][0]
    return main


def keys_of(project: "Project", coder: int | None) -> tuple[int, ...]:
    """Every coder's row that counts as the same person as this one, the person's main row first."""
    merged = mains(project)
    main = merged.get(coder or 0, coder or 0)
    return (main, *(key for key, into in merged.items() if into == main))


def listed(project: "Project", coder: int | None) -> str:
    """The same as a list for SQL: "(1, 7)"."""
    return "(" + ", ".join(map(str, keys_of(project, coder))) + ")"
