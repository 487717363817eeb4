"""Tag all the same: the places where the words of an annotation stand again, ticked off by key, tagged by Enter."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from annotator.operations.same_words import MOST, Again, same_words
from annotator.operations.words import counted, shown
from annotator.storage.project import Project

from ..jobs import Job, Progress, on_project
from ..models.same_words import SameWordsModel
from ..widgets.announce import announce
from ..widgets.buttons import button
from ..widgets.empty_state import EmptyState
from ..widgets.key_cap import KeyCaps
from ..widgets.labels import label
from ..widgets.segments import Segments
from ..widgets.sheet import Sheet
from ..widgets.tick_list import TickList
from .same_rows import SameRows

HERE, EVERYWHERE = "here", "everywhere"
_PAGE = 100  # places that are shown together


class PlaceList(TickList):
    """Places to be ticked; O turns between this article and all."""

    scope_wanted = Signal()

    def __init__(self, model: SameWordsModel) -> None:
        name = QCoreApplication.translate("PlaceList", "Places of the same words")
        super().__init__(model, model, "same_words", name)
        self.setItemDelegate(SameRows(model, self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if "o" in self._reader.names(event):
            self.scope_wanted.emit()
        else:
            super().keyPressEvent(event)


class _Finder(QObject):
    """Carries pages from the thread that looks to the window."""

    came = Signal(object)

    def __init__(self, annotation: int, *, everywhere: bool) -> None:
        super().__init__()
        self._annotation, self._everywhere = annotation, everywhere

    def work(self, project: Project, progress: Progress) -> bool:
        """Send pages; returns whether there is more than is shown."""
        page: list[Again] = []
        open_places = tagged = 0
        for each in same_words(project, self._annotation, everywhere=self._everywhere):
            progress(open_places, 0)
            if (tagged if each.same else open_places) < MOST:
                page.append(each)
                tagged, open_places = tagged + each.same, open_places + (not each.same)
            elif open_places >= MOST:
                self.came.emit(page)
                return True
            if len(page) >= _PAGE:
                self.came.emit(page)
                page = []
        self.came.emit(page)
        return False


class SameSheet(Sheet):
    """`wanted` carries what was ticked, as (document, span); looking through all articles goes on beside the window."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget, path: Path, annotation: int, words: str, tag: str, scope: str) -> None:
        content = QWidget()
        title = QCoreApplication.translate("Same", "Tag as {tag} all the same: {words}")
        super().__init__(parent, title.format(tag=tag.lower(), words=shown(words)), content, 860, leave="cancel")
        self._path, self._annotation = path, annotation
        self._job: Job | None = None
        self._finder: _Finder | None = None
        self._more = False
        self.places = SameWordsModel()
        self.list = PlaceList(self.places)
        self.list.scope_wanted.connect(self._turn_scope)
        self._scope = Segments(
            self.tr("Where"), [(HERE, self.tr("This article")), (EVERYWHERE, self.tr("All articles"))], scope
        )
        self._scope.chosen.connect(lambda _: self._look())
        self._count = label("", "meta")
        self._empty = EmptyState("magnifying-glass", "")
        self._main = button("", "primary", on_click=self._take)
        self.places.ticks_changed.connect(self._tell)
        self.closed.connect(self._stop)
        self.closed.connect(self.deleteLater)
        self._build(content)
        self._look()

    # ---- inside

    def _build(self, content: QWidget) -> None:
        below = QWidget()
        below.setMinimumHeight(300)
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(self._scope)
        above.addWidget(KeyCaps("o"))
        above.addWidget(self._count, 1)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(above)
        column.addWidget(below, 1)
        foot = self.foot(self._main)
        for place, part in enumerate(
            (KeyCaps("Space"), label(self.tr("tick"), "meta"), KeyCaps("a"), label(self.tr("all"), "meta"))
        ):
            foot.insertWidget(place, part)
        column.addLayout(foot)
        content.setFocusProxy(self.list)

    def _turn_scope(self) -> None:
        self._scope.choose(HERE if self._scope.choice == EVERYWHERE else EVERYWHERE, tell=True)

    def _look(self) -> None:
        self._stop()
        self._more = False
        self.places.begin()
        self._finder = finder = _Finder(self._annotation, everywhere=self._scope.choice == EVERYWHERE)
        finder.came.connect(self._add, Qt.ConnectionType.QueuedConnection)
        self._job = job = Job(on_project(self._path, finder.work, read_only=True))
        job.finished.connect(self._found_all)
        job.failed.connect(self._fail)
        job.start()
        self._tell()

    def _stop(self) -> None:
        job, finder, self._job, self._finder = self._job, self._finder, None, None
        if finder is not None:
            finder.came.disconnect()
        if job is not None and job.is_running:
            job.finished.disconnect()
            job.failed.disconnect()
            job.cancel()

    def _add(self, page: list[Again]) -> None:
        self.places.add(page)
        if not self.list.currentIndex().isValid() and self.places.rowCount():
            rows = range(self.places.rowCount())
            first = next((row for row in rows if (each := self.places.again(row)) and not each.same), 0)
            self.list.setCurrentIndex(self.places.index(first))
        self._tell()

    def _found_all(self, more: object) -> None:
        self._job, self._more = None, bool(more)
        self._tell()
        announce(self, self._count.text())

    def _fail(self, sentence: str) -> None:
        self._job = None
        self._empty.say("warning", sentence, "")
        self._stack.setCurrentWidget(self._empty)

    def _tell(self) -> None:
        number, ticked = self.places.rowCount(), len(self.places.ticked())
        tagged = number - self.places.open
        told = [counted(number, self.tr("place"), self.tr("places"))] if number or self._job is None else []
        told += [self.tr("{n} tagged already").format(n=f"{tagged:,}")] if tagged else []
        told += [self.tr("looking…")] if self._job is not None else []
        told += [self.tr("and more, once these are tagged")] if self._more else []
        self._count.setText(" · ".join(told))
        self._main.say(self.tr("Tag {places}").format(places=counted(ticked, self.tr("place"), self.tr("places"))))
        self._main.setEnabled(ticked > 0)
        if not number and self._job is None:
            other = self.tr("O looks through all articles.") if self._scope.choice == HERE else ""
            self._empty.say("magnifying-glass", self.tr("These words stand nowhere else"), other)
        self._stack.setCurrentWidget(self.list if number or self._job is not None else self._empty)
        if self._stack.currentWidget() is self._empty:
            self._scope.setFocus()

    def _take(self) -> None:
        ticked = self.places.ticked()
        if ticked:
            self.dismiss()
            self.wanted.emit(ticked)
