"""What is still open in the article: unsure, asked, incomplete, touched by a new rule; walked by one key.

That key walks over what is proposed first; proposals are no points and are not counted.
"""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer

from annotator.model.changes import Changes
from annotator.model.span import Spans
from annotator.operations.codebook_versions import Touched, confirm_still_right, touched_annotations, what_touched
from annotator.operations.completeness import ELSEWHERE, TOUCHED, OpenPoint
from annotator.operations.untagged import leave_untagged
from annotator.storage import queries

from ..background import Background
from ..desk import Desk
from ..keys.dispatcher import Press
from ..widgets.status_line import Action
from .act import Handler, plain
from .stops import Stop, next_stop, stops_of

PAUSE = 600  # milliseconds without a change after which the open points are counted anew
MANY = 1_000  # annotations from which on they are counted only when asked for
MODE = "open point"  # while words are selected that could be tagged and are not


class OpenPoints(QObject):
    """Counts in the background of coding; J and Shift+J walk. Space and X answer the point at hand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._last: int | None = None
        self._place: OpenPoint | None = None  # words that are selected because the same name is tagged elsewhere
        self._touched: tuple[Touched, ...] = ()
        self._offered: int | None = None  # the article in which the way to the others was offered
        self._beside = Background(desk.workspace, self._hear_touched, self)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(desk.details.points.look_beside)
        document, details = desk.document, desk.details
        for signal in (document.reset, document.put, document.removed, document.reading_changed):
            signal.connect(lambda *_: desk.workspace.afterwards.soon(self._changed))
        document.current_changed.connect(lambda _: desk.workspace.afterwards.soon(self._show_rules))
        desk.workspace.opened.connect(self._look_for_touched)
        desk.workspace.coder_changed.connect(self._look_for_touched)
        desk.workspace.changed.connect(self._follow)
        desk.article.selectionChanged.connect(self._leave_place)
        details.points.looked.connect(self._tell_details)
        details.walk_requested.connect(self._go_on)
        details.point_list.selectionModel().currentChanged.connect(self._choose)
        details.point_list.activated.connect(self._open)
        details.point_list.clicked.connect(self._choose)
        details.point_list.agreed.connect(self.agree)
        details.point_list.refused.connect(self.refuse)
        details.inspector.still_right.connect(self.agree)
        if desk.workspace.is_open:
            self._look_for_touched()
            desk.workspace.afterwards.soon(self._changed)

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "next_open": plain(lambda: self.go(1)),
            "previous_open": plain(lambda: self.go(-1)),
            "agree": plain(self.agree),
            "leave_untagged": plain(self.refuse),
        }

    # ---- walking

    def go(self, steps: int) -> None:
        """Turn to the next open point, and say what is open; after the last one of all to the other articles."""
        desk = self._desk
        points = desk.details.points.look()
        stops = stops_of(points, desk.proposals.items())
        if not stops:
            self._say_none()
            return
        self._offered = None
        here = desk.document.annotation(desk.document.current)
        place = here.outer.start if here else desk.article.caret()
        onward = next_stop(stops, self._at(points, here.key if here else None), place, steps)
        if onward.proposal is None:
            self._show(onward.point)
            return
        self._leave_place()
        self._last = None
        desk.document.set_current(None)
        desk.article.set_proposal(onward.proposal)

    def _at(self, points: tuple[OpenPoint, ...], key: int | None) -> Stop | None:
        """Where one is: at the proposal at hand, or at the point shown last if one is still there."""
        proposal = self._desk.article.proposal()
        if proposal is not None:
            return Stop(proposal=proposal)
        there = self._last is not None and self._last < len(points) and points[self._last].annotation == key
        return Stop(point=self._last) if there and self._last is not None else None

    def _show(self, index: int, *, undo: bool = False) -> None:
        """Show a point in the article, in the list and in the foot line, with what one key may answer."""
        desk, points = self._desk, self._desk.details.points.points
        point = points[index]
        self._turn_to(point)
        self._last = index
        with_signals = desk.details.point_list.selectionModel().blockSignals(True)
        desk.details.point_list.setCurrentIndex(desk.details.points.index(index))
        desk.details.point_list.selectionModel().blockSignals(with_signals)
        desk.details.point_list.viewport().update()
        told = self.tr("{n} of {all}: {point}")
        answers = self._answers(point)
        desk.status.say(told.format(n=index + 1, all=len(points), point=point.sentence), undo=undo, actions=answers)

    def _turn_to(self, point: OpenPoint) -> None:
        desk = self._desk
        self._leave_place()
        if point.annotation is not None:
            desk.article.set_current(point.annotation)
            desk.details.inspector.catch_up()  # what is open is told there
            self._show_rules()
            return
        desk.document.set_current(None)
        desk.article.select(point.span)
        if point.kind == ELSEWHERE:
            self._place = point
            presses = {"x": Press("leave_untagged"), "Delete": Press("leave_untagged")}
            desk.dispatcher.push_mode(MODE, presses)

    def _answers(self, point: OpenPoint) -> list[Action]:
        if point.kind == TOUCHED:
            return [(self.tr("Still right"), next(iter(self._desk.keymap.keys_for("agree")), ""), self.agree)]
        if point.kind != ELSEWHERE:
            return []
        found: list[Action] = [(self.tr("Stays untagged"), "X", self.refuse)]
        if len(point.places) > 1:
            every = self.tr("All {n} stay so").format(n=f"{len(point.places):,}")
            found.append((every, "", lambda: self._leave(point, point.places)))
        return found

    def _leave_place(self) -> None:
        if self._place is not None:
            self._place = None
            self._desk.dispatcher.pop_mode(MODE)

    # ---- answering

    def agree(self) -> None:
        """Say that the annotation at hand is right by the new rules too, and go on to the next one they touch."""
        desk = self._desk
        key = desk.document.current
        touched = [each for each in desk.details.points.look() if each.kind == TOUCHED]
        if key is None or not any(each.annotation == key for each in touched):
            desk.status.say(self.tr("Nothing here waits for a yes"))
            return
        start = next(each.span.start for each in touched if each.annotation == key)
        if desk.workspace.do(confirm_still_right, key) is None:
            return
        points = desk.details.points.look()
        left = [at for at, each in enumerate(points) if each.kind == TOUCHED]
        onward = next((at for at in left if points[at].span.start >= start), left[0] if left else None)
        if onward is not None:
            self._show(onward, undo=True)
        elif self._other_articles():
            self._say_others(self.tr("Still right; that was the last one here."), undo=True)

    def refuse(self) -> None:
        """Leave the selected words without the tag that the same name has elsewhere; not asked again."""
        point = self._place
        if point is None:
            self._desk.status.say(self.tr("There is nothing to refuse here"))
        else:
            self._leave(point, point.places[:1])

    def _leave(self, point: OpenPoint, spans: Spans) -> None:
        desk, workspace = self._desk, self._desk.workspace
        if workspace.document is None or workspace.coder is None:
            return
        if workspace.do(leave_untagged, workspace.document, workspace.coder.key, point.tag, spans) is None:
            return
        points = desk.details.points.look()
        onward = next((at for at, each in enumerate(points) if each.span.start >= point.span.start), None)
        self._last = None
        if onward is not None:
            self._show(onward, undo=True)

    # ---- the list

    def _choose(self, index: QModelIndex) -> None:
        points = self._desk.details.points.points
        if 0 <= index.row() < len(points) and self._desk.details.shows_points:
            self._show(index.row())

    def _open(self, index: QModelIndex) -> None:
        """Go there with the keyboard: into the field that the point is about, else into the article."""
        desk, points = self._desk, self._desk.details.points.points
        if not 0 <= index.row() < len(points):
            return
        self._show(index.row())
        if points[index.row()].attribute:
            desk.dispatcher.perform("describe")
        else:
            desk.article.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- other articles

    def _say_none(self) -> None:
        if not self._other_articles():
            self._desk.status.say(self.tr("No open points in this article"))
        elif self._offered == self._desk.workspace.document:
            self._go_on()
        else:
            self._say_others(self.tr("No open points in this article."))

    def _say_others(self, before: str, *, undo: bool = False) -> None:
        desk, number = self._desk, len(self._other_articles())
        self._offered = desk.workspace.document
        told = self.tr("New rules touch {n} in other articles.").format(n=f"{number:,}")
        key = next(iter(desk.keymap.keys_for("next_open")), "")
        desk.status.say(f"{before} {told}", undo=undo, actions=[(self.tr("Go on there"), key, self._go_on)])

    def _other_articles(self) -> list[Touched]:
        here = self._desk.workspace.document
        return [each for each in self._touched if each.document != here]

    def _go_on(self) -> None:
        """Turn to the first annotation that new rules touch in an article after this one, else in any."""
        others, workspace = self._other_articles(), self._desk.workspace
        here = workspace.document or 0
        target = next((each for each in others if each.document > here), others[0] if others else None)
        if target is None:
            return
        workspace.show_document(target.document)
        points = self._desk.details.points.look()
        at = next((at for at, each in enumerate(points) if each.annotation == target.annotation), None)
        if at is not None:
            self._show(at)
        self._desk.article.setFocus()

    def _look_for_touched(self) -> None:
        coder = self._desk.workspace.coder
        if coder is not None:
            key = coder.key
            self._beside.ask(lambda project: tuple(touched_annotations(project, key)))
        else:
            self._hear_touched(())

    def _hear_touched(self, touched: object) -> None:
        assert isinstance(touched, tuple)
        self._touched = touched
        self._tell_details()

    # ---- keeping in step

    def _follow(self, changes: Changes) -> None:
        if changes.codebook or changes.everything or self._touched:
            self._look_for_touched()

    def _changed(self) -> None:
        details = self._desk.details
        if self._desk.document.unread is not None:  # how many there are will be known in a moment
            self._desk.workspace.afterwards.soon(self._changed)
            return
        if self._desk.document.about is None or len(self._desk.document) > MANY:
            self._last = None
            self._pause.stop()
            details.points.forget()
        else:
            self._pause.start()
        self._show_rules()

    def _tell_details(self) -> None:
        points = self._desk.details.points.points
        keys = frozenset(point.annotation for point in points if point.annotation is not None)
        self._desk.details.show_open(keys, len(self._other_articles()))

    def _show_rules(self) -> None:
        """Show beside the annotation at hand what has changed in its rules since somebody looked at it."""
        desk, workspace = self._desk, self._desk.workspace
        annotation = desk.document.annotation(desk.document.current)
        version = queries.codebook_version(workspace.project) if annotation and workspace.is_open else None
        changed = annotation is not None and version is not None and annotation.codebook_confirmed != version[0]
        found = what_touched(workspace.project, annotation.key) if changed and annotation else []
        desk.details.inspector.show_rule_changes(found)
