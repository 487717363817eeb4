"""Make the checkout ready to run: a virtual environment in .venv, and the shared libraries that Qt loads.

Runs with any system Python and its standard library alone. Silent and quick when all is in place.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from qt_libraries import SetupError, make_qt_load  # noqa: E402  (beside this file, wherever the script is started)

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = VENV / "setup.log"
STAMP = VENV / "setup.json"
NO_NETWORK = r"NewConnectionError|NameResolutionError|Connection refused|name resolution|Network is unreachable"
OLDEST = (3, 11)


def ready(platform: str = "offscreen") -> Path:
    """The environment's Python, once everything for this Qt platform (`offscreen`, `window`, `xcb`) is in place."""
    _use_a_recent_python()
    wanted = _fingerprint()
    if not PYTHON.exists() or _stamp() != wanted:
        print("Setting up .venv: this takes about a minute, once.", flush=True)
        if not PYTHON.exists() or _stamp().get("made_by") != wanted["made_by"]:
            _create()
        STAMP.write_text(json.dumps({**wanted, "pins": "being installed"}))
        _install()
        STAMP.write_text(json.dumps(wanted))
    make_qt_load(PYTHON, platform)
    return PYTHON


def _use_a_recent_python() -> None:
    """Start again with a newer Python of this machine when `python3` is too old."""
    if sys.version_info >= OLDEST:
        return
    names = [f"python3.{minor}" for minor in range(19, OLDEST[1] - 1, -1)]
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise SetupError(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    sys.exit(subprocess.call([found, *sys.argv]))


def _fingerprint() -> dict[str, str]:
    """What the environment depends on: a moved checkout or another Python needs a new one, new pins an update."""
    pins = hashlib.sha256()
    for name in ("requirements-dev.lock", "pyproject.toml"):
        pins.update((ROOT / name).read_bytes())
    return {"made_by": f"Python {sys.version_info[0]}.{sys.version_info[1]} in {ROOT}", "pins": pins.hexdigest()}


def _stamp() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def _create() -> None:
    try:
        import ensurepip  # noqa: F401  (Debian ships it apart, and venv fails halfway without it)
    except ImportError:
        command = f"sudo apt-get install -y python3.{sys.version_info[1]}-venv"
        raise SetupError(f"Python's venv module is missing; on Debian this installs it: {command}") from None
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(f"The environment .venv could not be made: {error}.") from error


def _install() -> None:
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    _run([*pip, "install", "--require-hashes", "--only-binary", ":all:", "-r", "requirements-dev.lock"])
    _run([*pip, "install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", "."])


def _run(command: list[str]) -> None:
    """Run pip with its talk in a log; say in one sentence why it failed."""
    # A constraint file of the machine must not overrule the lock.
    clean = {name: value for name, value in os.environ.items() if name not in ("PIP_CONSTRAINT", "PYTHONPATH")}
    with LOG.open("w", encoding="utf-8") as log:
        code = subprocess.call(command, cwd=ROOT, env=clean, stdout=log, stderr=subprocess.STDOUT)
    if code == 0:
        return
    said = LOG.read_text(encoding="utf-8", errors="replace")
    if re.search(NO_NETWORK, said):
        raise SetupError("The packages could not be downloaded: the package index cannot be reached from here.")
    errors = re.findall(r"^\s*(?:ERROR|\w+Error): (.+)$", said, re.MULTILINE)
    reason = errors[-1].rstrip(".") if errors else "pip stopped without saying why"
    raise SetupError(f"The packages could not be installed: {reason} (all of it: {LOG.relative_to(ROOT)}).")


def main() -> int:
    """Set up for the platform that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--platform", choices=("offscreen", "window", "xcb"), default="offscreen")
    try:
        ready(parser.parse_args().platform)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
