"""A text on its way to figures: its tokens, its language, and how strict to be."""

from dataclasses import dataclass

from .language import Language
from .tokens import Token


@dataclass(frozen=True)
class Scan:
    """`lenient`: a person says that the whole text is one figure, so nothing in it is refused."""

    text: str
    tokens: list[Token]
    lang: Language
    lenient: bool = False

    def low(self, place: int) -> str:
        """The token in lower case; "" before the first."""
        return self.tokens[place].low if place >= 0 else ""

    def kind(self, place: int) -> str:
        """The kind of the token; "break" before the first."""
        return self.tokens[place].kind if place >= 0 else "break"

    def touches(self, place: int) -> bool:
        """Whether no blank stands between the token and the one before it."""
        return place > 0 and not self.tokens[place].spaced

    def is_hyphen(self, place: int) -> bool:
        """Whether the token is a hyphen or a dash that touches its neighbours alike on both sides."""
        return self.tokens[place].low in "-‐‑–" and self.tokens[place].spaced == self.tokens[place + 1].spaced
