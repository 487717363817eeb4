"""What a person settles while files come together: who is who, which actors are one, which codebook goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.errors import AnnotatorError
from annotator.model.codebook import Codebook, canonical_json
from annotator.model.codebook_diff import diff, marked
from annotator.model.codebook_union import united
from annotator.operations.codebooks import refuse_tags_left_out
from annotator.operations.import_project import version_id
from annotator.storage import lookups, version_queries
from annotator.storage.batch import Batch
from annotator.storage.version_queries import Version

LATER, OURS, THEIRS, BOTH = "later", "ours", "theirs", "both"
CODEBOOKS = (LATER, OURS, THEIRS, BOTH)


@dataclass(frozen=True)
class Choices:
    """What a person chose in the preview.

    `people` and `entities` map ids of a file to ids of the project that stand for the same. `codebook` is one of
    CODEBOOKS: the later of two that differ, the project's, the other file's, or the project's with what the other has
    besides.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    entities: Mapping[str, str] = field(default_factory=dict)
    codebook: str = LATER


def settle(batch: Batch, choices: Choices, before: Version | None) -> None:
    """Write what was chosen, within the merge; `before` is the codebook that was current until then."""
    if choices.codebook not in CODEBOOKS:
        raise AnnotatorError(
            f"There is no choice “{choices.codebook}” of codebooks; there are: {', '.join(CODEBOOKS)}."
        )
    _unite(batch, "coder", choices.people)
    _unite(batch, "entity", choices.entities)
    _settle_codebook(batch, choices.codebook, before)


def _unite(batch: Batch, table: str, chosen: Mapping[str, str]) -> None:
    ids = [*chosen, *chosen.values()]
    known = lookups.by_ids(batch.project, table, ids, ("same_as",))
    for theirs, ours in chosen.items():
        if theirs not in known or ours not in known or known[ours].deleted:
            what = "coder" if table == "coder" else "actor"
            raise AnnotatorError(f"The {what} {theirs if theirs not in known else ours} is not there.")
        if theirs != ours and known[theirs].values["same_as"] != ours:
            batch.set(table, known[theirs].key, {"same_as": ours})


def _settle_codebook(batch: Batch, choice: str, before: Version | None) -> None:
    project = batch.project
    versions = version_queries.versions(project, batch=batch.key)
    if choice == LATER or before is None or not versions:
        return
    now = versions[-1]
    others = [each for each in version_queries.heads(versions) if each.id != before.id]
    if not others:
        return
    theirs = others[-1]
    if choice == THEIRS:
        refuse_tags_left_out(project, theirs.codebook)
    wanted = {OURS: before.codebook, THEIRS: theirs.codebook}.get(choice) or united(before.codebook, theirs.codebook)
    if choice == OURS:
        _refuse_tags_lacking(batch, wanted)
    changes = diff(now.codebook, wanted)
    if not changes:
        return
    new = marked(wanted, changes)
    row = {"id": version_id(now.id, new), "parent": now.id, "version": new.version, "content": canonical_json(new)}
    batch.insert("codebook", {**row, "stamp": batch.later_stamp()})


def _refuse_tags_lacking(batch: Batch, codebook: Codebook) -> None:
    found = batch.project.rows("SELECT DISTINCT tag FROM annotation WHERE batch = ? AND deleted = 0", (batch.key,))
    lacking = sorted(tag for (tag,) in found if codebook.tag(tag) is None)
    if lacking:
        raise AnnotatorError(
            f"What comes in uses the tag “{lacking[0]}”, which your codebook does not have: put both together."
        )
