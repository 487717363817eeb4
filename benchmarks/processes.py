"""Runs `benchmarks.start` and takes the time of the whole process."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .corpus import ROOT


@dataclass(frozen=True)
class Started:
    """One start: milliseconds from the launch of the process until the window was painted, and until it had ended."""

    painted: float
    whole: float
    told: dict[str, Any]


def start(kind: str, project: Path | None = None) -> Started:
    """Start a process, wait for its window and its end."""
    command = [sys.executable, "-m", "benchmarks.start", kind, *([str(project)] if project else [])]
    # As on anybody's machine, Python keeps what it has compiled.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        painted = time.perf_counter() - began
    whole = time.perf_counter() - began
    if process.returncode or not line:
        raise AssertionError(f"the process ended with code {process.returncode}")
    return Started(painted * 1000, whole * 1000, json.loads(line))
