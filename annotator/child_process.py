"""Work in a process of its own, which ends with the block that began it and with the program, however that ends."""

import faulthandler
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

_LOOK = 0.05  # seconds between two looks at whether the answer is still wanted
GONE = (EOFError, BrokenPipeError, ConnectionResetError)  # what a connection raises whose other end is closed


class Ended(Exception):
    """The other process is no more."""


class Child:
    """The process as the one who began it sees it: asks and is answered."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send(self, what: object) -> None:
        """Hand something over. Raises Ended if nobody is there to take it."""
        try:
            self._connection.send(what)
        except GONE:
            raise Ended from None

    def answer(self, meanwhile: Callable[[], object]) -> Any:
        """What it says next; Ended if it can say nothing more.

        `meanwhile` is called again and again while one waits, and may raise.
        """
        while not self._has_answered():
            meanwhile()
        try:
            return self._connection.recv()
        except GONE:
            raise Ended from None

    def _has_answered(self) -> bool:
        try:
            return self._connection.poll(_LOOK)
        except GONE:  # as Windows tells it
            raise Ended from None


@contextmanager
def child_process(serve: Callable[..., None], *arguments: object) -> Iterator[Child]:
    """Run `serve(connection, *arguments)` in another process, and talk with it.

    `serve` is a function of a module. The process is killed at the end of the block, whatever it is at.
    """
    context: Any = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(serve, theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Child(ours)
    finally:
        process.kill()
        process.join()
        ours.close()


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    """In the child: ends the process if the block takes longer.

    That works also while one call into C holds all threads of Python, where `_end_with_parent` comes too late.
    """
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _run(serve: Callable[..., None], connection: Connection, *arguments: object) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    serve(connection, *arguments)


def _end_with_parent() -> None:
    """A killed program can end nothing: what it left behind has to notice by itself."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "only a child process waits for its parent"
    parent.join()
    os._exit(1)
