"""A text that is one paragraph of 200 kB."""

from PySide6.QtCore import QSize

from ..bench import Bench, Row
from ..coding import Coder
from ..corpus import CODER, Article
from ..measure import Figure, Goal, interleaved, median, p95
from ..projects import project_with
from ..windows import SIZE, Watcher, article_view, caret_moves, main_window, marks_of, plain_editor

_NARROWER = QSize(SIZE.width() - 300, SIZE.height())  # narrower than the column: all lines are broken anew


def run(bench: Bench) -> list[Figure]:
    """Open, tag, resize."""
    article = bench.corpus.one_paragraph(200_000)
    return [*_view(bench, article), *_window(bench, article)]


def _view(bench: Bench, article: Article) -> list[Figure]:
    view, runs = article_view(), bench.runs(15)
    plain = plain_editor(view)
    marks = marks_of(article)
    watch, bare_watch = Watcher(view.viewport()), Watcher(plain.viewport())

    def open_ours() -> None:
        watch.painted_after(lambda: view.load(article.text, marks))
        caret_moves(view)

    def open_bare() -> None:
        bare_watch.painted_after(lambda: plain.setPlainText(article.text))
        caret_moves(plain)

    opened, bare_opened = interleaved(open_ours, open_bare, runs)
    resized, bare_resized = interleaved(
        lambda: watch.painted_after(lambda: view.resize(SIZE if view.size() == _NARROWER else _NARROWER)),
        lambda: bare_watch.painted_after(lambda: plain.resize(SIZE if plain.size() == _NARROWER else _NARROWER)),
        runs,
    )
    view.close()
    plain.close()
    return [
        Figure("open", median(opened), "ms", runs, median(bare_opened), Goal(plus=150)),
        Figure("resize", median(resized), "ms", runs, median(bare_resized), Goal(plus=150)),
    ]


def _window(bench: Bench, article: Article) -> list[Figure]:
    path, runs = bench.folder / "paragraph.annotator", bench.runs(50)
    project_with(path, [article]).close()
    with main_window(path) as window:
        window.desk.workspace.become(CODER)
        coder = Coder(window, article)
        coder.tag()
        tagged = [coder.tag() for _ in range(runs)]
    return [
        Figure("tag by key, committed and painted", median(tagged), "ms", runs, goal=Goal(plus=16.7)),
        Figure("tag by key, p95", p95(tagged), "ms", runs),
    ]


ROW = Row("paragraph", "One paragraph of 200 kB", run)
