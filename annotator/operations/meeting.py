"""The page for the meeting: what was left open for all to talk about, as one HTML file."""

from collections.abc import Sequence
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.formats.whole_file import whole_file
from annotator.model.changes import Changes
from annotator.model.codebook import Codebook, Tag
from annotator.operations import review_settings, talking
from annotator.operations.reviewing import Case, documents_to_review, review, sameness
from annotator.operations.words import counted
from annotator.review.decisions import FOR_MEETING
from annotator.review.kinds import KINDS
from annotator.review.meeting import Topic, Version, meeting_page
from annotator.review.readings import Mark, Sameness
from annotator.storage import entity_queries, queries
from annotator.storage.project import Project

_WORDS = {kind.id: kind.word for kind in KINDS}


def meeting_html(project: Project, documents: Sequence[int] | None = None) -> tuple[str, int]:
    """The page as text, and how many places stand on it; `documents` None: all that are in review."""
    keys = documents_to_review(project) if documents is None else documents
    topics = [
        _topic(project, each.title, case)
        for each in review(project, keys)
        for case in each.cases
        if case.state == FOR_MEETING
    ]
    title = f"{project.meta('title') or project.path.stem}: for the meeting"
    return meeting_page(title, topics), len(topics)


def write_meeting_page(project: Project, dest: Path, documents: Sequence[int] | None = None) -> Changes:
    """Write the page to a file, whole or not at all. Raises AnnotatorError where nothing is left for the meeting."""
    page, number = meeting_html(project, documents)
    if not number:
        raise AnnotatorError("Nothing is left for the meeting.")
    with whole_file(dest) as file:
        file.write(page.encode())
    return Changes(f"Wrote {counted(number, 'place')} to {dest.name}", history=False, undoable=False)


def _topic(project: Project, title: str, case: Case) -> Topic:
    version = queries.codebook_version(project)
    codebook = version[1] if version else None
    hidden, same = review_settings.names_hidden(project), sameness(project)
    versions = []
    for number, reader in enumerate(case.readers):
        marks = [
            (_label(codebook, mark), mark.spans, _values(project, mark, same)) for mark in case.place.of_reading(number)
        ]
        versions.append(Version(f"Reading {number + 1}" if hidden else reader.name, marks))
    decision = case.decision
    rule = decision.rule if decision else ""
    found = codebook.rule(rule) if codebook else None
    return Topic(
        title,
        queries.text_of(project, case.document),
        _WORDS[case.place.kind],
        versions,
        decision.note if decision else "",
        _messages(project, case, hidden),
        [(rule, found.text if found else "")] if rule else [],
    )


def _label(codebook: Codebook | None, mark: Mark) -> str:
    tag: Tag | None = codebook.tag(mark.tag) if codebook else None
    return tag.label if tag else mark.tag


def _values(project: Project, mark: Mark, same: Sameness) -> str:
    registry = entity_queries.registry(project)
    told = []
    for name, value in same.values(mark.attributes).items():
        entity = registry.main(value)
        told.append(f"{name}: {entity.name if entity else value}")
    return ", ".join(told)


def _messages(project: Project, case: Case, hidden: bool) -> list[tuple[str, str]]:
    ids = [mark.id for mark in case.place.marks]
    numbers = {reader.coder: f"Reading {number}" for number, reader in enumerate(case.readers, 1)} if hidden else {}
    found = []
    for thread in talking.threads(project, [case.document], about=ids):
        for message in thread.messages:
            person = queries.coder(project, message.author)
            who = numbers.get(message.author) or (person.name if person else "")
            found += [(who, message.text)] if message.text else []
    return found
