"""Fill in the attributes of annotations, one after the other, without a mouse."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, QTimer

from annotator.errors import AnnotatorError
from annotator.model.attributes import show
from annotator.model.attributes.walk import Field
from annotator.model.changes import Changes
from annotator.operations import describing
from annotator.operations.naming_actors import name_actor
from annotator.storage import entity_queries

from ..desk import Desk
from .act import Handler, plain

PAUSE = 30  # milliseconds after which the form follows: the tag itself is painted first


class Describing(QObject):
    """The form in the details, and the pass through all annotations of the article."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._form = form = desk.details.inspector.form
        self._soon = QTimer(self, interval=PAUSE, singleShot=True)
        self._soon.timeout.connect(self.refresh)
        desk.document.current_changed.connect(lambda _: self._soon.start())
        desk.document.put.connect(self._put)
        desk.document.reset.connect(self._soon.start)
        form.written.connect(self._write)
        form.taken.connect(lambda name: self._do(describing.confirm_attribute, name))
        form.cleared.connect(lambda name: self._do(describing.clear_attribute, name, go_on=False))
        form.all_taken.connect(self._take_all)
        form.turned.connect(self.turn)
        form.offer_names(self._names)

    def handlers(self) -> Mapping[str, Handler]:
        return {"describe": plain(self.begin)}

    def begin(self) -> None:
        """Describe the current annotation, else the next one after the caret."""
        desk = self._desk
        if desk.document.current is None and desk.article.next_mark(1) is None:
            desk.status.say(self.tr("This article has no annotations yet"))
            return
        if desk.details.isHidden():
            desk.show_beside(desk.details)
        self.refresh()
        if not self._form.begin():
            desk.details.inspector.edit_note()

    def refresh(self) -> None:
        """Show the fields of the current annotation."""
        workspace, key = self._desk.workspace, self._desk.document.current
        self._soon.stop()
        try:
            found = describing.form(workspace.project, key) if key is not None and workspace.is_open else ()
        except AnnotatorError:
            found = ()  # its tag left the codebook: it can still be read, retagged or deleted
        self._form.show_fields(found, self._show)
        self._form.setVisible(bool(found))

    def turn(self, steps: int) -> None:
        """Turn to the next annotation and go on there; after the last one back to the article."""
        desk = self._desk
        order = [annotation.key for annotation in desk.document.annotations()]
        here = desk.document.current
        place = order.index(here) + steps if here in order else 0
        if not 0 <= place < len(order):
            desk.article.setFocus(Qt.FocusReason.OtherFocusReason)
            desk.status.say(self.tr("That was the last annotation") if steps > 0 else self.tr("That was the first"))
            return
        desk.article.set_current(order[place])
        self.refresh()
        if not self._form.begin():
            self.turn(steps)

    # ---- inside

    def _show(self, field: Field) -> str:
        workspace = self._desk.workspace
        if field.value is None:
            return ""
        about, codebook = self._desk.document.about, workspace.codebook
        language = (about.language if about else "") or (codebook.language if codebook else "")
        context = describing.context_for(workspace.project, field.attribute, language=language)
        try:
            return show(field.value, field.attribute, context).replace("_", " ")
        except (AnnotatorError, TypeError, ValueError):
            return str(field.value)  # a file from elsewhere may hold anything there

    def _put(self, key: int) -> None:
        if key == self._desk.document.current:
            self._soon.start()

    def _names(self) -> list[str]:
        """All names by which actors of the project are known."""
        known = entity_queries.registry(self._desk.workspace.project)
        return list(dict.fromkeys(name for entity in known.mains for name in known.names(entity)))

    def _write(self, name: str, words: str) -> None:
        field = self._form.current
        names_actor = field is not None and field.attribute.id == name and field.attribute.type == "entity"
        self._do(name_actor if names_actor else describing.set_attribute, name, words)

    def _take_all(self) -> None:
        key = self._desk.document.current
        if key is not None:
            self._desk.workspace.do(describing.confirm_attributes, key)
            self.turn(1)

    def _do(self, operation: Callable[..., Changes], *values: str, go_on: bool = True) -> None:
        workspace, key = self._desk.workspace, self._desk.document.current
        if key is None:
            return
        sentence = workspace.attempt(lambda: operation(workspace.project, key, *values))
        if sentence is not None:
            self._form.refuse(sentence)
            return
        self.refresh()
        if go_on and not self._form.go_on():
            self.turn(1)
