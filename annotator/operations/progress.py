"""How a long work says where it is, and how it is stopped."""

from collections.abc import Callable

from annotator.errors import AnnotatorError

# Told how many are done of how many (0: unknown), often. May raise Cancelled: then everything is taken back. The
# project may be locked by the work at that moment: it must not be touched here.
Progress = Callable[[int, int], None]


class Cancelled(AnnotatorError):
    """A person stopped a long work; nothing of it is left."""

    def __init__(self, message: str = "Stopped. Nothing was changed.") -> None:
        super().__init__(message)


def silent(_done: int, _total: int) -> None:
    """For whoever does not look."""
