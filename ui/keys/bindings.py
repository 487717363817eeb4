"""Which action each key has in each context, without two actions on one key."""

from collections.abc import Iterable, Mapping

from .action import Action, Context
from .names import is_bare

Bindings = Mapping[tuple[Context, str], str]  # (context, key) -> action id


def place(action: Action, key: str) -> Context:
    """Where this key of the action acts: bare keys of an EVERYWHERE action act in the article only."""
    if action.context is Context.EVERYWHERE and is_bare(key):
        return Context.CODE
    return action.context


def holder(bound: Bindings, context: Context, key: str) -> str | None:
    """The action that has `key` in `context` or in one that overlaps it; EVERYWHERE overlaps all."""
    contexts = Context if context is Context.EVERYWHERE else (context, Context.EVERYWHERE)
    return next((bound[other, key] for other in contexts if (other, key) in bound), None)


def bind(wanted: Iterable[tuple[Action, tuple[str, ...]]]) -> dict[tuple[Context, str], str]:
    """The bindings; where two actions want one key, the first keeps it and the second goes without."""
    bound: dict[tuple[Context, str], str] = {}
    for action, keys in wanted:
        for key in keys:
            context = place(action, key)
            if holder(bound, context, key) is None:
                bound[context, key] = action.id
    return bound
