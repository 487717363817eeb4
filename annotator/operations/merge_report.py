"""Puts the report of a merge together: by coder and article, what clashes, what is refused."""

from collections import Counter
from collections.abc import Sequence

from annotator.operations.merge_preview import KINDS, Conflict, MergePreview, Numbers
from annotator.operations.merge_sources import Refused, Source
from annotator.operations.merge_texts import Texts
from annotator.operations.merge_unknown import Unknowns
from annotator.operations.words import counted, shown
from annotator.storage import merge_queries
from annotator.storage.divergence import Clash
from annotator.storage.merge import KNOWN, NEW, NEWER, Merged
from annotator.storage.project import Project

Pass = tuple[Source, Merged]


def report(
    project: Project, passes: Sequence[Pass], unknown: Unknowns, texts: Texts, refused: Sequence[Refused] = ()
) -> MergePreview:
    """Put together what the passes over the files found."""
    by_coder, by_document = _by(passes)
    clashes = [_both_changed(project, clash) for _, merged in passes for clash in merged.clashes]
    conflicts = (
        *unknown.conflicts(),
        *_deleted_here(project, passes),
        *_two_golds(project, passes),
        *texts.conflicts(),
        *clashes,
    )
    return MergePreview(
        files=tuple(source.name for source, _ in passes),
        paths=tuple(source.path for source, _ in passes),
        kinds={kind: _numbers([merged for _, merged in passes], kind) for kind in KINDS},
        by_coder=by_coder,
        by_document=by_document,
        conflicts=conflicts,
        refused=(*refused, *(each for source, merged in passes for each in _refused(source, merged))),
        codebooks=tuple(unknown.codebooks),
        people=tuple(unknown.people),
        entities=tuple(unknown.entities),
    )


def _numbers(found: Sequence[Merged], kind: str) -> Numbers:
    return Numbers(*(sum(getattr(each, name)[kind] for each in found) for name in ("new", "newer", "known")))


def _by(passes: Sequence[Pass]) -> tuple[dict[str, Numbers], dict[str, Numbers]]:
    """The annotations by coder and by document."""
    counts: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]] = (Counter(), Counter())
    for source, merged in passes:
        places = merge_queries.places(source.project)
        for (fate, table, reading), number in merged.by_reading.items():
            if table == "annotation" and reading in places:
                place = places[reading]
                name = f"{place.coder} (gold)" if place.kind == "gold" else place.coder
                counts[0][name, fate] += number
                counts[1][place.title or place.document[:12], fate] += number
    return _named(counts[0]), _named(counts[1])


def _named(counts: Counter[tuple[str, str]]) -> dict[str, Numbers]:
    names = sorted({name for name, _ in counts}, key=str.casefold)
    return {name: Numbers(*(counts[name, fate] for fate in (NEW, NEWER, KNOWN))) for name in names}


def _refused(source: Source, merged: Merged) -> list[Refused]:
    counts = Counter((KINDS.get(table, table.replace("_", " ")), why) for table, why in merged.refused)
    return [Refused(f"{source.name}, {counted(number, kind)}", why) for (kind, why), number in counts.items()]


# ---- what to look at


def _both_changed(project: Project, clash: Clash) -> Conflict:
    where, whose = merge_queries.where(project, clash.table, clash.row), ("theirs" if clash.won else "yours")
    differ = [name for name in clash.ours if clash.ours[name] != clash.theirs[name]]
    kind = KINDS.get(clash.table, clash.table.replace("_", " "))
    gone = ", deleted in one of them" if "deleted" in differ else ""
    return Conflict("both changed", where, f"this {kind} was changed in both files{gone}; {whose} is later and stands")


def _deleted_here(project: Project, passes: Sequence[Pass]) -> list[Conflict]:
    found = []
    for source, merged in passes:
        places = merge_queries.places(source.project)
        numbers: Counter[str] = Counter()
        for (fate, table, reading), number in merged.by_reading.items():
            if fate != KNOWN and table == "annotation" and reading in places:
                numbers[places[reading].document] += number
        for title, own in merge_queries.deleted_documents(project, list(numbers)):
            many = counted(numbers[own], "annotation comes along hidden", "annotations come along hidden")
            found.append(Conflict("deleted document", shown(title or own[:12]), f"it is deleted here; {many}"))
    return found


def _two_golds(project: Project, passes: Sequence[Pass]) -> list[Conflict]:
    found = {}
    for source, merged in passes:
        places = merge_queries.places(source.project)
        new = {
            places[reading]
            for (fate, table, reading) in merged.by_reading
            if table == "reading" and fate == NEW and reading in places and places[reading].kind == "gold"
        }
        ours = merge_queries.reviewers(project, [place.document for place in new if place.state != "not started"])
        for place in new:
            if any(own != place.coder_id for own in ours.get(place.document, ())):
                where = shown(place.title or place.document[:12])
                found[where] = Conflict("gold", where, f"there is another agreed version, by {place.coder}")
    return list(found.values())
