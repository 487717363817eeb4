"""Where the lines of the form stand: a line for each field, and under the one at hand its choices or its field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from annotator.model.attributes.walk import Field

from ..theme import ui_font
from ..widgets.key_cap import keys_width

ROW, LABEL, PAD, CHOICE = 26, 112, 10, 26
FAULT = 34  # two lines of a sentence


_YES_NO = {"yes": "y", "no": "n"}


def choices_of(each: Field) -> Mapping[str, str]:
    """What can be taken by one key: value as it is written → key."""
    return _YES_NO if each.attribute.type == "boolean" else each.letters


def is_chosen(each: Field, value: str) -> bool:
    """Whether this choice is what stands there."""
    if each.attribute.type == "boolean":
        return each.value is (value == "yes") if isinstance(each.value, bool) else False
    return each.value == value


def in_words(value: str) -> str:
    """A value of the codebook as people read it."""
    return value.replace("_", " ")


@dataclass
class Line:
    """One field as it stands in the form; rectangles in the form's coordinates."""

    place: int
    rect: QRectF
    choices: list[tuple[str, QRectF]] = field(default_factory=list)
    edit: QRectF | None = None
    fault: QRectF | None = None
    fault_words: str = ""


def lines_of(fields: Sequence[Field], at: int | None, fault: str, width: int) -> tuple[list[Line], int]:
    """All lines, and the height they need."""
    lines, top = [], 0.0
    for place, each in enumerate(fields):
        line = Line(place, QRectF(0, top, width, ROW))
        top += ROW
        if place == at:
            top = _open(line, each, top, width)
            if fault:
                line.fault, line.fault_words = QRectF(PAD, top, width - 2 * PAD, FAULT), fault
                top += FAULT
            top += 6
            line.rect.setBottom(top)
            top += 4
        lines.append(line)
    return lines, round(top)


def _open(line: Line, each: Field, top: float, width: int) -> float:
    """Room for what can be chosen or written; returns where it ends."""
    if not choices_of(each):
        line.edit = QRectF(PAD, top + 2, width - 2 * PAD, 28)
        return top + 34
    metrics = QFontMetricsF(ui_font("body"))
    x, y = float(PAD), top + 2
    for value, key in choices_of(each).items():
        wide = keys_width(key) + 8 + metrics.horizontalAdvance(in_words(value)) + 16
        if x > PAD and x + wide > width - PAD:
            x, y = float(PAD), y + CHOICE
        line.choices.append((value, QRectF(x, y, min(wide, width - 2 * PAD), CHOICE - 2)))
        x += wide
    return y + CHOICE
