"""The lead's sheet: what is proposed to whom, what was learned, the rules; each by keys."""

import pytest
from PySide6.QtWidgets import QLabel

from annotator.operations import annotations
from annotator.operations.imports import import_paths
from annotator.operations.learning import learn
from annotator.operations.proposal_settings import proposal_settings, set_proposals
from annotator.operations.readings import set_state
from annotator.operations.sharing import share
from annotator.propose.learned import is_installed
from annotator.storage import queries
from annotator.storage.project import Project
from ui.acts.leading_proposals import LeadingProposals
from ui.proposals.sheet import LEARNED, RULES, ProposalsSheet

NAMES = ["Ilka Dornath", "Pavel Ruhn", "Oren Maliq", "Bassim Neyrat", "Samer Haddad", "Lea Okafor", "Jonas Brandt"]


def shown_sheet(driver) -> ProposalsSheet:
    driver.press("Ctrl+Shift+P")
    return driver.window.findChild(ProposalsSheet)


def settings(driver):
    return proposal_settings(driver.desk.workspace.project)


def test_all_is_off_in_a_new_project_and_space_switches_it_on_for_all(driver):
    sheet = shown_sheet(driver)
    assert not settings(driver).on
    assert not sheet.switches.in_blind_rounds.isEnabled()
    driver.press("Space")
    assert settings(driver).on
    assert not settings(driver).in_blind_rounds
    driver.press("Tab", "Space", "Tab", "Space")
    assert settings(driver).in_blind_rounds
    assert "actors" not in settings(driver).proposers
    driver.press("Esc")
    driver.qtbot.waitUntil(lambda: len(driver.desk.proposals) > 0)
    shown_sheet(driver)
    driver.press("Space")
    assert not settings(driver).on
    driver.qtbot.waitUntil(lambda: len(driver.desk.proposals) == 0)


def test_a_package_shows_what_the_lead_has_settled_and_lets_nothing_be_switched(project_path, open_driver, tmp_path):
    with Project.open(project_path) as project:
        set_proposals(project, True, in_blind_rounds=True, proposers=["figures"])
        share(project, tmp_path / "mara.annotator", 1)
    driver = open_driver(tmp_path / "mara.annotator")
    driver.qtbot.waitUntil(lambda: len(driver.desk.proposals) == 1)
    sheet = shown_sheet(driver)
    assert not sheet.switches.on.isEnabled()
    assert [name for name, tick in sheet.switches.proposers.items() if tick.isChecked()] == ["figures"]
    assert not any(tick.isEnabled() for tick in sheet.switches.proposers.values())


def test_rules_of_ones_own_are_checked_saved_in_the_codebook_and_used(driver):
    driver.desk.workspace.do(set_proposals, True, proposers=["speech acts"])
    sheet = shown_sheet(driver)
    sheet.turn_to(RULES)
    field = sheet.rules.field
    assert field.toPlainText().startswith("# How statements are found")
    field.setPlainText("en:\n- tag: demand\n")
    driver.qtbot.waitUntil(lambda: sheet.rules._fault.text() != "")
    assert sheet.rules._fault.text() == "In the rules, en, rule 1: a rule needs words, within or clause, one of them."
    assert not sheet.rules._save.isEnabled()
    field.setPlainText("en:\n- tag: demand\n  words: [asked for]\n")
    driver.qtbot.waitUntil(sheet.rules._save.isEnabled)
    sheet.rules._save.click()
    driver.press("Esc")
    text = driver.desk.document.text

    def offered() -> list[tuple[str, str]]:
        return [(each.tag, text[slice(*each.outer)]) for _, each in driver.desk.proposals.items()]

    driver.qtbot.waitUntil(lambda: ("demand", "an end to the talks") in offered())
    codebook = driver.desk.workspace.codebook
    assert codebook is not None
    assert codebook.extra["speech_acts"] == {"en": [{"tag": "demand", "words": ["asked for"]}]}
    sheet = shown_sheet(driver)
    sheet.turn_to(RULES)
    sheet.rules._usual.click()
    assert "speech_acts" not in driver.desk.workspace.codebook.extra


@pytest.fixture
def coded_path(project_path, tmp_path):
    """Twelve articles more, nine of them done, each with the same people as actors."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(12):
        first, second, third = (NAMES[(number + step) % len(NAMES)] for step in range(3))
        sentence = f"On day {number} Minister {first} met {second} in Ostrell. Later {third} said the talks went on.\n"
        (folder / f"{number:02}.txt").write_text(f"Day {number}\n\n{sentence}", "utf-8")
    with Project.open(project_path) as project:
        import_paths(project, [folder])
        for key in queries.document_keys(project, 1)[2:11]:
            text = queries.text_of(project, key)
            for name in NAMES:
                if name in text:
                    at = text.index(name)
                    annotations.tag_span(project, key, 1, "actor", [(at, at + len(name))])
            set_state(project, key, 1, "done")
        set_proposals(project, True, proposers=["learned"])
    return project_path


@pytest.mark.skipif(not is_installed(), reason="the extra `learn` is not installed")
def test_it_learns_beside_the_window_tells_how_well_and_which_article_would_teach_most(coded_path, open_driver):
    driver = open_driver(coded_path)
    sheet = shown_sheet(driver)
    sheet.turn_to(LEARNED)
    learner = driver.window.act(LeadingProposals).learner
    learner.learn()
    assert sheet.learned._cancel.isVisible()
    driver.qtbot.waitUntil(lambda: not learner.is_busy, timeout=60_000)
    assert learner.fault == ""

    def words():
        return [each.text() for each in sheet.learned.findChildren(QLabel) if each.isVisible()]

    driver.qtbot.waitUntil(lambda: "actor" in words())  # the rows are laid out with the next events
    told = words()
    assert "27 spans in 9 articles" in told
    assert any(each.startswith("F1 ") for each in told)
    assert len(sheet.learned.titles.stringList()) >= 3
    sheet.learned.articles.setFocus()
    sheet.learned.articles.setCurrentIndex(sheet.learned.titles.index(0))
    driver.press("Enter")
    wanted = learner.teaching[0]
    assert driver.desk.workspace.document == wanted.document
    if learner.learned.models["actor"].is_on and wanted.title.startswith("Day"):
        driver.qtbot.waitUntil(lambda: any(each.by == "learned" for _, each in driver.desk.proposals.items()))


@pytest.mark.skipif(not is_installed(), reason="the extra `learn` is not installed")
def test_learning_can_be_stopped_and_the_window_closed_meanwhile(coded_path, open_driver):
    driver = open_driver(coded_path)
    driver.press("Esc")
    learner = driver.window.act(LeadingProposals).learner
    learner.learn()
    learner.cancel()
    driver.qtbot.waitUntil(lambda: not learner.is_busy)
    assert learner.learned is None
    learner.learn()
    driver.window.close()
    assert not learner.is_busy


@pytest.mark.skipif(not is_installed(), reason="the extra `learn` is not installed")
def test_after_a_restart_what_was_learned_is_proposed_before_anything_is_learned_anew(coded_path, open_driver):
    with Project.open(coded_path) as project:
        learn(project, queries.coders(project)[0].key)
    driver = open_driver(coded_path)
    learner = driver.window.act(LeadingProposals).learner
    driver.qtbot.waitUntil(lambda: learner.learned is not None)
    assert not learner.is_busy
    assert "actor" in learner.learned.models
