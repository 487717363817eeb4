"""An import of many files is taken back and done again beside the window, in one step."""

import pytest
from PySide6.QtCore import QTimer

from ui.acts.projects import Projects

FILES = 300


@pytest.fixture
def imported(driver, tmp_path, qtbot):
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number}.txt").write_text(f"Article {number}\n\nThe harbour stays shut, said speaker {number}.\n")
    driver.window.act(Projects).import_articles([str(folder)])
    model = driver.desk.documents.model

    def press_import() -> bool:
        focus = driver.window.focusWidget()
        if focus is not None and focus.property("kind") == "primary" and focus.text().startswith("Import"):
            focus.click()
        return model.rowCount() == FILES + 2

    qtbot.waitUntil(press_import, timeout=20_000)
    qtbot.waitUntil(lambda: not driver.desk.jobs.is_busy)
    driver.desk.article.setFocus()
    return driver


def test_an_import_is_taken_back_and_done_again_without_the_window_standing_still(imported, qtbot):
    driver, model = imported, imported.desk.documents.model
    ticks = []
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()
    driver.press("Ctrl+Z")
    assert "Press again" in driver.said, "it touches many articles"
    driver.press("Ctrl+Z")
    qtbot.waitUntil(lambda: model.rowCount() == 2, timeout=20_000)
    driver.put_caret("Ostrell")
    driver.press("Ctrl+Shift+Z")
    qtbot.waitUntil(lambda: model.rowCount() == FILES + 2, timeout=20_000)
    assert ticks, "the window lived on meanwhile"
    qtbot.waitUntil(lambda: not driver.desk.jobs.is_busy)
