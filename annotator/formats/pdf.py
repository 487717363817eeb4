"""PDF: each file becomes an article."""

from annotator.formats import pdf_reading
from annotator.formats.format import Format

PDF = Format(
    name="pdf",
    label="PDF",
    patterns=("*.pdf",),
    description="PDFs that hold text; lines are joined into paragraphs. Scanned pages need text recognition first.",
    detect=pdf_reading.detect,
    reads=pdf_reading.read,
    extra="pdf",
    needs=("pypdfium2",),
    texts_only=True,
    read_settings=pdf_reading.SETTINGS,
)
