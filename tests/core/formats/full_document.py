"""One document that holds everything the model can, in a project of its own, and what an export of it gives back."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotator.formats.report import Report
from annotator.model.codebook import Codebook
from annotator.model.codebook_yaml import default_codebook
from annotator.model.records import AnnotationRecord, DocumentRecord, ReadingRecord, RelationRecord
from annotator.model.span import Span, Spans
from annotator.operations.codebooks import set_codebook
from annotator.operations.export_choice import Wanted, choice_of
from annotator.operations.export_project import project_records
from annotator.operations.export_records import Maker, people
from annotator.operations.import_records import import_records
from annotator.operations.projects import create_project
from annotator.storage.project import Project

TEXT = (
    "Kyiv, 😀 10 January – “We will close the border,” the minister Żółć said,\n"
    "unless  between 40 and 60% of the 100,000 troops leave.\n"
    "\n"
    "The e\u0301lite of שלום asked👨‍👩‍👧 for talks; nobody else did."
)
KYIV = "018f4a3e-0000-7000-8000-0000000000e1"


def id_of(number: int) -> str:
    return f"018f4a3e-0000-7000-8000-{number:012x}"


def at(*quotes: str) -> Spans:
    """The spans of these passages, each at the first place where it stands."""
    places = [(TEXT.index(words), words) for words in quotes]
    return tuple(Span(start, start + len(words)) for start, words in places)


def typed(**values: Any) -> dict[str, Any]:
    return {name: {"value": value, "by": "typed"} for name, value in values.items()}


THREAT = "We will close the border,” the minister Żółć said,\nunless  between 40 and 60% of the 100,000 troops leave"

ANN = (
    AnnotationRecord("Ann", "actor", at("Kyiv"), id=id_of(1), attributes=typed(name=KYIV, country=["UA"])),
    AnnotationRecord(  # several lines, and others within it
        "Ann", "threat", at(THREAT), id=id_of(2), attributes=typed(conditional=True, condition="if\ttroops\nstay"),
        note="first line\nand “second”",
    ),
    AnnotationRecord(
        "Ann", "figure", at("between 40 and 60%"), id=id_of(3), flags=("unsure",),
        attributes={
            **typed(value=40, value_max=60.5, kind="percent"),
            "qualifier": {"value": "range", "by": "confirmed"},
            "unit": {"value": "percent", "by": "proposed"},
        },
    ),
    AnnotationRecord("Ann", "figure", at("100,000 troops"), id=id_of(4), extra={"question": "Whose troops?"}),
    AnnotationRecord("Ann", "demand", at("asked👨‍👩‍👧", "for talks"), id=id_of(5)),
    AnnotationRecord("Ann", "figure", at("10 Janu"), id=id_of(10)),
    AnnotationRecord("Ann", "actor", at("inister Żółć"), id=id_of(6), extra={"from_elsewhere": {"deep": [1]}}),
    AnnotationRecord("Ann", "actor", at("e\u0301lite of שלום"), id=id_of(7)),
)  # fmt: skip
BEN = (AnnotationRecord("Ben", "actor", at("nobody"), id=id_of(8)),)
GOLD = (AnnotationRecord("Ben", "claim", at("nobody else did"), id=id_of(9), kind="gold", note="settled"),)
RELATIONS = (
    RelationRecord("source", id_of(2), id_of(6), id=id_of(20)),
    RelationRecord(
        "responds_to", id_of(5), id_of(2), id=id_of(21), note="a reply", attributes=typed(polarity="accept")
    ),
)

FULL = DocumentRecord(
    text=TEXT,
    title="A title that the text does not hold",
    outlet="Inland Press",
    date="2022-01-10",
    url="https://example.org/a",
    language="en",
    rights="own",
    source_name="wire/speech.html",
    readings=(
        ReadingRecord("Ann", state="in work"),
        ReadingRecord("Ben", state="done", extra={"first_done": [{"id": id_of(8), "tag": "claim", "spans": [[0, 4]]}]}),
        ReadingRecord("Cleo", state="in work"),
        ReadingRecord("Ben", kind="gold", state="in work"),
    ),
    annotations=(*ANN, *BEN, *GOLD),
    relations=RELATIONS,
    extra={
        "encoding": "cp1252",
        "appearances": [{"title": "Elsewhere", "outlet": "Other Press", "date": "", "url": "", "source_name": ""}],
        "assigned_to": ["Ann", "Cleo"],
        "earlier_texts": [{"text": "Kyiv said less."}],
        "desk": "foreign",
    },
)

ENTITIES = [{"id": KYIV, "name": "Ukraine", "aliases": ["Kyiv"], "type": "state", "country": ["UA"]}]
DECISIONS = [{"id": id_of(30), "reviewer": "Ben", "place": "0", "kind": "only", "choice": "Ann", "reason": "clear"}]


def full_project(path: Path) -> Project:
    """A project with the full document, under a codebook that is not the first one."""
    project = create_project(path)
    codebook = default_codebook()
    set_codebook(project, replace(codebook, version="9.0", title="Ours"))
    report = Report()
    import_records(project, [FULL], report=report, format_name="jsonl", beside={"entities": ENTITIES})
    document = records_of(project, Wanted())[0].id
    beside = {"decisions": [{**each, "document": document} for each in DECISIONS]}
    import_records(project, [], report=report, format_name="jsonl", beside=beside)
    assert not report.refused, report.refused
    assert not report.repaired
    return project


def records_of(project: Project, wanted: Wanted) -> list[DocumentRecord]:
    """What an export with this choice is given."""
    known = people(project)
    return list(Maker(project, known, choice_of(project, known, wanted)).records())


@dataclass(frozen=True)
class State:
    """Everything of a project that an export may hold."""

    record: DocumentRecord
    entities: dict[str, Any]  # by id
    decisions: list[Any]
    codebook: Codebook | None

    def names(self, value: Any) -> Any:
        """A value with the names of actors instead of their ids."""
        if isinstance(value, list):
            return [self.names(each) for each in value]
        return self.entities[value]["name"] if isinstance(value, str) and value in self.entities else value


def state_of(project: Project, wanted: Wanted) -> State:
    known = people(project)
    beside = project_records(project, known, choice_of(project, known, wanted))
    (record,) = records_of(project, wanted)
    return State(
        record,
        {row["id"]: row for row in beside["entities"]},
        beside["decisions"],
        json.loads(json.dumps(beside["codebook"][-1]["content"])),
    )
