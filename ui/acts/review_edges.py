"""Edit a reading before it is taken: edges as in Code, the tag by its letter, another reading by its number."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from annotator.model.span import Spans
from annotator.operations.reviewing import Case
from annotator.review.readings import Mark as Annotation

from ..article_view.marks import Mark
from ..article_view.view import ArticleView
from ..desk import Desk
from ..keys.dispatcher import Press
from ..views.review_view import COLUMNS
from .act import Handler, plain
from .deciding import Deciding
from .edges import moved_edge

MODE = "edit"
_KEYS: Mapping[str, Press] = {
    "Left": Press("edit_edge", ("word", -1), repeats=True),
    "Right": Press("edit_edge", ("word", 1), repeats=True),
    "Alt+Left": Press("edit_edge", ("character", -1), repeats=True),
    "Alt+Right": Press("edit_edge", ("character", 1), repeats=True),
    "e": Press("edit_other_edge"),
    "Enter": Press("edit_take"),
    "Esc": Press("edit_drop"),
}


class ReviewEdges(QObject):
    """A mode of the compared article: nothing is written before Enter takes what is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._session = desk.review.session
        self._case: Case | None = None
        self._base: Annotation | None = None
        self._number = 0  # of the reading it comes from, from 0
        self._tag = ""
        self._spans: Spans = ()
        self._start = False
        self._session.moved.connect(self._left)

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "edit_reading": plain(self.begin),
            "edit_edge": self.move,
            "edit_other_edge": plain(self.turn),
            "edit_tag": self.retag,
            "edit_base": self.take_base,
            "edit_take": plain(self.keep),
            "edit_drop": plain(self.drop),
        }

    def begin(self) -> None:
        """Take the first reading that has something here in hand."""
        case = self._session.case
        if case is None:
            return
        first = next((n for n in range(len(case.readers)) if case.place.of_reading(n)), None)
        if first is None:
            return
        self._case, self._start = case, False
        self._desk.focus_text()
        self._take(first)
        if self._desk.dispatcher.mode != MODE:
            self._desk.dispatcher.push_mode(MODE, {**self._tags(), **self._numbers(), **_KEYS})
        self._tell()

    def _tags(self) -> dict[str, Press]:
        codebook = self._desk.workspace.codebook
        tags = codebook.active_tags if codebook else ()
        return {key: Press("edit_tag", tag.id) for tag in tags for key in tag.keys if key.isalpha()}

    def _numbers(self) -> dict[str, Press]:
        count = len(self._case.readers) if self._case else 0
        return {str(number): Press("edit_base", number - 1) for number in range(1, count + 1)}

    def take_base(self, number: object) -> None:
        """Begin with another reading."""
        if isinstance(number, int) and self._case is not None and self._case.place.of_reading(number):
            self._take(number)
            self._tell()

    def _take(self, number: int) -> None:
        assert self._case is not None
        self._text.set_preview(None)
        self._number, self._base = number, self._case.place.of_reading(number)[0]
        self._tag, self._spans = self._base.tag, self._base.spans
        self._preview()

    def move(self, payload: object) -> None:
        """Move the edge in hand by a word or a character."""
        if self._case is not None and isinstance(payload, tuple):
            self._spans = moved_edge(self._text.text(), self._spans, *payload, start=self._start)
            self._preview()
            self._tell()

    def turn(self) -> None:
        """Take the other edge in hand."""
        self._start = not self._start
        self._tell()

    def retag(self, tag: object) -> None:
        """Give it another tag."""
        if self._case is not None and isinstance(tag, str):
            self._tag = tag
            self._preview()
            self._tell()

    def keep(self) -> None:
        """Take it as it is shown."""
        case, base, tag, spans = self._case, self._base, self._tag, self._spans
        self._end()
        found = self._desk.window.findChild(Deciding)
        if case is not None and isinstance(found, Deciding):
            found.take_edited(tag, spans, base)

    def drop(self) -> None:
        """Leave the place as it was."""
        self._end()
        self._desk.status.say(self.tr("Nothing was taken"))

    @property
    def _text(self) -> ArticleView:
        view = self._desk.review.view
        return view.columns.texts[min(self._number, 2)] if view.mode == COLUMNS else view.lanes

    def _preview(self) -> None:
        if self._base is not None:
            self._text.set_preview(Mark(self._base.key, self._spans, self._tag))

    def _tell(self) -> None:
        """Show and say which edge moves: the caret stands at it."""
        self._text.set_caret(self._spans[0].start if self._start else self._spans[-1].end)
        which = self.tr("start") if self._start else self.tr("end")
        words = self.tr("← → move the {edge}, E the other edge, a letter the tag, a number the reading; Enter takes it")
        self._desk.status.say(words.format(edge=which))

    def _left(self) -> None:
        if self._case is not None and self._session.case is not self._case:
            self._end()

    def _end(self) -> None:
        if self._case is not None:
            self._text.set_preview(None)
            self._case = None
            self._desk.dispatcher.pop_mode(MODE)
