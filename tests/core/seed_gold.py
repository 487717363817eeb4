"""What a project holds of the seed article, and what its gold annotation says, in one form."""

import json

from annotator.storage import entity_queries, queries, relation_queries


def held(project, coder):
    """What the project holds, in the words of the gold file: spans, tags, values, notes, and links between spans."""
    reading = queries.reading(project, 1, coder).key
    found = queries.annotations_of_reading(project, reading)
    by_key = {each.key: each for each in found}

    def values(each):
        told = {name: given["value"] for name, given in each.attributes.items() if given["by"] != "proposed"}
        if "name" in told:
            told["name"] = entity_queries.resolve(project, told["name"]).name
        return told

    spans = sorted(
        (*each.outer, each.tag, each.quote, each.note, json.dumps(values(each), sort_keys=True)) for each in found
    )
    links = sorted(
        (
            link.type,
            by_key[link.source].outer,
            by_key[link.source].tag,
            by_key[link.target].outer,
            link.note,
            json.dumps({name: given["value"] for name, given in link.attributes.items()}),
        )
        for link in relation_queries.relations_of(project, reading)
    )
    return spans, links


def expected(gold):
    by_id = {each["id"]: each for each in gold["annotations"]}
    spans = sorted(
        (
            each["start"], each["end"], each["tag"], each["text"], each.get("note", ""),
            json.dumps(each["attributes"], sort_keys=True),
        )
        for each in gold["annotations"]
    )  # fmt: skip
    links = []
    for each in gold["relations"]:
        begin, end = by_id[each["from"]], by_id[each["to"]]
        places = (begin["start"], begin["end"]), begin["tag"], (end["start"], end["end"])
        links.append((each["type"], *places, each.get("note", ""), json.dumps(each.get("attributes", {}))))
    return spans, sorted(links)
