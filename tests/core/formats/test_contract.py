"""What every format of the registry keeps: it says what it loses, writes whole or not at all, believes nothing."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions, WriteOptions, chosen_settings
from annotator.formats.loss import Loss
from annotator.formats.registry import FORMATS, detect
from annotator.formats.report import Report
from annotator.operations.export import Wanted, export, foresee
from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.operations.recipes import Recipe
from tests.core.formats.differences import differences
from tests.core.formats.full_document import FULL, full_project, state_of

ROOT = Path(__file__).resolve().parents[3]
WRITTEN = [each for each in FORMATS if each.writes]
READ = [each for each in FORMATS if each.reads]
BOTH = [each for each in WRITTEN if each.reads]
ANN, AGREED = Wanted(coders=("Ann",)), Wanted(gold=True)


def needed(kind):
    """A format whose packages are not here is tested where they are."""
    return pytest.mark.skipif(not kind.installed, reason=f"needs [{kind.extra}]: make test-formats runs it with that")


CHOICES = [
    pytest.param(each, wanted, id=f"{each.name}-{name}", marks=needed(each))
    for each in BOTH
    for name, wanted in (("all", Wanted()), ("one coder", ANN), ("gold", AGREED))
    if not (each.one_reading and name == "all")
]


def named(formats):
    return pytest.mark.parametrize("kind", [pytest.param(each, id=each.name, marks=needed(each)) for each in formats])


@pytest.fixture
def full(tmp_path):
    with full_project(tmp_path / "full.annotator") as project:
        yield project


def choice(kind):
    return ANN if kind.one_reading else Wanted()


def destination(kind, folder):
    return folder / ("out" if kind.folder else f"out{kind.patterns[0][1:]}")


def bytes_of(path):
    if path.is_dir():
        return {str(each.relative_to(path)): each.read_bytes() for each in sorted(path.rglob("*")) if each.is_file()}
    return {"": path.read_bytes()}


def written(kind, folder):
    """The full document in a file or folder of this format; of texts alone, in a file of text."""
    folder.mkdir(exist_ok=True)
    with full_project(folder / "full.annotator") as project:
        export(project, destination(kind, folder), format_name=kind.name, wanted=choice(kind))
    return destination(kind, folder)


# ---- the loss report is exact


@pytest.mark.parametrize(("kind", "wanted"), CHOICES)
def test_what_is_lost_is_what_differs(kind, wanted, full, tmp_path):
    kind.refuse_missing()
    dest = destination(kind, tmp_path)
    told = export(full, dest, format_name=kind.name, wanted=wanted)
    assert foresee(full, Recipe(kind.name, wanted)).lost == told.lost
    with create_project(tmp_path / "other.annotator") as other:
        _, report = import_paths(other, [dest], format_name=kind.name)
        assert not report.refused, [str(each) for each in report.refused]
        assert not report.repaired
        back = state_of(other, Wanted())
    before = state_of(full, wanted)
    if kind.cannot_hold and Loss.CODEBOOK in kind.cannot_hold:
        assert back.codebook["tags"]
    assert {str(each) for each in differences(before, back)} == lost_by_format(told.lost)


def lost_by_format(lost):
    """Without what the choice left out, which no format could hold; an import takes no codebook that is in part."""
    told = {Loss.CODEBOOK if each == Loss.CODEBOOK_IN_PART else each for each in lost}
    return {str(each) for each in told} & {str(each) for each in Loss}


@named(WRITTEN)
def test_a_format_for_one_reading_refuses_several(kind, full, tmp_path):
    dest = destination(kind, tmp_path)
    if kind.one_reading:
        with pytest.raises(AnnotatorError, match="choose --gold or --coder NAME"):
            export(full, dest, format_name=kind.name)
        assert not dest.exists()
    else:
        assert export(full, dest, format_name=kind.name).documents == 1


# ---- whole or absent, the same bytes


@named(WRITTEN)
def test_the_same_project_gives_the_same_bytes(kind, full, tmp_path):
    first, second = tmp_path / "one", tmp_path / "two"
    for folder in (first, second):
        folder.mkdir()
        export(full, destination(kind, folder), format_name=kind.name, wanted=choice(kind))
    assert bytes_of(destination(kind, first)) == bytes_of(destination(kind, second))


@named(WRITTEN)
def test_an_export_that_is_stopped_leaves_the_old_one(kind, full, tmp_path):
    dest = destination(kind, tmp_path)
    export(full, dest, format_name=kind.name, wanted=choice(kind))
    before = bytes_of(tmp_path / dest.name)

    def stop(done, _):
        if done:
            raise AnnotatorError("Stopped.")

    with pytest.raises(AnnotatorError, match="Stopped"):
        export(full, dest, format_name=kind.name, wanted=choice(kind), progress=stop)
    assert bytes_of(dest) == before
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".annotator-")]
    with pytest.raises(AnnotatorError):
        export(full, tmp_path / "missing" / dest.name, format_name=kind.name, wanted=choice(kind))


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from annotator.errors import AnnotatorError
from annotator.formats.format import WriteOptions, chosen_settings
from annotator.formats.registry import by_name
from tests.core.formats.full_document import FULL
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
none, most = resource.getrlimit(resource.RLIMIT_FSIZE)
for name, dest in zip(sys.argv[1::2], sys.argv[2::2]):
    kind = by_name(name)
    options = WriteOptions(chosen_settings(kind.write_settings, {}, name))
    kind.writes([FULL], Path(dest + ".warm"), {}, options)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, most))
    try:
        kind.writes([FULL] * 3, Path(dest), {}, options)
    except AnnotatorError as fault:
        said = str(fault)
    else:
        said = "written"
    resource.setrlimit(resource.RLIMIT_FSIZE, (none, most))
    print(name, said, flush=True)
"""


