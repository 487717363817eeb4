"""Spreadsheets of articles (XLSX): one article a row, with a header."""

from annotator.formats import articles_xlsx_reading
from annotator.formats.format import Format

ARTICLES_XLSX = Format(
    name="articles-xlsx",
    label="Spreadsheet of articles (XLSX)",
    patterns=("*.xlsx", "*.xlsm"),
    description="One article a row of a sheet: the column of the text, title, date and so on goes by the header.",
    detect=articles_xlsx_reading.detect,
    reads=articles_xlsx_reading.read,
    columns=articles_xlsx_reading.columns,
    extra="xlsx",
    needs=("openpyxl",),
    texts_only=True,
    read_settings=articles_xlsx_reading.SETTINGS,
)
