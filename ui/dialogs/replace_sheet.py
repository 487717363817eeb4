"""Give an article another text: what of its annotations fits, what moves, what reads otherwise, what does not fit."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import AnnotatorError
from annotator.formats.encodings import LABELS
from annotator.formats.encodings import label as encoding_label
from annotator.model.changes import Changes
from annotator.operations.replacing import (
    LOST,
    MOVED,
    REWORDED,
    STAYS,
    Carried,
    Replacement,
    replace_text,
    text_of_file,
    what_replacing_does,
)
from annotator.operations.words import counted, shown

from ..widgets.buttons import button
from ..widgets.labels import elided, label, plain_caption
from ..widgets.sheet import Sheet
from ..workspace import Workspace

_QUOTE = 60  # characters of a quote in a line of the list


class ReplaceSheet(Sheet):
    """The file and its encoding, numbers, the list of what does not simply go along; Enter replaces."""

    def __init__(self, parent: QWidget, workspace: Workspace, document: int, path: Path) -> None:
        content = QWidget()
        title = QCoreApplication.translate("Replace", "Replace the text")
        super().__init__(parent, title, content, 640, leave="cancel")
        self._workspace, self._document, self._path = workspace, document, path
        self._done: Replacement | None = None
        self._codec = ""
        self._encoding = QComboBox()
        self._encoding.setAccessibleName(self.tr("Encoding of the file"))
        self._encoding.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._told = label("", "body", wrap=True)
        self._heading = label("", "section")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Annotations to look at"))
        self.list.setProperty("kind", "boxed")
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(160)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._kept = label(self.tr("The old text is kept, and undo brings everything back."), "second", wrap=True)
        self._fault = label("", "bad", wrap=True)
        self._button = button(self.tr("Replace the text"), "primary", on_click=self._take)
        self._build(content)
        self._look(None)
        for codec in dict.fromkeys([*([self._codec] if self._codec else []), *LABELS]):
            self._encoding.addItem(encoding_label(codec), codec)
        self._encoding.currentIndexChanged.connect(self._reread)
        content.setFocusProxy(self._button if self._done is not None else self._encoding)

    def _build(self, content: QWidget) -> None:
        source = QHBoxLayout()
        source.setSpacing(8)
        source.addWidget(elided(self._path.name, "strong"), 1)
        source.addWidget(label(self.tr("Read as"), "second"))
        source.addWidget(self._encoding)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(source)
        column.addWidget(self._told)
        column.addWidget(self._heading)
        column.addWidget(self.list, 1)
        column.addWidget(self._fault)
        column.addWidget(self._kept)
        column.addLayout(self.foot(self._button))

    # ---- looking

    def _reread(self) -> None:
        self._look(str(self._encoding.currentData()))

    def _look(self, encoding: str | None) -> None:
        """Read the file, and see what its text would do."""
        self._done = None
        try:
            text, self._codec = text_of_file(self._path, encoding)
            self._done = what_replacing_does(self._workspace.project, self._document, text)
        except AnnotatorError as error:
            self._say_fault(str(error))
        else:
            self._say_fault("")
        self._show()

    def _show(self) -> None:
        done = self._done
        odd = done.of(REWORDED, LOST) if done is not None else ()
        self._told.setText(self._numbers(done) if done is not None else "")
        self._told.setVisible(done is not None)
        words = self.tr("{annotations} to look at").format(
            annotations=counted(len(odd), self.tr("annotation"), self.tr("annotations"))
        )
        self._heading.setText(words)
        self.list.clear()
        for each in odd:
            QListWidgetItem(plain_caption(self._line(each)), self.list)
        if odd:
            self.list.setCurrentRow(0)
        self._heading.setVisible(bool(odd))
        self.list.setVisible(bool(odd))
        self._button.setEnabled(done is not None)

    def _numbers(self, done: Replacement) -> str:
        if not done.of(STAYS, MOVED, REWORDED, LOST):
            return self.tr("Nothing is tagged in this article yet.")
        parts = [
            (STAYS, self.tr("{number} staying")),
            (MOVED, self.tr("{number} moving with their words")),
            (REWORDED, self.tr("{number} reading otherwise")),
            (LOST, self.tr("{number} not fitting, which are deleted")),
        ]
        told = [words.format(number=f"{len(done.of(fate)):,}") for fate, words in parts if done.of(fate)]
        return self.tr("Annotations: {told}.").format(told=", ".join(told))

    def _line(self, each: Carried) -> str:
        quoted, whose = shown(" ".join(each.quote.split()), _QUOTE), f"{each.tag}, {each.coder}"
        if each.fate == REWORDED:
            reads = shown(" ".join(each.words.split()), _QUOTE)
            return self.tr("Reads otherwise: {old} → {new} ({whose})").format(old=quoted, new=reads, whose=whose)
        return self.tr("Does not fit: {old} ({whose})").format(old=quoted, whose=whose)

    # ---- taking

    def _take(self) -> None:
        done, workspace = self._done, self._workspace
        if done is None:
            return
        coder = workspace.coder.key if workspace.coder else None
        document, codec = self._document, self._codec

        def run() -> Changes:
            return replace_text(workspace.project, document, done.text, encoding=codec, coder=coder, accepted=True)

        sentence = workspace.attempt(run)
        self._say_fault(sentence or "")
        if sentence is None:
            self.dismiss()

    def _say_fault(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
