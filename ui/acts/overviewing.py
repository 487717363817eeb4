"""Overview: open it, go back from it, and what of it has a command. The rest is made when somebody looks."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.operations import overview_settings

from ..desk import Desk
from ..keys.action import Context
from ..keys.registry import ACTIONS
from ..widgets.sheet import Sheet
from .act import Handler, plain

if TYPE_CHECKING:
    from ..dialogs.choosing import Chooser
    from ..overview.looking import Looking

VIEW = "overview"
_CONTEXTS = {action.id: action.context for action in ACTIONS}
# What acts on an article, which is not to be seen here.
_OF_ARTICLE = frozenset(
    {"next_document", "previous_document", "done_next", "set_aside", "article_details", "delete_article", "unsure"}
    | {"replace_text", "read_anew"}
    | {"use_as_example", "find", "find_next", "find_previous", "labelled", "hide_marks", "copy_reference", "rules"}
    | {"what_is_here", "filter_documents", "exact"}
)


class Overviewing(QObject):
    """Turns to Overview and back."""

    def __init__(self, desk: Desk, chooser: "Chooser | None" = None) -> None:
        super().__init__(desk.window)
        self._desk, self._chooser = desk, chooser
        self._looking: Looking | None = None
        desk.overview.made.connect(self._made)
        desk.workspace.opened.connect(self._opened)

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "view_overview": plain(self.open),
            "overview_report": plain(lambda: self.looking().save_report()),
            "copy_for_paper": plain(lambda: self.looking().copy_paper()),
        }

    def in_overview(self) -> Mapping[str, Handler]:
        """What commands that act everywhere do while one looks at the whole."""
        return {"back": plain(self.back)}

    def refuses(self, action: str) -> bool:
        """Say so, if a command belongs to another view."""
        acts_here = _CONTEXTS.get(action) not in (Context.CODE, Context.DESCRIBE, Context.REVIEW)
        if self._desk.views.current.id != VIEW or (acts_here and action not in _OF_ARTICLE):
            return False
        key = next(iter(self._desk.keymap.keys_for("view_code")), "")
        self._desk.status.say(self.tr("This belongs to Code: {key} leads there").format(key=key))
        return True

    def looking(self) -> "Looking":
        """What one does in Overview, made now if nobody has looked yet."""
        assert self._desk.overview.contents is not None
        assert self._looking is not None
        return self._looking

    def open(self) -> None:
        """Turn to Overview. A package holds one person's work alone."""
        if self._desk.workspace.project.meta("coder"):
            self._desk.status.say(self.tr("The overview is in the lead’s project"))
            return
        self._desk.views.show(VIEW)

    def back(self) -> None:
        """One step back: a sheet, the spans behind a cell, at last the article."""
        for sheet in reversed(self._desk.window.findChildren(Sheet)):
            if sheet.isVisible():
                sheet.dismiss()
                return
        if self._desk.overview.looked_into:
            self.looking().look_away()
        else:
            self._desk.views.show("code")

    def _made(self) -> None:
        from ..overview.looking import Looking

        self._looking = Looking(self._desk, self._chooser)

    def _opened(self) -> None:
        self._desk.overview.looked_into = False
        if overview_settings.shows_speed(self._desk.workspace.project):
            self._desk.workspace.afterwards.soon(self._tell_speed)

    def _tell_speed(self) -> None:
        self._desk.status.say(overview_settings.TOLD)
