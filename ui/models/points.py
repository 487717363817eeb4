"""The open points of the article at hand as rows, as they were when somebody looked last."""

from PySide6.QtCore import QObject, Qt, Signal

from annotator.errors import AnnotatorError
from annotator.operations.completeness import OpenPoint, open_points

from ..open_document import OpenDocument
from ..widgets.labels import plain_tip
from ..workspace import Workspace
from .counted import CountedModel, Index


class PointsModel(CountedModel):
    """A row is an open point, in the order of the text."""

    looked = Signal()

    def __init__(self, workspace: Workspace, document: OpenDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._document = workspace, document
        self.points: tuple[OpenPoint, ...] = ()

    def look(self) -> tuple[OpenPoint, ...]:
        """Read them anew; a document that has gone meanwhile has none, which the list of articles tells."""
        workspace = self._workspace
        found: list[OpenPoint] = []
        if workspace.is_open and workspace.document is not None and workspace.coder is not None:
            try:
                found = open_points(workspace.project, workspace.document, workspace.coder.key, begun=True)
            except AnnotatorError:
                found = []
        self._show(tuple(found))
        return self.points

    def forget(self) -> None:
        """Nobody knows at the moment."""
        self._show(())

    def words(self, point: OpenPoint) -> str:
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

    def _show(self, points: tuple[OpenPoint, ...]) -> None:
        if len(points) != len(self.points):
            self.points = points
            self.set_count(len(points))
        elif points != self.points:
            self.points = points
            self.dataChanged.emit(self.index(0), self.index(len(points) - 1))
        self.looked.emit()
