"""What is still open in the article: unsure, asked, incomplete; one list, walked by one key, never a wall."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer

from annotator.errors import AnnotatorError
from annotator.model.attributes.walk import is_human
from annotator.operations.completeness import OpenPoint, open_points

from ..desk import Desk
from .act import Handler, plain

PAUSE = 600  # milliseconds without a change after which the open points are counted anew
LATER = ("missing", "proposed")  # kinds of points that belong to describing
MANY = 1_000  # annotations from which on they are counted only when asked for


class OpenPoints(QObject):
    """Counts in the background of coding; J and Shift+J walk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._found: tuple[OpenPoint, ...] = ()
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._count)
        desk.document.reset.connect(self._changed)
        desk.document.put.connect(lambda _: self._changed())
        desk.document.removed.connect(lambda _: self._changed())
        desk.details.open_requested.connect(lambda: self.go(1))

    def handlers(self) -> Mapping[str, Handler]:
        return {"next_open": plain(lambda: self.go(1)), "previous_open": plain(lambda: self.go(-1))}

    def go(self, steps: int) -> None:
        """Turn to the next open point, and say what is open."""
        desk = self._desk
        self._look()
        if not self._found:
            desk.status.say(self.tr("No open points in this article"))
            return
        here = desk.document.annotation(desk.document.current)
        place = here.outer.start if here else desk.article.caret()
        index = self._after(place, here.key if here else None, steps)
        point = self._found[index]
        if point.annotation is not None:
            desk.article.set_current(point.annotation)
        else:
            desk.article.select(point.span)
        told = self.tr("{n} of {all}: {point}")
        desk.status.say(told.format(n=index + 1, all=len(self._found), point=point.sentence))
        self._last = index

    # ---- inside

    _last: int | None = None

    def _after(self, place: int, key: int | None, steps: int) -> int:
        """Which point comes next: after the last one shown if one is still there, else after the caret."""
        if self._last is not None and self._last < len(self._found) and self._found[self._last].annotation == key:
            return (self._last + steps) % len(self._found)
        if steps > 0:
            return next((at for at, point in enumerate(self._found) if point.span.start >= place), 0)
        before = [at for at, point in enumerate(self._found) if point.span.start < place]
        return before[-1] if before else len(self._found) - 1

    def _changed(self) -> None:
        if self._desk.document.about is None or len(self._desk.document) > MANY:
            self._found, self._last = (), None
            self._pause.stop()
            self._desk.details.show_open(None, frozenset())
        else:
            self._pause.start()

    def _count(self) -> None:
        self._look()
        keys = frozenset(point.annotation for point in self._found if point.annotation is not None)
        self._desk.details.show_open(len(self._found), keys)

    def _look(self) -> None:
        workspace = self._desk.workspace
        coder = workspace.coder.key if workspace.coder else None
        if not workspace.is_open or workspace.document is None or coder is None:
            self._found = ()
            return
        try:
            found = open_points(workspace.project, workspace.document, coder)
        except AnnotatorError:
            found = []  # the document has gone meanwhile: the list says so already
        told = (point for point in found if self._is_begun(point))
        self._found = tuple(sorted(told, key=lambda point: (point.span.start, point.span.end)))

    def _is_begun(self, point: OpenPoint) -> bool:
        """Whether it is time to ask: fields count as open only once somebody has begun to fill them in."""
        annotation = self._desk.document.annotation(point.annotation)
        if point.kind not in LATER or annotation is None:
            return True
        return any(is_human(annotation.attributes, name) for name in annotation.attributes)
