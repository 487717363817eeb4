"""Rich Text Format 1.9, as Word, WordPad and TextEdit write it: each file becomes an article."""

from annotator.formats import rtf_reading
from annotator.formats.format import Format

RTF = Format(
    name="rtf",
    label="RTF document",
    patterns=("*.rtf", "*.doc"),
    description="Rich Text Format: the words of the body, without notes, comments, page headers and deleted text.",
    detect=rtf_reading.detect,
    reads=rtf_reading.read,
    texts_only=True,
)
