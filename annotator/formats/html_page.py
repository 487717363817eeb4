"""A page of annotated articles (HTML) that looks like the window and needs nothing but a browser."""

from annotator.formats import html_writing
from annotator.formats.format import Format, never
from annotator.formats.loss import Loss

HTML_PAGE = Format(
    name="html-page",
    label="Page to read (HTML)",
    patterns=("*.html", "*.htm"),
    description="The articles with their marks as in the window, in one file for any browser, light and dark.",
    verified_by=("Chromium",),
    detect=never,
    writes=html_writing.write,
    lines=html_writing.lines,
    cannot_hold=(
        Loss.SOURCES, Loss.APPEARANCES, Loss.ASSIGNMENTS, Loss.EARLIER_TEXTS, Loss.VERSIONS, Loss.FIRST_DONE, Loss.IDS,
        Loss.OTHER_FIELDS, Loss.CODEBOOK_IN_PART, Loss.ENTITIES, Loss.DECISIONS, Loss.HISTORY,
    ),
)  # fmt: skip
