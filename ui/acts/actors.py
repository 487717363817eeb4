"""The registry of actors: open and close its panel, merge, go to mentions, take it to a table and back."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.formats.report import Report
from annotator.model.changes import Changes
from annotator.operations import entities
from annotator.operations.entity_files import export_entities, import_entities
from annotator.operations.words import counted
from annotator.storage import entity_queries, queries
from annotator.storage.entity_queries import Mention
from annotator.storage.project import Project

from ..desk import Desk
from ..dialogs.choosing import Chooser, documents_folder
from ..dialogs.merge_sheet import MergeSheet
from ..dialogs.report_sheet import ReportSheet, worth_showing
from ..dialogs.split_sheet import SplitSheet
from ..jobs import Progress, on_project
from .act import Handler, plain


class Actors(QObject):
    """What the Actors panel asks for."""

    def __init__(self, desk: Desk, chooser: Chooser | None = None) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self.chooser = chooser or Chooser()
        panel = desk.actors
        panel.close_requested.connect(lambda: self.show(False))
        panel.merge_requested.connect(self.merge)
        panel.split_requested.connect(self.split)
        panel.mention_chosen.connect(self.go)
        panel.import_requested.connect(self.take_in)
        panel.export_requested.connect(self.write_out)

    def handlers(self) -> Mapping[str, Handler]:
        return {"actors": plain(lambda: self.show(not self._desk.actors.isVisible()))}

    def show(self, shown: bool) -> None:
        """Show the actors in place of the details, or the details again."""
        desk = self._desk
        desk.show_beside(desk.actors if shown else desk.details)
        if shown:
            desk.actors.begin()
        else:
            desk.focus_text()

    def go(self, mention: Mention) -> None:
        """Turn to a mention in its article; one of a colleague is shown by its words."""
        desk = self._desk
        desk.views.show("code")
        desk.workspace.show_document(mention.document)
        if desk.document.annotation(mention.annotation) is not None:
            desk.article.set_current(mention.annotation)
        else:
            desk.article.set_caret(mention.start)
            whose = queries.coder(desk.workspace.project, mention.coder)
            told = self.tr("This mention was tagged by {name}")
            desk.status.say(told.format(name=whose.name if whose else self.tr("somebody else")))
        desk.article.setFocus()

    def merge(self, entity_id: str) -> None:
        """Ask into whom, and merge."""
        workspace = self._desk.workspace
        entity = entity_queries.resolve(workspace.project, entity_id)
        if entity is None:
            return

        def merged(into: str) -> str | None:
            coder = workspace.coder.key if workspace.coder else None
            sentence = workspace.attempt(
                lambda: entities.merge_entities(workspace.project, into, [entity_id], coder=coder)
            )
            if sentence is None:
                self._desk.actors.choose(into)
            return sentence

        MergeSheet(self._desk.window, workspace, entity, merged).present()

    def split(self, entity_id: str) -> None:
        """Ask what is to be an actor of its own, and split it off."""
        workspace = self._desk.workspace
        known = entity_queries.registry(workspace.project)
        entity = known.main(entity_id)
        if entity is None:
            return

        def split(name: str, aliases: Sequence[str], annotations: Sequence[int]) -> str | None:
            made: list[str] = []
            coder = workspace.coder.key if workspace.coder else None

            def run() -> Changes:
                new, changes = entities.split_off(
                    workspace.project, entity_id, name, aliases=aliases, annotations=annotations, coder=coder
                )
                made.append(new)
                return changes

            sentence = workspace.attempt(run)
            if made:
                self._desk.actors.choose(made[-1])
            return sentence

        names = [alias for part in (entity, *known.absorbed(entity.id)) for alias in part.aliases]
        own = [each for each in self._desk.actors.mentions.all if self._is_mine(each)]
        SplitSheet(self._desk.window, entity, names, own, split).present()

    def _is_mine(self, mention: Mention) -> bool:
        coder = self._desk.workspace.coder
        return coder is not None and mention.coder == coder.key and mention.kind == "own"

    def take_in(self) -> None:
        """Bring the actors of a table into the project, beside the window, and show what was wrong with it."""
        desk, workspace = self._desk, self._desk.workspace
        path = self.chooser.file(desk.window, self.tr("Import actors"), [self.tr("Table (*.csv *.tsv *.txt)")])
        if path is None or not workspace.is_open:
            return
        coder, into = workspace.coder.key if workspace.coder else None, workspace.project.path

        def work(project: Project, progress: Progress) -> tuple[Changes, Report]:
            return import_entities(project, path, coder=coder, progress=progress)

        try:
            job = desk.jobs.start(self.tr("Importing actors"), on_project(into, work))
        except AnnotatorError as error:
            desk.status.say(str(error), role="warn")
            return
        job.finished.connect(lambda result: self._took(into, *result))
        job.failed.connect(lambda sentence: desk.status.say(sentence, role="warn"))
        job.cancelled.connect(lambda: desk.status.say(self.tr("Import stopped. No actor was added.")))

    def _took(self, into: Path, changes: Changes, report: Report) -> None:
        if not self._desk.workspace.take(changes, into):
            return
        self._desk.status.say("; ".join((changes.said, *changes.warnings)), undo=changes.undoable)
        if worth_showing(report):
            ReportSheet(self._desk.window, report).present()

    def write_out(self) -> None:
        """Write the actors into a table that spreadsheets open."""
        desk, workspace = self._desk, self._desk.workspace
        if not workspace.is_open:
            return
        folder = workspace.project.path.parent
        proposed = (folder if folder.is_dir() else documents_folder()) / self._file_name(workspace.project.path)
        kind = self.tr("Table (*.csv)")
        path = self.chooser.destination(desk.window, self.tr("Export actors"), proposed, [kind])
        if path is None:
            return
        path = path if path.suffix else path.with_name(path.name + ".csv")
        try:
            number = export_entities(workspace.project, path, bom=True)
        except AnnotatorError as error:
            desk.status.say(str(error), role="warn")
            return
        told = self.tr("Wrote {number} to {name}")
        many = counted(number, self.tr("actor"), self.tr("actors"))
        desk.status.say(told.format(number=many, name=path.name))

    def _file_name(self, project: Path) -> str:
        return project.stem + "-" + self.tr("actors") + ".csv"
