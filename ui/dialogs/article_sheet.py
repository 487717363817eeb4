"""Correct what is known about an article. A wrong value is refused in place, with the reason."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.model.rows import Document

from ..widgets.buttons import button
from ..widgets.clearing import clear
from ..widgets.labels import label
from ..widgets.sheet import Sheet
from .place_row import fault

Save = Callable[[dict[str, str]], None]


class ArticleSheet(Sheet):
    """Six fields; Enter saves all. `save` raises AnnotatorError with a sentence, which is then shown."""

    def __init__(self, parent: QWidget, about: Document, save: Save) -> None:
        content = QWidget()
        super().__init__(
            parent, QCoreApplication.translate("Article", "About this article"), content, 560, leave="cancel"
        )
        self._save = save
        self._fields: dict[str, QLineEdit] = {}
        self._faults = QVBoxLayout()
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        told = {
            "title": (self.tr("Title"), ""),
            "outlet": (self.tr("Outlet"), self.tr("Which newspaper, agency or site")),
            "date": (self.tr("Date"), self.tr("2022-01-10, 2022-01 or 2022")),
            "url": (self.tr("Address"), "https://"),
            "language": (self.tr("Language"), self.tr("A short code: en, de, uk")),
            "rights": (self.tr("Rights"), self.tr("Who may see or share the text")),
        }
        for name, (words, hint) in told.items():
            field = QLineEdit(getattr(about, name))
            field.setAccessibleName(words)
            field.setPlaceholderText(hint)
            field.setCursorPosition(0)
            self._fields[name] = field
            form.addRow(label(words, "section"), field)
        source = " · ".join(part for part in (about.source_name, about.encoding) if part)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(form)
        if source:
            column.addWidget(label(self.tr("Came from {source}").format(source=source), "meta", wrap=True))
        column.addLayout(self._faults)
        column.addLayout(self.foot(button(self.tr("Save"), "primary", on_click=self._take)))
        content.setFocusProxy(self._fields["title"])

    def _take(self) -> None:
        clear(self._faults)
        try:
            self._save({name: field.text() for name, field in self._fields.items()})
        except AnnotatorError as error:
            self._faults.addWidget(fault(str(error)))
            return
        self.dismiss()
