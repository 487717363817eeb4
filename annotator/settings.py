"""What the program remembers for this person between starts: a small JSON file. Projects hold nothing of it."""

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from annotator.paths import user_config_folder

DEFAULTS: dict[str, Any] = {
    "name": "",  # what the person is called in new projects
    "appearance": "system",  # system | light | dark
    "text_size": 0,  # pixels; 0: what fits the window
    "mode": "quiet",  # quiet | labelled
    "review_mode": "",  # lanes | columns; empty: by the width of the window
    "exact": False,
    "cues": False,  # whether cue words are marked in the text
    "timing": False,  # whether commands and their times are noted in a file
    "announcements": "short",  # off | short | full
    "keys": {},
    "recent": [],  # [{path, project, title, opened, done, total}], newest first
    "places": {},  # project id → {document, caret, coder, codebook_draft}
    "windows": {},  # screen size → {geometry, side, details, panels}
}
RECENT = 12


class Settings:
    """Settings by name. Every change is written at once; unknown names of a newer version are kept."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or user_config_folder() / "settings.json"
        self._values: dict[str, Any] = {}
        self._values = self._read()

    def get(self, name: str) -> Any:
        """A setting, or its default. Raises KeyError for a name that is not in DEFAULTS."""
        return self._values.get(name, DEFAULTS[name])

    def latest(self, name: str) -> Any:
        """A setting as it stands in the file now: other windows write there too."""
        self._values = {**self._values, **self._read()}
        return self.get(name)

    def set(self, name: str, value: Any) -> None:
        """Change a setting; what other windows wrote meanwhile stays."""
        if name not in DEFAULTS:
            raise KeyError(name)
        if self._values.get(name) == value:
            return
        self._values = {**self._read(), name: value}
        self._write()

    def place(self, project: str) -> dict[str, Any]:
        """Where the person last was in a project: document id, caret, coder id."""
        found = self.get("places").get(project, {})
        return found if isinstance(found, dict) else {}

    def set_place(self, project: str, place: dict[str, Any]) -> None:
        """Remember where the person is in a project."""
        self.set("places", {**self.latest("places"), project: {**self.place(project), **place}})

    def add_recent(self, entry: dict[str, Any]) -> None:
        """Put a project at the head of the recent ones."""
        others = [known for known in self.latest("recent") if known.get("path") != entry["path"]]
        self.set("recent", [entry, *others][:RECENT])

    def forget_recent(self, path: str) -> None:
        """Take a project out of the recent ones; the file stays."""
        self.set("recent", [known for known in self.latest("recent") if known.get("path") != path])

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except OSError:
            return self._values  # it may not be read just now: another window is writing it
        except ValueError:
            # Settings are a comfort: a damaged file is put aside, and the program starts with the defaults.
            with contextlib.suppress(OSError):
                self.path.replace(self.path.with_suffix(".damaged.json"))
            return {}
        if not isinstance(values, dict):
            return {}
        return {name: value for name, value in values.items() if _fits(name, value)}

    def _write(self) -> None:
        draft = self.path.with_name(f".{self.path.name}.{os.urandom(4).hex()}")
        try:
            draft.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), "utf-8")
            os.replace(draft, self.path)
        except OSError:
            # A full or read-only home must not stop anybody from coding.
            with contextlib.suppress(OSError):
                draft.unlink()


def _fits(name: str, value: Any) -> bool:
    return name not in DEFAULTS or isinstance(value, type(DEFAULTS[name]))
