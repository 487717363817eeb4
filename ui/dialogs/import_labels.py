"""What annotated files hold: articles, annotations, coders; and for each label a choice of what it becomes here."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.model.codebook import Codebook
from annotator.operations.import_labels import LEFT_OUT
from annotator.operations.import_survey import Label, Survey
from annotator.operations.words import counted

from ..widgets.buttons import button
from ..widgets.choice import Choice
from ..widgets.labels import elided, label
from ..widgets.tick import Tick

_LISTED = 100  # labels that can be chosen for; files with more are rare, and the command line takes any
_CODERS = 8  # that are named
_HEAD = 28  # pixels of a heading with the room over it
_WIDE = 230  # pixels of a choice


class LabelChoice(QWidget):
    """Filled once the files were read; until then, and for what nobody chose, labels go by their names."""

    def __init__(self, codebook: Codebook | None, coder: str) -> None:
        super().__init__()
        self._codebook = codebook
        self._choices: dict[str, tuple[Choice, str]] = {}  # label → its choice, and what it is of itself
        self._unlisted: list[str] = []  # new labels for which there is no choice
        self._left_rest = False  # whether they are left out
        self._counted = label("", "body", wrap=True)
        self._coders = label("", "meta", wrap=True)
        self._gold = Tick(self.tr("Take all of it as the agreed version (gold)"))
        self._unnamed = label("", "body", wrap=True)
        self._coder = QLineEdit()
        self._coder.setAccessibleName(self.tr("Whose the annotations are that name no coder"))
        self._coder.setPlaceholderText(coder or self.tr("Unknown"))
        self._coder.setFixedWidth(_WIDE)
        self._labels = QWidget()
        self._only_known = button(self.tr("Leave out what is new"), "link", on_click=self._leave_out_new)
        unnamed = QHBoxLayout()
        unnamed.setSpacing(8)
        unnamed.addWidget(self._unnamed, 1)
        unnamed.addWidget(self._coder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._counted)
        column.addWidget(self._coders)
        column.addLayout(unnamed)
        for_all = QHBoxLayout()
        for_all.addWidget(self._gold, 1)
        for_all.addWidget(self._only_known)
        column.addLayout(for_all)
        column.addWidget(self._labels)
        for part in (self._coders, self._unnamed, self._coder, self._gold, self._only_known):
            part.hide()
        self.say_reading(0)

    @property
    def mapping(self) -> dict[str, str]:
        """What a person chose, for labels that would have become something else."""
        chosen = {name: str(choice.currentData()) for name, (choice, _) in self._choices.items()}
        made = {name: value for name, value in chosen.items() if value != self._choices[name][1]}
        return made | (dict.fromkeys(self._unlisted, LEFT_OUT) if self._left_rest else {})

    @property
    def as_gold(self) -> bool:
        """Whether all of it counts as the agreed version."""
        return self._gold.isChecked()

    @property
    def coder(self) -> str | None:
        """Whose the annotations are that name nobody; None for the coder at work."""
        return self._coder.text().strip() or None

    def say_reading(self, documents: int) -> None:
        """The files are being read; so many articles so far."""
        articles = counted(documents, self.tr("article"), self.tr("articles"))
        self._counted.setText(self.tr("Reading labels… {articles}").format(articles=articles if documents else ""))

    def say_fault(self, sentence: str) -> None:
        """Why there are no labels."""
        self._counted.setText(sentence)

    def show_survey(self, found: Survey) -> None:
        """What was found; choices that were made before stay where the label is still there."""
        before = self.mapping
        self._counted.setText(self._numbers(found))
        named = [(name, number) for name, number in found.coders if name]
        unnamed = dict(found.coders).get("", 0)
        told = [f"{name} ({number:,})" for name, number in named[:_CODERS]]
        told += [self.tr("{n} others").format(n=f"{len(named) - _CODERS:,}")] if len(named) > _CODERS else []
        self._coders.setText(self.tr("Coders: {names}").format(names=", ".join(told)))
        self._coders.setVisible(bool(named))
        annotations = counted(unnamed, self.tr("annotation names"), self.tr("annotations name"))
        self._unnamed.setText(self.tr("{annotations} no coder. Coded by:").format(annotations=annotations))
        for part in (self._unnamed, self._coder):
            part.setVisible(unnamed > 0)
        self._gold.setVisible(found.annotations > 0)
        self._only_known.setVisible(sum(each.fate == "new" for each in found.labels) > 1)
        self._show_labels(found.labels, before)

    # ---- inside

    def _leave_out_new(self) -> None:
        """What would become a new tag or link, and was not chosen otherwise."""
        for name, (choice, _) in self._choices.items():
            if choice.currentData() == name and choice.currentText() != name:
                choice.setCurrentIndex(choice.findData(LEFT_OUT))
        self._left_rest = True

    def _numbers(self, found: Survey) -> str:
        parts = [
            counted(found.documents, self.tr("article"), self.tr("articles")),
            counted(found.annotations, self.tr("annotation"), self.tr("annotations")),
        ]
        if found.relations:
            parts.append(counted(found.relations, self.tr("link"), self.tr("links")))
        return " · ".join(parts + list(found.faults))

    def _show_labels(self, labels: Sequence[Label], before: dict[str, str]) -> None:
        old, self._labels = self._labels, QWidget()
        column = self.layout()
        assert column is not None
        column.replaceWidget(old, self._labels)
        old.hide()
        old.deleteLater()
        self._choices, self._unlisted = {}, []
        grid = QGridLayout(self._labels)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        row = 0
        for links, head in ((False, self.tr("Labels: what does each become?")), (True, self.tr("Kinds of links"))):
            listed = [each for each in labels if each.link == links]
            if not listed:
                continue
            grid.addWidget(label(head, "section"), row, 0, 1, 3, Qt.AlignmentFlag.AlignBottom)
            grid.setRowMinimumHeight(row, _HEAD)
            for place, each in enumerate(listed[:_LISTED], row + 1):
                self._show_label(grid, place, each, before)
            self._unlisted += [each.name for each in listed[_LISTED:] if each.fate == "new"]
            row += len(listed[:_LISTED]) + 1
            if len(listed) > _LISTED:
                rest = self.tr("… and {n} other labels, which go by their names").format(n=f"{len(listed) - _LISTED:,}")
                grid.addWidget(label(rest, "meta"), row, 0, 1, 3)
                row += 1
        self._labels.show()

    def _show_label(self, grid: QGridLayout, row: int, each: Label, before: dict[str, str]) -> None:
        name = elided(each.name, "body")
        number = label(f"{each.number:,}", "meta")
        choice = Choice(self.tr("What {label} becomes").format(label=each.name))
        choice.setFixedWidth(_WIDE)
        own = self._offer(choice, each)
        wish = before.get(each.name)
        choice.setCurrentIndex(max(0, choice.findData(own if wish is None else wish)))
        self._choices[each.name] = (choice, own)
        grid.addWidget(name, row, 0)
        grid.addWidget(number, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(choice, row, 2)

    def _offer(self, choice: Choice, each: Label) -> str:
        """Fill a choice; returns what the label becomes if nobody chooses."""
        book = self._codebook
        known = [(one.id, one.label) for one in ((book.relations if each.link else book.active_tags) if book else ())]
        if each.becomes and each.becomes not in dict(known):
            known.append((each.becomes, each.becomes))  # of the codebook that the file brings along
        for own, words in known:
            choice.addItem(words, own)
        if not each.becomes:
            choice.addItem(self.tr("New: “{label}”").format(label=each.name), each.name)
        if each.fate == "refused":
            choice.addItem(self.tr("Not taken: not in the codebook"), "")
        choice.addItem(self.tr("Leave out"), LEFT_OUT)
        return {"known": each.becomes, "new": each.name, "refused": ""}.get(each.fate, LEFT_OUT)
