"""Every way in which a codebook file is wrong gets one sentence with file, line and reason."""

import pytest
import yaml

from annotator.errors import AnnotatorError
from annotator.model import yaml_nodes
from annotator.model.codebook_json import codebook_from_json
from annotator.model.codebook_yaml import load_codebook, read_codebook

COLOUR = "color: {light: '#123ea5', dark: '#5b96ef'}"


def book(tags=f"- {{id: a, label: A, keys: [a], {COLOUR}}}", more=""):
    return f"id: book\nversion: 1.0\ntags:\n{tags}\n{more}"


def tag(more, tag_id="x"):
    """A book whose only tag begins in line 4 and has `more` in line 7."""
    return book(f"- id: {tag_id}\n  label: X\n  {COLOUR}\n  {more}")


# text, line, words that the sentence must have
FAULTS = {
    "not a mapping": ("- a\n- b\n", 1, "mapping"),
    "empty": ("", 0, "nothing in it"),
    "only a comment": ("# nothing\n", 0, "nothing in it"),
    "two documents": (book() + "---\na: 1\n", 5, "second document"),
    "no id": ("version: 1\ntags: []\n", 1, "“id”"),
    "no version": ("id: b\ntags: []\n", 1, "“version”"),
    "no tags": ("id: b\nversion: 1\n", 1, "“tags”"),
    "tags empty": ("id: b\nversion: 1\ntags: []\n", 3, "empty"),
    "tags no list": ("id: b\nversion: 1\ntags: {a: 1}\n", 3, "must be a list"),
    "a tag is text": (book("- actor"), 4, "the tag must be a mapping"),
    "tag without id": (book("- label: A"), 4, "“id”"),
    "tag without label": (book(f"- id: a\n  {COLOUR}"), 4, "“label”"),
    "tag without colour": (book("- id: a\n  label: A"), 4, "“color”"),
    "id with blanks": (book("- id: an actor"), 4, "an actor"),
    "doubled key": (tag("label: Y"), 7, "“label” stands twice, first in line 5"),
    "doubled tag id": (
        book(f"- {{id: a, label: A, {COLOUR}}}\n- {{id: a, label: B, {COLOUR}}}"),
        5,
        "“a” stands twice",
    ),
    "doubled tag key": (
        book(f"- {{id: a, label: A, keys: ['1'], {COLOUR}}}\n- {{id: b, label: B, keys: [1], {COLOUR}}}"),
        5,
        "“1” of the tag “b” is already the key of “a”",
    ),
    "key of a command": (tag("keys: [n]"), 7, "“n” of the tag “x” belongs to a command"),
    "key in capitals": (tag("keys: [A]"), 7, "cannot be a tag’s key"),
    "key zero": (tag("keys: [0]"), 7, "cannot be a tag’s key"),
    "key of two signs": (tag("keys: [ab]"), 7, "cannot be a tag’s key"),
    "unknown form": (tag("form: blob"), 7, "known are mention and statement"),
    "unknown bar": (tag("bar: zigzag"), 7, "solid, double, dash, dot and wave"),
    "unknown pieces": (tag("pieces: many"), 7, "one and several"),
    "no truth value": (tag("across_paragraphs: sometimes"), 7, "true or false"),
    "unquoted colour": (book("- id: a\n  label: A\n  color:\n    light: #123ea5\n    dark: '#ffffff'"), 7, "# begins"),
    "colour by name": (book("- id: a\n  label: A\n  color:\n    light: red"), 7, "#rrggbb"),
    "short colour": (book("- id: a\n  label: A\n  color:\n    light: '#12e'"), 7, "#rrggbb"),
    "unknown kind": (tag("attributes: [{id: v, type: colour}]"), 7, "known kinds are enum, category"),
    "unknown kind in a list": (tag("attributes: [{id: v, type: list, of: blob}]"), 7, "“blob”"),
    "list of lists": (tag("attributes: [{id: v, type: list, of: list}]"), 7, "list of lists"),
    "enum without values": (tag("attributes: [{id: v, type: enum}]"), 7, "needs “values”"),
    "values without enum": (tag("attributes: [{id: v, type: text, values: [a]}]"), 7, "only an enum"),
    "doubled value": (tag("attributes: [{id: v, type: enum, values: [a, a]}]"), 7, "“a” stands twice"),
    "doubled attribute": (tag("attributes: [{id: v}, {id: v}]"), 7, "“v” stands twice"),
    "default not among the values": (tag("attributes: [{id: v, type: enum, values: [a], default: b}]"), 7, "“b”"),
    "default no number": (tag("attributes: [{id: v, type: number, default: many}]"), 7, "“many”"),
    "default no date": (tag("attributes: [{id: v, type: date, default: 2022-13-45}]"), 7, "“2022-13-45”"),
    "unknown ask": (tag("attributes: [{id: v, ask: never}]"), 7, "always, if_proposed and on_request"),
    "bare NO": (
        tag("attributes:\n  - id: country\n    type: enum\n    values:\n    - SE\n    - NO\n    - FI"),
        12,
        "YAML reads NO without quotes as a truth value: write 'NO'",
    ),
    "bare yes as label": (book(f"- id: x\n  label: Yes\n  {COLOUR}"), 5, "write 'Yes'"),
    "bare on among lead words": (tag("trim: {lead: [the, on]}"), 7, "write 'on'"),
    "bare no as unknown key": (tag("later: {no: 1}"), 7, "write 'no'"),
    "bare no as unknown value": (tag("later: [no]"), 7, "write 'no'"),
    "bare null among words": (tag("trim: {lead: [null]}"), 7, "write 'null'"),
    "a list where text is meant": (tag("definition: [a, b]"), 7, "must be text"),
    "lead words as text": (tag("trim: {lead: the}"), 7, "must be a list"),
    "trim of a strange language": (tag("trim: {languages: {german: {lead: [der]}}}"), 7, "“german”"),
    "rule without text": (tag("rules: [{id: R1}]"), 7, "“rule”"),
    "doubled rule": (
        book(more="general_rules:\n- {id: G, rule: a}\nboundary_rules:\n- {id: G, rule: b}"),
        8,
        "“G” stands twice, first in line 6",
    ),
    "relation to an unknown tag": (
        book(more="relations:\n- {id: r, from: [a], to: [b]}"),
        6,
        "“b”, which is not defined",
    ),
    "relation without ends": (book(more="relations:\n- {id: r, from: [a]}"), 6, "“to”"),
    "relation from nowhere": (book(more="relations:\n- {id: r, from: [], to: [a]}"), 6, "names no tag"),
    "relation with a strange maximum": (
        book(more="relations:\n- {id: r, from: [a], to: [a], max_per_from: 0}"),
        6,
        "from 1",
    ),
    "relation with a doubled key": (
        book(more="relations:\n- {id: r, keys: [s], from: [a], to: [a]}\n- {id: q, keys: [s], from: [a], to: [a]}"),
        7,
        "already the key of “r”",
    ),
    "anchor": (tag("definition: &d text"), 7, "anchors are not read"),
    "alias": ("a: 1\nb: *d\n", 2, "aliases are not read"),
    "type of its own": (tag("definition: !!python/object:os.system x"), 7, "is not read"),
    "too deep": (book(more="later: " + "[" * 60 + "]" * 60), 5, "50 deep"),
    "endlessly deep": (book(more="later: " + "[" * 500_000), 5, "50 deep"),
    "too big": (book(more="later: " + "x" * 1_100_000), 0, "1 MB"),
    "list as key": (book(more="? [a, b]\n: 1"), 5, "where a key is expected"),
    "tab": (book("- id: a\n\tlabel: A"), 5, "a tab"),
    "bracket missing": (tag("keys: [a\n  form: mention"), 8, "bracket ] is missing"),
    "quotation mark missing": (tag("definition: 'never ends"), 7, "never closed"),
    "colon within": (tag("definition: this: that"), 7, "put the text between quotes"),
    "indentation": (tag("form: mention\n bar: solid"), 8, "indentation"),
    "strange first sign": (tag("definition: @home"), 7, "begins with @"),
    "control character": (tag("definition: 'é😀\x07'"), 7, "U+0007"),
    "NUL": (tag("definition: 'a\0b'"), 7, "U+0000"),
    "lone surrogate": (tag("definition: '\ud800'"), 7, "surrogate"),
}


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_codebook_gets_a_sentence_that_names_the_line(fault, loader, monkeypatch):
    text, line, words = FAULTS[fault]
    monkeypatch.setattr(yaml_nodes, "_LOADER", getattr(yaml, loader))
    with pytest.raises(AnnotatorError) as caught:
        load_codebook(text, "mine.yaml")
    sentence = str(caught.value)
    assert sentence.startswith(f"mine.yaml, line {line}: " if line else "mine.yaml: ")
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_text_keeps_its_source_where_yaml_sees_a_number_or_a_date():
    loaded = load_codebook(
        f"id: 007\nversion: 1.10\ntitle: 2022-01-10\ntags:\n- {{id: 1e3, label: 0x1F, keys: [1], {COLOUR}}}\n"
    )
    assert (loaded.id, loaded.version, loaded.title) == ("007", "1.10", "2022-01-10")
    assert (loaded.tags[0].id, loaded.tags[0].label, loaded.tags[0].keys) == ("1e3", "0x1F", ("1",))


