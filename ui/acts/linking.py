"""Link annotations: one key for the source, one letter for the annotation it leads to."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu

from annotator.model.changes import Changes
from annotator.model.codebook import RelationType
from annotator.model.field import short_name
from annotator.model.relations import Relation
from annotator.operations import relations
from annotator.operations.describing_links import clear_link_attribute, link_form, set_link_attribute
from annotator.storage import relation_queries

from ..describe.link_form import LinkForm
from ..describe.links import LinkRow
from ..describe.overlay import Hint, Overlay
from ..desk import Desk
from ..keys.dispatcher import Press
from ..widgets.labels import plain_caption
from .act import Handler, plain
from .describing import PAUSE, in_words_of

MODE = "link"
KINDS_MODE = "link kind"
LETTERS = "fjdksaghlrueiwotyvncmbpqz"  # the nearest candidates get the keys under the fingers
SOURCE = "source"
PAGES = {"PgUp": -1, "PgDown": 1}
PAGE = 0.85  # of what is in sight, so that the last lines stay for the eye


class Linking(QObject):
    """Letters appear on the annotations in sight; the first one is taken by Space as well."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._overlay = Overlay(desk.article)
        self._kind: RelationType | None = None
        self._found: list[int] = []  # what it may lead to, the most plausible first
        self._described: int | None = None  # the link whose fields are open
        self._soon = QTimer(self, interval=PAUSE, singleShot=True)
        self._soon.timeout.connect(self.refresh)
        links = desk.details.inspector.links
        links.go_requested.connect(lambda key: desk.article.set_current(key))
        links.remove_requested.connect(self.remove)
        links.add_requested.connect(self.offer_kinds)
        self._overlay.clicked.connect(self.click)
        desk.article.verticalScrollBar().valueChanged.connect(self._scrolled)
        links.describe_requested.connect(self.describe)
        self._connect(links.form)
        desk.document.current_changed.connect(self._turned)
        desk.document.put.connect(lambda _: self._soon.start())
        desk.document.reset.connect(self._soon.start)
        self._soon.start()

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "link_source": plain(lambda: self.begin(SOURCE)),
            "link": plain(self.choose_kind),
            "link_kind": lambda kind: self.begin(str(kind)),
            "links": plain(self.go_to_links),
            "take_hint": self.take,
            "scroll_hints": self.scroll,
            "drop_hints": plain(self.drop),
        }

    def choose_kind(self) -> None:
        """Ask which kind of link, by one letter; where only one can begin here, it is that one."""
        desk, key = self._desk, self._desk.document.current
        if key is None:
            self._nothing_chosen()
            return
        kinds = self._kinds()
        if not kinds:
            desk.status.say(self.tr("No link begins at this tag"))
            return
        if len(kinds) == 1:
            self.begin(kinds[0].id)
            return
        letters = letters_of(kinds)
        self._end()
        desk.article.setFocus(Qt.FocusReason.OtherFocusReason)
        presses = {letter: Press("link_kind", kind.id) for letter, kind in letters.items()}
        desk.dispatcher.push_mode(KINDS_MODE, {**presses, "Esc": Press("drop_hints")})
        told = " · ".join(f"{letter.upper()} {kind.label}" for letter, kind in letters.items())
        desk.status.say(self.tr("Which link? {kinds}").format(kinds=told))

    def offer_kinds(self, place: QPoint) -> None:
        """Ask which kind of link in a menu: who comes by the mouse stays with it."""
        kinds = self._kinds()
        if len(kinds) < 2:
            self.choose_kind()
            return
        menu = QMenu(self._desk.window)
        for letter, kind in letters_of(kinds).items():
            entry = menu.addAction(f"{plain_caption(kind.label)}\t{letter.upper()}")
            entry.triggered.connect(lambda _=False, each=kind.id: self.begin(each))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _kinds(self) -> tuple[RelationType, ...]:
        """The kinds of link that may begin at the annotation at hand."""
        key = self._desk.document.current
        return relations.kinds_from(self._desk.workspace.project, key) if key is not None else ()

    def begin(self, kind: str) -> None:
        """Put letters on the annotations that a link of this kind may lead to, the most plausible first."""
        desk, key = self._desk, self._desk.document.current
        self._end()
        if key is None:
            self._nothing_chosen()
            return
        codebook = desk.workspace.codebook
        self._kind = codebook.relation(kind) if codebook else None
        self._found = relations.candidates(desk.workspace.project, key, kind) if self._kind else []
        if self._kind is None or not self._found:
            desk.status.say(self.tr("Nothing in this article that this could be linked to: tag it first"))
            return
        if not self._in_sight():
            nearest = desk.document.annotation(self._found[0])
            desk.article.reveal(nearest.outer.start if nearest else 0)
        desk.article.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_hints()

    def _in_sight(self) -> list[int]:
        article = self._desk.article
        view = article.viewport().rect()
        return [each for each in self._found if article.rect_of(each).intersects(view)]

    def _show_hints(self) -> None:
        """Letters on all in sight; by pages one comes to the others."""
        desk = self._desk
        hints = [Hint(each, letter) for each, letter in zip(self._in_sight(), LETTERS, strict=False)]
        self._overlay.show_hints(hints)
        presses = {hint.letter: Press("take_hint", hint.key) for hint in hints}
        if hints:
            presses |= {"Space": Press("take_hint", hints[0].key), "Enter": Press("take_hint", hints[0].key)}
        presses |= {name: Press("scroll_hints", step, repeats=True) for name, step in PAGES.items()}
        desk.dispatcher.pop_mode(MODE)
        desk.dispatcher.push_mode(MODE, {**presses, "Esc": Press("drop_hints")})
        words = self.tr("{kind}: press a letter or click; Space takes the filled one")
        if len(hints) < len(self._found):
            words = self.tr("{kind}: press a letter or click; Space takes the filled one; PgUp and PgDn lead to others")
        desk.status.say(words.format(kind=self._kind.label if self._kind else ""))

    def scroll(self, step: object) -> None:
        """Leave the current annotation and look for its other end a page on, or back."""
        bar = self._desk.article.verticalScrollBar()
        bar.setValue(bar.value() + round(bar.pageStep() * PAGE * (step if isinstance(step, int) else 1)))
        self._show_hints()

    def _scrolled(self) -> None:
        """The wheel brings others into sight."""
        if self._overlay.hints:
            self._show_hints()

    def take(self, target: object) -> None:
        """Link the current annotation to this one; where the codebook asks about such a link, its fields open."""
        desk, key, kind = self._desk, self._desk.document.current, self._kind
        self._end()
        if key is None or kind is None or not isinstance(target, int):
            return
        if desk.workspace.do(relations.add_relation, kind.id, key, target) is None:
            return
        self.refresh()
        made = relation_queries.relation_between(desk.workspace.project, kind.id, key, target)
        if made is not None and any(field.waits for field in link_form(desk.workspace.project, made.key)):
            self.describe(made.key)

    def click(self, keys: list[int]) -> None:
        """Take what was clicked if the link may lead there, else link nothing."""
        target = next((key for key in keys if key in self._found), None)
        if target is None:
            self.drop()
        else:
            self.take(target)

    def drop(self) -> None:
        """Link nothing."""
        self._end()
        self._desk.status.say(self.tr("Nothing was linked"))

    def remove(self, relation: int) -> None:
        """Take a link away; undo brings it back."""
        self._desk.workspace.do(relations.remove_relation, relation)
        self.refresh()

    def go_to_links(self) -> None:
        """Put the keyboard onto the links of the current annotation, in the details."""
        desk = self._desk
        if desk.document.current is None:
            self._nothing_chosen()
            return
        desk.details.inspector.catch_up()
        self.refresh()
        desk.show_beside(desk.details)
        if not desk.details.inspector.links.begin():
            desk.status.say(self.tr("This annotation has no links yet"))

    def refresh(self) -> None:
        """Show the links of the current annotation, in the details and lightly over the text."""
        desk, key = self._desk, self._desk.document.current
        self._soon.stop()
        found = relation_queries.relations_at(desk.workspace.project, key) if key and desk.workspace.is_open else []
        kinds = relations.kinds_from(desk.workspace.project, key) if key and desk.workspace.is_open else ()
        desk.details.inspector.links.show_links([self._row(each, key) for each in found], can_add=bool(kinds))
        self._overlay.show_links([(each.source, each.target) for each in found if each.source == key])
        self._show_form(next((each for each in found if each.key == self._described and each.source == key), None))

    # ---- what is said of a link

    def describe(self, relation: int, note: bool = False) -> None:
        """Open what can be said of a link, and put the keyboard there."""
        desk = self._desk
        desk.show_beside(desk.details)
        self._described = relation
        self.refresh()
        if self._form.link == relation:
            self._form.begin(note=note)

    def _connect(self, form: LinkForm) -> None:
        self._form, fields = form, form.fields
        form.note_written.connect(lambda link, text: self._desk.workspace.do(relations.set_relation_note, link, text))
        form.done.connect(self._leave_form)
        fields.written.connect(lambda name, words: self._say(set_link_attribute, name, words))
        fields.toggled.connect(self._toggle)
        fields.taken.connect(self._confirm)
        fields.all_taken.connect(self._leave_form)
        fields.cleared.connect(lambda name: self._say(clear_link_attribute, name, go_on=False))
        fields.turned.connect(lambda _: self._leave_form())

    def _show_form(self, relation: Relation | None) -> None:
        if relation is None:
            self._described = None
            self._form.show_link(None, (), str, "")
            return
        self._desk.details.inspector.links.place_form(relation.key)
        found = link_form(self._desk.workspace.project, relation.key)
        self._form.show_link(relation.key, found, lambda field: in_words_of(self._desk, field), relation.note)

    def _toggle(self, name: str, member: str) -> None:
        field = self._form.fields.current
        there = list(field.value) if field is not None and isinstance(field.value, list) else []
        members = [each for each in there if each != member] if member in there else [*there, member]
        self._say(set_link_attribute, name, members, go_on=False)

    def _confirm(self, name: str) -> None:
        field = self._form.fields.current
        if field is not None:
            self._say(lambda *given: set_link_attribute(*given, by="confirmed"), name, field.value)

    def _say(self, operation: Callable[..., Changes], *values: object, go_on: bool = True) -> None:
        workspace, relation = self._desk.workspace, self._described
        if relation is None:
            return
        sentence = workspace.attempt(lambda: operation(workspace.project, relation, *values))
        if sentence is not None:
            self._form.fields.refuse(sentence)
            return
        self.refresh()
        if go_on and not self._form.fields.go_on():
            self._leave_form()

    def _leave_form(self) -> None:
        """Back to the article; the annotation at hand stays."""
        self._form.keep()
        self._described = None
        self.refresh()
        self._desk.article.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- inside

    def _row(self, relation: Relation, key: int | None) -> LinkRow:
        incoming = relation.target == key
        other = relation.source if incoming else relation.target
        annotation = self._desk.document.annotation(other)
        words = " ".join(annotation.quote.split())[:60] if annotation else "…"
        codebook = self._desk.workspace.codebook
        kind = codebook.relation(relation.type) if codebook else None
        told = [
            f"{short_name(field.attribute)}: {in_words_of(self._desk, field)}"
            for field in link_form(self._desk.workspace.project, relation.key)
            if field.is_human
        ]
        told += [" ".join(relation.note.split())] if relation.note else []
        label = kind.label if kind else relation.type
        return LinkRow(relation.key, label, words, other, incoming, " · ".join(told))

    def _turned(self, _: object) -> None:
        self._form.keep()
        self._end()
        self._overlay.show_links([])
        self._soon.start()

    def _nothing_chosen(self) -> None:
        self._desk.status.say(self.tr("No annotation is chosen: move onto one, or press N"))

    def _end(self) -> None:
        self._overlay.show_hints([])
        for mode in (MODE, KINDS_MODE):
            self._desk.dispatcher.pop_mode(mode)


def letters_of(kinds: tuple[RelationType, ...]) -> dict[str, RelationType]:
    """A letter for each kind: the codebook's, else the first of its label that is free."""
    taken: dict[str, RelationType] = {}
    for kind in kinds:
        candidates = [*kind.keys, *(letter for letter in kind.label.lower() if letter.isalpha()), *LETTERS]
        letter = next(each for each in candidates if each not in taken)
        taken[letter] = kind
    return taken
