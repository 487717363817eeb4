"""OpenDocument texts (ISO/IEC 26300), as LibreOffice writes them: each becomes an article."""

from annotator.formats import odt_reading
from annotator.formats.format import Format

ODT = Format(
    name="odt",
    label="OpenDocument text",
    patterns=("*.odt", "*.ott"),
    description="OpenDocument texts: paragraphs, headings and tables of the body, without notes and comments.",
    detect=odt_reading.detect,
    reads=odt_reading.read,
    texts_only=True,
)
