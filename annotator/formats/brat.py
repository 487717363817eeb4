"""brat standoff (https://brat.nlplab.org/standoff.html): texts with .ann files, offsets in code points."""

import re
from pathlib import Path

from annotator.formats.brat_reading import ANNOTATIONS, read
from annotator.formats.brat_scheme import declared
from annotator.formats.brat_writing import loses, write
from annotator.formats.format import Format
from annotator.formats.guards import first_bytes
from annotator.formats.loss import FACTS, Loss
from annotator.formats.text_files import first_files

_LINE = re.compile(rb"(?:[TREAMN#]\S*|\*)\t\S+ \S")
_SEEN = 400  # files of a folder that are looked at
_OWN = (".txt", ".conf", *ANNOTATIONS)


def detect(path: Path, head: bytes, /) -> bool:
    """Whether a file begins with standoff lines, its text beside; or a folder is made of such pairs."""
    if not path.is_dir():
        return path.suffix in ANNOTATIONS and path.with_suffix(".txt").is_file() and _looks_like(head)
    found = first_files(path, _SEEN)
    own = sum(each.suffix.lower() in _OWN for each in found)
    pairs = (each for each in found if each.suffix in ANNOTATIONS and each.with_suffix(".txt").is_file())
    first = next((head for each in pairs if (head := first_bytes(each, 4096)).strip()), None)
    if own * 5 < len(found) * 4:
        return False
    return _looks_like(first) if first is not None else (path / "annotation.conf").is_file()


def _looks_like(head: bytes) -> bool:
    return not head.strip() or any(_LINE.match(line) for line in head.splitlines()[:20])


BRAT = Format(
    name="brat",
    label="brat standoff",
    patterns=("*.ann", "*.a1", "*.a2"),
    description="Texts with .ann files, in a folder for each coder; with relations, attributes and notes.",
    verified_by=("bioc",),
    detect=detect,
    reads=read,
    declares=declared,
    writes=write,
    folder=True,
    shown_first="*.ann",
    loses=loses,
    may_lose=(Loss.ATTRIBUTES, Loss.RELATION_ATTRIBUTES),
    cannot_hold=(
        *FACTS, Loss.SOURCES, Loss.APPEARANCES, Loss.ASSIGNMENTS, Loss.EARLIER_TEXTS, Loss.STATES, Loss.VERSIONS,
        Loss.FIRST_DONE, Loss.ORIGINS, Loss.QUESTIONS, Loss.FLAGS, Loss.IDS, Loss.OTHER_FIELDS, Loss.CODEBOOK,
        Loss.ENTITIES, Loss.DECISIONS, Loss.HISTORY,
    ),
)  # fmt: skip
