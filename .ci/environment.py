"""Environments for tests beside the product: built from a lock, once for each state of it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def environment(name: str, lock: Path) -> Path:
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
