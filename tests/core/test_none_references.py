"""PySide6 6.12.0 loses one reference to None at each call that returns nothing, until the process dies."""

import subprocess
import sys

import pytest

CALLS = 1000
# In a child: where references are lost, the count may reach zero and the interpreter aborts.
CHILD = f"""
import os, sys
from PySide6.QtCore import QObject, QTimer

def lost(call):
    before = sys.getrefcount(None)
    for _ in range({CALLS}):
        call()
    return before - sys.getrefcount(None)

thing, timer = QObject(), QTimer()
print(max(lost(lambda: thing.setObjectName("x")), lost(lambda: timer.setInterval(1)), lost(timer.stop)))
sys.stdout.flush()
os._exit(0)
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on: its count says nothing")
def test_calls_into_qt_leave_the_references_to_none_alone() -> None:
    child = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=True)
    assert int(child.stdout.split()[-1]) < 10
