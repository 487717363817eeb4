"""Find out by loading it which shared libraries Qt lacks, and install them or name the command that does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# Shared library → Debian package. What these packages depend on comes along with them.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "a font": "fonts-dejavu-core",
}
NO_FONT = 3
PLUGINS = "Qt/plugins/platforms/libq{}.so"
# argv: the platform plugins of which one must load. The window itself starts offscreen: a display may be absent.
PROBE = f"""
import ctypes, os, pathlib, sys
import PySide6, PySide6.QtSvg
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
app = QApplication([])
if not QFontMetrics(app.font()).inFont("M"):
    os._exit({NO_FONT})
folder = pathlib.Path(PySide6.__file__).parent
failed = []
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(str(folder / {PLUGINS!r}.format(name)), os.RTLD_NOW)
        break
    except OSError as error:
        failed.append(str(error))
else:
    if failed:
        sys.exit(failed[0])
os._exit(0)
"""


class SetupError(Exception):
    """One sentence for the person at the terminal: what is missing and, where it is known, the command that helps."""


def make_qt_load(python: Path, platform: str) -> None:
    """Return when Qt starts under this Python; install what it lacks where that is possible without asking."""
    plugins = _plugins(platform)
    lacking = _lacking(python, plugins)
    if not lacking:
        return
    packages = sorted({PACKAGES[name] for name in lacking if name in PACKAGES})
    if not packages or not shutil.which("apt-get"):
        raise SetupError(f"Qt cannot start here: install what provides {', '.join(lacking)}.")
    if not (hasattr(os, "geteuid") and os.geteuid() == 0):
        command = f"sudo apt-get install -y {' '.join(packages)}"
        raise SetupError(f"Qt needs shared libraries that are missing here; this installs them: {command}")
    _install(packages)
    lacking = _lacking(python, plugins)
    if lacking:
        raise SetupError(f"Qt still cannot start: install what provides {', '.join(lacking)}.")


def has_display() -> bool:
    """Whether a window can be seen from here."""
    return not sys.platform.startswith("linux") or any(map(os.environ.get, ("WAYLAND_DISPLAY", "DISPLAY")))


def _plugins(platform: str) -> list[str]:
    """The platform plugins of which one must load, the best first."""
    if platform != "window":
        return [] if platform == "offscreen" else [platform]
    of_display = (("DISPLAY", "xcb"), ("WAYLAND_DISPLAY", "wayland"))
    return [plugin for name, plugin in of_display if sys.platform.startswith("linux") and os.environ.get(name)]


def _lacking(python: Path, plugins: Sequence[str]) -> list[str]:
    """Names of the shared libraries that Qt cannot load, or the loader's own sentence where no library is named."""
    probe = subprocess.run(
        [python, "-I", "-c", PROBE, *plugins],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
    )
    if probe.returncode == 0:
        return []
    if probe.returncode == NO_FONT:
        return ["a font"]
    missing = _missing_by_ldd(python, plugins)
    if not missing:
        missing = set(re.findall(r"(\S+\.so[.\d]*): cannot open shared object file", probe.stderr))
    said = probe.stderr.strip().splitlines() or [f"exit code {probe.returncode}"]
    return sorted(missing) or [f"this: {said[-1].rstrip('.')}"]


def _missing_by_ldd(python: Path, plugins: Sequence[str]) -> set[str]:
    """What the loader does not find, of all libraries at once; the probe names only the first."""
    if not shutil.which("ldd"):
        return set()
    package = next((python.parent.parent / "lib").glob("python*/site-packages/PySide6"), None)
    if package is None:
        return set()
    modules = [next(package.glob(f"{name}.*.so")) for name in ("QtGui", "QtSvg", "QtWidgets")]
    files = [*modules, *(package / PLUGINS.format(name) for name in ("offscreen", *plugins[:1]))]
    listed = subprocess.run(["ldd", *files], capture_output=True, text=True).stdout
    return set(re.findall(r"(\S+) => not found", listed))


def _install(packages: list[str]) -> None:
    print(f"Installing what Qt needs: {' '.join(packages)}.", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["install", "-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", *packages]
    for arguments in (["update", "-qq"], install):
        done = subprocess.run(["apt-get", *arguments], env=quiet, capture_output=True, text=True)
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or ["apt-get gave no reason"])[-1].rstrip(".")
        raise SetupError(f"The packages that Qt needs could not be installed: {said}.")
