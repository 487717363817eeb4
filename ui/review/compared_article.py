"""The article with the readings that are compared: all in lanes around one text, or one reading in its own column."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from annotator.operations.reviewing import ArticleReview, Case
from annotator.review.decisions import AGREED
from annotator.review.readings import Mark as Annotation

from ..article_view.margin import MarginPicture
from ..article_view.marks import Mark
from ..article_view.scene import Scene, SeenLine
from ..article_view.view import ArticleView
from .compared_lanes import ABOVE, BELOW, ComparedScene
from .compared_painter import ComparedPainter, compared_margin, mark_near
from .look import SETTLED, settled

_ARROWS = {
    Qt.Key.Key_Left: ("word", -1),
    Qt.Key.Key_Right: ("word", 1),
    Qt.Key.Key_Up: ("line", -1),
    Qt.Key.Key_Down: ("line", 1),
}


class Shown(NamedTuple):
    """A mark of a compared article, which reading has it (from 0), and the letter that says so."""

    mark: Mark
    reading: int
    whose: str


def shown_marks(review: ArticleReview, at_hand: Case | None, initials: Sequence[str]) -> list[Shown]:
    """What there is to draw: what is settled once and in grey, unless it is the place at hand."""
    found: list[Shown] = []
    for case in review.cases:
        here = at_hand is not None and case.place.id == at_hand.place.id if settled(case) else False
        if settled(case) and not here:
            marks = [unit.there[0] for unit in case.place.units] if case.state == AGREED else case.gold
            found += [Shown(_grey(each), BELOW, "") for each in marks]
            continue
        for number in range(len(review.readers)):
            found += [Shown(_mark(each), number, initials[number]) for each in case.place.of_reading(number)]
    return found


def _mark(annotation: Annotation) -> Mark:
    return Mark(annotation.key, annotation.spans, annotation.tag)


def _grey(annotation: Annotation) -> Mark:
    return Mark(annotation.key, annotation.spans, SETTLED)


class ReviewText(ArticleView):
    """An article in which nothing is tagged: arrows move the caret, all else is Review's."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("focus_context", "review")
        self.setAccessibleDescription(self.tr("The article with the readings that are compared."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ARROWS.get(Qt.Key(event.key())) if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier else None
        if step is not None:
            self.move(*step, extend=False)
        else:
            super().keyPressEvent(event)


class LanesArticle(ReviewText):
    """All readings around one text: the first above the line, the others below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._places: dict[int, int] = {}  # key of a mark → side of the line
        self._whose: dict[int, str] = {}
        self._hot: frozenset[int] = frozenset()
        super().__init__("review_article", parent)
        self.setAccessibleName(self.tr("Compared readings"))

    def show_marks(self, shown: Sequence[Shown]) -> None:
        """Draw these marks."""
        self._places = {each.mark.key: ABOVE if each.reading == 0 and each.whose else BELOW for each in shown}
        self._whose = {each.mark.key: each.whose for each in shown}
        self._new_scene()
        self.set_marks([each.mark for each in shown])

    def set_hot(self, keys: frozenset[int]) -> None:
        """Say which marks the place at hand has."""
        if keys != self._hot:
            self._hot = keys
            self._repaint()

    def hot(self) -> frozenset[int]:
        """The marks of the place at hand."""
        return self._hot

    def _made_scene(self) -> Scene:
        scene = ComparedScene(self._offsets, self._ink, self._marks_between)
        scene.sides = self._places
        return scene

    def _made_painter(self, painter: QPainter) -> ComparedPainter:
        moved = self._preview.key if self._preview else None
        return ComparedPainter(painter, self._ink, self._hot, self._places, moved)

    def _margin_picture(self, lines: Sequence[SeenLine], *, rtl: bool) -> MarginPicture:
        return compared_margin(lines, self._ink, self._places, self._whose, rtl=rtl)

    def mark_on(self, point: QPointF) -> Mark | None:
        if self.marks_hidden():
            return None
        near = (mark_near(line, point.x(), point.y()) for line in self._seen())
        return next((mark for mark in near if mark is not None), None)
