"""The window's one door to the core: runs operations, says how they ended, and tells every part what changed."""

import getpass
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.errors import AnnotatorError, Busy, NotSaved
from annotator.model.changes import Changes
from annotator.model.codebook import Codebook
from annotator.model.rows import Coder
from annotator.settings import Settings
from annotator.storage import queries
from annotator.storage.project import Project

from .afterwards import Afterwards

P = ParamSpec("P")
Operation = Callable[Concatenate[Project, P], Changes]

PATIENCE = 20  # milliseconds a key press may wait for another writer before it is drawn "not yet saved"
LAST_PATIENCE = 5_000  # milliseconds that closing waits for another writer
RETRY = 15  # milliseconds between tries of what waits
POLL = 700  # milliseconds between looks at what other programs wrote


@dataclass(frozen=True)
class Waiting:
    """An operation that waits for another writer to finish; `number` names it until it is done."""

    number: int
    run: Callable[[], Changes]
    after: Callable[[Changes], None] | None
    given_up: Callable[[], None] | None


class Workspace(QObject):
    """The open project, who codes, and which document and annotation are at hand."""

    opened = Signal()
    closing = Signal()  # the project can still be read and written
    closed = Signal()
    changed = Signal(object)  # Changes
    said = Signal(object)  # Changes whose sentence is worth showing
    failed = Signal(str, bool)  # a sentence; whether something was not saved
    coder_changed = Signal()
    waiting_changed = Signal(int)  # how many operations wait to be written
    name_wanted = Signal(str)  # the first tag was set under this proposed name
    document_changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.coder: Coder | None = None
        self.document: int | None = None
        self.quiet_poll = False  # set while this window's own long work writes
        self._project: Project | None = None
        self._seen = 0
        self._numbers = 0
        self._waiting: list[Waiting] = []
        self._turn = ExitStack()
        self.afterwards = Afterwards(self)
        self._retry = QTimer(self, interval=RETRY)
        self._retry.timeout.connect(self._try_waiting)
        self._poll = QTimer(self, interval=POLL)
        self._poll.timeout.connect(self.look_for_changes)

    # ---- the project

    @property
    def project(self) -> Project:
        """The open project; only to be asked for while `is_open`."""
        assert self._project is not None
        return self._project

    @property
    def is_open(self) -> bool:
        """Whether a project is open."""
        return self._project is not None

    @property
    def is_sample(self) -> bool:
        """Whether the open project is the sample, which asks for no name."""
        return self.is_open and self.project.meta("kind") == "sample"

    @property
    def codebook(self) -> Codebook | None:
        """The current codebook of the open project."""
        version = queries.codebook_version(self.project) if self.is_open else None
        return version[1] if version else None

    def open(self, path: Path | str) -> None:
        """Open a project in place of the one that is open. Raises AnnotatorError; then the old one stays."""
        if not self.save_waiting():
            raise Busy("Another program is writing to the open project, and its last tags are not saved yet.")
        project = Project.open(path)
        self.close()
        project.set_patience(PATIENCE)
        self._project = project
        self._seen = project.version()
        self._choose_coder()
        self._poll.start()
        self.opened.emit()

    def close(self) -> None:
        """Close the open project, if there is one. What cannot be saved even now is lost: see `save_waiting` first."""
        if not self.is_open:
            return
        self.closing.emit()
        self._poll.stop()
        self.save_waiting()
        self._retry.stop()
        self._waiting.clear()
        self._turn.close()
        self.project.close()
        self._project, self.coder, self.document = None, None, None
        self.closed.emit()

    # ---- operations

    def do(self, operation: Operation[P], *args: P.args, **kwargs: P.kwargs) -> Changes | None:
        """Run an operation. A known fault becomes one sentence and None; success tells every part of the window."""
        return self.do_patiently(lambda: operation(self.project, *args, **kwargs))

    def attempt(self, run: Callable[[], Changes]) -> str | None:
        """As `do`, but a value that cannot be is told to the caller, who shows the sentence where it was written."""
        try:
            self._done(run())
        except (Busy, NotSaved):
            self.do_patiently(run)
        except AnnotatorError as error:
            return str(error)
        return None

    def do_patiently(
        self,
        run: Callable[[], Changes],
        *,
        waits: Callable[[int], None] | None = None,
        after: Callable[[Changes], None] | None = None,
        given_up: Callable[[], None] | None = None,
    ) -> Changes | None:
        """As `do`, for a prepared operation. While another writer is at work it is tried again and again: `waits` is
        told its number at once, `after` the outcome, `given_up` if it failed for good."""
        if not self._waiting:
            try:
                return self._done(run(), after)
            except Busy:
                pass
            except AnnotatorError as error:
                self._tell_failure(error)
                if given_up:
                    given_up()
                return None
        self._numbers += 1
        if not self._waiting:
            self._turn.enter_context(self.project.turn())
        self._waiting.append(Waiting(self._numbers, run, after, given_up))
        self._retry.start()
        if waits:
            waits(self._numbers)
        self.waiting_changed.emit(len(self._waiting))
        return None

    @property
    def unsaved(self) -> int:
        """How many operations wait to be written."""
        return len(self._waiting)

    def tell(self, changes: Changes) -> None:
        """Tell every part of the window what an operation did, for those who ran it themselves."""
        self._follow_coder(changes)
        self.changed.emit(changes)
        if changes.said:
            self.said.emit(changes)

    def _done(self, changes: Changes, after: Callable[[Changes], None] | None = None) -> Changes:
        if after:
            after(changes)
        self.tell(changes)
        return changes

    def _try_waiting(self) -> None:
        while self._waiting:
            first = self._waiting[0]
            try:
                # The person has gone on meanwhile: neither caret nor document go back to where it was.
                changes = replace(first.run(), current=None, document=None)
            except Busy:
                return
            except AnnotatorError as error:
                self._waiting.pop(0)
                self._tell_failure(error)
                if first.given_up:
                    first.given_up()
            else:
                self._waiting.pop(0)
                self._done(changes, first.after)
            self.waiting_changed.emit(len(self._waiting))
        self._retry.stop()
        self._turn.close()

    def save_waiting(self) -> bool:
        """Wait for the other writer, up to LAST_PATIENCE, and write what waits; whether nothing waits any more."""
        if self._waiting:
            self.project.set_patience(LAST_PATIENCE)
            self._try_waiting()
            self.project.set_patience(PATIENCE)
        return not self._waiting

    def _tell_failure(self, error: AnnotatorError) -> None:
        self.failed.emit(str(error), isinstance(error, NotSaved))

    def take(self, changes: Changes, path: Path) -> bool:
        """Show what long work of this window wrote with a connection of its own; False if its project is left."""
        if not self.is_open or self.project.path != path:
            return False
        self._seen = self.project.version()
        self._follow_coder(changes)
        self.changed.emit(changes)
        return True

    def look_for_changes(self) -> None:
        """See whether another window or program wrote to the file, and show it."""
        if not self.is_open or self.quiet_poll:
            return
        try:
            version = self.project.version()
        except AnnotatorError:
            return  # the next act says what is wrong
        if version != self._seen:
            self._seen = version
            changes = Changes("", everything=True, coders=True, codebook=True, undoable=False)
            self._follow_coder(changes)
            self.changed.emit(changes)

    # ---- who codes

    def _choose_coder(self) -> None:
        known = queries.coders(self.project)
        wanted = self.settings.place(self.project.meta("project")).get("coder")
        own = self.project.meta("coder")  # a package names the person it was made for
        self.coder = next((c for c in known if c.id in (own or wanted,)), None)

    def ensure_coder(self) -> int | None:
        """The key of the coder at work, as `coder_key`; a fault becomes one sentence and None."""
        try:
            return self.coder_key()
        except AnnotatorError as error:
            self._tell_failure(error)
            return None

    def coder_key(self) -> int:
        """The key of the coder at work. The first tag of a project is set under a proposed name, and asks for it.

        For use inside an operation: raises AnnotatorError, Busy too.
        """
        if self.coder is None:
            proposed = self.settings.get("name") or account_name()
            self._become(proposed)
            if not self.is_sample:
                self.name_wanted.emit(proposed)
        assert self.coder is not None
        return self.coder.key

    def become(self, name: str) -> bool:
        """Code as the person with this name, who is added to the project if need be."""
        try:
            self._become(name)
        except AnnotatorError as error:
            self._tell_failure(error)
            return False
        return True

    def _become(self, name: str) -> None:
        from annotator.operations import coders

        key, changes = coders.add_coder(self.project, name)
        self.coder = queries.coder(self.project, key)
        self._remember_coder()
        self._done(Changes("", coders=True, everything=changes.everything, undoable=False))
        self.coder_changed.emit()

    def rename(self, name: str) -> bool:
        """The coder at work is called otherwise. If the project knows that name, the work goes to that person."""
        from annotator.operations import coders

        if self.coder is None or self.coder.name == name:
            return True
        other = next((c for c in queries.coders(self.project) if c.name == " ".join(name.split())), None)
        if other is None:
            if self.do(coders.rename_coder, self.coder.key, name) is None:
                return False
            self.coder = queries.coder(self.project, self.coder.key)
        else:
            mine = queries.documents_of_coder(self.project, self.coder.key)
            if mine and self.do(coders.give_readings, mine, self.coder.key, other.key) is None:
                return False
            self.coder = other
        self._remember_coder()
        self.coder_changed.emit()
        return True

    def switch(self, name: str) -> bool:
        """Another coder of the project is at work from now on. A name that the project does not know is a correction
        of one's own. All work stays where it was done."""
        known = any(coder.name == name for coder in queries.coders(self.project))
        return self.become(name) if known or self.coder is None else self.rename(name)

    def _follow_coder(self, changes: Changes) -> None:
        """Whoever is called otherwise, or turned out to be one with another, goes on as that person."""
        if not changes.coders or self.coder is None:
            return
        now = _person(self.project, self.coder.key)
        if now is not None and now != self.coder:
            self.coder = now
            self._remember_coder()
            self.coder_changed.emit()

    def _remember_coder(self) -> None:
        if self.coder is not None:
            self.settings.set_place(self.project.meta("project"), {"coder": self.coder.id})

    # ---- which document

    def show_document(self, document: int | None) -> None:
        """Turn to a document."""
        if document != self.document:
            self.document = document
            self.document_changed.emit()

    def for_crash_report(self) -> dict[str, Any]:
        """What a crash report may say without telling a word of anybody's text."""
        return {"project open": self.is_open, "document open": self.document is not None, "waiting": self.unsaved}


def _person(project: Project, coder: int) -> Coder | None:
    from annotator.operations import team  # needed when people were merged or renamed, not at the start

    return team.person(project, coder)


def account_name() -> str:
    """What this computer calls the person, as a first guess."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # the last on Windows before Python 3.13
        return "Coder"