def test_quoted_words_and_plain_truth_values_are_taken_as_meant():
    loaded = load_codebook(tag("attributes: [{id: c, type: enum, values: ['NO', 'yes']}]\n  across_paragraphs: yes"))
    assert loaded.tags[0].attributes[0].values == ("NO", "yes")
    assert loaded.tags[0].across_paragraphs


def test_a_retired_tag_leaves_its_key_to_another():
    tags = f"- {{id: a, label: A, keys: [a], retired: true, {COLOUR}}}\n- {{id: b, label: B, keys: [a], {COLOUR}}}"
    assert [tag.id for tag in load_codebook(book(tags)).active_tags if "a" in tag.keys] == ["b"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"id: caf\xe9\n", "line 1: the text is not in UTF-8"),
        ("id: b\n".encode("utf-16"), "not in UTF-8"),
        (b"x" * (1024 * 1024 + 1), "more than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, content, words):
    path = tmp_path / "mine.yaml"
    path.write_bytes(content)
    with pytest.raises(AnnotatorError, match=words) as caught:
        read_codebook(path)
    assert str(caught.value).startswith("mine.yaml")


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(AnnotatorError, match=f"{path.name} cannot be read"):
            read_codebook(path)


def test_a_byte_order_mark_and_windows_newlines_do_no_harm(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + book().replace("\n", "\r\n").encode())
    assert read_codebook(path) == load_codebook(book())


@pytest.mark.parametrize("text", ["", "[" * 100_000, "{", '{"id": NaN}', "[]", '{"id": "b"}'])
def test_bad_json_gets_a_sentence(text):
    with pytest.raises(AnnotatorError):
        codebook_from_json(text)
