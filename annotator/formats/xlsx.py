"""Excel workbooks (XLSX): the tables of annotations, relations, readings, documents, actors and codebook as sheets."""

from annotator.formats import xlsx_writing
from annotator.formats.format import Format, never
from annotator.formats.loss import Loss
from annotator.formats.tables import LOSES

XLSX = Format(
    name="xlsx",
    label="Excel workbook",
    patterns=("*.xlsx",),
    description="The same tables as CSV, each on a sheet: a row for each annotation, a column for each attribute.",
    verified_by=("openpyxl",),
    detect=never,
    writes=xlsx_writing.write,
    extra="xlsx",
    needs=("xlsxwriter",),
    cannot_hold=LOSES,
    splits=True,
    loses=xlsx_writing.loses,
    lines=xlsx_writing.lines,
    may_lose=(Loss.LONG_CELLS, Loss.CHARACTERS),
)
