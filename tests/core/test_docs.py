"""What the pages say is so: commands run and print what is shown, keys and links exist, every sentence has its row."""

import ast
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from annotator import __version__
from annotator.model.codebook_yaml import default_codebook
from annotator.storage import connection
from docs.key_page import PAGE, cap, key_page
from ui.command_line import cli
from ui.keys.presets import PRESETS
from ui.keys.registry import ACTIONS

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "projects").glob("*.md")])
COMMANDS = {name: cli.get_command(click.Context(cli), name) for name in cli.list_commands(click.Context(cli))}
TOLD = [ROOT / "README.md", *sorted(GUIDE.glob("*.md"))]
ARTICLES = {
    "ferry.txt": "Ferry talks resume on the Sellen\n\nThe ferry talks went on, said Ilka Dornath.\n",
    "bridge.txt": "Bridge closed again\n\nAbout 40 lorries waited on Monday.\n",
}


def named(pages: list[Path]) -> list[Any]:
    return [pytest.param(page, id=str(page.relative_to(ROOT))) for page in pages]


# ---- commands


def examples(page: Path) -> list[tuple[list[str], str]]:
    """The commands of a page's console blocks, in order, each with what the page says it prints ("": not said)."""
    found: list[tuple[list[str], str]] = []
    for block in re.findall(r"^```console\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            found.append((shlex.split(command), printed))
    return found


def with_examples() -> list[Path]:
    return [page for page in PAGES if examples(page)]


@pytest.mark.parametrize("page", named(with_examples()))
def test_the_commands_of_a_page_run_and_print_what_it_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "articles").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "articles" / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    for (program, *arguments), printed in examples(page):
        assert program == "annotator"
        code, out, err = (installed if arguments[0] in ALONE else here)(arguments)
        assert code == 0, (arguments, err)
        assert err == "", arguments
        if printed:
            assert out == printed, arguments
    assert list(tmp_path.iterdir()), page


ALONE = {"demo", "sample"}  # the one has a QApplication of its own; the other shows that the program is installed


def installed(arguments: list[str]) -> tuple[int, str, str]:
    """Exit code, answer and complaints of the program in a process of its own."""
    done = subprocess.run(
        [Path(sys.executable).with_name("annotator"), *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=100,
    )
    return done.returncode, done.stdout, done.stderr


def here(arguments: list[str]) -> tuple[int, str, str]:
    """The same in this process, which has read the program already."""
    done = CliRunner().invoke(cli, arguments, prog_name="annotator")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


def test_the_readme_shows_commands() -> None:
    assert {arguments[0] for (_, *arguments), _ in examples(ROOT / "README.md")} == set(COMMANDS) - {"open"}


@pytest.mark.parametrize("page", named(PAGES))
def test_inline_commands_are_understood(page: Path) -> None:
    """`annotator …` between backticks: the command exists, and so do its options."""
    for written in re.findall(r"`annotator ([^`\n]+)`", page.read_text("utf-8")):
        words = [word.strip("[]") for word in written.split()]
        command = COMMANDS.get(words[0])
        if words[0].startswith("-"):
            continue
        assert command is not None, written
        options = {option for each in command.params if isinstance(each, click.Option) for option in each.opts}
        assert {word for word in words[1:] if word.startswith("--")} <= options, written


def test_the_guide_names_every_command_and_option() -> None:
    text = (GUIDE / "command-line.md").read_text("utf-8")
    for name, command in COMMANDS.items():
        assert f"annotator {name}" in text, name
        for option in (each for each in command.params if isinstance(each, click.Option)):
            assert option.opts[0] in text, (name, option.opts)


def test_the_guide_names_what_the_commands_answer(sample_path: Path) -> None:
    text = (GUIDE / "command-line.md").read_text("utf-8")
    _, told, _ = here(["info", str(sample_path), "--json"])
    answer = json.loads(told)
    assert all(f"`{key}`" in text for key in (*answer, *answer["coders"][0]))


def test_the_commands_of_make_and_the_scripts_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for page in PAGES:
        text = page.read_text("utf-8")
        for target in re.findall(r"(?:`|^)make ([a-z][a-z-]*)", text, re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), (page.name, target)
        for script in re.findall(r"\.ci[/\\](\w+(?:\.py)?)", text):
            assert (ROOT / ".ci" / script).is_file(), (page.name, script)


def test_the_wheel_has_the_name_that_the_readme_says() -> None:
    for version in re.findall(r"news_annotator-([\d.]+)-py3", (ROOT / "README.md").read_text("utf-8")):
        assert version == __version__


# ---- keys

IN_SHEETS = {"Tab", "Shift+Enter", "Ctrl+T"}  # next control; a new line in a note; the sample, on the start page
IN_LISTS = {"Alt+↑", "Alt+↓"}  # move an entry of the codebook
IN_FORM = {"Y", "N", "X", "Space", "PgUp", "PgDn"}  # yes, no, clear; the filled letter of a link; from form to form
IN_EDGES = {"←", "→", "Alt+←", "Alt+→", "E", "Enter", "Esc"}
MODIFIERS = {"Ctrl", "Alt", "Shift"}


def known_keys() -> set[str]:
    keys = {key for action in ACTIONS for key in action.keys}
    keys |= {key for tag in default_codebook().active_tags for key in tag.keys}
    keys |= {key for preset in PRESETS for each in preset.keys.values() for key in each}
    keys |= {key for preset in PRESETS for key in preset.tag_digits}
    keys |= {f"Alt+{digit}" for digit in range(1, 10)}  # tags, where single keys are off
    return {cap(key) for key in keys} | IN_SHEETS | IN_LISTS | IN_FORM | IN_EDGES | MODIFIERS


@pytest.mark.parametrize("page", named(TOLD))
def test_every_key_that_is_named_exists(page: Path) -> None:
    assert set(re.findall(r"<kbd>(.*?)</kbd>", page.read_text("utf-8"))) <= known_keys()


def test_the_key_page_is_that_of_the_program() -> None:
    assert PAGE.read_text("utf-8") == key_page(), "run: python docs/key_page.py"


def test_the_key_page_names_every_command() -> None:
    page = PAGE.read_text("utf-8")
    assert [action.id for action in ACTIONS if action.text not in page and action.id != "tag"] == []


# ---- links


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", named(PAGES))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        leads_to = (page.parent / path).resolve() if path else page
        assert leads_to.exists(), target
        assert not anchor or anchor in anchors(leads_to), target


def test_every_picture_and_every_page_of_the_guide_is_shown() -> None:
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in PAGES
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    }
    assert set((ROOT / "docs" / "pictures").iterdir()) <= linked
    assert set(GUIDE.glob("*.md")) - linked == set()


