"""Documents: change what is known of an article, delete articles. Texts never change here."""

from collections.abc import Sequence

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations.values import is_date, is_language
from annotator.operations.words import counted, shown
from annotator.storage import queries
from annotator.storage.project import Project
from annotator.storage.rows import Values

LONGEST = 2_000  # characters of a field


def set_metadata(
    project: Project,
    document: int,
    *,
    title: str | None = None,
    outlet: str | None = None,
    date: str | None = None,
    url: str | None = None,
    language: str | None = None,
    rights: str | None = None,
    coder: int | None = None,
) -> Changes:
    """Change fields of a document; those that are None stay.

    Raises AnnotatorError for a date that is none (YYYY-MM-DD, YYYY-MM, YYYY or empty), a language that has not the
    form of a tag, and a field over 2,000 characters.
    """
    about = queries.document(project, document)
    if about is None:
        raise AnnotatorError("The article is not in the project any more.")
    given = {"title": title, "outlet": outlet, "date": date, "url": url, "language": language, "rights": rights}
    values: Values = {name: _one_line(name, value) for name, value in given.items() if value is not None}
    if not is_date(str(values.get("date", ""))):
        raise AnnotatorError(f"{shown(str(values['date']))} is no date: write it as 2024-03-14, 2024-03 or 2024.")
    if not is_language(str(values.get("language", ""))):
        raise AnnotatorError(f"{shown(str(values['language']))} is no language tag: write it as en, de or pt-BR.")
    changed = [name for name, value in values.items() if getattr(about, name) != value]
    if not changed:
        return Changes("", document=document, history=False, undoable=False)
    label = f"Changed the {' and '.join(changed)} of {shown(about.title)}"
    with project.step(label, coder=coder, document=document) as step:
        step.update("document", document, values)
    return Changes(label, documents=frozenset({document}), document=document)


def delete_documents(project: Project, documents: Sequence[int], *, coder: int | None = None) -> Changes:
    """Delete documents. Their annotations are kept, hidden, and come back with them."""
    found = [about for about in (queries.document(project, key) for key in documents) if about is not None]
    if not found:
        return Changes("Nothing to delete", history=False, undoable=False)
    what = shown(found[0].title) if len(found) == 1 else counted(len(found), "article")
    single = found[0].key if len(found) == 1 else None
    with project.step(f"Deleted {what}", coder=coder, document=single, documents=len(found)) as step:
        for about in found:
            step.delete("document", about.key)
    keys = frozenset(about.key for about in found)
    return Changes(f"Deleted {what}", documents=keys, everything=True)


def _one_line(name: str, value: str) -> str:
    line = " ".join(value.split())
    if len(line) > LONGEST:
        raise AnnotatorError(f"The {name} may have at most {LONGEST:,} characters.")
    return line
