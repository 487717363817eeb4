"""The codebook editor: open it, save a version, retire or map a tag, files in and out; a span as an example."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.codebook import Codebook
from annotator.model.codebook_edit import with_example, with_retired
from annotator.operations import codebook_examples, codebook_mapping, codebook_versions, history
from annotator.operations.words import counted
from annotator.storage import queries, relation_queries
from annotator.storage.history import next_redo, next_undo

from ..codebook.draft import Draft
from ..desk import Desk
from ..dialogs.choosing import Chooser, documents_folder
from ..jobs import on_project
from .act import Handler, plain

if TYPE_CHECKING:
    from ..codebook.edit_page import Usage
    from ..codebook.sheet import CodebookSheet

# The editor itself and what reads files are imported when they are asked for: the window is there sooner.

DRAFT = "codebook_draft"  # among what is remembered of a project's place
MANY = 2_000  # annotations from which a tag is mapped beside the window


class CodebookEditing(QObject):
    """The draft outlives the sheet: closing it loses nothing, and what is not saved is there after a restart."""

    def __init__(self, desk: Desk, chooser: Chooser | None = None) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self.chooser = chooser or Chooser()
        self.draft: Draft | None = None
        self.sheet: CodebookSheet | None = None
        self._change: Callable[[Codebook], Codebook] | None = None  # being made in the project at this moment
        self._own: int | None = None  # the latest step of the history that was made here
        desk.workspace.changed.connect(self._follow)
        desk.workspace.closing.connect(self._keep)
        desk.workspace.closed.connect(self._forget)

    def handlers(self) -> Mapping[str, Handler]:
        return {"codebook": plain(self.show), "use_as_example": plain(self.use_as_example)}

    def show(self) -> None:
        """Open the editor, at the tag of the annotation at hand if there is one."""
        desk = self._desk
        draft = self._begin()
        if draft is None or self.sheet is not None:
            return
        from ..codebook.sheet import CodebookSheet

        save = desk.keymap.keys_for("saved")
        sheet = self.sheet = CodebookSheet(desk.window, desk.workspace, draft, save[0] if save else "")
        sheet.save_wanted.connect(self._save)
        sheet.retire_wanted.connect(self._ask_retire)
        sheet.import_wanted.connect(self._take_in)
        sheet.export_wanted.connect(self._write_out)
        sheet.step_wanted.connect(self._step)
        sheet.closed.connect(self._left)
        sheet.show_draft(self._usage())
        annotation = desk.document.annotation(desk.document.current)
        if annotation is not None and draft.book.tag(annotation.tag) is not None:
            sheet.edit.turn_to(f"tag:{annotation.tag}")
        sheet.present()

    def use_as_example(self) -> None:
        """Put the annotation at hand among the examples of its tag: a version of its own, which undo takes back."""
        desk, workspace = self._desk, self._desk.workspace
        key = desk.document.current
        annotation = desk.document.annotation(key)
        if key is None or annotation is None:
            desk.status.say(self.tr("First go to an annotation, then use it as an example"), role="warn")
            return
        try:
            tag, example = codebook_examples.example_of(workspace.project, key)
        except AnnotatorError as error:  # another window deleted it a moment ago
            desk.status.say(str(error), role="warn")
            return

        def change(book: Codebook) -> Codebook:
            return with_example(book, tag, example)

        with_change = self._during(change)
        with_change(lambda: workspace.do(codebook_examples.use_as_example, key, coder=self._coder))

    # ---- the draft

    @property
    def _coder(self) -> int | None:
        return self._desk.workspace.coder.key if self._desk.workspace.coder else None

    def _begin(self) -> Draft | None:
        """The draft of the open project, with what was not saved the last time."""
        workspace = self._desk.workspace
        if self.draft is None and workspace.codebook is not None:
            self.draft = Draft(workspace.codebook, self)
            kept = workspace.settings.place(workspace.project.meta("project")).get(DRAFT)
            self.draft.restore(kept if isinstance(kept, str) else "")
        return self.draft

    def _during(self, change: Callable[[Codebook], Codebook]) -> Callable[[Callable[[], object]], object]:
        """Runs what makes a version of its own in such a way that an unsaved draft gets the same change."""

        def run(act: Callable[[], object]) -> object:
            self._begin()  # one that was kept at the last closing too
            self._change = change
            try:
                return act()
            finally:
                self._change = None

        return run

    def _follow(self, changes: Changes) -> None:
        """The project has other versions now."""
        if self.draft is None or not (changes.codebook or changes.everything):
            return
        current = self._desk.workspace.codebook
        if current is not None:
            self.draft.follow(current, self._change)
        if self.sheet is not None:
            self.sheet.show_draft(self._usage())

    def _usage(self) -> "Usage":
        from ..codebook.edit_page import Usage

        project = self._desk.workspace.project
        return Usage(queries.tags_in_use(project), relation_queries.types_in_use(project))

    def _left(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
            self.sheet = None
        self._keep()
        if self.draft is not None and self.draft.is_dirty:
            keys = self._desk.keymap.keys_for("codebook")
            told = self.tr("The changes to the codebook are kept, and not saved as a version yet")
            self._desk.status.say(told, actions=[(self.tr("Go on"), keys[0] if keys else "", self.show)])

    def _keep(self) -> None:
        workspace = self._desk.workspace
        if self.draft is not None and workspace.is_open:
            workspace.settings.set_place(workspace.project.meta("project"), {DRAFT: self.draft.kept()})

    def _forget(self) -> None:
        self.draft, self._own = None, None
        if self.sheet is not None:
            self.sheet.dismiss()

    # ---- what the sheet asks for

    def _save(self, version: str, note: str, marks: dict[str, str]) -> None:
        workspace, draft, sheet = self._desk.workspace, self.draft, self.sheet
        if draft is None or sheet is None:
            return
        book = replace(draft.book, version=version)
        sentence = workspace.attempt(
            lambda: codebook_versions.update_codebook(workspace.project, book, marks, note=note, coder=self._coder)
        )
        if sentence is not None:
            sheet.review.tell(sentence)
            return
        self._done(self.tr("Saved as version {n}. Undo takes it back.").format(n=version))
        sheet.review.forget()

    def _done(self, told: str) -> None:
        """Something was done to the project from here."""
        step = next_undo(self._desk.workspace.project, self._coder)
        self._own = step.key if step else None
        if self.sheet is not None:
            self.sheet.turn_to("edit")
            self.sheet.edit.list.setFocus()
            self.sheet.say(told, "ok")

    def _step(self, redo: bool) -> None:
        """Undo or redo in the project, but only what was done here: what is behind the sheet stays."""
        workspace, sheet = self._desk.workspace, self.sheet
        if sheet is None:
            return
        step = (next_redo if redo else next_undo)(workspace.project, self._coder)
        if step is None or step.key != self._own:
            nothing = self.tr("Nothing more to redo here") if redo else self.tr("Nothing more to undo here")
            sheet.say(nothing)
            return
        changes = workspace.do(history.redo if redo else history.undo, self._coder)
        if changes is None:
            sheet.say(self._desk.status.text, "warn")
            return
        after = (next_undo if redo else next_redo)(workspace.project, self._coder)
        self._own = after.key if after else None
        sheet.say(changes.said)

    def _ask_retire(self, tag_id: str) -> None:
        from ..codebook.retire_sheet import RetireSheet

        workspace = self._desk.workspace
        current = workspace.codebook
        tag = current.tag(tag_id) if current else None
        if current is None or tag is None:
            return

        def effect(to: str) -> codebook_mapping.Mapped:
            return codebook_mapping.what_mapping_does(workspace.project, tag_id, to)

        used = queries.tags_in_use(workspace.project).get(tag_id, 0)
        RetireSheet(self._desk.window, current, tag, used, effect, lambda to: self._retire(tag_id, to, used)).present()

    def _retire(self, tag_id: str, to: str, used: int) -> str | None:
        workspace, coder = self._desk.workspace, self._coder

        def change(book: Codebook) -> Codebook:
            return replace(with_retired(book, tag_id), version=book.version)

        def run() -> Changes:
            if not to:
                return codebook_mapping.retire_tag(workspace.project, tag_id, coder=coder)
            return codebook_mapping.map_tag(workspace.project, tag_id, to, coder=coder)

        if to and used > MANY:
            return self._map_beside(tag_id, to, change)
        sentence = self._during(change)(lambda: workspace.attempt(run))
        if sentence is None:
            self._done(self._desk.status.text)
        return str(sentence) if sentence is not None else None

    def _map_beside(self, tag_id: str, to: str, change: Callable[[Codebook], Codebook]) -> str | None:
        """Thousands are mapped beside the window."""
        path, coder = self._desk.workspace.project.path, self._coder
        work = on_project(path, lambda project, _: codebook_mapping.map_tag(project, tag_id, to, coder=coder))
        try:
            job = self._desk.jobs.start(self.tr("Mapping"), work)
        except AnnotatorError as error:
            return str(error)
        job.finished.connect(lambda changes: self._mapped(path, changes, change))
        job.failed.connect(self._failed)
        return None

    def _mapped(self, path: Path, changes: Changes, change: Callable[[Codebook], Codebook]) -> None:
        if self._during(change)(lambda: self._desk.workspace.take(changes, path)):
            self._desk.status.say("; ".join((changes.said, *changes.warnings)), undo=True)
            self._done(changes.said)

    def _failed(self, sentence: str) -> None:
        self._desk.status.say(sentence, role="warn")
        if self.sheet is not None:
            self.sheet.say(sentence, "bad")

    # ---- files

    def _take_in(self) -> None:
        """A codebook from a file becomes the draft: nothing is saved before its changes are seen."""
        from annotator.operations import codebook_files

        sheet, draft = self.sheet, self.draft
        if sheet is None or draft is None:
            return
        kinds = [self.tr("Codebook (*.yaml *.yml *.qdc *.qdpx)")]
        path = self.chooser.file(self._desk.window, self.tr("Import a codebook"), kinds)
        if path is None:
            return
        try:
            found = codebook_files.read_codebook_file(path, draft.base)
        except AnnotatorError as error:
            sheet.say(str(error), "bad")
            return
        draft.take(found.codebook, version=found.codebook.version)
        sheet.turn_to("review")
        sheet.review.note.setFocus()

    def _write_out(self) -> None:
        """Write the draft as it stands into a file."""
        from annotator.operations import codebook_files

        sheet, draft, workspace = self.sheet, self.draft, self._desk.workspace
        if sheet is None or draft is None:
            return
        folder = workspace.project.path.parent
        name = f"{draft.book.id}.yaml"
        proposed = (folder if folder.is_dir() else documents_folder()) / name
        kinds = [self.tr("Codebook (*.yaml)"), self.tr("For other programs, REFI-QDA (*.qdc)")]
        path = self.chooser.destination(self._desk.window, self.tr("Export the codebook"), proposed, kinds)
        if path is None:
            return
        path = path if path.suffix else path.with_name(path.name + ".yaml")
        try:
            lost = codebook_files.write_codebook(draft.book, Path(path))
        except AnnotatorError as error:
            sheet.say(str(error), "bad")
            return
        told = self.tr("Wrote {name}").format(name=path.name)
        if lost:
            number = counted(sum(lost.values()), self.tr("thing"), self.tr("things"))
            told += " · " + self.tr("{number} that this format cannot hold: {what}").format(
                number=number, what=", ".join(lost)
            )
        sheet.say(told, "ok")
