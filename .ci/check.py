"""Run every check of the repository and say how long each took. `make test` is this."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The import contracts, size limits and the rest of the architecture are tests: tests/test_architecture.py.
STATIC = {
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "types": ["mypy", "--no-error-summary"],
}
# Three: tests that wait for a child or a timer leave their core to another.
TESTS = {"tests": ["pytest", "-q", "-n", "3", "--dist", "worksteal"]}


def main() -> int:
    """Run all parts, also after a failure, so that one run shows everything there is to mend."""
    parts = STATIC if "--static" in sys.argv else STATIC | TESTS
    outcomes = [(name, *_timed(command)) for name, command in parts.items()]
    print()
    for name, seconds, passed in outcomes:
        print(f"{name:<8}{seconds:7.1f} s  {'passed' if passed else 'FAILED'}")
    print(f"{'all':<8}{sum(seconds for _, seconds, _ in outcomes):7.1f} s")
    return 0 if all(passed for *_, passed in outcomes) else 1


def _timed(command: list[str]) -> tuple[float, bool]:
    start = time.monotonic()
    code = subprocess.call([sys.executable, "-m", *command], cwd=ROOT)
    return time.monotonic() - start, code == 0


if __name__ == "__main__":
    sys.exit(main())
