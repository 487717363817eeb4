"""Talking about annotations: write a message, settle a thread. How an article is sent back: rounds."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations import rounds
from annotator.operations.values import as_json
from annotator.operations.words import shown
from annotator.review.decisions import MESSAGE
from annotator.review.threads import OPEN, SETTLED, Thread, message_from
from annotator.review.threads import threads as together
from annotator.storage import people, queries, review_queries
from annotator.storage.project import Project
from annotator.storage.step import Step

_LONGEST = 10_000  # characters of a message


def threads(
    project: Project, documents: Sequence[int] | None = None, *, about: Iterable[str] | None = None
) -> list[Thread]:
    """What was written about these articles, or about all. `about` keeps the threads on one of these annotations (ids):
    those of a place, say.
    """
    rows = review_queries.messages(project, documents)
    found = together(message_from(row.key, row.document, row.author, row.choice, row.content) for row in rows)
    if about is None:
        return found
    wanted = frozenset(about)
    return [each for each in found if each.annotations & wanted]


def heard_by(project: Project, document: int, viewer: int) -> list[Thread]:
    """The threads of an article as far as a person may hear them: before its round is closed, who codes the article
    hears of the others who code it nothing.
    """
    found = threads(project, [document])
    if not found or rounds.sees_others(project, document, viewer):
        return found
    coding = {each.coder for each in queries.readings_of(project, document) if each.kind == "own"}
    others = coding - set(people.keys_of(project, viewer))  # as in a package
    kept = [replace(each, messages=tuple(m for m in each.messages if m.author not in others)) for each in found]
    return [each for each in kept if each.messages]


def unanswered(project: Project, document: int, coder: int) -> dict[str, tuple[str, str]]:
    """Annotation (id) → who said what last in its open thread, where that was somebody else than this coder."""
    own = set(people.keys_of(project, coder))
    names = {each.key: each.name for each in queries.coders(project)}
    found: dict[str, tuple[str, str]] = {}
    for thread in heard_by(project, document, coder):
        last = next((each for each in reversed(thread.messages) if each.text), None)
        if last is not None and not thread.settled and last.author not in own:
            found |= {each: (names.get(last.author, ""), last.text) for each in thread.annotations}
    return found


def write_message(project: Project, document: int, author: int, text: str, annotations: Sequence[str] = ()) -> Changes:
    """Write into the thread on these annotations (ids; none: on the article as a whole). It opens what was settled.

    Raises AnnotatorError for a message that is empty or over 10,000 characters.
    """
    text = _clean(text)
    if not text:
        raise AnnotatorError("A message needs words.")
    label = f"Message: {shown(text)}"
    with project.step(label, coder=author, document=document) as step:
        insert_message(step, document, author, text, annotations)
    return _changes(project, label, document, annotations)


def settle_thread(project: Project, thread: Thread, author: int) -> Changes:
    """Say that a thread is settled; a later message opens it again."""
    if thread.settled:
        return Changes("It is settled already", history=False, undoable=False)
    label = f"Settled: {shown(thread.messages[0].text)}"
    with project.step(label, coder=author, document=thread.document) as step:
        insert_message(step, thread.document, author, "", sorted(thread.annotations), SETTLED)
    return _changes(project, label, thread.document, sorted(thread.annotations))


def insert_message(
    step: Step, document: int, author: int, text: str, annotations: Sequence[str], choice: str = OPEN
) -> None:
    """Write a message within a step. Raises AnnotatorError if it is too long."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    content = {"at": at, "text": _clean(text), "annotations": list(annotations)}
    step.insert(
        "decision",
        {
            "document": document,
            "reviewer": author,
            "place": "",
            "kind": MESSAGE,
            "choice": choice,
            "content": as_json(content),
        },
    )


def _clean(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if len(lines) > _LONGEST:
        raise AnnotatorError(f"A message may have at most {_LONGEST:,} characters.")
    return lines


def _changes(project: Project, said: str, document: int, annotations: Sequence[str]) -> Changes:
    keys = frozenset(each.key for each in review_queries.by_ids(project, annotations).values())
    return Changes(said, documents=frozenset({document}), annotations=keys, document=document)
