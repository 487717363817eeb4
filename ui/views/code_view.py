"""The view in which one codes: header, article, bar of tags; lines for name and find come and go above the text."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from annotator.model.rows import Document
from annotator.operations.words import counted
from annotator.storage import totals

from ..article_view.view import ArticleView
from ..open_document import OpenDocument
from ..panels.tag_bar import TagBar
from ..theme import HEIGHT_HEADER
from ..widgets.buttons import button
from ..widgets.empty_state import EmptyState
from ..widgets.labels import elided
from ..widgets.segments import Segments
from ..widgets.state_glyph import state_word
from ..widgets.surface import surface
from ..workspace import Workspace
from .beside import Beside


class CodeView(QWidget):
    """Composes the parts; acts on nothing itself."""

    mode_chosen = Signal(str)
    done_requested = Signal()
    import_requested = Signal()

    def __init__(self, workspace: Workspace, document: OpenDocument, article: ArticleView, tags: TagBar) -> None:
        super().__init__()
        self._workspace = workspace
        self._document = document
        self._article = article
        surface(self, "page")
        self._title, self._facts = elided("", "head"), elided("", "meta")
        self._modes = Segments(
            self.tr("How tags are shown"), [("quiet", self.tr("Quiet")), ("labelled", self.tr("Labelled"))], "quiet"
        )
        self._modes.chosen.connect(self.mode_chosen)
        self._done = button(self.tr("Done"), "primary", on_click=self.done_requested.emit)
        self._done.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.lines = QVBoxLayout()  # the name line and the find bar stand here
        self.lines.setSpacing(0)
        self._none = EmptyState("article", "")
        self._none.acted.connect(self.import_requested)
        self._build(article, tags)
        document.reset.connect(self.refresh)
        document.reading_changed.connect(self.refresh)
        workspace.opened.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the document is, and how far the coder is with it."""
        about = self._document.about
        focus = QApplication.focusWidget()
        came = about is not None and self._stack.currentWidget() is self._none
        idle = focus is None or self._none.isAncestorOf(focus)
        self._stack.setCurrentIndex(0 if about is not None else 1)
        if came and idle and self.window().isActiveWindow():
            self._article.setFocus()  # the first articles have just come in: the keys shall reach them
        if about is None:
            self._show_none()
            if focus is None or focus is self._article:
                self._none.focus()
            return
        self._title.setText(about.title)
        self._facts.setText(self._told(about))
        done = self._document.reading is not None and self._document.reading.state == "done"
        self._done.say(self.tr("Not done yet") if done else self.tr("Done"))
        self._done.setToolTip(self.tr("Take back that this article is done") if done else self.tr("Done, next article"))

    def focus(self) -> None:
        """Put the keyboard into the article; where there is none yet, onto the button that brings some in."""
        if self._stack.currentWidget() is not self._none or not self._none.focus():
            self._article.setFocus()

    def show_mode(self, mode: str) -> None:
        """Mark the way tags are shown."""
        self._modes.choose(mode)

    def _told(self, about: Document) -> str:
        words = counted(about.words, self.tr("word"), self.tr("words")) if about.words else ""
        reading = self._document.reading
        state = state_word(reading.state) if reading and reading.state not in ("not started", "in work") else ""
        if reading and reading.state == "set aside" and reading.reason:
            state += f" ({reading.reason})"
        codebook = self._workspace.codebook
        version = self.tr("codebook {version}").format(version=codebook.version) if codebook else ""
        return " · ".join(part for part in (about.outlet, about.date, words, version, state) if part)

    def _show_none(self) -> None:
        if not self._workspace.is_open:
            return
        if totals.documents(self._workspace.project):
            self._none.say("article", self.tr("No article is open"), self.tr("Choose one in the list."))
        else:
            hint = self.tr("Drop text files anywhere in the window, or")
            self._none.say("article", self.tr("No articles yet"), hint, self.tr("Import articles…"))

    def _build(self, article: ArticleView, tags: TagBar) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 16, 0)
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._facts)
        words.addStretch(1)
        head.addLayout(words, 1)
        head.addWidget(self._modes)
        head.addWidget(self._done)
        header = QWidget()
        header.setLayout(head)
        header.setFixedHeight(HEIGHT_HEADER)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addLayout(self.lines)
        column.addWidget(article, 1)
        column.addWidget(tags)
        self.beside = Beside(page)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.beside)
        self._stack.addWidget(self._none)
