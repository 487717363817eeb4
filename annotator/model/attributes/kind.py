"""What every kind of attribute can do: read what a person writes, check what a file brings, show what is stored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotator.errors import AnnotatorError
from annotator.model.codebook import Attribute

# What is stored of an attribute, as JSON: a text, a finite number, true or false, or a list of these.
Value = str | int | float | bool | list["Value"]

BY = ("typed", "confirmed", "proposed")  # where a value comes from; a proposed one is no human value


@dataclass(frozen=True)
class Context:
    """What a value is read against; as it stands it knows no project, and takes every id of an actor as it comes."""

    language: str = "en"  # how numbers are written: "1.500" is 1500 in German
    categories: Sequence[str] = ()  # those of the project, in the spelling that is used
    entities_named: Callable[[str], Sequence[str]] | None = None  # ids of the actors with just this name
    entity_name: Callable[[str], str | None] | None = None  # name of the actor with an id


NOWHERE = Context()


@dataclass(frozen=True)
class Kind:
    """A kind of attribute. `read` and `check` raise AnnotatorError with a sentence that says what is wrong.

    `read` makes a value of what was written, which is neither empty nor surrounded by blanks; `check` returns a
    value that fits as it is stored; `show` gives text that reads as the same value again.
    """

    id: str
    read: Callable[[str, Attribute, Context], Value]
    check: Callable[[object, Attribute, Context], Value]
    show: Callable[[Value, Attribute, Context], str]


def quoted(given: object, length: int = 40) -> str:
    """A value for a sentence: in quotation marks, on one line, not too long, lone surrogates written out."""
    if isinstance(given, bool) or given is None:
        return {True: "true", False: "false", None: "nothing"}[given]
    if isinstance(given, int) and abs(given) >= 10**length:
        return "a number of very many digits"
    if isinstance(given, dict | list):
        return "an object" if isinstance(given, dict) else "a list"
    line = " ".join(str(given).split()).encode("utf-8", "backslashreplace").decode("utf-8")
    return f"“{line if len(line) <= length else line[: length - 1].rstrip() + '…'}”"


def as_text(given: object, what: str) -> str:
    """The text that a stored value must be. Raises AnnotatorError naming `what` it should be."""
    if not isinstance(given, str):
        raise AnnotatorError(f"{quoted(given)} is no {what}.")
    if not given.strip():
        raise AnnotatorError(f"An empty text is no {what}.")
    try:
        given.encode("utf-8")
    except UnicodeEncodeError:
        raise AnnotatorError(f"{quoted(given)} holds half of a surrogate pair.") from None
    return given
