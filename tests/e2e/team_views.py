"""The views of a team: sheets for coders, assignments, rounds, packages, and what the side bar shows then."""

from dataclasses import replace
from pathlib import Path

from annotator.operations import assigning, rounds, sharing
from annotator.operations.annotations import tag_span
from annotator.operations.codebook_versions import current_version, update_codebook
from annotator.operations.coders import add_coder
from annotator.operations.entities import add_entity
from annotator.operations.readings import set_state
from annotator.storage import queries
from annotator.storage.project import Project
from tests.e2e.team_tools import menu, sheet, wait_for
from ui.acts.projects import Projects

NAMES = ("Jonas Brandt", "Anna Kovač", "Ben Okafor")


def team(driver, _folder=None) -> list[int]:
    """Three coders besides Mara, who leads and codes nothing."""
    workspace = driver.desk.workspace
    keys = [add_coder(workspace.project, name)[0] for name in NAMES]
    plan = [(about.key, key) for about in queries.documents(workspace.project) for key in keys[:2]]
    workspace.do(assigning.assign, plan)
    workspace.look_for_changes()
    return keys


def coders(driver, _folder) -> None:
    team(driver)
    menu(driver, "Coders…")


def assign(way: str):
    """The sheet at one of its ways."""

    def show(driver, _folder) -> None:
        team(driver)
        menu(driver, "Assign articles…")
        front = sheet(driver)
        front.ways.choose(way, tell=True)
        for tick in list(front.people.ticks.values())[:3]:
            tick.setChecked(True)

    return show


def entry(words: str):
    """The sheet of a menu entry."""

    def show(driver, _folder) -> None:
        team(driver)
        menu(driver, words)

    return show


def packages_written(driver, folder) -> None:
    entry("Packages for coders…")(driver, folder)
    front = sheet(driver)
    front.place.show_path(folder)
    for tick in front.people.ticks.values():
        tick.setChecked(True)
    driver.press("Enter")
    wait_for(driver)


def package(driver, folder, *, done: bool = False) -> Path:
    """A package for Jonas, with the first article coded."""
    key = team(driver)[0]
    project = driver.desk.workspace.project
    path = sharing.share(project, folder, key).path
    with Project.open(path) as own:
        tag_span(own, 1, own.package_coder, "actor", [(0, 9)])
        if done:
            set_state(own, 1, own.package_coder, "done")
    return path


def bring_in_preview(driver, folder) -> None:
    """A package; a copy in which a coder of a like name, actors of like names and another codebook were made."""
    first = package(driver, folder, done=True)
    project, copy = driver.desk.workspace.project, folder / "copy.annotator"
    project.copy_to(copy)
    with Project.open(copy) as other:
        own = add_coder(other, "jonas brandt")[0]
        tag_span(other, 2, own, "actor", [(0, 7)])
        add_entity(other, "Ilka Dornath")
        _with_definition(other, "2", "Who acts.")
    add_entity(project, "Ilka Dornath")
    _with_definition(project, "1.5", "Who is said to act.")
    (folder / "other.annotator").write_bytes(b"no project")
    driver.window.act(Projects).bring_in([str(first), str(copy), str(folder / "other.annotator")])
    wait_for(driver)


def _with_definition(project: Project, version: str, definition: str) -> None:
    book = current_version(project).codebook
    tags = (replace(book.tags[0], definition=definition), *book.tags[1:])
    update_codebook(project, replace(book, version=version, tags=tags))


def update(driver, folder) -> None:
    """A newer package of the coder's file that is open."""
    first = package(driver, folder)
    second = sharing.share(driver.desk.workspace.project, folder, queries.coders(driver.desk.workspace.project)[2].key)
    driver.desk.workspace.open(first)
    driver.window.act(Projects).open(str(second.path))
    wait_for(driver)


def sent_back(driver, _folder) -> None:
    """The coder's list and article after something was sent back."""
    keys, workspace = team(driver), driver.desk.workspace
    for key in keys[:2]:
        workspace.do(set_state, 1, key, "done")
    workspace.do(rounds.close_round, [1], workspace.coder_key())
    workspace.do(rounds.return_reading, 1, keys[0], lead=workspace.coder_key(), note="Look at rule A2 again, please")
    workspace.become(NAMES[0])
    driver.desk.article.setFocus()


def in_review(driver, folder) -> None:
    sent_back(driver, folder)
    driver.desk.workspace.become(NAMES[1])


def team_states(driver, _folder) -> None:
    team(driver)
    assert driver.desk.documents.filter.of_team, "Mara codes nothing of what is assigned"


TEAM_VIEWS = {
    "coders sheet": coders,
    "assign by hand": assign("hand"),
    "assign in pairs": assign("pairs"),
    "assign a sample": assign("sample"),
    "packages sheet": entry("Packages for coders…"),
    "packages written": packages_written,
    "round sheet": entry("Close the round…"),
    "send sheet": entry("Send my work…"),
    "bring in sheet": entry("Bring in a colleague’s file…"),
    "bring in preview": bring_in_preview,
    "update sheet": update,
    "sent back": sent_back,
    "in review": in_review,
    "team states": team_states,
}
