"""Says above the article why one's own coding of it cannot be changed, or that it was sent back and why."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from annotator.operations import rounds

from ..desk import Desk
from ..sharing.standing_line import StandingLine
from .act import Handler


class Standing(QObject):
    """Follows the open article; does nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._line = StandingLine()
        desk.code.lines.insertWidget(0, self._line)
        for signal in (desk.document.reset, desk.document.reading_changed):
            signal.connect(self._follow)
        desk.workspace.changed.connect(lambda changes: self._follow() if changes.everything else None)

    def handlers(self) -> Mapping[str, Handler]:
        return {}

    def _follow(self) -> None:
        workspace, reading = self._desk.workspace, self._desk.document.reading
        if not workspace.is_open or workspace.document is None or workspace.coder is None or reading is None:
            self._line.say("")
        elif reading.state == "returned":
            why = self.tr("Sent back to you: {note}") if reading.reason else self.tr("Sent back to you.")
            self._line.say(why.format(note=reading.reason), "arrow-u-up-left")
        elif rounds.is_read_only(workspace.project, workspace.document, workspace.coder.key):
            self._line.say(
                self.tr("In review: you can look at your coding. It can be changed again when it is sent back to you.")
            )
        else:
            self._line.say("")
