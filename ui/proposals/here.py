"""The proposals for the article at hand: found beside the window, after the text was painted, and kept in step."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.span import Spans
from annotator.operations import rounds
from annotator.operations.proposal_settings import proposals_on, proposers_for
from annotator.storage.project import Project

from ..background import Background
from ..open_document import OpenDocument
from ..workspace import Workspace

if TYPE_CHECKING:
    from annotator.operations.proposing import Prepared
    from annotator.propose import Proposal
    from annotator.propose.learned import Learned

_SHARE = 4  # times as long as a look takes, until the next: of a very long article it takes a second
PAUSE = 150  # milliseconds without an act after which it is looked again: a person who tags on is not slowed
_FIRST = -(1 << 30)  # keys count down from here: none is that of an annotation; fits a signal’s int


@dataclass(frozen=True)
class _Question:
    """What is asked: `number` tells whether the answer still counts, `made` whether the proposers are still right."""

    number: int
    made: int
    document: int
    coder: int | None


class ProposalsHere(QObject):
    """What is offered in the open article to the coder at work, each under a key of this window.

    `reset` says that others may be offered, `dropped` that one is gone. Where proposals are off there are none, and
    nothing is asked.
    """

    reset = Signal()
    dropped = Signal(int)

    def __init__(self, workspace: Workspace, document: OpenDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._document = workspace, document
        self._found: dict[int, Proposal] = {}  # in text order, outer before inner
        self._keys: dict[tuple[str, Spans], int] = {}
        self._starts: list[tuple[int, int]] = []  # where each began when they were found
        self._longest = 0  # code points
        self._numbers = count(_FIRST, -1)
        self._asked = self._made = 0
        self._took = 0.0  # seconds of the last look
        self._kept: tuple[int, Prepared] | None = None
        self._learned: Learned | None = None
        self._beside = Background(workspace, self._hear, self)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._ask)
        document.reset.connect(self._turn)
        document.put.connect(self._put)
        document.removed.connect(lambda _: self._wait())
        document.reading_changed.connect(self._wait)
        workspace.changed.connect(self._follow)
        workspace.closed.connect(lambda: self.learn(None))

    # ---- what others use

    def get(self, key: int | None) -> "Proposal | None":
        """The proposal with this key."""
        return self._found.get(key) if key is not None else None

    def items(self) -> "list[tuple[int, Proposal]]":
        """Keys and proposals in text order, outer before inner."""
        return list(self._found.items())

    def __len__(self) -> int:
        return len(self._found)

    def drop(self, key: int) -> None:
        """It was taken or refused."""
        if self._found.pop(key, None) is not None:
            self.dropped.emit(key)

    def learn(self, learned: "Learned | None") -> None:
        """Propose by these models too, from now on."""
        self._learned = learned
        self._prepare_anew()

    # ---- asking

    def _turn(self) -> None:
        """Another article, another coder, or all annotations anew."""
        self._show([])
        self._prepare_anew()

    def _prepare_anew(self) -> None:
        self._made += 1
        self._kept = None
        self._asked += 1  # no answer to an earlier question counts
        self._workspace.afterwards.soon(self._ask)

    def _follow(self, changes: Changes) -> None:
        if changes.everything or changes.codebook or changes.entities:
            self._prepare_anew()

    def _wait(self) -> None:
        self._asked += 1
        self._pause.start(max(PAUSE, round(_SHARE * self._took * 1000)))

    def _put(self, key: int) -> None:
        """What overlaps an annotation with the same tag is no proposal any more."""
        annotation = self._document.annotation(key)
        if annotation is not None and self._found:
            (first, last), tag = annotation.outer, annotation.tag
            begin = bisect_left(self._starts, (first - self._longest,))
            for _, number in self._starts[begin : bisect_left(self._starts, (last,))]:
                each = self._found.get(number)
                if each is not None and each.tag == tag and first < each.spans[-1].end:
                    self.drop(number)
        self._wait()

    def _ask(self) -> None:
        workspace = self._workspace
        self._pause.stop()
        if not workspace.is_open or workspace.document is None or not proposals_on(workspace.project):
            self._asked += 1
            self._show([])
            return
        coder = workspace.coder.key if workspace.coder else None
        asked = _Question(self._asked, self._made, workspace.document, coder)
        kept = self._kept[1] if self._kept and self._kept[0] == self._made else None
        learned = self._learned
        self._beside.ask(lambda project: _timed(lambda: (asked, *_look(project, asked, kept, learned))))

    def _hear(self, answer: object) -> None:
        assert isinstance(answer, tuple)
        self._took, (asked, kept, found) = answer
        if asked.made == self._made and kept is not None:
            self._kept = asked.made, kept
        if asked.number == self._asked:
            self._show(found)

    def _show(self, found: "Iterable[Proposal]") -> None:
        """Each proposal keeps its key as long as it is offered."""
        before, self._found = self._found, {}
        known, self._keys = self._keys, {}
        for each in found:
            what = each.tag, each.spans
            key = known.get(what) or next(self._numbers)
            self._keys[what], self._found[key] = key, each
        if before != self._found:
            spans = [(key, each.outer) for key, each in self._found.items()]
            self._starts = sorted((span.start, key) for key, span in spans)
            self._longest = max((span.end - span.start for _, span in spans), default=0)
            self.reset.emit()


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    """Seconds that a work took, and what came of it."""
    began = monotonic()
    found = work()
    return monotonic() - began, found


def _look(
    project: Project, asked: _Question, kept: "Prepared | None", learned: "Learned | None"
) -> "tuple[Prepared | None, list[Proposal]]":
    from annotator.operations import proposing  # with all proposers, which a start of the window does without

    try:
        if asked.coder is not None and rounds.is_read_only(project, asked.document, asked.coder):
            return None, []  # what cannot be taken is not offered
        names = proposers_for(project, asked.document)
        if names and kept is None:
            kept = proposing.prepare(project, asked.document, asked.coder, names, learned)
        return kept, proposing.propose(project, asked.document, asked.coder, kept)
    except AnnotatorError:  # the article has gone meanwhile, which the list tells
        return None, []
