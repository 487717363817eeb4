"""doccano imports what we write for it, into a database of its own, by its own importer."""

import os
import sys
from pathlib import Path

import backend
import pytest

sys.path.insert(0, str(Path(backend.__file__).parent))
os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.development", "DATABASE_URL": "sqlite:///:memory:"}
pytestmark = pytest.mark.filterwarnings("ignore")  # of its own packages, about each other


@pytest.fixture(scope="session")
def lead():
    """The one user of a doccano that nobody has used before."""
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)
    return User.objects.create(username="lead")


@pytest.fixture
def imported(lead, exported):
    """Import the export into a new project, as its page for data sets does; gives its examples by their texts."""

    def load(task, **columns):
        from data_import.datasets import load_dataset
        from data_import.pipeline.catalog import JSONL
        from data_import.pipeline.readers import FileName
        from examples.models import Example
        from projects.models import ProjectType, SequenceLabelingProject

        project = SequenceLabelingProject.objects.create(
            name="Press", created_by=lead, project_type=ProjectType.SEQUENCE_LABELING, allow_overlapping=True
        )
        name = FileName(str(exported / "doccano.jsonl"), "doccano.jsonl", "doccano.jsonl")
        data = load_dataset(task, JSONL, [name], project, encoding="utf_8", **columns)
        data.save(lead)
        assert data.errors == []
        return {each.text: each for each in Example.objects.filter(project=project)}

    return load


def spans(example):
    from labels.models import Span

    held = Span.objects.filter(example=example)
    return sorted((each.start_offset, each.end_offset, each.label.text) for each in held)


def links(example):
    from labels.models import Relation

    def told(span):
        return span.start_offset, span.end_offset

    held = Relation.objects.filter(example=example)
    return sorted((each.type.text, told(each.from_id), told(each.to_id)) for each in held)


def test_a_project_of_relations_holds_spans_and_links(imported, facts, own):
    examples = imported("RelationExtraction")
    assert examples.keys() == {each["text"] for each in facts.values()}
    for each in facts.values():
        example = examples[each["text"]]
        assert spans(example) == [told[:3] for told in own(each, "Ann")]
        ends = [(one["spans"][0][0], one["spans"][-1][1]) for one in each["annotations"]]
        wanted = sorted((link["type"], ends[link["source"]], ends[link["target"]]) for link in each["relations"])
        assert links(example) == wanted


def test_a_project_of_spans_holds_them_when_their_column_is_named(imported, facts, own):
    examples = imported("SequenceLabeling", column_label="entities")
    for each in facts.values():
        assert spans(examples[each["text"]]) == [told[:3] for told in own(each, "Ann")]


def test_what_is_said_of_an_article_becomes_its_metadata(imported, facts):
    meta = imported("RelationExtraction")[facts["speech"]["text"]].meta
    assert (meta["outlet"], meta["date"], meta["language"]) == ("Inland Press", "2022-01-10", "en")
