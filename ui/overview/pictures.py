"""Parts of the window as pictures: SVG that scales, PNG at twice the size, and what goes into a report."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPoint, QRect, QSizeF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget

from annotator.operations.overview_report import Picture

from ..theme import appearance, current

_SCALE = 2  # of a PNG
_PDF = 110  # dots an inch: text and pictures as large as on the screen, a little smaller


def _laid_out(part: QWidget) -> QWidget:
    """The part with the size it is about to have, also on a page that nobody has looked at yet."""
    for each in (part, part.parentWidget(), part):
        layout = each.layout() if each is not None else None
        if layout is not None:
            layout.activate()
    if part.size().isEmpty():
        part.resize(part.sizeHint().expandedTo(part.minimumSize()))
    return part


def svg_of(part: QWidget) -> bytes:
    """The part as it stands, as SVG."""
    from PySide6.QtSvg import QSvgGenerator  # seldom wanted

    part = _laid_out(part)
    made = QByteArray()
    buffer = QBuffer(made)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(part.size())
    generator.setViewBox(QRect(QPoint(0, 0), part.size()))
    generator.setTitle(part.accessibleName())
    painter = QPainter(generator)
    painter.fillRect(QRect(QPoint(0, 0), part.size()), QColor(current().page))
    part.render(painter, QPoint(0, 0))
    painter.end()
    return bytes(made.data())


def png_of(part: QWidget) -> bytes:
    """The part as it stands, as PNG."""
    part = _laid_out(part)
    image = QImage(part.size() * _SCALE, QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(_SCALE)
    image.fill(QColor(current().page))
    painter = QPainter(image)
    part.render(painter, QPoint(0, 0))
    painter.end()
    made = QByteArray()
    buffer = QBuffer(made)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(made.data())


@contextmanager
def on_paper() -> Iterator[None]:
    """Draw in light colours meanwhile: what is printed stands on white. The screen shows nothing of it."""
    if not current().dark:
        yield
        return
    mode = appearance().mode
    try:
        appearance().set_mode("light")
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        yield
    finally:
        appearance().set_mode(mode)


def drawn(part: QWidget) -> Picture:
    """The part as a picture within a page."""
    content = png_of(part)
    return Picture("data:image/png;base64," + b64encode(content).decode("ascii"), part.width())


def pdf_of(html: str) -> bytes:
    """A page of HTML as PDF, on A4."""
    made = QByteArray()
    buffer = QBuffer(made)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setResolution(_PDF)
    document = QTextDocument()
    document.setHtml(html)
    document.setPageSize(QSizeF(writer.width(), writer.height()))
    document.print_(writer)
    buffer.close()
    return bytes(made.data())
