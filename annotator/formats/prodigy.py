"""Prodigy's JSONL: a decision on a text a line, with spans and relations, offsets in code points."""

from annotator.formats import prodigy_reading
from annotator.formats.format import Format

PRODIGY = Format(
    name="prodigy",
    label="Prodigy",
    patterns=("*.jsonl",),
    description="Texts with spans and relations, a line for each decision, as Prodigy's db-out writes them.",
    detect=prodigy_reading.detect,
    reads=prodigy_reading.read,
)
