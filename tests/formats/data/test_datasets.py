"""datasets (Hugging Face) loads the folder as it is, with the types that the card declares."""

import pytest


@pytest.fixture
def loaded(exported, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from datasets import load_dataset

    return load_dataset(str(exported / "huggingface"), cache_dir=str(tmp_path))


def test_a_row_is_a_reading(loaded, facts):
    assert list(loaded) == ["train"]
    found = sorted((row["text"], row["coder"], row["reading"]) for row in loaded["train"])
    assert found == sorted((each["text"], *reading) for each in facts.values() for reading in each["readings"])


def test_spans_cover_what_was_tagged(loaded, facts):
    by_text = {each["text"]: each for each in facts.values()}
    for row in loaded["train"]:
        told = [
            each
            for each in by_text[row["text"]]["annotations"]
            if (each["coder"], each["kind"]) == (row["coder"], row["reading"])
        ]
        found = [
            (each["tag"], [[span["start"], span["end"]] for span in each["spans"]], each["text"], each["note"])
            for each in row["annotations"]
        ]
        assert sorted(found) == sorted((each["tag"], each["spans"], each["quote"], each["note"]) for each in told)
        for each in row["annotations"]:
            assert each["text"] == "".join(row["text"][span["start"] : span["end"]] for span in each["spans"])


def test_fields_have_types(loaded):
    from datasets import Value

    features = loaded["train"].features
    annotation = features["annotations"].feature
    assert annotation["start"] == Value("int64")
    assert annotation["attributes"]["value"] == Value("float64")
    assert annotation["attributes"]["conditional"] == Value("bool")
    values = [each["attributes"]["value_max"] for row in loaded["train"] for each in row["annotations"]]
    assert 60.5 in values
