"""Choose the actor that another one turns out to be, and see beforehand what that does."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QModelIndex
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from annotator.model.entities import Entity
from annotator.operations.words import counted

from ..models.entities import EntityModel
from ..panels.actor_rows import EntityRows, rows_list
from ..widgets.buttons import button
from ..widgets.field import FilterField
from ..widgets.labels import label
from ..widgets.sheet import Sheet
from ..workspace import Workspace

Merge = Callable[[str], str | None]  # into the actor with this id → why it cannot be


class MergeSheet(Sheet):
    """A field, the other actors, one sentence, one button. Gone for good when it is closed."""

    def __init__(self, parent: QWidget, workspace: Workspace, entity: Entity, merge: Merge) -> None:
        content = QWidget()
        title = QCoreApplication.translate("Merge", "Merge “{name}” into…").format(name=entity.name)
        super().__init__(parent, title, content, 560, leave="cancel")
        self._entity, self._merge = entity, merge
        self.model = EntityModel(workspace, self)
        self.model.left_out = entity.id
        self._filter = FilterField(self.tr("Name of the other actor"), "magnifying-glass", quiet=False)
        self.list: QListView = rows_list(self.model, "merge_list", self.tr("Other actors"))
        self.list.setProperty("kind", "boxed")
        self.list.setItemDelegate(EntityRows(self.model, self.list))
        self.list.setMinimumHeight(220)
        self._told = label("", "second", wrap=True)
        self._fault = label("", "bad", wrap=True)
        self._fault.hide()
        self._button = button(self.tr("Merge"), "primary", on_click=self._take)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._filter)
        column.addWidget(self.list, 1)
        column.addWidget(self._told)
        column.addWidget(self._fault)
        column.addLayout(self.foot(self._button))
        content.setFocusProxy(self._filter)
        self._filter.textChanged.connect(self._search)
        self._filter.list_wanted.connect(self.list.setFocus)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self.list.doubleClicked.connect(self._take)
        self.model.counted.connect(self._tell)
        self.closed.connect(self.deleteLater)
        self.model.reload()
        self._begin()

    def _search(self, words: str) -> None:
        self.model.words = words
        self.model.reload(count=False)
        self._begin()

    def _begin(self) -> None:
        self.list.setCurrentIndex(self.model.index(0) if self.model.rowCount() else QModelIndex())
        self._tell()

    def _tell(self) -> None:
        other = self.model.entity(self.list.currentIndex().row())
        self._button.setEnabled(other is not None)
        if other is None:
            self._told.setText(self.tr("No other actor has these words."))
            return
        number = counted(self.model.mentions(self._entity.id), self.tr("mention"), self.tr("mentions"))
        told = self.tr(
            "“{name}” with its names and {number} will count as “{other}”. No annotation is rewritten; undo takes it "
            "back, and it can be split off again."
        )
        self._told.setText(told.format(name=self._entity.name, number=number, other=other.name))

    def _take(self) -> None:
        other = self.model.entity(self.list.currentIndex().row())
        if other is None:
            return
        sentence = self._merge(other.id)
        self._fault.setText(sentence or "")
        self._fault.setVisible(bool(sentence))
        if sentence is None:
            self.dismiss()
