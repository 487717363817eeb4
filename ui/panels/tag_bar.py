"""The bar of keys under the article: each tag with its key and its line; a click does what the key does."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook, Tag

from ..theme import HEIGHT_BAR, current, ui_font
from ..widgets.hairline import Hairline
from ..widgets.key_cap import keys_width, paint_keys
from ..widgets.labels import plain_tip
from ..widgets.surface import paint_row, surface
from ..widgets.swatch import paint_pattern

MARGIN, GAP = 16, 4
# Words of help, words of tags, lines of tags. Where no words fit, the lines tell the tags apart.
_LESS_AND_LESS = ((True, True, True), (False, True, True), (False, True, False), (False, False, True), (False,) * 3)


class KeyButton(QAbstractButton):
    """A key cap, a word, and a tag's line; takes no focus on a click, so that the article keeps it.

    Where room is short it does without its line or its word, which tool tip and accessible name still tell.
    """

    def __init__(self, words: str, keys: str, tag: Tag | None = None) -> None:
        super().__init__()
        self._keys, self._tag = keys, tag
        self._with_word = self._with_line = True
        self.setText(words)
        self.setAccessibleName(f"{words} ({keys})" if keys else words)
        self.setToolTip(plain_tip(words))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCheckable(tag is not None)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def nextCheckState(self) -> None:
        """Checked means armed, and only the window arms."""

    def set_keys(self, keys: str) -> None:
        """Show another key."""
        self._keys = keys
        self.updateGeometry()
        self.update()

    def show_parts(self, *, word: bool, line: bool) -> None:
        """Do without the word (where there is a key to show) or the line."""
        self._with_word, self._with_line = word or not self._keys, line
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = self._cap()
        if self._with_word:
            font = ui_font("body", QFont.Weight.DemiBold)
            width += 7 + QFontMetricsF(font).horizontalAdvance(self.text())
        if self._has_line():
            width += 24
        return QSize(round(8 + width + 8), 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(8 + (self._cap() or 20) + 8), 32)

    def _cap(self) -> float:
        return keys_width(self._keys) if self._keys else 0.0

    def _has_line(self) -> bool:
        return self._tag is not None and self._with_line

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter, on = current(), QPainter(self), self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        paint_row(painter, rect, theme, current=on, hover=self.underMouse(), focus=self.hasFocus())
        x = 8.0
        if self._keys:
            width = self._cap()
            paint_keys(painter, QRectF(x, 6, width, 20), self._keys, theme, on=on)
            x += width + 7
        if self._with_word:
            painter.setFont(ui_font("body", QFont.Weight.DemiBold if on else QFont.Weight.Normal))
            painter.setPen(QColor(theme.ink if self._tag else theme.ink3))
            metrics = QFontMetricsF(painter.font())
            room = rect.width() - x - 8 - (24 if self._has_line() else 0)
            word = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(x, 0, room + 4, rect.height()), Qt.AlignmentFlag.AlignVCenter, word)
            x += metrics.horizontalAdvance(word) + 7
        if self._tag is not None and self._with_line:
            ink = QColor(self._tag.dark if theme.dark else self._tag.light)
            paint_pattern(painter, QRectF(x, rect.center().y() - 1, 16, 4), self._tag.bar, ink)


class TagBar(QWidget):
    """The tags of the codebook, and where to find rules and keys."""

    tag_chosen = Signal(str)
    rules_requested = Signal()
    keys_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.armed: str | None = None  # the tag that is kept armed
        self.setObjectName("tag_bar")
        self.setAccessibleName(self.tr("Tags"))
        self.setFixedHeight(HEIGHT_BAR + 1)
        surface(self, "page")
        self._buttons: dict[str, KeyButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline())
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(GAP)
        self._tags = QHBoxLayout()
        self._tags.setSpacing(GAP)
        row.addLayout(self._tags)
        row.addStretch(1)
        self._rules = KeyButton(self.tr("Rules"), "?")
        self._rules.clicked.connect(self.rules_requested)
        self._keys = KeyButton(self.tr("All keys"), "F1")
        self._keys.clicked.connect(self.keys_requested)
        row.addWidget(self._rules)
        row.addWidget(self._keys)
        column.addLayout(row, 1)

    def show_codebook(self, codebook: Codebook | None, keys_for: Callable[[str], tuple[str, ...]]) -> None:
        """Show these tags, each with the first of its keys that works now."""
        for old in self._buttons.values():
            self._tags.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = {}
        for tag in codebook.active_tags if codebook else ():
            keys = keys_for(tag.id)
            made = KeyButton(tag.label.lower(), keys[0] if keys else "", tag)
            made.setToolTip(plain_tip(f"{tag.label}\n{tag.definition}"))
            made.clicked.connect(lambda _=False, tag_id=tag.id: self.tag_chosen.emit(tag_id))
            self._buttons[tag.id] = made
            self._tags.addWidget(made)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show as much as there is room for: first the words of help go, then the lines, then the words of the tags.

        Keys stay; tool tips and accessible names tell what has gone.
        """
        buttons = [*self._buttons.values(), self._rules, self._keys]
        room = self.width() - 2 * MARGIN - GAP * len(buttons)
        for help_words, words, lines in _LESS_AND_LESS:
            for help_button in (self._rules, self._keys):
                help_button.show_parts(word=help_words, line=False)
            for tag_button in self._buttons.values():
                tag_button.show_parts(word=words, line=lines)
            if sum(each.sizeHint().width() for each in buttons) <= room:
                break

    def show_armed(self, tag: str | None) -> None:
        """Mark the tag that is kept armed."""
        self.armed = tag
        for tag_id, shown in self._buttons.items():
            shown.setChecked(tag_id == tag)

    def button(self, tag: str) -> KeyButton:
        """The button of a tag."""
        return self._buttons[tag]
