"""Draw the pictures of README and user guide anew (`make screenshots`): the real window, offscreen, from real acts.

Everything shown is invented. The clock stands still and people have fixed names, so that one machine draws the same
picture twice; other fonts draw other pictures.
"""

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from annotator.model.span import Span
from annotator.operations.annotations import delete_annotations, tag_span
from annotator.operations.coders import add_coder
from annotator.operations.entities import add_entity
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.operations.proposal_settings import set_proposals
from annotator.operations.readings import set_state
from annotator.operations.sharing import share
from annotator.paths import resource
from annotator.settings import Settings
from annotator.storage import queries
from annotator.storage.project import Project
from ui.acts.projects import Projects
from ui.acts.searching import Searching
from ui.app import open_window
from ui.dialogs.import_shown import ImportShown
from ui.dialogs.same_sheet import SameSheet
from ui.main_window import MainWindow
from ui.sharing.assign_sheet import AssignSheet
from ui.sharing.bring_in_sheet import BringInSheet
from ui.theme import appearance

PICTURES = Path(__file__).resolve().parent / "pictures"
SIZE = (1366, 768)
STILL = 0.5  # seconds in which nothing of the window changes before its picture is taken
NAME = "Mara Lindqvist"
COLLEAGUE, LEAD = "Jonas Brandt", "Lea Okafor"
BEGIN = datetime(2024, 3, 18, 9, 12, tzinfo=UTC)
TITLE = "Inner Sea press 2024"
# File of the sample → state of Mara's reading; None: she has not opened it.
STATES = {
    "1-border-crisis.txt": "in work",
    "2-dock-strike.txt": "done",
    "3-parliament-debate.txt": "done",
    "4-live-blog.txt": "in work",
    "5-energiegespraeche.txt": None,
    "6-agency-flash.txt": "set aside",
}
LATER = "roughly a quarter of a million people"  # tagged by key, before the picture is taken
NESTED = f"If the shelling starts, {LATER} will be on the road within a week"
BARE = "the minister needed no mandate to “protect 4.1 million citizens”"  # neither described nor linked before
AGAIN = "Veldria"  # stands again and again
RIGHT_TO_LEFT = """وزير الطاقة في فيلدريا: لن نقطع الغاز عن أحد ⚡️

أوستريل – أعلن وزير الطاقة سامر الحداد، اليوم الخميس، أن بلاده لن تقطع الغاز عن جيرانها هذا الشتاء 📉، وطالب \
مجلس البحر الداخلي بإرسال مراقبين خلال 10 أيام.

وقال متحدث باسم تاركيس إن نحو 35,000 جندي سيعودون إلى ثكناتهم قبل نهاية الشهر، وهدد \
بإغلاق المعبر إذا فشلت المحادثات.

“We have heard this before” ⚓, said opposition leader Pavel Ruhn in Ostrell.
"""
RIGHT_TO_LEFT_TAGS = (
    ("وزير الطاقة سامر الحداد", "1"),
    ("بلاده لن تقطع الغاز عن جيرانها هذا الشتاء", "2"),
    ("مجلس البحر الداخلي", "1"),
    ("بإرسال مراقبين خلال 10 أيام", "4"),
    ("خلال 10 أيام", "5"),
    ("متحدث باسم تاركيس", "1"),
    ("نحو 35,000 جندي سيعودون إلى ثكناتهم قبل نهاية الشهر", "2"),
    ("نحو 35,000 جندي", "5"),
    ("بإغلاق المعبر إذا فشلت المحادثات", "3"),
    ("We have heard this before", "2"),
    ("opposition leader Pavel Ruhn", "1"),
)
OLD_FILES = {
    "2011-05-02-bruecke.txt": ("Brücke über die Möwe gesperrt\n\nDie Brücke bleibt für Lkw gesperrt.\n", "cp1252"),
    "2011-05-09-fähre.txt": ("Fähre fährt wieder, Löhne steigen\n\nDie Fähre fährt.\n", "cp1252"),
    "2009-11-21-most.txt": (
        "Министр обещает новый мост через Селлен\n\nМинистр сказал, что мост построят за три года.\n" * 2,
        "cp1251",
    ),
    "2015-03-14-river.txt": ("Ferry talks resume on the Sellen\n\nThe ferry talks went on.\n", "utf-8"),
    "2016-09-02-quota.txt": ("Herring quota cut again – “no choice”\n\nThe quota is cut by 30%.\n", "utf-8"),
    "empty.txt": ("", "utf-8"),
}


