"""webanno2spacy, which knows one layer with one feature and its relations, reads a simple file of ours."""

import csv

import spacy
from webanno2spacy import convert_rows


def test_spans_and_relations_in_utf16(exported, facts, own):
    path = exported / "webanno" / "Ann" / "simple.tsv"
    text = facts["simple"]["text"].replace("😀", "xy")  # it takes the offsets, which count UTF-16 units, for characters
    with path.open(encoding="utf-8", newline="") as file:
        doc = convert_rows(spacy.blank("xx"), text, csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    told = facts["simple"]["annotations"]
    place = {number: text.index(each["quote"]) for number, each in enumerate(told)}
    wanted = {(place[link["target"]], place[link["source"]]): link["type"] for link in facts["simple"]["relations"]}
    found = {ends: next(name for name, value in names.items() if value) for ends, names in doc._.rel.items()}
    assert found == wanted
