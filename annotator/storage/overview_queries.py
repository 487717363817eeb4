"""What the overview counts beside agreement: work by coder, and, where the project wants it, its speed."""

from typing import NamedTuple

from annotator.storage.agreement_queries import COUNTS
from annotator.storage.past import MADE
from annotator.storage.project import Project
from annotator.storage.schema import visible


def words_done(project: Project) -> list[tuple[int, int, int]]:
    """(coder, articles, words) of what each coder declared done."""
    return list(
        project.rows(
            f"""SELECT r.coder, count(*), sum(d.words) FROM reading AS r JOIN document AS d ON d.key = r.document
                WHERE r.kind = 'own' AND r.state IN {COUNTS} AND {visible("r")} AND {visible("d")} GROUP BY 1"""
        )
    )


def tags_done(project: Project) -> list[tuple[int, str, int]]:
    """(coder, tag, annotations) in what each coder declared done, as it is now."""
    return list(
        project.rows(
            f"""SELECT r.coder, a.tag, count(*) FROM annotation AS a JOIN reading AS r ON r.key = a.reading
                JOIN document AS d ON d.key = r.document
                WHERE r.kind = 'own' AND r.state IN {COUNTS} AND {visible("a")} AND {visible("r")} AND {visible("d")}
                GROUP BY 1, 2"""
        )
    )


class Acted(NamedTuple):
    """A step of a coder: when, in milliseconds since 1970, and how many annotations it made."""

    coder: int
    at: int
    made: int


def acts(project: Project) -> list[Acted]:
    """The acts of coders in this file, in their order. History stays in its file: work that was merged in has none."""
    found = project.rows(
        f"""SELECT s.coder, s.at,
                (SELECT count(*) FROM change AS c WHERE c.step = s.key AND c."table" = 'annotation' AND {MADE})
            FROM step AS s WHERE s.kind = 'act' AND s.coder IS NOT NULL ORDER BY s.key"""
    )
    return [Acted(*row) for row in found]
