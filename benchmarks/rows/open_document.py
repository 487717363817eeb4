"""Opening a document: until its first page is painted and the caret moves, and until all of it is laid out."""

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit

from ..bench import Bench, Row
from ..corpus import Article
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
    settle,
)

_GOAL = Goal(factor=3)


def run(bench: Bench) -> list[Figure]:
    """Open documents of each size in the window and in the view alone, in turns with a plain QPlainTextEdit."""
    figures: list[Figure] = []
    totals: dict[int, float] = {}
    for size in bench.sizes:
        article = bench.corpus.large(size)
        in_window, totals[size] = _window(bench, article)
        figures += [*_view(bench, article), *in_window]
    return [*figures, growth("open in the window, all laid out", totals, 1.1)]


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
    return [Figure(f"view alone, {_size(article)}, first page", median(first), "ms", runs, median(bare), _GOAL)]


def _window(bench: Bench, article: Article) -> tuple[list[Figure], float]:
    """The whole window, the reading from the file included."""
    runs = bench.runs(15)
    path = bench.folder / "open.annotator"
    with project_with(path, [article, *bench.corpus.articles(1, 10)]) as project:
        coder, document = coder_and_document(project)
        del coder
    with main_window(path) as window:
        desk = window.desk
        desk.workspace.become("Coder A")
        other = desk.documents.model.key(1)
        plain = plain_editor(desk.article)
        watch, bare_watch = Watcher(desk.article.viewport()), Watcher(plain.viewport())
        first, whole, bare, bare_whole = [], [], [], []

        def ours() -> None:
            desk.workspace.show_document(other)
            settle()
            first.append(timed(lambda: _first_page(desk.article, watch, lambda: desk.workspace.show_document(document))))
            whole.append(first[-1] + timed(lambda: lay_out_all(desk.article)))

        def floor() -> None:
            plain.setPlainText("")
            settle()
            bare.append(timed(lambda: _first_page(plain, bare_watch, lambda: plain.setPlainText(article.text))))
            bare_whole.append(bare[-1] + timed(lambda: lay_out_all(plain)))

        interleaved(ours, floor, runs)
        if len(desk.document) != len(article.spans):
            raise AssertionError(f"{len(desk.document)} of {len(article.spans)} annotations are shown")
        plain.close()
    size, goal = _size(article), Goal(plus=100)
    return [
        Figure(f"window, {size}, first page", median(first[1:]), "ms", runs, median(bare[1:]), _GOAL),
        Figure(f"window, {size}, all laid out", median(whole[1:]), "ms", runs, median(bare_whole[1:]), goal),
    ], median(whole[1:])


def _first_page(editor: QPlainTextEdit, watch: Watcher, show: Callable[[], object]) -> None:
    watch.painted_after(show)
    caret_moves(editor)


def _size(article: Article) -> str:
    return f"{len(article.spans):,} annotations in {len(article.text) / 1000:,.0f} kB"


ROW = Row("open_document", "Open a document: first page painted, caret alive", run)
