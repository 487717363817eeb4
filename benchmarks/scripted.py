"""A scripted coder: knows what is to be tagged, sees what the window shows, and works by real keys and mouse presses.

It pays for what a person pays for: each proposal passed, each boundary mended, each mode entered and left. For each
span it takes the way with the fewest keys and pointer moves among those it may use. Reading, and scrolling while one
reads, is not counted.
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QElapsedTimer, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.model.codebook import Tag
from annotator.model.span import Span
from annotator.model.trim import trim
from annotator.model.wording import wording_places
from annotator.propose.cues import CueFinder
from ui.article_view import units, words
from ui.article_view.marks import inner_first
from ui.article_view.offsets import utf16_length
from ui.dialogs.same_sheet import SameSheet
from ui.main_window import MainWindow

from .windows import rest, until

Wanted = tuple[str, Span]
_NAMED = {"PgDown": Qt.Key.Key_PageDown, "Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape}
_MOVES = (("paragraph", "Ctrl+Down", "Ctrl+Up"), ("sentence", "Ctrl+Right", "Ctrl+Left"), ("word", "Right", "Left"))
_CLICKS = 6  # presses in a row after which a drag is surer
_WIDER = 6  # presses of W after which arrows are shorter
_SOON = 200  # milliseconds after which the window has looked for proposals again
_DOUBLE = 120  # milliseconds in which a second press makes a double click, here


@dataclass(frozen=True)
class Ways:
    """What the coder may use beside a click or a drag and the tag key; without a mouse the caret goes by keys."""

    mouse: bool = True
    clicks: bool = False  # double click and on: word, name, clause, quotation, sentence
    wider: bool = False  # W from the caret
    cues: bool = False  # Shift+N and W
    find: bool = False  # Ctrl+F, the words, Esc
    same: bool = False  # O
    armed: tuple[str, ...] = ()  # tags kept armed for the mouse in a pass of their own
    proposals: bool = False
    again: bool = False  # what was tagged once is proposed elsewhere


@dataclass(frozen=True)
class Plan:
    """A way to one span: what it costs, and what is done."""

    keys: tuple[str, ...] = ()
    click: int | None = None  # presses in a row
    drag: bool = False

    @property
    def cost(self) -> tuple[int, float]:
        """Keys and pointer moves, then seconds of the hand, for those that cost the same."""
        moves = 2 * self.drag + (self.click is not None)
        buttons = 2 * self.drag + 2 * (self.click or 0)
        return len(self.keys) + moves, 0.28 * len(self.keys) + 1.1 * moves + 0.1 * buttons


@dataclass
class ScriptedCoder:
    """Tags all that is wanted in the open article."""

    window: MainWindow
    wanted: list[Wanted]
    ways: Ways
    passed: int = 0  # proposals that were wrong
    taken: int = 0
    mended: int = 0
    left: list[Wanted] = field(init=False)
    clicked: QElapsedTimer = field(default_factory=QElapsedTimer)  # since presses in a row

    def __post_init__(self) -> None:
        self.desk = self.window.desk
        self.text = self.desk.document.text
        codebook, about = self.desk.workspace.codebook, self.desk.document.about
        assert codebook is not None
        assert about is not None
        self.language = about.language
        self.tags: dict[str, Tag] = {tag.id: tag for tag in codebook.active_tags}
        self.cues = CueFinder(codebook, self.language)
        self.left = sorted(set(self.wanted), key=lambda each: (each[1].start, -each[1].end))
        QApplication.setDoubleClickInterval(_DOUBLE)

    def work(self) -> None:
        """Everything, in as many passes as the ways ask for: tags kept armed first, for a click takes what is right."""
        self._tag_armed()
        if self.ways.proposals:
            self._answer_proposals()
        while self.left:
            before = len(self.left)
            self._pass_by_hand()
            if self.ways.proposals:
                self._answer_proposals()
            assert len(self.left) < before, f"nothing leads to {self.left[0]}"
        assert self._made() == set(self.wanted), "the annotations are not those that were wanted"

    # ---- by hand

    def _tag_armed(self) -> None:
        """A pass through the article for each tag that is worth being kept armed."""
        for tag in self.ways.armed:
            todo = [each for each in self.left if each[0] == tag]
            offered = (
                {(each.tag, each.outer) for _, each in self.desk.proposals.items()} if self.ways.proposals else set()
            )
            usual = sum(1 if each in offered else self._cheapest(each[1], tag).cost[0] for each in todo)
            if 3 + sum(self._armed_cost(span, tag) for _, span in todo) < usual:
                self.desk.article.set_caret(0)
                self.press("k", self._letter(tag))
                for each in todo:
                    if each in self.left:
                        self._tag(each, armed=True)
                self.press("Esc")

    def _pass_by_hand(self) -> None:
        """What is left, from the beginning on; what will be proposed once its like is tagged waits for that."""
        self.desk.article.set_caret(0)
        met: set[tuple[str, str]] = set()
        for each in list(self.left):
            tag, span = each
            like = tag, self.text[span.start : span.end]
            if each in self.left and not (self.ways.again and like in met):
                met.add(like)
                self._tag(each, armed=False)

    def _tag(self, each: Wanted, *, armed: bool) -> None:
        tag, span = each
        if not armed:
            self._do(self._cheapest(span, tag), span, tag)
        elif presses := self._armed_clicks(span, tag):
            self.taken += presses == 1
            self._click(span, presses)
        else:
            self._drag(span)
        self.settle()
        made = self.desk.document.annotation(self.desk.document.current)
        assert made is not None, (each, self.text[span.start : span.end], self.desk.status.text)
        assert (made.tag, made.outer) == each, (each, self.text[span.start : span.end], made.quote)
        self.left.remove(each)
        if self.ways.same:
            self._tag_same((tag, self.text[span.start : span.end]), armed=armed)

    def _armed_clicks(self, span: Span, tag: str) -> int:
        """With its tag armed, one click takes a proposal, more in a row select and tag; 0 where none lead there."""
        if self._proposed(tag, span) is not None:
            return 1
        word = words.word_at(self.text, span.start)
        for presses in range(2, _CLICKS if self.ways.clicks else 3):
            if word is None or self._gives(word, tag, span):
                return presses if word else 0
            word = units.wider(self.text, word)
        return 0

    def _armed_cost(self, span: Span, tag: str) -> int:
        return 1 if self._armed_clicks(span, tag) else 2

    def _proposed(self, tag: str, span: Span) -> int | None:
        """The proposal of just this, if a click on its first word takes it in hand."""
        article = self.desk.article
        if not self.ways.proposals or self.tags[tag].form != "mention":
            return None
        offered = [mark for mark in article.proposals_at(span.start) if self.tags[mark.tag].form == "mention"]
        here = sorted([*article.marks_at(span.start), *offered], key=inner_first)
        if not here or article.current() in [mark.key for mark in here]:
            return None
        inner = here[0]
        right = inner.proposed and (inner.tag, Span(inner.start, inner.end)) == (tag, span)
        return inner.key if right else None

    def _cheapest(self, span: Span, tag: str) -> Plan:
        plans = [*self._by_mouse(span, tag), *self._by_keys(span, tag)]
        return min(plans, key=lambda plan: plan.cost)

    def _by_mouse(self, span: Span, tag: str) -> Iterable[Plan]:
        if not self.ways.mouse:
            return
        letter, word = self._letter(tag), words.word_at(self.text, span.start)
        yield Plan((letter,), drag=True)
        if word is None:
            return
        if self._gives(word, tag, span):
            yield Plan((letter,), click=1)
        wide, at = word, span.start
        for presses in range(2, _CLICKS if self.ways.clicks else 2):
            if self._gives(wide, tag, span):
                yield Plan((letter,), click=presses)
                break
            wide = units.wider(self.text, wide)
        wide = Span(at, at)
        for presses in range(1, _WIDER if self.ways.wider else 1):
            wide = units.wider(self.text, wide)
            if self._gives(wide, tag, span):
                yield Plan((*["w"] * presses, letter), click=1)
                break

    def _by_keys(self, span: Span, tag: str) -> Iterable[Plan]:
        letter = self._letter(tag)
        if self.ways.cues and (keys := self._through_cues(span, tag)):
            yield Plan((*keys, letter))
        if self.ways.find and (typed := self._to_find(span, tag)):
            yield Plan(("Ctrl+F", *typed, "Esc", letter))
        if not self.ways.mouse or self.ways.wider:
            yield Plan((*self._way(span.start), *self._selecting(span, tag), letter))

    def _through_cues(self, span: Span, tag: str) -> list[str]:
        """From cue to cue until one announces the span, as far as that is shorter than any other way."""
        tagged = [(each.tag, each.spans) for each in self.desk.document.annotations()]
        place = self.desk.article.caret()
        for number, cue in enumerate(self.cues.open_cues(self.text, tagged, place, 1), 1):
            for at, content in enumerate(cue.contents, 1):
                if self._gives(content, tag, span):
                    return ["Shift+N"] * number + ["w"] * at
            if number > 12 or cue.span.start > span.end + 300:
                break
        return []

    def _to_find(self, span: Span, tag: str) -> str:
        """The fewest letters that lead from the caret to a hit which snaps to the span."""
        quoted, folded = self.text[span.start : span.end], self.text.casefold()
        if "\n" in quoted or len(folded) != len(self.text):
            return ""
        for length in range(2, len(quoted) + 1):
            typed = quoted[:length].casefold()
            if folded.find(typed, self.desk.article.caret()) == span.start:
                hit = Span(span.start, span.start + length)
                if self._gives(hit, tag, span):
                    return quoted[:length].lower()
        return ""

    def _way(self, place: int) -> list[str]:
        """To a place by paragraphs, sentences and words, whichever comes nearest at each step."""
        here, keys = self.desk.article.caret(), []
        while here != place:
            steps = [
                (abs(_moved(self.text, here, unit, forward=forward) - place), key, unit, forward)
                for unit, onwards, back in _MOVES
                for key, forward in ((onwards, True), (back, False))
            ]
            distance, key, unit, forward = min(steps)
            assert distance < abs(here - place), f"the caret comes no nearer to {place} than {here}"
            keys.append(key)
            here = _moved(self.text, here, unit, forward=forward)
        return keys

    def _selecting(self, span: Span, tag: str) -> list[str]:
        """The fewest keys after which the tag key takes just this span, with the caret at its start."""
        word = words.word_at(self.text, span.start)
        if word is not None and self._gives(word, tag, span):
            return []
        found: list[list[str]] = []
        wide = Span(span.start, span.start)
        for presses in range(1, _WIDER if self.ways.wider else 1):
            wide = units.wider(self.text, wide)
            if self._gives(wide, tag, span):
                found.append(["w"] * presses)
                break
        keys: list[str] = []
        end = span.start
        while end <= span.start or not self._gives(Span(span.start, end), tag, span):
            sentence = units.next_start(self.text, end, "sentence")
            keys.append("Ctrl+Shift+Right" if sentence <= span.end else "Shift+Right")
            end = sentence if sentence <= span.end else words.next_edge(self.text, end, "end")
            assert end < span.end + 40, f"nothing selects “{self.text[span.start : span.end]}”"
        return min([*found, keys], key=len)

    def _gives(self, chosen: Span, tag: str, span: Span | None = None) -> bool:
        """Whether this selection and the tag key make the span."""
        snapped = words.snap(self.text, chosen)
        return trim(self.text, snapped, self.tags[tag].trim, self.language).span == (span or chosen)

    # ---- the same elsewhere

    def _tag_same(self, like: tuple[str, str], *, armed: bool) -> None:
        """O, if that is no longer than going to each place: ticked one by one, or all but those that are wrong."""
        tag, quoted = like
        own = [each.outer for each in self.desk.document.annotations() if each.tag == tag]
        open_ = [each for each in wording_places(quoted, self.text) if not any(each.overlaps(other) for other in own)]
        right = [(tag, each) in self.left for each in open_]
        wanted = [each for each in open_ if (tag, each) in self.left]
        if self.ways.again and not armed:
            going = len(open_)  # one key each, right or wrong, since what was tagged once is proposed elsewhere
        elif armed:
            going = sum(self._armed_cost(span, tag) for span in wanted)
        else:
            going = sum(self._cheapest(span, tag).cost[0] for span in wanted)
        if not wanted or 2 + len(_ticks(right, [True] * len(right))) > going:
            return
        self.press("o")
        sheet = next((each for each in self.window.findChildren(SameSheet) if each.isVisible()), None)
        if sheet is None:
            return
        self.settle()
        rows = [sheet.places.again(row) for row in range(sheet.places.rowCount())]
        first = sheet.list.currentIndex().row()
        right = [each is not None and (tag, each.span) in self.left for each in rows]
        free = [each is not None and not each.same for each in rows]
        self.press(*_ticks(right, free, first), "Enter")
        made = self._made()
        self.left = [each for each in self.left if each not in made]
        self.settle()

    # ---- proposals

    def _answer_proposals(self) -> None:
        """Walk through what is proposed: take it, with another tag or other edges, or refuse it."""
        self.settle()
        while len(self.desk.proposals):
            presses = 0
            while self.desk.article.proposal() is None:
                self.press("j")
                self.settle()
                presses += 1
                if presses > 40 or not len(self.desk.proposals):
                    return
            proposal = self.desk.proposals.get(self.desk.article.proposal())
            assert proposal is not None
            self._answer(proposal.tag, proposal.outer)
            made = self._made()
            self.left = [each for each in self.left if each not in made]
            self.settle()

    def _answer(self, tag: str, span: Span) -> None:
        if (tag, span) in self.left:
            self.taken += 1
            self.press("Space")
            return
        other = next((each for each, there in self.left if there == span), None)
        if other is not None:
            self.taken += 1
            self.press(self._letter(other))
            return
        for wanted, there in self.left:
            if wanted == tag and there.overlaps(span):
                keys = self._mending(span, there)
                if keys and len(keys) <= self._cheapest(there, tag).cost[0] + 1:
                    self.mended += 1
                    self.press(*keys)
                    return
        self.passed += 1
        self.press("x")

    def _mending(self, span: Span, wanted: Span) -> list[str]:
        """Keys that move the edges: the end first, E turns to the start. None where words do not lead there."""
        end = _steps(self.text, span.end, wanted.end, "end")
        start = _steps(self.text, span.start, wanted.start, "start")
        if end is None or start is None:
            return []
        return ["e", *end, *(["e", *start] if start else []), "Enter"]

    # ---- hands

    def press(self, *names: str) -> None:
        """Press keys by name where the keyboard is."""
        for name in names:
            *held, key = name.split("+") if len(name) > 1 else [name]
            modifiers = Qt.KeyboardModifier.NoModifier
            for each in held:
                modifiers |= getattr(Qt.KeyboardModifier, {"Ctrl": "Control"}.get(each, each) + "Modifier")
            target: QWidget = QApplication.activePopupWidget() or QApplication.focusWidget() or self.window
            if len(key) == 1 and not held:
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, _NAMED.get(key) or getattr(Qt.Key, f"Key_{key}"), modifiers)
            QApplication.processEvents()

    def _do(self, plan: Plan, span: Span, tag: str) -> None:
        if plan.drag:
            self._drag(span)
        elif plan.click is not None:
            self._click(span, plan.click)
        self.press(*plan.keys)
        assert tag in self.tags

    def _click(self, span: Span, presses: int) -> None:
        """Once, or so often in a row, on the first word of a span."""
        self._read(span.start)
        point, viewport, left = self._point(span.start), self.desk.article.viewport(), Qt.MouseButton.LeftButton
        self._rest_after_clicks()
        for number in range(presses):
            if number % 2:
                QTest.mouseDClick(viewport, left, Qt.KeyboardModifier.NoModifier, point)  # the press alone
            else:
                QTest.mousePress(viewport, left, Qt.KeyboardModifier.NoModifier, point)
            QTest.mouseRelease(viewport, left, Qt.KeyboardModifier.NoModifier, point)
        QApplication.processEvents()
        if presses > 1:
            self.clicked.start()

    def _rest_after_clicks(self) -> None:
        """The press that comes next must not count among those in a row before it."""
        if self.clicked.isValid():
            QTest.qWait(max(0, _DOUBLE + 20 - self.clicked.elapsed()))

    def _drag(self, span: Span) -> None:
        article, left = self.desk.article, Qt.MouseButton.LeftButton
        viewport = article.viewport()
        self._read(span.end - 1, span.start)
        begin, end = self._point(span.start), self._point(span.end - 1, behind=True)
        assert all(viewport.rect().contains(each) for each in (begin, end)), "the whole span is not in sight"
        self._rest_after_clicks()
        QTest.mousePress(viewport, left, Qt.KeyboardModifier.NoModifier, begin)
        for share in (0.5, 1.0):
            QTest.mouseMove(viewport, begin + (end - begin) * share)
        QTest.mouseRelease(viewport, left, Qt.KeyboardModifier.NoModifier, end)
        QApplication.processEvents()

    def _read(self, *places: int) -> None:
        """Scroll until places are in sight, as one does who reads on; the last one surely."""
        for place in places:
            self.desk.article.reveal(place)
            rest(self.window)

    def _point(self, place: int, *, behind: bool = False) -> QPoint:
        """The middle of a character in the viewport."""
        article = self.desk.article
        cursor = article.textCursor()
        edges = []
        for each in (place, place + 1):
            cursor.setPosition(utf16_length(self.text[:each]))
            edges.append(article.cursorRect(cursor))
        first, last = edges
        right = last.left() if last.top() == first.top() and last.left() > first.left() else first.left() + 6
        x = (first.left() + 3 * right) // 4 if behind else (3 * first.left() + right) // 4 + 1
        return QPoint(x, first.center().y())

    def settle(self) -> None:
        """A person looks at what an act has done: until then the window has followed it, proposals too."""

        def is_quiet() -> bool:
            timers = self.window.findChildren(QTimer)
            waits = any(each.isActive() and each.isSingleShot() and each.interval() <= _SOON for each in timers)
            return not waits and not any(thread.name == "job" for thread in threading.enumerate())

        rest(self.window)
        until(is_quiet, "quiet")
        rest(self.window)

    def _letter(self, tag: str) -> str:
        return next(key for key in self.tags[tag].keys if key.isalpha())

    def _made(self) -> set[Wanted]:
        return {(each.tag, each.outer) for each in self.desk.document.annotations()}


def _moved(text: str, here: int, unit: str, *, forward: bool) -> int:
    if unit == "word":
        return words.next_edge(text, here, "start") if forward else words.previous_edge(text, here, "start")
    return units.next_start(text, here, unit) if forward else units.previous_start(text, here, unit)


def _steps(text: str, here: int, there: int, edge: str) -> list[str] | None:
    """Arrows that move an edge word by word; None where it never comes there."""
    keys: list[str] = []
    while here != there and len(keys) < 8:
        keys.append("Right" if here < there else "Left")
        before = here
        here = words.next_edge(text, here, edge) if here < there else words.previous_edge(text, here, edge)
        if (before < there < here) or (here < there < before):
            return None
    return keys if here == there else None


def _ticks(right: Sequence[bool], free: Sequence[bool], first: int = 0) -> list[str]:
    """One by one, or all and then off again what is wrong, whichever is shorter."""
    wrong = [may and not ok for ok, may in zip(right, free, strict=True)]
    return min(_ticking(right, first), ["a", *_ticking(wrong, first)], key=len)


def _ticking(wanted: Sequence[bool], first: int) -> list[str]:
    """Space on each wanted row, which goes on to the next by itself, and Down over the others; Up to those before."""
    rows = [row for row, wants in enumerate(wanted) if wants]
    if not rows:
        return []
    keys = ["Up"] * max(0, first - rows[0]) + ["Down"] * max(0, rows[0] - first) + ["Space"]
    for before, row in pairwise(rows):
        keys += ["Down"] * (row - before - 1) + ["Space"]
    return keys
