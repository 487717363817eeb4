"""WebAnno TSV 3, which WebAnno and INCEpTION read and write; the older TSV 1 and 2 are read."""

from annotator.formats import webanno_reading, webanno_writing
from annotator.formats.format import Format
from annotator.formats.loss import Loss
from annotator.formats.uima_layers import CANNOT_HOLD, SETTINGS

WEBANNO = Format(
    name="webanno",
    label="WebAnno TSV 3",
    patterns=("*.tsv",),
    description="For INCEpTION and WebAnno: a word a line, a folder for each coder; TSV 1 and 2 are read too.",
    verified_by=("webanno2spacy",),
    detect=webanno_reading.detect,
    reads=webanno_reading.read,
    writes=webanno_writing.write,
    folder=True,
    shown_first="*.tsv",
    loses=webanno_writing.loses,
    may_lose=(
        Loss.OUTSIDE_TOKENS,
        Loss.TOKENS,
        Loss.RELATIONS,
        Loss.RELATION_ATTRIBUTES,
        Loss.RELATION_NOTES,
        Loss.SPACING,
    ),
    cannot_hold=CANNOT_HOLD,
    read_settings=SETTINGS,
)
