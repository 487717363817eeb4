"""Makes paragraphs of the lines of a page. The rules, so that whoever reads a text made so can know what was done:

- A new paragraph begins where the distance to the line above is larger than usual on the page, where the size of the
  letters changes, where a line is indented against the line above (and the two do not stand in the middle), and behind
  a line that ends a sentence well before the margin. All other lines are joined with one blank, over the end of a
  column or page too if the sentence goes on with a small letter.
- A word that was cut at a line end is put together without its hyphen, unless the second part begins with a capital or
  a figure, or the word stands with a hyphen elsewhere in the text (“well-known”).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_SENTENCE_END = re.compile(r"[.!?:…。][\"'”’»)\]]*\s*$")
_LAST_PART = re.compile(r"[^\W\d_]+$")
_FIRST_PART = re.compile(r"^\w+")
_OPEN_END = re.compile(r"\w[-–—/]$")  # “2020-” at a line end goes on without a blank


@dataclass(frozen=True)
class Line:
    """A line of a page and its place, in points from below and from the left."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    cut: bool = False  # it ends within a word, at a hyphen, which `text` leaves out

    @property
    def size(self) -> float:
        """The height of its letters."""
        return max(1.0, self.top - self.bottom)


def as_they_stand(pages: Sequence[Sequence[Line]]) -> str:
    """The lines one below the other, with their hyphens."""
    return "\n".join(line.text.rstrip() + ("-" if line.cut else "") for page in pages for line in page)


def joined(pages: Sequence[Sequence[Line]]) -> str:
    """The paragraphs, one a line."""
    with_hyphen = set(re.findall(r"[^\W\d_]+-\w+", " ".join(line.text for page in pages for line in page)))
    made = ""
    paragraphs: list[str] = []
    previous: Line | None = None
    for page in pages:
        begins = set(_beginnings(page))
        for number, line in enumerate(page):
            text = line.text.strip()
            if not text:
                continue
            goes_on = number not in begins if number else _goes_over(previous, text)
            if previous is not None and not (goes_on or previous.cut):
                paragraphs.append(made)
                made = ""
            made = _put(made, previous, text, with_hyphen) if made else text
            previous = line
    paragraphs.append(made)
    return "\n".join(paragraphs)


def _goes_over(previous: Line | None, text: str) -> bool:
    """Whether a sentence goes on at the head of a page."""
    return previous is not None and text[:1].islower() and not _SENTENCE_END.search(previous.text)


def _put(made: str, previous: Line | None, text: str, with_hyphen: set[str]) -> str:
    """A paragraph and the line that goes on with it."""
    if previous is None or not previous.cut:
        return made + text if _OPEN_END.search(made) else f"{made} {text}"
    last, first = _LAST_PART.search(made), _FIRST_PART.match(text)
    whole = f"{last[0]}-{first[0]}" if last and first else ""
    keeps = not last or not text[:1].islower() or whole in with_hyphen
    return f"{made}-{text}" if keeps else made + text


def _beginnings(page: Sequence[Line]) -> Iterator[int]:
    """The lines of a page with which a paragraph begins, but for the first."""
    steps = [(above.top - line.top) / line.size for above, line in pairwise(page) if above.top > line.top]
    usual = median(steps) if steps else 0.0  # as many times the size of the letters
    for number, (above, line) in enumerate(pairwise(page), 1):
        step = above.top - line.top
        if step < -line.size:  # the head of the next column
            begins = not _goes_over(above, line.text.strip())
        else:
            begins = (
                step > usual * 1.3 * line.size
                or not 0.8 < line.size / above.size < 1.25
                or (_is_indented(line, above) and step > line.size * 0.5)
                or (_SENTENCE_END.search(above.text) is not None and _is_short(above, page))
            )
        if begins:
            yield number


def _is_indented(line: Line, above: Line) -> bool:
    """Whether a line begins to the right of the line above, and the two are not set in the middle."""
    centred = abs((line.left + line.right) - (above.left + above.right)) < line.size
    return line.left > above.left + line.size * 0.7 and not centred


def _is_short(line: Line, page: Sequence[Line]) -> bool:
    """Whether a line ends well before the margin of its column: the right end of the lines that begin at its left."""
    margin = max(each.right for each in page if abs(each.left - line.left) < line.size)
    return line.right < margin - 3 * line.size
