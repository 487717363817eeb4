"""Take a tag out of use: what carries it keeps it, or gets another tag. What that does is said before."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.model.codebook import Codebook, Tag
from annotator.operations.codebook_mapping import Mapped
from annotator.operations.words import counted

from ..widgets.buttons import button
from ..widgets.key_cap import KeyCaps
from ..widgets.labels import label
from ..widgets.sheet import Sheet
from .fields import ChoiceField

Effect = Callable[[str], Mapped]  # of mapping to the tag with this id; raises AnnotatorError
Retire = Callable[[str], str | None]  # maps to this tag, "" for none; why it cannot be


class RetireSheet(Sheet):
    """One choice, one sentence, one button. Gone for good when it is closed."""

    def __init__(
        self, parent: QWidget, codebook: Codebook, tag: Tag, used: int, effect: Effect, retire: Retire
    ) -> None:
        content = QWidget()
        title = QCoreApplication.translate("Retire", "Retire “{tag}”").format(tag=tag.label)
        super().__init__(parent, title, content, 560)
        self._tag, self._used, self._effect, self._retire = tag, used, effect, retire
        others = [(each.id, self.tr("is tagged as {tag} from now on").format(tag=each.label))
                  for each in codebook.active_tags if each.id != tag.id]  # fmt: skip
        self.choice = ChoiceField([("", self.tr("keeps it")), *others])
        name = self.tr("What carries the tag…")
        self.choice.setAccessibleName(name)
        self._told, self._fault = label("", "second", wrap=True), label("", "bad", wrap=True)
        self._fault.hide()
        self._button = button(self.tr("Retire"), "primary")
        self._button.clicked.connect(self._take)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._button)
        foot.addWidget(KeyCaps("Enter"))
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(name, "section"))
        column.addWidget(self.choice)
        column.addWidget(self._told)
        column.addWidget(self._fault)
        column.addLayout(foot)
        content.setFocusProxy(self.choice)
        self.choice.edited.connect(self._tell)
        self.closed.connect(self.deleteLater)
        self._tell("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _tell(self, to: str) -> None:
        number = counted(self._used, self.tr("annotation"), self.tr("annotations"))
        self._button.say(self.tr("Map and retire") if to else self.tr("Retire"))
        if not to:
            told = self.tr("{tag} is not offered for tagging any more; {number} keep it. Undo brings it back.")
            self._told.setText(told.format(tag=self._tag.label, number=number))
            return
        try:
            effect = self._effect(to)
        except AnnotatorError as error:
            self._told.setText(str(error))
            self._button.setEnabled(False)
            return
        self._button.setEnabled(True)
        articles = counted(effect.documents, self.tr("article"), self.tr("articles"))
        number = counted(effect.annotations, self.tr("annotation"), self.tr("annotations"))
        sentences = [self.tr("{number} in {articles} get the other tag, whoever made them.")]
        if effect.values_gone:
            sentences.append(self.tr("{values} go, since the other tag does not have their fields."))
        if effect.twice:
            sentences.append(self.tr("{spans} will carry the other tag twice."))
        if effect.links_odd:
            sentences.append(self.tr("{links} will not be allowed by the codebook."))
        sentences.append(self.tr("It is done at once, as one step, and undo takes it back."))
        self._told.setText(
            " ".join(sentences).format(
                number=number,
                articles=articles,
                values=counted(effect.values_gone, self.tr("value"), self.tr("values")),
                spans=counted(effect.twice, self.tr("span"), self.tr("spans")),
                links=counted(effect.links_odd, self.tr("link"), self.tr("links")),
            )
        )

    def _take(self) -> None:
        if not self._button.isEnabled():
            return
        sentence = self._retire(str(self.choice.currentData()))
        self._fault.setText(sentence or "")
        self._fault.setVisible(bool(sentence))
        if sentence is None:
            self.dismiss()
