"""Other implementations, where their environment is built (make test-agreement, make test-agreement-full)."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from .corpus import ROOT

ENVIRONMENTS = {"krippendorff": ".venv-agreement", "nltk": ".venv-agreement", "pygamma": ".venv-agreement-full"}


def answered(peer: str, asked: dict[str, Any]) -> tuple[list[float], list[float]] | None:
    """Milliseconds of each run and the values of the last; None where the peer is not installed."""
    python = ROOT / ENVIRONMENTS[peer] / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        return None
    script = Path(__file__).with_name("agreement_peers.py")
    child = subprocess.run(
        [python, "-P", "-W", "ignore", script, peer],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(child.stdout.splitlines()[-1])
    return told["times"], told["values"]
