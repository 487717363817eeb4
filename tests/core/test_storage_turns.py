"""Bulk work stands back for a person: at the lock, and for Python itself."""

import threading
import time

import pytest

from annotator.operations.projects import create_project
from annotator.storage import turns
from annotator.storage.works import Slices


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.annotator") as made:
        yield made


@pytest.fixture(autouse=True)
def rested():
    yield
    turns.window_rests()


def test_a_slice_ends_at_once_when_a_person_waits_to_write(project):
    slices = Slices(project)
    slices.open()
    slices.rest()
    assert project.connection.in_transaction, "nobody waits and the slice is young"
    with turns.wanted(project.path):
        slices.rest()
        assert not project.connection.in_transaction


def test_bulk_work_goes_on_as_soon_as_the_window_rests(project):
    turns.window_awakes()
    threading.Timer(0.01, turns.window_rests).start()
    began = time.monotonic()
    turns.give_way(project.path)
    assert time.monotonic() - began > 0.005


def test_a_window_that_never_rests_holds_nothing_up(project):
    turns.window_awakes()
    began = time.monotonic()
    for _ in range(1_000):
        turns.give_way(project.path)
        turns.window_awakes()
    assert time.monotonic() - began < 1


def test_bulk_work_that_holds_the_lock_does_not_stand_back_from_who_wants_it(project):
    turns.window_awakes()
    with turns.wanted(project.path):
        waits = []
        for _ in range(5):
            began = time.monotonic()
            turns.give_way(project.path)
            waits.append(time.monotonic() - began)
        assert min(waits) < 0.03  # whatever else the machine does meanwhile
