"""Pictures of numbers, drawn with pyqtgraph in the colours of the theme.

It is an extra and takes its time to be imported, so it is asked for when somebody looks: `prepare` beside the window,
the rest with the first picture, `missing` where a picture would stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.agreement.sample_size import RELIABLE, TENTATIVE

from ..theme import appearance, current, ui_font

ROW = 30  # pixels of a row of dots
_AXIS = 26
_SIGNS = ("o", "s", "t", "d", "+", "x", "p", "t1", "h", "star", "t2", "t3")
_LEGEND = 5  # names beside each other in a legend


def prepare() -> None:
    """Import what the library stands on. It makes classes of Qt itself, which beside the window can end the program."""
    if not missing():
        import numpy  # noqa: F401


def missing() -> str:
    """How to get the pictures, where pyqtgraph is not installed; nothing where it is."""
    if find_spec("pyqtgraph") is not None:
        return ""
    told = QCoreApplication.translate("Plots", "Pictures need one more package: {command}")
    return told.format(command='pip install "news-annotator[plots]"')


@dataclass(frozen=True)
class Dot:
    """A row of a plot of dots: a value with its interval; None where there is none, with what stands there instead."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    ink: str = ""  # a colour as #rrggbb; none: that of text
    said: str = ""


@dataclass(frozen=True)
class Series:
    """A line over the same steps; None leaves a gap."""

    label: str
    values: Sequence[float | None]
    spread: Sequence[tuple[float, float] | None] = ()


class Plot(QWidget):
    """A picture that is drawn anew when the theme changes. It takes no keys: the table beside it says the same."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._shown: QWidget | None = None
        appearance().changed.connect(self._redraw)

    def draw(self) -> QWidget | None:
        """The picture as it is now, if there is something to draw."""
        raise NotImplementedError

    def _redraw(self) -> None:
        if self._shown is not None:
            self._column.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = self.draw() if not missing() else None
        if self._shown is not None:
            self._column.addWidget(self._shown)
            self._shown.show()  # else the layout would do so a moment later, and take it for nothing until then
        self.setVisible(self._shown is not None)


class Dots(Plot):
    """Values with intervals in rows, from 0 to 1, and the lines at .667 and .8."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._dots: tuple[Dot, ...] = ()

    def show_dots(self, dots: Sequence[Dot]) -> None:
        """Draw these rows, the first on top."""
        self._dots = tuple(dots)
        self.setAccessibleDescription("; ".join(f"{each.label} {each.said}" for each in dots))
        self._redraw()

    def draw(self) -> QWidget | None:
        if not self._dots:
            return None
        import pyqtgraph as pg

        theme, count = current(), len(self._dots)
        plot = _canvas(pg)
        low = min([0.0, *(each.low if each.low is not None else each.value or 0.0 for each in self._dots)])
        plot.setXRange(low, 1, padding=0.02)
        plot.setYRange(-0.6, count - 0.4, padding=0)
        for at in (TENTATIVE, RELIABLE):
            plot.addItem(pg.InfiniteLine(at, angle=90, pen=_dotted(pg)))
        rows = [(count - 1 - place, each) for place, each in enumerate(self._dots)]
        for y, each in rows:
            plot.plot([low, 1], [y, y], pen=pg.mkPen(theme.line, width=1))
            if each.value is None:
                continue
            ink = each.ink or theme.ink
            if each.low is not None and each.high is not None:
                plot.addItem(
                    pg.ErrorBarItem(
                        x=_array([each.value]),
                        y=_array([y]),
                        left=_array([each.value - each.low]),
                        right=_array([each.high - each.value]),
                        beam=0.3,
                        pen=pg.mkPen(ink, width=2),
                    )
                )
            plot.plot([each.value], [y], pen=None, symbol="o", symbolSize=10, symbolBrush=ink, symbolPen=None)
        left, right, bottom = (plot.getAxis(side) for side in ("left", "right", "bottom"))
        plot.showAxis("right")
        left.setTicks([[(y, each.label) for y, each in rows]])
        right.setTicks([[(y, each.said) for y, each in rows]])
        _style(left, theme.ink)
        _style(right, theme.ink)
        ticks = [(0, "0"), (0.25, ".25"), (0.5, ".5"), (TENTATIVE, ".667"), (RELIABLE, ".8"), (1, "1")]
        bottom.setTicks([[(round(low, 1), f"{low:.1f}")] * (low < -0.1) + ticks])
        plot.setFixedHeight(ROW * count + _AXIS)
        return plot  # type: ignore[no-any-return]


