"""Which documents may hold what is asked, by the full-text indexes; the texts themselves say where, and whether."""

from annotator.model.search_query import Either, Every, Near, Query, Words
from annotator.model.wording import NO_BLANKS
from annotator.storage.project import Project

_SHORTEST = 3  # characters of what an index of trigrams can be asked for


def candidates(project: Project, query: Query, *, best_first: bool = False) -> list[int]:
    """Keys in the order of the list or, `best_first`, by how well their words fit.

    No document is missing that holds it; some may not hold it. Documents in scripts that write no blanks are found by
    parts of words, and come after the others.
    """
    order = " ORDER BY rank" if best_first else ""
    found = [key for (key,) in project.rows(f"SELECT rowid FROM search WHERE search MATCH ?{order}", (_match(query),))]
    parts = sorted(set(_by_parts(project, query)).difference(found))
    return [*found, *parts] if best_first else sorted([*found, *parts])


def _match(query: Query) -> str:
    """The query in the language of FTS5, where nothing between quotation marks is an operator."""
    match query:
        case Words(words, prefix):
            return _quoted(words) + (" *" if prefix else "")
        case Near(terms, distance):
            # FTS5 counts the terms between them too; the text itself is asked again.
            between = distance + sum(len(term.words.split()) for term in terms)
            return f"NEAR({' '.join(map(_match, terms))}, {between + 2})"
        case Either(parts):
            return "(" + " OR ".join(map(_match, parts)) + ")"
        case Every(parts, without):
            wanted = "(" + " AND ".join(map(_match, parts)) + ")"
            return f"({wanted} NOT ({' OR '.join(map(_match, without))}))" if without else wanted


def _by_parts(project: Project, query: Query) -> list[int]:
    """The documents of the trigram index that may hold it; all of them where that index cannot tell."""
    asked = _parts_match(query)
    if asked is None:
        found = project.rows("SELECT id FROM search_parts_docsize")
    else:
        found = project.rows("SELECT rowid FROM search_parts WHERE search_parts MATCH ?", (asked,))
    return [key for (key,) in found]


def _parts_match(query: Query) -> str | None:
    """What a text that holds it must hold in the trigram index; None where nothing is certain.

    Certain are three characters and more in scripts without blanks: words of others may have accents, which that
    index tells apart.
    """
    match query:
        case Words(words):
            certain = len(words) >= _SHORTEST and all(map(NO_BLANKS.match, words))
            return _quoted(words) if certain else None
        case Either(parts):
            each = [_parts_match(part) for part in parts]
            return None if None in each else "(" + " OR ".join(part for part in each if part) + ")"
        case Near(parts) | Every(parts):
            told = [part for part in map(_parts_match, parts) if part]
            return "(" + " AND ".join(told) + ")" if told else None


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
