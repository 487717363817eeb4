"""What keeps the code in shape: layers, sizes, what the window may not do, and what may not be written into files."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Container, Iterator
from email.parser import Parser
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = [path for package in ("annotator", "ui") for path in sorted((ROOT / package).rglob("*.py"))]
WINDOW = [path for path in PRODUCT if path.is_relative_to(ROOT / "ui")]
LONGEST = {"file": 400, "class": 300, "function": 50}
# What may be longer, and why: "path" for a file, "path:name" for a class or a function.
LONGER: dict[str, str] = {}

QT = ("PySide6", "shiboken6", "qtpy", "qtawesome")
IMPORT_ALL = """
import importlib, pkgutil, sys
def names(package):
    yield package
    for found in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        yield found.name
for name in [*names(sys.argv[1])]:
    importlib.import_module(name)
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""
SQL = re.compile(
    r"\b(SELECT\b.+\bFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TEMP\s+)?(TABLE|INDEX|TRIGGER)"
    r"|PRAGMA\s+\w|ATTACH\s+DATABASE|BEGIN\s+IMMEDIATE)\b",
    re.DOTALL,
)
MACHINE_PATH = re.compile(r"(?<![\w.~$})>-])/(home|root|work|tmp|opt|Users|private|mnt)/[\w.]")
INDEX_ADDRESS = re.compile(r"https?:|file:|--(extra-)?index|--find-links|--trusted-host|@ ")


def tracked(*patterns: str) -> list[Path]:
    """The files of the repository; a source archive has no list of them."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def lines_of(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    """`file:line: text` of each line that matches; files that are not text are passed over."""
    hits = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.split("\n"), start=1):
            if pattern.search(line):
                hits.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    return hits


def import_all(package: str) -> list[str]:
    """Import every module of a package; return the top-level names then loaded."""
    command = [sys.executable, "-W", "error", "-c", IMPORT_ALL, package]
    child = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert child.returncode == 0, child.stderr
    return child.stdout.split()


def test_import_contracts_hold() -> None:
    command = (
        "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command(['--no-cache']))"
    )
    child = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert child.returncode == 0, child.stdout + child.stderr
    assert "Contracts: 0 kept" not in child.stdout


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def run_at_import(body: list[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports outside functions, without those for types alone."""
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from run_at_import(node.orelse)
        elif isinstance(node, ast.If | ast.Try | ast.With | ast.ClassDef):
            parts = [getattr(node, name, []) for name in ("body", "orelse", "finalbody")]
            parts += [handler.body for handler in getattr(node, "handlers", [])]
            for part in parts:
                yield from run_at_import(part)


def imported(name: str, path: Path, known: Container[str]) -> Iterator[str]:
    """The modules of the product that must be there before this one, with the packages they lie in."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in run_at_import(ast.parse(path.read_text(encoding="utf-8")).body):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        else:
            base = ".".join(package.split(".")[: package.count(".") + 2 - node.level]) if node.level else ""
            base = ".".join(part for part in (base, node.module) if part)
            found = [f"{base}.{alias.name}" if f"{base}.{alias.name}" in known else base for alias in node.names]
        for each in found:
            parts = each.split(".")
            for wanted in (".".join(parts[:number]) for number in range(1, len(parts) + 1)):
                if wanted in known and wanted != name and not name.startswith(f"{wanted}."):
                    yield wanted


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Without circles it does not matter which module is imported first: it shows only from some of their members."""
    paths = {module_name(path): path for path in PRODUCT}
    graph = {name: set(imported(name, path, paths)) for name, path in paths.items()}
    assert sum(map(len, graph.values())) > len(graph), "imports are read"
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_the_core_loads_no_qt() -> None:
    loaded = import_all("annotator")
    assert "annotator" in loaded
    assert not set(QT) & set(loaded)


def test_every_module_of_the_window_can_be_imported() -> None:
    assert "ui" in import_all("ui")


@pytest.mark.parametrize("path", WINDOW, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_window_holds_no_sql_and_imports_itself_relatively(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name.split(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [str(node.module).split(".")[0]]
        else:
            names = []
        assert not {"ui", "sqlite3", "sqlite_utils"} & set(names), f"line {node.lineno}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not SQL.search(node.value), f"line {node.lineno}: {node.value}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("execute", "executemany", "executescript"), f"line {node.lineno}"


def measured() -> Iterator[tuple[str, str, int]]:
    """Kind, name and number of lines of each file, class and function of the product."""
    for path in PRODUCT:
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        yield "file", name, text.count("\n")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                yield "class", f"{name}:{node.name}", (node.end_lineno or 0) - node.lineno + 1
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield "function", f"{name}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_nothing_grows_past_what_one_can_hold_in_mind() -> None:
    long = {name: f"a {kind} of {size} lines" for kind, name, size in measured() if size > LONGEST[kind]}
    assert {name: size for name, size in long.items() if name not in LONGER} == {}
    assert set(LONGER) <= set(long), "an exception that is no longer needed"
    assert all(reason.strip() for reason in LONGER.values())


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    assert lines_of(tracked(), MACHINE_PATH) == []


def test_locks_pin_by_version_and_hash_and_name_no_index() -> None:
    for path in (*ROOT.glob("*.lock"), *(ROOT / "tests").rglob("*.lock")):
        assert lines_of([path], INDEX_ADDRESS) == []
        entries = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").split("\n", 1)[1].strip())
        for entry in entries:
            assert re.match(r"[\w.-]+==[\w.]+ ", entry), entry
            assert "--hash=sha256:" in entry, entry


def test_developers_run_what_users_run() -> None:
    """The same versions; only what the heavy extras bring is tested elsewhere (make test-formats)."""
    users, developers = (
        dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert {name: users[name] for name in users.keys() & developers} == {
        name: developers[name] for name in users.keys() & developers
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    heavy = {Requirement(each).name.lower() for each in project["optional-dependencies"]["spacy"]}
    asked = {
        Requirement(each).name.lower() for each in (*project["dependencies"], *project["optional-dependencies"]["all"])
    }
    assert asked - heavy <= developers.keys()


def test_the_wheel_carries_the_two_packages_and_the_resources(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    (file,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(file) as wheel:
        names = wheel.namelist()
        (record,) = [name for name in names if name.endswith(".dist-info/METADATA")]
        (entry_points,) = [name for name in names if name.endswith(".dist-info/entry_points.txt")]
        metadata = Parser().parsestr(wheel.read(record).decode("utf-8"))
        commands = wheel.read(entry_points).decode("utf-8")
    info = record.split("/")[0]
    assert {name.split("/")[0] for name in names} == {"annotator", "ui", info}
    for resource in tracked("resources"):
        assert f"annotator/{resource.relative_to(ROOT).as_posix()}" in names
    assert f"{info}/licenses/LICENSE" in names
    assert metadata["License-Expression"] == "Apache-2.0"
    assert "annotator = ui.command:main" in commands
    needs = [Requirement(line) for line in metadata.get_all("Requires-Dist", [])]
    (qt,) = [
        need.specifier
        for need in needs
        if need.name.lower() == "pyside6-essentials"
        and need.marker
        and need.marker.evaluate({"python_version": "3.11"})
    ]
    assert "6.11.3" in qt
    assert "6.12.0" not in qt
    assert "6.12.1" not in qt
