"""Whose turn it is to write, among the connections of this process: a person's act goes before bulk work."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_waiting: Counter[Path] = Counter()
_changed = threading.Condition()


@contextmanager
def wanted(path: Path) -> Iterator[None]:
    """While this lasts, bulk work on the file begins no new slice."""
    with _changed:
        _waiting[path] += 1
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
