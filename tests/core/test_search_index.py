"""Which texts the index for parts of words holds."""

import pytest

from annotator.storage.search_index import has_parts

SCRIPTS = [
    ("Thai", 0x0E00, 0x0E7F),
    ("Lao", 0x0E80, 0x0EFF),
    ("Myanmar", 0x1000, 0x109F),
    ("Khmer", 0x1780, 0x17FF),
    ("Kana", 0x3040, 0x30FF),
    ("CJK A", 0x3400, 0x4DBF),
    ("CJK", 0x4E00, 0x9FFF),
    ("CJK B and later", 0x20000, 0x3FFFF),
]


@pytest.mark.parametrize(("first", "last"), [each[1:] for each in SCRIPTS], ids=[each[0] for each in SCRIPTS])
def test_scripts_without_blanks_are_held_whole(first, last):
    for code in {first, first + 1, (first + last) // 2, last - 1, last}:
        assert has_parts(f"a “{chr(code)}” b")


def test_no_other_character_is_taken_for_one():
    held = {code for code in range(0x110000) if not 0xD800 <= code < 0xE000 and has_parts(chr(code))}
    assert held == {code for _, first, last in SCRIPTS for code in range(first, last + 1)}
