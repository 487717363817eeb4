"""Writes the page of annotated articles: no script, nothing from elsewhere, every text escaped."""

import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import dropwhile
from pathlib import Path
from typing import IO, Any

from annotator.formats.format import ProjectRecords, WriteOptions, Written
from annotator.formats.html_marks import Mark, Stretch, stretches
from annotator.formats.html_style import UNKNOWN, background, looks, room, style
from annotator.formats.loss import readings_of
from annotator.formats.project_records import Values, codebook_of
from annotator.formats.whole_file import whole_file
from annotator.formats.xml_text import held
from annotator.model.codebook import Attribute, Tag
from annotator.model.records import AnnotationRecord, DocumentRecord, Json, RelationRecord
from annotator.model.span import outer, quote

_SAFE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_BARS = {"double": " double", "dash": " dash", "dot": " dot"}  # of the margin's brackets; a wave is drawn solid there


def write(
    records: Iterable[DocumentRecord], destination: Path, project: ProjectRecords, options: WriteOptions, /
) -> Written:
    """One file that needs no other; whole or not at all."""
    folder = destination.absolute().parent  # words of articles lie in no common temporary folder
    with whole_file(destination) as file, tempfile.TemporaryFile(dir=folder) as contents:
        page = _Page(project, options, contents)
        for part in page.parts(records):
            file.write(part.encode("utf-8"))
    return Written(page.documents, page.annotations, page.relations, (destination,))


def lines(path: Path) -> Iterator[str]:
    """The articles; the long head says only how they look."""
    with path.open(encoding="utf-8") as file:
        yield from (line.rstrip("\n") for line in dropwhile(lambda line: line.strip() != "<main>", file))


