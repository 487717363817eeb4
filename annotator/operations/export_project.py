"""What an export takes along that is not of one document: codebook, coders, actors, decisions."""

import json
from typing import Any

from annotator.operations.export_records import Choice, People
from annotator.storage import export_pages
from annotator.storage.export_pages import Row
from annotator.storage.project import Project


def project_records(project: Project, known: People, choice: Choice) -> dict[str, list[dict[str, Any]]]:
    """What is not of one document, each kind in an order that is the same in every copy."""
    wanted = {known.main(key) for key in choice.coders} if choice.coders is not None else set(known.names)
    ids = {row["key"]: row["id"] for row in export_pages.coder_rows(project)}
    coders = [{"id": ids[key], "name": known.names[key]} for key in wanted]
    return {
        "codebook": _codebooks(export_pages.codebook_rows(project), export_pages.versions_in_use(project)),
        "coders": sorted(coders, key=lambda coder: (coder["name"], coder["id"])),
        "entities": [_entity(row) for row in export_pages.entity_rows(project)],
        "decisions": [
            {**row, "reviewer": known.names[known.main(row["reviewer"])], "content": json.loads(row["content"])}
            for row in export_pages.decision_rows(project)
        ]
        if choice.all or choice.gold
        else [],
    }


def _codebooks(rows: list[Row], used: set[str]) -> list[dict[str, Any]]:
    """The current version with all it came from, and what else is in use; the current one stands last."""
    by_id = {row["id"]: row for row in rows}
    wanted: set[str] = set()
    for start in [*sorted(used & by_id.keys()), *(row["id"] for row in rows[-1:])]:
        each: str | None = start
        while each is not None and each in by_id and each not in wanted:
            wanted.add(each)
            each = by_id[each]["parent"]
    kept = [row for row in rows if row["id"] in wanted]
    return [{**row, "content": json.loads(row["content"])} for row in kept]


def _entity(row: Row) -> dict[str, Any]:
    known = {**row, "aliases": json.loads(row["aliases"]), "country": json.loads(row["country"])}
    extra = json.loads(known.pop("extra"))
    return {**known, **{name: value for name, value in extra.items() if name not in known}}
