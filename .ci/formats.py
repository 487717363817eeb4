"""Let other people's readers read what we write, in environments of their own: one for each folder of tests/formats.

Each is built once for its lock, as .venv-formats/NAME. Our side writes the files first. An environment that has what
the export needs also writes the formats whose packages are only there, and runs the contract of all formats on them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from environment import environment
from setup import ready

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests" / "formats"
CONTRACT = [ROOT / "tests" / "core" / "formats" / f"test_{name}.py" for name in ("contract", "round_trips")]
WRITES = {"nlp": "spacy"}  # environment → the formats that are written and tested there, for pytest -k


def main() -> int:
    """Run the tests of every environment, or of those that are named."""
    started = time.monotonic()
    chosen = sys.argv[1:] or sorted(lock.parent.name for lock in TESTS.glob("*/requirements.lock"))
    with tempfile.TemporaryDirectory() as scratch:
        exported = Path(scratch) / "exported"
        settings = {**os.environ, "HOME": scratch, "ANNOTATOR_EXPORTED": str(exported)}
        settings.pop("PYTHONPATH", None)
        _write(ready(), exported, settings)
        failed = [name for name in chosen if not _passes(name, exported, settings)]
    print(f"formats {time.monotonic() - started:.0f} s  {'FAILED: ' + ', '.join(failed) if failed else 'passed'}")
    return bool(failed)


def _passes(name: str, exported: Path, settings: dict[str, str]) -> bool:
    python = environment(f".venv-formats/{name}", TESTS / name / "requirements.lock")
    pytest = [python, "-m", "pytest", "-q", "-c", TESTS / "pytest.ini"]
    code = 0
    if name in WRITES:
        _write(python, exported, settings)
        ours = ["--rootdir", ROOT, "--confcutdir", ROOT, "-o", f"pythonpath={ROOT}"]  # with what all our tests share
        contract = [*pytest, *ours, "-k", WRITES[name], *CONTRACT]
        code = subprocess.call(contract, cwd=ROOT, env=settings)
    return subprocess.call([*pytest, TESTS / name], cwd=ROOT, env=settings) == code == 0


def _write(python: Path, exported: Path, settings: dict[str, str]) -> None:
    subprocess.run([python, "-m", "tests.formats.export", exported], cwd=ROOT, env=settings, check=True)


if __name__ == "__main__":
    sys.exit(main())
