"""Write docs/formats.md from the formats of the registry: `python docs/formats_page.py`. A test compares the two."""

from collections.abc import Iterable
from pathlib import Path

from annotator.formats.format import Format, Setting
from annotator.formats.loss import Loss
from annotator.formats.plain_text import TEXT
from annotator.formats.registry import FORMATS

PAGE = Path(__file__).resolve().parent / "formats.md"

_HEAD = """# Formats

What can be read and written, as `annotator formats` lists it. Written from the program's own list of formats:
`python docs/formats_page.py`.

- **in**: files of this kind can be [imported](guide/import-export.md); *texts* means articles without annotations.
- **out**: it can be written; *one reading* means that each article has one there: choose `--gold` or `--coder NAME`.
- **extra**: what must be installed besides, `pip install "news-annotator[NAME]"`.
- **read by**: another program that reads our exports in our tests (`make test-formats`).

What a format cannot hold is counted before it is written, in the window and with `--json`, and stands in
`DEST.lost.json` beside the export. No format holds the history. Offsets are code points in the program, and are
converted where a format counts otherwise.

In the column *cannot hold* everything is dropped, unless it says otherwise; what stands behind “of some” is lost
only of articles that have it, such as tags that overlap.

| format | name | in | out | cannot hold | read by | extra |
|---|---|---|---|---|---|---|
"""

_SETTINGS = """
## Settings

`--set NAME=VALUE` on the command line; in the window they stand under the format.

| format | setting | values | |
|---|---|---|---|
"""


def formats_page() -> str:
    """The whole page."""
    parts = [_HEAD]
    parts += [f"{_row(each)}\n" for each in FORMATS]
    parts.append(_SETTINGS)
    for each in FORMATS:
        parts += [f"{_setting(each, setting, 'reading')}\n" for setting in each.read_settings]
        parts += [f"{_setting(each, setting, 'writing')}\n" for setting in each.write_settings]
    parts.append("\n## In a few words\n\n")
    parts += [f"- **{each.label}** (`{each.name}`): {each.description}\n" for each in FORMATS]
    return "".join(parts)


def _row(each: Format) -> str:
    taken = "texts" if each.texts_only or each is TEXT else "yes"
    written = "one reading" if each.one_reading else "yes"
    cells = (
        each.label,
        f"`{each.name}`",
        taken if each.is_read else "–",
        written if each.writes else "–",
        _losses(each) if each.writes else "–",
        ", ".join(each.verified_by) or "–",
        f"`{each.extra}`" if each.extra else "–",
    )
    return f"| {' | '.join(cells)} |"


def _losses(each: Format) -> str:
    always = _listed(loss for loss in each.cannot_hold if loss is not Loss.HISTORY)
    sometimes = _listed(loss for loss in each.may_lose if loss not in each.cannot_hold)
    return "; of some: ".join(part for part in (always, sometimes) if part) or "holds all but the history"


def _listed(losses: Iterable[Loss]) -> str:
    return ", ".join(loss.removesuffix(" dropped") for loss in losses)


def _setting(each: Format, setting: Setting, when: str) -> str:
    told = [f"`{value}`" if value else "empty" for value in setting.values]
    values = ", ".join(
        f"{name} (else)" if value == setting.default else name for name, value in zip(told, setting.values, strict=True)
    )
    free = f"any text; else `{setting.default}`" if setting.default else "any text"
    about = f"{setting.label}. {setting.advice}".strip()
    return f"| {each.label}, {when} | `{setting.name}` | {values or free} | {about} |"


if __name__ == "__main__":
    PAGE.write_text(formats_page(), encoding="utf-8")
