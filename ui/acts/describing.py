"""Fill in the attributes of annotations, one after the other, without a mouse."""

from collections import Counter
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, QTimer

from annotator.errors import AnnotatorError
from annotator.model.attributes import show
from annotator.model.changes import Changes
from annotator.model.entities import Entity
from annotator.model.field import Field
from annotator.model.span import Span
from annotator.operations import describing, mentions
from annotator.operations.entities import add_alias
from annotator.operations.naming_actors import name_actor
from annotator.storage import entity_queries

from ..article_view.units import sentence
from ..describe.choices import DIGITS, Choice, asks_for_actors
from ..desk import Desk
from .act import Handler, plain

LONGEST_NEW = 60  # characters of what is offered as the name of a new actor
PAUSE = 30  # milliseconds after which the form follows: the tag itself is painted first


class Describing(QObject):
    """The form in the details, and the pass through all annotations of the article."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._written: int | None = None  # the annotation that was written last
        self._form = form = desk.details.inspector.form
        self._soon = QTimer(self, interval=PAUSE, singleShot=True)
        self._soon.timeout.connect(self.refresh)
        desk.document.current_changed.connect(lambda _: self._soon.start())
        desk.document.put.connect(self._put)
        desk.document.reset.connect(self._soon.start)
        form.written.connect(self._write)
        form.toggled.connect(self._toggle)
        form.taken.connect(lambda name: self._do(describing.confirm_attribute, name))
        form.cleared.connect(lambda name: self._do(describing.clear_attribute, name, go_on=False))
        form.all_taken.connect(self._take_all)
        form.turned.connect(self.turn)
        form.offer(self._actors, self._names)
        form.focused.connect(self._stand_back)
        self._soon.start()

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
        desk.details.inspector.catch_up()
        self.refresh()
        if not self._form.begin():
            desk.details.inspector.edit_note()
            return
        told = self.tr(
            "A letter takes a value, Enter what is proposed or none, Shift+Enter all proposed; Esc leads back"
        )
        desk.status.say(told)

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
        self._stand_back()

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

    def _stand_back(self) -> None:
        """While one describes, all but the sentences at hand stand back."""
        article, key = self._desk.article, self._desk.document.current
        mark = article.mark(key) if key is not None and self._form.has_focus else None
        if mark is None:
            article.set_described(None)
            return
        text = article.text()
        first, last = sentence(text, mark.start), sentence(text, mark.end - 1)
        article.set_described(Span(min(first.start, mark.start), max(last.end, mark.end)))

    def _show(self, field: Field) -> str:
        return in_words_of(self._desk, field)

    def _put(self, key: int) -> None:
        if key == self._desk.document.current:
            self._soon.start()

    def _actors(self, field: Field) -> list[Choice]:
        """The actors that one key takes; the last makes a new one of the words that are tagged."""
        workspace, key = self._desk.workspace, self._desk.document.current
        annotation = self._desk.document.annotation(key)
        if key is None or annotation is None:
            return []
        known = entity_queries.registry(workspace.project)
        there = field.value if isinstance(field.value, list) else []
        members = [entity for each in there if (entity := known.main(str(each))) is not None]
        offered = list(dict.fromkeys([*members, *mentions.actor_choices(workspace.project, key)]))[: len(DIGITS)]
        twins = Counter(entity.name for entity in offered)
        choices = [
            Choice(entity.id, digit, _told_apart(entity) if twins[entity.name] > 1 else entity.name)
            for digit, entity in zip(DIGITS, offered, strict=False)
        ]
        words = " ".join(annotation.quote.split())
        if not known.exact(words) and len(words) <= LONGEST_NEW:
            choices.append(Choice(words, "0", self.tr("new: {name}").format(name=words)))
        return choices

    def _names(self, field: Field) -> list[str]:
        """What is known of the project where a field asks for actors or for a category."""
        project = self._desk.workspace.project
        if asks_for_actors(field):
            known = entity_queries.registry(project)
            return list(dict.fromkeys(name for entity in known.mains for name in known.names(entity)))
        return list(describing.categories(project, field.attribute.id)) if field.attribute.type == "category" else []

    def _write(self, name: str, words: str) -> None:
        field = self._form.current
        names_actor = field is not None and field.attribute.id == name and asks_for_actors(field)
        if self._do(name_actor if names_actor else describing.set_attribute, name, words) and names_actor:
            self._offer_name()

    def _toggle(self, name: str, member: str) -> None:
        field = self._form.current
        names_actor = field is not None and field.attribute.id == name and asks_for_actors(field)
        self._do(name_actor if names_actor else describing.toggle_member, name, member, go_on=False)

    def _offer_name(self) -> None:
        """Offer to keep the words as one more name of the actor, so that they are recognised in other articles too."""
        desk, said = self._desk, self._desk.status.text
        found = mentions.name_to_keep(desk.workspace.project, self._written) if self._written is not None else None
        if found is None:
            return
        entity, words = found
        coder = desk.workspace.coder.key if desk.workspace.coder else None
        offer = self.tr("Keep “{words}” as a name of it").format(words=words)
        keep = (offer, "", lambda: desk.workspace.do(add_alias, entity.id, words, coder=coder))
        desk.status.say(said, undo=True, actions=[keep])

    def _take_all(self) -> None:
        key = self._desk.document.current
        if key is not None:
            self._desk.workspace.do(describing.confirm_attributes, key)
            self.turn(1)

    def _do(self, operation: Callable[..., Changes], *values: str, go_on: bool = True) -> bool:
        """Run an operation on the current annotation and go on; False if it was refused, which the form shows."""
        workspace, key = self._desk.workspace, self._desk.document.current
        self._written = key
        if key is None:
            return False
        sentence = workspace.attempt(lambda: operation(workspace.project, key, *values))
        if sentence is not None:
            self._form.refuse(sentence)
            return False
        self.refresh()
        if go_on and not self._form.go_on():
            self.turn(1)
        return True


def in_words_of(desk: Desk, field: Field) -> str:
    """The value of a field as people of this article read it."""
    workspace = desk.workspace
    if field.value is None:
        return ""
    about, codebook = desk.document.about, workspace.codebook
    language = (about.language if about else "") or (codebook.language if codebook else "")
    context = describing.context_for(workspace.project, field.attribute, language=language)
    try:
        return show(field.value, field.attribute, context).replace("_", " ")
    except (AnnotatorError, TypeError, ValueError, AssertionError):
        return str(field.value)  # a file from elsewhere may hold anything there


def _told_apart(entity: Entity) -> str:
    """The name of an actor that shares it with another, with what tells them apart."""
    told = ", ".join(part for part in (entity.type.replace("_", " "), *entity.country, entity.note[:30]) if part)
    return f"{entity.name} ({told})" if told else entity.name
