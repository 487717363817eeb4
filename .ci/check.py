"""Run every check of the repository and say how long each took. `make test` is this.

The checks of the code run beside the tests; what they say is shown once the tests are over.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The import contracts, size limits and the rest of the architecture are tests: tests/test_architecture.py.
STATIC = {
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "types": ["mypy", "--no-error-summary"],
}
# Three: tests that wait for a child or a timer leave their core to another.
TESTS = ["pytest", "-q", "-n", "3", "--dist", "worksteal"]
MEMORY = Path("/dev/shm")
ROOM = 2 << 30  # bytes that a run of all tests may leave in files, several times over


def main() -> int:
    """Run all parts, also after a failure, so that one run shows everything there is to mend."""
    started = time.monotonic()
    with ThreadPoolExecutor(1) as beside:
        said = [beside.submit(_timed, command) for command in STATIC.values()]
        outcomes = {} if "--static" in sys.argv else {"tests": _tested()}
        outcomes |= {name: each.result() for name, each in zip(STATIC, said, strict=True)}
    print()
    for name, (seconds, words, passed) in outcomes.items():
        print(f"{words}{name:<8}{seconds:7.1f} s  {'passed' if passed else 'FAILED'}")
    print(f"{'all':<8}{time.monotonic() - started:7.1f} s")
    return 0 if all(passed for *_, passed in outcomes.values()) else 1


def _tested() -> tuple[float, str, bool]:
    with tempfile.TemporaryDirectory(prefix="annotator-tests-", dir=_scratch()) as folder:
        Path(folder).chmod(0o711)  # some tests act as another user
        start = time.monotonic()
        code = subprocess.call([sys.executable, "-m", *TESTS], cwd=ROOT, env={**os.environ, "TMPDIR": folder})
        return time.monotonic() - start, "", code == 0


def _timed(command: list[str]) -> tuple[float, str, bool]:
    start = time.monotonic()
    into = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    ended = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, **into, text=True, check=False)
    return time.monotonic() - start, ended.stdout, ended.returncode == 0


def _scratch() -> Path | None:
    """Memory, if there is enough: tens of thousands of small files are written, synced and deleted."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if roomy else None


if __name__ == "__main__":
    sys.exit(main())
