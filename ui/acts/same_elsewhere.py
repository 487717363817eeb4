"""Tag all the same: the other places of the words of an annotation, in this article or in all of them."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.operations.same_words import same_words, tag_same

from ..desk import Desk
from ..dialogs.same_sheet import EVERYWHERE, HERE, SameSheet
from ..jobs import on_project
from ..models.same_words import Place
from .act import Handler, plain

FEW = 100  # places that are tagged at once; more of them beside the window, with progress


class SameElsewhere(QObject):
    """O lists them; where this article has none left, the foot line says so, and O again looks through all."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._said: int | None = None  # the annotation of which this article has no other place
        desk.document.current_changed.connect(self._forget)

    def handlers(self) -> Mapping[str, Handler]:
        return {"same_elsewhere": plain(self.show)}

    def show(self) -> None:
        """List the other places of the words of the annotation at hand."""
        desk = self._desk
        annotation = desk.document.annotation(desk.document.current)
        if annotation is None:
            desk.status.say(self.tr("Tag these words first, or press N to choose an annotation"))
            return
        if self._said == annotation.key:
            self._open(annotation.key, EVERYWHERE)
            return
        try:
            found = list(same_words(desk.workspace.project, annotation.key))
        except AnnotatorError as error:
            desk.status.say(str(error), role="warn")
            return
        if any(not each.same for each in found):
            self._open(annotation.key, HERE)
            return
        self._said = annotation.key
        told = self.tr("Tagged everywhere in this article") if found else self.tr("Nowhere else in this article")
        key = next(iter(desk.keymap.keys_for("same_elsewhere")), "")
        desk.status.say(told, actions=[(self.tr("Look in all articles"), key, self.show)])

    def _open(self, annotation: int, scope: str) -> None:
        desk = self._desk
        found = desk.document.annotation(annotation)
        tag = desk.workspace.codebook.tag(found.tag) if desk.workspace.codebook and found else None
        if found is None or tag is None:
            return
        sheet = SameSheet(desk.window, desk.workspace.project.path, annotation, found.quote, tag.label, scope)
        sheet.setProperty("annotation", annotation)
        sheet.wanted.connect(self._tag)
        sheet.present()

    def _tag(self, places: list[Place]) -> None:
        desk, workspace = self._desk, self._desk.workspace
        sheet = self.sender()
        annotation = int(sheet.property("annotation")) if sheet is not None else 0
        if len(places) <= FEW:
            workspace.do(tag_same, annotation, places)
            return
        path = workspace.project.path
        try:
            job = desk.jobs.start(
                self.tr("Tagging"),
                on_project(path, lambda project, told: tag_same(project, annotation, places, progress=told)),
            )
        except AnnotatorError as error:
            desk.status.say(str(error), role="warn")
            return
        job.finished.connect(lambda changes: self._done(path, changes))
        job.failed.connect(lambda sentence: desk.status.say(sentence, role="warn"))

    def _done(self, path: Path, changes: Changes) -> None:
        if self._desk.workspace.take(changes, path):
            self._desk.status.say(changes.said, undo=True)

    def _forget(self, key: object) -> None:
        if key != self._said:
            self._said = None
