"""Files and folders of texts: what is found, what is refused and why, and how encodings are previewed."""

import os
import socket
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from annotator.formats.format import ReadOptions
from annotator.formats.kinds import other_kinds
from annotator.formats.plain_text import read
from annotator.formats.report import Reason, Refusal, Report
from annotator.formats.text_files import (
    FoundFile,
    Look,
    ReadText,
    choices,
    find_files,
    group,
    look_at,
    natural_key,
    read_text,
)

ROOT = Path(__file__).resolve().parents[2]


def names(found):
    return [each.name if isinstance(each, FoundFile) else f"! {each}" for each in found]


def outcome(path, encoding=None):
    return read_text(FoundFile(path, path.name), encoding)


def test_folders_are_walked_in_natural_order_without_hidden_files(tmp_path):
    for name in (
        "b/page 10.txt",
        "b/page 9.txt",
        "b/Page 1.txt",
        "a/x.txt",
        ".git/config",
        "b/.DS_Store",
        "10.txt",
        "9.txt",
    ):
        (tmp_path / "set" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "set" / name).write_text("text")
    assert names(find_files([tmp_path / "set"])) == [
        "set/9.txt", "set/10.txt", "set/a/x.txt", "set/b/Page 1.txt", "set/b/page 9.txt", "set/b/page 10.txt",
    ]  # fmt: skip
    hidden = tmp_path / "set/b/.DS_Store"
    assert names(find_files([hidden, tmp_path / "set/9.txt"])) == [".DS_Store", "9.txt"], "what is named is taken"


def test_natural_key_orders_numbers_by_value():
    assert sorted(["a100", "a20", "B3", "a3b", "a3"], key=natural_key) == ["a3", "a3b", "a20", "a100", "B3"]


def test_loops_of_links_end_and_dead_links_are_named(tmp_path):
    folder = tmp_path / "set"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep/one.txt").write_text("text")
    (folder / "deep/up").symlink_to(folder)
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "self").symlink_to("self")
    (folder / "linked.txt").symlink_to("deep/one.txt")
    assert names(find_files([folder])) == [
        "set/deep/one.txt",
        "! set/gone.txt: the link leads nowhere.",
        "set/linked.txt",
        "! set/self: the link leads in a circle.",
    ]
    assert names(find_files([tmp_path / "missing"])) == ["! missing: not there (any more)."]


def test_very_deep_folders_do_not_stop_the_walk(tmp_path, monkeypatch):
    depth = 1200  # more than Python's own calls may nest, and more than shutil can remove
    monkeypatch.chdir(tmp_path)
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    Path("x.txt").write_text("text")
    os.chdir(tmp_path)
    found = names(find_files([Path("d")]))
    for _ in range(depth):
        os.chdir("d")
    os.remove("x.txt")
    for _ in range(depth):
        os.chdir("..")
        os.rmdir("d")
    assert len(found) == 1
    assert found[0].endswith("d/d/x.txt")


