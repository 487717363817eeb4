"""A 4 px bar; the number it stands for is always beside it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from ..theme import Theme, current

BAR_HEIGHT = 4


def paint_progress(painter: QPainter, rect: QRectF, share: float, theme: Theme) -> None:
    """Draw a bar as high as the rectangle, filled by a share of 0 to 1; anything begun shows at least a dot."""
    radius = rect.height() / 2
    share = min(1.0, max(0.0, share))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.line))
    painter.drawRoundedRect(rect, radius, radius)
    if share > 0:
        painter.setBrush(QColor(theme.accent))
        filled = QRectF(rect)
        filled.setWidth(max(rect.height(), rect.width() * share))
        painter.drawRoundedRect(filled, radius, radius)
    painter.restore()


class Progress(QProgressBar):
    """A QProgressBar, so that screen readers hear its value, painted thin."""

    def __init__(self, name: str, width: int | None = None) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setFixedHeight(BAR_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if width is not None:
            self.setFixedWidth(width)
        self.show_share(0, 0)

    def show_share(self, done: int, total: int) -> None:
        """Show `done` of `total`; an unknown total (0) is an empty bar."""
        self.setRange(0, max(1, total))
        self.setValue(min(done, max(1, total)) if total else 0)

    def sizeHint(self) -> QSize:
        return QSize(160, BAR_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, BAR_HEIGHT)

    def paintEvent(self, _: QPaintEvent) -> None:
        rect, share = QRectF(self.rect()), self.value() / self.maximum()
        painter = QPainter(self)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            painter.translate(rect.width(), 0)
            painter.scale(-1, 1)
        paint_progress(painter, rect, share, current())
