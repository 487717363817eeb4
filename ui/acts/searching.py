"""Search everything: open the list, go to a place and back, tag what is ticked, keep searches, save the list."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.codebook import Tag
from annotator.model.span import Span
from annotator.model.trim import trim
from annotator.operations.concordance_file import as_clipboard, save_concordance
from annotator.operations.saved_searches import forget_search, save_search
from annotator.operations.searching import own_tags
from annotator.operations.tagging_places import MOST, tag_places
from annotator.operations.words import counted
from annotator.storage import queries
from annotator.storage.concordance import TEXT, Mark, Place
from annotator.storage.project import Project

from ..article_view import words
from ..desk import Desk
from ..dialogs.choosing import Chooser, documents_folder
from ..dialogs.file_names import file_name, free_path
from ..jobs import Progress, on_project
from ..search.pane import SearchPane
from ..search.saved import remember
from .act import Handler, plain

FEW = 100  # places that are tagged at once; more of them beside the window, with progress
_DOCUMENTS = 500  # documents whose tags are kept for the list
Spot = tuple[int, Span]  # document and place


class Searching(QObject):
    """The list stands with the article; Enter goes into the article, Esc comes back."""

    def __init__(self, desk: Desk, chooser: Chooser | None = None) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._chooser = chooser or Chooser()
        self._pane: SearchPane | None = None
        self._from: tuple[int | None, int] | None = None  # the document and the caret before the search
        self._opened: Place | None = None  # the place that one went to from the list
        self._own = lru_cache(_DOCUMENTS)(self._read_own)
        workspace = desk.workspace
        workspace.changed.connect(self._follow)
        for signal in (workspace.opened, workspace.closed):
            signal.connect(self._reset)
        workspace.coder_changed.connect(self._see_as_another)

    def handlers(self) -> Mapping[str, Handler]:
        return {
            "search_all": plain(self.search),
            "open_place": plain(self.open_at_hand),
            "tick_place": plain(lambda: self.pane.turn()),
            "tick_all_places": plain(lambda: self.pane.places.turn_all()),
            "order_places": plain(lambda: self.pane.ask_order()),
            "tag_places": self.tag,
        }

    @property
    def pane(self) -> SearchPane:
        """The list, made now if nobody has searched yet."""
        if self._pane is None:
            self._pane = self._make()
        return self._pane

    # ---- going

    def search(self) -> None:
        """Ask what to look for; what is selected is proposed."""
        desk = self._desk
        if not desk.workspace.is_open:
            return
        desk.views.show("code")
        selected = desk.article.selection() if desk.article.hasFocus() and self._opened is None else None
        line = desk.document.text[selected.start : selected.end] if selected else ""
        if not self.pane.isVisible():
            self._from = desk.workspace.document, desk.article.caret()
            self._offer()
        self._opened = None
        self.pane.present(_as_phrase(line) if line and "\n" not in line else "")

    def close(self) -> None:
        """Close the list; whoever went nowhere from it is again where the search began."""
        if self._pane is None or not self._pane.isVisible():
            return
        self._pane.session.stop()
        self._pane.hide()
        before, self._from, self._opened = self._from, None, None
        if before is not None:
            self._desk.workspace.show_document(before[0])
            self._desk.article.set_caret(before[1])
        self._desk.focus_text()

    def open_at_hand(self) -> None:
        """Go into the article, with the words of the row at hand selected."""
        place = self.pane.places.place(self.pane.list.row)
        if place is not None:
            self.open(place)

    def open(self, place: Place) -> None:
        """Go to a place in its article; Esc comes back."""
        if self._show(place):
            self._opened, self._from = place, None
            self._remember()
            self._desk.focus_text()

    def back(self) -> bool:
        """From the article to the list that one came from; False where Esc means something else."""
        desk, opened = self._desk, self._opened
        if opened is None or self._pane is None or not self._pane.isVisible() or not desk.article.hasFocus():
            return False
        selected = desk.article.selection()
        if desk.workspace.document == opened.document and selected not in (None, Span(opened.start, opened.end)):
            return False
        self._opened = None
        self._pane.focus_list()
        return True

    # ---- tagging

    def tag(self, tag_id: object) -> None:
        """Tag the ticked places, else the one at hand, in one's own reading: one step of the history."""
        desk, workspace, pane = self._desk, self._desk.workspace, self.pane
        codebook = workspace.codebook
        tag = codebook.tag(tag_id) if codebook is not None and isinstance(tag_id, str) else None
        chosen = [place for place in pane.chosen() if place.where == TEXT]
        if tag is None:
            return
        if not chosen:
            desk.status.say(self.tr("Notes and fields are not tagged from here: Enter opens the article"))
            return
        self._from = None
        self._remember()
        if len(chosen) > FEW:
            self._tag_beside(tag, chosen)
            return

        def run() -> Changes:
            coder = workspace.coder_key()
            return tag_places(workspace.project, coder, tag.id, _spots(workspace.project, tag, chosen))

        single = not pane.places.ticks
        workspace.do_patiently(run, after=lambda _: pane.places.untick())
        if single:
            pane.list.go_to(pane.list.row + 1)

    def _tag_beside(self, tag: Tag, chosen: list[Place]) -> None:
        desk, workspace = self._desk, self._desk.workspace
        coder, path = workspace.ensure_coder(), workspace.project.path
        if coder is None:
            return

        def work(project: Project, progress: Progress) -> Changes:
            return tag_places(project, coder, tag.id, _spots(project, tag, chosen), progress=progress)

        try:
            job = desk.jobs.start(self.tr("Tagging"), on_project(path, work))
        except AnnotatorError as error:
            desk.status.say(str(error), role="warn")
            return
        job.finished.connect(lambda changes: self._tagged(path, changes))
        job.failed.connect(lambda sentence: desk.status.say(sentence, role="warn"))

    def _tagged(self, path: Path, changes: Changes) -> None:
        if self._desk.workspace.take(changes, path):
            self.pane.places.untick()
            self._desk.status.say("; ".join((changes.said, *changes.warnings)), undo=True)

    # ---- what is kept

    def _save_search(self, name: str) -> None:
        search, workspace = self.pane.head.search, self._desk.workspace
        if search is not None:
            workspace.do(save_search, name, search, coder=workspace.coder.key if workspace.coder else None)

    def _forget_search(self, name: str) -> None:
        workspace = self._desk.workspace
        workspace.do(forget_search, name, coder=workspace.coder.key if workspace.coder else None)

    def _remember(self) -> None:
        search = self.pane.head.search
        if search is not None:
            remember(self._desk.workspace, search)

    def _copy(self) -> None:
        places = self.pane.places.ticked() or list(self.pane.places.in_rows())
        QGuiApplication.clipboard().setText(as_clipboard(places))
        told = counted(len(places), self.tr("place"), self.tr("places"))
        self._desk.status.say(self.tr("Copied {places}").format(places=told), role="ok")

    def _save_list(self, kind: str) -> None:
        desk, search = self._desk, self.pane.head.search
        places = self.pane.places.ticked() or list(self.pane.places.in_rows())
        name = file_name(search.words if search else "") or "search"
        proposed = free_path(documents_folder(), name, f".{kind}")
        dest = self._chooser.destination(
            desk.window, self.tr("Save the list"), proposed, [f"{kind.upper()} (*.{kind})"]
        )
        if dest is None:
            return
        dest = dest if dest.suffix else dest.with_suffix(f".{kind}")
        try:
            job = desk.jobs.start(self.tr("Saving"), lambda progress: save_concordance(places, dest, progress=progress))
        except AnnotatorError as error:
            desk.status.say(str(error), role="warn")
            return
        job.finished.connect(lambda number: self._say_saved(number, dest))
        job.failed.connect(lambda sentence: desk.status.say(sentence, role="bad"))

    def _say_saved(self, number: int, dest: Path) -> None:
        told = counted(number, self.tr("place"), self.tr("places"))
        self._desk.status.say(self.tr("{places} saved in {path}").format(places=told, path=dest), role="ok")

    # ---- inside

    def _make(self) -> SearchPane:
        desk = self._desk
        pane = SearchPane(desk.workspace, self._tags_of)
        pane.hide()
        pane.looked_at.connect(self._show)
        pane.opened.connect(self.open)
        pane.close_wanted.connect(self.close)
        pane.copy_wanted.connect(self._copy)
        pane.save_wanted.connect(self._save_list)
        pane.head.saved_as.connect(self._save_search)
        pane.head.forget_wanted.connect(self._forget_search)
        pane.head.entered.connect(self._remember)
        desk.code.beside.put(pane)
        desk.code.beside.leave = self.back
        return pane

    def _show(self, place: Place) -> bool:
        """Show a place in its article; False, and a sentence, where it is not there any more."""
        desk = self._desk
        desk.workspace.show_document(place.document)
        span = Span(place.start, place.end)
        if desk.document.about is None or (
            place.where == TEXT and desk.document.text[span.start : span.end] != place.match
        ):
            desk.status.say(self.tr("This place reads otherwise by now: search again"), role="warn")
            return False
        desk.article.pick(span)
        return True

    def _tags_of(self, place: Place) -> str:
        """What is tagged at a place: by whoever looks, and where annotations were asked for."""
        coder = self._desk.workspace.coder
        told: list[str] = []
        if place.where == TEXT:
            for start, end, tag in self._own(place.document):
                if start < place.end and place.start < end:
                    inside = place.start <= start and end <= place.end
                    told.append(self._label(tag) if inside else self.tr("in {tag}").format(tag=self._label(tag)))
        else:
            told.append(self._place_name(place.where))
        own = coder.name if coder is not None and place.where == TEXT else None
        told += [self._whose(mark) for mark in place.marks if mark.gold or mark.coder != own]
        return ", ".join(dict.fromkeys(told))

    def _whose(self, mark: Mark) -> str:
        return f"{self._label(mark.tag)} · {self.tr('agreed version') if mark.gold else mark.coder}"

    def _place_name(self, where: str) -> str:
        codebook = self._desk.workspace.codebook
        known = {"note": self.tr("Note"), "question": self.tr("Question")}
        fields = {each.id: each.name for tag in (codebook.tags if codebook else ()) for each in tag.attributes}
        return known.get(where) or fields.get(where) or where

    def _label(self, tag_id: str) -> str:
        codebook = self._desk.workspace.codebook
        tag = codebook.tag(tag_id) if codebook is not None else None
        return tag.label if tag is not None else tag_id

    def _read_own(self, document: int) -> list[tuple[int, int, str]]:
        workspace = self._desk.workspace
        return own_tags(workspace.project, document, workspace.coder.key if workspace.coder else None)

    def _offer(self) -> None:
        workspace = self._desk.workspace
        self.pane.head.filters.offer(workspace.codebook, queries.coders(workspace.project))

    def _follow(self, changes: Changes) -> None:
        if (changes.codebook or changes.coders) and self._pane is not None and self._pane.isVisible():
            self._offer()
        if changes.annotations or changes.everything or changes.codebook:
            self._own.cache_clear()
            if self._pane is not None and self._pane.isVisible():
                self._pane.places.refresh()

    def _see_as_another(self) -> None:
        """Another person looks: what is shown of annotations may be nothing for their eyes."""
        self._own.cache_clear()
        if self._pane is not None and self._desk.workspace.is_open:
            self._pane.look_again()

    def _reset(self) -> None:
        self._own.cache_clear()
        if self._pane is not None:
            self._from = self._opened = None
            self._pane.reset()
            self._pane.setVisible(self._pane.isVisible() and self._desk.workspace.is_open)


def _spots(project: Project, tag: Tag, places: list[Place]) -> list[Spot]:
    """What is tagged of each place: snapped to words, then trimmed by the tag's rule. Where a text has become another
    one, the place is left out."""
    if len(places) > MOST:  # too many, which the operation says
        return [(place.document, Span(place.start, place.end)) for place in places]
    found: list[Spot] = []
    texts: dict[int, tuple[str, str]] = {}
    for place in places:
        if place.document not in texts:
            about = queries.document(project, place.document)
            text = queries.text_of(project, place.document) if about is not None else ""
            texts[place.document] = text, about.language if about is not None else ""
        text, language = texts[place.document]
        if text[place.start : place.end] == place.match:
            span = words.snap(text, Span(place.start, place.end))
            found.append((place.document, trim(text, span, tag.trim, language).span))
    return found


def _as_phrase(line: str) -> str:
    """Selected words as they stand."""
    return f'"{line.strip()}"' if " " in line.strip() and '"' not in line else line.strip()
