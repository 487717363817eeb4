"""Whose turn it is, among the threads of this process: a person's act goes before bulk work.

It does so twice: to write, and to run Python at all, which one thread does at a time.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_waiting: Counter[Path] = Counter()
_changed = threading.Condition()
_BRIEF = 0.04  # seconds for which bulk work stands back when a window has something to do
_awake_since: float | None = None  # when the window began to work off what came in


@contextmanager
def wanted(path: Path) -> Iterator[None]:
    """While this lasts, bulk work on the file begins no new slice."""
    with _changed:
        _waiting[path] += 1
        _changed.notify_all()
    try:
        yield
    finally:
        with _changed:
            _waiting[path] -= 1
            _changed.notify_all()


def wait_for_acts(path: Path, seconds: float = 1.0) -> None:
    """Let every waiting act of a person go first, for at most `seconds`."""
    with _changed:
        _changed.wait_for(lambda: _waiting[path] <= 0, timeout=seconds)


def is_wanted(path: Path) -> bool:
    """Whether an act of a person waits to be written."""
    return _waiting[path] > 0


def window_awakes() -> None:
    """A key, a click or a paint is going to be worked off."""
    global _awake_since
    if _awake_since is None:
        _awake_since = time.monotonic()


def window_rests() -> None:
    """Nothing is left to do in the window."""
    global _awake_since
    if _awake_since is not None:
        with _changed:
            _awake_since = None
            _changed.notify_all()


def give_way(path: Path) -> None:
    """Stand back while the window works off what has just come in, unless it waits for the lock that one holds."""
    since = _awake_since
    if since is None:
        return
    left = since + _BRIEF - time.monotonic()
    if left > 0:
        with _changed:
            _changed.wait_for(lambda: _awake_since != since or _waiting[path] > 0, timeout=left)
