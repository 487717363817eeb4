"""Check the measures of agreement against independent implementations, in environments of their own.

Without arguments: krippendorff, nltk and seqeval beside ours, in .venv-agreement. With --full also what recorded.json
was computed with (pygamma-agreement, irrCAC), in .venv-agreement-full. Each is built once for its lock.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests" / "agreement"


def main() -> int:
    """Run the tests, and with --full compute the recorded values again."""
    started = time.monotonic()
    python = _environment(".venv-agreement", TESTS / "requirements.lock")
    code = subprocess.call([python, "-m", "pytest", "-q", "-c", TESTS / "pytest.ini", TESTS], cwd=ROOT)
    if "--full" in sys.argv:
        python = _environment(".venv-agreement-full", TESTS / "requirements-full.lock")
        code = subprocess.call([python, "-W", "ignore", TESTS / "record.py", "--check"], cwd=ROOT) or code
    print(f"agreement {time.monotonic() - started:.0f} s  {'FAILED' if code else 'passed'}")
    return code


def _environment(name: str, lock: Path) -> Path:
    """The environment's Python; it is made anew when the lock has changed."""
    folder = ROOT / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp, wanted = folder / "lock.sha256", hashlib.sha256(lock.read_bytes()).hexdigest()
    if not (stamp.exists() and stamp.read_text() == wanted):
        print(f"Setting up {name}, once.", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        # A constraint file of the machine must not overrule the lock.
        clean = {key: value for key, value in os.environ.items() if key not in ("PIP_CONSTRAINT", "PYTHONPATH")}
        pip = [python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--prefer-binary"]
        subprocess.run([*pip, "--require-hashes", "-r", lock], cwd=ROOT, env=clean, check=True)
        stamp.write_text(wanted)
    return python


if __name__ == "__main__":
    sys.exit(main())
