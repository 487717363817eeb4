"""Learning in a process of its own, which gives way to all others: whoever codes meanwhile feels nothing of it.

Training keeps a processor busy for seconds, and Python runs one thread of a process at a time.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.child_process import Child, Ended, child_process
from annotator.errors import AnnotatorError
from annotator.operations.progress import Progress, silent

if TYPE_CHECKING:
    from annotator.operations.learning import Teaching
    from annotator.propose.learned import Learned

_NICE = 15  # how far behind other programs it stands, of 19
Answer = tuple["Learned", "list[Teaching]"]


def learn_beside(path: Path, coder: int | None, *, progress: Progress = silent) -> Answer:
    """The models learned from a coder's readings that are done, and the articles that would teach them most.

    Takes seconds to minutes; what `progress` raises ends the process. Raises AnnotatorError where the extra `learn` is
    not installed, the project cannot be read, or the process ends before it has answered.
    """
    with child_process(_serve, str(path), coder) as process:
        return _answer(process, progress)


def _answer(process: Child, progress: Progress) -> Answer:
    told = 0, 0
    while True:
        progress(*told)
        try:
            kind, content = process.answer(partial(progress, *told))
        except Ended:
            raise AnnotatorError("The learning has ended before it was done: try it again.") from None
        if kind == "learned":
            found: Answer = content
            return found
        if kind == "fault":
            raise AnnotatorError(content)
        told = content


def _serve(theirs: Connection, path: str, coder: int | None) -> None:
    """The other process."""
    from annotator.operations.learning import learn, most_teaching
    from annotator.storage.project import Project

    with suppress(AttributeError, OSError):  # Windows has no such thing
        os.nice(_NICE)

    def told(done: int, total: int) -> None:
        theirs.send(("progress", (done, total)))

    try:
        with Project.open(Path(path), read_only=True) as project:
            learned = learn(project, coder, progress=_half(told, 0))
            teaching = most_teaching(project, coder, learned, progress=_half(told, 500)) if learned.models else []
    except AnnotatorError as error:
        theirs.send(("fault", str(error)))
    else:
        theirs.send(("learned", (learned, teaching)))


def _half(told: Callable[[int, int], None], before: int) -> Progress:
    """Progress of one of two parts, in thousandths of both."""
    return lambda done, total: told(before + round(500 * done / max(1, total)), 1000)
