"""`python -m benchmarks.keys`: how many keys the seed article's gold annotation takes, without a mouse.

It is entered in the real window by real key events, the way that costs a person least: mark everything, link it, then
describe it. The article comes from the folder of `ANNOTATOR_SHARED` (or `shared/` beside the checkout).
"""

import json
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.formats.report import Report
from annotator.model.attributes import parse, show
from annotator.model.attributes.walk import Field
from annotator.model.records import DocumentRecord
from annotator.model.span import Span
from annotator.model.trim import trim
from annotator.operations.coders import add_coder
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.operations.relations import kinds_from
from annotator.settings import Settings
from annotator.storage import entity_queries, relation_queries
from ui.acts.linking import Linking, letters_of
from ui.app import open_window
from ui.article_view import units, words
from ui.describe.form import DescribeForm
from ui.describe.overlay import Overlay
from ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).resolve().parent / "results" / "keys.md"
SIZE = (1366, 768)

Gold = dict[str, Any]

# What is counted → what it is for
TOLD = {
    "select": "move the caret and select",
    "tag": "set the tag",
    "turn": "turn to the annotation that is linked",
    "link": "link",
    "link value": "say what the codebook asks of a link",
    "value": "take, choose and leave fields",
    "write": "letters and digits written into fields",
    "note": "notes, as they stand in the gold",
}
_NAMED = {
    "PgUp": Qt.Key.Key_PageUp,
    "PgDown": Qt.Key.Key_PageDown,
    "Enter": Qt.Key.Key_Return,
    "Esc": Qt.Key.Key_Escape,
}
_MOVES = (("paragraph", "Ctrl+Down", "Ctrl+Up"), ("sentence", "Ctrl+Right", "Ctrl+Left"), ("word", "Right", "Left"))
_WIDER = 6  # presses of W after which arrows are shorter


@dataclass
class Counts:
    """Key presses by what they were for, and how much was entered by them."""

    keys: Counter[str] = field(default_factory=Counter)
    spans: int = 0
    values: int = 0
    links: int = 0
    notes: int = 0


