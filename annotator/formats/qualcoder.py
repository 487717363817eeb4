"""QualCoder (https://github.com/ccbogel/QualCoder): a folder with a SQLite file of sources, codes and codings."""

from annotator.formats.format import Format
from annotator.formats.qualcoder_reading import detect, read

QUALCODER = Format(
    name="qualcoder",
    label="QualCoder project",
    patterns=("*.qda",),
    description="A project folder of QualCoder: texts with the codings of all coders, memos, cases and attributes.",
    detect=detect,
    reads=read,
    folder=True,
)
