"""What is shown of an export before it is written is how the written file begins, in every format."""

from pathlib import Path

import pytest

from annotator.formats.registry import FORMATS
from annotator.operations.export import export
from annotator.operations.export_choice import Wanted
from annotator.operations.export_preview import first_lines, preview_export
from annotator.operations.recipes import Recipe
from annotator.operations.sample import build_sample
from annotator.storage.project import Project

WRITTEN = [
    pytest.param(kind, id=kind.name, marks=pytest.mark.skipif(not kind.installed, reason=f"needs [{kind.extra}]"))
    for kind in FORMATS
    if kind.writes
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    return build_sample(tmp_path_factory.mktemp("sample") / "s.annotator")


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_is_shown_is_how_the_file_begins(sample, tmp_path, kind):
    recipe = Recipe(kind.name, Wanted(gold=True))
    with Project.open(sample) as project:
        shown = preview_export(project, recipe)
        dest = tmp_path / ("out" if kind.folder else f"out{kind.patterns[0][1:]}")
        told = export(project, dest, **recipe.arguments)
    assert any(line.strip() for line in shown.lines)
    written = first_lines(kind, told.files[0])
    assert written.lines[: len(shown.lines)] == shown.lines
    if kind.folder:
        assert written.file == shown.file
        assert (dest / shown.file).is_file()
    if kind.lines is None:  # what is text is shown as it stands
        path = dest / shown.file if kind.folder else dest
        raw = path.read_text("utf-8-sig").split("\n")
        assert [line[:400] for line in raw[: len(shown.lines) - 1]] == list(shown.lines[:-1])
    else:
        assert any("Veldria" in line for line in shown.lines)  # the first article is about it
    assert not [each for each in sample.parent.iterdir() if each.name.startswith(".annotator-")]
