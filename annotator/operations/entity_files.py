"""The registry of actors to a table (CSV) and from one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.formats.entities_csv import EntityRow, entities_from_csv, entities_to_csv
from annotator.formats.report import Report
from annotator.formats.whole_file import whole_file
from annotator.model.changes import Changes
from annotator.model.entities import Entity, Registry
from annotator.operations.entity_values import clean_countries, clean_name, clean_names
from annotator.operations.progress import Progress, silent
from annotator.operations.values import as_json
from annotator.operations.words import counted, shown
from annotator.storage import entity_queries
from annotator.storage.batch import Batch
from annotator.storage.ids import derived_id, is_own_id
from annotator.storage.project import Project

LIMIT = 64 * 1024 * 1024  # bytes of a table
_TOLD = 100  # rows between two words about progress


def export_entities(project: Project, dest: Path, *, bom: bool = False) -> int:
    """Write all actors, absorbed ones too, and return how many; `bom` helps older Excel. Raises AnnotatorError."""
    known = entity_queries.registry(project)
    listed = sorted(known.by_id.values(), key=lambda each: (each.name.casefold(), each.id))
    with whole_file(dest) as file:
        file.write(entities_to_csv(listed, bom=bom))
    return len(listed)


def import_entities(
    project: Project, path: Path, *, coder: int | None = None, progress: Progress = silent
) -> tuple[Changes, Report]:
    """Bring the actors of a table into the registry, as one step; it is written in turns with what people do meanwhile.

    A row with the id of an actor sets what the table states of it. A row without one that has just the name of one
    actor adds its names to it, and fills what is empty. Every other row is a new actor. What is wrong stands in the
    report. Raises AnnotatorError when the file is no such table, Busy while another import goes on.
    """
    report = Report()
    rows = list(entities_from_csv(_read(path), path.name, report))
    known = entity_queries.registry(project)
    known.exact(path.name)  # the index of names is made before anything is locked
    with Batch(project, kind="act", coder=coder) as batch:
        taken = _Taking(batch, known, report)
        for done, row in enumerate(rows):
            if done % _TOLD == 0:
                progress(done, len(rows))
            taken.take(row)
        taken.link()
        label = f"Actors from {path.name}: {counted(taken.made, 'new one', 'new ones')}, {taken.changed} changed"
        if batch.finish(label) is None:
            return Changes(f"Nothing new in {path.name}", history=False, undoable=False), report
    return Changes(label, entities=True, everything=True), report


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise AnnotatorError(f"{path.name} cannot be read: {error.strerror or error}.") from None
    if len(data) > LIMIT:
        raise AnnotatorError(f"{path.name} has more than {LIMIT // 1024 // 1024} MB.")
    return data


class _Taking:
    """Rows on their way into the registry."""

    def __init__(self, batch: Batch, known: Registry, report: Report) -> None:
        self.batch, self.known, self.report = batch, known, report
        self.made = self.changed = 0
        self._keys = {each.id: each.key for each in known.by_id.values()}
        self._met: dict[str, str] = {}  # id → where it stood
        self._same: list[tuple[EntityRow, str]] = []  # rows that say “same_as”, with the id they have here

    def take(self, row: EntityRow) -> None:
        """One row. Its link to another waits for `link`: that may stand further down."""
        try:
            self._take(row)
        except AnnotatorError as fault:
            self.report.refuse(row.where, str(fault).rstrip("."))

    def _take(self, row: EntityRow) -> None:
        if row.id and row.id in self._met:
            raise AnnotatorError(f"its id stood before, in {self._met[row.id]}")
        found = self.known.by_id.get(row.id) if row.id else self._by_name(row)
        if found is None:
            self._insert(row)
            return
        values = self._stated(row) if row.id else self._added(row, found)
        self._met[found.id] = row.where
        self._change(found, values)
        if "same_as" in row.given and row.id:
            self._same.append((row, found.id))

    def _change(self, found: Entity, values: Mapping[str, Any]) -> None:
        """Set what is another now, at the end of the work."""
        now = _columns_of(found)
        new = {name: value for name, value in values.items() if now[name] != value}
        if new:
            self.batch.update_later("entity", found.key, new)
            self.changed += 1

    def _by_name(self, row: EntityRow) -> Entity | None:
        named = self.known.exact(row.name)
        if len(named) > 1:
            self.report.warn(row.where, f"{len(named)} actors are named {shown(row.name)}: it became another one")
        return named[0] if len(named) == 1 else None

    def _insert(self, row: EntityRow) -> None:
        own = row.id if is_own_id(row.id) else derived_id("entity", row.id or row.name)
        if own in self._keys or own in self._met:
            raise AnnotatorError("the same actor stood before")
        values = {"id": own, "name": clean_name(row.name), **_columns(row, row.name)}
        known = entity_queries.deleted_key(self.batch.project, own)
        if known is None:
            self._keys[own] = self.batch.insert("entity", values)
        else:
            self._keys[own] = known
            self.batch.update_later("entity", known, {**values, "deleted": 0})
        self._met[own] = row.where
        self.made += 1
        if row.same_as:
            self._same.append((row, own))

    def _stated(self, row: EntityRow) -> Mapping[str, Any]:
        columns = {"name": clean_name(row.name), **_columns(row, row.name)}
        return {name: value for name, value in columns.items() if name in row.given}

    def _added(self, row: EntityRow, found: Entity) -> Mapping[str, Any]:
        columns = _columns(row, row.name)
        values: dict[str, Any] = {"aliases": as_json(clean_names((*found.aliases, *row.aliases), besides=found.name))}
        for name in ("type", "country", "note"):
            if not getattr(found, name):
                values[name] = columns[name]
        values["extra"] = as_json({**row.extra, **found.extra})
        return values

    def link(self) -> None:
        """Set what the rows say of being the same as another."""
        for row, own in self._same:
            target = row.same_as
            if target and target not in self._keys:
                self.report.refuse(row.where, f"it is the same as {shown(target)}, which is not there")
            elif target != own and own in self.known.by_id:
                self._change(self.known.by_id[own], {"same_as": target or None})
            elif target != own:
                self.batch.set("entity", self._keys[own], {"same_as": target or None})


def _columns_of(entity: Entity) -> dict[str, Any]:
    """What is stored of an actor."""
    return {
        "name": entity.name,
        "aliases": as_json(entity.aliases),
        "type": entity.type,
        "country": as_json(entity.country),
        "note": entity.note,
        "extra": as_json(entity.extra),
        "same_as": entity.same_as,
    }


def _columns(row: EntityRow, name: str) -> dict[str, Any]:
    return {
        "aliases": as_json(clean_names(row.aliases, besides=name)),
        "type": row.type.strip(),
        "country": as_json(clean_countries(row.country)),
        "note": row.note,
        "extra": as_json(row.extra),
    }
