"""A coder at work in the product's window: the key presses, and how long until they are on disk and on the screen."""

import re
import time
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.main_window import MainWindow

from .corpus import Article
from .measure import timed
from .windows import Watcher, rest, until

_WORD = re.compile(r"(?<![\w'’-])[a-z]{5,9}(?![\w'’-])")  # a plain word: no rule trims it
TAG_KEY, TAG = Qt.Key.Key_1, "actor"


def free_words(article: Article) -> Iterator[tuple[int, int]]:
    """Words all over a text that carry no annotation yet, each once."""
    taken = {(start, end) for start, end, _ in article.spans}
    words = [match.span() for match in _WORD.finditer(article.text) if match.span() not in taken]
    step = 7919 % len(words) or 1  # a prime: the places spread over the whole text
    for number in range(len(words)):
        yield words[number * step % len(words)]


class Coder:
    """Tags the next free word, or takes that back, by the keys."""

    def __init__(self, window: MainWindow, article: Article) -> None:
        self._desk = window.desk
        self._words = free_words(article)
        self._tagged: list[int] = []  # where the caret stood
        self._watch = Watcher(self._desk.article.viewport())
        self._paints_before: int | None = None  # how often the article was painted when a change was on disk
        self.processor = 0.0  # milliseconds of this thread's processor time that the last act took
        self.followed = 0.0  # milliseconds until all that stands beside the article had followed it too
        self._desk.workspace.changed.connect(self._note)

    def tag(self) -> float:
        """Milliseconds from the key press until the annotation is on disk and painted.

        While another writer is at work it is drawn "not yet saved" at first; that is waited for.
        """
        self._tagged.append(next(self._words)[0] + 1)
        self._desk.article.set_caret(self._tagged[-1])
        return self._taken_by(TAG_KEY, Qt.KeyboardModifier.NoModifier, annotations=1)

    def undo(self) -> float:
        """Milliseconds from Ctrl+Z until the latest annotation is gone from disk and screen, where it is in sight."""
        self._desk.article.set_caret(self._tagged.pop())
        return self._taken_by(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, annotations=-1)

    def _taken_by(self, key: Qt.Key, modifier: Qt.KeyboardModifier, *, annotations: int) -> float:
        rest(self._desk.window)  # nobody presses two keys within a few milliseconds
        expected = len(self._desk.document) + annotations
        self._paints_before = None

        def press() -> None:
            QTest.keyClick(self._desk.article, key, modifier)
            until(self._is_shown, "committed and painted")

        began = time.thread_time()
        taken = timed(press)
        self.processor = (time.thread_time() - began) * 1000
        self.followed = taken + timed(lambda: rest(self._desk.window))
        if len(self._desk.document) != expected:
            raise AssertionError(f"{len(self._desk.document)} annotations instead of {expected} after a key press")
        return taken

    def _note(self) -> None:
        self._paints_before = self._watch.count

    def _is_shown(self) -> bool:
        return self._paints_before is not None and self._watch.count > self._paints_before
