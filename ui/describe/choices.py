"""What can be taken by one key in a field: values of an enum, yes and no, members of a list, actors."""

from dataclasses import dataclass

from annotator.model.field import Field

DIGITS = "123456789"
_YES_NO = {"yes": "y", "no": "n"}


@dataclass(frozen=True)
class Choice:
    """A value as it is written, the key that takes it (none where there are too many), and what people read."""

    value: str
    key: str
    words: str


def choices_of(each: Field) -> tuple[Choice, ...]:
    """What the codebook offers for a field."""
    if _kind(each) == "boolean":
        return tuple(Choice(value, key, value) for value, key in _YES_NO.items())
    if _kind(each) != "enum":
        return ()
    return tuple(Choice(value, each.letters.get(value, ""), in_words(value)) for value in each.attribute.values)


def asks_for_actors(each: Field) -> bool:
    """Whether a field names an actor, or several."""
    return _kind(each) == "entity"


def is_list(each: Field) -> bool:
    """Whether a field holds several values."""
    return each.attribute.type == "list"


def is_chosen(each: Field, value: str) -> bool:
    """Whether this choice is what stands there, or among it."""
    held = each.value if isinstance(each.value, list) else [each.value]
    if _kind(each) == "boolean":
        return (value == "yes") in [one for one in held if isinstance(one, bool)]
    return value in held


def in_words(value: str) -> str:
    """A value of the codebook as people read it."""
    return value.replace("_", " ")


def _kind(each: Field) -> str:
    return each.attribute.of if is_list(each) else each.attribute.type
