"""bioc reads what we write as brat standoff, discontinuous spans too."""

from io import StringIO

from bioc import brat


def reading(exported, folder, name):
    place = exported / "brat" / folder
    text = (place / f"{name}.txt").read_text(encoding="utf-8")
    with (place / f"{name}.ann").open(encoding="utf-8") as file:
        return text, brat.load(StringIO(text), file)


def test_spans_of_several_pieces_and_their_words(exported, facts, own):
    text, document = reading(exported, "Ann", "speech")
    assert text == facts["speech"]["text"]
    wanted = sorted((each["tag"], tuple(map(tuple, each["spans"]))) for *_, each in own(facts["speech"], "Ann"))
    found = sorted(
        (each.type, tuple(sorted((span.begin, span.end) for span in each.locations))) for each in document.entities
    )
    assert found == wanted
    for each in document.entities:
        pieces = " ".join(text[span.begin : span.end] for span in sorted(each.locations))
        assert each.text == " ".join(pieces.split("\n"))


def test_relations_attributes_and_notes(exported, facts):
    _, document = reading(exported, "Ann", "speech")
    told = facts["speech"]
    by_id = {each.id: each.text[:9] for each in document.entities}
    found = sorted(
        (each.type, *(by_id[end] for _, end in sorted(each.arguments.items()))) for each in document.relations
    )
    wanted = sorted(
        (each["type"], *(told["annotations"][each[end]]["quote"][:9] for end in ("source", "target")))
        for each in told["relations"]
    )
    assert found == wanted
    names = {each.type for each in document.attributes}
    assert {"name", "country", "conditional", "value", "qualifier"} <= names
    assert {each.text for each in document.notes} >= {"first line", "and “second”"}
