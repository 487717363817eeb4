"""Tagging and undoing without a window: the operation against one bare commit of the same row."""

from collections.abc import Iterator

from annotator.operations import annotations, history

from .. import floors
from ..bench import Bench, Row
from ..corpus import Article
from ..measure import Figure, growth, interleaved, median, p95
from ..projects import coder_and_document, project_with


def run(bench: Bench) -> list[Figure]:
    """Tag and undo one span at each size, in turns with the bare commit."""
    figures: list[Figure] = []
    tags: dict[int, float] = {}
    undos: dict[int, float] = {}
    for size in bench.sizes:
        tagged, undone, bare = _at(bench, size)
        tags[size], undos[size] = median(tagged), median(undone)
        floor, n = median(bare), len(bare)
        figures += [
            Figure(f"tag, {size:,} annotations", tags[size], "ms", n, floor),
            Figure(f"tag, {size:,} annotations, p95", p95(tagged), "ms", n, p95(bare)),
            Figure(f"undo, {size:,} annotations", undos[size], "ms", n, floor),
        ]
    return [*figures, growth("tag", tags, 0.1), growth("undo", undos, 0.1)]


def _at(bench: Bench, size: int) -> tuple[list[float], list[float], list[float]]:
    article = bench.corpus.large(size)
    spans = free_spans(article)
    runs = bench.runs(100)
    with (
        project_with(bench.folder / "tag.annotator", [article]) as project,
        floors.bare_file(bench.folder / "floor.db") as connection,
    ):
        coder, document = coder_and_document(project)
        reading = floors.fill(connection, article)
        bare_spans = free_spans(article)

        def commit() -> None:
            start, end = next(bare_spans)
            floors.commit_one(connection, reading, start, end, "actor", article.text[start:end])

        tagged, bare = interleaved(
            lambda: annotations.tag_span(project, document, coder, "actor", [next(spans)]), commit, runs
        )
        undone, _ = interleaved(lambda: history.undo(project, coder), commit, runs - 1)
    return tagged, undone, bare


def free_spans(article: Article) -> Iterator[tuple[int, int]]:
    """Spans all over a text that carry no annotation yet."""
    taken = {(start, end) for start, end, _ in article.spans}
    width, step = 5, 977  # a prime: the places spread over the text before they come near each other
    place = 0
    while True:
        place = (place + step) % (len(article.text) - width)
        if (place, place + width) not in taken:
            taken.add((place, place + width))
            yield place, place + width


ROW = Row("tag_operation", "Tag and undo one span without a window", run, window=False)