class _Page:
    """One export going on; `contents` is a file for the list of articles, which stands last."""

    def __init__(self, project: ProjectRecords, options: WriteOptions, contents: IO[bytes]) -> None:
        self.documents = self.annotations = self.relations = 0
        self._title = options.title or "Annotated articles"
        self._codebook = codebook_of(project)
        self._looks = looks(self._codebook)
        self._values = Values(project)
        self._contents = contents

    def parts(self, records: Iterable[DocumentRecord]) -> Iterator[str]:
        """The page from its head to its foot."""
        yield (
            "<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n"
            f'<meta http-equiv="Content-Security-Policy" content="{_SAFE}">\n'
            "<meta name='viewport' content='width=device-width,initial-scale=1'>\n"
            f"<title>{_text(self._title)}</title>\n<style>\n{style(self._codebook)}</style>\n</head>\n<body>\n"
            f"<header>\n<h1>{_text(self._title)}</h1>\n{self._legend()}"
            "<p><a href='#contents'>All articles</a></p>\n</header>\n<main>\n"
        )
        for record in records:
            self.documents += 1
            self.annotations += len(record.annotations)
            self.relations += len(record.relations)
            yield from self._article(record)
        yield "</main>\n<nav id='contents'>\n<h2>Articles</h2>\n<ol>\n"
        self._contents.seek(0)
        yield from (line.decode("utf-8") for line in self._contents)
        yield "</ol>\n</nav>\n</body>\n</html>\n"

    def _legend(self) -> str:
        if self._codebook is None:
            return ""
        rows = [
            f"<li class='{self._looks[tag.id]}' title='{_text(tag.definition)}'><b>{_text(tag.label)}</b>"
            "<span class='bar'></span></li>\n"
            for tag in self._codebook.tags
            if not tag.retired
        ]
        about = f"{self._codebook.title or self._codebook.id} {self._codebook.version}"
        return f"<p class='meta'>Codebook: {_text(about)}</p>\n<ul class='legend'>\n{''.join(rows)}</ul>\n"

    def _article(self, record: DocumentRecord) -> Iterator[str]:
        lang = f" lang='{_text(record.language)}'" if record.language else ""
        facts = " · ".join(_text(fact) for fact in (record.date, record.outlet, record.rights) if fact)
        if record.url.startswith(("http://", "https://")):
            facts += f" · <a href='{_text(record.url)}' rel='noreferrer'>{_text(record.url)}</a>"
        elif record.url:
            facts += f" · {_text(record.url)}"
        title = _text(record.title or "Without a title")
        self._contents.write(f"<li><a href='#d{self.documents}'>{title}</a></li>\n".encode())
        yield f"<article id='d{self.documents}'{lang}>\n<h2 dir='auto'>{title}</h2>\n"
        yield f"<p class='meta'>{facts.removeprefix(' · ')}</p>\n"
        readings = readings_of(record)
        states = {(each.coder, each.kind): each for each in record.readings}
        if not readings:
            yield from self._reading(record, (), "")
        for number, (coder, kind) in enumerate(readings, 1):
            own = [each for each in record.annotations if (each.coder, each.kind) == (coder, kind)]
            found = states.get((coder, kind))
            told = ["Agreed version (gold)" if kind == "gold" else "", coder, found.state if found else ""]
            told += [str(found.extra["reason"])] if found and found.extra.get("reason") else []
            yield f"<h3>{' · '.join(_text(each) for each in told if each)}</h3>\n"
            yield from self._reading(record, own, f"d{self.documents}-r{number}")
        yield "</article>\n"

    def _reading(self, record: DocumentRecord, own: Sequence[AnnotationRecord], place: str) -> Iterator[str]:
        marks = [
            Mark(number, each.spans, self._look(each.tag), self._said(each.tag)) for number, each in enumerate(own)
        ]
        found, lanes = stretches(record.text, marks)
        yield f"<div class='text' style='--room:{room(lanes)}px'>\n"
        for line in _lines(record.text, found):
            yield from self._paragraph(record.text, line, own, place)
        yield "</div>\n"
        if own:
            yield from self._details(record, own, place)

    def _paragraph(
        self, text: str, line: Sequence[Stretch], own: Sequence[AnnotationRecord], place: str
    ) -> Iterator[str]:
        if not line:
            yield "<p></p>\n"
            return
        whole = text[line[0].start : line[-1].end]
        rtl, kept = is_rtl(whole), "  " in whole or "\t" in whole or whole[0].isspace()
        yield f"<p{' dir=rtl' if rtl else ''}{' class=k' if kept else ''}>"
        for each in line:
            words = [self._in_margin(mark, own, place) for mark in reversed(each.begins)]
            yield f"<span class='words'>{''.join(words)}</span>" if words else ""
            yield self._stretch(text, each, own, rtl=rtl)
        yield "</p>\n"

    def _in_margin(self, mark: Mark, own: Sequence[AnnotationRecord], place: str) -> str:
        annotation = own[mark.number]
        bar = _BARS.get(self._bar(annotation.tag), "")
        target = f"{place}-a{mark.number + 1}"
        return f"<a class='word {mark.look}{bar}' href='#{target}'>{self._word(annotation)}</a>"

    def _stretch(self, text: str, each: Stretch, own: Sequence[AnnotationRecord], *, rtl: bool) -> str:
        words = _text(text[each.start : each.end])
        if not each.covering and not each.lines:
            return words
        lines = [(lane, mark.look, gap) for lane, mark, gap in each.lines]
        wash, bar, foot = (mark.look if mark else "" for mark in (each.wash, each.opens, each.closes))
        drawn = background(lines, wash, bar, foot, rtl=rtl)
        opened = " o" if bar else ""
        said = ", ".join(self._word(own[mark.number]) for mark in each.covering)
        title = f' title="{said}"' if said else ""
        return f'<span class="s{opened}"{title} style="background:{drawn}">{words}</span>'

    # ---- what is said of each

    def _details(self, record: DocumentRecord, own: Sequence[AnnotationRecord], place: str) -> Iterator[str]:
        numbers = {name: number for number, each in enumerate(own, 1) for name in (each.source_id, each.id) if name}
        links: dict[int, list[RelationRecord]] = {}
        for link in record.relations:
            if link.source in numbers and link.target in numbers:
                links.setdefault(numbers[link.source], []).append(link)
        counted = "1 annotation" if len(own) == 1 else f"{len(own):,} annotations"
        yield f"<details>\n<summary>{counted} with all that is said of them</summary>\n<ol>\n"
        for number, each in enumerate(own, 1):
            words = " … ".join(_text(quote(record.text, [piece])) for piece in each.spans)
            span = outer(each.spans)
            yield f"<li id='{place}-a{number}' class='{self._look(each.tag)}'>"
            yield f"<span class='name'>{self._word(each)}</span> "
            yield f"<q dir='auto'>{words}</q> <span class='meta'>{span.start}–{span.end}</span>"
            rows = [*self._rows(each.attributes, self._tag(each.tag)), *_remarks(each)]
            for link in links.get(number, ()):
                rows += self._link(link, numbers[link.target], own, record, place)
            yield f"<dl>{''.join(rows)}</dl></li>\n" if rows else "</li>\n"
        yield "</ol>\n</details>\n"

    def _rows(self, attributes: Json, owner: Any) -> Iterator[str]:
        for name, entry in attributes.items():
            known: Attribute | None = owner.attribute(name) if owner else None
            value = self._values.plain(entry)
            words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            open_point = " (proposed)" if isinstance(entry, dict) and entry.get("by") == "proposed" else ""
            yield _row(known.name if known else name, words + open_point)

    def _link(
        self, link: RelationRecord, target: int, own: Sequence[AnnotationRecord], record: DocumentRecord, place: str
    ) -> Iterator[str]:
        kind = self._codebook.relation(link.type) if self._codebook else None
        other = own[target - 1]
        words = f"{self._word(other)}: {_text(quote(record.text, other.spans)[:80])}"
        yield f"<dt>{_text(kind.label if kind else link.type)}</dt><dd><a href='#{place}-a{target}'>{words}</a></dd>"
        yield from self._rows(link.attributes, kind)
        if link.note:
            yield _row("Note", link.note)

    def _tag(self, tag: str) -> Tag | None:
        return self._codebook.tag(tag) if self._codebook else None

    def _look(self, tag: str) -> str:
        return self._looks.get(tag, UNKNOWN)

    def _said(self, tag: str) -> bool:
        known = self._tag(tag)
        return known is not None and known.form == "statement"

    def _bar(self, tag: str) -> str:
        known = self._tag(tag)
        return known.bar if known else "solid"

    def _word(self, each: AnnotationRecord) -> str:
        known = self._tag(each.tag)
        return _text(known.label if known else each.tag) + ("?" if "unsure" in each.flags else "")


def _remarks(each: AnnotationRecord) -> Iterator[str]:
    if each.flags:
        yield _row("Flags", ", ".join(each.flags))
    if each.note:
        yield _row("Note", each.note)
    if each.extra.get("question"):
        yield _row("Question", str(each.extra["question"]))


def _row(name: str, words: str) -> str:
    return f"<dt>{_text(name)}</dt><dd dir='auto'>{_text(words)}</dd>"


def _lines(text: str, found: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """The stretches of each line of the text, none for an empty line."""
    place = 0
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        held_here = []
        while place < len(found) and found[place].start < end:
            held_here.append(found[place])
            place += 1
        yield held_here
        start = end + 1


def is_rtl(line: str) -> bool:
    """Whether the first letter of a line that has a direction goes from right to left."""
    for letter in line:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _text(words: str) -> str:
    """The words as HTML; what it cannot hold becomes U+FFFD, a carriage return, which readers would change, stays."""
    return escape(held(words)).replace("\r", "&#13;")
