"""doccano JSONL: a text with its labelled spans and relations a line, offsets in code points."""

from annotator.formats import doccano_reading, doccano_writing
from annotator.formats.format import Format
from annotator.formats.loss import FACTS, TEXT_AND_SPANS_ONLY, Loss, without

DOCCANO = Format(
    name="doccano",
    label="doccano",
    patterns=("*.jsonl", "*.json"),
    description="One article a line with labelled spans and relations, as doccano imports and exports it; one reading.",
    detect=doccano_reading.detect,
    reads=doccano_reading.read,
    writes=doccano_writing.write,
    verified_by=("doccano",),
    cannot_hold=(*without(TEXT_AND_SPANS_ONLY, *FACTS, Loss.RELATIONS), Loss.DISCONTINUOUS),
    one_reading=True,
    read_settings=doccano_reading.SETTINGS,
)
