"""The people of a project: new ones, other names, two that are one person."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStackedWidget,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.operations.team import Member
from annotator.operations.words import counted

from ..models.counted import CountedModel
from ..panels.rows import TWO_LINES, Index, Rows, paint_line
from ..theme import current, ui_font
from ..widgets.buttons import button
from ..widgets.labels import label
from ..widgets.sheet import Sheet


class _Model(CountedModel):
    """A row is a person."""

    members: Sequence[Member] = ()

    def show_members(self, members: Sequence[Member]) -> None:
        self.members = members
        self.set_count(len(members))

    def facts(self, member: Member) -> str:
        """What stands under a name."""
        parts = []
        if member.assigned:
            number = counted(member.assigned, self.tr("article"), self.tr("articles"))
            parts.append(self.tr("{articles} assigned").format(articles=number))
        if member.begun:
            told = self.tr("{begun} begun, {finished} finished")
            parts.append(told.format(begun=f"{member.begun:,}", finished=f"{member.finished:,}"))
        if member.also:
            parts.append(self.tr("also as {names}").format(names=", ".join(member.also)))
        return " · ".join(parts) or self.tr("nothing yet")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.members):
            return None
        member = self.members[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return member.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{member.name}, {self.facts(member)}"
        return None


class _CoderRows(Rows):
    """Name; below it what the person has to do, and under which names they worked."""

    height = TWO_LINES

    def __init__(self, model: _Model, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.me: int | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.row() >= len(self._model.members):
            return
        member = self._model.members[index.row()]
        painter.save()
        chosen, theme, small = self.ground(painter, option), current(), ui_font("small")
        rect = QRectF(option.rect).adjusted(10, 4, -10, 0)
        you = self.tr("you") if member.key == self.me else ""
        width = QFontMetricsF(small).horizontalAdvance(you) + 8 if you else 0
        above = QRectF(rect.x(), rect.y(), rect.width() - width, 18)
        font = ui_font("body", QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        paint_line(painter, above, member.name, font, theme.ink)
        paint_line(painter, QRectF(above.right(), above.y(), width, 18), you, small, theme.ink3, right=True)
        paint_line(painter, above.translated(0, 18), self._model.facts(member), small, theme.ink3)
        painter.restore()


class CodersSheet(Sheet):
    """The list on top; under it what can be done with the chosen person, and a field for a new one.

    Each signal is one act; whoever does it calls `say` if it cannot be, and `show_team` when it is done.
    """

    rename_requested = Signal(int, str)
    merge_requested = Signal(int, int)  # into, absorbed
    split_requested = Signal(int)
    add_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        content = QWidget()
        super().__init__(parent, QCoreApplication.translate("Coders", "Coders"), content, 600)
        self.setObjectName("coders_sheet")
        self._model = _Model(self)
        self.list = QListView()
        self.list.setObjectName("coders_list")
        self.list.setAccessibleName(self.tr("Coders"))
        self.list.setProperty("kind", "boxed")
        self.list.setModel(self._model)
        self._rows = _CoderRows(self._model, self.list)
        self.list.setItemDelegate(self._rows)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setMinimumHeight(TWO_LINES * 4 + 6)
        self._name, self._new = QLineEdit(), QLineEdit()
        self._name.setMaxLength(200)
        self._new.setMaxLength(200)
        self._new.setPlaceholderText(self.tr("Name of a new coder"))
        self._other = QComboBox()
        self._other.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._also = label("", "second", wrap=True)
        self._fault = label("", "bad", wrap=True)
        self._fault.hide()
        self._rename = button(self.tr("Rename"), on_click=self._take_name)
        self._merge = button(self.tr("Are one person"), on_click=self._take_other)
        self._split = button(self.tr("Apart again"), on_click=self._take_apart)
        self._add = button(self.tr("Add"), on_click=self._take_new)
        self._build(content)
        content.setFocusProxy(self.list)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._follow())
        self._name.returnPressed.connect(self._take_name)
        self._new.returnPressed.connect(self._take_new)
        self.closed.connect(self.deleteLater)

    # ---- what others use

    def show_team(self, members: Sequence[Member], me: int | None) -> None:
        """Show the people; `me` is the one at work. The chosen one stays chosen."""
        before = self.chosen
        self._rows.me = me
        self._model.show_members(members)
        keys = [each.key for each in members]
        row = keys.index(before.key) if before is not None and before.key in keys else 0
        self.list.setCurrentIndex(self._model.index(row))
        self._follow()

    @property
    def chosen(self) -> Member | None:
        """The person at hand."""
        row = self.list.currentIndex().row()
        return self._model.members[row] if 0 <= row < len(self._model.members) else None

    def choose(self, name: str) -> None:
        """Choose the person with this name."""
        row = next((row for row, each in enumerate(self._model.members) if each.name == name), None)
        if row is not None:
            self.list.setCurrentIndex(self._model.index(row))

    def say(self, sentence: str | None) -> None:
        """Say why something cannot be, or nothing."""
        self._fault.setText(sentence or "")
        self._fault.setVisible(bool(sentence))

    # ---- inside

    def _build(self, content: QWidget) -> None:
        self._one = QStackedWidget()
        same, apart = QWidget(), QWidget()
        for page, parts in ((same, (self._other, self._merge)), (apart, (self._also, self._split))):
            row = QGridLayout(page)
            row.setContentsMargins(0, 0, 0, 0)
            row.setHorizontalSpacing(8)
            row.setColumnStretch(0, 1)
            for place, part in enumerate(parts):
                row.addWidget(part, 0, place)
            self._one.addWidget(page)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._with = label(self.tr("Is the same as"), "second")
        names = (label(self.tr("Name"), "second"), self._with, label(self.tr("New coder"), "second"))
        for row_number, words in enumerate(names):
            grid.addWidget(words, row_number, 0)
        for words, field in zip(names, (self._name, self._other, self._new), strict=True):
            words.setBuddy(field)
        self._name.setAccessibleName(self.tr("Name"))
        self._other.setAccessibleName(self.tr("The same person as"))
        self._new.setAccessibleName(self.tr("Name of a new coder"))
        grid.addWidget(self._name, 0, 1)
        grid.addWidget(self._rename, 0, 2)
        grid.addWidget(self._one, 1, 1, 1, 2)
        grid.addWidget(self._new, 2, 1)
        grid.addWidget(self._add, 2, 2)
        for each in (self._rename, self._add):  # one column, one width
            each.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.list, 1)
        column.addLayout(grid)
        column.addWidget(self._fault)
        told = self.tr("No annotation is rewritten: it holds for what still comes in, and undo takes it back.")
        column.addWidget(label(told, "meta", wrap=True))

    def _follow(self) -> None:
        member = self.chosen
        self.say(None)
        for part in (self._name, self._rename, self._one):
            part.setEnabled(member is not None)
        self._name.setText(member.name if member else "")
        self._other.clear()
        for each in self._model.members:
            if member is not None and each.key != member.key:
                self._other.addItem(each.name, each.key)
        self._merge.setEnabled(self._other.count() > 0)
        self._other.setEnabled(self._other.count() > 0)
        merged = member is not None and bool(member.also)
        self._one.setCurrentIndex(1 if merged else 0)
        self._with.setText(self.tr("Is also") if merged else self.tr("Is the same as"))
        self._also.setText(", ".join(member.also) if member else "")

    def _take_name(self) -> None:
        member = self.chosen
        if member is not None and self._name.text() != member.name:
            self.rename_requested.emit(member.key, self._name.text())

    def _take_other(self) -> None:
        """The chosen one is absorbed: the other name stands for both."""
        member = self.chosen
        if member is not None and self._other.currentData() is not None:
            self.merge_requested.emit(self._other.currentData(), member.key)

    def _take_apart(self) -> None:
        if self.chosen is not None:
            self.split_requested.emit(self.chosen.key)

    def _take_new(self) -> None:
        if self._new.text().strip():
            self.add_requested.emit(self._new.text())
            if self._fault.isHidden():
                self._new.clear()
