"""Who codes: asked beside the first tag, changed by a click on the name in the status line."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from annotator.model.rows import Coder
from annotator.operations import coders
from annotator.storage import queries

from ..desk import Desk
from ..widgets.name_line import NameLine
from ..widgets.sheet import Sheet
from .act import Handler


class Naming(QObject):
    """The first tag asks: its answer corrects the proposed name. A click later changes who codes from now on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._changing = False
        self._line = NameLine()
        self._line.hide()
        desk.code.lines.insertWidget(0, self._line)
        desk.workspace.opened.connect(self._opened)
        desk.workspace.coder_changed.connect(self._show)
        desk.workspace.name_wanted.connect(self._ask)
        desk.status.coder_requested.connect(self.change)
        self._line.confirmed.connect(self._take)
        self._line.dismissed.connect(self._line.hide)

    def handlers(self) -> Mapping[str, Handler]:
        return {}

    def change(self) -> None:
        """Ask who codes from now on; the coders of the project are offered as one types."""
        coder = self._desk.workspace.coder
        self._ask(coder.name if coder else self._desk.settings.get("name"))
        self._changing = True
        self._line.focus_field()

    def ask_at_start(self, then: Callable[[], object]) -> None:
        """On the start page: the name that is proposed in projects to come; `then` is told when it has changed."""
        line = NameLine(closes=False)
        sheet = Sheet(self._desk.window, self.tr("Who codes"), line, 520, leave="cancel")
        line.offer(self._desk.settings.get("name"))

        def take(name: str) -> None:
            self._desk.settings.set("name", name)
            then()
            sheet.dismiss()

        line.confirmed.connect(take)
        line.dismissed.connect(sheet.dismiss)
        sheet.closed.connect(sheet.deleteLater)
        sheet.present()
        line.focus_field()

    # ---- inside

    def _opened(self) -> None:
        self._line.hide()
        self._show()

    def _show(self) -> None:
        coder = self._desk.workspace.coder
        self._desk.status.set_coder(coder.name if coder else "")

    def _ask(self, proposed: str) -> None:
        self._changing = False
        known = [coder.name for coder in queries.coders(self._desk.workspace.project)]
        self._line.offer(proposed, known, next(iter(self._desk.keymap.keys_for("previous_pane")), ""))

    def _take(self, name: str) -> None:
        name, workspace = " ".join(name.split()), self._desk.workspace
        before = workspace.coder
        if not (workspace.switch(name) if self._changing else workspace.rename(name)):
            return
        if not workspace.is_sample:
            self._desk.settings.set("name", name)
        self._line.hide()
        self._desk.focus_text()
        if self._changing and before is not None and workspace.coder is not None and before.key != workspace.coder.key:
            self._offer_work(before, workspace.coder)

    def _offer_work(self, before: Coder, now: Coder) -> None:
        """Whoever worked under a colleague's name by mistake takes that work along."""
        workspace = self._desk.workspace
        mine = queries.documents_of_coder(workspace.project, before.key)
        told = self.tr("You code as {name}").format(name=now.name)
        if not mine:
            self._desk.status.say(told)
            return
        words = self.tr("Give {name} the work of {before}").format(name=now.name, before=before.name)
        self._desk.status.say(
            told, actions=[(words, "", lambda: workspace.do(coders.give_readings, mine, before.key, now.key))]
        )
