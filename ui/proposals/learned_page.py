"""How well each tag is learned, tried on articles that were held out, and which articles would teach most."""

from PySide6.QtCore import QModelIndex, QStringListModel, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QListView, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook
from annotator.propose.learned import ARTICLES, FLOOR, SPANS, is_installed

from ..widgets.buttons import button
from ..widgets.clearing import clear
from ..widgets.labels import label
from ..widgets.progress import Progress
from .learner import Learner


class LearnedPage(QWidget):
    """A line for each tag that was learned, a list of articles; learning goes on beside the window."""

    article_wanted = Signal(int)

    def __init__(self, learner: Learner, codebook: Codebook | None) -> None:
        super().__init__()
        self._learner, self._codebook = learner, codebook
        self._told = label("", "second", wrap=True)
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(16)
        self._table.setVerticalSpacing(4)
        self._table.setColumnStretch(4, 1)
        self._learn = button(self.tr("Learn now"), on_click=learner.learn)
        self._cancel = button(self.tr("Cancel"), "ghost", on_click=learner.cancel)
        self._bar = Progress(self.tr("Learning"), 160)
        self._teaching = label(self.tr("Would teach most if they were coded next"), "section")
        self.titles = QStringListModel()
        self.articles = QListView()
        self.articles.setObjectName("teaching_articles")
        self.articles.setAccessibleName(self._teaching.text())
        self.articles.setModel(self.titles)
        self.articles.setFrameShape(QFrame.Shape.NoFrame)
        self.articles.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.articles.setMinimumHeight(90)
        self.articles.activated.connect(self._open)
        self.articles.clicked.connect(self._open)
        warning = self.tr("Never order a sample for agreement by this list: it would no longer be a sample.")
        self._warning = label(warning, "meta", wrap=True)
        work = QHBoxLayout()
        work.setSpacing(8)
        for part in (self._learn, self._bar, self._cancel):
            work.addWidget(part)
        work.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._told)
        column.addLayout(self._table)
        column.addLayout(work)
        column.addSpacing(4)
        column.addWidget(self._teaching)
        column.addWidget(self.articles, 1)
        column.addWidget(self._warning)
        column.addStretch(0)
        learner.changed.connect(self.show_state)
        learner.progressed.connect(self._bar.show_share)
        self.show_state()

    def show_state(self) -> None:
        """Show what is known now."""
        learner = self._learner
        models = learner.learned.models if learner.learned else {}
        self._told.setText(self._state())
        self._fill_table()
        self._learn.setVisible(not learner.is_busy and is_installed())
        self._bar.setVisible(learner.is_busy)
        self._cancel.setVisible(learner.is_busy)
        self.titles.setStringList([each.title for each in learner.teaching])
        for part in (self._teaching, self.articles, self._warning):
            part.setVisible(bool(models) and bool(learner.teaching))

    def _state(self) -> str:
        learner = self._learner
        if not is_installed():
            return self.tr('Not installed: pip install "news-annotator[learn]"')
        if learner.fault:
            return learner.fault
        if learner.is_busy and learner.learned is None:
            return self.tr("Learning from what was coded. You can close this and go on coding.")
        if learner.learned is None or not learner.learned.models:
            told = self.tr("Nothing is learned yet: a tag needs {spans} spans in {articles} articles that are done.")
            return told.format(spans=SPANS, articles=ARTICLES)
        told = self.tr("F1 of exact spans in articles that were held out. Below {floor} a tag is switched off.")
        return told.format(floor=f"{FLOOR:.2f}")

    def _fill_table(self) -> None:
        clear(self._table)
        learned = self._learner.learned
        for row, model in enumerate(learned.models.values() if learned else ()):
            tag = self._codebook.tag(model.tag) if self._codebook else None
            cells = (
                (tag.label.lower() if tag else model.tag, "strong"),
                (f"F1 {model.f1:.2f}", "body"),
                (self.tr("{n} spans in {m} articles").format(n=f"{model.spans:,}", m=f"{model.articles:,}"), "second"),
                (self.tr("proposes") if model.is_on else self.tr("off: below the floor"), "second"),
            )
            for at, (words, role) in enumerate(cells):
                self._table.addWidget(label(words, role), row, at)  # type: ignore[arg-type]  # all are roles

    def _open(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._learner.teaching):
            self.article_wanted.emit(self._learner.teaching[index.row()].document)
