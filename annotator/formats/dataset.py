"""A dataset folder as Hugging Face's `datasets` loads it, with a card that describes it."""

from annotator.formats import dataset_writing
from annotator.formats.format import Format, never
from annotator.formats.loss import Loss

DATASET = Format(
    name="huggingface",
    label="Hugging Face dataset",
    patterns=("README.md",),
    description="A folder that datasets.load_dataset reads: a row for each reading, parts for training, and a card.",
    verified_by=("datasets",),
    detect=never,
    writes=dataset_writing.write,
    folder=True,
    shown_first="data/*.jsonl",
    cannot_hold=dataset_writing.CANNOT_HOLD,
    loses=dataset_writing.loses,
    may_lose=(Loss.RELATIONS,),
    splits=True,
    agreement=True,
    write_settings=dataset_writing.SETTINGS,
)
