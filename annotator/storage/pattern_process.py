"""Regular expressions in a process of their own, so that one that never ends can be stopped.

Python's own engine tries every way to match and holds all other threads meanwhile; nothing but ending its process
stops it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

from annotator.child_process import GONE, Ended, child_process, no_longer_than
from annotator.errors import AnnotatorError
from annotator.model.search_query import BadExpression

SECONDS = 5.0  # for one page of texts
_START = 30.0  # seconds for the process to begin, on a busy computer
_MARGIN = 5.0  # seconds more that a page is given when nobody else ends it
_MOST = 10_000  # matches of one text

Matches = list[tuple[int, int]]  # (start, end) in code points, none empty, at most 10,000 of a text
Find = Callable[[Sequence[str]], list[Matches]]  # the matches in each text of a page


@contextmanager
def pattern_process(
    pattern: str, *, seconds: float = SECONDS, meanwhile: Callable[[], object] = lambda: None
) -> Iterator[Find]:
    """Gives a function that finds one expression in texts, page by page.

    `meanwhile` is called again and again while one waits, and may raise. Raises BadExpression for an expression that
    cannot be read, and AnnotatorError if a page takes longer than the time allowed, or the process ends before.
    """
    with child_process(_serve, pattern, seconds) as process:

        def answer(within: float) -> Any:
            until = monotonic() + within

            def look() -> None:
                if monotonic() >= until:
                    raise _stopped(f"it took more than {within:.0f} seconds")
                meanwhile()

            return process.answer(look)

        def find(texts: Sequence[str]) -> list[Matches]:
            try:
                process.send(list(texts))
                found: list[Matches] = answer(seconds)
            except Ended:
                raise _stopped("it needs too much memory") from None
            return found

        try:
            wrong = answer(_START)
        except Ended:
            raise _stopped("its process could not begin") from None
        if wrong is not None:
            raise BadExpression(pattern, *wrong)
        yield find


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
        except GONE:
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
