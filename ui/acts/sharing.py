"""The team: its people, who codes what, packages out, work home, and when a round is closed."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations import assigning, coders, rounds
from annotator.operations.sharing import Shared
from annotator.operations.team import team
from annotator.operations.words import counted
from annotator.storage.project import Project

from ..background import Background
from ..desk import Desk
from ..dialogs.choosing import Chooser
from ..sharing.at_scale import AtScale
from ..sharing.coders_sheet import CodersSheet
from .act import Handler, plain

# The other sheets are imported when they are asked for: the window is there sooner.


class Sharing(QObject):
    """A sheet each; every act is one step that undo takes back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._coders: CodersSheet | None = None
        self.chooser: Chooser | None = None  # another one than the desktop's, in tests
        desk.documents.team_wanted.connect(self.show_team)
        desk.workspace.changed.connect(self._follow)
        self._scale = AtScale(desk, self)
        self._beside = Background(desk.workspace, self._cleared, self)
        desk.workspace.opened.connect(self._clear_away)
        if desk.workspace.is_open:
            self._clear_away()

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "coders": plain(self._of_lead(self.show_coders)),
            "assign": plain(self._of_lead(self.assign)),
            "share_package": plain(self._of_lead(self.share)),
            "close_round": plain(self._of_lead(self.close_round)),
            "team_states": plain(self._of_lead(lambda: self.show_team(not self._desk.documents.filter.of_team))),
            "send_work": plain(self.send),
        }

    def show_team(self, on: bool) -> None:
        """Show in the list how far each article is, or how far the coder at work is with it."""
        self._desk.documents.show_team(on)
        said = self.tr("The list shows how far each article is, with all who code it")
        mine = self.tr("The list shows how far you are with each article")
        self._desk.status.say(said if self._desk.documents.filter.of_team else mine)

    # ---- people

    def show_coders(self) -> None:
        """The people of the project."""
        sheet = self._coders = CodersSheet(self._desk.window)
        sheet.rename_requested.connect(lambda key, name: self._do(coders.rename_coder, key, name))
        sheet.add_requested.connect(self._add)
        sheet.merge_requested.connect(
            lambda into, absorbed: self._do(coders.merge_coders, into, [absorbed], coder=self._me())
        )
        sheet.split_requested.connect(lambda key: self._do(coders.split_coders, key, by=self._me()))
        sheet.closed.connect(self._forget_coders)
        self._show_people()
        sheet.present()

    def _add(self, name: str) -> None:
        self._do(lambda project: coders.add_coder(project, name)[1])
        if self._coders is not None:
            self._coders.choose(" ".join(name.split()))

    def _do(self, operation: Callable[..., Changes], *args: object, **named: object) -> None:
        workspace = self._desk.workspace
        sentence = workspace.attempt(lambda: operation(workspace.project, *args, **named))
        self._show_people()
        if self._coders is not None:
            self._coders.say(sentence)

    def _show_people(self) -> None:
        if self._coders is not None:
            self._coders.show_team(team(self._desk.workspace.project), self._me())

    def _follow(self, changes: Changes) -> None:
        if changes.coders or changes.everything:
            self._show_people()

    def _forget_coders(self) -> None:
        self._coders = None

    # ---- who codes what

    def assign(self) -> None:
        """Assign articles, or take them back."""
        from ..sharing.assign_sheet import AssignSheet
        from ..sharing.plan import Wish, carry_out, facts

        desk, me = self._desk, self._me()

        def do(wish: Wish, number: int) -> str | None:
            return self._scale.write(
                self.tr("Assigning"), number, lambda p, told: carry_out(p, wish, coder=me, progress=told)
            )

        def take_back(documents: tuple[int, ...], whose: tuple[int, ...]) -> str | None:
            return self._scale.write(
                self.tr("Taking back"),
                len(documents) * len(whose),
                lambda p, told: assigning.unassign(p, documents, whose, coder=me, progress=told),
            )

        self._scale.look(facts, lambda found: AssignSheet(desk.window, desk.workspace, found, do, take_back).present())

    # ---- packages and rounds

    def share(self) -> None:
        """Write packages for coders."""
        from ..sharing.package_sheet import PackageSheet

        sheet = PackageSheet(self._desk.window, self._desk.workspace, self.chooser)
        sheet.wrote.connect(self._say_shared)
        sheet.present()

    def send(self) -> None:
        """Write a copy of one's own work, to be sent home."""
        from ..sharing.send_sheet import SendSheet

        coder = self._me()
        if coder is None:
            self._desk.status.say(self.tr("Say first who codes: your name stands in the foot line"), role="warn")
            return
        sheet = SendSheet(self._desk.window, self._desk.workspace, coder, self.chooser)
        sheet.wrote.connect(self._say_sent)
        sheet.present()

    def close_round(self) -> None:
        """Close the round of articles that all their coders have finished."""
        from ..sharing.rounds_sheet import RoundsSheet, standing

        desk = self._desk

        def close(documents: list[int]) -> str | None:
            lead = desk.workspace.ensure_coder()
            if lead is None:
                return self.tr("Say first who codes: your name stands in the foot line")
            return self._scale.write(
                self.tr("Closing the round"),
                len(documents),
                lambda p, told: rounds.close_round(p, documents, lead, progress=told),
            )

        self._scale.look(standing, lambda found: RoundsSheet(desk.window, desk.workspace, found, close).present())

    def _say_shared(self, made: list[Shared]) -> None:
        packages = counted(len(made), self.tr("package"), self.tr("packages"))
        told = self.tr("Wrote {packages} into {folder}").format(packages=packages, folder=made[0].path.parent)
        self._desk.status.say(told, role="ok")

    def _say_sent(self, made: list[Shared]) -> None:
        self._desk.status.say(self.tr("Your work lies in {path}").format(path=made[0].path), role="ok")

    # ---- inside

    def _clear_away(self) -> None:
        """Killed merges may have left hidden copies beside the project."""
        if not self._desk.workspace.project.read_only:
            self._beside.ask(_clear_away)

    def _cleared(self, _: object) -> None:
        """Nothing to say: nobody has seen them."""

    def _me(self) -> int | None:
        coder = self._desk.workspace.coder
        return coder.key if coder else None

    def _of_lead(self, act: Callable[[], object]) -> Callable[[], object]:
        """The same, but in a coder's package one sentence."""

        def run() -> None:
            if self._desk.workspace.project.is_package:
                self._desk.status.say(self.tr("This belongs to the lead’s project; this is your package"), role="warn")
                return
            try:
                act()
            except AnnotatorError as error:
                self._desk.status.say(str(error), role="bad")

        return run


def _clear_away(project: Project) -> None:
    from annotator.operations.merge_sources import clear_away  # with all that merging needs

    clear_away(project.path.parent)
