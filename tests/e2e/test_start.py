"""What is read before the window is there: nothing that only later work needs."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Each of these takes 10 to 100 ms; where they are read instead, docs/decisions tells.
LATER = (
    "sqlite_utils",
    "numpy",
    "scipy",
    "spacy",
    "yaml",
    "charset_normalizer",
    "qtawesome",
    "annotator.figures",
)
SCRIPT = """
import sys
import ui.command
from PySide6.QtWidgets import QApplication
app = QApplication([])
from ui.app import open_window
window = open_window(sys.argv[1])
while not window.desk.article.viewport().isVisible():
    app.processEvents()
app.processEvents()
print(*sys.modules)
"""


def test_the_window_is_shown_before_what_only_later_work_needs_is_read(project_path):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", SCRIPT, str(project_path)]
    child = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert child.returncode == 0, child.stderr
    assert [name for name in LATER if name in child.stdout.split()] == []
