"""The words of the window: an article is never called a document there, nor a link by the name that code gives it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import annotator.operations
import ui
from annotator.formats.loss import Loss
from annotator.operations import export_records
from ui.dialogs.export_words import plain

CODE_WORDS = re.compile(r"\b(documents?|relations?|entity|entities|refused)\b", re.IGNORECASE)
SHOWN = {"tr", "translate", "_told", "QT_TRANSLATE_NOOP"}  # what makes a text one for people
SAID = {"step", "Changes", "counted", "listed", "finish"}  # what an operation says in status line and history


def texts(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def arguments(package: ModuleType, functions: set[str]) -> Iterator[tuple[str, str]]:
    """Where a text is handed to one of these functions, and the text."""
    for path in sorted(Path(package.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            if name in functions:
                for argument in node.args:
                    yield from ((f"{path.name}:{node.lineno}", text) for text in texts(argument))


@pytest.mark.parametrize(("package", "functions"), [(ui, SHOWN), (annotator.operations, SAID)])
def test_people_read_of_articles_links_and_actors(package: ModuleType, functions: set[str]) -> None:
    found = list(arguments(package, functions))
    assert len(found) > 50, "the texts were not found"
    assert [(where, text) for where, text in found if CODE_WORDS.search(text)] == []


def test_what_an_export_loses_is_told_in_the_same_words() -> None:
    tree = ast.parse(Path(export_records.__file__).read_text("utf-8"))
    counted = [text for node in ast.walk(tree) if isinstance(node, ast.AugAssign) for text in texts(node.target)]
    reasons = [*Loss, *(text for text in counted if " " in text)]
    assert len(reasons) > 30, "the reasons were not found"
    assert [plain(reason) for reason in reasons if CODE_WORDS.search(plain(reason))] == []
