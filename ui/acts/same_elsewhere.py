"""Tag all the same: the other places of the words of an annotation, in this article or in all of them."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.operations.same_words import same_words, tag_same

from ..desk import Desk
from ..dialogs.same_sheet import EVERYWHERE, HERE, SameSheet
from ..models.same_words import Place
from .act import Handler, plain
from .many import Many


class SameElsewhere(QObject):
    """O lists them; where this article has none left, the foot line says so, and O again looks through all."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk, self._many = desk, Many(desk)
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
        sheet = self.sender()
        annotation = int(sheet.property("annotation")) if sheet is not None else 0
        self._many.do(
            self.tr("Tagging"),
            len(places),
            lambda project, progress: tag_same(project, annotation, places, progress=progress),
        )

    def _forget(self, key: object) -> None:
        if key != self._said:
            self._said = None
