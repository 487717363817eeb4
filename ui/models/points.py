"""The open points of the article at hand as rows, as they were when somebody looked last."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from annotator.errors import AnnotatorError
from annotator.storage.project import Project

from ..background import Background
from ..open_document import OpenDocument
from ..widgets.labels import plain_tip
from ..workspace import Workspace
from .counted import CountedModel, Index

if TYPE_CHECKING:
    from annotator.operations.completeness import OpenPoint


class PointsModel(CountedModel):
    """A row is an open point, in the order of the text."""

    looked = Signal()

    def __init__(self, workspace: Workspace, document: OpenDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._document = workspace, document
        self.points: tuple[OpenPoint, ...] = ()
        self._beside = Background(workspace, self._hear, self)
        self._looks = 0  # an answer counts only while nobody has looked since it was asked for

    def look(self) -> "tuple[OpenPoint, ...]":
        """Read them anew, at once."""
        reading = self._reading()
        self._show(_points_of(self._workspace.project, *reading) if reading else ())
        return self.points

    def look_beside(self) -> None:
        """Read them anew beside the window; `looked` tells when."""
        reading = self._reading()
        if reading is None:
            self._show(())
            return
        self._looks += 1
        asked = (self._looks, reading)
        self._beside.ask(lambda project: (asked, _points_of(project, *reading)))

    def forget(self) -> None:
        """Nobody knows at the moment."""
        self._show(())

    def words(self, point: "OpenPoint") -> str:
        """The words of the article that it is about."""
        annotation = self._document.annotation(point.annotation)
        text = annotation.quote if annotation else self._document.text[point.span.start : point.span.end]
        return " ".join(text.split())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid() or index.row() >= len(self.points):
            return None
        point = self.points[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return point.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{point.sentence}\n{self.words(point)}")
        return f"{point.sentence}: {self.words(point)}" if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _reading(self) -> tuple[int, int] | None:
        """Document and coder."""
        document, coder = self._workspace.document, self._workspace.coder
        return (document, coder.key) if self._workspace.is_open and document is not None and coder else None

    def _hear(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        asked, points = answer
        if asked == (self._looks, self._reading()):
            self._show(points)

    def _show(self, points: "tuple[OpenPoint, ...]") -> None:
        self._looks += 1
        if len(points) != len(self.points):
            self.points = points
            self.set_count(len(points))
        elif points != self.points:
            self.points = points
            self.dataChanged.emit(self.index(0), self.index(len(points) - 1))
        self.looked.emit()


def _points_of(project: Project, document: int, coder: int) -> "tuple[OpenPoint, ...]":
    """A document that has gone meanwhile has none, which the list of articles tells."""
    from annotator.operations.completeness import open_points  # nobody asks for them before the article is painted

    try:
        return tuple(open_points(project, document, coder, begun=True))
    except AnnotatorError:
        return ()
