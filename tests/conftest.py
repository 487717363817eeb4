"""What all tests share: where the outside data lies, a home of their own, and no network."""

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent

# The suite runs without a screen unless somebody asks for one (QT_QPA_PLATFORM=xcb).
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests begin first: at the end no core waits for the one that another is at."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of outside data: reference annotations, corpora, benchmark corpus maker."""
    folder = Path(os.environ.get("ANNOTATOR_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        reason = f"outside data not found: set ANNOTATOR_SHARED (looked in {folder.name}/ beside the checkout)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def _built_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from annotator.operations.sample import build_sample

    return build_sample(tmp_path_factory.mktemp("sample") / "sample.annotator")


@pytest.fixture
def sample_path(_built_sample: Path, tmp_path: Path) -> Path:
    """A sample project of this test's own: the same one, copied, for it takes longest to build."""
    return Path(shutil.copy(_built_sample, tmp_path))


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, recent projects and the sample go to a folder of this test, never to the person's own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    return home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program opens no socket; a test that would is stopped."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("The program tried to open a network connection.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "bind", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def no_window_stays() -> Iterator[None]:
    """What a test leaves to be deleted goes: without an event loop Qt would keep, and restyle, every window.

    The style sheet goes too: each window is made without one, as the first of a process is (`ui.stylesheet.follow`).
    """
    yield
    core, widgets = sys.modules.get("PySide6.QtCore"), sys.modules.get("PySide6.QtWidgets")
    app = core.QCoreApplication.instance() if core is not None else None
    if core is None or app is None:
        return
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    if widgets is not None and isinstance(app, widgets.QApplication) and app.styleSheet():
        app.setStyleSheet("")
