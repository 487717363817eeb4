"""Checks of what people and files say about an actor."""

import re
from collections.abc import Iterable

from annotator.errors import AnnotatorError
from annotator.model.names import key_of
from annotator.operations.words import shown

NAME_LIMIT = 500  # characters of a name

_COUNTRY = re.compile(r"[A-Z]{2}")


def clean_name(name: str) -> str:
    """A name on one line. Raises AnnotatorError for one that is empty or too long."""
    name = " ".join(name.split())
    if not name:
        raise AnnotatorError("An actor needs a name.")
    if len(name) > NAME_LIMIT:
        raise AnnotatorError(f"The name of an actor may have at most {NAME_LIMIT} characters.")
    return name


def clean_names(names: Iterable[str], *, besides: str = "") -> list[str]:
    """Aliases, none twice (whatever its case and accents), and none that is the name `besides`."""
    found: dict[str, str] = {}
    for name in names:
        if name.strip():
            clean = clean_name(name)
            found.setdefault(key_of(clean), clean)
    found.pop(key_of(besides), None)
    return list(found.values())


def clean_countries(codes: Iterable[str]) -> list[str]:
    """Country codes in capitals, none twice. Raises AnnotatorError for what is not two letters."""
    found: dict[str, None] = {}
    for code in codes:
        written = code.strip().upper()
        if not _COUNTRY.fullmatch(written):
            raise AnnotatorError(f"{shown(code)} is not a country code of two letters (ISO 3166-1), as UA or US.")
        found[written] = None
    return list(found)
