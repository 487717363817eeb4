"""The codebook editor over the window: edit, review the changes and save them, look at earlier versions."""

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook

from ..widgets.announce import announce
from ..widgets.buttons import button
from ..widgets.key_cap import KeyCaps
from ..widgets.labels import Role, elided, set_role
from ..widgets.segments import Segments
from ..widgets.sheet import Sheet
from ..workspace import Workspace
from .draft import Draft
from .edit_page import EditPage, Usage
from .review_page import ReviewPage
from .versions_page import VersionsPage

WIDTH, HEIGHT = 1180, 740
# What the window's commands may still do while the editor is in front; all others would act behind it.
_LET_THROUGH = frozenset(
    {"text_larger", "text_smaller", "text_normal", "appearance", "speech", "keys", "quit", "codebook"}
)


class _Content(QWidget):
    """As large as there is room, up to a size at which the lists and forms are easy to read."""

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(400, 200)


class CodebookSheet(Sheet):
    """Shows a draft and says what a person wants of it."""

    save_wanted = Signal(str, str, object)  # version, note, marks by path
    retire_wanted = Signal(str)
    import_wanted = Signal()
    export_wanted = Signal()
    step_wanted = Signal(bool)  # undo or redo of what was saved here: True to redo

    def __init__(self, parent: QWidget, workspace: Workspace, draft: Draft, save_key: str = "") -> None:
        content = _Content()
        super().__init__(parent, QCoreApplication.translate("Codebook", "Codebook"), content, WIDTH + 56)
        self._draft, self._save_key = draft, save_key
        self._pages = QStackedWidget(content)
        self._editing = QWidget(self._pages)
        self.edit = EditPage(self._editing, draft)
        self.review = ReviewPage(self._pages, draft, save_key)
        self.versions = VersionsPage(self._pages, workspace)
        self.switch = Segments(
            self.tr("View"),
            [("edit", self.tr("Edit")), ("review", self.tr("Changes")), ("versions", self.tr("Versions"))],
        )
        self.head.insertWidget(1, self.switch)
        for place, (words, wanted) in enumerate(
            ((self.tr("Import…"), self.import_wanted), (self.tr("Export…"), self.export_wanted)), 2
        ):
            made = button(words, "ghost")
            made.clicked.connect(wanted)
            self.head.insertWidget(place, made)
        self._state = elided("", "meta")
        self._discard = button(self.tr("Discard changes"), "ghost")
        self._place = button(self.tr("Go there"), "link")
        self._next = button(self.tr("Review and save…"), "primary")
        self._discard.clicked.connect(self._ask_discard)
        self._place.clicked.connect(self._go_to_fault)
        self._next.clicked.connect(self.show_review)
        self._build(content)
        self.switch.chosen.connect(self.turn_to)
        self.edit.retire_wanted.connect(self.retire_wanted)
        self.review.back_wanted.connect(self._back)
        self.review.place_wanted.connect(self._go_to_fault)
        self.review.save_wanted.connect(self.save_wanted)
        self.versions.taken.connect(self._take)
        draft.changed.connect(self._follow)

    # ---- what others use

    def show_draft(self, usage: Usage) -> None:
        """Show everything as it is now."""
        self.edit.usage = usage
        self._follow()

    def turn_to(self, view: str) -> None:
        """Show one of the views: edit, review, versions."""
        self.switch.choose(view)
        page = {"edit": self._editing, "review": self.review, "versions": self.versions}[view]
        if view == "review":
            self.review.show_draft()
        elif view == "versions":
            self.versions.show_versions()
        self._pages.setCurrentWidget(page)

    def show_review(self) -> None:
        """Show the changes, with the keyboard where a note is written."""
        self.turn_to("review")
        self.review.note.setFocus()

    def say(self, sentence: str, role: Role = "meta") -> None:
        """Say what was done, or why it was not."""
        set_role(self._state, role)
        self._state.setText(sentence)
        announce(self, sentence)

    def panes(self) -> list[QWidget]:
        return [*(self.edit.panes if self._editing.isVisible() else []), self._pages]

    def take_command(self, action_id: str) -> bool:
        """Do what a command of the window means here; True where it must not act on what is behind."""
        if action_id in ("undo", "redo"):
            redo = action_id == "redo"
            if not (self._draft.redo() if redo else self._draft.undo()):
                self.step_wanted.emit(redo)
        elif action_id == "saved":
            if self.review.isVisible():
                self.review.save()
            else:
                self.show_review()
        return action_id not in _LET_THROUGH | {"back"}

    # ---- inside

    def _build(self, content: QWidget) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._state, 1)
        foot.addWidget(self._place)
        foot.addWidget(self._discard)
        foot.addWidget(self._next)
        if self._save_key:
            foot.addWidget(KeyCaps(self._save_key))
        column = QVBoxLayout(self._editing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.edit, 1)
        column.addLayout(foot)
        for page in (self._editing, self.review, self.versions):
            self._pages.addWidget(page)
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        content.setFocusProxy(self.edit.list)

    def _follow(self) -> None:
        self.edit.show_draft()
        if self._pages.currentWidget() is self.review:
            self.review.show_draft()
        dirty, fault = self._draft.is_dirty, self._draft.fault
        self._discard.setVisible(dirty)
        self._next.setEnabled(dirty)
        self._place.setVisible(fault is not None)
        if fault is not None:
            self.say(fault.sentence, "bad")
        elif dirty:
            self.say(self.tr("Not saved yet: the project still has version {n}").format(n=self._draft.base.version))
        else:
            self.say(self.tr("Version {n}").format(n=self._draft.base.version))

    def _back(self) -> None:
        self.turn_to("edit")
        self.edit.list.setFocus()

    def _go_to_fault(self) -> None:
        self.turn_to("edit")
        self.edit.go_to_fault()

    def _ask_discard(self) -> None:
        """Undo of the draft brings the changes back, so that nobody needs to be asked."""
        self._draft.edit(self._draft.base)
        self.edit.list.setFocus()

    def _take(self, codebook: Codebook) -> None:
        self._draft.take(codebook)
        self.show_review()
