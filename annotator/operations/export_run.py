"""One export going on: which records go into it, changed for a release, parted, and what of them is lost."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from annotator.errors import AnnotatorError
from annotator.formats.format import Format, ProjectRecords, WriteOptions, chosen_settings
from annotator.formats.loss import Loss, losses, project_losses, readings_of
from annotator.formats.offsets import OFFSETS
from annotator.formats.registry import FORMATS
from annotator.model.parting import Parting
from annotator.model.records import DocumentRecord
from annotator.operations.export_agreement import agreement_rows
from annotator.operations.export_choice import choice_of
from annotator.operations.export_project import project_records
from annotator.operations.export_records import Choice, Maker, people
from annotator.operations.near_duplicates import near_duplicates
from annotator.operations.private_persons import pseudonyms
from annotator.operations.progress import Progress
from annotator.operations.recipes import Recipe
from annotator.operations.release import Disguise, disguise
from annotator.operations.splits import check_parting, in_words, parts_of
from annotator.storage import export_pages
from annotator.storage.project import Project


class Run:
    """Made for one export or one look ahead; `records` is gone through once, then `all_lost` is whole.

    What takes long and changes no number (agreement) is left out of a look ahead. Raises AnnotatorError for a format,
    choice, setting, release or parting that cannot be.
    """

    def __init__(self, project: Project, recipe: Recipe, progress: Progress, *, looks_ahead: bool = False) -> None:
        self.project, self.progress = project, progress
        self.kind = writer_named(recipe.format_name)
        self.kind.refuse_missing()
        settings = chosen_settings(self.kind.write_settings, recipe.settings, recipe.format_name)
        wanted = replace(recipe.wanted, done=True) if recipe.release else recipe.wanted
        known = people(project)
        choice = choice_of(project, known, wanted)
        self.maker = Maker(project, known, choice)
        self.beside: ProjectRecords = project_records(project, known, choice)
        if recipe.release and recipe.private_names:
            raise AnnotatorError("A release never names private persons.")
        kept = "texts" if Loss.TEXTS not in self.kind.cannot_hold else "titles" if self.kind is OFFSETS else "quotes"
        self._pseudonyms = None if recipe.private_names else pseudonyms(project, recipe.release, kept)
        if self._pseudonyms:
            self.beside = self._pseudonyms.beside(self.beside)
        self._disguise: Disguise | None = None
        if recipe.release:
            self._disguise = disguise(project, recipe.release, known)
            self.beside = self._disguise.beside(self.beside)
        self._parts, how = self._parted(recipe.parting, choice) if recipe.parting else ({}, "")
        self.options = WriteOptions(
            settings,
            project.meta("title"),
            recipe.release.name if recipe.release else "",
            how,
            agreement_rows(project, progress) if self.kind.agreement and not looks_ahead else (),
        )
        self._lost: Counter[str] = Counter()

    def records(self) -> Iterator[DocumentRecord]:
        """The records, once."""
        total = export_pages.document_count(self.project)
        for number, record in enumerate(self.maker.records(), 1):
            if self.kind.one_reading:
                _refuse_several(record, self.kind)
            leaving = self._pseudonyms.record(record) if self._pseudonyms else record
            leaving = self._disguise.record(leaving) if self._disguise else leaving
            self._count(leaving)
            yield self._with_part(leaving, self._parts.get(record.id or ""))
            self.progress(number, max(number, total))

    def all_lost(self) -> dict[str, int]:
        """What was lost once all records went by: reason → how many."""
        numbers = {name: len(rows) for name, rows in self.beside.items()}
        lost = Counter(self.maker.lost)
        lost.update(self._lost)
        lost.update(project_losses(numbers, self.kind.cannot_hold))
        if self._pseudonyms:
            lost.update(self._pseudonyms.lost)
        if self._disguise:
            lost.update(self._disguise.lost)
        elif self.maker.people.renamed:
            lost["names that two coders share, told apart by a number"] = self.maker.people.renamed
        return {str(reason): number for reason, number in lost.items() if number}

    def _count(self, record: DocumentRecord) -> None:
        """What the format loses of a record; a part that it was given elsewhere is no loss where parts are held."""
        if self.kind.splits and "split" in record.extra:
            record = replace(record, extra={name: each for name, each in record.extra.items() if name != "split"})
        self._lost.update(losses(record, self.kind.cannot_hold))
        if self.kind.loses is not None:
            self._lost.update({str(each): number for each, number in self.kind.loses(record, self.options).items()})

    def _with_part(self, record: DocumentRecord, part: str | None) -> DocumentRecord:
        return record if part is None else replace(record, extra={**record.extra, "split": part})

    def _parted(self, parting: Parting, choice: Choice) -> tuple[dict[str, str], str]:
        """The part of each document, and how they were parted; all of them are gone through once for that."""
        if not self.kind.splits:
            able = ", ".join(each.label for each in FORMATS if each.splits)
            raise AnnotatorError(f"{self.kind.label} holds no parts for training and testing; these do: {able}.")
        check_parting(parting)
        alike = near_duplicates(self.project, progress=lambda _, total: self.progress(0, total))
        together = [[document.id for document in each.documents] for each in alike]
        records = Maker(self.project, self.maker.people, choice).records()
        return parts_of(records, together, parting), in_words(parting, together)


def writer_named(name: str) -> Format:
    """The format that is written under this name. Raises AnnotatorError."""
    found = next((each for each in FORMATS if each.name == name and each.writes is not None), None)
    if found is None:
        raise AnnotatorError(f"There is no format “{name}” that can be written; “annotator formats” lists them.")
    return found


def _refuse_several(record: DocumentRecord, kind: Format) -> None:
    """A format that holds one reading a document is not given one of several by chance."""
    names = [name if of == "own" else f"{name} (gold)" for name, of in readings_of(record)]
    if len(names) > 1:
        there = f"{len(names)} readings" if len(names) > 3 else "readings by " + " and ".join(names)
        title = record.title or record.source_name or "an article"
        raise AnnotatorError(
            f"{kind.label} holds one reading of each article, and “{title[:60]}” has {there}: "
            "choose --gold or --coder NAME."
        )
