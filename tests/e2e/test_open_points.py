"""What is open is told quietly, and J leads from one to the next."""


def test_a_statement_without_a_source_is_an_open_point_until_it_is_linked(driver, qtbot):
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a")
    driver.drag("We will close the port")
    driver.press("t")
    details = driver.desk.details
    qtbot.waitUntil(lambda: details.open_words == "Open points (1)")
    driver.press("Esc", "j")
    assert driver.said == "1 of 1: This threat has no source"
    driver.press("s", "Space")
    qtbot.waitUntil(lambda: details.open_words == "")
    driver.press("j")
    assert driver.said == "No open points in this article"


def test_unsure_and_asked_are_open_points(driver, qtbot):
    driver.put_caret("Ostrell")
    driver.press("1", "u")
    qtbot.waitUntil(lambda: driver.desk.details.open_words == "Open points (1)")
    driver.press("j")
    assert driver.said == "1 of 1: Marked as unsure"


def test_tagging_alone_does_not_ask_for_every_field(driver, qtbot):
    driver.drag("Foreign Minister Ilka Dornath")
    driver.press("a", "j")
    assert driver.said == "No open points in this article"
