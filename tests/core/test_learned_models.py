"""What was learned is kept for the next start: for the same project, coder and program, whole or not at all."""

import os
import stat

import pytest

from annotator.formats.report import Report
from annotator.model.records import DocumentRecord
from annotator.operations import annotations, coders, learned_models
from annotator.operations.import_records import import_records
from annotator.operations.learned_models import kept_models, path_of
from annotator.operations.learning import learn
from annotator.operations.projects import create_project
from annotator.operations.readings import set_state
from annotator.propose import Article, Known, ready
from annotator.propose.learned import is_installed
from annotator.storage import queries
from annotator.storage.project import Project

pytestmark = pytest.mark.skipif(not is_installed(), reason="needs the extra learn")

NAMES = ["Anna Dornath", "Pavel Ruhn", "Oren Maliq", "Una Wynn", "Ilka Brask"]
OTHER = "Lea Okafor spoke 3 times.\n"


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        texts = ["\n".join(f"{NAMES[(at + n) % 5]} spoke {at} times." for n in range(5)) for at in range(7)]
        records = [DocumentRecord(text=text, title=str(at)) for at, text in enumerate(texts)]
        import_records(made, records, report=Report(), format_name="test")
        coders.add_coder(made, "Ann")
        coders.add_coder(made, "Ben")
        for document in range(1, 7):
            code(made, document)
        yield made


def code(project, document):
    text = queries.text_of(project, document)
    for name in NAMES:
        annotations.tag_span(project, document, 1, "actor", [(text.index(name), text.index(name) + len(name))])
    set_state(project, document, 1, "done")


def offered(project, learned):
    _, codebook = queries.codebook_version(project)
    found = ready(Known(codebook, learned=learned), ["learned"])(Article(OTHER))
    return [OTHER[slice(*each.outer)] for each in found]


def test_after_a_restart_the_same_is_proposed_without_learning_again(project, monkeypatch):
    first = learn(project, 1)
    assert offered(project, first) == ["Lea Okafor"]
    path = project.path
    project.close()
    with Project.open(path) as again:
        kept = kept_models(path_of(again, 1))
        assert offered(again, kept.learned) == ["Lea Okafor"]
        told = []
        assert learn(again, 1, progress=lambda *step: told.append(step)) == first
        assert told == [], "nothing had to be trained"


def test_what_is_coded_since_is_learned(project):
    assert learn(project, 1).models["actor"].articles == 6
    code(project, 7)
    assert learn(project, 1).models["actor"].articles == 7
    assert kept_models(path_of(project, 1)).learned.models["actor"].articles == 7


def test_neither_another_coder_nor_another_project_gets_it(project, tmp_path):
    learn(project, 1)
    assert kept_models(path_of(project, 2)) is None
    with create_project(tmp_path / "q.annotator") as other:
        coders.add_coder(other, "Ann")
        assert kept_models(path_of(other, 1)) is None


@pytest.mark.skipif(os.name != "posix", reason="other systems keep a person's cache folder from others by themselves")
def test_nobody_else_can_read_it(project):
    learn(project, 1)
    path = path_of(project, 1)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_is_damaged_is_learned_again(project):
    learn(project, 1)
    path = path_of(project, 1)
    whole = path.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        kept = kept_models(path)
        assert kept is None or offered(project, kept.learned) == ["Lea Okafor"], at
        path.write_bytes(whole[:at])
        assert kept_models(path) is None, at
    assert offered(project, learn(project, 1)) == ["Lea Okafor"]
    assert kept_models(path) is not None


def test_what_another_version_has_kept_is_not_used(project, monkeypatch):
    learn(project, 1)
    monkeypatch.setattr(learned_models, "edition", lambda: "another")
    assert kept_models(path_of(project, 1)) is None


def test_a_folder_that_cannot_be_written_hinders_nobody(project, monkeypatch, tmp_path):
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("")
    monkeypatch.setattr(learned_models, "user_cache_folder", lambda: in_the_way)
    assert offered(project, learn(project, 1)) == ["Lea Okafor"]
