"""Switch the log of timings on and off, and delete it. Off by default; what it holds stands in docs/guide/timing.md."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from ..desk import Desk
from ..timing_log import TimingLog, delete_timings, timing_file
from .act import Handler, plain


class Timing(QObject):
    """While it is on, "timing" stands in the foot line; a click there switches it off."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._log: TimingLog | None = None
        desk.status.timing_requested.connect(self.turn)
        desk.workspace.closing.connect(self._end)
        desk.workspace.opened.connect(self._begin)
        if desk.workspace.is_open:
            self._begin()

    def handlers(self) -> Mapping[str, Handler]:
        return {"timing_log": plain(self.turn), "delete_timings": plain(self.delete)}

    def turn(self) -> None:
        """Note timings from now on, or no more."""
        desk, on = self._desk, not self._desk.settings.get("timing")
        desk.settings.set("timing", on)
        if not on:
            self._end()
            desk.status.say(self.tr("Timings are not noted any more; the file stays until you delete it"))
            return
        self._begin()
        if self._log is not None:
            told = self.tr("From now on commands and their times are noted, and no text, on this computer only: {file}")
            desk.status.say(told.format(file=timing_file()), actions=[(self.tr("Do not"), "", self.turn)])

    def delete(self) -> None:
        """Delete what was noted; go on noting if that is on."""
        self._end()
        try:
            there = delete_timings()
        except OSError as error:
            self._desk.status.say(self._trouble(error.strerror or ""), role="warn")
            return
        finally:
            self._begin()
        told = self.tr("The log of timings is deleted") if there else self.tr("There is no log of timings")
        self._desk.status.say(told)

    # ---- inside

    def _begin(self) -> None:
        desk = self._desk
        if not desk.settings.get("timing") or self._log is not None:
            return
        try:
            self._log = TimingLog(desk)
        except OSError as error:
            self._broke(error.strerror or "")
            return
        self._log.broke.connect(self._broke)
        desk.status.set_timing(True)

    def _end(self) -> None:
        log, self._log = self._log, None
        if log is not None:
            log.end()
            log.deleteLater()
        self._desk.status.set_timing(False)

    def _broke(self, reason: str) -> None:
        self._desk.settings.set("timing", False)
        self._end()
        self._desk.status.say(self._trouble(reason), role="warn")

    def _trouble(self, reason: str) -> str:
        return self.tr("The log of timings cannot be written: {reason}").format(reason=reason)
