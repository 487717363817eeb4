"""Projects with several readings of one article, made by the product's own import."""

import json
from collections import Counter
from pathlib import Path

from annotator.operations.imports import import_paths
from annotator.operations.projects import create_project
from annotator.operations.reviewing import review_article
from annotator.storage import queries, relation_queries, review_queries
from annotator.storage.project import Project

SEED = "Geneva talks"


def annotation(coder, tag, start, end, **more):
    return {"coder": coder, "tag": tag, "spans": [[start, end]], **more}


def article(text, annotations, *, title="Article", relations=(), state="done", **more):
    """A line of JSON Lines; each coder's reading is declared done."""
    kinds = {(each["coder"], each.get("kind", "own")) for each in annotations}
    readings = [{"coder": coder, "kind": kind, "state": state} for coder, kind in sorted(kinds)]
    told = {"text": text, "title": title, "annotations": list(annotations), "relations": list(relations)}
    return {**told, "readings": readings, **more}


def project_of(path: Path, articles) -> Project:
    lines = path.with_suffix(".jsonl")
    lines.write_text("".join(json.dumps(each) + "\n" for each in articles), encoding="utf-8")
    project = create_project(path)
    _, report = import_paths(project, [lines])
    assert not report.refused, report.refused[:3]
    return project


def seed_article(shared: Path):
    """The seed article with the reading of Ada (its gold annotation) and of Ben (coder B)."""
    folder = shared / "reference" / "seed"
    annotations, relations = [], []
    for coder, name in (("Ada", "gold.json"), ("Ben", "coder_b.json")):
        told = json.loads((folder / name).read_text("utf-8"))
        for each in told["annotations"]:
            values = {key: value for key, value in each["attributes"].items() if key != "name"}
            own = annotation(coder, each["tag"], each["start"], each["end"], id=f"{coder}-{each['id']}")
            annotations.append({**own, "attributes": values})
        for each in told.get("relations", []):
            ends = {"source": f"{coder}-{each['from']}", "target": f"{coder}-{each['to']}"}
            relations.append({"type": each["type"], **ends})
    return article((folder / "article.txt").read_text("utf-8"), annotations, title=SEED, relations=relations)


def seed_project(path: Path, shared: Path) -> Project:
    return project_of(path, [seed_article(shared)])


def coder(project: Project, name: str) -> int:
    return next(each.key for each in queries.coders(project) if each.name == name)


def markings(review):
    """How many units there are of each kind of marking; for what only one has, whose it is."""
    return Counter(
        f"only {review.readers[unit.holders[0]].name}" if unit.marking == "only" else unit.marking
        for case in review.cases
        for unit in case.place.units
    )


def case_at(project: Project, document: int, quote: str, state: str | None = None):
    """The place with this text."""
    review = review_article(project, document)
    assert review is not None
    return next(
        each
        for each in review.cases
        if (state is None or each.state == state) and any(mark.quote == quote for mark in each.place.marks)
    )


def gold(project: Project, document: int):
    """What the agreed version holds: (quote, tag, values a person gave), and (type, quote, quote) of its links."""
    rows = [row for row in review_queries.readings(project, [document]) if row.kind == "gold"]
    spans, links = [], []
    for row in rows:
        held = {each.key: each for each in queries.annotations_of_reading(project, row.key)}
        spans += [
            (each.quote, each.tag, {name: given["value"] for name, given in each.attributes.items()})
            for each in held.values()
        ]
        links += [
            (link.type, held[link.source].quote, held[link.target].quote)
            for link in relation_queries.relations_of(project, row.key)
        ]
    return spans, sorted(links)
