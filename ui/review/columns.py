"""Two readings side by side, each with the whole text, that scroll together."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ..article_view.marks import Mark, TagLook
from ..theme import Theme
from ..widgets.labels import elided
from ..widgets.surface import surface
from .compared_article import ReviewText

MOST = 3  # readings side by side
NARROWEST = 400  # pixels of a column


class _Column(QWidget):
    """A name over a text."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.name = elided("", "strong")
        self.text = ReviewText(f"review_column_{number}")
        self._head = head = QHBoxLayout()
        head.addWidget(self.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        self._align()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._align()

    def _align(self) -> None:
        """The name begins where the text does."""
        self._head.setContentsMargins(self.text.viewport().x() + 4, 6, 16, 6)


class ReviewColumns(QWidget):
    """A column for each reading, as marks are drawn while one codes."""

    def __init__(self) -> None:
        super().__init__()
        surface(self, "page")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._columns = [_Column(number) for number in range(1, MOST + 1)]
        self._shown = 0
        self._scrolling = False
        for column in self._columns:
            self._row.addWidget(column, 1)
            column.text.verticalScrollBar().valueChanged.connect(self._scroll_others)

    @property
    def texts(self) -> list[ReviewText]:
        """The texts, those that are not shown too."""
        return [column.text for column in self._columns]

    def show_article(self, text: str, names: Sequence[str], marks: Sequence[Sequence[Mark]]) -> None:
        """Show the text once for each of these readings, up to MOST of them."""
        self._shown = min(len(names), MOST)
        for number, column in enumerate(self._columns):
            column.setVisible(number < self._shown)
            if number >= self._shown:
                continue
            column.name.setText(names[number])
            column.text.setAccessibleName(self.tr("Coding of {name}").format(name=names[number]))
            if column.text.text() == text:
                column.text.set_marks(marks[number])
            else:
                column.text.load(text, marks[number])

    def show_place(self, keys: Sequence[int | None], place: int) -> None:
        """Make these marks the current ones, and bring the place into sight in all columns."""
        shown = self.texts[: self._shown]
        self._scrolling = True
        for text, key in zip(shown, keys, strict=False):
            text.set_current(key, reveal=False)
            text.set_caret(place)
        self._scrolling = False
        self._align_others(shown[0])

    def set_looks(self, looks: Sequence[TagLook]) -> None:
        """Say how the tags look."""
        for text in self.texts:
            text.set_looks(looks)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        for text in self.texts:
            text.set_theme(theme)

    def focus_first(self) -> None:
        """Put the keyboard into the first column."""
        self._columns[0].text.setFocus()

    def _scroll_others(self) -> None:
        """The same line at the same height: what a scroll bar counts depends on what was in sight before."""
        bar = self.sender()
        moved = next((text for text in self.texts[: self._shown] if text.verticalScrollBar() is bar), None)
        if moved is not None:
            self._align_others(moved)

    def _align_others(self, moved: ReviewText) -> None:
        if self._scrolling:
            return
        self._scrolling = True
        place, y = moved.first_line()
        for text in self.texts[: self._shown]:
            if text is not moved and text.isVisible():
                text.scroll_like(place, y)
        self._scrolling = False
