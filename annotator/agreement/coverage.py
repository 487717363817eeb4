"""Each token, or each character, as an item with one yes-or-no value for each tag: is it inside a span of the tag?

So a reading with overlapping tags becomes tables that the plain measures read, one for each tag. What nobody tagged
counts as agreement here: that is what chance correction is for, and why percent agreement of tokens says little.

A token is a run of letters and digits or one other sign; it is inside a span that contains it wholly.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from annotator.model.span import Spans

from .measure import Choice, Counts, Row, Tally
from .readings import Document
from .tables import rows_of


def tally_characters(document: Document, choice: Choice) -> Tally:
    """How many code points each combination of coders has inside a span, by tag."""
    length = len(document.text)
    return {tag: _table(masks, length) for tag, masks in _masks(document, choice, in_tokens=False)}


def tally_tokens(document: Document, choice: Choice) -> Tally:
    """How many tokens each combination of coders has inside a span, by tag: a token counts where it begins."""
    starts = int.from_bytes(document.tokens.starts, "little")
    number = starts.bit_count()
    rows: dict[Row, Counts] = {}
    for tag, masks in _masks(document, choice, in_tokens=True):
        rows[tag] = _table([None if mask is None else mask & starts for mask in masks], number)
    return rows


def _masks(document: Document, choice: Choice, *, in_tokens: bool) -> Iterable[tuple[str, Sequence[int | None]]]:
    """For each tag what each coder has inside spans: one byte for each code point, 1 inside; None without a reading."""
    here = [document.readings.get(coder) for coder in choice.coders]
    for tag in choice.tags:
        yield (
            tag,
            [
                None if reading is None else _mask(document, reading.by_tag.get(tag, ()), in_tokens=in_tokens)
                for reading in here
            ],
        )


def _mask(document: Document, spans: Sequence[Spans], *, in_tokens: bool) -> int:
    if not spans:
        return 0
    mask = bytearray(len(document.text))
    for pieces in spans:
        for start, end in pieces:
            if in_tokens:
                start, end = document.tokens.whole(start, end)
            mask[start:end] = b"\1" * (end - start)
    return int.from_bytes(mask, "little")


def _table(masks: Sequence[int | None], items: int) -> Counts:
    """The table of one tag. All combinations are in it: both values can be given, also where nobody gave one."""
    present = [(place, mask) for place, mask in enumerate(masks) if mask is not None]
    counts: dict[tuple[bool | None, ...], int] = dict.fromkeys(
        product(*((None,) if mask is None else (False, True) for mask in masks)), 0
    )
    outside = items
    for inside, number in _combinations([mask for _, mask in present]).items():
        row: list[bool | None] = [None if mask is None else False for mask in masks]
        for (place, _), value in zip(present, inside, strict=True):
            row[place] = value
        counts[tuple(row)] = number
        outside -= number
    counts[tuple(None if mask is None else False for mask in masks)] = outside
    return counts


def _combinations(masks: Sequence[int]) -> Mapping[tuple[bool, ...], int]:
    """How often each combination of values stands at one place, other than no coder at all."""
    if len(masks) == 2:  # nearly always, and many times faster than looking at each place
        one, other = masks
        both = (one & other).bit_count()
        return {(True, True): both, (True, False): one.bit_count() - both, (False, True): other.bit_count() - both}
    length = max((mask.bit_length() + 7) // 8 for mask in masks)
    found = Counter(zip(*(mask.to_bytes(length, "little") for mask in masks), strict=True))
    return {tuple(map(bool, values)): number for values, number in found.items() if any(values)}


def count_tokens(counts: Counts) -> Mapping[str, int]:
    """All tokens, and those that at least one coder has inside a span."""
    return _counted(counts, "tokens")


def count_characters(counts: Counts) -> Mapping[str, int]:
    """All code points, and those that at least one coder has inside a span."""
    return _counted(counts, "characters")


def _counted(counts: Counts, name: str) -> Mapping[str, int]:
    table = rows_of(counts)
    return {name: sum(table.values()), "tagged": sum(number for values, number in table.items() if any(values))}
