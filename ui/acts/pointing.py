"""What the pointer finds in the article: the menu under the right button, and what the hover card says."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from annotator.operations.relations import kinds_from

from ..article_view.marks import Mark
from ..desk import Desk
from ..keys.action import words
from ..keys.names import shown
from ..proposals.words import told as told_of
from ..widgets.labels import plain_caption
from .act import Handler

_ON_SPAN = ("describe", "edges", "second_part", "same_elsewhere", "unsure", "note", "question", "delete")
_ON_PROPOSAL = ("agree", "edges", "delete")
_ANYWHERE = ("copy_reference", "rules", "what_is_here")


class Pointing(QObject):
    """Does nothing that a key does not do as well."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        desk.article.context_requested.connect(self.show_menu)
        desk.article.set_hover_detail(self._detail)
        desk.keymap.changed.connect(self._show_keys)
        self._show_keys()

    def handlers(self) -> dict[str, Handler]:
        return {}

    def show_menu(self, place: QPoint, mark: Mark | None) -> None:
        """Tags for the selection, or what can be done to the annotation or the proposal under the pointer."""
        desk = self._desk
        on_span: tuple[str, ...] = () if mark is None else _ON_SPAN
        if mark is not None and mark.proposed:
            on_span = _ON_PROPOSAL
            desk.article.set_proposal(mark.key, reveal=False)
        elif mark is not None:
            desk.article.set_current(mark.key, reveal=False)
        menu = QMenu(desk.window)
        codebook = desk.workspace.codebook
        for tag in codebook.active_tags if codebook else ():
            keys = desk.keymap.keys_for_tag(tag.id)
            entry = menu.addAction(plain_caption(self.tr("Tag as {tag}").format(tag=tag.label.lower())) + _tab(keys))
            entry.triggered.connect(lambda _=False, tag_id=tag.id: desk.dispatcher.choose_tag(tag_id))
        menu.addSeparator()
        if mark is not None and not mark.proposed:
            self._add_tags(menu)
            self._add_links(menu, mark.key)
        told = {"delete": self.tr("Refuse") if mark is not None and mark.proposed else self.tr("Delete")}
        for action_id in (*on_span, *_ANYWHERE):
            text = plain_caption(told.get(action_id) or words(desk.keymap.action(action_id).text))
            entry = menu.addAction(text + _tab(desk.keymap.keys_for(action_id)))
            entry.triggered.connect(lambda _=False, each=action_id: desk.dispatcher.perform(each))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _add_tags(self, menu: QMenu) -> None:
        """The tags that the annotation at hand may have instead."""
        codebook, document = self._desk.workspace.codebook, self._desk.document
        at_hand = document.annotation(document.current)
        tags = menu.addMenu(self.tr("Change the tag"))
        for tag in codebook.active_tags if codebook else ():
            if at_hand is not None and tag.id != at_hand.tag:
                entry = tags.addAction(plain_caption(tag.label))
                entry.triggered.connect(
                    lambda _=False, each=tag.id: self._desk.dispatcher.triggered.emit("retag", each)
                )

    def _add_links(self, menu: QMenu, key: int) -> None:
        """The links that may begin at an annotation."""
        kinds = kinds_from(self._desk.workspace.project, key)
        links = menu.addMenu(self.tr("Link")) if kinds else menu
        for kind in kinds:
            entry = links.addAction(plain_caption(kind.label))
            entry.triggered.connect(
                lambda _=False, each=kind.id: self._desk.dispatcher.triggered.emit("link_kind", each)
            )

    def _detail(self, mark: Mark) -> str:
        if mark.proposed:
            proposal = self._desk.proposals.get(mark.key)
            return told_of(proposal) if proposal else ""
        annotation = self._desk.document.annotation(mark.key)
        return " ".join(annotation.note.split())[:80] if annotation else ""

    def _show_keys(self) -> None:
        of_marks = (
            ("retag", self.tr("other tag")),
            ("edges", self.tr("edges")),
            ("delete", self.tr("delete")),
        )
        of_proposals = (
            ("agree", self.tr("take")),
            ("delete", self.tr("refuse")),
            ("edges", self.tr("edges")),
        )
        self._desk.article.set_hover_keys(self._rows(of_marks), self._rows(of_proposals))

    def _rows(self, listed: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        keymap = self._desk.keymap
        return [(keys[0], words) for action_id, words in listed if (keys := keymap.keys_for(action_id))]


def _tab(keys: tuple[str, ...]) -> str:
    return f"\t{shown(keys[0])}" if keys else ""
