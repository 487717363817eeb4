"""As the guide tells it: a folder of brat files in, a Hugging Face folder out, by keys alone."""

import json
from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from annotator.operations.projects import create_project
from tests.ui.dialog_tools import Person
from ui.dialogs.choosing import Chooser
from ui.dialogs.export_dialog import ExportDialog
from ui.dialogs.import_dialog import ImportDialog

TEXTS = {
    "ferry": "Dornath said the talks 🚢 would, if Moscow agreed, go on.\r\n",
    "vote": "Maliq wrote that the count was wrong.\n",
}
LABELS = {
    "ferry": (("Source", "Dornath"), ("Cue", "said"), ("Content", "the talks 🚢 would", "go on")),
    "vote": (("Source", "Maliq"), ("Cue", "wrote"), ("Content", "the count was wrong")),
}


def standoff(name: str) -> str:
    """Offsets are code points of the text as it lies in the file, as brat counts."""
    rows = []
    for number, (label, *parts) in enumerate(LABELS[name], 1):
        at = [TEXTS[name].index(part) for part in parts]
        spans = ";".join(f"{start} {start + len(part)}" for start, part in zip(at, parts, strict=True))
        rows.append(f"T{number}\t{label} {spans}\t{' '.join(parts)}\n")
    return "".join([*rows, "R1\tsaid-by Arg1:T3 Arg2:T1\n"])


def brat_folder(folder: Path) -> Path:
    for coder in ("Anna", "Ben"):
        (folder / coder).mkdir(parents=True)
        for name, text in TEXTS.items():
            (folder / coder / f"{name}.txt").write_bytes(text.encode())
            (folder / coder / f"{name}.ann").write_bytes(standoff(name).encode())
    return folder


def choose(driver, combo: QComboBox, words: str) -> None:
    """Tab to the list and walk in it."""
    for _ in range(80):
        if combo.hasFocus():
            break
        driver.press("Tab")
    assert combo.hasFocus(), combo.accessibleName()
    driver.press("Home")
    for _ in range(combo.count()):
        if combo.currentText() == words:
            return
        driver.press("Down")
    raise AssertionError(f"{words} is not among the choices of {combo.accessibleName()}")


def named(sheet: QWidget, name: str) -> QComboBox:
    (found,) = [each for each in sheet.findChildren(QComboBox) if each.accessibleName() == name and each.isVisible()]
    return found


def sheet_of(driver, kind: type) -> QWidget:
    (found,) = [each for each in driver.window.findChildren(kind) if each.isVisible()]
    return found


def test_a_brat_folder_becomes_a_dataset(open_driver, tmp_path, monkeypatch):
    create_project(tmp_path / "news.annotator", title="News").close()
    driver = open_driver(tmp_path / "news.annotator")
    monkeypatch.setattr(Chooser, "folder", Person(brat_folder(tmp_path / "polnear")).folder)
    driver.press("Ctrl+I", "Tab")  # to “Choose a folder…”
    driver.press("Space")
    sheet = sheet_of(driver, ImportDialog)
    driver.qtbot.waitUntil(lambda: sheet._shown is not None and sheet._reading is None, timeout=20_000)
    for label, wish in (("Source", "Actor"), ("Content", "Claim"), ("Cue", "Leave out")):
        choose(driver, named(sheet, f"What {label} becomes"), wish)
    choose(driver, named(sheet, "What said-by becomes"), "said by")
    driver.press("Enter")
    driver.qtbot.waitUntil(lambda: not driver.desk.jobs.is_busy and driver.desk.document.about is not None)
    assert driver.said.startswith("Imported 2 articles, 8 annotations and 4 links")
    driver.press("Ctrl+E")
    sheet = sheet_of(driver, ExportDialog)
    choose(driver, named(sheet, "Format"), "Hugging Face dataset")
    driver.qtbot.waitUntil(lambda: sheet._shown._lines.toPlainText().startswith("{"))
    destination = sheet._place.path
    driver.press("Enter")
    driver.qtbot.waitUntil(lambda: not driver.desk.jobs.is_busy)
    assert driver.said.startswith("Exported 2 articles with 8 annotations to ")
    rows = [json.loads(line) for line in (destination / "data" / "train.jsonl").read_text("utf-8").splitlines()]
    read = {(row["text"], row["coder"]) for row in rows}
    assert read == {(text.replace("\r", ""), coder) for text in TEXTS.values() for coder in ("Anna", "Ben")}
    for row in rows:
        for each in row["annotations"]:
            assert each["text"] == "".join(row["text"][span["start"] : span["end"]] for span in each["spans"])
    told = {(each["tag"], each["text"]) for row in rows for each in row["annotations"]}
    assert ("claim", "the talks 🚢 wouldgo on") in told
    assert ("actor", "Maliq") in told
    assert "| claim | 4 |" in (destination / "README.md").read_text("utf-8")
    assert QApplication.focusWidget() is not None
