"""The draft to be edited: all tags and links on the left, the page of the one at hand on the right."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook
from annotator.model.codebook_edit import new_relation, new_tag, without_tag
from annotator.model.codebook_faults import Path

from ..widgets.buttons import button, icon_button
from .colours_field import with_colours
from .draft import Draft
from .items import Item, ItemList
from .part_page import PartPage
from .relation_page import RelationPage
from .tag_page import TagPage
from .whole_page import WholePage

WHOLE = "whole"
_PARTS = {"tag": "tags", "link": "relations"}  # of a key in the list → where they stand in the codebook


@dataclass(frozen=True)
class Usage:
    """How many annotations carry a tag, and how many links there are of a kind, by id."""

    tags: Mapping[str, int]
    relations: Mapping[str, int]


class EditPage(QWidget):
    """Every change goes into the draft at once."""

    retire_wanted = Signal(str)  # a tag's id

    def __init__(self, parent: QWidget, draft: Draft) -> None:
        super().__init__(parent)
        self._draft = draft
        self.usage = Usage({}, {})
        self.list = ItemList(self.tr("Parts of the codebook"), boxed=False)
        self._side, self._pages = QWidget(self), QStackedWidget(self)
        self.whole, self.tag, self.relation = WholePage(self._pages), TagPage(self._pages), RelationPage(self._pages)
        for page in (self.whole, self.tag, self.relation):
            self._pages.addWidget(page)
            page.edited.connect(self._edit)
        self._add_tag = button(self.tr("Tag"), "ghost", "plus")
        self._add_tag.setAccessibleName(self.tr("Add a tag"))
        self._add_link = button(self.tr("Link"), "ghost", "plus")
        self._add_link.setAccessibleName(self.tr("Add a kind of link"))
        self._up = icon_button("arrow-up", self.tr("Move up"))
        self._down = icon_button("arrow-down", self.tr("Move down"))
        self._build()
        self._add_tag.clicked.connect(self.add_tag)
        self._add_link.clicked.connect(self.add_relation)
        self._up.clicked.connect(self._move_up)
        self._down.clicked.connect(self._move_down)
        self.tag.retire_wanted.connect(self._ask_retire)
        self.tag.removal_wanted.connect(self._remove)
        self.list.chosen.connect(self._show_part)
        self.list.activated.connect(self._begin)
        self.list.move_wanted.connect(self._shift)
        self.setFocusProxy(self.list)

    # ---- what others use

    @property
    def page(self) -> PartPage:
        """The page in sight."""
        page = self._pages.currentWidget()
        assert isinstance(page, PartPage)
        return page

    @property
    def panes(self) -> list[QWidget]:
        """The parts that Tab goes through one after the other."""
        return [self._side, self.page]

    def show_draft(self) -> None:
        """Show the draft as it is now; what is at hand stays at hand."""
        self.list.show_items(self._items())
        self._show_part()

    def turn_to(self, key: str) -> None:
        """Show a part: WHOLE, "tag:claim", "link:source"."""
        self.list.choose(key)
        self._show_part()

    def go_to_fault(self) -> None:
        """Put the keyboard where something is wrong."""
        fault = self._draft.fault
        if fault is not None:
            key, rest = self._part_of(fault.path)
            self.turn_to(key)
            self.page.go_to(rest)

    def add_tag(self) -> None:
        """One more tag, with the keyboard in its name."""
        book = self._draft.book
        tag = new_tag(book, self.tr("New tag"))
        self._draft.edit(replace(book, tags=(*book.tags, tag)))
        self.turn_to(f"tag:{tag.id}")
        self.tag.turn_to("tag")
        self._begin_name(self.tag)

    def add_relation(self) -> None:
        """One more kind of link, with the keyboard in its name."""
        book = self._draft.book
        relation = new_relation(book, self.tr("New link"))
        self._draft.edit(replace(book, relations=(*book.relations, relation)))
        self.turn_to(f"link:{relation.id}")
        self.relation.turn_to("link")
        self._begin_name(self.relation)

    # ---- inside

    def _build(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(2)
        for each in (self._add_tag, self._add_link):
            tools.addWidget(each)
        tools.addStretch(1)
        for each in (self._up, self._down):
            tools.addWidget(each)
        self._side.setFixedWidth(236)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.list, 1)
        column.addLayout(tools)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(self._side)
        row.addWidget(self._pages, 1)

    def _items(self) -> list[Item]:
        book, fault = self._draft.book, self._draft.fault
        wrong = self._part_of(fault.path)[0] if fault is not None else ""
        tags = [
            Item(
                f"tag:{tag.id}", tag.label or "…", " ".join(tag.keys).upper(), with_colours(tag),
                quiet=tag.retired, wrong=wrong == f"tag:{tag.id}",
            )
            for tag in book.tags
        ]  # fmt: skip
        links = [
            Item(f"link:{each.id}", each.label, " ".join(each.keys).upper(), wrong=wrong == f"link:{each.id}")
            for each in book.relations
        ]
        return [
            Item(WHOLE, self.tr("Codebook"), wrong=wrong == WHOLE),
            Item("tags", self.tr("Tags"), heading=True),
            *tags,
            *([Item("links", self.tr("Links"), heading=True)] if links else []),
            *links,
        ]

    def _show_part(self) -> None:
        book, base, key = self._draft.book, self._draft.base, self.list.current
        kind, _, own = key.partition(":")
        tag, relation = book.tag(own), book.relation(own)
        if kind == "tag" and tag is not None:
            self.tag.show_tag(book, tag, base.tag(own), self.usage.tags.get(own, 0))
            self._pages.setCurrentWidget(self.tag)
        elif kind == "link" and relation is not None:
            self.relation.show_relation(book, relation, base.relation(own), self.usage.relations.get(own, 0))
            self._pages.setCurrentWidget(self.relation)
        else:
            self.whole.show_book(book)
            self._pages.setCurrentWidget(self.whole)
        things = getattr(book, _PARTS.get(kind, ""), ())
        at = next((at for at, each in enumerate(things) if each.id == own), -1)
        self._up.setEnabled(at > 0)
        self._down.setEnabled(0 <= at < len(things) - 1)
        self._tell_fault()

    def _tell_fault(self) -> None:
        fault = self._draft.fault
        here = fault is not None and self._part_of(fault.path)[0] == self.list.current
        for page in (self.whole, self.tag, self.relation):
            if fault is not None and here and page is self.page:
                page.tell_fault(self._part_of(fault.path)[1], fault.sentence)
            else:
                page.tell_fault(None)

    def _part_of(self, path: Path) -> tuple[str, Path]:
        """The key of the part that a path lies in, and the way inside of it."""
        book: Codebook = self._draft.book
        for kind, where in _PARTS.items():
            if len(path) > 1 and path[0] == where and isinstance(path[1], int):
                return f"{kind}:{getattr(book, where)[path[1]].id}", path[2:]
        return WHOLE, path

    def _edit(self, book: Codebook, name: str) -> None:
        kind, _, own = self.list.current.partition(":")
        where = _PARTS.get(kind)
        if where is not None:  # a new tag is found again under its new id
            ids = [each.id for each in getattr(self._draft.book, where)]
            new = [each.id for each in getattr(book, where)]
            if len(new) == len(ids) and own in ids and own not in new:
                at = ids.index(own)
                # Of two with one id the first would be shown: the draft says so as a fault.
                self.list.choose(f"{kind}:{own}")
                self._draft.edit(book, name or None)
                self.turn_to(f"{kind}:{new[at]}")
                return
        self._draft.edit(book, name or None)

    def _begin(self) -> None:
        self.page.go_to(())

    def _begin_name(self, page: PartPage) -> None:
        page.go_to(("label",))
        field = page.focusWidget()
        if field is not None and hasattr(field, "selectAll"):
            field.selectAll()

    def _ask_retire(self) -> None:
        self.retire_wanted.emit(self.list.current.partition(":")[2])

    def _remove(self) -> None:
        self._draft.edit(without_tag(self._draft.book, self.list.current.partition(":")[2]))
        self.list.setFocus()

    def _move_up(self) -> None:
        self._shift(-1)

    def _move_down(self) -> None:
        self._shift(1)

    def _shift(self, steps: int) -> None:
        """Move the tag or link at hand: their order is that of the tag bar."""
        kind, _, own = self.list.current.partition(":")
        where = _PARTS.get(kind)
        if where is None:
            return
        things = list(getattr(self._draft.book, where))
        at = next(at for at, each in enumerate(things) if each.id == own)
        if 0 <= at + steps < len(things):
            things[at], things[at + steps] = things[at + steps], things[at]
            moved = tuple(things)
            book = self._draft.book
            self._draft.edit(replace(book, tags=moved) if kind == "tag" else replace(book, relations=moved))
