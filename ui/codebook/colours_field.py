"""The two colours of a tag: ready pairs, or any colour written as #rrggbb, with its contrast said."""

import re
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from annotator.model.codebook import Tag
from annotator.model.codebook_check import DARK_PAGE, LEAST_CONTRAST, LIGHT_PAGE, contrast
from annotator.model.codebook_colours import PAIRS

from ..icons import paint_icon
from ..tab_order import LEADS
from ..theme import DARK, LIGHT, RADIUS_SMALL, current, readable_on
from ..widgets.labels import label, set_role
from ..widgets.surface import paint_ring
from .choices import COLOURS, said
from .fields import LineField

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def with_colours(tag: Tag) -> Tag:
    """The tag to be painted: grey where a colour is being written and is none yet."""
    if _COLOUR.fullmatch(tag.light) and _COLOUR.fullmatch(tag.dark):
        return tag
    return replace(
        tag,
        light=tag.light if _COLOUR.fullmatch(tag.light) else LIGHT.ink3,
        dark=tag.dark if _COLOUR.fullmatch(tag.dark) else DARK.ink3,
    )


class _Pair(QRadioButton):
    """One ready pair, in the colour of the theme in force."""

    def __init__(self, light: str, dark: str, name: str) -> None:
        super().__init__()
        self.pair = (light, dark)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(26, 26)

    def sizeHint(self) -> QSize:
        return QSize(26, 26)

    def hitButton(self, _: object) -> bool:
        return True

    def paintEvent(self, _: QPaintEvent) -> None:
        theme = current()
        fill = self.pair[1] if theme.dark else self.pair[0]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), RADIUS_SMALL, RADIUS_SMALL)
        if self.isChecked():
            paint_icon(painter, QRectF(7, 7, 12, 12), "check-bold", QColor(readable_on(fill, theme)))
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme)


class _Page(QWidget):
    """A word in a colour on the page that it is for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._page, self._colour = page, ""
        self.setFixedSize(44, 28)

    def show_colour(self, colour: str) -> None:
        self._colour = colour if _COLOUR.fullmatch(colour) else ""
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current().edge), 1))
        painter.setBrush(QColor(self._page))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_SMALL, RADIUS_SMALL)
        if self._colour:
            painter.setPen(QColor(self._colour))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Abc")


class ColoursField(QWidget):
    """Its value is the pair (light, dark)."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._pairs = [_Pair(*pair, said(name)) for pair, name in zip(PAIRS, COLOURS, strict=True)]
        ready = QHBoxLayout()
        ready.setSpacing(2)
        ready.setContentsMargins(0, 0, 0, 0)
        for pair in self._pairs:
            self._group.addButton(pair)
            ready.addWidget(pair)
        ready.addStretch(1)
        self._group.buttonClicked.connect(self._take_pair)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        self.written: list[LineField] = []
        self._told = [label("", "meta", wrap=True) for _ in range(2)]
        self._shown = [_Page(LIGHT_PAGE), _Page(DARK_PAGE)]
        for line, (words, told, page) in enumerate(
            zip((self.tr("On the light page"), self.tr("On the dark page")), self._told, self._shown, strict=True)
        ):
            field = LineField("#rrggbb")
            field.setAccessibleName(words)
            field.setFixedWidth(96)
            field.edited.connect(self._write)
            self.written.append(field)
            grid.addWidget(page, line, 0)
            grid.addWidget(field, line, 1)
            grid.addWidget(told, line, 2)
        grid.setColumnStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(ready)
        column.addLayout(grid)
        self.setFocusProxy(self.written[0])

    def show_value(self, value: Any) -> None:
        """Show a pair."""
        for field, colour in zip(self.written, value, strict=True):
            field.show_value(colour)
        self._group.setExclusive(False)
        for pair in self._pairs:
            pair.setChecked(pair.pair == tuple(value))
        self._group.setExclusive(True)
        chosen = next((pair for pair in self._pairs if pair.isChecked()), self._pairs[0])
        for pair in self._pairs:  # Tab leads to one of them, the arrow keys to the others
            pair.setFocusPolicy(Qt.FocusPolicy.StrongFocus if pair is chosen else Qt.FocusPolicy.ClickFocus)
            pair.setProperty(LEADS, pair is chosen)
        self._tell(value)

    def _tell(self, value: Any) -> None:
        pages = (LIGHT_PAGE, DARK_PAGE)
        for colour, page, told, shown in zip(value, pages, self._told, self._shown, strict=True):
            shown.show_colour(colour)
            if not _COLOUR.fullmatch(colour):
                told.setText("")
                continue
            ratio = contrast(colour, page)
            seen = ratio >= LEAST_CONTRAST
            words = self.tr("Contrast {n}:1") if seen else self.tr("Contrast {n}:1, hard to see: 4.5:1 is the least")
            told.setText(words.format(n=f"{int(ratio * 10) / 10:.1f}"))
            set_role(told, "meta" if seen else "warn")

    def _take_pair(self, pair: _Pair) -> None:
        self.edited.emit(pair.pair)

    def _write(self, _: object) -> None:
        self.edited.emit(tuple(field.value().lower() for field in self.written))
