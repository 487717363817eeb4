"""Finds again what an annotation quotes when its offsets do not fit the text."""

from collections.abc import Sequence

from annotator.model.span import Span, Spans

NEAR = 200  # code points to each side in which a quote must be unique


def reanchored(text: str, pieces: Sequence[Span], quoted: str) -> Spans | None:
    """The pieces moved, all by the same distance, to where they read `quoted`; None unless one place nearby fits.

    A single piece takes the length of its quote. Several pieces keep their lengths, which must add up to it.
    """
    lengths = [piece.end - piece.start for piece in pieces]
    if len(pieces) == 1:
        lengths = [len(quoted)]
    if not quoted or min(lengths) <= 0 or sum(lengths) != len(quoted):
        return None
    cut = [sum(lengths[:number]) for number in range(len(lengths))]
    parts = [quoted[begin : begin + length] for begin, length in zip(cut, lengths, strict=True)]
    first = pieces[0].start
    fitting = []
    place = text.find(parts[0], max(0, first - NEAR), first + NEAR + lengths[0])
    while place >= 0:
        starts = [piece.start + place - first for piece in pieces]
        if all(start >= 0 and text.startswith(part, start) for start, part in zip(starts, parts, strict=True)):
            fitting.append(tuple(Span(start, start + length) for start, length in zip(starts, lengths, strict=True)))
        if len(fitting) > 1:
            return None
        place = text.find(parts[0], place + 1, first + NEAR + lengths[0])
    return fitting[0] if fitting else None
