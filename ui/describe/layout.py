"""Where the lines of the form stand: a line for each field, and under the one at hand its choices and its field."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from annotator.model.field import Field, short_name

from ..theme import ui_font
from ..widgets.key_cap import keys_width
from .choices import Choice

ROW, PAD, CHOICE, EDIT = 26, 10, 26, 28
TALL = 40  # a row whose label takes two lines
NARROWEST, WIDEST_SHARE = 84, 0.46  # of the column of labels
GAP = 10  # between label and value
WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True)
class Open:
    """What the field at hand offers, whether one can write there, and why what was written last cannot be."""

    choices: Sequence[Choice] = ()
    writes: bool = False
    fault: str = ""


@dataclass
class Line:
    """One field as it stands in the form; rectangles in the form's coordinates."""

    place: int
    rect: QRectF
    row: float = ROW  # how high the row of label and value is
    choices: list[tuple[Choice, QRectF]] = field(default_factory=list)
    edit: QRectF | None = None
    fault: QRectF | None = None
    fault_words: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is the field at hand."""
        return bool(self.choices) or self.edit is not None


def label_width(fields: Sequence[Field], width: float) -> float:
    """How wide the column of labels is: as wide as the widest needs, but never most of the form."""
    metrics = QFontMetricsF(ui_font("small"))
    widest = max((metrics.horizontalAdvance(short_name(each.attribute)) for each in fields), default=0.0)
    return max(float(NARROWEST), min(widest + GAP + 1, (width - 2 * PAD) * WIDEST_SHARE))


def lines_of(fields: Sequence[Field], at: int | None, opened: Open, width: float) -> tuple[list[Line], int]:
    """All lines, and the height they need."""
    lines, top, labels = [], 0.0, label_width(fields, width)
    metrics = QFontMetricsF(ui_font("small"))
    for place, each in enumerate(fields):
        fits = metrics.horizontalAdvance(short_name(each.attribute)) <= labels - GAP
        line = Line(place, QRectF(0, top, width, ROW), ROW if fits else TALL)
        line.rect.setHeight(line.row)
        top += line.row
        if place == at:
            top = _open(line, opened, top, width)
        lines.append(line)
    return lines, round(top)


def _open(line: Line, opened: Open, top: float, width: float) -> float:
    """Room for what can be chosen and written, and for a fault; returns where it ends."""
    if opened.choices:
        top = _flow(line, opened.choices, top, width)
    if opened.writes:
        line.edit = QRectF(PAD, top + 2, width - 2 * PAD, EDIT)
        top += EDIT + 6
    if opened.fault:
        metrics = QFontMetricsF(ui_font("small"))
        room = QRectF(0, 0, width - 2 * PAD, 400)
        height = metrics.boundingRect(room, WRAPPED, opened.fault).height() + 2
        line.fault, line.fault_words = QRectF(PAD, top, width - 2 * PAD, height), opened.fault
        top += height
    line.rect.setBottom(top + 6)
    return top + 10


def _flow(line: Line, choices: Sequence[Choice], top: float, width: float) -> float:
    metrics = QFontMetricsF(ui_font("body"))
    x, y = float(PAD), top + 2
    for choice in choices:
        wide = keys_width(choice.key) + 8 + metrics.horizontalAdvance(choice.words) + 16
        if x > PAD and x + wide > width - PAD:
            x, y = float(PAD), y + CHOICE
        line.choices.append((choice, QRectF(x, y, min(wide, width - 2 * PAD), CHOICE - 2)))
        x += wide
    return y + CHOICE
