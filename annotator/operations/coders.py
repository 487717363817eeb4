"""The people of a project: add, rename, and give work to the one who did it."""

from collections.abc import Sequence

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations.readings import reading_id
from annotator.operations.words import counted
from annotator.storage import people, queries
from annotator.storage.project import Project


def add_coder(project: Project, name: str) -> tuple[int, Changes]:
    """The key of the coder with this name, who is added if the project does not know them."""
    name = _clean(name)
    known = next((c for c in queries.coders(project) if c.name == name), None)
    if known is not None:
        return known.key, Changes(f"You code as {name}", coders=True, undoable=False)
    with project.step(f"Added coder {name}", kind="setup") as step:  # undo is for coding, not for who one is
        key = step.insert("coder", {"name": name})
    return key, Changes(f"You code as {name}", coders=True)


def rename_coder(project: Project, coder: int, name: str) -> Changes:
    """Change the name of a coder; everything they did stays theirs."""
    name = _clean(name)
    if any(c.name == name and c.key != coder for c in queries.coders(project)):
        raise AnnotatorError(f"There is a coder named {name} already.")
    label = f"Renamed a coder to {name}"
    with project.step(label, coder=coder) as step:
        step.update("coder", coder, {"name": name})
    return Changes(label, coders=True)


def merge_coders(project: Project, into: int, absorbed: Sequence[int], *, coder: int | None = None) -> Changes:
    """Say that these coders are one person, undoably. No annotation is rewritten, and it holds for what still comes in.

    Raises AnnotatorError for a coder that is not there.
    """
    known = {each.key: each for each in queries.coders(project)}
    others = [key for key in dict.fromkeys(absorbed) if key != into]
    if into not in known or any(key not in known for key in others):
        raise AnnotatorError("The coder is not in the project.")
    if not others:
        return Changes("This is one coder already", history=False, undoable=False)
    names = ", ".join(known[key].name for key in others)
    label = f"{names} is {known[into].name}" if len(others) == 1 else f"{names} are {known[into].name}"
    with project.step(label, coder=coder) as step:
        step.update("coder", into, {"same_as": None})  # two copies may have merged in opposite directions
        for key in others:
            step.update("coder", key, {"same_as": known[into].id})
    return Changes(label, coders=True, everything=True)


def split_coders(project: Project, coder: int, *, by: int | None = None) -> Changes:
    """Let every coder who was merged into this one stand alone again, each with what was theirs."""
    person = queries.coder(project, coder)
    if person is None:
        raise AnnotatorError("The coder is not in the project.")
    keys = people.keys_of(project, coder)
    if len(keys) == 1:
        return Changes(f"Nobody was merged into {person.name}", history=False, undoable=False)
    label = f"{person.name} stands alone again"
    with project.step(label, coder=by) as step:
        for key in keys:
            step.update("coder", key, {"same_as": None})
    return Changes(label, coders=True, everything=True)


def give_readings(project: Project, documents: list[int], from_coder: int, to_coder: int) -> Changes:
    """“These are mine”: hand the annotations of these documents from one coder to another, undoably.

    For work done under a colleague's name, before it was merged. Annotations move; both readings stay.
    """
    person = queries.coder(project, to_coder)
    if person is None or queries.coder(project, from_coder) is None or from_coder == to_coder:
        raise AnnotatorError("Choose two different coders of this project.")
    moved: set[int] = set()
    label = f"Gave {counted(len(documents), 'article')} to {person.name}"
    with project.step(label, coder=to_coder, document=documents[0], documents=len(documents)) as step:
        for document in documents:
            old = queries.reading(project, document, from_coder)
            if old is None:
                continue
            about = queries.document(project, document)
            assert about is not None
            new = queries.reading(project, document, to_coder)
            target = (
                new.key
                if new
                else step.insert(
                    "reading",
                    {
                        "id": reading_id(about.id, person.id),
                        "document": document,
                        "coder": to_coder,
                        "state": old.state,
                        "reason": old.reason,
                        "codebook": old.codebook,
                    },
                )
            )
            if new is not None and new.state == "not started":
                step.update("reading", target, {"deleted": 0, "state": old.state, "reason": old.reason})
            for annotation in queries.annotations_of_reading(project, old.key):
                step.update("annotation", annotation.key, {"reading": target})
                moved.add(annotation.key)
            step.update("reading", old.key, {"state": "not started", "reason": ""})
    return Changes(label, documents=frozenset(documents), annotations=frozenset(moved), coders=True, everything=True)


def _clean(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise AnnotatorError("A coder needs a name.")
    if len(name) > 200:
        raise AnnotatorError("A name may have at most 200 characters.")
    return name
