"""Parting what is exported into training, validation and test."""

from collections import Counter
from collections.abc import Iterable, Sequence

from annotator.errors import AnnotatorError
from annotator.model.parting import PARTS, WAYS, Item, Parting, parted
from annotator.model.records import DocumentRecord
from annotator.operations.words import counted

_WORDS = {
    "hash": "by chance",
    "date": "by date, the youngest for testing",
    "stratified": "so that each part has its share of every tag",
}


def check_parting(parting: Parting) -> None:
    """Raise AnnotatorError for a way or shares that cannot be."""
    if parting.by not in WAYS:
        raise AnnotatorError(f"Articles are parted by {', '.join(WAYS)}, not by “{parting.by}”.")
    if min(parting.shares) < 0 or sum(parting.shares) <= 0:
        raise AnnotatorError("Shares of the parts are three numbers such as 80,10,10, none below zero.")


def shares_of(text: str) -> tuple[float, float, float]:
    """The shares that a person wrote: "80,10,10". Raises AnnotatorError."""
    try:
        train, validation, test = (float(each) for each in text.replace("/", ",").split(","))
    except ValueError:
        raise AnnotatorError(f"Shares of the parts are three numbers such as 80,10,10, not “{text}”.") from None
    if not 0 < train + validation + test < float("inf"):
        raise AnnotatorError(f"Shares of the parts are three numbers such as 80,10,10, not “{text}”.")
    return train, validation, test


def parts_of(records: Iterable[DocumentRecord], together: Sequence[Sequence[str]], parting: Parting) -> dict[str, str]:
    """The part of each document, by its id in the project; documents that are much alike stay together."""
    items = [Item(each.id or "", each.date, Counter(one.tag for one in each.annotations)) for each in records]
    return parted(items, together, parting)


def in_words(parting: Parting, together: Sequence[Sequence[str]]) -> str:
    """How the documents were parted, for the card of a dataset."""
    total = sum(parting.shares)
    shares = ", ".join(
        f"{share / total:.0%} {part}" for part, share in zip(PARTS, parting.shares, strict=True) if share
    )
    seed = f" (seed “{parting.seed}”)" if parting.seed and parting.by != "date" else ""
    alike = f" Near-duplicates stay in one part ({counted(len(together), 'group')})." if together else ""
    return f"The articles were parted {_WORDS[parting.by]}{seed}: {shares}.{alike}"
