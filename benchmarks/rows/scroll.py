"""Scrolling by pages through a document."""

from PySide6.QtWidgets import QPlainTextEdit

from ..bench import Bench, Row
from ..measure import Figure, Goal, growth, interleaved, median, p95
from ..windows import Watcher, article_view, lay_out_all, marks_of, plain_editor, settle


def run(bench: Bench) -> list[Figure]:
    """A page down, painted, in turns with a plain QPlainTextEdit; from the start again at the end."""
    figures: list[Figure] = []
    typical: dict[int, float] = {}
    for size in bench.sizes:
        article, runs = bench.corpus.large(size), bench.runs(200)
        view = article_view()
        plain = plain_editor(view)
        view.load(article.text, marks_of(article))
        plain.setPlainText(article.text)
        lay_out_all(view)
        settle()
        ours, bare = _Pages(view), _Pages(plain)
        mine, floor = interleaved(ours.turn, bare.turn, runs)
        typical[size] = median(mine)
        what = f"{size:,} annotations"
        figures += [
            Figure(what, typical[size], "ms", runs, median(floor), Goal(plus=8)),
            Figure(f"{what}, p95", p95(mine), "ms", runs, p95(floor)),
        ]
        view.close()
        plain.close()
    return [*figures, growth("scroll", typical, 0.1)]


class _Pages:
    """Turns the pages of one editor."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        self._bar = editor.verticalScrollBar()
        self._watch = Watcher(editor.viewport())

    def turn(self) -> None:
        """Go on by a page, painted when this returns."""
        bar = self._bar
        target = 0 if bar.value() >= bar.maximum() else bar.value() + bar.pageStep()
        self._watch.painted_after(lambda: bar.setValue(target))


ROW = Row("scroll", "Scroll by a page", run)
