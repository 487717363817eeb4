"""Archives of very many members: another reader finds all of them, and their list takes no memory while it is made."""

import io
import shutil
import subprocess
import tempfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from annotator.formats.long_archive import long_archive


def test_the_list_of_members_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with path.open("wb") as file, tempfile.TemporaryFile(dir=tmp_path) as aside, long_archive(file, aside) as archive:

        def add(numbers: range) -> None:
            for each in numbers:
                with archive.member(f"texts/{each}.txt") as out:
                    out.write(b"Kyiv")

        tracemalloc.start()
        try:
            add(range(500))
            tracemalloc.reset_peak()
            before, _ = tracemalloc.get_traced_memory()
            add(range(500, 2_500))
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert most - before < 500_000  # zipfile's own list takes half a kilobyte a member: a megabyte of two thousand
    with zipfile.ZipFile(path) as read:
        assert len(read.namelist()) == 2_500
        assert read.read("texts/2499.txt") == b"Kyiv"


def test_the_bytes_are_those_of_an_ordinary_archive(tmp_path: Path) -> None:
    ours, plain = io.BytesIO(), io.BytesIO()
    with tempfile.TemporaryFile(dir=tmp_path) as aside, long_archive(ours, aside) as archive:
        for name in ("a.txt", "Żółć.txt"):
            with archive.member(name) as out:
                out.write(name.encode() * 100)
    with zipfile.ZipFile(plain, "w") as other:
        for name in ("a.txt", "Żółć.txt"):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            with other.open(info, "w") as out:
                out.write(name.encode() * 100)
    assert ours.getvalue() == plain.getvalue()


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not installed")
def test_another_program_finds_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "few.zip"
    with path.open("wb") as file, tempfile.TemporaryFile(dir=tmp_path) as aside, long_archive(file, aside) as archive:
        for each in range(20):
            with archive.member(f"{each}.txt", huge=each == 19) as out:
                out.write(b"Kyiv " * each)
    assert subprocess.run(["unzip", "-tq", path], capture_output=True).returncode == 0