def test_pipes_sockets_and_devices_never_block(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.txt")
    monkeypatch.undo()  # a local socket file needs bind
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind("socket.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    found = list(find_files([tmp_path]))
    assert {refusal.message for refusal in found} == {"not an ordinary file"}
    assert len(found) == 3
    swapped = outcome(tmp_path / "pipe.txt")  # a file that became a pipe after it was found
    assert isinstance(swapped, Refusal)
    assert swapped.reason is Reason.UNREADABLE


def test_empty_vanished_and_foreign_files_say_so(tmp_path):
    for name, data in {
        "empty.txt": b"",
        "blank.txt": b"\xef\xbb\xbf \n\r\n\t",
        "noise.txt": bytes(range(256)) * 4,
    }.items():
        (tmp_path / name).write_bytes(data)
    assert outcome(tmp_path / "empty.txt").reason is Reason.EMPTY
    assert outcome(tmp_path / "blank.txt").reason is Reason.EMPTY
    assert outcome(tmp_path / "noise.txt").reason is Reason.BINARY
    assert str(outcome(tmp_path / "away.txt")) == "away.txt: not there (any more)."


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to become another user")
def test_a_file_without_permission_is_refused(tmp_path):
    locked, folder = tmp_path / "locked.txt", tmp_path / "shut"
    locked.write_text("secret")
    locked.chmod(0)
    folder.mkdir(mode=0)
    script = (
        "import os, sys; from pathlib import Path; from annotator.formats.text_files import *; os.setuid(65534)\n"
        "for path in map(Path, sys.argv[1:]):\n"
        "    for found in find_files([path]):\n"
        "        print(read_text(found) if isinstance(found, FoundFile) else found)"
    )
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", script, locked, folder], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stdout.splitlines() == ["locked.txt: no permission to read it.", "shut: no permission to read it."], (
        done.stderr
    )


def test_known_kinds_are_named_by_content(tmp_path):
    def packed(name, members):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for member, text in members.items():
                archive.writestr(member, text)

    packed("a.docx", {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
    packed("letter", {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})  # no suffix at all
    packed("b.odt", {"mimetype": "application/vnd.oasis.opendocument.text"})
    packed("c.xlsx", {"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"})
    packed("d.zip", {"x.txt": "x"})
    files = {
        "e.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "f.txt": b"<!DOCTYPE html>\n<html><p>Web</p></html>",
        "g.html": b"<p>Web</p>",
        "h.rtf": b"{\\rtf1\\ansi Text}",
        "i.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "j.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(range(256)),
        "k.csv": b"text,date\n",
        "l.ann": b"T1\tactor 0 3\tSix\n",
        "m.mp3": b"ID3\x03" + bytes(200),
        "n.webp": b"RIFF\x10\0\0\0WEBPVP8 ",
        "o.parquet": b"PAR1" + bytes(20),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    sqlite3.connect(tmp_path / "p.annotator").execute("PRAGMA user_version = 1").connection.close()
    refusals = [outcome(each.path) for each in find_files([tmp_path])]
    assert {refusal.where: refusal.kind for refusal in refusals} == {
        "a.docx": "Word document", "b.odt": "OpenDocument text", "c.xlsx": "spreadsheet", "d.zip": "ZIP archive",
        "e.pdf": "PDF", "f.txt": "HTML page", "g.html": "HTML page", "h.rtf": "RTF document",
        "i.doc": "old Word document (.doc)",
        "j.jpg": "image", "k.csv": "table (CSV or TSV)",
        "l.ann": "brat annotation file", "m.mp3": "sound or video file",
        "n.webp": "image", "o.parquet": "Parquet table", "p.annotator": "annotator project", "letter": "Word document",
    }  # fmt: skip
    assert {refusal.reason for refusal in refusals} == {Reason.OTHER_KIND}
    assert other_kinds(refusals)[:2] == ["2 HTML pages: not read yet.", "2 Word documents: not read yet."]
    assert "1 PDF: not read yet." in other_kinds(refusals)


def test_a_text_with_a_foreign_suffix_is_still_a_text(tmp_path):
    (tmp_path / "old.doc").write_text("Plain words from another age.")
    assert outcome(tmp_path / "old.doc").text == "Plain words from another age."


def test_file_names_that_are_no_unicode_can_be_shown_and_stored(tmp_path):
    odd = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(odd, "wb") as file:
        file.write(b"text")
    (found,) = find_files([tmp_path])
    assert found.name.encode().decode().endswith("caf\ufffd.txt")
    assert read_text(found).text == "text"


RUSSIAN = "Министр иностранных дел заявил, что переговоры были трудными. "


def test_the_preview_groups_by_encoding_with_doubtful_guesses_first(tmp_path):
    for number in range(4):
        (tmp_path / f"u{number}.txt").write_text(
            "Plain line\nКиїв\n" if number == 2 else "Plain line\n", encoding="utf-8"
        )
    for number in range(2):
        (tmp_path / f"c{number}.txt").write_bytes(b"Header\n" + (RUSSIAN * 3).encode("cp1251"))
    (tmp_path / "w.txt").write_text("Wide text, with its mark", encoding="utf-16")
    looks = [look_at(found) for found in find_files([tmp_path])]
    groups = group(looks)
    assert [(each.encoding, each.sure, len(each.looks)) for each in groups] == [
        ("cp1251", False, 2),
        ("utf-8", True, 4),
        ("utf-16-le", True, 1),
    ]
    assert groups[0].sample.sample.startswith("Министр иностранных дел")
    assert (groups[1].sample.sample, groups[1].sample.file.name[-6:]) == ("Київ", "u2.txt")

    assert choices(groups, {}) == {tmp_path / "c0.txt": "cp1251", tmp_path / "c1.txt": "cp1251"}
    chosen = choices(groups, {"cp1251": "koi8_r"})
    assert set(chosen.values()) == {"koi8_r"}
    again = look_at(groups[0].looks[0].file, "koi8_r")
    assert isinstance(again, Look)
    whole = outcome(tmp_path / "c0.txt", chosen[tmp_path / "c0.txt"])
    assert isinstance(whole, ReadText)
    assert whole.text == "Header\n" + (RUSSIAN * 3).encode("cp1251").decode("koi8_r")


def test_the_preview_reads_only_the_head_of_a_large_file(tmp_path):
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.write(b"a" * 65_535 + "ü".encode())  # the head ends within a character
        file.truncate(10 * 1024 * 1024 * 1024)  # sparse: far past the limit of a text
    look = look_at(FoundFile(large, "large.txt"))
    assert (look.encoding, look.sure) == ("utf-8", True)
    assert outcome(large).reason is Reason.TOO_LARGE


def test_reading_a_folder_fills_records_and_the_report(tmp_path):
    (tmp_path / "1.txt").write_text(" date 2022-01-10 \n\n\nGENEVA\n\nTalks went on.\n")
    (tmp_path / "2.txt").write_bytes((RUSSIAN * 3).encode("cp1251"))
    (tmp_path / "3.txt").write_bytes(b"")
    report = Report()
    records = list(read(tmp_path, report, ReadOptions()))
    assert [record.text for record in records] == [" date 2022-01-10 \n\n\nGENEVA\n\nTalks went on.\n", RUSSIAN * 3]
    assert records[0].date == "2022-01-10"
    assert records[0].source_name == f"{tmp_path.name}/1.txt"
    assert [refusal.reason for refusal in report.refused] == [Reason.EMPTY]
    assert str(report.warnings[0]).endswith("2.txt: read as Cyrillic (Windows-1251), which is a guess.")
    assert report.as_json()["refused"] == 1


def test_every_file_of_the_corpora_is_read_or_named(shared):
    results = [
        read_text(found) if isinstance(found, FoundFile) else found for found in find_files([shared / "corpora"])
    ]
    refused = [result for result in results if isinstance(result, Refusal)]
    assert {refusal.reason for refusal in refused} <= {Reason.OTHER_KIND, Reason.EMPTY}
    read_ones = [result for result in results if isinstance(result, ReadText)]
    assert len(read_ones) > 900
    for result in read_ones[::20]:
        expected = result.file.path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        assert result.text == expected
