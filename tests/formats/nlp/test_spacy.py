"""spaCy reads what we write as DocBin and as JSON, trains on it, and writes what we read."""

import json

import pytest
import spacy
from spacy.tokens import Doc, DocBin
from spacy.training import Example


def from_docbin(folder):
    return list(DocBin().from_disk(folder / "spacy.spacy").get_docs(spacy.blank("xx").vocab))


def from_json(folder):
    vocab = spacy.blank("xx").vocab
    return [Doc(vocab).from_json(each) for each in json.loads((folder / "spacy-json.json").read_text(encoding="utf-8"))]


@pytest.fixture(params=[from_docbin, from_json], ids=["docbin", "json"])
def docs(request, exported, facts):
    texts = {told["text"]: name for name, told in facts.items()}
    return {texts[doc.text]: doc for doc in request.param(exported)}


def test_the_texts_are_whole(docs, facts):
    assert docs.keys() == facts.keys()


def test_spans_that_fit_the_tokens_stand_where_they_stood(docs, facts, own):
    for name, doc in docs.items():
        found = {(each.start_char, each.end_char, each.label_) for each in doc.spans["sc"]}
        wanted = own(facts[name], "Ann")
        cut = {told[:3] for told in wanted if doc.char_span(told[0], told[1]) is None}
        assert {told[:3] for told in wanted} - found == cut
        assert len(doc.spans["sc"]) == len(wanted)
        for start, end, tag in cut:  # widened to whole tokens
            assert any(s <= start and end <= e and label == tag for s, e, label in found)


def test_entities_are_the_longest_of_those_that_overlap(docs):
    for doc in docs.values():
        longest = spacy.util.filter_spans(doc.spans["sc"])
        assert [(each.start, each.end, each.label_) for each in doc.ents] == [
            (each.start, each.end, each.label_) for each in longest
        ]


def test_a_pipeline_learns_from_it(docs):
    nlp = spacy.blank("xx")
    tagger = nlp.add_pipe("ner")
    tagger.add_label("actor")
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs.values()]
    nlp.initialize(lambda: examples)
    assert nlp.update(examples)["ner"] > 0
