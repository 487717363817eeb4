"""What is known about the article: title, outlet, date and so on; another text for it; taking it out of the project."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject

from annotator.operations import documents

from ..desk import Desk
from ..dialogs.article_sheet import ArticleSheet
from ..dialogs.choosing import Chooser
from ..dialogs.replace_sheet import ReplaceSheet
from .act import Handler, plain


class ArticleDetails(QObject):
    """The text itself is never written in; a better one takes its place as a whole."""

    def __init__(self, desk: Desk, chooser: Chooser | None = None) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self.chooser = chooser or Chooser()

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "article_details": plain(self.edit),
            "replace_text": plain(self.replace),
            "read_anew": plain(self.read_anew),
            "delete_article": plain(self.delete),
        }

    def edit(self) -> None:
        """Correct title, outlet, date, address, language and rights."""
        about = self._desk.document.about
        if about is None:
            return
        sheet = ArticleSheet(self._desk.window, about, self._save)
        sheet.closed.connect(sheet.deleteLater)
        sheet.present()

    def replace(self) -> None:
        """Choose a file with a better text, see what becomes of the annotations, and take it."""
        workspace = self._desk.workspace
        if workspace.document is None:
            return
        kinds = [self.tr("Text (*.txt)"), self.tr("All files (*)")]
        path = self.chooser.file(self._desk.window, self.tr("Replace the text of this article"), kinds)
        if path is None:
            return
        self._show_replacing(workspace.document, path)

    def read_anew(self) -> None:
        """Read the article in another encoding: it came in with letters that are none."""
        document = self._desk.workspace.document
        if document is not None:
            self._show_replacing(document, None)

    def _show_replacing(self, document: int, path: Path | None) -> None:
        sheet = ReplaceSheet(self._desk.window, self._desk.workspace, document, path)
        sheet.closed.connect(sheet.deleteLater)
        sheet.present()

    def delete(self) -> None:
        """Take the article out of the project; undo brings it back with everything said of it."""
        workspace = self._desk.workspace
        if workspace.document is None:
            return
        gone = workspace.document
        target = self._desk.documents.neighbour(1) or self._desk.documents.neighbour(-1)
        coder = workspace.coder.key if workspace.coder else None
        if workspace.do(documents.delete_documents, [gone], coder=coder) is not None:
            workspace.show_document(target)
            self._desk.focus_text()

    def _save(self, values: dict[str, str]) -> None:
        """Raises AnnotatorError for a value that cannot be: the sheet shows it beside the fields."""
        workspace = self._desk.workspace
        if workspace.document is not None:
            coder = workspace.coder.key if workspace.coder else None
            workspace.tell(documents.set_metadata(workspace.project, workspace.document, coder=coder, **values))
