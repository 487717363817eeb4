"""Learned models kept for the next start of the program, in this person's cache folder and never in a project file.

A model holds words of the articles that it was learned from. So each project and coder has a file apart, which this
person alone can read; it is used only by the program that wrote it. One that is damaged is as good as none.
"""

import hashlib
import json
import os
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from annotator.operations.rounds import is_blind
from annotator.paths import user_cache_folder
from annotator.propose import Coded
from annotator.propose.features import Vocabulary
from annotator.propose.learned import Learned, Model, edition
from annotator.storage import queries
from annotator.storage.project import Project

_FOLDER = "learned"
_MOST = 12  # files: of the projects that were worked on last
_LARGEST = 100_000_000  # bytes of all that a file holds
_ABOUT, _VOCABULARY = "about.json", "vocabulary.json"
_FAULTS = (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError)


@dataclass(frozen=True)
class Kept:
    """What was learned, and a hash of all that it was learned from."""

    learned: Learned
    source: str


def source_of(coded: Sequence[Coded], tags: Iterable[str]) -> str:
    """A hash that differs when anything that is learned from does."""
    told = hashlib.sha256(json.dumps([edition(), list(tags)]).encode())
    for each in coded:
        if each.whole:
            told.update(json.dumps([each.text, each.language, sorted(each.tagged)]).encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def path_of(project: Project, coder: int | None) -> Path:
    """Where what was learned for a coder of a project is kept. The name tells neither."""
    who = next((each.id for each in queries.coders(project) if each.key == coder), "")
    whose = [project.meta("project"), who, is_blind(project)]
    return user_cache_folder() / _FOLDER / f"{hashlib.sha256(json.dumps(whose).encode()).hexdigest()[:32]}.zip"


def keep(path: Path, kept: Kept) -> None:
    """Keep it in place of what was there; a full or read-only disk prevents that and nothing else."""
    models = list(kept.learned.models.values())
    about = [{name: value for name, value in asdict(each).items() if name != "content"} for each in models]
    words = kept.learned.vocabulary
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            draft.touch(mode=0o600)
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as file:
                file.writestr(_ABOUT, json.dumps({"edition": edition(), "source": kept.source, "models": about}))
                file.writestr(_VOCABULARY, json.dumps([words.everywhere, words.inside]))
                for number, each in enumerate(models):
                    file.writestr(str(number), each.content)
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        _only_the_latest(path.parent)


def kept_models(path: Path) -> Kept | None:
    """What was kept there by this same program; None if there is none, or it is damaged."""
    try:
        with zipfile.ZipFile(path) as file:
            if sum(each.file_size for each in file.infolist()) > _LARGEST:
                return None
            about = json.loads(file.read(_ABOUT))
            if about["edition"] != edition():
                return None
            everywhere, inside = json.loads(file.read(_VOCABULARY))
            vocabulary = Vocabulary(Counter(everywhere), {tag: Counter(counts) for tag, counts in inside.items()})
            # Each content is checked against its sum as it is read: the library would crash on a damaged one.
            models = [Model(content=file.read(str(at)), **each) for at, each in enumerate(about["models"])]
            return Kept(Learned({each.tag: each for each in models}, vocabulary), str(about["source"]))
    except _FAULTS:
        return None


def _only_the_latest(folder: Path) -> None:
    files = sorted(folder.glob("*.zip"), key=lambda each: each.stat().st_mtime, reverse=True)
    for each in files[_MOST:]:
        each.unlink(missing_ok=True)
