"""What works beside the program ends with it, also when the program is killed."""

import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.operations.near_process import groups_beside
from annotator.storage.pattern_process import pattern_process

# A program that begins a process, says the number of that process once it is at work, and waits.
PROGRAM = """
import os, sys, time
from annotator.child_process import child_process
import {module}

if __name__ == "__main__":
    with child_process({module}.{serve}) as process:
        print(process.answer(lambda: None), flush=True)
        time.sleep(600)
"""
AT_WORK = """
import os, re, time
from annotator.child_process import no_longer_than

def busy(connection):
    connection.send(os.getpid())
    while True:
        time.sleep(0.05)

def held(connection):
    connection.send(os.getpid())
    with no_longer_than(2):
        re.match(r"(a+)+b", "a" * 60)
"""


def gone(number: int, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            os.kill(number, 0)
            if Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True  # ended; nobody has asked for its result yet
        except (ProcessLookupError, FileNotFoundError):
            return True
        os.sched_yield()
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux which processes live")
@pytest.mark.parametrize("serve", ["busy", "held"])
def test_what_works_beside_a_killed_program_ends_too(tmp_path, serve):
    (tmp_path / "at_work.py").write_text(AT_WORK)
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.format(module="at_work", serve=serve))
    paths = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])
    parent = subprocess.Popen(
        [sys.executable, str(program)], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}
    )
    assert parent.stdout is not None
    with parent:
        child = int(parent.stdout.readline())
        os.kill(child, 0)  # it lives
        parent.kill()
    assert gone(child)


def end_all_children():
    for child in multiprocessing.active_children():
        child.kill()
        child.join()


def test_an_expression_whose_process_is_gone_between_two_pages_is_told_in_a_sentence():
    with pattern_process("a+") as find:
        assert find(["baab", "b"]) == [[(1, 3)], []]
        end_all_children()
        with pytest.raises(AnnotatorError, match="stopped, since it needs too much memory"):
            find(["aa" * 1_000_000])


def test_copies_that_are_looked_for_by_a_process_that_goes_are_told_in_a_sentence():
    def pages():
        yield [(1, "The harbour stays shut.")]
        end_all_children()
        yield [(2, "The harbour opens.")]

    with pytest.raises(AnnotatorError, match="nearly the same were not looked for"):
        groups_beside(pages(), lambda: None)