class Clock:
    """Goes on only when a person does something, by less than a minute."""

    seconds = int(BEGIN.timestamp())

    def nanoseconds(self) -> int:
        """What `time.time_ns` answers while the pictures are drawn."""
        return self.seconds * 1_000_000_000

    def go_on(self) -> None:
        """Another act."""
        self.seconds += 7 + self.seconds % 43


CLOCK = Clock()


class Hand:
    """A person at the window: presses keys, waits until something is to be seen, takes the picture."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.desk = window, window.desk

    def press(self, *keys: str) -> None:
        """Press keys where the keyboard is: "5", "Ctrl+Shift+H", "F1"."""
        for name in keys:
            CLOCK.go_on()
            *held, key = name.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for each in held:
                modifiers |= getattr(Qt.KeyboardModifier, {"Ctrl": "Control"}.get(each, each) + "Modifier")
            target: QWidget = QApplication.focusWidget() or self.window
            QTest.keyClick(target, getattr(Qt.Key, f"Key_{key.upper() if len(key) == 1 else key}"), modifiers)
            QApplication.processEvents()

    def write(self, text: str) -> None:
        """Type a text where the keyboard is."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    def tag(self, words: str, key: str) -> None:
        """Select words of the article and press the key of a tag."""
        before, start = len(self.desk.document), self.desk.document.text.index(words)
        self.desk.article.setFocus()
        self.desk.article.select(Span(start, start + len(words)))
        self.press(key)
        self.wait(lambda: len(self.desk.document) == before + 1, f"“{words}” is tagged")

    def turn_to(self, words: str) -> None:
        """Make the annotation that begins with these words the current one, as its line in the list does."""
        found = next(each for each in self.desk.document.annotations() if each.quote == words)
        self.desk.details.chosen.emit(found.key)
        self.desk.article.setFocus()

    def show_article(self, name: str) -> None:
        """Open the article with this title."""
        with Project.open(self.desk.workspace.project.path, read_only=True) as project:
            (key,) = project.rows("SELECT key FROM document WHERE title LIKE ?", (f"{name}%",))[0]
        self.desk.workspace.show_document(key)
        self.desk.article.setFocus()

    def scroll_to(self, words: str, share: float = 0.25) -> None:
        """Bring a place of the text to this share of the page's height."""
        article = self.desk.article
        caret, bar = article.caret(), article.verticalScrollBar()
        article.set_caret(self.desk.document.text.index(words))
        wanted = int(article.viewport().height() * share)
        value = next((v for v in range(bar.maximum()) if self._top_at(v) <= wanted), bar.maximum())
        article.set_caret(caret)
        bar.setValue(value)

    def _top_at(self, scrolled: int) -> int:
        self.desk.article.verticalScrollBar().setValue(scrolled)
        return self.desk.article.cursorRect().top()

    def wait(self, holds: Callable[[], bool], what: str) -> None:
        """Let the window work until something is so."""
        end = time.monotonic() + 20
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError(what)
            QApplication.processEvents()
            time.sleep(0.01)

    def take(self, name: str) -> None:
        """Write the picture of the window once nothing in it changes; counts and lists come after the article."""
        picture, since = self.window.grab().toImage(), time.monotonic()
        end = since + 20
        while time.monotonic() < since + STILL and time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.02)
            seen = self.window.grab().toImage()
            if seen != picture:
                picture, since = seen, time.monotonic()
        picture.save(str(PICTURES / f"{name}.png"))


@contextmanager
def window(path: Path | None) -> Iterator[Hand]:
    """A window of the size of a small laptop, closed at the end."""
    shown = open_window(path)
    shown.resize(*SIZE)
    shown.activateWindow()
    hand = Hand(shown)
    hand.wait(shown.isActiveWindow, "the window is at the front")
    yield hand
    shown.close()
    shown.deleteLater()
    QApplication.processEvents()


