"""Draws the form: label, value, where the value comes from; the field at hand on a soft ground with its choices."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from annotator.model.attributes.walk import Field, short_name

from ..theme import RADIUS_CONTROL, Theme, ui_font
from ..widgets.key_cap import keys_width, paint_keys
from ..widgets.surface import paint_ring
from .layout import LABEL, PAD, ROW, Line, choices_of, in_words, is_chosen


def paint_lines(
    painter: QPainter,
    whole: QRectF,
    lines: Sequence[Line],
    fields: Sequence[Field],
    show: Callable[[Field], str],
    theme: Theme,
    *,
    focused: bool,
) -> None:
    """Everything, in the colours of a theme."""
    for line in lines:
        each = fields[line.place]
        open_here = bool(line.choices or line.edit)
        if open_here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_soft))
            painter.drawRoundedRect(line.rect, RADIUS_CONTROL, RADIUS_CONTROL)
            if focused:
                paint_ring(painter, line.rect, theme)
        _row(painter, QRectF(PAD, line.rect.y(), whole.width() - 2 * PAD, ROW), each, show, theme, open_here)
        for value, rect in line.choices:
            _choice(painter, rect, each, value, theme)
        if line.fault is not None:
            painter.setFont(ui_font("small"))
            painter.setPen(QColor(theme.bad))
            painter.drawText(line.fault, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop), line.fault_words)


def _row(
    painter: QPainter, rect: QRectF, each: Field, show: Callable[[Field], str], theme: Theme, open_here: bool
) -> None:
    name = short_name(each.attribute)
    _text(painter, QRectF(rect.x(), rect.y(), LABEL - 6, rect.height()), name, theme.ink3, "small")
    origin = _origin(each)
    width = QFontMetricsF(ui_font("tiny")).horizontalAdvance(origin) + 6 if origin else 0
    value = show(each) if each.value is not None else "—"
    ink = theme.ink if each.is_human else theme.ink2 if each.value is not None else theme.ink3
    weight = QFont.Weight.DemiBold if open_here else QFont.Weight.Normal
    middle = QRectF(rect.x() + LABEL, rect.y(), rect.width() - LABEL - width, rect.height())
    _text(painter, middle, value, ink, "body", weight)
    if origin:
        ink = theme.warn if each.waits and each.value is None else theme.ink3
        right = QRectF(rect.right() - width, rect.y(), width, rect.height())
        _text(painter, right, origin, ink, "tiny", align=Qt.AlignmentFlag.AlignRight)


def _origin(each: Field) -> str:
    if each.by == "proposed":
        return QCoreApplication.translate("Describe", "proposed")
    if each.waits:
        return QCoreApplication.translate("Describe", "open")
    return "✓" if each.by == "confirmed" else ""


def _choice(painter: QPainter, rect: QRectF, each: Field, value: str, theme: Theme) -> None:
    key, chosen = choices_of(each)[value], is_chosen(each, value)
    width = keys_width(key)
    paint_keys(painter, QRectF(rect.x(), rect.y() + 2, width, 20), key, theme, on=chosen and each.is_human)
    weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Normal
    words = QRectF(rect.x() + width + 8, rect.y(), rect.width() - width - 8, rect.height())
    _text(painter, words, in_words(value), theme.ink, "body", weight)


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
