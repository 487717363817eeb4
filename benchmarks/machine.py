"""What it was measured on, without a word about whose machine it is."""

import os
import platform
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from . import floors
from .measure import median, p95

_MODEL = re.compile(r"^model name\s*:\s*(.+)$", re.MULTILINE)
_VERSIONS = ("PySide6-Essentials", "sqlite-utils", "news-annotator")


def describe(folder: Path) -> dict[str, str]:
    """Machine and versions by name; `folder` tells which disk."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {_processor()}",
        "memory": _memory(),
        "load": _load(),
        "disk": _disk(folder),
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        **dict(_packages()),
        "commit": _commit(),
    }


def kind() -> str:
    """The machine in a file's name: system, architecture, cores."""
    return f"{platform.system()}-{platform.machine()}-{os.cpu_count()}-cores".lower()


def _packages() -> Iterator[tuple[str, str]]:
    for name in _VERSIONS:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            yield name, "not installed"


def _processor() -> str:
    try:
        found = _MODEL.search(Path("/proc/cpuinfo").read_text("utf-8"))
    except OSError:
        found = None
    return found[1].strip() if found else platform.processor() or "unknown processor"


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / (1 << 30):.0f} GiB"
    except (AttributeError, ValueError, OSError):
        return "unknown"


def _load() -> str:
    try:
        return f"{os.getloadavg()[0]:.1f} processes at work before the start (mean of a minute)"
    except (AttributeError, OSError):
        return "unknown"


def _disk(folder: Path) -> str:
    times = floors.disk(folder)
    return f"4 kB written and synced in {median(times):.2f} ms (median), {p95(times):.2f} ms (p95)"


def _commit() -> str:
    """Which state of the program; a + where files differ from it."""
    command = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    try:
        told = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return told.stdout.strip()