def make_project(folder: Path) -> Path:
    """The sample's agreed readings as the work of one coder, in several states, and an article in Arabic."""
    folder.mkdir(parents=True)
    lines = folder / "articles.jsonl"
    with resource("sample/sample.jsonl").open(encoding="utf-8") as file, lines.open("w", encoding="utf-8") as out:
        for line in file:
            out.write(json.dumps(_as_maras(json.loads(line)), ensure_ascii=False) + "\n")
    beside = json.loads(resource("sample/sample.jsonl.project.json").read_text("utf-8"))
    known = {name: beside[name] for name in ("format", "version", "entities")}
    lines.with_name(f"{lines.name}.project.json").write_text(json.dumps(known), "utf-8")
    text = folder / "2024-03-14 arabic.txt"
    text.write_text(RIGHT_TO_LEFT, "utf-8")
    path = folder / f"{TITLE}.annotator"
    with create_project(path, title=TITLE) as project:
        add_coder(project, NAME)
        import_paths(project, [lines, text])
        (coder,) = project.rows("SELECT id FROM coder WHERE name = ?", (NAME,))[0]
        Settings().set_place(project.meta("project"), {"coder": coder})
    Settings().set("name", NAME)
    return path


def _as_maras(document: dict) -> dict:
    state = STATES[document["source_name"]]
    gold = [each for each in document["annotations"] if each["kind"] == "gold"]
    mine = [each | {"coder": NAME, "kind": "own"} for each in gold if each["text"] != LATER] if state else []
    mine = [each | {"attributes": {}} if each["text"] == BARE else each for each in mine]
    kept, bare = {each["id"] for each in mine}, {each["id"] for each in mine if each["text"] == BARE}
    relations = [
        each
        for each in document["relations"]
        if {each["source"], each["target"]} <= kept and each["source"] not in bare
    ]
    readings = [{"coder": NAME, "kind": "own", "state": state}] if state else []
    return document | {"readings": readings, "annotations": mine, "relations": relations}


def draw_code(path: Path) -> None:
    """An article with spans in spans and the details of one of them: light, dark, labelled."""
    with window(path) as hand:
        hand.show_article("Veldria warns")
        hand.tag(LATER, "5")
        hand.turn_to(NESTED)
        hand.scroll_to("Tarkess denied", 0.1)
        hand.take("code-light")
        appearance().set_mode("dark")
        hand.take("code-dark")
        appearance().set_mode("light")
        hand.press("F8")
        hand.scroll_to("Tarkess denied", 0.1)
        hand.take("code-labelled")
        hand.press("F8", "F1")
        hand.take("keys")
        hand.press("Escape")


def draw_describe(path: Path) -> None:
    """The letters on those who may have said a claim; then its fields, filled in by keys, and its link."""
    with window(path) as hand:
        hand.show_article("Veldria warns")
        hand.turn_to(BARE)
        hand.scroll_to("Opposition leader Pavel Ruhn", 0.3)
        hand.press("s")
        hand.take("link")
        hand.press("Space", "Return", "o")
        hand.take("describe")


def draw_codebook(path: Path) -> None:
    """The codebook editor at a tag."""
    with window(path) as hand:
        hand.show_article("Veldria warns")
        hand.turn_to(BARE)
        hand.press("Ctrl+Shift+b")
        hand.take("codebook")
        hand.press("Escape")


def draw_actors(path: Path) -> None:
    """The actors of the project with the mentions of one; then the open points of an article that is to be done."""
    with window(path) as hand:
        hand.show_article("Veldria warns")
        hand.press("Ctrl+Shift+a")
        hand.write("dorn")
        hand.press("Down")
        hand.wait(lambda: hand.desk.actors.mentions.rowCount() > 0, "mentions are listed")
        hand.desk.actors.filter.clear()
        hand.wait(lambda: hand.desk.actors.mentions.rowCount() > 0, "mentions are listed")
        hand.take("actors")
        hand.press("Ctrl+Shift+a", "Ctrl+Return")
        hand.take("open-points")


