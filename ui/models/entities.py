"""The actors of the project as rows, filtered by words, with how often each is mentioned."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal

from annotator.model.entities import Entity
from annotator.operations.words import counted
from annotator.storage import entity_queries
from annotator.storage.entity_queries import Mention

from ..background import Background
from ..workspace import Workspace
from .counted import CountedModel, Index


class EntityModel(CountedModel):
    """A row is an actor; what was merged into another has no row. How often each is mentioned is counted beside."""

    counted = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._beside = Background(workspace, self._hear, self)
        self._entities: list[Entity] = []
        self._counts: dict[str, int] = {}
        self.words = ""
        self.left_out = ""  # the id of an actor that is not shown

    def entity(self, row: int) -> Entity | None:
        """The actor in a row."""
        return self._entities[row] if 0 <= row < len(self._entities) else None

    def row_of(self, entity_id: str | None) -> int | None:
        """The row of an actor, if it passes the filter."""
        return next((row for row, each in enumerate(self._entities) if each.id == entity_id), None)

    def mentions(self, entity_id: str) -> int:
        """How many annotations name an actor, as counted last."""
        return self._counts.get(entity_id, 0)

    def facts(self, entity: Entity) -> str:
        """Type and countries, and whether it is a private person."""
        private = self.tr("private") if entity.is_private else ""
        return " · ".join(filter(None, (entity.type.replace("_", " "), ", ".join(entity.country), private)))

    def reload(self, *, count: bool = True) -> None:
        """Read the registry anew, and have the mentions counted unless what was counted last will do."""
        is_open = self._workspace.is_open
        known = entity_queries.registry(self._workspace.project).search(self.words) if is_open else []
        if not is_open:
            self._counts = {}
        elif count:
            self._beside.ask(entity_queries.named)
        entities = [each for each in known if each.id != self.left_out]
        as_before = [each.id for each in entities] == [each.id for each in self._entities]
        self._entities = entities
        if not as_before:
            self.set_count(len(entities))
        elif entities:
            self.dataChanged.emit(self.index(0), self.index(len(entities) - 1))

    def _hear(self, named_as: object) -> None:
        assert isinstance(named_as, list)
        known = entity_queries.registry(self._workspace.project)
        self._counts = entity_queries.mention_counts(known, named_as)
        if self._entities:
            self.dataChanged.emit(self.index(0), self.index(len(self._entities) - 1))
        self.counted.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        entity = self.entity(index.row()) if index.isValid() else None
        if entity is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entity.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            number = counted(self.mentions(entity.id), self.tr("mention"), self.tr("mentions"))
            return ", ".join(part for part in (entity.name, self.facts(entity), number) if part)
        return None


class MentionModel(CountedModel):
    """A row is an annotation that names the actor at hand."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mentions: Sequence[Mention] = ()

    def mention(self, row: int) -> Mention | None:
        """The mention in a row."""
        return self._mentions[row] if 0 <= row < len(self._mentions) else None

    @property
    def all(self) -> Sequence[Mention]:
        """All of them."""
        return self._mentions

    def show_mentions(self, mentions: Sequence[Mention]) -> None:
        """Show these; the place in the list stays where they are the same."""
        if list(mentions) != list(self._mentions):
            self._mentions = mentions
            self.set_count(len(mentions))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        mention = self.mention(index.row()) if index.isValid() else None
        if mention is None:
            return None
        quote = " ".join(mention.quote.split())
        if role == Qt.ItemDataRole.DisplayRole:
            return quote
        return f"{quote}, {mention.title}" if role == Qt.ItemDataRole.AccessibleTextRole else None
