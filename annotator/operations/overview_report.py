"""The overview as one page of HTML: every table, the pictures that a window drew, and the words for a paper."""

from collections.abc import Mapping
from datetime import date
from html import escape
from pathlib import Path
from typing import NamedTuple

from annotator.formats.whole_file import whole_file
from annotator.operations.overview import Overview
from annotator.operations.overview_tables import Table, agreement_tables, coder_tables, paper_table, progress_tables

_STYLE = """
body { font-family: system-ui, sans-serif; font-size: 14px; line-height: 1.45; color: #1c1c1f; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 24px } h2 { font-size: 19px; margin-top: 2.5rem } h3 { font-size: 15px; margin: 1.6rem 0 .5rem }
table { border-collapse: collapse } th { text-align: left; font-weight: 600 } th, td { padding: 3px 14px 3px 0; border-bottom: 1px solid #e6e6e2; vertical-align: top }
td.n { text-align: right; font-variant-numeric: tabular-nums } p.note, p.meta { color: #5f6169 } img { max-width: 100% }
"""  # noqa: E501


_WIDEST = 620  # pixels of a picture on a page


class Picture(NamedTuple):
    """A picture by its address (data:…), and how wide it is shown, in pixels."""

    address: str
    width: int


def report_html(found: Overview, pictures: Mapping[str, Picture] | None = None) -> str:
    """The whole report. `pictures` maps the id of a table to the picture that is shown above it.

    It holds titles of articles and names of coders, but no text of an article.
    """
    drawn = pictures or {}
    title = escape(found.title)
    articles = f"{found.info.documents:,} articles · codebook {escape(found.info.codebook)} · {date.today():%Y-%m-%d}"
    parts = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
        f"<title>{title}</title><style>{_STYLE}</style></head>",
        f"<body><h1>{title}</h1><p class='meta'>{articles}</p>",
        "<h2>Progress</h2>",
        *(_table(each, drawn) for each in progress_tables(found)),
        "<h2>Agreement</h2>",
        f"<p>{escape(_which(found))}</p>",
        *(_table(each, drawn) for each in agreement_tables(found)),
        "<h2>Coders</h2>",
        *(_table(each, drawn) for each in coder_tables(found)),
        "<h2>For a paper</h2>",
        _table(paper_table(found), {}),
        f"<p>{escape(' '.join(found.paper.sentences))}</p>",
        "</body></html>",
    ]
    return "\n".join(parts)


def write_whole(dest: Path, content: bytes) -> None:
    """Write a report, a table or a picture, whole or not at all. Raises AnnotatorError when the disk refuses."""
    with whole_file(dest) as file:
        file.write(content)


def _which(found: Overview) -> str:
    when = "as they are now" if found.which.now else "as they stood when first declared done"
    who = ", ".join(found.material.coders) or "nobody yet"
    return f"{len(found.material.articles):,} articles that two coders declared done; readings {when}. Coders: {who}."


def _table(table: Table, pictures: Mapping[str, Picture]) -> str:
    if not table.rows:
        return f"<h3>{escape(table.title)}</h3><p class='note'>Nothing yet.</p>"
    picture = pictures.get(table.id)
    image = ""
    if picture is not None:
        width = min(picture.width, _WIDEST)
        image = f"<p><img src='{escape(picture.address)}' width='{width}' alt='{escape(table.title)}'></p>"
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table.head)
    rows = "\n".join("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in table.rows)
    note = f"<p class='note'>{escape(table.note)}</p>" if table.note else ""
    return f"<h3>{escape(table.title)}</h3>{image}<table><tr>{head}</tr>\n{rows}</table>{note}"


def _cell(cell: str | int) -> str:
    return f"<td class='n'>{cell:,}</td>" if isinstance(cell, int) else f"<td>{escape(cell)}</td>"
