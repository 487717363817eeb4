"""Which code is read when: what the window needs to be painted at once, what its first acts need in a pause after."""

import builtins
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from PySide6.QtCore import QTimer

LATER = ("annotator.figures",)  # by the core they are read at the first act that proposes values: a key would wait
_PAUSE = 300  # milliseconds after the start; the whole list takes less than a person notices


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


def read_the_rest() -> None:
    """Read what the first acts need once the window has been shown."""
    QTimer.singleShot(_PAUSE, _read)


def _read() -> None:
    with plainly():
        for name in LATER:
            import_module(name)
