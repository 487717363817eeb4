"""Choosing files and folders: the one place that opens the desktop's own dialogs. Tests give another Chooser."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


class Chooser:
    """Asks a person for paths; an empty answer means that the person thought better of it."""

    def files(self, parent: QWidget, title: str, filters: Iterable[str] = ()) -> list[Path]:
        """Existing files, one or more."""
        names, _ = QFileDialog.getOpenFileNames(parent, title, self._start(), ";;".join(filters))
        return self._remembered([Path(name) for name in names])

    def file(self, parent: QWidget, title: str, filters: Iterable[str] = ()) -> Path | None:
        """One existing file."""
        name, _ = QFileDialog.getOpenFileName(parent, title, self._start(), ";;".join(filters))
        return next(iter(self._remembered([Path(name)] if name else [])), None)

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """An existing folder."""
        name = QFileDialog.getExistingDirectory(parent, title, self._start())
        return next(iter(self._remembered([Path(name)] if name else [])), None)

    def destination(
        self, parent: QWidget, title: str, proposed: Path, filters: Iterable[str] = (), *, replaces: bool = True
    ) -> Path | None:
        """A file to be written. The desktop asks before it names one that exists, unless nothing is ever replaced."""
        options = QFileDialog.Option(0) if replaces else QFileDialog.Option.DontConfirmOverwrite
        name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), ";;".join(filters), options=options)
        return Path(name) if name else None

    _folder: Path | None = None  # where something was chosen last, by whichever sheet

    def _start(self) -> str:
        return str(self._folder or documents_folder())

    def _remembered(self, paths: list[Path]) -> list[Path]:
        if paths:
            Chooser._folder = paths[0].parent
        return paths


def documents_folder() -> Path:
    """The person's folder for documents, else the home folder."""
    named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(named) if named and Path(named).is_dir() else Path.home()
