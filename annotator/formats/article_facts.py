"""What other programs say of an article under names that their users chose: the facts known here, and the rest."""

from collections.abc import Mapping
from typing import Any

FACTS = ("title", "outlet", "date", "url", "language", "rights")
"""Fields of a document."""


def facts_in(said: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values that go by the name of a document's field, whatever the case, and those that do not."""
    facts = {name.casefold(): value for name, value in said.items() if name.casefold() in FACTS}
    return facts, {name: value for name, value in said.items() if name.casefold() not in FACTS}
