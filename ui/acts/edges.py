"""Move the edges of an annotation by keys: shown as one moves, written once when Enter keeps them."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt

from annotator.model.rows import Annotation
from annotator.model.span import Span, Spans
from annotator.operations import annotations

from ..article_view import units, words
from ..article_view.marks import Mark
from ..desk import Desk
from ..keys.dispatcher import Press
from ..widgets.labels import direction_of
from .act import Handler, plain

MODE = "edges"
_KEYS: Mapping[str, Press] = {
    "Left": Press("edge", ("word", -1), repeats=True),
    "Right": Press("edge", ("word", 1), repeats=True),
    "Alt+Left": Press("edge", ("character", -1), repeats=True),
    "Alt+Right": Press("edge", ("character", 1), repeats=True),
    "e": Press("other_edge"),
    "Enter": Press("keep_edges"),
    "Esc": Press("drop_edges"),
}


class Edges(QObject):
    """A mode of the article: arrows move the end, after E the start; Enter keeps, Esc puts back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._annotation: Annotation | None = None
        self._spans: Spans = ()
        self._start = False  # which edge moves
        self._caret = 0  # where the caret stood before
        desk.details.inspector.edges_wanted.connect(self.begin)
        desk.document.current_changed.connect(self._left)

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "edges": plain(self.begin),
            "edge": self.move,
            "other_edge": plain(self.turn),
            "keep_edges": plain(self.keep),
            "drop_edges": plain(self.drop),
        }

    def begin(self) -> None:
        """Take the current annotation's edges in hand."""
        document = self._desk.document
        annotation = document.annotation(document.current)
        if annotation is None:
            self._desk.status.say(self.tr("No annotation is chosen: move onto one, or press N"))
            return
        self._annotation, self._spans, self._start = annotation, annotation.spans, False
        self._caret = self._desk.article.caret()
        self._desk.article.setFocus()
        if self._desk.dispatcher.mode != MODE:
            self._desk.dispatcher.push_mode(MODE, _KEYS)
        self._tell()

    def move(self, payload: object) -> None:
        """Move the edge in hand by a word or a character."""
        if self._annotation is None or not isinstance(payload, tuple):
            return
        self._spans = moved_edge(self._desk.document.text, self._spans, *payload, start=self._start)
        self._preview()

    def turn(self) -> None:
        """Take the other edge in hand."""
        self._start = not self._start
        self._tell()

    def keep(self) -> None:
        """Write the edges as they are shown."""
        annotation, spans = self._annotation, self._spans
        self._end()
        if annotation is not None and spans != annotation.spans:
            self._desk.workspace.do(annotations.set_spans, annotation.key, spans)

    def drop(self) -> None:
        """Leave the edges as they were."""
        self._end()
        self._desk.article.set_caret(self._caret)
        self._desk.status.say(self.tr("The edges stay as they were"))

    def _preview(self) -> None:
        assert self._annotation is not None
        annotation = self._annotation
        self._desk.article.set_preview(Mark(annotation.key, self._spans, annotation.tag, unsure=annotation.unsure))
        self._tell()

    def _tell(self) -> None:
        """Show and say which edge moves: the caret stands at it."""
        self._desk.article.set_caret(self._spans[0].start if self._start else self._spans[-1].end)
        which = self.tr("start") if self._start else self.tr("end")
        words = self.tr("← → move the {edge}, Alt by characters, E the other edge, Enter keeps, Esc puts back")
        self._desk.status.say(words.format(edge=which))

    def _left(self, key: object) -> None:
        if self._annotation is not None and key != self._annotation.key:
            self._end()

    def _end(self) -> None:
        self._annotation = None
        self._desk.article.set_preview(None)
        self._desk.dispatcher.pop_mode(MODE)


def moved_edge(text: str, spans: Spans, unit: str, steps: int, *, start: bool) -> Spans:
    """The spans with the start of the first or the end of the last moved by a word or a character."""
    index = 0 if start else len(spans) - 1
    first, last = spans[index]
    onwards = (steps > 0) != _turned(text, first)
    if start:
        first = min(max(0, _stepped(text, first, unit, "start", onwards)), last - 1)
    else:
        last = min(len(text), max(first + 1, _stepped(text, last, unit, "end", onwards)))
    return (*spans[:index], Span(first, last), *spans[index + 1 :])


def _turned(text: str, place: int) -> bool:
    """Whether the line runs from right to left, so that the left arrow leads onwards."""
    whole = units.paragraph(text, place)
    return direction_of(text[whole.start : whole.end]) == Qt.LayoutDirection.RightToLeft


def _stepped(text: str, place: int, unit: str, edge: str, onwards: bool) -> int:
    """The place a word or a character (as a reader sees one) further on, or back."""
    if unit == "word":
        return words.next_edge(text, place, edge) if onwards else words.previous_edge(text, place, edge)
    near = max(0, place - 60)
    cuts = [near + cut for cut in words.graphemes(text[near : place + 60])]
    if onwards:
        return next((cut for cut in cuts if cut > place), len(text))
    return next((cut for cut in reversed(cuts) if cut < place), 0)
