"""Word documents (Office Open XML, ISO/IEC 29500): each becomes an article."""

from annotator.formats import docx_reading
from annotator.formats.format import Format

DOCX = Format(
    name="docx",
    label="Word document",
    patterns=("*.docx", "*.docm", "*.dotx"),
    description="Word documents: paragraphs and tables of the body, insertions taken, deletions and comments left out.",
    detect=docx_reading.detect,
    reads=docx_reading.read,
    texts_only=True,
)
