"""Label Studio's JSON: tasks with the annotations of several people, and the labelling interface that they need."""

from annotator.formats import label_studio_reading, label_studio_writing
from annotator.formats.format import Format
from annotator.formats.loss import Loss

LABEL_STUDIO = Format(
    name="label-studio",
    label="Label Studio",
    patterns=("*.json",),
    description="Tasks as Label Studio exports and imports them, with the labelling interface beside.",
    detect=label_studio_reading.detect,
    reads=label_studio_reading.read,
    writes=label_studio_writing.write,
    verified_by=("label-studio-sdk",),
    cannot_hold=(
        Loss.APPEARANCES, Loss.ASSIGNMENTS, Loss.EARLIER_TEXTS, Loss.STATES, Loss.VERSIONS, Loss.FIRST_DONE,
        Loss.SOURCES, Loss.DISCONTINUOUS, Loss.ORIGINS, Loss.QUESTIONS, Loss.FLAGS, Loss.IDS, Loss.RELATION_ATTRIBUTES,
        Loss.RELATION_NOTES, Loss.OTHER_FIELDS, Loss.CODEBOOK, Loss.ENTITIES, Loss.DECISIONS, Loss.HISTORY,
    ),
)  # fmt: skip
