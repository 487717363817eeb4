"""Where the program's own files lie, and where this person's settings and data go."""

from pathlib import Path

import platformdirs

from annotator.errors import AnnotatorError

APP_NAME = "Annotator"
_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """A file or folder that ships with the program, by its path under `resources/`; AnnotatorError if absent."""
    # A wheel and a frozen build carry resources inside the package; a checkout has them beside it.
    for folder in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if (folder / name).exists():
            return folder / name
    raise AnnotatorError(f"The installation is incomplete: its file {name} is missing. Install the program again.")


def user_data_folder() -> Path:
    """The folder for what the program keeps for this person, such as the sample project; made when missing."""
    return platformdirs.user_data_path(APP_NAME, appauthor=False, ensure_exists=True)


def user_config_folder() -> Path:
    """The folder for this person's settings; made when missing."""
    return platformdirs.user_config_path(APP_NAME, appauthor=False, ensure_exists=True)


def user_cache_folder() -> Path:
    """The folder for what can be made again at any time; not made when missing."""
    return platformdirs.user_cache_path(APP_NAME, appauthor=False)
