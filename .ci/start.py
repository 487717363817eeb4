"""Set up if need be, then open the sample project; where there is no display, run the demo offscreen instead."""

from __future__ import annotations

import os
import subprocess
import sys

from qt_libraries import SetupError, has_display
from setup import ROOT, ready


def main() -> int:
    """Open the window, or show the same window at work where nobody could see it."""
    visible = has_display() and "--demo" not in sys.argv
    try:
        python = ready("window" if visible else "offscreen")
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    annotator = str(python.with_name("annotator"))
    sample = os.path.join("projects", "sample.annotator")
    if visible:
        return _call([annotator, "sample", sample]) or _call([annotator, "open", sample])
    if "--demo" not in sys.argv:
        print("There is no display here, so the demo drives the window offscreen.", flush=True)
    return _call([annotator, "demo", "--folder", os.path.join("projects", "demo")], QT_QPA_PLATFORM="offscreen")


def _call(command: list[str], **settings: str) -> int:
    return subprocess.call(command, cwd=ROOT, env={**os.environ, **settings})


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
