"""The side bar of Overview: its four pages, what is compared, and how long counting took or still takes."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.operations.overview import Overview
from annotator.storage import agreement_queries, queries

from ..icons import icon
from ..widgets.buttons import button, icon_button
from ..widgets.labels import label
from ..widgets.progress import Progress
from ..workspace import Workspace
from .session import OverviewSession

PAGES = ("progress", "agreement", "coders", "report")
_ICONS = {"progress": "chart-bar", "agreement": "scales", "coders": "users", "report": "file-text"}


class OverviewSide(QWidget):
    """A choice turns the page or has the session count something else."""

    page_chosen = Signal(str)

    def __init__(self, workspace: Workspace, session: OverviewSession) -> None:
        super().__init__()
        self._workspace, self._session = workspace, session
        self._build()
        session.came.connect(self._tell)
        session.busy_changed.connect(self._tell)
        session.progressed.connect(self._progress.show_share)
        workspace.opened.connect(self.fill)
        workspace.changed.connect(lambda changes: self.fill() if changes.coders or changes.codebook else None)

    @property
    def page(self) -> str:
        """The page that is shown."""
        return PAGES[max(0, self.list.currentRow())]

    def turn_to(self, page: str) -> None:
        """Show another page."""
        self.list.setCurrentRow(PAGES.index(page))

    def focus(self) -> None:
        """Put the keyboard into the list of pages."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self) -> None:
        """Offer the coders and codebook versions of the project."""
        if not self._workspace.is_open:
            return
        project, session = self._workspace.project, self._session
        names = [each.name for each in queries.coders(project)]
        pairs = [(one, other) for at, one in enumerate(names) for other in names[at + 1 :]]
        everybody: list[tuple[object, str]] = [((), self.tr("all"))]
        _fill(self._coders, [*everybody, *((pair, ", ".join(pair)) for pair in pairs[:200])], session.coders)
        versions = [(own, number) for own, number in agreement_queries.versions(project).items()]
        _fill(self._version, [("", self.tr("all versions")), *versions], session.version)
        _fill(self._sample, [(False, self.tr("all done by two")), (True, self.tr("sample"))], session.sample)
        _fill(self._now, [(False, self.tr("when first done")), (True, self.tr("as they are now"))], session.now)

    # ---- inside

    def _build(self) -> None:
        words = {
            "progress": self.tr("Progress"),
            "agreement": self.tr("Agreement"),
            "coders": self.tr("Coders"),
            "report": self.tr("Report"),
        }
        self.list = QListWidget()
        self.list.setObjectName("overview_pages")
        self.list.setAccessibleName(self.tr("Pages of the overview"))
        self.list.setProperty("focus_context", "list")
        self.list.setIconSize(QSize(16, 16))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in PAGES:
            item = QListWidgetItem(icon(_ICONS[page]), words[page])
            item.setSizeHint(QSize(120, 30))
            self.list.addItem(item)
        self.list.setFixedHeight(30 * len(PAGES) + 4)
        self.list.setCurrentRow(1)
        self.list.currentRowChanged.connect(lambda row: self.page_chosen.emit(PAGES[max(0, row)]))
        self._coders = self._choice(self.tr("Coders"), "overview_coders")
        self._sample = self._choice(self.tr("Articles"), "overview_articles")
        self._version = self._choice(self.tr("Codebook"), "overview_version")
        self._now = self._choice(self.tr("Coding"), "overview_now")
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, part in enumerate((self._coders, self._sample, self._version, self._now)):
            grid.addWidget(label(part.accessibleName(), "meta"), row, 0)
            grid.addWidget(part, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list)
        column.addSpacing(6)
        column.addWidget(label(self.tr("Compare"), "section"))
        column.addLayout(grid)
        column.addStretch(1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self._said = label("", "meta")
        self._said.setObjectName("overview_counted")
        self._progress = Progress(self.tr("Counting"))
        self._cancel = button(self.tr("Stop"), "link", on_click=self._session.cancel)
        self._again = icon_button("arrows-clockwise", self.tr("Count again"), self._session.count)
        row = QHBoxLayout()
        row.setContentsMargins(6, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._said, 1)
        row.addWidget(self._progress, 1)
        row.addWidget(self._cancel)
        row.addWidget(self._again)
        return row

    def _choice(self, name: str, own: str) -> QComboBox:
        made = QComboBox()
        made.setObjectName(own)
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(6)
        made.activated.connect(self._choose)
        return made

    def _choose(self) -> None:
        self._session.choose(
            coders=tuple(self._coders.currentData() or ()),
            version=str(self._version.currentData() or ""),
            sample=bool(self._sample.currentData()),
            now=bool(self._now.currentData()),
        )

    def _tell(self) -> None:
        busy, found = self._session.is_busy, self._session.found
        self._progress.setVisible(busy)
        self._cancel.setVisible(busy)
        self._said.setVisible(not busy)
        self._again.setVisible(not busy)
        if not busy:
            self._progress.show_share(0, 0)
        self._said.setText(self._words(found))

    def _words(self, found: Overview | None) -> str:
        if self._session.is_stale:
            return self.tr("Not up to date")
        return self.tr("Counted in {n} s").format(n=f"{found.seconds:.1f}") if found is not None else ""


def _fill(choice: QComboBox, options: Sequence[tuple[object, str]], chosen: object) -> None:
    choice.clear()
    for key, words in options:
        choice.addItem(words, key)
    choice.setCurrentIndex(next((at for at, (key, _) in enumerate(options) if key == chosen), 0))
