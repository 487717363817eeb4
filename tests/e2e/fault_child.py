"""Opens a project in the real window under a fault that only a process of its own can have, and tags.

    fault_child.py PRACTICE PROJECT read-only     as a user who may write neither file nor folder
    fault_child.py PRACTICE PROJECT BYTES         on a disk where no file can grow past so many bytes

Prints what the window said, as JSON.
"""

import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.settings import Settings
from ui.acts.projects import Projects
from ui.app import open_window
from ui.main_window import MainWindow

NOBODY = 65534


def look(window: MainWindow) -> dict[str, Any]:
    """What a person sees."""
    status = window.desk.status
    return {
        "said": status.text,
        "role": status.role,
        "saved": status._saved.text(),
        "tags": len(window.desk.document),
        "marks": len(window.desk.article.marks()),
        "visible": window.isVisible(),
    }


def tag_next_word(app: QApplication, window: MainWindow) -> dict[str, Any]:
    """Press the key for a tag on the next word."""
    article = window.desk.article
    QTest.keyClick(article, Qt.Key.Key_Right)
    QTest.keyClick(article, "1")
    app.processEvents()
    return look(window)


def main() -> None:
    practice, path, fault = sys.argv[1:]
    bugs: list[str] = []
    sys.excepthook = lambda kind, error, _: bugs.append(f"{kind.__name__}: {error}")
    app = QApplication(["annotator"])
    window = open_window(practice)  # everything is imported by now, and settings are written
    tag_next_word(app, window)
    coder = Settings().place(window.desk.workspace.project.meta("project")).get("coder")
    projects = window.act(Projects)
    assert isinstance(projects, Projects)
    told: dict[str, Any] = {"coder": coder}
    if fault == "read-only":
        if os.getuid() == 0:  # for root, permissions do not count
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        told["may write"] = os.access(path, os.W_OK) or os.access(Path(path).parent, os.W_OK)
        told["opened"] = projects.open_at(Path(path))
        app.processEvents()
        told["at first"] = look(window)
        told["then"] = tag_next_word(app, window)
    else:
        told["opened"] = projects.open_at(Path(path))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(fault), resource.RLIM_INFINITY))
        told["at first"] = look(window)
        for _ in range(1_000):
            told["then"] = tag_next_word(app, window)
            if told["then"]["role"] == "bad":
                break
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        told["when there is room"] = tag_next_word(app, window)
    window.close()
    told["bugs"] = bugs
    print(json.dumps(told))


if __name__ == "__main__":
    main()
