"""Ugly texts, from the file through the window into the project and out again: every span covers what it should."""

import json
from dataclasses import dataclass

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from annotator.model.span import Span
from annotator.operations.check import check_project
from annotator.operations.export import export
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.storage import queries
from annotator.storage.project import Project
from ui.acts.projects import Projects

PIECES = (
    "plain words",
    "🪖",
    "👩‍👩‍👧‍👦",  # one sign of seven code points
    "🇺🇦🇩🇪",
    "👍🏽",
    "e\u0301a\u0308\u0323",  # combining marks
    "שלום עולם",
    "مرحبا بالعالم",
    "\u202eturned\u202c",
    "नमस्ते",
    "ไทย",
    "\U00020000\U0002f800",
    "no\u00a0break",
    "a\u2028b",
    "c\u2029d",
    "\ufeff",
    "\x00",
    "\x85",
    "\t",
    "\u200b\u200d",
    "\x0c",
    "\r\n",
    "\n",
    "\r",
    "\r\n\r\n",
    "“Quoted,” she said",
    "100,000",
)
FILLER = "The rest of the article is plain, and long enough for a text to be a text. " * 8  # else it counts as binary


@dataclass(frozen=True)
class Written:
    """A file's bytes, the text that they hold, and shares of its length between which to tag."""

    data: bytes
    text: str
    cuts: tuple[tuple[float, float], ...]


def written(pieces: list[str], encoding: str, cuts: list[tuple[float, float]]) -> Written:
    raw = "".join(pieces) + FILLER
    data = raw.encode(encoding)
    decoded = data.decode("utf-8-sig" if encoding.startswith("utf-8") else "utf-16")
    return Written(data, decoded.replace("\r\n", "\n").replace("\r", "\n"), tuple(cuts))


share = st.floats(0, 1)
FILES = st.builds(
    written,
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=25),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.lists(st.tuples(share, share), min_size=1, max_size=5),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(file=FILES)
@example(file=written([*PIECES], "utf-8-sig", [(0, 1), (0, 0.01), (0.1, 0.2)]))
@example(file=written(["\ufeff", "\x00", "🪖"] * 3, "utf-8", [(0, 0.01), (0.003, 0.02)]))
def test_a_span_covers_the_same_text_in_window_file_and_export(driver, tmp_path_factory, file):
    folder = tmp_path_factory.mktemp("ugly")
    path = folder / "ugly.annotator"
    (folder / "ugly.txt").write_bytes(file.data)
    with create_project(path) as project:
        import_paths(project, [folder / "ugly.txt"])
    assert driver.window.act(Projects).open_at(path)
    article = driver.desk.article
    assert article.text() == file.text
    if not article.takes_exactly():
        driver.press("F4")
    wanted = set()
    for low, high in (sorted(cut) for cut in file.cuts):
        start = min(int(low * len(file.text)), len(file.text) - 1)
        end = max(start + 1, int(high * len(file.text)))
        article.select(Span(start, end))
        driver.press("1")
        wanted.add((start, end, file.text[start:end]))
        QApplication.processEvents()
    assert {(a.outer.start, a.outer.end, a.quote) for a in driver.desk.document.annotations()} == wanted
    with Project.open(path) as project:
        # A span over paragraphs is a question of the codebook's, not of places.
        assert [problem for problem in check_project(project) if problem.kind != "paragraph"] == []
        (document,) = queries.document_keys(project, None)
        assert queries.text_of(project, document) == file.text
        found = queries.annotations_of(project, document, driver.desk.workspace.coder.key)
        assert {(*a.outer, a.quote) for a in found} == wanted
        export(project, folder / "out.jsonl", format_name="jsonl")
    (line,) = (folder / "out.jsonl").read_bytes().decode("utf-8").rstrip("\n").split("\n")
    exported = json.loads(line)
    assert exported["text"] == file.text
    assert {(*a["spans"][0], a["text"]) for a in exported["annotations"]} == wanted
