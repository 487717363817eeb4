"""Link annotations: one key for the source, one letter for the annotation it leads to."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, QTimer

from annotator.model.codebook import RelationType
from annotator.model.relations import Relation
from annotator.operations import relations
from annotator.storage import relation_queries

from ..describe.links import LinkRow
from ..describe.overlay import Hint, Overlay
from ..desk import Desk
from ..keys.dispatcher import Press
from .act import Handler, plain
from .describing import PAUSE

MODE = "link"
KINDS_MODE = "link kind"
LETTERS = "fjdksaghlrueiwotyvncmbpqxz"  # the nearest candidates get the keys under the fingers
SOURCE = "source"


class Linking(QObject):
    """Letters appear on the annotations in sight; the first one is taken by Space as well."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._overlay = Overlay(desk.article)
        self._kind: RelationType | None = None
        self._soon = QTimer(self, interval=PAUSE, singleShot=True)
        self._soon.timeout.connect(self.refresh)
        links = desk.details.inspector.links
        links.go_requested.connect(lambda key: desk.article.set_current(key))
        links.remove_requested.connect(self.remove)
        links.add_requested.connect(self.choose_kind)
        desk.document.current_changed.connect(self._turned)
        desk.document.put.connect(lambda _: self._soon.start())
        desk.document.reset.connect(self._soon.start)

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "link_source": plain(lambda: self.begin(SOURCE)),
            "link": plain(self.choose_kind),
            "link_kind": lambda kind: self.begin(str(kind)),
            "take_hint": self.take,
            "drop_hints": plain(self.drop),
        }

    def choose_kind(self) -> None:
        """Ask which kind of link, by one letter; where only one can begin here, it is that one."""
        desk, key = self._desk, self._desk.document.current
        if key is None:
            self._nothing_chosen()
            return
        kinds = relations.kinds_from(desk.workspace.project, key)
        if not kinds:
            desk.status.say(self.tr("No link begins at this tag"))
            return
        if len(kinds) == 1:
            self.begin(kinds[0].id)
            return
        letters = _letters_of(kinds)
        self._end()
        desk.article.setFocus(Qt.FocusReason.OtherFocusReason)
        presses = {letter: Press("link_kind", kind.id) for letter, kind in letters.items()}
        desk.dispatcher.push_mode(KINDS_MODE, {**presses, "Esc": Press("drop_hints")})
        told = "   ".join(f"{letter.upper()} {kind.label}" for letter, kind in letters.items())
        desk.status.say(self.tr("Which link?  {kinds}").format(kinds=told))

    def begin(self, kind: str) -> None:
        """Put letters on the annotations that a link of this kind may lead to, the most plausible first."""
        desk, key = self._desk, self._desk.document.current
        self._end()
        if key is None:
            self._nothing_chosen()
            return
        codebook = desk.workspace.codebook
        self._kind = codebook.relation(kind) if codebook else None
        found = relations.candidates(desk.workspace.project, key, kind) if self._kind else []
        in_sight = [each for each in found if not desk.article.rect_of(each).isEmpty()]
        if self._kind is None or not in_sight:
            desk.status.say(self.tr("Nothing in sight that this could be linked to: tag it first, or scroll to it"))
            return
        hints = [Hint(each, letter) for each, letter in zip(in_sight, LETTERS, strict=False)]
        desk.article.setFocus(Qt.FocusReason.OtherFocusReason)
        self._overlay.show_hints(hints)
        presses = {hint.letter: Press("take_hint", hint.key) for hint in hints}
        presses |= {"Space": Press("take_hint", hints[0].key), "Enter": Press("take_hint", hints[0].key)}
        desk.dispatcher.push_mode(MODE, {**presses, "Esc": Press("drop_hints")})
        words = self.tr("{kind}: press the letter, or Space for the filled one")
        desk.status.say(words.format(kind=self._kind.label))

    def take(self, target: object) -> None:
        """Link the current annotation to this one."""
        key, kind = self._desk.document.current, self._kind
        self._end()
        if key is not None and kind is not None and isinstance(target, int):
            self._desk.workspace.do(relations.add_relation, kind.id, key, target)
            self.refresh()

    def drop(self) -> None:
        """Link nothing."""
        self._end()
        self._desk.status.say(self.tr("Nothing was linked"))

    def remove(self, relation: int) -> None:
        """Take a link away; undo brings it back."""
        self._desk.workspace.do(relations.remove_relation, relation)
        self.refresh()

    def refresh(self) -> None:
        """Show the links of the current annotation, in the details and lightly over the text."""
        desk, key = self._desk, self._desk.document.current
        self._soon.stop()
        found = relation_queries.relations_at(desk.workspace.project, key) if key and desk.workspace.is_open else []
        kinds = relations.kinds_from(desk.workspace.project, key) if key and desk.workspace.is_open else ()
        desk.details.inspector.links.show_links([self._row(each, key) for each in found], can_add=bool(kinds))
        self._overlay.show_links([(each.source, each.target) for each in found if each.source == key])

    # ---- inside

    def _row(self, relation: Relation, key: int | None) -> LinkRow:
        incoming = relation.target == key
        other = relation.source if incoming else relation.target
        annotation = self._desk.document.annotation(other)
        words = " ".join(annotation.quote.split())[:60] if annotation else "…"
        codebook = self._desk.workspace.codebook
        kind = codebook.relation(relation.type) if codebook else None
        return LinkRow(relation.key, kind.label if kind else relation.type, words, other, incoming)

    def _turned(self, _: object) -> None:
        self._end()
        self._overlay.show_links([])
        self._soon.start()

    def _nothing_chosen(self) -> None:
        self._desk.status.say(self.tr("No annotation is chosen: move onto one, or press N"))

    def _end(self) -> None:
        self._overlay.show_hints([])
        for mode in (MODE, KINDS_MODE):
            self._desk.dispatcher.pop_mode(mode)


def _letters_of(kinds: tuple[RelationType, ...]) -> dict[str, RelationType]:
    """A letter for each kind: the codebook's, else the first of its label that is free."""
    taken: dict[str, RelationType] = {}
    for kind in kinds:
        candidates = [*kind.keys, *(letter for letter in kind.label.lower() if letter.isalpha()), *LETTERS]
        letter = next(each for each in candidates if each not in taken)
        taken[letter] = kind
    return taken