class Bars(Plot):
    """How many in each week, the last one in full colour."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._bars: tuple[tuple[str, int], ...] = ()

    def show_bars(self, bars: Sequence[tuple[str, int]]) -> None:
        """Draw these, in their order."""
        self._bars = tuple(bars)
        self.setAccessibleDescription("; ".join(f"{label} {count:,}" for label, count in bars))
        self._redraw()

    def draw(self) -> QWidget | None:
        if not self._bars:
            return None
        import pyqtgraph as pg

        theme = current()
        plot = _canvas(pg)
        counts = [count for _, count in self._bars]
        soft = QColor(theme.accent)
        soft.setAlphaF(0.45)
        brushes: list[QColor] = [soft] * (len(counts) - 1) + [QColor(theme.accent)]
        plot.addItem(
            pg.BarGraphItem(x=list(range(len(counts))), height=counts, width=0.8, brushes=brushes, pen=pg.mkPen(None))
        )
        plot.setYRange(0, max(counts) * 1.05 or 1, padding=0)
        plot.setXRange(-0.6, max(len(counts), 8) - 0.4, padding=0)
        _ticks(plot, [label for label, _ in self._bars])
        plot.setFixedHeight(150)
        return plot  # type: ignore[no-any-return]


class Lines(Plot):
    """Values over steps, from 0 to 1, each with its interval, and the lines at .667 and .8."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._steps: tuple[str, ...] = ()
        self._series: tuple[Series, ...] = ()

    def show_lines(self, steps: Sequence[str], series: Sequence[Series]) -> None:
        """Draw these; all series have as many values as there are steps."""
        self._steps, self._series = tuple(steps), tuple(series)
        self.setAccessibleDescription("; ".join(each.label for each in series))
        self._redraw()

    def draw(self) -> QWidget | None:
        if not self._steps:
            return None
        import pyqtgraph as pg

        theme = current()
        plot = _canvas(pg)
        _legend(plot, len(self._series))
        for at in (TENTATIVE, RELIABLE):
            plot.addItem(pg.InfiniteLine(at, angle=0, pen=_dotted(pg)))
        looks = ((theme.accent, "o", Qt.PenStyle.SolidLine), (theme.ink2, "s", Qt.PenStyle.DashLine))
        for place, each in enumerate(self._series):
            ink, sign, style = looks[place % 2]
            shift = (place - (len(self._series) - 1) / 2) * 0.06
            there = [(at + shift, value) for at, value in enumerate(each.values) if value is not None]
            for at, ends in enumerate(each.spread):
                if ends is not None:
                    plot.plot([at + shift] * 2, list(ends), pen=pg.mkPen(ink, width=1.5))
            plot.plot(
                [x for x, _ in there],
                [y for _, y in there],
                name=each.label,
                pen=pg.mkPen(ink, width=2, style=style),
                symbol=sign,
                symbolSize=8,
                symbolBrush=ink,
                symbolPen=None,
            )
        plot.setYRange(0, 1.2, padding=0.03)  # the legend stands above 1
        plot.setXRange(-0.5, len(self._steps) - 0.5, padding=0)
        _ticks(plot, self._steps)
        plot.getAxis("left").setTicks([[(0, "0"), (0.5, ".5"), (TENTATIVE, ".667"), (RELIABLE, ".8"), (1, "1")]])
        plot.setFixedHeight(220)
        return plot  # type: ignore[no-any-return]


