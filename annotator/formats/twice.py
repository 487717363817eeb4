"""What is worked out of a document twice: what is lost is counted first, and then the same document is written."""

from collections.abc import Callable
from operator import is_
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def remembered(work: Callable[P, T]) -> Callable[P, T]:
    """The same function, which answers at once if it is called again with the very things it was called with last."""
    last: tuple[tuple[object, ...], T] | None = None

    def answer(*given: P.args, **named: P.kwargs) -> T:
        nonlocal last
        known = last  # another thread may export too
        if known is None or named or len(known[0]) != len(given) or not all(map(is_, known[0], given)):
            known = last = (given, work(*given, **named))
        return known[1]

    return answer
