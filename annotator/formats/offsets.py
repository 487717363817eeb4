"""Annotations without the texts that they are about: offsets and check values, to publish what may not be copied."""

from annotator.formats import offsets_writing
from annotator.formats.format import Format, never
from annotator.formats.loss import Loss

OFFSETS = Format(
    name="offsets",
    label="Annotations without the texts",
    patterns=("*.offsets.jsonl",),
    description="Offsets and check values for articles that may not be copied; “annotator attach” puts the texts back.",
    detect=never,
    writes=offsets_writing.write,
    cannot_hold=(
        Loss.TEXTS, Loss.SOURCES, Loss.APPEARANCES, Loss.ASSIGNMENTS, Loss.EARLIER_TEXTS, Loss.FIRST_DONE, Loss.NOTES,
        Loss.QUESTIONS, Loss.RELATION_NOTES, Loss.OTHER_FIELDS, Loss.CODEBOOK_IN_PART, Loss.DECISIONS, Loss.HISTORY,
    ),
    loses=offsets_writing.loses,
    may_lose=(Loss.ATTRIBUTES, Loss.RELATION_ATTRIBUTES),
    write_settings=offsets_writing.SETTINGS,
)  # fmt: skip
