"""When the program has a bug: plain words first, what is safe, and the details for whoever is asked for them."""

import platform
import sys
import traceback
from types import TracebackType

import PySide6
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from annotator import __version__

from ..widgets.buttons import button
from ..widgets.labels import label
from ..widgets.sheet import Sheet
from ..workspace import Workspace

_KEPT = 5  # reports that are kept to be copied; a fault at every paint must not fill the memory


class CrashSheet(Sheet):
    """Says what happened and goes on. Further faults are added to the details of the sheet that is open."""

    def __init__(self, parent: QWidget, workspace: Workspace | None = None) -> None:
        content = QWidget()
        super().__init__(
            parent, QCoreApplication.translate("Crash", "Something went wrong in the program"), content, 640, leave=""
        )
        self._workspace = workspace
        self._reports: list[str] = []
        self._safe = label("", "strong", wrap=True)
        self._more = button(self.tr("Show details"), "ghost")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._unfold)
        self._copy = button(self.tr("Copy details"), on_click=self._copy_details)
        self._go_on = button(self.tr("Go on working"), "primary", on_click=self.dismiss)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setProperty("kind", "note")
        self._details.setAccessibleName(self.tr("Details"))
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._details.setMinimumHeight(200)
        self._details.setTabChangesFocus(True)
        self._details.hide()
        content.setFocusProxy(self._go_on)
        words = self.tr(
            "This is a fault of the program, not yours. What you did last may not have been done; try it again. "
            "If it comes back, close the program, open it anew, and send the details to whoever gave it to you. "
            "The details hold names of files and of parts of the program; read them before you send them."
        )
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._safe)
        column.addWidget(label(words, "second", wrap=True))
        column.addWidget(self._details, 1)
        foot = self.foot(self._go_on, self._copy)
        foot.insertWidget(0, self._more)
        column.addLayout(foot)

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Add a fault, and show the sheet if it is not on the screen."""
        if not self.isVisible():
            self._reports.clear()
            self._more.setChecked(False)
        if len(self._reports) < _KEPT:
            self._reports.append("".join(traceback.format_exception(kind, error, trace)))
        self._details.setPlainText("\n".join([self._about(), *self._reports]))
        self._safe.setText(self._what_is_safe())
        self.present()

    def _what_is_safe(self) -> str:
        waiting = self._workspace.unsaved if self._workspace is not None else 0
        if waiting:
            return self.tr(
                "Everything you tagged is saved, but for the last {count} changes, which still wait."
            ).format(count=waiting)
        return self.tr("Everything you tagged is saved.")

    def _about(self) -> str:
        lines = [f"Annotator {__version__}, Python {platform.python_version()}, PySide {PySide6.__version__}"]
        lines.append(f"{platform.platform()}, {QGuiApplication.platformName()}")
        if self._workspace is not None:
            lines += [f"{name}: {value}" for name, value in self._workspace.for_crash_report().items()]
        return "\n".join(lines) + "\n"

    def _unfold(self, shown: bool) -> None:
        self._details.setVisible(shown)
        self._more.say(self.tr("Hide details") if shown else self.tr("Show details"))

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
        self._copy.say(self.tr("Copied"))


def install_excepthook(window: QWidget, workspace: Workspace | None = None) -> None:
    """From now on a bug is shown in the window; standard error tells it too. Without a window it goes there alone."""
    usual = sys.excepthook
    sheet = CrashSheet(window, workspace)
    gone: list[bool] = []
    showing: list[bool] = []
    window.destroyed.connect(lambda: gone.append(True))

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        usual(kind, error, trace)
        in_time = QCoreApplication.instance() is not None and not gone
        if not issubclass(kind, Exception) or not in_time or not window.isVisible() or showing:
            return
        showing.append(True)  # a fault in the sheet itself must not call for another sheet
        try:
            sheet.report(kind, error, trace)
        finally:
            showing.clear()

    sys.excepthook = show
