"""A person's keys in the program's settings."""

from typing import Any

from annotator.settings import Settings


class SettingsKeys:
    """The KeyStore of the program: the setting "keys"."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def load(self) -> dict[str, Any]:
        """The saved choice, {} at first."""
        return dict(self._settings.get("keys"))

    def save(self, values: dict[str, Any], /) -> None:
        """Keep the choice at once."""
        self._settings.set("keys", values)
