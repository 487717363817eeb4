"""What people wrote to each other about annotations: messages, put together to threads that are open or settled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

OPEN, SETTLED = "open", "settled"


@dataclass(frozen=True)
class Message:
    """One word in a thread. `annotations` are the ids it is about; none: the article as a whole."""

    key: int
    document: int
    author: int
    text: str
    at: str  # ISO 8601, UTC
    settles: bool = False  # it closes the thread
    annotations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Thread:
    """Messages about the same annotations, the earliest first."""

    document: int
    annotations: frozenset[str]
    messages: tuple[Message, ...]

    @property
    def settled(self) -> bool:
        """Whether the last word was that it is settled; a later message opens it again."""
        return self.messages[-1].settles


def message_from(key: int, document: int, author: int, choice: str, content: Any) -> Message:
    """A message from its row; what is not of our form in `content` is left out."""
    told: Mapping[str, Any] = content if isinstance(content, dict) else {}
    listed = told.get("annotations")
    about = frozenset(each for each in listed if isinstance(each, str)) if isinstance(listed, list) else frozenset()
    return Message(
        key, document, author, str(told.get("text") or ""), str(told.get("at") or ""), choice == SETTLED, about
    )


def threads(messages: Iterable[Message]) -> list[Thread]:
    """The threads of these messages, the one that began first at the head. What shares an annotation belongs together;
    what is about the article as a whole makes one thread for each article.
    """
    found: list[tuple[int, set[str], list[Message]]] = []
    for message in sorted(messages, key=lambda each: (each.at, each.key)):
        mine = [
            each
            for each in found
            if each[0] == message.document
            and (each[1] & message.annotations or not (each[1] or message.annotations))
        ]  # fmt: skip
        if not mine:
            found.append((message.document, set(message.annotations), [message]))
            continue
        first, *others = mine
        for each in others:
            first[1].update(each[1])
            first[2].extend(each[2])
            found.remove(each)
        first[1].update(message.annotations)
        first[2].append(message)
    return [
        Thread(document, frozenset(about), tuple(sorted(listed, key=lambda each: (each.at, each.key))))
        for document, about, listed in found
    ]
