"""What a person meets in the first hour: words, counts and places that must be true at every moment."""

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from annotator.operations.check import check_project


def select(driver, words: str) -> None:
    driver.put_caret(words)
    driver.press("v", *["Right"] * len(words.split()))


def facts(driver) -> list[str]:
    """The short words at the end of the status line and over the article."""
    return [each.text() for part in (driver.desk.status, driver.desk.code) for each in part.findChildren(QLabel)]


def test_a_second_part_is_added_by_keys_alone(driver):
    select(driver, "close the port")
    driver.press("2", "+")
    assert driver.said == "Now select the words of the second part and press + again; Esc leaves it"
    driver.press(*["Right"] * 3)
    select(driver, "troops stand there")
    driver.press("+")
    assert driver.tags() == [("claim", "close the porttroops stand there")]
    assert driver.said.startswith("Added a part to “close the port”")


def test_a_part_that_is_in_it_already_is_no_step_that_undo_would_take_back(driver):
    select(driver, "close the port")
    driver.press("2", "u", "+", "+", "Esc")
    assert driver.said == "No second part is added"
    driver.press("Ctrl+Z")
    assert driver.tags() == [("claim", "close the port")]
    assert not driver.desk.document.annotations()[0].unsure


def test_an_edge_never_makes_the_same_tag_twice(driver):
    select(driver, "close the port")
    driver.press("2", "Esc")
    select(driver, "close the")
    driver.press("2", "e", "Right", "Enter")
    assert driver.said == "“close the port” is tagged as claim already"
    assert sorted(driver.tags()) == [("claim", "close the"), ("claim", "close the port")]
    assert check_project(driver.desk.workspace.project) == []


def test_another_tag_never_makes_the_same_tag_twice(driver):
    for key in ("2", "3"):
        select(driver, "close the port")
        driver.press(key)
    driver.press("r", "2")
    assert driver.said == "“close the port” is tagged as claim already"
    assert sorted(driver.tags()) == [("claim", "close the port"), ("threat", "close the port")]


def test_the_number_of_tags_follows_undo(driver):
    for words in ("Ostrell", "Dornath"):
        driver.put_caret(words)
        driver.press("1")
    assert "2 tags" in facts(driver)
    driver.press("Right", "Ctrl+Z")
    assert "1 tag" in facts(driver)
    driver.press("Ctrl+Z")
    assert "0 tags" in facts(driver)


def test_a_new_title_stands_over_the_article_at_once(driver):
    driver.press("F7")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText("Talks at Ostrell")
    driver.press("Enter")
    assert "Talks at Ostrell" in facts(driver)
