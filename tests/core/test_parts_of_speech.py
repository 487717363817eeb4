"""Parts of speech: one for each word, whatever the text, and never by a file that lies about in the folder at hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.propose import parts_of_speech as parts_of_speech_module
from annotator.propose.features import sentences
from annotator.propose.parts_of_speech import parts_of_speech
from annotator.propose.trie import tokens

pytest.importorskip("HanTa", reason="needs the extra learn")


def parts(text, language):
    words = tokens(text)
    return parts_of_speech(text, language, sentences(text, words))


@pytest.mark.parametrize(
    ("language", "text", "nouns"),
    [
        ("en-GB", "The ministers left the old harbour. Ships waited.", ["ministers", "harbour", "Ships"]),
        ("de_AT", "Die Regierung sagte, dass der Hafen geschlossen bleibt.", ["Regierung", "Hafen"]),
    ],
)
def test_nouns_are_told_from_other_words(language, text, nouns):
    words = [text[word.span.start : word.span.end] for word in tokens(text)]
    named = parts(text, language)
    assert [word for word, part in zip(words, named, strict=True) if part.startswith("N")] == nouns


def test_of_a_language_without_a_model_nothing_is_said():
    assert parts("Les ministres ont quitté le port.", "fr") == ()


@settings(deadline=None)  # the first look loads a model
@given(st.text(max_size=60), st.sampled_from(["en", "de"]))
def test_every_word_of_any_text_has_one(text, language):
    assert len(parts(text, language)) == len(tokens(text))


def test_a_file_in_the_folder_at_hand_is_not_read(tmp_path, monkeypatch):
    (tmp_path / "morphmodel_en.pgz").write_bytes(b"no model")
    monkeypatch.chdir(tmp_path)
    parts_of_speech_module._tagger.cache_clear()
    assert parts("Ships waited.", "en")
