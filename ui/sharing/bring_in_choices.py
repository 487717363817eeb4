"""What a person settles before files come in: who is who, which actors are one, which codebook goes on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from annotator.operations.merge_preview import CodebookNews, MergePreview, Unknown
from annotator.operations.merge_settling import BOTH, LATER, OURS, THEIRS, Choices

from ..widgets.buttons import button
from ..widgets.labels import elided, label
from ..widgets.segments import Segments
from ..widgets.tick import Tick

_SHOWN = 12  # changes of a codebook that are listed
_ID, _OTHER = "id", "other"  # dynamic properties of a tick: an actor of the file, and the one of the project


class BringInChoices(QWidget):
    """Nothing is united that is not agreed to: every choice begins with “no”."""

    def __init__(self, preview: MergePreview) -> None:
        super().__init__()
        self.people: dict[str, QComboBox] = {}
        self.actors: list[Tick] = []
        self.codebook: Segments | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        alike = [each for each in preview.people if each.ours]
        if alike:
            self._add_people(alike)
        if preview.entities:
            self._add_actors(preview.entities)
        apart = [news for news in preview.codebooks if news.apart]
        if apart:
            self._add_codebook(apart)
        self.wanted = bool(alike or preview.entities or apart)

    def made(self) -> Choices:
        """The choices as they stand."""
        people = {own: box.currentData() for own, box in self.people.items() if box.currentData()}
        actors = {str(tick.property(_ID)): str(tick.property(_OTHER)) for tick in self.actors if tick.isChecked()}
        return Choices(people, actors, self.codebook.choice if self.codebook else LATER)

    # ---- inside

    def _section(self, title: str, hint: str) -> None:
        if self._column.count():
            self._column.addSpacing(6)
        self._column.addWidget(label(title, "section"))
        self._column.addWidget(label(hint, "meta", wrap=True))

    def _add_people(self, unknown: Sequence[Unknown]) -> None:
        self._section(
            self.tr("Who is who"),
            self.tr("These coders made a name of their own in a copy. No annotation is rewritten; undo takes it back."),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for row, each in enumerate(unknown):
            box = QComboBox()
            box.addItem(self.tr("is somebody else"), "")
            for own, name in each.ours:
                box.addItem(self.tr("is your {name}").format(name=name), own)
            box.setAccessibleName(self.tr("{name} of {file}").format(name=each.name, file=each.file))
            self.people[each.id] = box
            grid.addWidget(elided(self.tr("{name} of {file}").format(name=each.name, file=each.file)), row, 0)
            grid.addWidget(box, row, 1)
        self._column.addLayout(grid)

    def _add_actors(self, unknown: Sequence[Unknown]) -> None:
        self._section(
            self.tr("Actors that may be one"),
            self.tr("Ticked, the two count as one actor of this project. Left alone, both stay."),
        )
        for each in unknown:
            own, name = each.ours[0]
            words = self.tr("“{theirs}” is your “{ours}”").format(theirs=each.name, ours=name)
            tick = Tick(words if each.by == "name" else words + " " + self.tr("(by another name of it)"))
            tick.setProperty(_ID, each.id)
            tick.setProperty(_OTHER, own)
            self.actors.append(tick)
            self._column.addWidget(tick)
        if len(self.actors) > 1:
            every = button(self.tr("Tick all"), "link")
            every.clicked.connect(self._tick_all)
            self._column.addWidget(every, 0, Qt.AlignmentFlag.AlignLeading)

    def _tick_all(self) -> None:
        for tick in self.actors:
            tick.setChecked(True)

    def _add_codebook(self, apart: Sequence[CodebookNews]) -> None:
        self._section(self.tr("The codebook went two ways"), self.tr("Which one goes on? Both versions are kept."))
        self.codebook = Segments(
            self.tr("Codebook that goes on"),
            [
                (LATER, self.tr("The later")),
                (OURS, self.tr("Yours")),
                (THEIRS, self.tr("Theirs")),
                (BOTH, self.tr("Both together")),
            ],
            LATER,
        )
        self._column.addWidget(self.codebook, 0, Qt.AlignmentFlag.AlignLeading)
        for news in apart:
            told = self.tr("Codebook {version} of {file} differs from yours:")
            self._column.addWidget(elided(told.format(version=news.version, file=news.file), "second"))
            sentences = [each.sentence for each in news.changes[:_SHOWN]]
            if len(news.changes) > _SHOWN:
                sentences.append(self.tr("… and {number} more").format(number=f"{len(news.changes) - _SHOWN:,}"))
            for sentence in sentences:
                self._column.addWidget(label(f"· {sentence}", "meta", wrap=True))
            for clash in news.clashes:
                self._column.addWidget(
                    label(self.tr("Keys that clash: {clash}").format(clash=clash), "warn", wrap=True)
                )
