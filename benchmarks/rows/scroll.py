"""Scrolling by pages through a document."""

import re
from itertools import cycle, islice

from PySide6.QtWidgets import QPlainTextEdit

from annotator.model.span import Span
from ui.article_view.marks import Mark
from ui.article_view.view import ArticleView

from ..bench import Bench, Row
from ..corpus import Article
from ..measure import Figure, Goal, growth, interleaved, median, p95
from ..windows import Watcher, article_view, lay_out_all, marks_of, plain_editor, settle

PROPOSED = 1_000
_WORD = re.compile(r"\w{4,}")


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
        if size == max(bench.sizes):
            figures.append(_with_proposals(view, plain, article, runs))
        view.close()
        plain.close()
    return [*figures, growth("scroll", typical, 0.1)]


def _with_proposals(view: ArticleView, plain: QPlainTextEdit, article: Article, runs: int) -> Figure:
    """The same with proposals on the first words: hundreds are in sight on each of the first pages."""
    words = list(islice((match.span() for match in _WORD.finditer(article.text)), PROPOSED))
    tags = cycle(("actor", "figure"))
    proposals = (Mark(-at, (Span(*span),), next(tags), proposed=True) for at, span in enumerate(words, 1))
    view.set_proposals(proposals)
    for editor in (view, plain):
        editor.verticalScrollBar().setValue(0)
    pages = 1 + view.document().findBlock(words[-1][1]).firstLineNumber() // max(1, view.verticalScrollBar().pageStep())
    ours, bare = _Pages(view, pages), _Pages(plain, pages)
    mine, floor = interleaved(ours.turn, bare.turn, runs)
    what = f"{len(article.spans):,} annotations, on pages with {PROPOSED:,} proposals"
    return Figure(what, median(mine), "ms", runs, median(floor), Goal(plus=8))


class _Pages:
    """Turns the pages of one editor, the first so many of them (0: all)."""

    def __init__(self, editor: QPlainTextEdit, pages: int = 0) -> None:
        self._bar = editor.verticalScrollBar()
        self._last = min(self._bar.maximum(), pages * self._bar.pageStep()) if pages else self._bar.maximum()
        self._watch = Watcher(editor.viewport())

    def turn(self) -> None:
        """Go on by a page, painted when this returns."""
        bar = self._bar
        target = 0 if bar.value() >= self._last else bar.value() + bar.pageStep()
        self._watch.painted_after(lambda: bar.setValue(target))


ROW = Row("scroll", "Scroll by a page", run)
