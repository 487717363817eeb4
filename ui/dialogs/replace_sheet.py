"""Give an article another text, from a file or by reading its own anew: what of its annotations fits, and what not."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
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
    decoded_anew,
    replace_text,
    text_of_file,
    what_replacing_does,
)
from annotator.operations.words import counted, shown
from annotator.storage import queries

from ..widgets.buttons import button
from ..widgets.choice import Choice
from ..widgets.clearing import clear
from ..widgets.labels import elided, label, plain_caption
from ..widgets.sheet import Sheet
from ..widgets.surface import surface
from ..workspace import Workspace

_QUOTE = 60  # characters of a quote in a line of the list
_SAMPLE = 3  # lines that show how it reads
_LENGTH = 200  # characters of such a line


class ReplaceSheet(Sheet):
    """The encoding and how it reads, numbers, the list of what does not simply go along; Enter replaces.

    Without a path the article's own text is read anew: from the encoding in which it was read into another.
    """

    def __init__(self, parent: QWidget, workspace: Workspace, document: int, path: Path | None) -> None:
        content = QWidget()
        title = (
            QCoreApplication.translate("Replace", "Read anew in another encoding")
            if path is None
            else QCoreApplication.translate("Replace", "Replace the text")
        )
        super().__init__(parent, title, content, 760, leave="cancel")
        self._workspace, self._document, self._path = workspace, document, path
        self._done: Replacement | None = None
        self._codec = ""
        self._was = Choice(self.tr("Was read as"))
        self._encoding = Choice(self.tr("Read anew as") if path is None else self.tr("Encoding of the file"))
        self._sample = QVBoxLayout()
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
        self._begin()
        content.setFocusProxy(self._button if self._done is not None else self._encoding)

    def _build(self, content: QWidget) -> None:
        source = QHBoxLayout()
        source.setSpacing(8)
        if self._path is None:
            source.addWidget(label(self._was.accessibleName(), "second"))
            source.addWidget(self._was, 1)
            source.addWidget(label(self.tr("now as"), "second"))
        else:
            source.addWidget(elided(self._path.name, "strong"), 1)
            source.addWidget(label(self.tr("Read as"), "second"))
        source.addWidget(self._encoding, 1)
        box = surface(QWidget(), "page")
        self._sample.setContentsMargins(12, 6, 12, 6)
        self._sample.setSpacing(2)
        box.setLayout(self._sample)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(source)
        column.addWidget(box)
        column.addWidget(self._told)
        column.addWidget(self._heading)
        column.addWidget(self.list, 1)
        column.addWidget(self._fault)
        column.addWidget(self._kept)
        column.addLayout(self.foot(self._button))

    # ---- looking

    def _begin(self) -> None:
        """Read the file as it is found out, or show the article as it is read now; then a person may choose."""
        project = self._workspace.project
        about = queries.document(project, self._document)
        noted = about.encoding if about else ""
        if self._path is None:
            self._codec = noted or "utf-8"
            self._show_sample(queries.text_of(project, self._document))
            self._show()
            self._told.setText(self.tr("Choose the encoding in which these lines read well."))
            self._told.show()
        else:
            self._look(None)
        for choice, first in ((self._was, self._codec), (self._encoding, self._codec)):
            for codec in dict.fromkeys([*([first] if first else []), *LABELS]):
                choice.addItem(encoding_label(codec), codec)
            choice.currentIndexChanged.connect(self._reread)

    def _reread(self) -> None:
        self._look(str(self._encoding.currentData()))

    def _text_in(self, encoding: str | None) -> tuple[str, str]:
        """The text to take, and its encoding. Raises AnnotatorError."""
        if self._path is not None:
            return text_of_file(self._path, encoding)
        was, codec = str(self._was.currentData()), str(encoding)
        return decoded_anew(self._workspace.project, self._document, codec, was), codec

    def _look(self, encoding: str | None) -> None:
        """Read the text, and see what it would do."""
        self._done = None
        self._show_sample("")
        try:
            text, self._codec = self._text_in(encoding)
            self._show_sample(text)
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

    def _show_sample(self, text: str) -> None:
        """The first lines that tell one encoding from another, else the first lines."""
        clear(self._sample)
        lines = [line for line in text.split("\n") if line.strip()]
        telling = [line for line in lines if not line.isascii()] or lines
        for line in telling[:_SAMPLE]:
            shown_line = elided(line[:_LENGTH], "body")
            shown_line.setAccessibleName(self.tr("Reads: {line}").format(line=line[:_LENGTH]))
            self._sample.addWidget(shown_line)

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
