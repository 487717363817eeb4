"""Two texts as one: what went is struck through, what came is underlined."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..theme import current

_MOST = 4_000_000  # word pairs that are compared; beyond, the texts stand whole one after the other


def pieces(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The words in order, each run with what became of it: same, gone or come."""
    old, new = (re.findall(r"\S+\s*|\s+", text) for text in (before, after))
    if len(old) * len(new) > _MOST:
        yield "gone", before + " "
        yield "come", after
        return
    matcher = SequenceMatcher(None, [each.strip() for each in old], [each.strip() for each in new], autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        told = (("same", new[c:d]),) if what == "equal" else (("gone", old[a:b]), ("come", new[c:d]))
        for kind, words in told:
            if words:
                text = "".join(words)
                yield kind, text if text[-1:].isspace() else text + " "


class WordDiff(QWidget):
    """The words of a change; `sentence` says the same aloud."""

    def __init__(self, before: str, after: str, sentence: str) -> None:
        super().__init__()
        self._pieces = list(pieces(before, after))
        self.setAccessibleName(sentence)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._laid_out(width)[1]

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(max(self.width(), 300)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.fontMetrics().lineSpacing())

    def paintEvent(self, _: QPaintEvent) -> None:
        self._laid_out(self.width())[0].draw(QPainter(self), QPointF(0, 0))

    def _laid_out(self, width: int) -> tuple[QTextLayout, int]:
        layout = QTextLayout("".join(text for _, text in self._pieces).replace("\n", "\u2028"), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, round(height + 0.5)

    def _formats(self) -> list[QTextLayout.FormatRange]:
        theme, at, found = current(), 0, []
        for kind, text in self._pieces:
            made = QTextLayout.FormatRange()
            length = len(text.encode("utf-16-le")) // 2  # Qt counts UTF-16 units
            seen = len(text.rstrip().encode("utf-16-le")) // 2  # no line under or through the blank at the end
            made.start, made.length = at, seen  # type: ignore[attr-defined,unused-ignore]
            look = QTextCharFormat()
            look.setForeground(QColor({"gone": theme.bad, "come": theme.ok}.get(kind, theme.ink)))
            look.setFontStrikeOut(kind == "gone")
            look.setFontUnderline(kind == "come")
            made.format = look  # type: ignore[attr-defined,unused-ignore]
            found.append(made)
            at += length
        return found