# ---- what the program says

# Sentences for somebody who programs with the core, or that no act of a person leads to.
FOR_PROGRAMMERS = {
    "{}: {}.",  # a fault of a codebook, with its line
    "An annotation needs at least one piece of text.",
    "The span {} does not lie in the text, which has {} characters.",
    "The span {}–{} does not lie in the text, which has {} characters.",
    "Only annotations of one article and one coder can be deleted at once.",
    "Choose two different coders of this project.",
    "The coder is not in the project.",
    "There is no state “{}”; there are: {}.",
    "There is no command “{}”.",
    "A value is {} or {}, not “{}”.",
    "No value of {} has the key “{}”.",
    "A row of the kind {} refers to something that {} does not hold.",
    "The document {} cannot be written as JSON: {}.",
    "The project records cannot be written as JSON: {}.",
}
RAISED = {"AnnotatorError", "NotSaved", "Busy", "SetupError", "NotTextError", "Refusal"}


def words_of(node: ast.AST) -> str:
    """The text of a literal, with {} for what is put in; "" for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{\w*\}", "{}", node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)  # type: ignore[misc]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return words_of(node.func.value)
    if isinstance(node, ast.Call) and node.args:
        return words_of(node.args[-1])
    return ""


def sentences() -> Iterator[str]:
    folders = ("annotator", "ui", ".ci")
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        # File and line are put before a part of these.
        in_parts = path.name.startswith(("codebook", "yaml")) or path.parent.name == "formats"
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            name = ast.unparse(call.func).rsplit(".", 1)[-1]
            if name in RAISED and call.args:
                text = words_of(call.args[1 if name in ("NotTextError", "Refusal") and len(call.args) > 1 else 0])
                if (" " in text or text == "empty") and (text.endswith(".") or not in_parts):
                    yield text
    for _, _, sentence in connection._SENTENCES:
        yield re.sub(r"\{\w*\}", "{}", sentence)


def rows() -> list[re.Pattern[str]]:
    """The first cells of the tables as patterns: "…" stands for anything."""
    cells = re.findall(r"^\| (.+?) \| .* \|$", (GUIDE / "troubleshooting.md").read_text("utf-8"), re.MULTILINE)
    return [re.compile(re.escape(cell).replace("…", ".+"), re.DOTALL) for cell in cells]


def test_every_sentence_that_the_program_can_say_stands_in_the_guide() -> None:
    said = {re.sub(r"\{\}(?=\w)", "{} ", each) for each in sentences()} - FOR_PROGRAMMERS
    assert len(said) > 60, "the sentences were not found"
    patterns = rows()
    missing = sorted(each for each in said if not any(pattern.fullmatch(each.strip()) for pattern in patterns))
    assert missing == [], "give each a row in docs/guide/troubleshooting.md"
