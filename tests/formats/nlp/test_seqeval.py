"""seqeval finds in our CoNLL files the entities that the annotations are."""

from seqeval.metrics import f1_score
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import IOB2, Entities


def sentences(path):
    """Words and labels of each sentence, and the number of its document."""
    words, labels, document = [], [], 0
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("-DOCSTART-"):
            document += 1
        elif line:
            word, label = line.split(" ")
            words.append(word)
            labels.append(label)
        elif words:
            yield document, words, labels
            words, labels = [], []


def test_entities_without_overlap_come_out_whole(exported, facts, own):
    text = facts["simple"]["text"]
    found = [
        (tag, "".join(words[first : last + 1]))
        for document, words, labels in sentences(exported / "conll.conll")
        for tag, first, last in get_entities(labels)
        if "".join(words) in "".join(text.split())
    ]
    wanted = [(tag, "".join(text[start:end].split())) for start, end, tag, _ in own(facts["simple"], "Ann")]
    assert found == wanted


def test_the_labels_are_strict_bio(exported):
    labels = [labels for _, _, labels in sentences(exported / "conll.conll")]
    assert f1_score(labels, labels, mode="strict", scheme=IOB2) == 1.0
    strict = sum(len(each) for each in Entities(labels, IOB2).entities)
    assert strict == sum(len(get_entities(each)) for each in labels)
