"""Where Tab leads: pane by pane, and in each pane as the controls stand, from top to bottom and in reading direction.

Qt goes by the order in which controls were made: tags, states and offers, made anew all the time, would come last.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QSplitter,
    QSplitterHandle,
    QWidget,
)

LEADS = "leads"  # dynamic property of a radio button that stands for its group while none is chosen
_SAME_ROW = 10  # pixels between the middles of controls that stand side by side


def stops(panes: Sequence[QWidget], focus: QWidget | None) -> list[QWidget]:
    """All that Tab reaches, in order. Of radio buttons that is the chosen one, or the one with the focus."""
    return [stop for pane in panes if pane.isVisible() for stop in _in_pane(pane, focus)]


def _in_pane(pane: QWidget, focus: QWidget | None) -> list[QWidget]:
    # What is scrolled stands together where its area begins: out of sight it would seem to lie among what is below.
    areas: list[QWidget] = [
        each for each in pane.findChildren(QScrollArea) if each.isVisible() and each.widget() is not None
    ]
    # So does each part of a divided pane: side by side, the lines of one would mix with those of the other.
    parts = [part for each in pane.findChildren(QSplitter) if each.isVisible() for part in _parts(each)]
    areas = [*parts, *areas]
    areas = [each for each in areas if not any(each is not other and other.isAncestorOf(each) for other in areas)]
    scrolled = {area: _in_pane(area.viewport() if isinstance(area, QScrollArea) else area, focus) for area in areas}
    free = [each for each in (pane, *pane.findChildren(QWidget)) if _is_stop(each, focus)]
    found: list[QWidget] = [each for each in free if not any(each is area or area.isAncestorOf(each) for area in areas)]
    turned = pane.layoutDirection() == Qt.LayoutDirection.RightToLeft
    middles = {each: each.mapTo(pane.window(), QPoint(0, 0)) + each.rect().center() for each in found}
    # What is tall begins where its first line stands.
    tall = [*areas, *(each for each in found if isinstance(each, QAbstractItemView))]
    middles |= {each: each.mapTo(pane.window(), QPoint(0, 0)) for each in tall}
    found += areas
    found.sort(key=lambda each: middles[each].y())
    rows: list[list[QWidget]] = []
    for each in found:
        if rows and middles[each].y() - middles[rows[-1][0]].y() <= _SAME_ROW:
            rows[-1].append(each)
        else:
            rows.append([each])
    ordered = [each for row in rows for each in sorted(row, key=lambda one: middles[one].x(), reverse=turned)]
    return [stop for each in ordered for stop in ([each] if each in free else []) + scrolled.get(each, [])]


def _parts(splitter: QSplitter) -> list[QWidget]:
    """What a splitter divides; nothing where only one part is to be seen."""
    found = [part for place in range(splitter.count()) if (part := splitter.widget(place)) and part.isVisible()]
    return found if len(found) > 1 else []


def _is_stop(widget: QWidget, focus: QWidget | None) -> bool:
    if not (widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus):
        return False
    if widget.focusProxy() is not None or isinstance(widget, QScrollBar | QSplitterHandle):
        return False
    if isinstance(widget, QRadioButton) and not (widget.isChecked() or widget is focus or widget.property(LEADS)):
        return False
    around = widget.parentWidget()  # the button that clears a field, the viewport of an area
    return not (isinstance(around, QAbstractScrollArea) and around.viewport() is widget)
