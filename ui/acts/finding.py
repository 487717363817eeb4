"""Find in the article."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from annotator.model.span import Span

from ..desk import Desk
from ..widgets.find_bar import FindBar
from .act import Handler, plain


class Finding(QObject):
    """The find bar stands above the text while one looks for something."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._bar = FindBar()
        self._bar.found.connect(self._show)
        self._bar.hits_changed.connect(desk.article.show_found)
        self._bar.closed.connect(self._closed)
        desk.code.lines.addWidget(self._bar)
        self._bar.set_text(desk.document.text)
        desk.document.reset.connect(lambda: self._bar.set_text(desk.document.text))

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "find": plain(self.find),
            "find_next": plain(self._bar.next),
            "find_previous": plain(self._bar.previous),
        }

    def find(self) -> None:
        """Ask what to find; what is selected is proposed."""
        selected = self._desk.article.selection()
        words = self._desk.document.text[selected.start : selected.end] if selected else ""
        origin = selected.start if selected else self._desk.article.caret()
        self._bar.present(origin, words if "\n" not in words else "")

    def _closed(self) -> None:
        self._desk.article.show_found([])
        self._desk.article.setFocus()

    def _show(self, span: Span) -> None:
        self._desk.article.pick(span)
