"""Write the lock files: every package the program and its developers need, by version and hash.

`requirements.lock` is what a user gets (all extras), `requirements-dev.lock` adds the tools; those of tests/agreement
and tests/formats are what we are checked against. They hold for every system and every Python from 3.11 on, and name
no package index: pip's own settings say where packages come from.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Written by `make lock` from {}. Do not edit.\n"
HEAVY = ("spacy",)  # extras of formats that are tested in environments of their own: make test-formats
APART = (  # .txt and .lock
    "tests/agreement/requirements",
    "tests/agreement/requirements-full",
    *sorted(f"tests/formats/{each.parent.name}/requirements" for each in ROOT.glob("tests/formats/*/requirements.txt")),
)


def main() -> int:
    """Resolve once for developers, then the smaller set with the same versions, then what stands apart."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder, with_pip=True)
        tools = folder / ("Scripts" if os.name == "nt" else "bin")
        subprocess.run([tools / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
        for lock, extras in (("requirements-dev.lock", _light()), ("requirements.lock", ["all"])):
            chosen = [word for extra in extras for word in ("--extra", extra)]
            options = [*chosen, "--constraint", _constraint(folder)]
            _write(tools / "uv", "pyproject.toml", lock, folder / lock, options)
        for path in APART:
            _write(tools / "uv", f"{path}.txt", f"{path}.lock", folder / path.replace("/", "-"), [])
    return 0


def _light() -> list[str]:
    """Every extra but the heavy ones, and the one that is all of them."""
    known = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    return sorted(known.keys() - {*HEAVY, "all"})


def _write(uv: Path, source: str, lock: str, draft: Path, options: list[str | Path]) -> None:
    # What this machine adds (own wheels, constraints, indexes) must not decide what others install.
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    universal = ["--universal", "--python-version", "3.11", "--fork-strategy", "fewest", "--generate-hashes"]
    layout = ["--quiet", "--no-header", "--no-annotate", "--output-file", draft]
    command = [uv, "--no-config", "pip", "compile", source, *options, *universal, *layout]
    subprocess.run(command, cwd=ROOT, env=clean, check=True)
    (ROOT / lock).write_text(HEADER.format(source) + draft.read_text())


def _constraint(folder: Path) -> Path:
    """The versions already chosen in this run: none before the first file."""
    chosen = folder / "requirements-dev.lock"
    target = folder / "constraint.txt"
    pins = re.findall(r"^[\w.-]+==\S+", chosen.read_text(), re.MULTILINE) if chosen.exists() else []
    target.write_text("\n".join(pins))
    return target


if __name__ == "__main__":
    sys.exit(main())
