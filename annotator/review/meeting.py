"""The page for the meeting: open places with what each reading has, to print or to show. One HTML file, no script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from annotator.model.span import Spans

AROUND = 160  # code points of text shown on each side


@dataclass(frozen=True)
class Version:
    """What one reading has at a place: its number or name, and (label of the tag, spans, values in words)."""

    name: str
    marks: Sequence[tuple[str, Spans, str]]


@dataclass(frozen=True)
class Topic:
    """One place: the article, its text, the kind of disagreement in words, what each has, and what was written."""

    title: str
    text: str
    kind: str
    versions: Sequence[Version]
    note: str = ""
    messages: Sequence[tuple[str, str]] = ()  # (who, words)
    rules: Sequence[tuple[str, str]] = ()  # (id, words)


_STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em}
body{color:#1c1c1e;background:#fff}h1{font-size:1.5em}h2{font-size:1.1em;margin:0 0 .2em}
section{border-top:1px solid #767676;padding:1em 0;break-inside:avoid}
.kind,.who,.rule{color:#565656}.text{font-family:Georgia,serif;margin:.4em 0;white-space:pre-wrap}
.text u{text-decoration-thickness:2px;text-underline-offset:3px;font-weight:600}
.line{height:2.2em;border-bottom:1px solid #767676}p{margin:.4em 0}"""


def meeting_page(title: str, topics: Iterable[Topic]) -> str:
    """The page, with all text escaped. Marked stretches are underlined and bold, so that print in grey tells them."""
    listed = list(topics)
    parts = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1><p>{len(listed)} open {'place' if len(listed) == 1 else 'places'}</p>",
    ]
    parts += [_section(number, topic) for number, topic in enumerate(listed, 1)]
    return "\n".join([*parts, "</body></html>\n"])


def _section(number: int, topic: Topic) -> str:
    parts = [
        "<section>",
        f'<h2 dir="auto">{number}. {escape(topic.title)}</h2><p class="kind">{escape(topic.kind)}</p>',
    ]
    if topic.note:
        parts.append(f'<p dir="auto">{escape(topic.note)}</p>')
    stretch = _stretch(topic)
    for version in topic.versions:
        tags = "; ".join(" – ".join(filter(None, (label, values))) for label, _, values in version.marks)
        parts.append(f'<p class="who"><b>{escape(version.name)}</b> {escape(tags) or "nothing here"}</p>')
        spans = sorted({piece for _, pieces, _ in version.marks for piece in pieces})
        parts.append(f'<p class="text" dir="auto">{_marked(topic.text, spans, *stretch)}</p>')
    parts += [f'<p class="rule" dir="auto">{escape(own)} {escape(words)}</p>' for own, words in topic.rules]
    parts += [f'<p dir="auto"><b>{escape(who)}:</b> {escape(words)}</p>' for who, words in topic.messages]
    return "\n".join([*parts, '<p class="who">Decided:</p><div class="line"></div>', "</section>"])


def _stretch(topic: Topic) -> tuple[int, int]:
    """The part of the text that is shown, in code points: all marks, and a little around them, to whole words."""
    pieces = [piece for version in topic.versions for _, spans, _ in version.marks for piece in spans]
    start, end = min(piece[0] for piece in pieces) - AROUND, max(piece[1] for piece in pieces) + AROUND
    if start > 0:
        start = max(topic.text.find(" ", start, start + AROUND) + 1, start)
    if end < len(topic.text):
        cut = topic.text.rfind(" ", end - AROUND, end)
        end = cut if cut > 0 else end
    return max(start, 0), min(end, len(topic.text))


def _marked(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> str:
    """The stretch with the spans underlined; where they overlap they are drawn as one."""
    parts, at = ["… " if start else ""], start
    for first, last in spans:
        first = max(first, at)
        if first < last:
            parts += [escape(text[at:first]), "<u>", escape(text[first:last]), "</u>"]
            at = last
    return "".join([*parts, escape(text[at:end]), " …" if end < len(text) else ""])
