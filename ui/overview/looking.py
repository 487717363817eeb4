"""What one does in Overview: look behind its numbers, copy and save them."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from annotator.errors import AnnotatorError
from annotator.model.span import Span
from annotator.operations import overview_settings
from annotator.operations.agreement_details import Meeting
from annotator.operations.overview import Overview
from annotator.operations.overview_report import report_html, write_whole
from annotator.operations.overview_tables import all_tables, table_of

from ..desk import Desk
from ..dialogs.choosing import Chooser
from ..dialogs.file_names import file_name, free_path
from .agreement_page import cell_title
from .pictures import drawn, on_paper, pdf_of, png_of, svg_of


class Looking(QObject):
    """Moves, copies and saves; counts nothing itself."""

    def __init__(self, desk: Desk, chooser: Chooser | None = None) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._chooser = chooser or Chooser()
        self._contents = contents = desk.overview.contents
        self._wanted: Meeting | None = None  # the place to turn to once Review has read it
        view = contents.view
        for page in view.pages.values():
            page.copy_wanted.connect(self.copy_table)
            page.save_wanted.connect(self.save)
            page.article_wanted.connect(self.open_article)
        view.agreement.cell_chosen.connect(self.look_into)
        view.coders.speeds_wanted.connect(self.show_speeds)
        view.report.report_wanted.connect(self.save_report)
        view.report.paper_wanted.connect(self.copy_paper)
        view.report_wanted.connect(self.save_report)
        view.count_wanted.connect(contents.session.count)
        contents.spans.chosen.connect(self.go_to)
        contents.spans.close_requested.connect(self.look_away)
        contents.session.came.connect(self._outdated)
        desk.review.session.counted.connect(self._turn_to_wanted)

    # ---- where one is

    def look_into(self, row: str, column: str) -> None:
        """Show the spans behind a cell."""
        found = self._contents.session.found
        meetings = found.confusion.meetings(row, column) if found is not None else ()
        if found is None or not meetings:
            self._desk.status.say(self.tr("Nothing stands behind this number"))
            return
        self._desk.overview.looked_into = True
        self._contents.spans.show_meetings(cell_title(found, row, column), meetings)
        self._desk.show_beside(self._desk.overview.spans)
        self._contents.spans.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_away(self) -> None:
        """Hide the spans again."""
        self._desk.overview.looked_into = False
        self._desk.show_beside(self._desk.overview.spans)
        self._contents.side.focus()

    def go_to(self, meeting: Meeting) -> None:
        """Show a place in Review, where both readings stand; in the article, where there is nothing to review."""
        if not meeting.document:
            self._desk.status.say(self.tr("This article is in another file"))
            return
        self._wanted = meeting
        self._desk.workspace.show_document(meeting.document)
        self._desk.views.show("review")
        self._turn_to_wanted()

    def open_article(self, document: int) -> None:
        """Show an article in Review."""
        if document:
            self._desk.workspace.show_document(document)
            self._desk.views.show("review")

    def _turn_to_wanted(self) -> None:
        meeting, session = self._wanted, self._desk.review.session
        if meeting is None:
            return
        review = session.review_of(meeting.document)
        if review is None:
            if not session.is_busy:
                self._wanted = None
                self._desk.views.show("code")
                self._desk.article.pick(meeting.outer)
            return
        self._wanted = None
        for case in review.cases:
            if any(mark.spans in (meeting.first, meeting.second) for mark in case.place.marks):
                session.choose(case)
                return
        near = min(review.cases, key=lambda case: _apart(case.place.outer, meeting.outer), default=None)
        if near is not None:
            session.choose(near)

    # ---- copying and saving

    def copy_table(self, own: str) -> None:
        """Put a table on the clipboard, with tabs."""
        found = self._contents.session.found
        table = table_of(all_tables(found), own) if found is not None else None
        if table is not None:
            QGuiApplication.clipboard().setText(table.text)
            self._desk.status.say(self.tr("Copied: {title}").format(title=table.title))

    def copy_paper(self) -> None:
        """Put the table and the sentences for a paper on the clipboard."""
        found = self._found()
        if found is not None:
            QGuiApplication.clipboard().setText(found.paper.text)
            self._desk.status.say(self.tr("Copied: table and sentences for a paper"))

    def save(self, own: str) -> None:
        """Save a table as CSV, or its picture as SVG or PNG, as the name of the file says."""
        found = self._contents.session.found
        table = table_of(all_tables(found), own) if found is not None else None
        if found is None or table is None:
            return
        picture = self._picture(own)
        kinds = [self.tr("Table (*.csv)")]
        if picture is not None:
            kinds += [self.tr("Picture (*.svg)"), self.tr("Picture (*.png)")]
        folder = self._desk.workspace.project.path.parent
        proposed = free_path(folder, file_name(f"{found.title} {table.title}"), ".csv")
        words = self.tr("Save “{title}”").format(title=table.title)
        dest = self._chooser.destination(self._desk.window, words, proposed, kinds)
        if dest is None:
            return
        suffix = dest.suffix.lower()
        if picture is not None and suffix in (".svg", ".png"):
            self._write(dest, svg_of(picture) if suffix == ".svg" else png_of(picture))
        else:
            self._write(dest if suffix else dest.with_suffix(".csv"), table.csv.encode())

    def save_report(self) -> None:
        """Save everything as one page, HTML or PDF, as the name of the file says."""
        found = self._found()
        if found is None:
            return
        folder = self._desk.workspace.project.path.parent
        name = self.tr("{title} report").format(title=found.title)
        proposed = free_path(folder, file_name(name), ".html")
        kinds = [self.tr("Web page (*.html)"), self.tr("PDF (*.pdf)")]
        dest = self._chooser.destination(self._desk.window, self.tr("Save the report"), proposed, kinds)
        if dest is None:
            return
        with on_paper():
            self._contents.view.fill_all()
            parts = {table.id: self._picture(table.id) for table in all_tables(found)}
            pictures = {own: drawn(part) for own, part in parts.items() if part is not None}
        html = report_html(found, pictures)
        self._write(dest, pdf_of(html) if dest.suffix.lower() == ".pdf" else html.encode())

    def _write(self, dest: Path, content: bytes) -> None:
        try:
            write_whole(dest, content)
        except AnnotatorError as error:
            self._desk.status.say(str(error), role="bad")
            return
        self._desk.status.say(self.tr("Saved: {path}").format(path=dest), role="ok")

    def _picture(self, own: str) -> QWidget | None:
        for page in self._contents.view.pages.values():
            section = page.picture_of(own)
            if section is not None and section.picture is not None and not section.picture.isHidden():
                return section.picture
        return None

    def _found(self) -> Overview | None:
        found = self._contents.session.found
        if found is None:
            self._desk.status.say(self.tr("It is not counted yet"))
        return found

    # ---- what the project says, and following it

    def show_speeds(self, shown: bool) -> None:
        """Let the project count how fast each coder works, or no more."""
        self._desk.workspace.do(overview_settings.show_speed, shown)

    def _outdated(self) -> None:
        if self._desk.overview.looked_into:
            self.look_away()


def _apart(one: Span, other: Span) -> int:
    return max(0, one.start - other.end, other.start - one.end)
