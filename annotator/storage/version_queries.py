"""The versions of a project's codebook, and which annotations were last confirmed under which."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from annotator.model.codebook import Codebook
from annotator.model.codebook_json import codebook_from_json
from annotator.storage import people
from annotator.storage.project import Project
from annotator.storage.schema import visible
from annotator.storage.stamps import milliseconds_of


@dataclass(frozen=True)
class Version:
    """A version of the codebook, which its id says all about; `parent` is the id of the one it was made from.

    `at` is when it was made or last brought back, in milliseconds since 1970.
    """

    id: str
    parent: str | None
    version: str
    codebook: Codebook = field(compare=False)
    at: int = field(compare=False)


@dataclass(frozen=True)
class Confirmed:
    """How many annotations with one tag were last confirmed under a version; None: nobody knows which."""

    tag: str
    version: str | None
    number: int


@lru_cache(maxsize=32)
def _parsed(content: str) -> Codebook:
    return codebook_from_json(content, "the project's codebook")


def versions(project: Project, batch: int = 0) -> list[Version]:
    """All versions, the current one last; with a `batch`, those too that this work has brought and nobody else sees."""
    found = project.rows(
        f"""SELECT b.id, b.parent, b.version, b.content, b.stamp FROM codebook AS b
            WHERE ({visible("b")}) OR (b.batch = ? AND b.batch <> 0 AND b.deleted = 0) ORDER BY b.stamp""",
        (batch,),
    )
    return [
        Version(own, parent, version, _parsed(content), milliseconds_of(stamp))
        for own, parent, version, content, stamp in found
    ]


def contents(project: Project) -> list[str]:
    """All versions as they are stored."""
    return [content for (content,) in project.rows(f"SELECT b.content FROM codebook AS b WHERE {visible('b')}")]


def heads(found: Sequence[Version]) -> list[Version]:
    """The versions that no other was made from, the current one last: more than one after copies were merged."""
    parents = {each.parent for each in found}
    return [each for each in found if each.id not in parents]


def key_of(project: Project, version: str) -> int | None:
    """The key of a version's row, whether deleted or not."""
    found = project.rows("SELECT key FROM codebook WHERE id = ?", (version,))
    return int(found[0][0]) if found else None


def _own(project: Project, coder: int) -> str:
    return f"""annotation AS a JOIN reading AS r ON r.key = a.reading JOIN document AS d ON d.key = r.document
        WHERE r.coder IN {people.listed(project, coder)} AND r.kind = 'own' AND {visible("a")} AND {visible("d")}"""


def confirmed(project: Project, coder: int) -> list[Confirmed]:
    """What the annotations of a coder's own readings were last confirmed under."""
    found = project.rows(f"SELECT a.tag, a.codebook_confirmed, count(*) FROM {_own(project, coder)} GROUP BY 1, 2")
    return [Confirmed(*row) for row in found]


def confirmed_under(project: Project, coder: int, pairs: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """(annotation, document) of a coder for these (tag, version), in the order of the documents and of the text."""
    if not pairs:
        return []
    either = " OR ".join(["(a.tag = ? AND a.codebook_confirmed = ?)"] * len(pairs))
    return project.rows(
        f"""SELECT a.key, r.document FROM {_own(project, coder)} AND ({either})
            ORDER BY r.document, a.start, a."end" DESC, a.key""",
        tuple(each for pair in pairs for each in pair),
    )


def with_tag(project: Project, tag: str) -> list[tuple[int, int, str, str, int, str]]:
    """(key, reading, spans, attributes, document, quote) of every annotation with a tag, whoever made it."""
    return project.rows(
        f"""SELECT a.key, a.reading, a.spans, a.attributes, r.document, a.quote
            FROM annotation AS a JOIN reading AS r ON r.key = a.reading
            WHERE a.tag = ? AND {visible("a")} ORDER BY r.document, a.start, a.key""",
        (tag,),
    )


def relations_with_tag(project: Project, tag: str) -> list[tuple[str, str, str]]:
    """(type, tag it leaves, tag it points to) of the relations with this tag at either end."""
    return project.rows(
        f"""SELECT l.type, a.tag, b.tag FROM relation AS l JOIN annotation AS a ON a.key = l.source
            JOIN annotation AS b ON b.key = l.target
            WHERE (a.tag = ? OR b.tag = ?) AND {visible("l")} AND {visible("a")} AND {visible("b")}""",
        (tag, tag),
    )
