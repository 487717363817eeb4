"""Draws the form: label, value, where the value comes from; the field at hand on a soft ground with its choices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from annotator.model.field import Field, short_name

from ..theme import RADIUS_CONTROL, Theme, ui_font
from ..widgets.key_cap import keys_width, paint_keys
from ..widgets.surface import paint_ring
from .choices import Choice, is_chosen
from .layout import GAP, PAD, ROW, WRAPPED, Line, label_width


@dataclass(frozen=True)
class Look:
    """How it is drawn: `marked` is the choice that the arrows point at."""

    theme: Theme
    focused: bool
    marked: int | None = None


def paint_lines(
    painter: QPainter, lines: Sequence[Line], fields: Sequence[Field], show: Callable[[Field], str], look: Look
) -> None:
    """Everything."""
    theme = look.theme
    labels = label_width(fields, lines[0].rect.width()) if lines else 0.0
    for line in lines:
        each = fields[line.place]
        if line.is_open:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_soft))
            painter.drawRoundedRect(line.rect, RADIUS_CONTROL, RADIUS_CONTROL)
            if look.focused:
                paint_ring(painter, line.rect, theme)
        row = QRectF(PAD, line.rect.y(), line.rect.width() - 2 * PAD, line.row)
        _row(painter, row, labels, each, show, theme, line)
        for place, (choice, rect) in enumerate(line.choices):
            if place == look.marked:
                paint_ring(painter, rect.adjusted(-5, 0, -5, 1), theme)
            _choice(painter, rect, each, choice, theme)
        if line.fault is not None:
            painter.setFont(ui_font("small"))
            painter.setPen(QColor(theme.bad))
            painter.drawText(line.fault, WRAPPED, line.fault_words)


def _row(
    painter: QPainter,
    rect: QRectF,
    labels: float,
    each: Field,
    show: Callable[[Field], str],
    theme: Theme,
    line: Line,
) -> None:
    _label(painter, QRectF(rect.x(), rect.y(), labels - GAP, rect.height()), short_name(each.attribute), theme, line)
    origin = origin_of(each)
    width = QFontMetricsF(ui_font("tiny")).horizontalAdvance(origin) + 6 if origin else 0
    value = show(each) if each.value is not None else "—"
    ink = theme.ink if each.is_human else theme.ink2 if each.value is not None else theme.ink3
    weight = QFont.Weight.DemiBold if line.is_open else QFont.Weight.Normal
    middle = QRectF(rect.x() + labels, rect.y(), rect.width() - labels - width, rect.height())
    _text(painter, middle, value, ink, "body", weight)
    if origin:
        ink = theme.warn if each.waits and each.value is None else theme.ink3
        right = QRectF(rect.right() - width, rect.y(), width, rect.height())
        _text(painter, right, origin, ink, "tiny", align=Qt.AlignmentFlag.AlignRight)


def _label(painter: QPainter, rect: QRectF, name: str, theme: Theme, line: Line) -> None:
    if line.row <= ROW:
        _text(painter, rect, name, theme.ink3, "small")
        return
    painter.setFont(ui_font("small"))
    painter.setPen(QColor(theme.ink3))
    flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.drawText(rect, flags, name)


def origin_of(each: Field) -> str:
    """Where the value comes from, in a word or a sign."""
    if each.by == "proposed":
        return QCoreApplication.translate("Describe", "proposed")
    if each.waits:
        return QCoreApplication.translate("Describe", "open")
    return "✓" if each.by == "confirmed" else ""


def _choice(painter: QPainter, rect: QRectF, each: Field, choice: Choice, theme: Theme) -> None:
    chosen, width = is_chosen(each, choice.value), keys_width(choice.key) if choice.key else 0.0
    if choice.key:
        cap = QRectF(rect.x(), rect.y() + 2, width, 20)
        paint_keys(painter, cap, choice.key, theme, on=chosen and each.is_human)
    weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Normal
    words = QRectF(rect.x() + width + 8, rect.y(), rect.width() - width - 8, rect.height())
    _text(painter, words, choice.words, theme.ink, "body", weight)


def _text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    ink: str,
    role: str,
    weight: QFont.Weight = QFont.Weight.Normal,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    font = ui_font(role, weight)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    cut = QFontMetricsF(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), cut)
