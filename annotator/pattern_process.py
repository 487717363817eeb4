"""Regular expressions in a process of their own, so that one that never ends can be stopped.

Python's own engine tries every way to match and holds all other threads meanwhile; nothing but ending its process
stops it.
"""

import re
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from annotator.child_process import child_process, no_longer_than
from annotator.errors import AnnotatorError
from annotator.model.search_query import BadExpression

SECONDS = 5.0  # for one page of texts
_START = 30.0  # seconds for the process to begin, on a busy computer
_LOOK = 0.05  # seconds between two looks at whether the answer is still wanted
_MARGIN = 5.0  # seconds more that a page is given when nobody else ends it
_MOST = 10_000  # matches of one text

Matches = list[tuple[int, int]]


class PatternProcess:
    """Finds one expression in texts, page by page. Ends with its block, or as soon as a page takes too long.

    `meanwhile` is called again and again while one waits, and may raise.
    """

    def __init__(
        self, pattern: str, *, seconds: float = SECONDS, meanwhile: Callable[[], object] = lambda: None
    ) -> None:
        self._pattern, self._seconds, self._meanwhile = pattern, seconds, meanwhile
        self._process = child_process(_serve, pattern, seconds)

    def __enter__(self) -> Self:
        self._ours = self._process.__enter__()
        try:
            wrong = self._answer(_START, "its process could not begin")
            if wrong is not None:
                raise BadExpression(self._pattern, *wrong)
        except BaseException:
            self._process.__exit__(None, None, None)
            raise
        return self

    def find(self, texts: Sequence[str]) -> list[Matches]:
        """The matches in each text as (start, end) in code points, none empty, at most 10,000 of a text.

        Raises AnnotatorError if it takes longer than the time allowed; the process is then ended.
        """
        self._ours.send(list(texts))
        found: list[Matches] = self._answer(self._seconds)
        return found

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.__exit__(None, None, None)

    def _answer(self, seconds: float, ended: str = "it needs too much memory") -> Any:
        until = time.monotonic() + seconds
        while not self._ours.poll(max(0.0, min(_LOOK, until - time.monotonic()))):
            if time.monotonic() >= until:
                raise _stopped(f"it took more than {seconds:.0f} seconds")
            self._meanwhile()
        try:
            return self._ours.recv()
        except EOFError:
            raise _stopped(ended) from None


def _stopped(reason: str) -> AnnotatorError:
    return AnnotatorError(f"The expression was stopped, since {reason}: make it simpler.")


def _serve(connection: Connection, pattern: str, seconds: float) -> None:
    """The other process: says whether the expression can be read, then answers page after page."""
    try:
        with no_longer_than(_START):
            compiled = re.compile(pattern, re.MULTILINE)
    except (re.error, RecursionError, OverflowError) as error:
        reason = getattr(error, "msg", "") or "it is nested too deep or too long"
        connection.send((getattr(error, "pos", None) or 0, reason))
        return
    connection.send(None)
    while True:
        try:
            texts = connection.recv()
        except EOFError:
            return
        with no_longer_than(seconds + _MARGIN):  # if nobody is left who would end it
            found = [_matches(compiled, text) for text in texts]
        connection.send(found)


def _matches(compiled: re.Pattern[str], text: str) -> Matches:
    found: Matches = []
    for match in compiled.finditer(text):
        if match.end() > match.start():
            found.append(match.span())
            if len(found) == _MOST:
                break
    return found
