"""Keys, rules of a tag, what is here, a reference to copy."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from annotator.errors import AnnotatorError
from annotator.model.rows import Annotation

from ..desk import Desk
from ..dialogs.key_sheet import KeySheet
from ..dialogs.rules_sheet import RulesSheet
from ..keys.action import words
from ..keys.layouts import KeyReader
from ..keys.presets import PRESETS
from .act import Handler, plain
from .key_rows import key_rows

if TYPE_CHECKING:
    from annotator.propose import Proposal


class Help(QObject):
    """Everything that explains and changes nothing, and the keys, which a person may change."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        desk.tags.rules_requested.connect(self.show_rules)
        desk.tags.keys_requested.connect(self.show_keys)

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "keys": plain(self.show_keys),
            "rules": plain(self.show_rules),
            "what_is_here": plain(self.tell_here),
            "copy_reference": plain(self.copy_reference),
        }

    def show_keys(self) -> None:
        """All keys in one sheet, to search and to change."""
        reader = KeyReader()
        self._keys = sheet = KeySheet(
            self._desk.window,
            key_rows(self._desk.keymap, self._desk.workspace.codebook),
            name_key=lambda event: next(iter(reader.names(event)), ""),
        )
        sheet.set_presets([(preset.id, words(preset.text)) for preset in PRESETS], self._desk.keymap.preset)
        sheet.preset_chosen.connect(self._take_preset)
        sheet.key_captured.connect(self._change_key)
        sheet.default_requested.connect(self._reset_key)
        sheet.closed.connect(sheet.deleteLater)
        sheet.present()

    def show_rules(self) -> None:
        """The rules of the tag at hand: that of the current annotation, else the first."""
        codebook = self._desk.workspace.codebook
        if codebook is None:
            return
        annotation = self._desk.document.annotation(self._desk.document.current)
        if self._desk.rules.isVisible():
            self._desk.rules.setFocus()
            return
        sheet = RulesSheet(self._desk.window, codebook.tags)
        sheet.show_tag(annotation.tag if annotation else codebook.active_tags[0].id)
        sheet.closed.connect(sheet.deleteLater)
        sheet.present()

    def tell_here(self) -> None:
        """Say everything that lies at the caret."""
        document, article = self._desk.document, self._desk.article
        here = [document.annotation(mark.key) for mark in article.marks_at(article.caret())]
        told = [_told(annotation) for annotation in here if annotation is not None]
        offered = [self._desk.proposals.get(mark.key) for mark in article.proposals_at(article.caret())]
        told += [self._offered(proposal) for proposal in offered if proposal is not None]
        paragraph = self.tr("Paragraph {n}").format(n=document.paragraph_of(article.caret()))
        self._desk.status.say("; ".join([paragraph, *told]) if told else f"{paragraph}: " + self.tr("no tag here"))

    def _offered(self, proposal: "Proposal") -> str:
        words = " ".join(self._desk.document.text[proposal.outer.start : proposal.outer.end].split())[:60]
        return self.tr("proposed: {tag} “{words}”").format(tag=proposal.tag, words=words)

    def copy_reference(self) -> None:
        """Copy where the current annotation stands: title, paragraph, tag and its number among those of its tag."""
        document = self._desk.document
        annotation = document.annotation(document.current)
        if document.about is None:
            return
        place = annotation.outer.start if annotation else self._desk.article.caret()
        reference = f"{document.about.title} ¶{document.paragraph_of(place)}"
        if annotation is not None:
            same = [other.key for other in document.annotations() if other.tag == annotation.tag]
            reference += f", {annotation.tag} {same.index(annotation.key) + 1}"
        QGuiApplication.clipboard().setText(reference)
        self._desk.status.say(self.tr("Copied: {reference}").format(reference=reference))

    def _take_preset(self, preset: str) -> None:
        self._desk.keymap.set_preset(preset)
        self._show_again()

    def _change_key(self, action: str, key: str) -> None:
        try:
            self._desk.keymap.change(action, [key] if key else [])
        except AnnotatorError as error:
            self._keys.ask_again(action, str(error))
            return
        self._show_again()

    def _reset_key(self, action: str) -> None:
        try:
            self._desk.keymap.reset(action)
        except AnnotatorError as error:
            self._keys.say(str(error), wrong=True)
            return
        self._show_again()

    def _show_again(self) -> None:
        self._keys.say("")
        self._keys.set_rows(key_rows(self._desk.keymap, self._desk.workspace.codebook))


def _told(annotation: Annotation) -> str:
    return f"{annotation.tag} “{' '.join(annotation.quote.split())[:60]}”"
