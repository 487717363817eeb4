"""Tables of articles as text (CSV, TSV): one article a row, with a header."""

from annotator.formats import articles_csv_reading
from annotator.formats.format import Format

ARTICLES_CSV = Format(
    name="articles-csv",
    label="Table of articles (CSV, TSV)",
    patterns=("*.csv", "*.tsv", "*.tab"),
    description="One article a row: the column of the text, title, date and so on goes by the header, or is chosen.",
    detect=articles_csv_reading.detect,
    reads=articles_csv_reading.read,
    columns=articles_csv_reading.columns,
    texts_only=True,
    read_settings=articles_csv_reading.SETTINGS,
)
