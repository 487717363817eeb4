"""The page the program opens with: recent projects, and three ways to begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ..widgets.avatar import Avatar
from ..widgets.buttons import button
from ..widgets.clearing import clear
from ..widgets.labels import elided, label
from ..widgets.logo import Logo
from ..widgets.surface import scrolled, surface
from .start_rows import BeginRow, Recent, RecentRow, StartRow

__all__ = ["Recent", "StartPage"]

_WIDTH = 640


@dataclass(frozen=True)
class _Way:
    icon: str
    title: str
    hint: str
    keys: str


class StartPage(QWidget):
    """Recent projects and ways to begin. Up and Down walk through all of them, Enter takes one, Del forgets one."""

    open_requested = Signal(str)
    new_requested = Signal()
    browse_requested = Signal()
    sample_requested = Signal()
    forget_requested = Signal(str)
    files_dropped = Signal(list)  # of str paths
    coder_requested = Signal()

    def __init__(self, recents: Sequence[Recent] = ()) -> None:
        super().__init__()
        self.setObjectName("start_page")
        self.setAccessibleName(self.tr("Start"))
        self.setAcceptDrops(True)
        surface(self, "page")
        self._rows: list[StartRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(1)
        self._coder = _CoderLine()
        self._coder.change.clicked.connect(self.coder_requested)
        self._drop_hint = elided(self.tr("Drop articles or a project anywhere"), "meta")
        self._build()
        self.set_recents(recents)

    def set_recents(self, recents: Sequence[Recent]) -> None:
        """Show these projects; without any, the sample comes first among the ways to begin."""
        clear(self._list)
        self._rows = []
        if recents:
            self._head(self.tr("Recent"))
            for recent in recents:
                self._add_recent(recent)
            self._list.addSpacing(24)
        self._head(self.tr("Begin"))
        self._add_ways(first_time=not recents)

    def set_coder(self, name: str) -> None:
        """Say under which name this person codes; nothing before there is a name."""
        self._coder.show_name(name)
        side = Qt.AlignmentFlag.AlignTrailing if name else Qt.AlignmentFlag.AlignLeading
        self._drop_hint.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def focus_first(self) -> None:
        """Put the keyboard on the first row."""
        self._rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- keys, menus, drops ----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {"Ctrl+N": self.new_requested, "Ctrl+O": self.browse_requested, "Ctrl+T": self.sample_requested}
        pressed = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        if pressed in acts:
            acts[pressed].emit()
        elif event.key() == Qt.Key.Key_Delete and isinstance(row := self.focusWidget(), RecentRow):
            self.forget_requested.emit(row.recent.path)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = next((row for row in self._rows if isinstance(row, RecentRow) and row.underMouse()), self.focusWidget())
        if not isinstance(row, RecentRow):
            return
        path, menu = row.recent.path, QMenu(self)
        opening = menu.addAction(self.tr("Open"))
        opening.setEnabled(not row.recent.missing)
        opening.triggered.connect(lambda: self.open_requested.emit(path))
        menu.addAction(self.tr("Remove from this list")).triggered.connect(lambda: self.forget_requested.emit(path))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit([str(Path(path)) for path in paths])

    # ---- inside -------------------------------------------------------------------------------

    def _build(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._title())
        column.addSpacing(32)
        column.addLayout(self._list)
        column.addSpacing(28)
        column.addWidget(self._footer())
        column.addStretch(1)
        body.setMaximumWidth(_WIDTH)
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(16, 0, 16, 0)
        across.addStretch(1)
        across.addWidget(body, 1000)
        across.addStretch(1)
        area = scrolled(holder)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the rows bring themselves into sight
        self._area = area
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _title(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label("Annotator", "title"))
        words.addWidget(elided(self.tr("Tag what the text says. Nothing leaves this computer."), "meta"))
        row.addWidget(Logo())
        row.addLayout(words, 1)
        return holder

    def _footer(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self._coder)
        row.addWidget(self._drop_hint, 1)
        return holder

    def _head(self, text: str) -> None:
        head = label(text, "section")
        head.setContentsMargins(12, 0, 0, 6)
        self._list.addWidget(head)

    def _add_recent(self, recent: Recent) -> None:
        row = RecentRow(recent)
        row.clicked.connect(lambda: self._take(recent))
        self._add(row)

    def _take(self, recent: Recent) -> None:
        if not recent.missing:
            self.open_requested.emit(recent.path)
        else:
            self.forget_requested.emit(recent.path)

    def _add_ways(self, first_time: bool) -> None:
        new = _Way("plus", self.tr("New project"), self.tr("from the built-in codebook or your own"), "Ctrl+N")
        browse = _Way("folder-open", self.tr("Open…"), self.tr("a project file"), "Ctrl+O")
        sample = _Way("book-open", self.tr("Try the sample"), self.tr("a copy; you cannot break it"), "Ctrl+T")
        ways = [(new, self.new_requested), (browse, self.browse_requested), (sample, self.sample_requested)]
        for way, act in ways[-1:] + ways[:-1] if first_time else ways:
            row = BeginRow(way.icon, way.title, way.hint, way.keys)
            row.clicked.connect(act)
            self._add(row)

    def _add(self, row: StartRow) -> None:
        row.stepped.connect(self._step)
        row.focused.connect(lambda: self._area.ensureWidgetVisible(row, 0, 16))
        self._rows.append(row)
        self._list.addWidget(row)

    def _step(self, by: int) -> None:
        here = self.focusWidget()
        place = self._rows.index(here) + by if isinstance(here, StartRow) and here in self._rows else 0
        if 0 <= place < len(self._rows):
            self._rows[place].setFocus(Qt.FocusReason.OtherFocusReason)


class _CoderLine(QWidget):
    """ "You code as Mara Lindqvist", with a way to change it."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 16, 0)
        row.setSpacing(8)
        self._avatar = Avatar("", me=True)
        self._name = elided("", "strong")
        self.change = button(self.tr("Change"), "link")
        self.change.setAccessibleName(self.tr("Change the name you code under"))
        for part in (self._avatar, label(self.tr("You code as"), "meta"), self._name, self.change):
            row.addWidget(part)
        self.hide()

    def show_name(self, name: str) -> None:
        """Show a name, or nothing at all."""
        self._avatar.show_name(name)
        self._name.setText(name)
        self.setVisible(bool(name))
