"""How the window looks: marks, text size, panels, panes; and Esc, which leads back to the article."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ..desk import Desk
from ..tab_order import stops
from ..theme import appearance
from ..widgets.field import FilterField
from ..widgets.find_bar import FindBar
from ..widgets.name_line import NameLine
from ..widgets.sheet import Sheet
from .act import Handler, plain

SMALLEST, LARGEST = 11, 40  # pixels of the article's text
SIZES = ((2400, 20), (1600, 17), (0, 16))  # window width from which on → pixels of the article's text


class Looks(QObject):
    """Every switch is remembered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        desk.code.mode_chosen.connect(self.set_mode)
        desk.status.exact_requested.connect(self.turn_exact)
        desk.window.installEventFilter(self)
        appearance().changed.connect(self._follow_theme)
        self.apply()

    def handlers(self) -> Mapping[str, Handler]:
        article = self._desk.article
        return {
            "view_code": plain(lambda: self._desk.views.show("code")),
            "hide_marks": plain(self.turn_marks),
            "labelled": plain(lambda: self.set_mode("quiet" if article.mode() == "labelled" else "labelled")),
            "exact": plain(self.turn_exact),
            "text_larger": plain(lambda: self.set_size(self.size() + 1)),
            "text_smaller": plain(lambda: self.set_size(self.size() - 1)),
            "text_normal": plain(lambda: self.set_size(0)),
            "side_panels": plain(self.turn_panels),
            "next_pane": plain(lambda: self.go_pane(1)),
            "previous_pane": plain(lambda: self.go_pane(-1)),
            "appearance": plain(self.turn_appearance),
            "speech": plain(self.turn_speech),
            "menu": plain(self._desk.documents.open_menu),
            "back": plain(self.back),
        }

    def apply(self) -> None:
        """Bring the article to what is remembered."""
        settings, article = self._desk.settings, self._desk.article
        article.set_theme(appearance().theme)
        article.set_exact(settings.get("exact"))
        for text in self._desk.articles:
            text.set_text_size(self.size())
            text.set_announcements(settings.get("announcements"))
        self._desk.status.set_exact(settings.get("exact"))
        self.set_mode(settings.get("mode"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._desk.article.text_size() != self.size():
            self._resize_text()
        return super().eventFilter(watched, event)

    def size(self) -> int:
        """The text size in pixels: the person's own, else what suits the window."""
        return int(self._desk.settings.get("text_size")) or fitting_size(self._desk.window.width())

    def set_size(self, pixels: int) -> None:
        """Change the text size; 0 goes back to what suits the window."""
        self._desk.settings.set("text_size", min(LARGEST, max(SMALLEST, pixels)) if pixels else 0)
        self._resize_text()
        self._desk.status.say(self.tr("Text size {size}").format(size=self.size()))

    def _resize_text(self) -> None:
        for text in self._desk.articles:
            text.set_text_size(self.size())

    def _follow_theme(self) -> None:
        self._desk.article.set_theme(appearance().theme)

    def set_mode(self, mode: str) -> None:
        """Quiet, or labelled."""
        self._desk.settings.set("mode", mode)
        self._desk.article.set_mode(mode)
        self._desk.code.show_mode(mode)

    def turn_marks(self) -> None:
        """Hide all marks for a first reading, or show them again."""
        hidden = not self._desk.article.marks_hidden()
        for text in self._desk.articles:
            text.set_marks_hidden(hidden)
        key = self._desk.keymap.keys_for("hide_marks")
        shown = self.tr("Marks are hidden: {key} shows them again").format(key=key[0] if key else "")
        self._desk.status.say(shown if hidden else self.tr("Marks are shown"))

    def turn_exact(self) -> None:
        """Take boundaries as they are selected, or snap to words again."""
        exact = not self._desk.article.exact()
        self._desk.article.set_exact(exact)
        self._desk.settings.set("exact", exact)
        self._desk.status.set_exact(exact)
        self._desk.status.say(
            self.tr("Boundaries are taken exactly as selected") if exact else self.tr("Boundaries snap to words")
        )

    def turn_appearance(self) -> None:
        """As the desktop, light, dark, in turn."""
        told = {"system": self.tr("as the desktop"), "light": self.tr("light"), "dark": self.tr("dark")}
        mode = _after(self._desk.settings.get("appearance"), tuple(told))
        self._desk.settings.set("appearance", mode)
        appearance().set_mode("light" if mode == "light" else "dark" if mode == "dark" else "system")
        self._desk.status.say(self.tr("Appearance: {mode}").format(mode=told[mode]))

    def turn_speech(self) -> None:
        """How much is said when the caret enters or leaves a tag: nothing, a little, all; in turn."""
        told = {"short": self.tr("the tag"), "full": self.tr("the tag and its words"), "off": self.tr("nothing")}
        extent = _after(self._desk.settings.get("announcements"), tuple(told))
        self._desk.settings.set("announcements", extent)
        for text in self._desk.articles:
            text.set_announcements(extent)
        self._desk.status.say(self.tr("On entering a tag a screen reader says: {extent}").format(extent=told[extent]))

    def turn_panels(self) -> None:
        """Hide both side panels, or show them."""
        desk = self._desk
        beside = desk.views.current.beside
        others: tuple[QWidget, ...] = (desk.history, desk.actors, desk.review.corrections)
        shown = any(panel.isVisible() for panel in (desk.documents, beside, *others))
        for panel in others:
            panel.hide()
        for panel in (desk.documents, beside):
            panel.setVisible(not shown)
        if shown:
            desk.focus_text()

    def go_pane(self, steps: int) -> None:
        """Put the keyboard into the next pane that is to be seen."""
        desk = self._desk
        panes: list[QWidget] = [desk.documents, desk.article, desk.tags, *desk.review.panes]
        if desk.code.beside.pane is not None:
            panes.insert(1, desk.code.beside.pane)
        panes += [desk.details, desk.history, desk.actors, desk.review.details, desk.review.corrections, desk.status]
        line = desk.window.findChild(NameLine)
        if line is not None:
            panes.insert(1, line)  # it stands between the list and the article
        panes = [pane for pane in panes if pane.isVisible()]
        focus = QApplication.focusWidget()
        at = next((i for i, p in enumerate(panes) if focus is not None and (p is focus or p.isAncestorOf(focus))), 0)
        for further in range(1, len(panes) + 1):
            if _take_focus(panes[(at + steps * further) % len(panes)]):
                return

    def back(self) -> None:
        """One step back: a tag armed, a selection, a filter, a sheet, a line above the text; at last the article."""
        from .tagging import Tagging

        desk = self._desk
        tagging = desk.window.findChild(Tagging)
        if desk.article.hasFocus():
            if tagging is not None and tagging.disarm():
                desk.status.say(self.tr("No tag is armed any more"))
            elif tagging is not None and tagging.drop_part():
                desk.status.say(self.tr("No second part is added"))
            elif desk.article.held() or desk.article.selection() is not None:
                desk.article.set_held(False)
                desk.article.set_caret(desk.article.caret())
            elif not desk.details.isVisible() and (desk.history.isVisible() or desk.actors.isVisible()):
                desk.show_beside(desk.details)
            else:
                desk.document.set_current(None)
            return
        focus = QApplication.focusWidget()
        if isinstance(focus, FilterField) and focus.text():
            focus.clear()
            return
        if _leave(desk.window, focus):
            return
        desk.code.focus()


def _leave(window: QWidget, focus: QWidget | None) -> bool:
    """Close the sheet in front, or the line that the keyboard is in; False where there is neither."""
    for sheet in reversed(window.findChildren(Sheet)):
        if sheet.isVisible():
            sheet.dismiss()
            return True
    lines: list[FindBar | NameLine] = [*window.findChildren(FindBar), *window.findChildren(NameLine)]
    for line in lines:
        if focus is not None and line.isAncestorOf(focus):
            line.dismiss()
            return True
    return False


def _take_focus(pane: QWidget) -> bool:
    """Give the keyboard to a pane, or to the first control in it that can have it."""
    first = next(iter(stops([pane], None)), None)
    if first is not None:
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return first is not None


def fitting_size(width: int) -> int:
    """The text size in pixels for a window of this width: the column grows with the screen, not the line."""
    return next(pixels for least, pixels in SIZES if width >= least)


def _after(value: str, values: tuple[str, ...]) -> str:
    """The next of a few values, in turn."""
    return values[(values.index(value) + 1) % len(values)] if value in values else values[0]
