"""A codebook, and a list of actors, that grow by what an import brings, within the same undoable step."""

from collections.abc import Callable, Mapping

from annotator.model.codebook import canonical_json
from annotator.model.records import ActorName
from annotator.operations.import_labels import Labels
from annotator.operations.import_project import know_actors, version_id
from annotator.operations.import_work import Work
from annotator.operations.values import as_json
from annotator.operations.words import counted
from annotator.storage import entity_queries, lookups, stamps
from annotator.storage.ids import derived_id


def take_labels(work: Work, labels: Labels, where: str, still: Callable[[], None]) -> None:
    """See what a source is labelled with, and add to the codebook what it lacks; `still` may stop the work."""
    current = work.terms.codebook
    for _ in labels.survey(current):
        still()
    if labels.adds:
        _take_actors(work, labels.actors, where)
    codebook, told = labels.resolved(current)
    for sentence in told:
        work.report.warn(where, sentence)
    if codebook == current:
        return
    own = version_id(work.version, codebook)
    known = lookups.by_ids(work.project, "codebook", [own], ()).get(own)
    if known is not None:  # the same import was taken back before
        work.revive("codebook", known)
    else:
        work.batch.insert(
            "codebook",
            {
                "id": own,
                "parent": work.version,
                "version": codebook.version,
                "content": canonical_json(codebook),
                "stamp": stamps.next_stamp(work.batch.greatest, work.project.replica, stamps.now()),
            },
        )
    work.version = own
    work.adopt(codebook)


def _take_actors(work: Work, names: Mapping[str, ActorName], where: str) -> None:
    """Add the actors that annotations name and the project does not know; the same name is the same one everywhere."""
    registry = entity_queries.registry(work.project)
    missing = [name for name in sorted(names) if name not in registry.by_id and not registry.exact(name)]
    made = {derived_id("entity", name): name for name in missing}
    known = lookups.by_ids(work.project, "entity", list(made), ("name",))
    for own, name in made.items():
        if own in known:
            work.revive("entity", known[own])
        else:
            told = names[name]
            more = {"type": told.type, "aliases": as_json(told.aliases), "note": told.note}
            work.batch.insert("entity", {"id": own, "name": name, **more})
    if made:
        know_actors(work, {"entities": [{"id": own, "name": name} for own, name in made.items()]})
        rest = f" and {len(made) - 5:,} more" if len(made) > 5 else ""
        work.report.warn(where, f"{counted(len(made), 'actor')} added: {', '.join(missing[:5])}{rest}")
