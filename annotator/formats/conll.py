"""CoNLL files with one label a word (CoNLL-2003 and its kin): BIO, IOB, BIOES and BILOU."""

from annotator.formats import conll_reading, conll_writing
from annotator.formats.format import Format
from annotator.formats.loss import TEXT_AND_SPANS_ONLY, Loss

CONLL = Format(
    name="conll",
    label="CoNLL (BIO, BILOU)",
    patterns=("*.conll", "*.bio", "*.iob", "*.iob2", "*.bilou", "*.conll03"),
    description="One word and its label a line, for training and measuring taggers; one reading of each article.",
    verified_by=("seqeval",),
    detect=conll_reading.detect,
    reads=conll_reading.read,
    writes=conll_writing.write,
    cannot_hold=(*TEXT_AND_SPANS_ONLY, Loss.DISCONTINUOUS),
    loses=conll_writing.loses,
    may_lose=(Loss.OUTSIDE_TOKENS, Loss.OVERLAPS, Loss.TOKENS, Loss.SPACING),
    one_reading=True,
    read_settings=conll_reading.SETTINGS,
    write_settings=conll_writing.SETTINGS,
)
