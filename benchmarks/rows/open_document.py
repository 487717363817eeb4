"""Opening a document: until its first page is painted and the caret moves, and until all of it is laid out."""

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit

from ..bench import Bench, Row
from ..corpus import CODER, Article
from ..measure import Figure, Goal, growth, interleaved, median, timed
from ..projects import coder_and_document, project_with
from ..windows import (
    Watcher,
    article_view,
    caret_moves,
    lay_out_all,
    main_window,
    marks_of,
    plain_editor,
    rest,
    settle,
)

_GOAL, _ALL = Goal(factor=3), Goal(plus=100)


def run(bench: Bench) -> list[Figure]:
    """Open documents of each size in the window and in the view alone, in turns with a plain QPlainTextEdit."""
    figures: list[Figure] = []
    totals: dict[int, float] = {}
    for size in bench.sizes:
        article = bench.corpus.large(size)
        in_window, totals[size] = _window(bench, article)
        figures += [*_view(bench, article), *in_window]
    return [*figures, growth("open in the window", totals, 1.1)]


def _view(bench: Bench, article: Article) -> list[Figure]:
    """The article view alone: text and annotations are in memory already."""
    view, runs = article_view(), bench.runs(15)
    plain = plain_editor(view)
    marks = marks_of(article)
    watch, bare_watch = Watcher(view.viewport()), Watcher(plain.viewport())
    first, bare = interleaved(
        lambda: _first_page(view, watch, lambda: view.load(article.text, marks)),
        lambda: _first_page(plain, bare_watch, lambda: plain.setPlainText(article.text)),
        runs,
    )
    view.close()
    plain.close()
    return [
        Figure(
            f"view alone, {_size(article)}, first page",
            median(first),
            "ms",
            runs,
            median(bare),
            _goals(bench, article)[0],
        )
    ]


def _window(bench: Bench, article: Article) -> tuple[list[Figure], float]:
    """The whole window, the reading from the file included."""
    path = bench.folder / "open.annotator"
    with project_with(path, [article, *bench.corpus.articles(1, 10)]) as project:
        _, document = coder_and_document(project)
    with main_window(path) as window:
        desk = window.desk
        desk.workspace.become(CODER)
        other = desk.documents.model.key(1)
        plain = plain_editor(desk.article)
        ours = _Opening(desk.article, lambda: desk.workspace.show_document(document), lambda: rest(window))
        floor = _Opening(plain, lambda: plain.setPlainText(article.text))
        for _ in range(bench.runs(15) + 1):
            desk.workspace.show_document(other)
            plain.setPlainText("")
            rest(window)
            ours.run()
            floor.run()
        if len(desk.document) != len(article.spans):
            raise AssertionError(f"{len(desk.document)} of {len(article.spans)} annotations are shown")
        plain.close()
    what = f"window, {_size(article)}"
    mine, bare, goals = ours.medians(), floor.medians(), _goals(bench, article)
    return [
        Figure(f"{what}, first page", mine[0], "ms", bench.runs(15), bare[0], goals[0]),
        Figure(f"{what}, end of the text in sight", mine[1], "ms", bench.runs(15), bare[1], goals[1]),
        Figure(f"{what}, lists and counts beside the article too", mine[2], "ms", bench.runs(15)),
        Figure(f"{what}, every line of the text placed, which nobody needs", mine[3], "ms", bench.runs(15), bare[3]),
    ], mine[2]


class _Opening:
    """Opens a document in an editor and notes when how much of it is there."""

    def __init__(
        self, editor: QPlainTextEdit, show: Callable[[], object], finish: Callable[[], object] = settle
    ) -> None:
        self._editor, self._show, self._finish = editor, show, finish
        self._watch = Watcher(editor.viewport())
        self._times: list[tuple[float, float, float, float]] = []

    def run(self) -> None:
        """Open it once."""
        first = timed(lambda: _first_page(self._editor, self._watch, self._show))
        end = first + timed(self._to_the_end)
        beside = end + timed(self._finish)
        self._times.append((first, end, beside, beside + timed(lambda: lay_out_all(self._editor))))
        self._editor.verticalScrollBar().setValue(0)
        settle()

    def medians(self) -> tuple[float, float, float, float]:
        """First page, end of the text, what stands beside it, every line; the first opening does not count."""
        first, end, beside, every = zip(*self._times[1:], strict=True)
        return median(first), median(end), median(beside), median(every)

    def _to_the_end(self) -> None:
        bar = self._editor.verticalScrollBar()
        last = bar.maximum()
        if bar.value() < last:
            self._watch.painted_after(lambda: bar.setValue(last))


def _first_page(editor: QPlainTextEdit, watch: Watcher, show: Callable[[], object]) -> None:
    watch.painted_after(show)
    caret_moves(editor)


def _goals(bench: Bench, article: Article) -> tuple[Goal | None, Goal | None]:
    """The goals are for the largest document; the others show the growth."""
    return (_GOAL, _ALL) if len(article.spans) == bench.sizes[-1] else (None, None)


def _size(article: Article) -> str:
    return f"{len(article.spans):,} annotations in {len(article.text) / 1000:,.0f} kB"


ROW = Row("open_document", "Open a document: first page painted, caret alive", run)
