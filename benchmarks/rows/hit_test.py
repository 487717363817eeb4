"""Finding the place in the text and the annotations under the mouse."""

import random

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QPlainTextEdit

from ui.article_view.view import ArticleView

from ..bench import Bench, Row
from ..measure import Figure, growth, interleaved, median
from ..windows import article_view, lay_out_all, marks_of, plain_editor, settle

_POINTS = 200  # in one run


def run(bench: Bench) -> list[Figure]:
    """Ask for place and marks under random points in the middle of the document, in turns with a plain widget."""
    figures: list[Figure] = []
    typical: dict[int, float] = {}
    for size in bench.sizes:
        article, runs = bench.corpus.large(size), bench.runs(15)
        view = article_view()
        plain = plain_editor(view)
        view.load(article.text, marks_of(article))
        plain.setPlainText(article.text)
        for editor in (view, plain):
            lay_out_all(editor)
            editor.verticalScrollBar().setValue(editor.verticalScrollBar().maximum() // 2)
        settle()
        mine, floor = _points_under(view, plain, runs)
        typical[size] = mine
        figures.append(Figure(f"{size:,} annotations", mine, "µs", runs * _POINTS, floor))
        view.close()
        plain.close()
    return [*figures, growth("hit test", typical, 0.1)]


def _points_under(view: ArticleView, plain: QPlainTextEdit, runs: int) -> tuple[float, float]:
    """Microseconds for a point."""
    rng, area = random.Random(1), view.viewport().rect()
    points = [QPointF(rng.uniform(0, area.width()), rng.uniform(0, area.height())) for _ in range(_POINTS)]

    def ours() -> None:
        for point in points:
            view.marks_at(view.place_at(point))
            view.mark_on(point)

    def bare() -> None:
        for point in points:
            plain.cursorForPosition(point.toPoint())

    mine, floor = interleaved(ours, bare, runs)
    return median(mine) / _POINTS * 1000, median(floor) / _POINTS * 1000


ROW = Row("hit_test", "Place and annotation under the mouse", run)
