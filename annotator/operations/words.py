"""Pieces of the sentences that operations say.

People read them in the window and in the history, so they speak of articles, links, and what is left out; the command
line counts for itself, in the words of its `--json`.
"""

import re
from collections.abc import Iterable

_TURNED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200f\u202b\u202e\u2067]")  # letters from right to left


def shown(text: str, length: int = 40) -> str:
    """A quotation short enough for the status line, on one line, in quotation marks."""
    line = " ".join(text.split())
    line = line if len(line) <= length else line[: length - 1].rstrip() + "…"
    # Isolates keep a quotation from right to left from turning the sentence around it (UAX 9, 2.4).
    return f"“\u2068{line}\u2069”" if _TURNED.search(line) else f"“{line}”"


def listed(counts: Iterable[tuple[int, str]]) -> str:
    """Numbers with their nouns as one list, without those that are 0: "2 articles, 1 annotation and 3 links"."""
    told = [counted(number, one) for number, one in counts if number]
    return " and ".join(", ".join(told).rsplit(", ", 1))


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 annotation", "2 annotations", "1,000 annotations"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
