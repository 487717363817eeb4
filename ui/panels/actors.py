"""The actors of the project: who they are, by which names they go, and where they are mentioned."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.changes import Changes
from annotator.model.codebook import Codebook
from annotator.model.entities import Entity
from annotator.operations import entities
from annotator.storage import entity_queries
from annotator.storage.project import Project

from ..background import Background
from ..models.entities import EntityModel, MentionModel
from ..widgets.buttons import button, icon_button
from ..widgets.empty_state import EmptyState
from ..widgets.field import FilterField
from ..widgets.hairline import Hairline
from ..widgets.labels import label
from ..widgets.surface import scrolled, surface
from ..workspace import Workspace
from .actor_form import ActorForm
from .actor_rows import EntityRows, MentionRows, rows_list

PAUSE = 300  # milliseconds without a change after which mentions are counted anew


class ActorsPanel(QWidget):
    """Filter and list above; the actor at hand and its mentions below."""

    close_requested = Signal()
    merge_requested = Signal(str)
    split_requested = Signal(str)
    import_requested = Signal()
    export_requested = Signal()
    mention_chosen = Signal(object)  # a Mention

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("actors")
        self.setAccessibleName(self.tr("Actors"))
        surface(self, "side")
        self._workspace = workspace
        self._chosen: str | None = None
        self._adding = False
        self._mentioned: str | None = None  # the actor whose mentions are listed, or being looked for
        self.model = EntityModel(workspace, self)
        self.mentions = MentionModel(self)
        self._beside = Background(workspace, self._hear_mentions, self)
        self.filter = FilterField(self.tr("Filter actors"))
        self.list: QListView = rows_list(self.model, "actor_list", self.tr("Actors of this project"))
        self.list.setItemDelegate(EntityRows(self.model, self.list))
        self.mention_list: QListView = rows_list(self.mentions, "mention_list", self.tr("Mentions of this actor"))
        self.mention_list.setItemDelegate(MentionRows(self.mentions, self.mention_list))
        self.form = ActorForm(self._keep)
        self._count, self._mentions_head = label("", "meta"), label("", "section")
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.reload)
        self._build()
        self._connect()

    # ---- what others use

    @property
    def chosen(self) -> Entity | None:
        """The actor whose details are shown."""
        is_open = self._workspace.is_open and self._chosen is not None
        return entity_queries.resolve(self._workspace.project, str(self._chosen)) if is_open else None

    def choose(self, entity_id: str | None) -> None:
        """Show an actor's details."""
        self._adding = False
        self._chosen = entity_id
        self._show_chosen()

    def begin(self) -> None:
        """Put the keyboard where one would begin."""
        (self.filter if self.model.rowCount() or self.model.words else self._empty_button).setFocus()

    def add(self) -> None:
        """Begin a new actor: its name comes first."""
        self._chosen, self._adding = None, True
        self._show_chosen()
        self.form.edit_name()

    def reload(self) -> None:
        """Read the registry and the mentions anew."""
        self._pause.stop()
        self._read(count=True)

    def refresh(self, changes: Changes) -> None:
        """Follow an operation: what it did to actors at once, how often they are mentioned when work pauses."""
        if not self.isVisible():
            return
        if changes.codebook or changes.everything:
            self._show_types()
        if changes.entities or changes.everything or changes.history:
            self._read(count=False)
            self._pause.start()

    def showEvent(self, event: QShowEvent) -> None:
        self._show_types()
        self.reload()
        super().showEvent(event)

    # ---- building

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Actors"), "head"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(icon_button("plus", self.tr("New actor"), self.add))
        head.addWidget(icon_button("x", self.tr("Close actors"), self.close_requested.emit))
        self._empty = EmptyState("users", self.tr("No actors yet"), "", self.tr("New actor"))
        self._empty_button = self._empty.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)[-1]
        self._empty.acted.connect(self._act_on_empty)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.filter)
        column.addWidget(self._pages, 3)
        column.addWidget(self._build_details(), 8)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(button(self.tr("Import CSV…"), "ghost", on_click=self.import_requested.emit))
        foot.addWidget(button(self.tr("Export CSV…"), "ghost", on_click=self.export_requested.emit))
        foot.addStretch(1)
        column.addLayout(foot)

    def _build_details(self) -> QWidget:
        self._details = details = QWidget()
        column = QVBoxLayout(details)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Hairline())
        area = scrolled(self.form)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(90)
        column.addWidget(area, 5)
        self._tools = QWidget()
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.addWidget(button(self.tr("Merge into…"), on_click=self._ask_merge))
        tools.addWidget(button(self.tr("Split off…"), on_click=self._ask_split))
        tools.addStretch(1)
        tools.addWidget(icon_button("trash", self.tr("Remove this actor"), self._remove))
        column.addWidget(self._tools)
        column.addWidget(self._mentions_head)
        column.addWidget(self.mention_list, 2)
        details.hide()
        return details

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._search)
        self.filter.list_wanted.connect(self._to_list)
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._follow(now))
        self.list.clicked.connect(self._follow)
        self.list.activated.connect(self._open)
        self.mention_list.activated.connect(self._go)
        self.mention_list.clicked.connect(self._go)
        self.form.split_wanted.connect(self._split)
        self._workspace.changed.connect(self.refresh)
        self._workspace.opened.connect(self._start_anew)
        self._workspace.closing.connect(self.form.keep)
        self._workspace.closed.connect(self._start_anew)

    # ---- showing

    def _start_anew(self) -> None:
        self._chosen, self._adding = None, False
        self.filter.clear()
        self._show_types()
        self.reload()

    def _show_types(self) -> None:
        codebook = self._workspace.codebook
        types = types_of(codebook) if codebook else ()
        self.form.show_types(types)
        self._show_chosen()

    def _search(self, words: str) -> None:
        self.model.words = words
        self._read(count=False)

    def _read(self, *, count: bool) -> None:
        entity = self.chosen
        self._chosen = entity.id if entity else None
        self.model.reload(count=count)
        rows = self.model.rowCount()
        self._pages.setCurrentIndex(0 if rows else 1)
        if self.model.words:
            self._empty.say("users", self.tr("No actor has these words"), "", self.tr("Show all"))
        else:
            hint = self.tr("Name whom an annotation means while you describe it, or add actors here.")
            self._empty.say("users", self.tr("No actors yet"), hint, self.tr("New actor"))
        self._count.setText(f"{rows:,}" if rows else "")
        self._point()
        self._show_chosen()

    def _point(self) -> None:
        """Let the list point at the actor at hand, without choosing it anew."""
        row = self.model.row_of(self._chosen)
        selection = self.list.selectionModel()
        blocked = selection.blockSignals(True)
        if row is None:
            selection.clear()
        else:
            selection.setCurrentIndex(self.model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        selection.blockSignals(blocked)
        self.list.viewport().update()
        if row is not None:
            self.list.scrollTo(self.model.index(row))

    def _show_chosen(self) -> None:
        entity = self.chosen
        self._details.setVisible(entity is not None or self._adding)
        self._tools.setVisible(entity is not None)
        self._mentions_head.setVisible(entity is not None)
        self.mention_list.setVisible(entity is not None)
        if self.form.is_being_written(entity):
            return
        if entity is None:
            self.form.show_entity(None)
            return
        known = entity_queries.registry(self._workspace.project)
        self.form.show_entity(entity, known.absorbed(entity.id))
        if entity.id != self._mentioned:
            self._mentioned = entity.id
            self.mentions.show_mentions([])
            self._mentions_head.setText(self.tr("Mentions"))
        ids = known.ids(entity.id)
        self._beside.ask(lambda project: (entity.id, entity_queries.mentions_of(project, ids)))

    def _hear_mentions(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        entity_id, found = answer
        if entity_id == self._chosen:
            self.mentions.show_mentions(found)
            self._mentions_head.setText(self.tr("Mentions ({n})").format(n=f"{len(found):,}"))

    # ---- acting

    def _to_list(self) -> None:
        if self.model.rowCount():
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0))
            self.list.setFocus()

    def _follow(self, index: QModelIndex) -> None:
        entity = self.model.entity(index.row())
        if entity is not None and entity.id != self._chosen:
            self.choose(entity.id)

    def _open(self, index: QModelIndex) -> None:
        self._follow(index)
        self.form.edit_name()

    def _go(self, index: QModelIndex) -> None:
        mention = self.mentions.mention(index.row())
        if mention is not None:
            self.mention_chosen.emit(mention)

    def _act_on_empty(self) -> None:
        if self.model.words:
            self.filter.clear()
            self.filter.setFocus()
        else:
            self.add()

    def _ask_merge(self) -> None:
        if self._chosen is not None:
            self.merge_requested.emit(self._chosen)

    def _ask_split(self) -> None:
        if self._chosen is not None:
            self.split_requested.emit(self._chosen)

    @property
    def _coder(self) -> int | None:
        return self._workspace.coder.key if self._workspace.coder else None

    def _keep(self, name: str, value: object) -> str | None:
        """Write one field of the actor at hand; the name of a new one makes it."""
        if not self._workspace.is_open:
            return None  # what could be kept was kept while the project closed
        project, entity = self._workspace.project, self.chosen
        if entity is None:
            return self._workspace.attempt(lambda: self._make(project, str(value)))
        if name == "name":
            return self._workspace.attempt(
                lambda: entities.rename_entity(project, entity.id, str(value), coder=self._coder)
            )
        given = {name: value}
        return self._workspace.attempt(
            lambda: entities.set_entity_fields(project, entity.id, coder=self._coder, **given)  # type: ignore[arg-type]  # one field by its name
        )

    def _make(self, project: Project, name: str) -> Changes:
        made, changes = entities.add_entity(project, name, coder=self._coder)
        self._chosen, self._adding = made, False
        return changes

    def _split(self, absorbed: str) -> None:
        self._workspace.do(entities.split_entity, absorbed, coder=self._coder)
        self.list.setFocus()

    def _remove(self) -> None:
        if self._chosen is not None and self._workspace.do(entities.remove_entity, self._chosen, coder=self._coder):
            self.begin()


def types_of(codebook: Codebook) -> tuple[str, ...]:
    """The types of actors that the codebook knows: the values of “type” where a tag names an actor too."""
    found: dict[str, None] = {}
    for tag in codebook.tags:
        kind = tag.attribute("type")
        if kind is not None and any(each.type == "entity" for each in tag.attributes):
            found.update(dict.fromkeys(kind.values))
    return tuple(found)
