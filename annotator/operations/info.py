"""What a project holds, in numbers."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from annotator.model.rows import STATES
from annotator.operations.export_records import people
from annotator.operations.weeks import done_by_week
from annotator.storage import assignments, entity_queries, queries, totals
from annotator.storage.project import Project


@dataclass(frozen=True)
class CoderInfo:
    """One coder's own readings: documents assigned and begun, annotations, how many readings are in each state."""

    name: str
    assigned: int
    documents: int
    annotations: int
    states: dict[str, int]


@dataclass(frozen=True)
class Info:
    """The numbers of a project; `gold` are the documents that have a gold reading, `entities` the actors it knows."""

    title: str
    codebook: str
    documents: int
    annotations: int
    relations: int
    entities: int
    by_tag: dict[str, int]
    coders: tuple[CoderInfo, ...]
    gold: int
    gold_annotations: int
    review: dict[str, int]  # how many documents are in each state of a document
    weeks: dict[str, dict[str, int]]  # Monday of a week → coder → documents first declared done in it

    def as_json(self) -> dict[str, Any]:
        """The keys that `annotator info --json` prints."""
        return {
            "title": self.title,
            "codebook": self.codebook,
            "documents": self.documents,
            "annotations": self.annotations,
            "relations": self.relations,
            "entities": self.entities,
            "by_tag": self.by_tag,
            "coders": [
                {
                    "name": each.name,
                    "documents": each.documents,
                    "annotations": each.annotations,
                    "states": each.states,
                }
                for each in self.coders
            ],
            "gold": {"documents": self.gold, "annotations": self.gold_annotations},
            "assigned": {each.name: each.assigned for each in self.coders if each.assigned},
            "review": self.review,
            "weeks": self.weeks,
        }


def project_info(project: Project) -> Info:
    """Count what is there and not deleted. Tags stand in the order of the codebook, coders by name."""
    known = people(project)
    version = queries.codebook_version(project)
    tags: Counter[str] = Counter()
    annotations: Counter[tuple[int, str]] = Counter()
    for coder, kind, tag, number in totals.annotations_by(project):
        tags[tag] += number
        annotations[known.main(coder), kind] += number
    states: dict[tuple[int, str], Counter[str]] = {}
    for coder, kind, state, number in totals.readings_by(project):
        states.setdefault((known.main(coder), kind), Counter())[state] += number
    order = [tag.id for tag in version[1].tags] if version else []
    ordered = [*order, *sorted(tags.keys() - set(order))]
    gold = {coder: counts for (coder, kind), counts in states.items() if kind == "gold"}
    to_code = Counter(coder for listed in assignments.assigned(project).values() for coder in listed)
    coders = [
        _coder(name, to_code[key], states.get((key, "own"), Counter()), annotations[key, "own"])
        for key, name in sorted(known.names.items(), key=lambda item: item[1].casefold())
        if (key, "own") in states or key not in gold  # who only decides is no coder
    ]
    return Info(
        title=project.meta("title"),
        codebook=f"{version[1].title or version[1].id} {version[1].version}" if version else "",
        documents=totals.documents(project),
        annotations=sum(annotations.values()),
        relations=totals.relations(project),
        entities=entity_queries.count(project),
        by_tag={tag: tags[tag] for tag in ordered},
        coders=tuple(coders),
        gold=sum(counts.total() - counts["not started"] for counts in gold.values()),
        gold_annotations=sum(number for (_, kind), number in annotations.items() if kind == "gold"),
        review=assignments.state_counts(project),
        weeks=done_by_week(project),
    )


def _coder(name: str, assigned: int, states: Counter[str], annotations: int) -> CoderInfo:
    begun = states.total() - states["not started"]
    return CoderInfo(name, assigned, begun, annotations, {state: states[state] for state in STATES if states[state]})