def draw_same(path: Path) -> None:
    """The other places of a name in its article, some tagged already and two ticked."""
    with window(path) as hand:
        hand.show_article("Veldria warns")
        named = [each.key for each in hand.desk.document.annotations() if each.quote == AGAIN]
        hand.desk.workspace.do(delete_annotations, named[2:])
        hand.desk.article.set_current(named[0])
        hand.press("o")
        sheet = hand.window.findChild(SameSheet)
        assert isinstance(sheet, SameSheet)
        hand.wait(lambda: sheet.places.rowCount() > 2, "the places are listed")
        hand.press("Space", "Space")
        hand.take("same-elsewhere")
        hand.press("Escape", "Ctrl+z")


def draw_search(path: Path) -> None:
    """Places of two words with the words around them, two ticked, the article below."""
    with window(path) as hand:
        hand.show_article("Veldria warns")
        hand.press("Ctrl+Shift+f")
        searching = hand.window.act(Searching)
        assert isinstance(searching, Searching)
        pane = searching.pane
        hand.write("minister OR council")
        hand.press("Return")
        hand.wait(lambda: not pane.session.is_busy, "all places are found")
        hand.press("Space", "Space", "Down")
        hand.wait(lambda: hand.desk.article.selection() is not None, "the article follows")
        hand.take("search")
        hand.press("Escape")


def draw_proposals(path: Path) -> None:
    """An article of which the first part is coded: what is proposed for the rest, one of it at hand."""
    with Project.open(path) as project:
        set_proposals(project, True)
    with window(path) as hand:
        hand.show_article("Veldria warns")
        place = hand.desk.document.text.index("The Inner Sea Council")
        later = [each.key for each in hand.desk.document.annotations() if each.outer.start >= place]
        hand.desk.workspace.do(delete_annotations, later)
        hand.wait(lambda: any(each.outer.start > place for _, each in hand.desk.proposals.items()), "all are proposed")
        hand.desk.article.set_caret(place)
        hand.press("j", "j")
        hand.scroll_to("The state news agency", 0.1)
        hand.take("proposals")
        hand.press("Ctrl+z", "Ctrl+z")
    with Project.open(path) as project:
        set_proposals(project, False)


def draw_history(path: Path) -> None:
    """The steps of a morning, one of them taken back."""
    with window(path) as hand:
        hand.show_article("Dockers at Port Ansel")
        hand.turn_to("dockers at Port Ansel")
        hand.press("n", "n", "u", "n", "m")
        hand.write("Said again in the last paragraph.")
        hand.press("Return", "n", "n", "n", "n", "x", "Ctrl+z", "n", "q")
        hand.write("Is the share of the rise a figure of its own?")
        hand.press("Return")
        hand.tag("the broadcaster Harbour One", "1")
        hand.turn_to("9%")
        hand.press("Ctrl+Shift+h")
        hand.take("history")


def draw_right_to_left(path: Path) -> None:
    """An article in Arabic, with emoji, tagged by keys."""
    with window(path) as hand:
        hand.show_article("وزير")
        for words, key in RIGHT_TO_LEFT_TAGS:
            hand.tag(words, key)
        hand.turn_to(RIGHT_TO_LEFT_TAGS[3][0])
        hand.take("right-to-left")


def draw_import(path: Path, folder: Path) -> None:
    """What stands before an import: groups by encoding, doubtful guesses first, what is left out."""
    folder.mkdir()
    for name, (text, encoding) in OLD_FILES.items():
        (folder / name).write_bytes(text.encode(encoding))
    (folder / "minutes.docx").write_bytes(b"PK\x03\x04" + b"\0" * 40)
    with window(path) as hand:
        hand.show_article("Veldria warns")
        projects = hand.window.act(Projects)
        assert isinstance(projects, Projects)
        projects.import_articles([str(folder)])
        hand.wait(lambda: bool(hand.window.findChildren(ImportShown)), "the preview is shown")
        hand.take("import")
        hand.press("Escape")


def make_review(folder: Path) -> Path:
    """The readings of the sample's two coders, without the agreed one, for somebody who reviews."""
    folder.mkdir(parents=True)
    lines = folder / "readings.jsonl"
    with resource("sample/sample.jsonl").open(encoding="utf-8") as file, lines.open("w", encoding="utf-8") as out:
        for line in file:
            out.write(json.dumps(_as_readings(json.loads(line)), ensure_ascii=False) + "\n")
    path = folder / f"{TITLE}.annotator"
    with create_project(path, title=TITLE) as project:
        add_coder(project, LEAD)
        import_paths(project, [lines])
        (lead,) = project.rows("SELECT id FROM coder WHERE name = ?", (LEAD,))[0]
        Settings().set_place(project.meta("project"), {"coder": lead})
    return path


