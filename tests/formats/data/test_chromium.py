"""Chromium shows the page of annotated articles, in light and dark, without a script."""

import shutil
import struct
import subprocess
import zlib

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here")
TAG = (0x12, 0x3E, 0xA5), (0x5B, 0x96, 0xEF)  # the colour of an actor, light and dark
PAGE = (0xFF, 0xFF, 0xFF), (0x1B, 0x1C, 0x1F)


def run(*arguments, folder):
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder / 'own'}")
    command = [CHROMIUM, *options, *arguments]
    return subprocess.run(command, capture_output=True, timeout=100, check=True).stdout


def pixels(data):
    """The colours of a PNG of 8 bits, row after row."""
    place, parts, width, channels = 8, b"", 0, 0
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        body = data[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            width, _, depth, colour = struct.unpack(">IIBB", body[:10])
            assert depth == 8
            channels = {2: 3, 6: 4}[colour]
        elif kind == b"IDAT":
            parts += body
        place += length + 12
    raw, stride, before, found = zlib.decompress(parts), width * channels, bytearray(width * channels), []
    for start in range(0, len(raw), stride + 1):
        line = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + stride]), before, channels)
        found.append([tuple(line[at : at + 3]) for at in range(0, stride, channels)])
        before = line
    return found


def _unfiltered(kind, line, above, step):
    for at in range(len(line)):
        left = line[at - step] if at >= step else 0
        up, corner = above[at], above[at - step] if at >= step else 0
        guess = left + up - corner
        nearest = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
        line[at] = (line[at] + (0, left, up, (left + up) // 2, nearest)[kind]) & 255
    return line


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_marks_are_seen_in_their_colours(exported, tmp_path, dark):
    page, shot = exported / "html-page.html", tmp_path / "page.png"
    theme = ["--blink-settings=preferredColorScheme=0"] if dark else []
    run(*theme, "--window-size=900,1200", f"--screenshot={shot}", page.as_uri(), folder=tmp_path)
    found = pixels(shot.read_bytes())
    assert found[2][2] == PAGE[dark]
    rows = [number for number, row in enumerate(found) if row.count(TAG[dark]) > 20]
    assert len(rows) >= 4, "the lines under actors"


def test_the_page_reads_as_the_articles_do(exported, facts, tmp_path):
    page = (exported / "html-page.html").as_uri()
    shown = run("--dump-dom", page, folder=tmp_path).decode()
    assert "<script" not in shown
    for each in facts.values():
        for line in filter(None, each["text"].split("\n")):
            assert any(word in shown for word in line.split())
