"""An import hurries only where nothing can be lost: what ends it, and what people do, is on disk before it counts."""

import pytest

from annotator.operations.projects import create_project
from annotator.storage.batch import Batch

FULL, NORMAL = 2, 1


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        yield made


def synchronous(project):
    return project.rows("PRAGMA synchronous")[0][0]


def test_only_slices_do_not_wait_for_the_disk(project):
    ended = []
    project.connection.set_trace_callback(
        lambda sql: ended.append(synchronous(project)) if sql.startswith("UPDATE batch SET ended") else None
    )
    with Batch(project, kind="import") as batch:
        assert synchronous(project) == FULL
        batch.insert("coder", {"name": "Ann"})
        assert synchronous(project) == NORMAL
        batch.end_slice()
        assert synchronous(project) == FULL
        batch.insert("coder", {"name": "Ben"})
        batch.finish("Import")
    project.connection.set_trace_callback(None)
    assert ended == [FULL]
    assert synchronous(project) == FULL


def test_after_a_fault_within_a_slice_the_disk_is_waited_for_again(project):
    batch = Batch(project, kind="import")
    batch.insert("coder", {"name": "Ann"})
    assert synchronous(project) == NORMAL
    batch.abandon()
    assert synchronous(project) == FULL
