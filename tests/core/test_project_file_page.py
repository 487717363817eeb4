"""The page about the project file is true: its example runs, and it leaves out no table."""

import re
import subprocess
import sys
from pathlib import Path

from annotator.storage.project import Project
from annotator.storage.schema import APPLICATION_ID, FORMAT, SHARED_TABLES
from tests.core.storage_world import World

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "project-file.md").read_text(encoding="utf-8")


def test_the_example_reads_a_project_without_the_program(tmp_path: Path) -> None:
    here = World(tmp_path)
    here.run([("tag", 0, 0, 0), ("tag", 0, 1, 3), ("delete", 0, 1, 0)])
    here.close()
    (tmp_path / "copy0.annotator").rename(tmp_path / "news.annotator")
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    told = subprocess.run(
        [sys.executable, "-I", "-c", example], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert told.stdout == "title 0 Ada tag0 a\n"


def test_the_page_names_every_table_and_what_the_file_says_of_itself(tmp_path: Path) -> None:
    with Project.create(tmp_path / "new.annotator") as project:
        found = project.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    ours = {name for (name,) in found if not re.match(r"sqlite_|_|search_(parts_)?(data|idx|docsize|config)$", name)}
    assert {name for name in ours if f"`{name}`" not in PAGE and f"`{name} (" not in PAGE} == set()
    assert f"0x{APPLICATION_ID:X}" in PAGE
    assert f"is the format, {FORMAT} today" in PAGE


def said_of(table: str) -> str:
    """What the page says of a table: its row in a list of tables, or what stands from its name to the next heading."""
    row = re.search(rf"^\| `{table}` \| .*`.*$", PAGE, re.MULTILINE)
    whole = re.search(rf"^`{table}`:.*?^(?=`[a-z_]+`:|#)", PAGE, re.MULTILINE | re.DOTALL)
    found = whole or row
    assert found is not None, table
    return found[0]


def test_the_page_names_every_column_of_what_copies_share(tmp_path: Path) -> None:
    common = {"key", "id", "stamp", "deleted", "batch"}
    assert all(f"`{name}`" in PAGE for name in common)
    with Project.create(tmp_path / "new.annotator") as project:
        for table in SHARED_TABLES:
            columns = {name for (name,) in project.rows("SELECT name FROM pragma_table_info(?)", (table,))} - common
            assert {name for name in columns if f"`{name}`" not in said_of(table)} == set(), table


def test_every_state_and_kind_of_step_that_the_page_lists_is_written(tmp_path: Path) -> None:
    here = World(tmp_path)
    here.run([("tag", 0, 0, 0), ("undo", 0, 0, 0), ("redo", 0, 0, 0), ("import", 0, 0, 1), ("undo", 0, 0, 0)])
    found = here.copies[0].rows("SELECT DISTINCT kind FROM step") + here.copies[0].rows(
        "SELECT DISTINCT state FROM step"
    )
    here.close()
    assert {word for (word,) in found} == {"setup", "act", "undo", "redo", "import", "done", "undone", "open", "closed"}
    assert all(f"`{word}`" in PAGE for (word,) in found)