def _as_readings(document: dict) -> dict:
    names = {"Coder A": NAME, "Coder B": COLLEAGUE}
    own = [each | {"coder": names[each["coder"]]} for each in document["annotations"] if each["kind"] == "own"]
    kept = {each["id"] for each in own}
    relations = [each for each in document["relations"] if {each["source"], each["target"]} <= kept]
    readings = [{"coder": coder, "kind": "own", "state": "done"} for coder in names.values()]
    return document | {"readings": readings, "annotations": own, "relations": relations}


def draw_review(path: Path) -> None:
    """Two readings around one text, some places decided; the same side by side, at night."""
    with window(path) as hand:
        hand.show_article("Veldria warns")
        hand.press("Ctrl+2")
        session, details = hand.desk.review.session, hand.desk.review.details
        hand.wait(lambda: session.case is not None and not session.is_busy, "the readings are compared")
        hand.press("1", "2", "1", "1", "b")
        hand.press("r", "b")
        hand.press("1")
        case = next(each for each in session.article.cases if each.waits and "tag" in each.place.kinds)
        session.choose(case)
        hand.wait(lambda: details.findChild(QLineEdit, "review_message") is not None, "the details are shown")
        details.message_written.emit("He names what the council will do: is that a demand?")
        hand.take("review-light")
        appearance().set_mode("dark")
        hand.window.resize(1920, 1080)
        hand.take("review-dark")
        hand.window.resize(*SIZE)
        appearance().set_mode("light")


def make_team(folder: Path) -> Path:
    """The articles of the sample, not coded yet, with a lead and three coders."""
    folder.mkdir(parents=True)
    lines = folder / "articles.jsonl"
    with resource("sample/sample.jsonl").open(encoding="utf-8") as file, lines.open("w", encoding="utf-8") as out:
        for line in file:
            out.write(json.dumps(json.loads(line) | {"readings": [], "annotations": [], "relations": []}) + "\n")
    path = folder / f"{TITLE}.annotator"
    with create_project(path, title=TITLE) as project:
        for name in (NAME, COLLEAGUE, "Ada Moreau", LEAD):
            add_coder(project, name)
        import_paths(project, [lines])
        (lead,) = project.rows("SELECT id FROM coder WHERE name = ?", (LEAD,))[0]
        Settings().set_place(project.meta("project"), {"coder": lead})
    return path


def make_colleagues(path: Path) -> list[Path]:
    """The package of one coder with some work in it, and a copy in which another one made a name of her own."""
    package, copy = path.with_name(f"{TITLE}–{COLLEAGUE}.annotator"), path.with_name("Copy by Mara.annotator")
    with Project.open(path) as project:
        keys = {each.name: each.key for each in queries.coders(project)}
        share(project, package, keys[COLLEAGUE])
        project.copy_to(copy)
        add_entity(project, "Ilka Dornath", aliases=["Dornath"])
    for file, name in ((package, COLLEAGUE), (copy, NAME.lower())):
        with Project.open(file) as project:
            own = project.package_coder or add_coder(project, name)[0]
            for about in queries.documents(project)[:3]:
                for start, end, tag in ((0, 9, "actor"), (10, 30, "claim")):
                    tag_span(project, about.key, own, tag, [(start, end)])
                set_state(project, about.key, own, "done")
    with Project.open(copy) as project:
        add_entity(project, "Dornath")
    return [package, copy]


def draw_team(path: Path) -> None:
    """Articles dealt out in pairs, before it is done; then what colleagues' files would bring."""
    with window(path) as hand:
        hand.show_article("Veldria warns")
        hand.desk.dispatcher.perform("assign")
        (sheet,) = hand.window.findChildren(AssignSheet)
        sheet.ways.choose("pairs", tell=True)
        for member, tick in sheet.people.ticks.items():
            tick.setChecked(member != hand.desk.workspace.coder_key())
        sheet.seed.setValue(2024)
        hand.take("assign")
        hand.press("Return")
    files = make_colleagues(path)
    with window(path) as hand:
        hand.show_article("Veldria warns")
        projects = hand.window.act(Projects)
        assert isinstance(projects, Projects)
        projects.bring_in([str(file) for file in files])
        (front,) = hand.window.findChildren(BringInSheet)
        hand.wait(lambda: front.preview is not None, "the preview is shown")
        hand.take("bring-in")
        hand.press("Escape")