class Hands:
    """A person who knows the gold annotation by heart and uses no mouse."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.desk = window, window.desk
        self.counts = Counts()
        self.keys: dict[str, int] = {}  # id in the gold → key of the annotation

    # ---- pressing

    def press(self, what: str, *names: str) -> None:
        """Press keys by name where the keyboard is, and count them."""
        for name in names:
            *held, key = name.split("+") if len(name) > 1 else [name]
            modifiers = Qt.KeyboardModifier.NoModifier
            for each in held:
                modifiers |= getattr(Qt.KeyboardModifier, {"Ctrl": "Control"}.get(each, each) + "Modifier")
            target = self._keyboard()
            if len(key) == 1 and not held:
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, _NAMED.get(key) or getattr(Qt.Key, f"Key_{key}"), modifiers)
            QApplication.processEvents()
            self.counts.keys[what] += 1

    def write(self, what: str, text: str) -> None:
        """Write a text where the keyboard is; every character counts as a key."""
        for letter in text:
            target = self._keyboard()
            event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(target, event)
            self.counts.keys[what] += 1
        QApplication.processEvents()

    def _keyboard(self) -> QWidget:
        """Where a desktop would send a key: a list that has popped up takes all."""
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    # ---- marking

    def mark(self, gold: Gold) -> None:
        """Select and tag every span."""
        self.desk.article.set_caret(0)
        for each in sorted(gold["annotations"], key=lambda each: (each["start"], -each["end"])):
            span, tag = Span(each["start"], each["end"]), self.desk.workspace.codebook.tag(each["tag"])  # type: ignore[union-attr]
            assert tag is not None
            letter = next(key for key in tag.keys if key.isalpha())
            self._go_to(span)
            for key in self._selecting(span, tag.trim):
                self.press("select", key)
            self.press("tag", letter)
            made = self.desk.document.annotation(self.desk.document.current)
            assert made is not None, self.desk.status.text
            assert made.tag == each["tag"]
            assert made.outer == span, (each["text"], made.quote)
            self.keys[each["id"]] = made.key
            self.counts.spans += 1

    def _go_to(self, span: Span) -> None:
        """By paragraphs, sentences and words, whichever comes nearest."""
        article, text = self.desk.article, self.desk.document.text
        while article.caret() != span.start:
            here, best = article.caret(), (abs(article.caret() - span.start), "")
            for unit, onwards, back in _MOVES:
                for key, forward in ((onwards, True), (back, False)):
                    best = min(best, (abs(_moved(text, here, unit, forward=forward) - span.start), key))
            assert best[1], f"the caret comes no nearer to {span} than {here}"
            self.press("select", best[1])

    def _selecting(self, span: Span, rule: Any) -> list[str]:
        """The fewest keys after which the tag key takes just this span."""
        text, about = self.desk.document.text, self.desk.document.about
        language = about.language if about else ""

        def gives(chosen: Span) -> bool:
            return trim(text, words.snap(text, chosen), rule, language).span == span

        word = words.word_at(text, span.start)
        if word is not None and gives(word):
            return []
        wide, presses = Span(span.start, span.start), 0
        while presses < _WIDER:
            wide, presses = units.wider(text, wide), presses + 1
            if gives(wide):
                return ["w"] * presses
        keys: list[str] = []
        end = span.start
        while end <= span.start or not gives(Span(span.start, end)):
            sentence = units.next_start(text, end, "sentence")
            if sentence <= span.end:
                keys.append("Ctrl+Shift+Right")
                end = sentence
            else:
                keys.append("Shift+Right")
                end = words.next_edge(text, end, "end")
            assert end < span.end + 40, f"nothing selects “{text[span.start : span.end]}”"
        return keys

    # ---- linking

    def link(self, gold: Gold) -> None:
        """Every link, each annotation once, from the first to the last."""
        self._to_start()
        order = [each.key for each in self.desk.document.annotations()]
        by_source: dict[int, list[Gold]] = {}
        for each in gold["relations"]:
            by_source.setdefault(self.keys[each["from"]], []).append(each)
        for key in (key for key in order if key in by_source):
            self._turn_to(key)
            for each in by_source[key]:
                self._link(key, each)

    def _to_start(self, what: str = "turn") -> None:
        self.press(what, "Esc", "Ctrl+Home")

    def _turn_to(self, key: int, what: str = "turn") -> None:
        while self.desk.document.current != key:
            self.press(what, "n")

    def _link(self, key: int, each: Gold) -> None:
        project = self.desk.workspace.project
        if each["type"] == "source":
            self.press("link", "s")
        else:
            self.press("link", "g")
            kinds = kinds_from(project, key)
            if len(kinds) > 1:
                letter = next(letter for letter, kind in letters_of(kinds).items() if kind.id == each["type"])
                self.press("link", letter)
        self.press("link", self._hint_to(self.keys[each["to"]]))
        self.counts.links += 1
        form = self.desk.details.inspector.links.form.fields
        for name, value in each.get("attributes", {}).items():
            assert form.current is not None
            assert form.current.attribute.id == name
            self._answer(form, value, "link value")
        if each.get("note"):
            self._note_link(key, each)

    def _hint_to(self, target: int) -> str:
        """The letter on an annotation; pages are turned until it is in sight."""
        article = self.desk.article
        overlay = article.findChild(Overlay)
        assert overlay is not None
        for _ in range(30):
            hints = {hint.key: hint.letter for hint in overlay.hints}
            if target in hints:
                return "Space" if next(iter(hints)) == target else hints[target]
            above = article.rect_of(target).top() < 0
            self.press("link", "PgUp" if above else "PgDown")
        raise AssertionError("the other end never came into sight")

    def _note_link(self, key: int, each: Gold) -> None:
        found = relation_queries.relations_at(self.desk.workspace.project, key)
        act = self.window.act(Linking)
        assert isinstance(act, Linking)
        act.refresh()
        place = next(
            at for at, one in enumerate(found) if one.type == each["type"] and one.target == self.keys[each["to"]]
        )
        self.press("note", "Shift+L", *["Down"] * place, "m")
        self.write("note", each["note"])
        self.press("note", "Enter")
        self.counts.notes += 1

    # ---- describing

    def describe(self, gold: Gold) -> None:
        """Every value, in one pass; then the notes."""
        self._to_start("value")
        told = {self.keys[each["id"]]: each for each in gold["annotations"]}
        form = self.desk.details.inspector.form
        self.press("value", "n", "Enter")
        for annotation in self.desk.document.annotations():
            assert self.desk.document.current == annotation.key
            self._describe(form, annotation.key, dict(told[annotation.key]["attributes"]))
        self._to_start("note")
        for annotation in self.desk.document.annotations():
            if note := told[annotation.key].get("note"):
                self._turn_to(annotation.key, "note")
                self.press("note", "m")
                self.write("note", note)
                self.press("note", "Enter")
                self.counts.notes += 1

    def _describe(self, form: DescribeForm, key: int, wanted: dict[str, Any]) -> None:
        fields = form.shown
        asked = [each.attribute.id for each in fields if each.waits]
        assert set(asked) <= set(wanted), "the pass stops at a field that the gold leaves empty"
        if set(asked) == set(wanted) and all(self._is(each, wanted) for each in fields if each.waits):
            self.counts.values += len(wanted)
            self.press("value", "Shift+Enter")
            return
        on_request = [name for name in wanted if name not in asked]
        for name in on_request:  # first, because after the last field that is asked the form turns to what follows
            while form.current is not None and form.current.attribute.id != name:
                self.press("value", "Down")
            self._answer(form, wanted.pop(name), "value")
            self.counts.values += 1
            if self.desk.document.current != key:
                self.press("value", "PgUp")
            elif self.desk.article.hasFocus():  # it was the last one
                self.press("value", "Enter")
        while wanted:
            assert form.current is not None
            assert self.desk.document.current == key
            self._answer(form, wanted.pop(form.current.attribute.id), "value")
            self.counts.values += 1

    def _is(self, each: Field, wanted: dict[str, Any]) -> bool:
        """Whether what is proposed in a field is what the gold says."""
        if each.by != "proposed":
            return False
        if each.attribute.type == "entity":
            return self._name(each.value) == str(wanted[each.attribute.id])
        return bool(each.value == wanted[each.attribute.id])

    def _name(self, entity_id: object) -> str:
        found = entity_queries.resolve(self.desk.workspace.project, str(entity_id))
        return found.name if found else ""

    def _answer(self, form: DescribeForm, value: Any, what: str) -> None:
        """Enter the value into the field at hand, with the fewest keys."""
        current = form.current
        assert current is not None
        kind = current.attribute.type
        if self._is(current, {current.attribute.id: value}):
            self.press(what, "Enter")
            return
        if kind == "entity":
            choice = next((c for c in form.choices if value in (c.words, c.value) or c.words == f"new: {value}"), None)
        else:
            written = ("yes" if value else "no") if kind == "boolean" else value
            choice = next((c for c in form.choices if c.value == written), None)
        if choice is not None and choice.key:
            self.press(what, choice.key)
            return
        text = value if kind == "entity" else show(parse(value, current.attribute), current.attribute)
        self.write("write", text)
        self.press(what, "Enter")


def _moved(text: str, here: int, unit: str, *, forward: bool) -> int:
    if unit == "word":
        return words.next_edge(text, here, "start") if forward else words.previous_edge(text, here, "start")
    return units.next_start(text, here, unit) if forward else units.previous_start(text, here, unit)


# ---- the whole


def make_project(path: Path, shared: Path) -> Gold:
    """A project with the seed article, opened by a coder; returns the gold annotation."""
    folder = shared / "reference" / "seed"
    gold: Gold = json.loads((folder / "gold.json").read_text("utf-8"))
    text = (folder / "article.txt").read_bytes().decode("utf-8")
    with create_project(path, title="Seed") as project:
        add_coder(project, "Gold")
        record = DocumentRecord(text=text, title="Geneva talks", language="en", date="2022-01-10")
        import_records(project, [record], report=Report(), format_name="seed")
        Settings().set_place(project.meta("project"), {"coder": project.rows("SELECT id FROM coder")[0][0]})
    return gold


def enter(window: MainWindow, gold: Gold) -> Counts:
    """Enter the whole gold annotation by keys."""
    hands = Hands(window)
    hands.mark(gold)
    hands.link(gold)
    hands.describe(gold)
    return hands.counts


def page(counts: Counts) -> str:
    """The counts as a page."""
    per = {"tag": counts.spans, "link": counts.links, "value": counts.values}
    lines = [
        "# Keys that the seed's gold annotation takes\n",
        f"Made by `python -m benchmarks.keys`: {counts.spans} spans, {counts.links} links, {counts.values} values",
        f"of fields, {counts.notes} notes, entered by real key events and no mouse in {SIZE[0]} × {SIZE[1]} pixels.",
        "The project knows no actor before. A test checks that the gold annotation comes out.\n",
        "| for what | keys | each |",
        "|---|--:|--:|",
    ]
    for name, told in TOLD.items():
        number = counts.keys[name]
        each = f"{number / per[name]:.2f}" if per.get(name) else "–"
        lines.append(f"| {told} | {number:,} | {each} |")
    rows = (
        ("spans", ("select", "tag"), counts.spans),
        ("links", ("turn", "link", "link value"), counts.links),
        ("values of fields", ("value", "write"), counts.values),
    )
    lines += ["\n| together | keys | each |", "|---|--:|--:|"]
    for told, names, of in rows:
        number = sum(counts.keys[name] for name in names)
        lines.append(f"| {told} | {number:,} | {number / of:.2f} |")
    all_but_notes = sum(number for name, number in counts.keys.items() if name != "note")
    lines.append(f"| **all, without notes** | {all_but_notes:,} | |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Enter it all, print the page and write it to the results."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    shared = Path(os.environ.get("ANNOTATOR_SHARED", ROOT.parent / "shared"))
    if not (shared / "reference" / "seed" / "gold.json").exists():
        print("Not counted: the folder of outside data has no seed article.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = f"{home}/{name.lower()}"
        application = QApplication.instance() or QApplication([])
        path = Path(home) / "seed.annotator"
        gold = make_project(path, shared)
        window = open_window(path)
        window.resize(*SIZE)
        window.activateWindow()
        window.desk.article.setFocus()
        application.processEvents()
        told = page(enter(window, gold))
        window.close()
        window.deleteLater()
        application.processEvents()
    print(told)
    RESULTS.write_text(told, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
