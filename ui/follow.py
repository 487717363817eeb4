"""Keeps article, tag bar and status line in step with the open document, and remembers where one was."""

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from annotator.model.changes import Changes
from annotator.model.codebook import Tag
from annotator.model.rows import UNSURE, Annotation
from annotator.operations.words import counted
from annotator.storage import location, queries

from .article_view.marks import Mark, TagLook
from .article_view.span_index import Later
from .desk import Desk

PAUSE = 1_000  # milliseconds without a move after which the place is remembered


class Following(QObject):
    """Signals from one part to another; no decisions."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._version: object = None
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._remember)
        workspace, document, article = desk.workspace, desk.document, desk.article
        workspace.opened.connect(self._opened)
        workspace.closing.connect(self._closing)
        workspace.changed.connect(self._changed)
        workspace.waiting_changed.connect(lambda _: self._show_saved())
        document.reset.connect(self._load)
        document.put.connect(self._put)
        document.removed.connect(article.remove_mark)
        document.settled.connect(self._settled)
        desk.views.changed.connect(self._facts_soon)
        desk.behind.made.connect(self._follow_review)
        document.current_changed.connect(self._show_current)
        article.current_changed.connect(document.set_current)
        article.cursorPositionChanged.connect(self._pause.start)
        desk.details.chosen.connect(lambda key: article.set_current(key))
        desk.keymap.changed.connect(self._show_keys)
        desk.jobs.started.connect(self._work_began)
        desk.jobs.progressed.connect(desk.status.show_progress)
        desk.jobs.ended.connect(self._work_ended)
        desk.status.cancel_requested.connect(desk.jobs.cancel)
        desk.status.focus_left.connect(desk.focus_text)

    # ---- project

    def _opened(self) -> None:
        desk, project = self._desk, self._desk.workspace.project
        desk.views.offer({"code"} if project.meta("coder") else {"code", "review", "overview"})
        self._version = None
        self._show_codebook()
        place = desk.settings.place(project.meta("project"))
        known = queries.document_of_text(project, str(place.get("document", "")))
        keys = queries.document_keys(project, None) if known is None or known[1] else None
        first = (keys[0] if keys else None) if keys is not None else (known[0] if known else None)
        desk.workspace.show_document(first)
        caret = place.get("caret")
        if keys is None and isinstance(caret, int):
            desk.article.set_caret(caret)
            desk.article.cycle_at_caret()  # the annotation that one was on
        self._show_saved()
        notices = [*project.notices, *location.warnings_for(project.path)]
        desk.status.say(" ".join(notices), role="warn" if notices else "meta")
        self._add_recent()

    def _closing(self) -> None:
        self._remember()
        self._add_recent()

    def _add_recent(self) -> None:
        workspace = self._desk.workspace
        counts = queries.state_counts(workspace.project, workspace.coder.key if workspace.coder else None)
        self._desk.settings.add_recent(
            {
                "path": str(workspace.project.path),
                "project": workspace.project.meta("project"),
                "title": workspace.project.meta("title"),
                "opened": datetime.now().isoformat(timespec="seconds"),
                "done": counts.get("done", 0),
                "total": counts["all"],
            }
        )

    def _remember(self) -> None:
        workspace, about = self._desk.workspace, self._desk.document.about
        if workspace.is_open and about is not None:
            place = {"document": about.id, "caret": self._desk.article.caret()}
            self._desk.settings.set_place(workspace.project.meta("project"), place)

    def _changed(self, changes: Changes) -> None:
        if changes.everything or (changes.documents and not changes.annotations):
            self._add_recent()  # how many there are and how many are done, should the computer stop now
        if changes.codebook or changes.everything:
            self._show_codebook()
        if changes.document is not None and changes.document != self._desk.workspace.document:
            self._desk.workspace.show_document(changes.document)
            self._desk.document.set_current(changes.current)

    def _show_saved(self) -> None:
        workspace = self._desk.workspace
        if workspace.unsaved:
            self._desk.status.set_saved(self.tr("not yet saved"))
        else:
            self._desk.status.set_saved(self.tr("read only") if workspace.project.read_only else self.tr("saved"))

    # ---- long work

    def _work_began(self, words: str) -> None:
        # Its slices are no news to look at one by one: the end is.
        self._desk.workspace.quiet_poll = True
        self._desk.status.show_progress(words, 0, 0)

    def _work_ended(self) -> None:
        self._desk.workspace.quiet_poll = False
        self._desk.workspace.look_for_changes()
        self._desk.status.end_progress()

    # ---- document

    def _load(self) -> None:
        article, document = self._desk.article, self._desk.document
        if document.text == article.text() and document.about is not None:
            article.set_marks(_marks(document.annotations()))
            return
        later = Later(document.unread, lambda: _marks(document.annotations())) if document.unread else None
        article.load(document.text, _marks(document.annotations_read()), later)

    def _put(self, key: int) -> None:
        annotation = self._desk.document.annotation(key)
        if annotation is not None:
            self._desk.article.put_mark(_mark(annotation))
            if key == self._desk.document.current:
                self._desk.rules.show_tag(annotation.tag)

    def _show_current(self, key: int | None) -> None:
        if self._desk.article.current() != key:
            self._desk.article.set_current(key)
        annotation = self._desk.document.annotation(key)
        if annotation is not None:
            self._desk.rules.show_tag(annotation.tag)

    def _settled(self) -> None:
        self._desk.article.read_later()  # scrolling shall not wait for it
        self._show_facts()

    def _follow_review(self) -> None:
        self._desk.review.show_codebook(self._desk.workspace.codebook)
        self._desk.review.session.counted.connect(self._facts_soon)

    def _facts_soon(self) -> None:
        self._desk.workspace.afterwards.soon(self._show_facts)

    def _show_facts(self) -> None:
        if self._desk.document.unread is None:  # else it is told once all is read
            self._desk.status.set_facts(self._facts())

    def _facts(self) -> str:
        if self._desk.reviewing:
            progress = self._desk.review.session.progress()
            settled, total = progress["agreed"] + progress["decided"], progress["agreed"] + progress["of"]
            return self.tr("gold: {n} of {all} settled").format(n=f"{settled:,}", all=f"{total:,}") if total else ""
        if self._desk.views.current.id == "overview":
            return ""
        number = len(self._desk.document)
        return counted(number, self.tr("tag"), self.tr("tags")) if self._desk.document.about else ""

    # ---- codebook and keys

    def _show_codebook(self) -> None:
        desk, codebook = self._desk, self._desk.workspace.codebook
        if codebook is self._version or codebook is None:
            return
        self._version = codebook
        looks = [TagLook(t.id, t.label.lower(), t.form, t.bar, t.light, t.dark, _sign(t)) for t in codebook.tags]
        desk.article.set_looks(looks)
        if desk.behind.is_made:
            desk.review.show_codebook(codebook)
        desk.details.show_codebook(codebook)
        desk.details.inspector.show_codebook(codebook)
        desk.rules.set_tags(codebook.active_tags)
        desk.keymap.set_tag_keys({key: tag.id for tag in codebook.active_tags for key in tag.keys})
        self._show_keys()

    def _show_keys(self) -> None:
        desk = self._desk
        if desk.workspace.is_open:
            desk.tags.show_codebook(desk.workspace.codebook, desk.keymap.keys_for_tag)
        undo = desk.keymap.keys_for("undo")
        desk.status.set_undo_key(undo[0] if undo else "")


def _sign(tag: Tag) -> str:
    """The letter that stands for a tag where there is no room for a word: that of its key, else its first."""
    return next((key for key in tag.keys if key.isalpha()), tag.label[:1].lower())


def _mark(annotation: Annotation) -> Mark:
    return Mark(annotation.key, annotation.spans, annotation.tag, False, UNSURE in annotation.flags)


def _marks(annotations: Iterable[Annotation]) -> list[Mark]:
    return [_mark(annotation) for annotation in annotations]