def make_overview(folder: Path) -> Path:
    """The sample's two coders, an article or two a week, and the agreed version of the first two articles."""
    folder.mkdir(parents=True)
    path = folder / f"{TITLE}.annotator"
    whole = json.loads(resource("sample/sample.jsonl.project.json").read_text("utf-8"))
    beside = json.dumps({name: whole[name] for name in ("format", "version", "entities")})
    with create_project(path, title=TITLE) as project:
        add_coder(project, LEAD)
        text = resource("sample/sample.jsonl").read_text("utf-8")
        for number, line in enumerate(text.splitlines()):
            whole = json.loads(line)
            told = _as_readings(whole)
            if number < 2:
                gold = [each | {"coder": LEAD} for each in whole["annotations"] if each["kind"] == "gold"]
                told["annotations"] += gold
                told["readings"].append({"coder": LEAD, "kind": "gold", "state": "done"})
            lines = folder / f"article {number}.jsonl"
            lines.write_text(json.dumps(told | {"relations": []}, ensure_ascii=False) + "\n", "utf-8")
            if not number:
                lines.with_name(f"{lines.name}.project.json").write_text(beside, "utf-8")
            import_paths(project, [lines])
            if number % 2:
                CLOCK.seconds += 7 * 24 * 60 * 60
        (lead,) = project.rows("SELECT id FROM coder WHERE name = ?", (LEAD,))[0]
        Settings().set_place(project.meta("project"), {"coder": lead})
    return path


def draw_overview(path: Path) -> None:
    """How far coders agree, and the spans behind a number; progress at night; the same in a large window."""
    with window(path) as hand:
        hand.press("Ctrl+3")
        contents = hand.desk.overview.contents
        hand.wait(lambda: contents.session.found is not None and not contents.session.is_busy, "all is counted")
        hand.take("overview-light")
        appearance().set_mode("dark")
        hand.window.resize(1920, 1080)
        contents.view.agreement.cell_chosen.emit("claim", "threat")
        hand.take("overview-dark")
        contents.side.turn_to("progress")
        hand.window.resize(*SIZE)
        appearance().set_mode("light")
        hand.press("Escape")
        hand.take("overview-progress")


def draw_start(path: Path) -> None:
    """The start page of somebody who has worked before."""
    recent = [
        (path, TITLE, "2024-03-18T09:12:00", 2, 7),
        (path.with_name("Strike coverage.annotator"), "Strike coverage, autumn", "2024-03-11T16:40:00", 48, 120),
    ]
    for other, *_ in recent[1:]:
        create_project(other).close()
    keys = ("path", "title", "opened", "done", "total")
    Settings().set("recent", [dict(zip(keys, (str(place), *rest), strict=True)) for place, *rest in recent])
    with window(None) as hand:
        hand.take("start")


def main() -> None:
    """Draw all pictures, in a home of their own."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["TZ"] = "UTC"
    time.tzset()
    time.time_ns = CLOCK.nanoseconds
    QLocale.setDefault(QLocale("en_GB"))
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = f"{home}/.{name.lower()}"
        app = QApplication.instance() or QApplication([])
        Settings().set("appearance", "light")
        path = make_project(Path(home) / "Documents" / "Coding")
        draw_code(path)
        draw_describe(path)
        draw_actors(path)
        draw_proposals(path)
        draw_same(path)
        draw_search(path)
        draw_codebook(path)
        draw_history(path)
        draw_right_to_left(path)
        draw_import(path, Path(home) / "old articles")
        draw_review(make_review(Path(home) / "Documents" / "Review"))
        draw_team(make_team(Path(home) / "Documents" / "Team"))
        draw_overview(make_overview(Path(home) / "Documents" / "Overview"))
        draw_start(path)
        app.processEvents()


if __name__ == "__main__":
    main()
