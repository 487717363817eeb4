"""Make an actor of its own of a part of another: a name, and the other names and mentions that go with it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.model.entities import Entity
from annotator.model.names import key_of
from annotator.operations.words import counted
from annotator.storage.entity_queries import Mention

from ..widgets.buttons import button
from ..widgets.labels import label
from ..widgets.sheet import Sheet

Split = Callable[[str, Sequence[str], Sequence[int]], str | None]  # name, other names, mentions → why it cannot be
_WHAT = Qt.ItemDataRole.UserRole


class SplitSheet(Sheet):
    """Space ticks what goes along; Enter in the name splits. Gone for good when it is closed."""

    def __init__(
        self, parent: QWidget, entity: Entity, aliases: Sequence[str], mentions: Sequence[Mention], split: Split
    ) -> None:
        content = QWidget()
        title = QCoreApplication.translate("Split", "Split off from “{name}”").format(name=entity.name)
        super().__init__(parent, title, content, 560)
        self._split = split
        self._name = QLineEdit()
        self._name.setAccessibleName(self.tr("Name of the new actor"))
        self._name.setMaxLength(500)
        self.list = QListWidget()
        self.list.setObjectName("split_list")
        self.list.setAccessibleName(self.tr("What goes with the new actor"))
        self.list.setProperty("kind", "boxed")
        self.list.setMinimumHeight(240)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for alias in aliases:
            self._add(self.tr("the name “{name}”").format(name=alias), alias)
        for mention in mentions:
            self._add(f"{' '.join(mention.quote.split())} – {mention.title}", mention)
        self._told, self._fault = label("", "second", wrap=True), label("", "bad", wrap=True)
        self._fault.hide()
        self._button = button(self.tr("Split off"), "primary", on_click=self._take)
        self._build(content)
        self._name.textChanged.connect(self._name_changed)
        self.list.itemChanged.connect(lambda _: self._tell())
        self.closed.connect(self.deleteLater)
        self._tell()

    def _build(self, content: QWidget) -> None:
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Name of the new actor"), "section"))
        column.addWidget(self._name)
        column.addWidget(label(self.tr("What goes with it"), "section"))
        column.addWidget(self.list, 1)
        column.addWidget(self._told)
        column.addWidget(self._fault)
        column.addLayout(self.foot(self._button))
        content.setFocusProxy(self._name)

    def _add(self, words: str, what: str | Mention) -> None:
        item = QListWidgetItem(words, self.list)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
        item.setData(_WHAT, what)

    def _ticked(self) -> list[str | Mention]:
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item.data(_WHAT) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _name_changed(self, name: str) -> None:
        """The alias of just this name goes along, and so do the mentions that read so."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            what = item.data(_WHAT)
            words = what.quote if isinstance(what, Mention) else what
            if name.strip() and key_of(words) == key_of(name):
                item.setCheckState(Qt.CheckState.Checked)
        self._tell()

    def _tell(self) -> None:
        mentions = [each for each in self._ticked() if isinstance(each, Mention)]
        self._button.setEnabled(bool(self._name.text().strip()))
        told = self.tr("{mentions} will count as the new actor. Undo takes it back; colleagues’ mentions stay.")
        self._told.setText(told.format(mentions=counted(len(mentions), self.tr("mention"), self.tr("mentions"))))

    def _take(self) -> None:
        if not self._name.text().strip():
            return
        ticked = self._ticked()
        aliases = [each for each in ticked if isinstance(each, str)]
        mentions = [each.annotation for each in ticked if isinstance(each, Mention)]
        sentence = self._split(self._name.text(), aliases, mentions)
        self._fault.setText(sentence or "")
        self._fault.setVisible(bool(sentence))
        if sentence is None:
            self.dismiss()
