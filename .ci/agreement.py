"""Check the measures of agreement against independent implementations, in environments of their own.

Without arguments: krippendorff, nltk and seqeval beside ours, in .venv-agreement. With --full also what recorded.json
was computed with (pygamma-agreement, irrCAC), in .venv-agreement-full. Each is built once for its lock.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from environment import environment

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests" / "agreement"


def main() -> int:
    """Run the tests, and with --full compute the recorded values again."""
    started = time.monotonic()
    python = environment(".venv-agreement", TESTS / "requirements.lock")
    code = subprocess.call([python, "-m", "pytest", "-q", "-c", TESTS / "pytest.ini", TESTS], cwd=ROOT)
    if "--full" in sys.argv:
        python = environment(".venv-agreement-full", TESTS / "requirements-full.lock")
        code = subprocess.call([python, "-W", "ignore", TESTS / "record.py", "--check"], cwd=ROOT) or code
    print(f"agreement {time.monotonic() - started:.0f} s  {'FAILED' if code else 'passed'}")
    return code


if __name__ == "__main__":
    sys.exit(main())
