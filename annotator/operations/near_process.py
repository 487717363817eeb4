"""Texts that are nearly the same, found in a process of their own.

Sketching and comparing is Python's own work from end to end: in a thread it would take every second turn from the
window, and a person who tags meanwhile would feel it.
"""

from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection

from annotator.child_process import GONE, Ended, child_process
from annotator.errors import AnnotatorError
from annotator.model.near_duplicates import Sketch, Sketcher, groups

Page = list[tuple[int, str]]


def groups_beside(pages: Iterable[Page], meanwhile: Callable[[], object]) -> list[tuple[int, ...]]:
    """As `near_duplicates.groups`, of pages of keys and texts.

    `meanwhile` is called again and again while one waits, and may raise, as `pages` may: that ends the process. Raises
    AnnotatorError if the process ends before.
    """
    try:
        with child_process(_serve) as process:
            for page in pages:
                process.answer(meanwhile)  # it is ready for more
                process.send(page)
            process.answer(meanwhile)
            process.send(None)
            found: list[tuple[int, ...]] = process.answer(meanwhile)
    except Ended:
        raise AnnotatorError("Articles that are nearly the same were not looked for: the process ended.") from None
    return found


def _serve(connection: Connection) -> None:
    """The other process: asks for page after page until there is none, then answers."""
    try:
        connection.send(list(groups(_sketches(connection))))
    except GONE:
        return  # the answer is no longer wanted


def _sketches(connection: Connection) -> Iterator[tuple[int, Sketch]]:
    sketcher = Sketcher()
    while True:
        connection.send(None)
        page: Page | None = connection.recv()
        if page is None:
            return
        for key, text in page:
            yield key, sketcher.sketch(text)
