"""Parts of the window as pictures: SVG that scales, PNG at twice the size, and what goes into a report."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSizeF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget

from ..theme import appearance, current

_SCALE = 2  # of a PNG
_PDF = 110  # dots an inch: text and pictures as large as on the screen, a little smaller


def svg_of(part: QWidget) -> bytes:
    """The part as it stands, as SVG."""
    from PySide6.QtSvg import QSvgGenerator  # seldom wanted

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
def on_paper(window: QWidget) -> Iterator[None]:
    """Draw in light colours meanwhile, unseen: what is printed stands on white."""
    if not current().dark:
        yield
        return
    mode = appearance().mode
    window.setUpdatesEnabled(False)
    try:
        appearance().set_mode("light")
        QApplication.sendPostedEvents()
        yield
    finally:
        appearance().set_mode(mode)
        window.setUpdatesEnabled(True)


def address_of(part: QWidget) -> str:
    """The part as the address of a picture within a page."""
    return "data:image/png;base64," + b64encode(png_of(part)).decode("ascii")


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
