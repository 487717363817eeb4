"""The view in which one sees the whole project: header, three figures, and the page that is chosen at the side."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annotator.operations.overview import Overview
from annotator.operations.overview_tables import between, value_of
from annotator.operations.words import counted

from ..overview.agreement_page import AgreementPage
from ..overview.coders_page import CodersPage
from ..overview.page import OverviewPage
from ..overview.progress_page import ProgressPage
from ..overview.report_page import ReportPage
from ..overview.session import OverviewSession
from ..theme import HEIGHT_HEADER, appearance
from ..widgets.buttons import button
from ..widgets.empty_state import EmptyState
from ..widgets.labels import elided, label
from ..widgets.surface import scrolled, surface
from ..workspace import Workspace


class Figure(QWidget):
    """One large number, what it is, and what it rests on."""

    def __init__(self) -> None:
        super().__init__()
        self._value, self._name, self._facts = label("", "display"), elided("", "body"), elided("", "meta")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        for part in (self._value, self._name, self._facts):
            column.addWidget(part)

    def say(self, value: str, name: str, facts: str) -> None:
        """Show another number."""
        self._value.setText(value)
        self._name.setText(name)
        self._facts.setText(facts)
        self.setAccessibleName(f"{value} {name}, {facts}")


class OverviewView(QWidget):
    """Composes the pages and follows the session; acts on nothing itself."""

    report_wanted = Signal()
    count_wanted = Signal()

    def __init__(self, workspace: Workspace, session: OverviewSession) -> None:
        super().__init__()
        self._workspace, self._session = workspace, session
        surface(self, "page")
        self.progress, self.agreement, self.coders, self.report = (
            ProgressPage(),
            AgreementPage(),
            CodersPage(),
            ReportPage(),
        )
        self.pages: dict[str, OverviewPage] = {
            "progress": self.progress,
            "agreement": self.agreement,
            "coders": self.coders,
            "report": self.report,
        }
        self._unfilled: set[OverviewPage] = set()  # those that show other numbers than were counted last
        self._build()
        session.came.connect(self.refresh)
        session.busy_changed.connect(self._tell_busy)
        appearance().changed.connect(self.refresh)

    def turn_to(self, page: str) -> None:
        """Show a page."""
        self._stack.setCurrentWidget(self._areas[page])
        self._fill(self.pages[page])
        self._figures.setVisible(page in ("progress", "agreement"))

    def refresh(self) -> None:
        """Show what was counted last."""
        found = self._session.found
        self._whole.setCurrentIndex(0 if found is not None else 1)
        if found is None:
            self._tell_busy()
            return
        if not self.isVisible():
            return
        self._tell(found)
        codebook = self._workspace.codebook
        inks = {tag.id: (tag.light, tag.dark) for tag in codebook.tags} if codebook else {}
        self.agreement.show_inks(inks)
        self.coders.show_inks(inks)
        self._unfilled = set(self.pages.values())
        self._fill(self.pages[self._page()])

    def fill_all(self) -> None:
        """Fill the pages too that nobody has turned to yet: their pictures are wanted."""
        for page in self.pages.values():
            self._fill(page)
            page.finish()
            if not page.isVisible():
                page.resize(self._stack.width(), max(page.height(), page.minimumHeight()))
            page.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.enter(True)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.enter(False)

    # ---- inside

    def _page(self) -> str:
        return next(name for name, area in self._areas.items() if area is self._stack.currentWidget())

    def _fill(self, page: OverviewPage) -> None:
        found = self._session.found
        if found is not None and page in self._unfilled:
            self._unfilled.discard(page)
            page.show_found(found)

    def _build(self) -> None:
        self._facts = elided("", "meta")
        self._copy = button(self.tr("Copy for a paper"), "ghost", "copy", lambda: self.report.paper_wanted.emit())
        self._save = button(self.tr("Report…"), "secondary", "download-simple", self.report_wanted.emit)
        self._save.setObjectName("overview_report")
        head = QWidget()
        head.setMinimumHeight(HEIGHT_HEADER)
        row = QHBoxLayout(head)
        row.setContentsMargins(28, 12, 28, 4)
        row.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(elided(self.tr("Overview"), "title"))
        words.addWidget(self._facts)
        row.addLayout(words, 1)
        row.addWidget(self._copy)
        row.addWidget(self._save)
        self._figures = QWidget()
        figures = QHBoxLayout(self._figures)
        figures.setContentsMargins(28, 8, 28, 14)
        figures.setSpacing(24)
        self._gold, self._exact, self._overlap = Figure(), Figure(), Figure()
        for part in (self._gold, self._exact, self._overlap):
            figures.addWidget(part, 1)
        self._stack = QStackedWidget()
        self._areas: dict[str, QScrollArea] = {}
        for name, page in self.pages.items():
            area = scrolled(page)
            area.setAccessibleName(self.tr("Page of the overview"))
            self._areas[name] = area
            self._stack.addWidget(area)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._figures)
        column.addWidget(self._stack, 1)
        self._none = EmptyState("chart-bar", self.tr("Counting…"))
        self._none.acted.connect(self.count_wanted)
        self._whole = QStackedWidget()
        self._whole.addWidget(whole)
        self._whole.addWidget(self._none)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)

    def _tell(self, found: Overview) -> None:
        documents = counted(found.info.documents, self.tr("article"), self.tr("articles"))
        coders = counted(sum(bool(c.begun or c.assigned) for c in found.coders), self.tr("coder"), self.tr("coders"))
        told = [found.title, documents, coders]
        hidden = found.material.left_out.get("hidden", 0)
        if hidden:
            told.append(
                self.tr("{articles} hidden from you until their round is closed").format(
                    articles=counted(hidden, self.tr("article"), self.tr("articles"))
                )
            )
        self._facts.setText(" · ".join(told))
        review = found.info.review
        self._gold.say(
            f"{review.get('gold', 0):,}",
            self.tr("of {articles} gold").format(articles=documents),
            self.tr("{n} in review, {m} ready for review").format(
                n=f"{review.get('in review', 0):,}", m=f"{review.get('ready for review', 0):,}"
            ),
        )
        rests = counted(len(found.material.articles), self.tr("article"), self.tr("articles"))
        for figure, measure, name in (
            (self._exact, "f1_exact", self.tr("F1, exact span and tag")),
            (self._overlap, "f1_overlap", self.tr("F1, overlapping spans")),
        ):
            result = found.result(measure, None)
            if result is None or result.value is None:
                there = result is not None and bool(found.material.articles)
                facts = result.why if result is not None and there else self.tr("no article done by two")
            elif result.interval is None:
                facts = self.tr("no interval with {articles}").format(articles=rests)
            else:
                facts = self.tr("95% interval {ends}, n = {articles}").format(ends=between(result), articles=rests)
            figure.say(value_of(result), name, facts)

    def _tell_busy(self) -> None:
        if self._session.found is not None:
            return
        if self._session.trouble:
            again = self.tr("Count again")
            self._none.say("warning", self.tr("Nothing could be counted"), self._session.trouble, again)
        elif self._session.is_busy:
            self._none.say("chart-bar", self.tr("Counting…"))
        else:
            self._none.say("chart-bar", self.tr("Not counted"), "", self.tr("Count"))
