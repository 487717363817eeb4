"""Reading ahead: the next records are read and checked while the last ones are written.

SQLite and the disk leave Python to others while they work, so the two go side by side.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, Full, Queue
from typing import TypeVar

T = TypeVar("T")

_LOOK = 0.05  # seconds between two looks at whether the other side still wants to go on


@dataclass(frozen=True)
class _End:
    fault: BaseException | None = None


def ahead(items: Iterator[T], waiting: Callable[[], None]) -> Iterator[T]:
    """The items, made by a thread of their own, at most two ahead of where they are used.

    `waiting` is called while nothing is ready; it may raise to stop. What the items raise is raised here. The thread
    has ended when this generator has.
    """
    ready: Queue[T | _End] = Queue(2)
    stopped = threading.Event()

    def put(item: T | _End) -> None:
        waits = True
        while waits and not stopped.is_set():
            with suppress(Full):
                ready.put(item, timeout=_LOOK)
                waits = False

    def run() -> None:
        fault: BaseException | None = None
        try:
            for item in items:
                put(item)
                if stopped.is_set():
                    break
        except BaseException as error:  # whatever it is, it is raised where the items are used
            fault = error
        finally:
            if hasattr(items, "close"):
                items.close()
            put(_End(fault))

    thread = threading.Thread(target=run, name="reading ahead", daemon=True)
    thread.start()
    try:
        while True:
            try:
                item = ready.get(timeout=_LOOK)
            except Empty:
                waiting()
                continue
            if isinstance(item, _End):
                if item.fault is not None:
                    raise item.fault
                return
            yield item
    finally:
        stopped.set()
        thread.join()
