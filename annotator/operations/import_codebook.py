"""A codebook that grows by what an import brings: one new version within the same undoable step."""

from collections.abc import Callable

from annotator.model.codebook import canonical_json
from annotator.operations.import_labels import Labels
from annotator.operations.import_project import version_id
from annotator.operations.import_work import Work
from annotator.storage import lookups, stamps


def take_labels(work: Work, labels: Labels, where: str, still: Callable[[], None]) -> None:
    """See what a source is labelled with, and add to the codebook what it lacks; `still` may stop the work."""
    for _ in labels.survey():
        still()
    current = work.terms.codebook
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