@pytest.fixture(scope="module")
def full_disk(tmp_path_factory):
    """For each format what was written before the disk was full, what is there after, and what was said."""
    pytest.importorskip("resource", reason="a limit stands for the full disk, which only Unix has")
    places, before = {}, {}
    for kind in (each for each in WRITTEN if each.installed):
        places[kind.name] = dest = destination(kind, tmp_path_factory.mktemp("full"))
        kind.writes([FULL], dest, {}, WriteOptions(chosen_settings(kind.write_settings, {}, kind.name)))
        before[kind.name] = bytes_of(dest)
    words = [str(word) for pair in places.items() for word in pair]
    child = subprocess.run([sys.executable, "-c", FULL_DISK, *words], cwd=ROOT, capture_output=True, text=True)
    assert child.returncode == 0, child.stderr
    said = dict(line.split(" ", 1) for line in child.stdout.splitlines())
    return {name: (before[name], bytes_of(place), said[name]) for name, place in places.items()}


@named(WRITTEN)
def test_a_full_disk_leaves_the_old_file(kind, full_disk):
    before, after, said = full_disk[kind.name]
    assert "Cannot write" in said
    assert after == before


# ---- untrusted files


@named(BOTH)
def test_what_is_written_is_recognised(kind, tmp_path):
    assert detect(written(kind, tmp_path / "made")) is kind


@named(READ)
def test_a_reader_survives_any_bytes(kind, tmp_path):
    """Bytes that are changed, cut, doubled and nested: records or one sentence, in bounded time."""
    kind.refuse_missing()
    source = written(kind, tmp_path / "made") if kind.writes else seed_file(kind, tmp_path)
    rng = random.Random(kind.name)
    for round_number in range(120):
        target = tmp_path / f"{round_number}" / source.name
        spoil(source, target, rng)
        began = time.perf_counter()
        for path in files_of(target) if target.is_dir() else [target]:
            kind.detect(path, path.read_bytes()[:65536])
        try:
            options = ReadOptions(chosen_settings(kind.read_settings, {}, kind.name))
            for record in kind.reads(target, Report(), options):
                for each in record.annotations:
                    assert all(0 <= start < end <= len(record.text) for start, end in each.spans)
        except AnnotatorError as fault:
            assert_one_sentence(fault)
        assert time.perf_counter() - began < 10


SEEDS = {"text": b"Kyiv said no.\n"}  # for formats that are only read: one small file each


def seed_file(kind, folder):
    own = Path(__file__).parent / "seeds"
    found = sorted(own.glob(f"{kind.name}.*"))
    if found:
        return found[0]
    assert kind.name in SEEDS, f"put a small file into {own.name}/ as {kind.name}.SUFFIX"
    path = folder / f"seed{kind.patterns[0][1:]}"
    path.write_bytes(SEEDS[kind.name])
    return path


def files_of(path):
    return [each for each in sorted(path.rglob("*")) if each.is_file()]


def spoil(source, target, rng):
    """A copy of a file, or of a folder, with one file of it spoilt."""
    if source.is_dir():
        files = files_of(source)
        spoilt = rng.choice(files)
        for each in files:
            own = target / each.relative_to(source)
            own.parent.mkdir(parents=True, exist_ok=True)
            own.write_bytes(mutated(each.read_bytes(), rng) if each == spoilt else each.read_bytes())
    else:
        target.parent.mkdir(parents=True)
        target.write_bytes(mutated(source.read_bytes(), rng))


ODD = (
    b"\0", b"\xff", b"\xc3", b"-1", b"NaN", b"1e999", b"99999999999999999999", b"[" * 3000, b"{", b'"', b"\n", b"\t",
    b"\r\n", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"../", b"\xed\xa0\x80", "😀".encode(), b" " * 5000,
)  # fmt: skip


def mutated(data, rng):
    data = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(data) + 1)
        match rng.randrange(6):
            case 0:
                data[place : place + rng.randint(0, 8)] = rng.choice(ODD)
            case 1:
                del data[place : place + rng.randint(1, 40)]
            case 2:
                del data[place:]
            case 3:
                other = rng.randrange(len(data) + 1)
                data[place:place] = data[min(place, other) : max(place, other)]
            case 4 if data:
                data[min(place, len(data) - 1)] = rng.randrange(256)
            case _:
                digits = [number for number, byte in enumerate(data) if 48 <= byte <= 57]
                if digits:
                    data[rng.choice(digits)] = rng.choice(b"0123456789-.")
    return bytes(data)


@named(READ)
def test_what_is_not_there_or_no_file_is_refused(kind, tmp_path):
    kind.refuse_missing()
    os.mkfifo(tmp_path / "pipe")
    options = ReadOptions(chosen_settings(kind.read_settings, {}, kind.name))
    for path in (tmp_path / "missing", tmp_path / "pipe"):
        report = Report()
        try:
            assert list(kind.reads(path, report, options)) == []
        except AnnotatorError as fault:
            assert_one_sentence(fault, path.name)
        else:
            assert report.refused


def assert_one_sentence(fault, name=""):
    assert name in str(fault)
    assert "\n" not in str(fault)
    assert len(str(fault)) < 500
