"""Text comes out of a file as it was written, whatever the encoding; what is no text is refused by name."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.formats import decoding
from annotator.formats.decoding import NotTextError, decode, decode_head
from annotator.formats.encodings import LABELS
from annotator.formats.newlines import offset_map, unified
from annotator.formats.report import Reason

ENGLISH = "The minister said “we won’t accept this” — the deal is worth €5 billion, about £4.2bn, in Zürich. " * 4
RUSSIAN = "Министр иностранных дел заявил в понедельник, что переговоры были трудными. На границе сто тысяч военных. "
UKRAINIAN = "Міністр закордонних справ заявив у понеділок, що переговори були важкими. Її наслідки поки невідомі. " * 2
POLISH = (
    "Minister powiedział w poniedziałek, że rozmowy były trudne. Żołnierze zostali rozmieszczeni wzdłuż granicy. " * 2
)
GREEK = "Ο υπουργός Εξωτερικών δήλωσε τη Δευτέρα ότι οι συνομιλίες ήταν δύσκολες. "
JAPANESE = "外務大臣は月曜日、ジュネーブでの協議は困難だったと述べた。国境には約十万人の部隊が配置されている。" * 3
CHINESE = "外交部长星期一表示，在日内瓦举行的会谈十分困难。边境地区部署了大约十万名士兵，局势依然紧张。" * 3
KOREAN = "외무장관은 월요일 제네바에서 열린 회담이 어려웠다고 말했다. 국경에는 약 십만 명의 병력이 배치되어 있다. " * 3


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (ENGLISH, "cp1252"),
        ("Le président a déclaré que les négociations étaient difficiles. " * 3, "latin-1"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (UKRAINIAN, "cp1251"),
        (GREEK, "cp1253"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb18030"),
        (KOREAN, "euc_kr"),
    ],
)
def test_legacy_encodings_are_guessed_and_marked_doubtful(text, codec):
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert not decoded.sure
    assert decoded.encoding in LABELS, "what is shown can also be chosen"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, "Plain words\nand lines, 100,000 of them."])
def test_unicode_is_sure_with_and_without_mark(codec, text):
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.sure) == (text, True)


def test_only_one_mark_is_dropped_and_only_at_the_start():
    assert decode(b"\xef\xbb\xbf\xef\xbb\xbfA\xef\xbb\xbf").text == "\ufeffA\ufeff"
    assert decode("\ufeffA\ufeff".encode("utf-16-be")).text == "A\ufeff"
    assert decode(b"\xef\xbb\xbfA", "utf-8").text == "A"
    assert decode("\ufeffA".encode("utf-16-be"), "utf-16").text == "A"


def test_nothing_but_newlines_is_changed():
    kept = " \tKyi\u0301v\u00a0\u2028\u2029\u0085\x0b\x0c\u00ad\u200d\u200f\u202e\ufb01 \u212b \n\n"
    assert decode(kept.encode()).text == kept
    assert decode(b"a\r\nb\rc\n\r\r\nd").text == "a\nb\nc\n\n\nd"


def test_a_choice_overrides_the_guess():
    data = RUSSIAN.encode("cp866")
    decoded = decode(data, "cp866")
    assert (decoded.text, decoded.encoding, decoded.sure) == (RUSSIAN, "cp866", True)
    with pytest.raises(NotTextError, match=r"byte 1 cannot be read as Unicode \(UTF-8\)") as caught:
        decode(data, "utf-8")
    assert caught.value.reason is Reason.NOT_DECODABLE
    for unknown in ("no-such-thing", "rot13", "base64", "\0"):
        with pytest.raises(AnnotatorError, match="no text encoding named"):
            decode(b"abc", unknown)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 10,
        random.Random(1).randbytes(5000),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + random.Random(2).randbytes(300),
        b"\0" * 100,
        b"\0",
        b"word\x01\x02" * 50,
    ],
    ids=["all bytes", "random", "png", "zeros", "one zero", "controls"],
)
def test_binary_is_called_binary(data):
    with pytest.raises(NotTextError, match="binary") as caught:
        decode(data)
    assert caught.value.reason is Reason.BINARY


def test_a_nul_alone_is_not_binary():
    assert decode(b"One NUL \0 here").text == "One NUL \0 here"
    assert decode(("Nul\0é. " + ENGLISH).encode()).text == "Nul\0é. " + ENGLISH


@pytest.mark.parametrize("data", [b"Half \xed\xa0\xbd a pair", b"\xff\xfe" + "A".encode("utf-16-le") + b"\x3d\xd8B\0"])
def test_lone_surrogates_are_refused_by_name(data):
    with pytest.raises(NotTextError, match=r"lone surrogate \(U\+D83D\)") as caught:
        decode(data)
    assert caught.value.reason is Reason.NOT_DECODABLE
    with pytest.raises(NotTextError, match="lone surrogate"):
        decode(b"\xed\xa0\xbd", "utf-8")


def test_a_text_past_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(decoding, "LIMIT", 1024)
    assert len(decode(b"x" * 1024).text) == 1024
    for data in (b"x" * 1025, "国".encode("gb18030") * 500):  # the second: 1,000 bytes that become 1,500
        with pytest.raises(NotTextError) as caught:
            decode(data, "gb18030")
        assert caught.value.reason is Reason.TOO_LARGE


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), st.integers(0, 8))
def test_a_head_may_end_within_a_character(text, cut):
    whole = "ü " * 20 + text
    data = whole.encode()
    head = decode_head(data[: len(data) - cut])
    assert head.sure
    assert whole.startswith(head.text)
    assert len(whole) - len(head.text) <= cut + 1


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r"), min_size=1))
def test_any_unicode_text_survives_as_utf8_and_utf16(text):
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    for codec in ("utf-8-sig", "utf-16"):
        assert decode(text.encode(codec)).text == expected
    if not text.startswith("\ufeff"):
        assert decode(text.encode()).text == expected


@given(st.lists(st.sampled_from(["\r\n", "\r", "\n", "a", "\U0001f600", "e\u0301", "\n\r"])), st.data())
def test_offsets_are_carried_over_the_newline_change(pieces, data):
    text = "".join(pieces)
    after = unified(text)
    moved = offset_map(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = moved.span(start, end)
    covered = text[start:end]
    if text[start - 1 : start + 1] == "\r\n" and start > 0 and end > start:
        covered = "\r" + covered  # half a newline is the newline
    assert after[span.start : span.end] == unified(covered)
    assert moved == decode(text.encode(), "utf-8").newlines


def test_offsets_of_a_crlf_file_by_hand():
    moved = decode(b"ab\r\ncd\r\n\r\nef").newlines
    assert [moved.start(offset) for offset in range(13)] == [0, 1, 2, 2, 3, 4, 5, 5, 6, 6, 7, 8, 9]
    assert [moved.end(offset) for offset in range(13)] == [0, 1, 2, 3, 3, 4, 5, 6, 6, 7, 7, 8, 9]