class Groups(Plot):
    """Rates of several people by tag: one dot each, so that one sees who tags more than the others."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._tags: tuple[tuple[str, str], ...] = ()
        self._people: tuple[tuple[str, tuple[float, ...]], ...] = ()

    def show_groups(self, tags: Sequence[tuple[str, str]], people: Sequence[tuple[str, tuple[float, ...]]]) -> None:
        """Draw the rates of people for these tags, each a label and a colour."""
        self._tags, self._people = tuple(tags), tuple(people)
        self.setAccessibleDescription("; ".join(name for name, _ in people))
        self._redraw()

    def draw(self) -> QWidget | None:
        if not self._tags or not self._people:
            return None
        import pyqtgraph as pg

        theme, count = current(), len(self._tags)
        plot = _canvas(pg)
        _legend(plot, len(self._people))
        most = max((value for _, rates in self._people for value in rates), default=1.0) or 1.0
        for y in range(count):
            plot.plot([0, most], [y, y], pen=pg.mkPen(theme.line, width=1))
        step = min(0.16, 0.8 / len(self._people))  # equal rates would hide each other
        for place, (name, rates) in enumerate(self._people):
            sign = _SIGNS[place % len(_SIGNS)]
            shift = (place - (len(self._people) - 1) / 2) * step
            look = {"pen": None, "symbol": sign, "symbolSize": 10, "symbolPen": pg.mkPen(theme.page, width=0.5)}
            inks = [pg.mkBrush(ink) for _, ink in self._tags]
            plot.plot(list(rates), [count - 1 - y - shift for y in range(count)], symbolBrush=inks, **look)
            # For the legend, which knows one colour each, and reads its words as HTML.
            plot.plot([], [], name=escape(name), symbolBrush=theme.ink2, **look)
        plot.setXRange(0, most, padding=0.03)
        rows = -(-len(self._people) // _LEGEND)  # of the legend, which stands above the others
        plot.setYRange(-0.6, count - 0.4 + rows, padding=0)
        plot.getAxis("left").setTicks([[(count - 1 - y, label) for y, (label, _) in enumerate(self._tags)]])
        _style(plot.getAxis("left"), theme.ink)
        plot.setFixedHeight(ROW * (count + rows) + _AXIS)
        return plot  # type: ignore[no-any-return]


def _array(values: list[float]) -> Any:
    import numpy

    return numpy.array(values, dtype=float)


def _canvas(pg: Any) -> Any:
    """An empty plot: no frame, no grid, no menu, nothing that a wheel or a drag moves, no key."""
    theme = current()
    plot = pg.PlotWidget(background=theme.page, enableMenu=False)
    plot.setMouseEnabled(False, False)
    plot.hideButtons()
    plot.setAntialiasing(True)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setFrameShape(plot.Shape.NoFrame)
    plot.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    for side in ("left", "bottom"):
        _style(plot.getAxis(side), theme.ink3)
    return plot


def _legend(plot: Any, names: int) -> None:
    """Who is drawn how, side by side above everything that is drawn."""
    plot.addLegend(
        offset=(-8, 1), colCount=min(_LEGEND, names), labelTextColor=current().ink2, labelTextSize="12px", verSpacing=0
    )


def _none() -> Any:
    import pyqtgraph

    return pyqtgraph.mkPen(None)


def _dotted(pg: Any) -> Any:
    """The pen of the lines at .667 and .8."""
    pen = pg.mkPen(current().ink3, width=1)
    pen.setDashPattern([1, 3])
    return pen


def _style(axis: Any, ink: str) -> None:
    axis.setPen(None)
    axis.setTickPen(_none())
    axis.setTextPen(ink)
    axis.setTickFont(ui_font("small"))
    axis.setStyle(tickLength=0, tickTextOffset=8)


def _ticks(plot: Any, labels: Sequence[str]) -> None:
    """Names under the steps, as many as there is room for."""
    every = max(1, -(-len(labels) // 10))
    plot.getAxis("bottom").setTicks([[(at, label) for at, label in enumerate(labels) if not at % every]])
