"""REFI-QDA projects (https://www.qdasoftware.org): an archive of texts with an XML file of what is said of them."""

from annotator.formats.format import Format
from annotator.formats.loss import Loss
from annotator.formats.qdpx_reading import declared, detect, read
from annotator.formats.qdpx_writing import lines, loses, write

QDPX = Format(
    name="qdpx",
    label="REFI-QDA project",
    patterns=("*.qdpx",),
    description="A project as NVivo, ATLAS.ti, MAXQDA and others exchange it: texts, coders, codes, notes and links.",
    verified_by=("xmlschema",),
    detect=detect,
    reads=read,
    declares=declared,
    writes=write,
    loses=loses,
    lines=lines,
    may_lose=(Loss.CHARACTERS,),
    cannot_hold=(
        Loss.SOURCES, Loss.APPEARANCES, Loss.ASSIGNMENTS, Loss.EARLIER_TEXTS, Loss.EMPTY_READINGS, Loss.STATES,
        Loss.VERSIONS, Loss.FIRST_DONE, Loss.DISCONTINUOUS, Loss.ATTRIBUTES, Loss.ORIGINS, Loss.QUESTIONS, Loss.FLAGS,
        Loss.RELATION_ATTRIBUTES, Loss.OTHER_FIELDS, Loss.CODEBOOK_IN_PART, Loss.ENTITIES, Loss.DECISIONS,
        Loss.HISTORY,
    ),
)  # fmt: skip
