"""Write the lock files: every package the program and its developers need, by version and hash.

`requirements.lock` is what a user gets (all extras), `requirements-dev.lock` adds the tools. Both hold for every
system and every Python from 3.11 on, and name no package index: pip's own settings say where packages come from.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Written by `make lock` from pyproject.toml. Do not edit.\n"
LOCKS = {"requirements-dev.lock": ["--all-extras"], "requirements.lock": ["--extra", "all"]}


def main() -> int:
    """Resolve once for developers, then the smaller set with the same versions."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        tools = Path(folder) / ("Scripts" if os.name == "nt" else "bin")
        subprocess.run([tools / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
        # What this machine adds (own wheels, constraints, indexes) must not decide what others install.
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
        for name, extras in LOCKS.items():
            target = Path(folder) / name
            options = ["--universal", "--python-version", "3.11", "--fork-strategy", "fewest", "--generate-hashes"]
            layout = ["--quiet", "--no-header", "--no-annotate", "--constraint", _constraint(Path(folder))]
            command = [tools / "uv", "--no-config", "pip", "compile", "pyproject.toml", *extras, *options, *layout]
            subprocess.run([*command, "--output-file", target], cwd=ROOT, env=clean, check=True)
            (ROOT / name).write_text(HEADER + target.read_text())
    return 0


def _constraint(folder: Path) -> Path:
    """The versions already chosen in this run: none before the first file."""
    chosen = folder / "requirements-dev.lock"
    target = folder / "constraint.txt"
    pins = re.findall(r"^[\w.-]+==\S+", chosen.read_text(), re.MULTILINE) if chosen.exists() else []
    target.write_text("\n".join(pins))
    return target


if __name__ == "__main__":
    sys.exit(main())
