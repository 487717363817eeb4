"""Which code is read when: what the window needs to be painted at once, what its first acts need in a pause after."""

import builtins
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

from PySide6.QtCore import QTimer

LATER = (  # one by one, so that no key waits for more than one of them
    "annotator.operations.reviewing",
    "annotator.operations.replacing",
    "ui.review.parts",
    "ui.panels.actors",
    "ui.acts.reviewing",
    "ui.acts.article_details",
    "ui.acts.later",
    "annotator.figures",  # the core reads them at the first act that proposes values
)
_PAUSE = 100  # milliseconds after the start
_BREATH = 10  # milliseconds between one and the next


@contextmanager
def plainly() -> Iterator[None]:
    """Import without the look that PySide takes at each module.

    Qt for Python puts itself into Python's import and reads the source of every module, to see whether it might ask
    for `from __feature__ import …`, which nothing here does: it took a tenth of the start.
    """
    of_pyside = builtins.__import__
    builtins.__import__ = getattr(builtins, "__orig_import__", of_pyside)  # as PySide itself keeps it
    try:
        yield
    finally:
        builtins.__import__ = of_pyside


def read_the_rest(then: Callable[[], object]) -> None:
    """Read what the first acts need once the window has been shown, then do what needs it."""
    QTimer.singleShot(_PAUSE, lambda: _read(list(LATER), then))


def _read(names: list[str], then: Callable[[], object]) -> None:
    if not names:
        then()
        return
    with plainly():
        import_module(names[0])
    QTimer.singleShot(_BREATH, lambda: _read(names[1:], then))
